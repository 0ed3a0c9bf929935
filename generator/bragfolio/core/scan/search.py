"""Search: protected phrases in what was built."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from msgspec import Struct

from bragfolio.core.scan.protected import Hidden, Protected
from bragfolio.core.scan.words import words_of


class Leak(Struct, frozen=True):
    """Something protected, found."""

    path: str
    """The file of the site."""
    is_in_name: bool
    """Whether the name of the file itself says it."""
    hidden: Hidden
    words: str
    """What was found; for `--show` alone."""


class Searcher:
    """Searches file after file; lines that were read in one file are not read again in the next."""

    def __init__(self, protected: Protected) -> None:
        self._protected = protected
        self._seen: set[str] = set()

    def leaks(self, path: str, texts: Iterable[str]) -> Iterator[Leak]:
        """Yield what of *texts*, and of the name *path*, is protected; each phrase once for each file."""
        found: dict[tuple[str, bool], Leak] = {}
        for hidden, words in self._find(words_of(path)):
            found.setdefault((words, True), Leak(path, True, hidden, words))
        for text in texts:
            for hidden, words in self._find(words_of(self._fresh(text))):
                found.setdefault((words, False), Leak(path, False, hidden, words))
        yield from found.values()

    def _fresh(self, text: str) -> str:
        """Return the lines of *text* that no file before had, each with the lines around it: phrases run over them."""
        lines = text.split("\n")
        if len(lines) == 1:
            return text
        seen = self._seen
        fresh = [line not in seen for line in lines]
        if all(fresh):
            seen.update(lines)
            return text
        last = len(lines) - 1
        kept = [
            line
            for index, line in enumerate(lines)
            if fresh[index] or (index < last and fresh[index + 1]) or (index and fresh[index - 1])
        ]
        seen.update(lines)
        return "\n".join(kept)

    def _find(self, words: list[str]) -> Iterator[tuple[Hidden, str]]:
        protected = self._protected
        for word in protected.words.keys() & set(words):
            yield protected.words[word], word
        suspects = protected.pairs.keys() & set(pairwise(words))
        if not suspects:
            return
        for index, pair in enumerate(pairwise(words)):
            if pair in suspects:
                for phrase in protected.pairs[pair]:
                    start = index - phrase.at
                    if start >= 0 and tuple(words[start : start + len(phrase.words)]) == phrase.words:
                        yield phrase.hidden, " ".join(phrase.words)
