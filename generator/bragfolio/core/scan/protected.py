"""Protected: what an audience may not see, as phrases that can be searched for.

A phrase is protected when its words, in their order, stand in something hidden and nowhere in what the audience may see,
in the theme, or in the list of what its owner allows. Long texts are protected by shingles of five words; titles, names,
addresses and file names whole; two words only when they name something; one word only when it names something and is no
ordinary word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.scan.words import COMMON, MONTHS, Words, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

SHINGLE: Final = 5
"""Words of a shingle: fewer are found in innocent sentences, more let a half sentence through."""
_PHRASE: Final = 3
"""Words from which any text is protected whole."""
_BETWEEN: Final = " \x1f zqzq "
"""A word that nobody writes: no phrase runs from one text into the next."""
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


class Protected(Struct, frozen=True):
    """All phrases by their number of words; single words are phrases of one."""

    phrases: Mapping[int, Mapping[Words, Hidden]]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.phrases


def runs_of(words: Sequence[str], length: int) -> Iterator[Words]:
    """Yield every run of *length* words."""
    return zip(*(words[start:] for start in range(length)), strict=False)


def protect(hidden: Iterable[Hidden], allowed: Iterable[str]) -> Protected:
    """Return what must not be found, given what is *hidden* and the texts that are *allowed*."""
    phrases: dict[int, dict[Words, Hidden]] = {}
    for one in hidden:
        for words in _phrases_of(one):
            phrases.setdefault(len(words), {}).setdefault(words, one)
    if phrases:
        said = words_of(_BETWEEN.join(allowed))
        for length, table in phrases.items():
            for words in set(table).intersection(runs_of(said, length)):
                del table[words]
    return Protected({length: table for length, table in sorted(phrases.items()) if table})


def insist(protected: Protected, hidden: Iterable[Hidden], allowed: Iterable[str]) -> Protected:
    """Return *protected* with the whole text of each of *hidden*, however short and whoever else may see its words.

    Only what stands in *allowed* is passed over.
    """
    said = words_of(_BETWEEN.join(allowed))
    phrases = {length: dict(table) for length, table in protected.phrases.items()}
    for one in hidden:
        words = tuple(words_of(one.text))
        if words and words not in set(runs_of(said, len(words))):
            phrases.setdefault(len(words), {})[words] = one
    return Protected({length: phrases[length] for length in sorted(phrases)})


def _phrases_of(one: Hidden) -> Iterator[Words]:
    words = tuple(words_of(one.text))
    if _is_date(words) or len(words) < (1 if one.is_name else _PHRASE):
        return
    elif len(words) > SHINGLE:
        yield from runs_of(words, SHINGLE)
    elif len(words) > 1 or _is_telling(words[0]):
        yield words


def _is_date(words: Words) -> bool:
    """Tell whether *words* are a date or a small number: pages are full of those."""
    digits = sum(len(word) for word in words if word.isdecimal())
    return digits < _MIN_DIGITS and all(word.isdecimal() or word in MONTHS for word in words)


def _is_telling(word: str) -> bool:
    return len(word) >= _MIN_LETTERS and word not in COMMON
