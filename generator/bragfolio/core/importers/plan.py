"""Plan: what an importer found in a file, before it is held against what the portfolio has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct, field

from bragfolio.core.importers.json_tree import pointer
from bragfolio.core.read.shape import Issue
from bragfolio.core.read.yaml_tree import Path
from bragfolio.model.common import Common, Listed
from bragfolio.model.kinds import KIND_BY_NAME
from bragfolio.model.ladder import Ladder
from bragfolio.model.site import Person
from bragfolio.model.skill import Skill
from bragfolio.model.slugs import slugify
from bragfolio.problems import Problem, Span

MAX_ENTRIES: Final = 5000
"""Of one import: each is a file."""
RESERVED: Final = frozenset({
    "index", "con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10)),
})  # fmt: skip
"""Names that no file gets: the list's own page, and the devices of Windows."""


class PlannedEntry(Struct, frozen=True):
    """One entry to be."""

    kind: str
    id: str
    """The file's name."""
    authored: Common
    """Without `visibility` and `imported`."""
    body: str
    path: Path
    """Its place in the file."""
    is_always_private: bool = False

    @property
    def source(self) -> str:
        """Its place as `imported: {id: ...}` has it: `work/0/highlights/2`."""
        return "/".join(map(str, self.path))

    @property
    def name(self) -> str:
        """What readers see as its name."""
        return str(getattr(self.authored, KIND_BY_NAME[self.kind].title_key))


class PlannedItem(Struct, frozen=True):
    """One item of a list file."""

    authored: Listed
    path: Path


class Plan(Struct, frozen=True):
    """Everything that an importer made of a file."""

    format: str
    entries: tuple[PlannedEntry, ...] = ()
    items: tuple[PlannedItem, ...] = ()
    person: Person = field(default_factory=Person)
    person_paths: Mapping[str, Path] = field(default_factory=dict)
    """Where each key of `person` comes from."""
    ladder: Ladder | None = None
    """A set of promotion criteria: a file of private/ladders/, whatever the visibility."""
    ladder_source: str = ""
    """The name of the file that it comes from."""
    spans: Mapping[Path, Span] = field(default_factory=dict)
    """The place of every path above."""
    notes: tuple[str, ...] = ()
    """What the user should know about the whole; sentences."""
    problems: tuple[Problem, ...] = ()
    """What was left out, as warnings; an error means that nothing was read."""


class Ids:
    """File names given out so far, by kind; the same calls give the same names."""

    def __init__(self) -> None:
        self._taken: dict[tuple[str, str], int] = {}
        """Names, each with the last number that was put behind it."""

    def assign(self, kind: str, title: str, *more: str) -> str:
        """Return a name made of *title*; where it is taken, with *more*, one after the other, then a number."""
        base = slugify(title)
        free = next((name for name in _variants(base, more) if self._is_free(kind, name)), "")
        while not free:
            number = self._taken.get((kind, base), 1) + 1
            self._taken[kind, base] = number
            free = f"{base}-{number}" if self._is_free(kind, f"{base}-{number}") else ""
        self._taken.setdefault((kind, free), 1)
        return free

    def _is_free(self, kind: str, name: str) -> bool:
        return name not in RESERVED and (kind, name) not in self._taken


def _variants(base: str, more: tuple[str, ...]) -> list[str]:
    return [base, *(slugify(f"{base}-{word}") for word in more if word)]


class Draft:
    """A plan in the making: gives out names and keeps the order in which things are added."""

    def __init__(self) -> None:
        self.issues: list[Issue] = []
        self.entries: list[PlannedEntry] = []
        self.items: list[PlannedItem] = []
        self.notes: list[str] = []
        self._ids = Ids()
        self._skills: dict[str, str] = {}
        self._is_full = False

    def add(
        self,
        kind: str,
        name: str,
        authored: Common,
        body: str,
        path: Path,
        *,
        more: tuple[str, ...] = (),
        is_always_private: bool = False,
    ) -> str:
        """Add an entry and return its id, made of *name* and, where that is taken, *more*; `""` when there is no room."""
        if len(self.entries) == MAX_ENTRIES:
            if not self._is_full:
                what = f"{pointer(path)}: one import makes {MAX_ENTRIES:,} entries; from here on all were left out"
                self.issues.append(
                    Issue(path, "file-size", what, "is this the right file? A resume makes about a hundred")
                )
            self._is_full = True
            return ""
        entry_id = self._ids.assign(kind, name, *more)
        self.entries.append(PlannedEntry(kind, entry_id, authored, body, path, is_always_private))
        return entry_id

    def add_skill(self, name: str, category: str, path: Path) -> str | None:
        """Add a skill; where there is one of that name (spellings of one slug are one), return its category."""
        slug = slugify(name)
        if slug not in self._skills:
            self._skills[slug] = category
            self.add("skill", name, Skill(name=name, category=category), "", path)
            return None
        return self._skills[slug]

    def add_item(self, authored: Listed, path: Path) -> None:
        """Add an item of a list file."""
        self.items.append(PlannedItem(authored, path))
