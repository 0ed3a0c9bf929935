"""Protected: what an audience may not see, as phrases that can be searched for.

A phrase is protected when its words, in their order, stand in something hidden and nowhere in what the audience may see,
in the theme, or in the list of what its owner allows. Long texts are protected by shingles of five words; titles, names,
addresses and file names whole; two words only when they name something; one word only when it names something and is no
ordinary word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.scan.words import COMMON, MONTHS, Words, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

SHINGLE: Final = 5
"""Words of a shingle: fewer are found in innocent sentences, more let a half sentence through."""
_PHRASE: Final = 3
"""Words from which any text is protected whole."""
_MIN_DIGITS: Final = 9
"""Of a number that says whose it is, as a telephone's does; a date has eight."""
_MIN_LETTERS: Final = 4
"""Of a single word that names something."""

Pair = tuple[str, str]


class Hidden(Struct, frozen=True):
    """A text that an audience may not see."""

    place: str
    """File and key, as `--show` tells it: `site_content/private/people.yaml: name`."""
    what: str
    """What it is, as everybody may be told: `a title`, `a name`, `a text`."""
    text: str
    is_name: bool = False
    """Whether it names something: then fewer than three words are protected, too."""
    is_redacted: bool = False
    """Protected whatever else says so."""


class Phrase(Struct, frozen=True):
    """Words that must not follow each other."""

    words: Words
    at: int
    """Where in them the pair stands that is looked for first."""
    hidden: Hidden


class Protected(Struct, frozen=True):
    """All phrases, by the rarest pair of neighbours in each, and single words."""

    pairs: Mapping[Pair, tuple[Phrase, ...]]
    words: Mapping[str, Hidden]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.pairs and not self.words


class Allowed:
    """The texts that an audience may see anyway."""

    def __init__(self, texts: Iterable[str]) -> None:
        runs = [words_of(text) for text in texts]
        self.words = set().union(*runs) if runs else set()
        self.pairs: set[Pair] = set()
        for run in runs:
            self.pairs.update(pairwise(run))
        self._runs = runs
        self._joined = ""

    def has(self, words: Words) -> bool:
        """Tell whether *words* follow each other somewhere."""
        if any(pair not in self.pairs for pair in pairwise(words)):
            return False
        self._joined = self._joined or "\n".join(f" {' '.join(run)} " for run in self._runs)
        return f" {' '.join(words)} " in self._joined


def protect(hidden: Iterable[Hidden], allowed: Allowed) -> Protected:
    """Return what must not be found, given what is *hidden* and what is *allowed*."""
    pairs: dict[Pair, list[Phrase]] = {}
    singles: dict[str, Hidden] = {}
    seen: set[Words] = set()
    for one in hidden:
        for words in _phrases_of(one):
            if words in seen:
                continue
            seen.add(words)
            if len(words) == 1:
                if one.is_redacted or _is_telling(words[0], allowed):
                    singles.setdefault(words[0], one)
            elif one.is_redacted or not allowed.has(words):
                at = _rarest(words, allowed)
                pairs.setdefault((words[at], words[at + 1]), []).append(Phrase(words, at, one))
    return Protected({pair: tuple(phrases) for pair, phrases in pairs.items()}, singles)


def _phrases_of(one: Hidden) -> Iterator[Words]:
    words = tuple(words_of(one.text))
    if not one.is_redacted and _is_date(words):
        return
    least = 1 if one.is_redacted or one.is_name else _PHRASE
    if len(words) < least:
        return
    if len(words) <= SHINGLE or one.is_redacted:
        yield words
        return
    for start in range(len(words) - SHINGLE + 1):
        yield words[start : start + SHINGLE]


def _is_date(words: Words) -> bool:
    """Tell whether *words* are a date or a small number: pages are full of those."""
    digits = sum(len(word) for word in words if word.isdecimal())
    return digits < _MIN_DIGITS and all(word.isdecimal() or word in MONTHS for word in words)


def _is_telling(word: str, allowed: Allowed) -> bool:
    return len(word) >= _MIN_LETTERS and word not in COMMON and word not in allowed.words and not word.isdecimal()


def _rarest(words: Words, allowed: Allowed) -> int:
    """Return where in *words* a pair stands that is not allowed anyway, the first pair when there is none."""
    pairs = pairwise(words)
    return next((at for at, pair in enumerate(pairs) if pair not in allowed.pairs), 0)
