"""Existing: the entries that a portfolio has, as an import needs to know them."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.importers.emit import content_digest
from bragfolio.core.read.frontmatter import read_document
from bragfolio.core.read.portfolio import sort_files
from bragfolio.core.read.shape import decode_tree
from bragfolio.core.read.text import decode_text
from bragfolio.model.common import Imported
from bragfolio.model.kinds import KIND_BY_NAME
from bragfolio.model.role import Role
from bragfolio.model.slugs import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bragfolio.core.importers.plan import PlannedEntry
    from bragfolio.core.read.entries import Unit
    from bragfolio.core.read.yaml_tree import Tree
    from bragfolio.model.tree import SourceTree

_SIMILAR: Final = 0.6
"""From here on (difflib's ratio) a changed title is the same entry's, not another's in its place."""


class ExistingEntry(Struct, frozen=True):
    """An entry of the portfolio."""

    kind: str
    id: str
    path: str
    """From site_content/."""
    text: str
    """With line feeds only."""
    keys: dict[str, Tree]
    """Its front matter; empty when that cannot be read."""
    imported: Imported | None

    @property
    def name(self) -> str:
        """What readers see as its name."""
        return str(self.keys.get(KIND_BY_NAME[self.kind].title_key, ""))

    @property
    def visibility(self) -> tuple[str, ...]:
        """The audiences that it names."""
        return tuple(decode_tree(self.keys.get("visibility", ""), tuple[str, ...])[0] or ())

    @property
    def is_edited(self) -> bool:
        """Whether it is no longer as it was imported."""
        return self.imported is None or content_digest(self.text) != self.imported.digest

    @property
    def positions(self) -> frozenset[str]:
        """The ids of a role's positions."""
        role, _ = decode_tree({**self.keys}, Role)
        return frozenset(position.id for position in role.positions) if role else frozenset()


def find_entries(tree: SourceTree) -> list[ExistingEntry]:
    """Return every entry of *tree*, the broken ones too; an overlay in private/ is a part of its entry."""
    return [_entry(unit) for unit in sort_files(tree)[0]]


def match_entries(
    planned: Iterable[PlannedEntry], existing: list[ExistingEntry], source: str
) -> dict[tuple[str, str], ExistingEntry]:
    """Return the existing entry that each of *planned*, by kind and id, is already.

    An entry is known by its id; a skill by its name and synonyms too. What remains is known by its place in a file of
    the format *source*, if the name there is still similar: an item put in above the others moves all places.
    """
    by_id = {(entry.kind, name): entry for entry in reversed(existing) for name in _names(entry)}
    found = {(plan.kind, plan.id): by_id[plan.kind, plan.id] for plan in planned if (plan.kind, plan.id) in by_id}
    taken = {(entry.kind, entry.id) for entry in found.values()}
    by_place = {
        (entry.kind, entry.imported.id): entry
        for entry in existing
        if entry.imported and entry.imported.source == source and (entry.kind, entry.id) not in taken
    }
    for plan in planned:
        entry = by_place.get((plan.kind, plan.source))
        if entry and (plan.kind, plan.id) not in found and _is_similar(plan.name, entry.name):
            found[plan.kind, plan.id] = entry
    return found


def _entry(unit: Unit) -> ExistingEntry:
    data = unit.file.data or b""
    document, _ = read_document(unit.file.label, data)
    text, _ = decode_text(unit.file.label, data)
    keys = document.tree if document else {}
    imported, _ = decode_tree(keys["imported"], Imported) if "imported" in keys else (None, [])
    return ExistingEntry(unit.kind, unit.id, unit.file.path, text, keys, imported)


def _names(entry: ExistingEntry) -> set[str]:
    """Return the ids under which an entry is known; two ids of one slug would be one page."""
    names = {entry.id, slugify(entry.id), str(entry.keys.get("slug", entry.id))}
    if entry.kind == "skill":
        synonyms, _ = decode_tree(entry.keys.get("synonyms", ""), tuple[str, ...])
        names |= {slugify(name) for name in (entry.name, *(synonyms or ())) if name}
    return names


def _is_similar(one: str, other: str) -> bool:
    return difflib.SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio() >= _SIMILAR
