"""Plan: what an importer found in a file, before it is held against what the portfolio has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bragfolio.core.read.yaml_tree import Path
from bragfolio.model.common import Common, Listed
from bragfolio.model.kinds import KIND_BY_NAME
from bragfolio.model.site import Person
from bragfolio.model.slugs import slugify
from bragfolio.problems import Problem, Span

RESERVED: Final = frozenset({
    "index", "con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10)),
})  # fmt: skip
"""Names that no file gets: the list's own page, and the devices of Windows."""


@dataclass(frozen=True, slots=True)
class PlannedEntry:
    """One entry to be."""

    kind: str
    id: str
    """The file's name."""
    authored: Common
    """Without `visibility` and `imported`."""
    body: str
    source: str
    """Its place in the file, as `imported: {id: ...}` has it: `work/0/highlights/2`."""
    span: Span
    is_always_private: bool = False

    @property
    def name(self) -> str:
        """What readers see as its name."""
        return str(getattr(self.authored, KIND_BY_NAME[self.kind].title_key))


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """One item of a list file."""

    authored: Listed
    span: Span


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that an importer made of a file."""

    format: str
    entries: tuple[PlannedEntry, ...] = ()
    """Roles before the achievements that name them."""
    items: tuple[PlannedItem, ...] = ()
    person: Person = field(default_factory=Person)
    person_spans: Mapping[str, Span] = field(default_factory=dict)
    """Where each key of `person` comes from."""
    notes: tuple[str, ...] = ()
    """What the user should know about the whole; sentences."""
    problems: tuple[Problem, ...] = ()
    """What was left out, as warnings; an error means that nothing was read."""


class Ids:
    """File names given out so far, by kind; the same calls give the same names."""

    def __init__(self) -> None:
        self._taken: set[tuple[str, str]] = set()

    def assign(self, kind: str, title: str, *more: str) -> str:
        """Return a name made of *title*; where it is taken, with *more*, one after the other, then a number."""
        base = slugify(title)
        names = [base, *(slugify(f"{base}-{word}") for word in more if word)]
        names += [f"{base}-{number}" for number in range(2, len(self._taken) + 3)]
        free = next(name for name in names if name not in RESERVED and (kind, name) not in self._taken)
        self._taken.add((kind, free))
        return free


def source_of(path: Path) -> str:
    """Return *path* as `imported: {id: ...}` has it."""
    return "/".join(map(str, path))
