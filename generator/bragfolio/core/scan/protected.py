"""Protected: what an audience may not see, as phrases that can be searched for.

A phrase is protected when its words, in their order, stand in something hidden and nowhere in what the audience may see,
in the theme, or in the list of what its owner allows. Long texts are protected by shingles of five words; titles, names,
addresses and file names whole; two words only when they name something; one word only when it names something and is no
ordinary word.

Phrases are looked for by their prints; only where one is found are they spelled out. Prints can be remembered from one
build to the next: then only texts that are new or different are taken apart.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import chain
from typing import Final, Generic, TypeVar

from msgspec import Struct

from bragfolio.core.scan.prints import numbers_of, numbers_of_words, pack, prints_of, unpack
from bragfolio.core.scan.words import BETWEEN, COMMON, MONTHS, Words, words_of

T_co = TypeVar("T_co", covariant=True)
Phrases = dict[int, dict[Words, "Hidden"]]
"""By their number of words; single words are phrases of one."""

SHINGLE: Final = 5
"""Words of a shingle: fewer are found in innocent sentences, more let a half sentence through."""
_PHRASE: Final = 3
"""Words from which any text is protected whole."""
_MIN_DIGITS: Final = 9
"""Of a number that says whose it is, as a telephone's does; a date has eight."""
_MIN_LETTERS: Final = 4
"""Of a single word that names something."""


class Hidden(Struct, frozen=True):
    """A text that an audience may not see."""

    place: str
    """File and key, as `--show` tells it: `site_content/private/people.yaml: name`."""
    what: str
    """What it is, as everybody may be told: `a title`, `a name`, `a text`."""
    text: str
    is_name: bool = False
    """Whether it names something: then fewer than three words are protected, too."""
    is_certain: bool = False
    """Whether it is protected whatever it is, as a word is that an audience reads another for."""


class Part(Struct, Generic[T_co], frozen=True):
    """Some of the texts, taken apart only when somebody asks for them."""

    key: bytes
    """A digest of everything that the texts depend on."""
    texts: Callable[[], Iterable[T_co]]


class Known(Struct, frozen=True):
    """What was found out of some hidden and some visible texts, to be remembered; there is no word in it."""

    hidden: bytes
    """A digest of the keys of all hidden parts."""
    prints: dict[int, bytes]
    """Of all their phrases, packed, by the number of words."""
    said: dict[bytes, bytes]
    """Which of those prints a visible part has, packed, by its key: nearly always none."""


class Protected(Struct, frozen=True):
    """What must not be found."""

    prints: Mapping[int, AbstractSet[int]]
    """Of all protected phrases, by the number of words; no number without prints."""
    phrases: Callable[[], Phrases]
    """Spells the phrases out, which takes its time."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.prints


NOTHING: Final = Protected({}, dict)


def protect(
    hidden: Sequence[Part[Hidden]], allowed: Iterable[Part[str]], known: Known | None = None
) -> tuple[Protected, Known, bool]:
    """Return what must not be found, given what is *hidden* and the texts that are *allowed*; what to remember of it.

    And whether something is protected that was not when *known* was remembered: without, that is so. Of *allowed*, which may
    be gone through more than once, no more is looked at than it takes to find everything said that is hidden: where nothing
    is, the texts of the site need not be taken apart.
    """
    key = hashlib.sha256(b"".join(sorted(part.key for part in hidden))).digest()
    if known is None or known.hidden != key:
        known = None
        every: dict[int, set[int]] | dict[int, frozenset[int]] = _prints_of_hidden(
            text for part in hidden for text in part.texts()
        )
        packed = {length: pack(prints) for length, prints in every.items()}
    else:
        every = {length: unpack(prints) for length, prints in known.prints.items()}
        packed = known.prints
    before = known.said if known else {}
    said: dict[bytes, bytes] = {}
    missing = {one for prints in every.values() for one in prints}
    for part in allowed if missing else ():
        prints = before.get(part.key)
        said[part.key] = pack(_said(part, every)) if prints is None else prints
        missing.difference_update(unpack(said[part.key]))
        if not missing:
            break
    now = Known(key, packed, said)
    seen = _all(said)
    protected = {length: prints - seen if seen else prints for length, prints in sorted(every.items())}
    spelled = cache(lambda: spell_phrases(chain.from_iterable(part.texts() for part in hidden),
                                          chain.from_iterable(part.texts() for part in allowed)))  # fmt: skip
    grown = known is None or not _all(known.said) <= seen
    return Protected({length: prints for length, prints in protected.items() if prints}, spelled), now, grown


def spell_phrases(hidden: Iterable[Hidden], allowed: Iterable[str]) -> Phrases:
    """Return all protected phrases, each with the first text that says it."""
    phrases: Phrases = {}
    for one in hidden:
        words = tuple(words_of(one.text))
        length = _phrase_length(words, one)
        for phrase in runs_of(words, length) if length else ():
            phrases.setdefault(length, {}).setdefault(phrase, one)
    said = words_of(BETWEEN.join(allowed)) if phrases else []
    for length, table in phrases.items():
        for phrase in set(table).intersection(runs_of(said, length)):
            del table[phrase]
    return {length: table for length, table in sorted(phrases.items()) if table}


def runs_of(words: Sequence[str], length: int) -> Iterator[Words]:
    """Yield every run of *length* words."""
    return zip(*(words[start:] for start in range(length)), strict=False)


def _prints_of_hidden(hidden: Iterable[Hidden]) -> dict[int, set[int]]:
    every: dict[int, set[int]] = {}
    for one in hidden:
        words = words_of(one.text)
        length = _phrase_length(words, one)
        if length:
            every.setdefault(length, set()).update(prints_of(numbers_of_words(words), length))
    return every


def _said(part: Part[str], every: Mapping[int, set[int] | frozenset[int]]) -> set[int]:
    """Return which of the prints of *every* length *part* has."""
    numbers = numbers_of(BETWEEN.join(part.texts())) if every else []
    return {found for length, prints in every.items() for found in prints.intersection(prints_of(numbers, length))}


def _all(said: Mapping[bytes, bytes]) -> set[int]:
    return {found for prints in said.values() if prints for found in unpack(prints)}


def _phrase_length(words: Sequence[str], one: Hidden) -> int:
    """Return the number of words of the phrases of a text; 0 when it is not protected."""
    if one.is_certain:
        return min(len(words), SHINGLE)
    if len(words) < (1 if one.is_name else _PHRASE) or _is_date(words):
        return 0
    if len(words) == 1 and not _is_telling(words[0]):
        return 0
    return min(len(words), SHINGLE)


def _is_date(words: Sequence[str]) -> bool:
    """Tell whether *words* are a date or a small number: pages are full of those."""
    return (
        all(word.isdecimal() or word in MONTHS for word in words)
        and sum(len(word) for word in words if word.isdecimal()) < _MIN_DIGITS
    )


def _is_telling(word: str) -> bool:
    return len(word) >= _MIN_LETTERS and word not in COMMON
