"""Search: protected phrases in what was built."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from bragfolio.core.scan.decode import as_text
from bragfolio.core.scan.prints import prints_of
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


def tells(protected: Protected, texts: Iterable[Sequence[int]]) -> bool:
    """Tell whether *texts*, which are words as numbers, have a print of something protected.

    They never lack one that is there; that they have one which is none would take 64 bits to be equal by chance.
    """
    return any(
        not prints.isdisjoint(prints_of(numbers, length))
        for numbers in texts
        for length, prints in protected.prints.items()
    )


def find_leaks(protected: Protected, path: str, texts: Iterable[str | frozenset[str]]) -> Iterator[Leak]:
    """Yield what of *texts*, and of the name *path*, is protected; each phrase once. A set holds tags."""
    found: dict[tuple[str, bool], Leak] = {}
    for hidden, words in _find(protected, path):
        found.setdefault((words, True), Leak(path, True, hidden, words))
    for text in texts:
        for hidden, words in _find(protected, as_text(text)):
            found.setdefault((words, False), Leak(path, False, hidden, words))
    yield from found.values()


def _find(protected: Protected, text: str) -> Iterator[tuple[Hidden, str]]:
    words = words_of(text)
    for length, table in protected.phrases().items():
        for phrase in sorted(table.keys() & set(runs_of(words, length))):
            yield table[phrase], " ".join(phrase)
