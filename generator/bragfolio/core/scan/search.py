"""Search: protected phrases in what was built."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from msgspec import Struct

from bragfolio.core.scan.decode import as_text
from bragfolio.core.scan.prints import prints_of
from bragfolio.core.scan.protected import Hidden, Protected, runs_of
from bragfolio.core.scan.words import Words, words_of


class Leak(Struct, frozen=True):
    """Something protected, found."""

    path: str
    """The file of the site."""
    is_in_name: bool
    """Whether the name of the file itself says it."""
    hidden: Hidden
    words: str
    """What was found; for `--show` alone."""
    is_excused: bool = False
    """Whether it is no leak, as long as the audience sees the values that stand in a row here."""


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


def is_enumeration(words: Sequence[str], names: AbstractSet[Words]) -> bool:
    """Tell whether *words* are out of a row of *names*, each whole but for the first and the last of the row.

    Values that everybody may see stand beside each other on a page, and by chance so in an advert: a list of skills, or the employer
    “Dunne Electrical” and the position “Site Manager” beside the hidden title “Electrical Site Manager”.
    """
    tails = {name[start:] for name in names for start in range(len(name))}
    heads = {name[:end] for name in names for end in range(1, len(name) + 1)}
    ends = {end for end in range(1, len(words)) if tuple(words[:end]) in tails}
    for end in range(1, len(words)):
        if end in ends:
            ends |= {more for more in range(end + 1, len(words)) if tuple(words[end:more]) in names}
    return any(tuple(words[end:]) in heads for end in ends)


def _find(protected: Protected, text: str) -> Iterator[tuple[Hidden, str]]:
    words = words_of(text)
    for length, table in protected.phrases().items():
        for phrase in sorted(table.keys() & set(runs_of(words, length))):
            yield table[phrase], " ".join(phrase)
