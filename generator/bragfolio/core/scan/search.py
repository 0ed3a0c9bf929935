"""Search: protected phrases in what was built."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator

from msgspec import Struct

from bragfolio.core.scan.protected import Hidden, Protected, runs_of
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
        self._wanted = {length: set(table) for length, table in protected.phrases.items()}
        self._seen: set[str] = set()

    def leaks(self, path: str, texts: Iterable[str | frozenset[str]]) -> Iterator[Leak]:
        """Yield what of *texts*, and of the name *path*, is protected; each phrase once for each file."""
        found: dict[tuple[str, bool], Leak] = {}
        for hidden, words in self._find(words_of(path)):
            found.setdefault((words, True), Leak(path, True, hidden, words))
        for text in texts:
            for hidden, words in self._find(words_of(self._fresh(text))):
                found.setdefault((words, False), Leak(path, False, hidden, words))
        yield from found.values()

    def _fresh(self, text: str | frozenset[str]) -> str:
        """Return the lines of *text* that no file before had, each with the lines around it: phrases run over them.

        Of a set of tags, return those that no file before had.
        """
        if isinstance(text, frozenset):
            new = text - self._seen
            self._seen |= new
            return html.unescape("\n".join(sorted(new)))
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
        for length, table in self._protected.phrases.items():
            for phrase in self._wanted[length].intersection(runs_of(words, length)):
                yield table[phrase], " ".join(phrase)
