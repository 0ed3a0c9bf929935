"""Merge: a plan held against a portfolio; what is there and was touched since stays as its owner left it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from bragfolio.core.importers.emit import content_digest, entry_text
from bragfolio.core.importers.existing import ExistingEntry, find_entries, match_entries
from bragfolio.core.importers.ladders.place import place_ladder
from bragfolio.core.importers.lists import merge_items
from bragfolio.core.importers.person import merge_person
from bragfolio.core.read.entries import Unit, read_entry
from bragfolio.model.achievement import Achievement
from bragfolio.model.common import Imported
from bragfolio.model.kinds import KIND_BY_NAME
from bragfolio.model.role import Role
from bragfolio.model.scalars import PartialDate
from bragfolio.model.tree import PRIVATE, SourceFile, SourceTree, label
from bragfolio.problems import Problem, warning

if TYPE_CHECKING:
    from bragfolio.core.importers.plan import Plan, PlannedEntry
    from bragfolio.model.common import Common
    from bragfolio.model.ladder import Ladder

_PUBLIC = "public"


class Terms(Struct, frozen=True):
    """How to import."""

    today: dt.date
    """What `imported: {date: ...}` gets where something is imported for the first time."""
    visibility: str = "private"
    """An audience, or `private`. Only what is new gets it."""
    force: bool = False
    """Overwrite imported entries that were edited since."""
    placeholder: str = ""
    """The name in a site.yaml that nobody has touched."""


@dataclass(slots=True)
class Merged:
    """What to write, and what became of everything."""

    files: dict[str, str] = field(default_factory=dict)
    """Text by path from site_content/: only what differs from what is there."""
    problems: list[Problem] = field(default_factory=list)
    new: int = 0
    """Entries and items of lists."""
    updated: int = 0
    unchanged: int = 0
    """What is there and says the same."""
    kept: int = 0
    """What is there and says something else."""


def merge_plan(plan: Plan, tree: SourceTree, terms: Terms) -> Merged:
    """Return the files that bring *plan* into the portfolio of *tree*. The same plan a second time gives none."""
    merger = _Merger(plan, terms, Merged())
    merger.entries(find_entries(tree))
    merged = merger.merged
    visibility = () if terms.visibility == "private" else (terms.visibility,)
    items = merge_items(plan, tree, visibility, is_private=terms.visibility != _PUBLIC)
    merged.files |= items.files
    merged.problems += items.problems
    merged.new += items.new
    merged.unchanged += items.unchanged
    merged.kept += items.kept
    files, problems = merge_person(plan, tree, visibility, terms.placeholder)
    merged.files |= files
    merged.problems += problems
    if plan.ladder:
        _place_ladder(plan, plan.ladder, tree, terms, merged)
    return merged


def _place_ladder(plan: Plan, ladder: Ladder, tree: SourceTree, terms: Terms, merged: Merged) -> None:
    placed = place_ladder(ladder, plan.ladder_source, tree, terms.today, force=terms.force)
    if placed.text:
        merged.files[placed.path] = placed.text
    merged.new += placed.outcome == "new"
    merged.updated += placed.outcome == "updated"
    merged.unchanged += placed.outcome == "unchanged"
    merged.kept += placed.outcome == "kept"
    if placed.conflict:
        what, hint = placed.conflict
        merged.problems.append(warning("import-conflict", what, plan.spans[()], hint))


@dataclass(slots=True)
class _Merger:
    plan: Plan
    terms: Terms
    merged: Merged
    roles: dict[str, str] = field(default_factory=dict)
    """The id that each planned role has in the portfolio; `""` for one that is not there."""
    positions: dict[str, frozenset[str]] = field(default_factory=dict)
    """Of each role in the portfolio, the ids of its positions."""

    def entries(self, existing: list[ExistingEntry]) -> None:
        found = match_entries(self.plan.entries, existing, self.plan.format)
        in_order = sorted(self.plan.entries, key=lambda entry: entry.kind != "role")
        for planned in in_order:
            there = found.get((planned.kind, planned.id))
            authored = self._with_role(planned.authored)
            if there is None:
                self._add(planned, authored)
            elif there.imported is None or there.imported.source != self.plan.format:
                self._keep_own(planned, there)
            else:
                self._again(planned, authored, there, there.imported)

    def _with_role(self, authored: Common) -> Common:
        """Return an achievement with the ids that its role and its position have in the portfolio."""
        if not isinstance(authored, Achievement) or not authored.role:
            return authored
        role = self.roles.get(authored.role, "")
        position = authored.position if authored.position in self.positions.get(role, frozenset()) else ""
        return structs.replace(authored, role=role, position=position)

    def _add(self, planned: PlannedEntry, authored: Common) -> None:
        is_public = self.terms.visibility == _PUBLIC and not planned.is_always_private
        folder = ("" if is_public else PRIVATE) + KIND_BY_NAME[planned.kind].folder
        named = () if planned.is_always_private or self.terms.visibility == "private" else (self.terms.visibility,)
        text = self._text(planned, structs.replace(authored, visibility=named), PartialDate.of(self.terms.today))
        if self._write(planned, f"{folder}/{planned.id}.md", text):
            self.merged.new += 1
            self._note_role(planned, planned.id, authored)

    def _again(self, planned: PlannedEntry, authored: Common, there: ExistingEntry, imported: Imported) -> None:
        """Bring an entry up to date that was imported before: its place, visibility and first date stay."""
        date = imported.date or PartialDate.of(self.terms.today)
        text = self._text(planned, structs.replace(authored, visibility=there.visibility), date)
        if content_digest(text) == content_digest(there.text):
            self.merged.unchanged += 1
        elif not there.is_edited or self.terms.force:
            if self._write(planned, there.path, text):
                self.merged.updated += 1
                self._note_role(planned, there.id, authored)
                return
        else:
            what = f"{label(there.path)} was edited since it was imported; it was left as it is"
            self._conflict(planned, what, "--force overwrites it")
        self._note_role(planned, there.id, there)

    def _keep_own(self, planned: PlannedEntry, there: ExistingEntry) -> None:
        """Leave alone what was not imported from this format. A skill has nothing else to say than its name."""
        if planned.kind == "skill":
            self.merged.unchanged += 1
        else:
            what = f"you have {label(there.path)} already, which was not imported; it was left as it is"
            self._conflict(planned, what, "rename one of the two, or copy by hand what is new")
        self._note_role(planned, there.id, there)

    def _text(self, planned: PlannedEntry, authored: Common, date: PartialDate) -> str:
        bare = content_digest(entry_text(authored, planned.body))
        imported = Imported(source=self.plan.format, id=planned.source, date=date, digest=bare)
        return entry_text(structs.replace(authored, imported=imported), planned.body)

    def _write(self, planned: PlannedEntry, path: str, text: str) -> bool:
        """Add a file, if the reader takes it; else say why it was left out."""
        data = text.encode()
        unit = Unit(planned.kind, planned.id, SourceFile(path, len(data), data), path.startswith(PRIVATE))
        wrong = [problem for problem in read_entry(unit)[1] if problem.is_error]
        if wrong:
            span = self.plan.spans[planned.path]
            what = f"{planned.source} was left out, for {wrong[0].message}"
            self.merged.problems.append(warning(wrong[0].code, what, span, wrong[0].hint))
            return False
        self.merged.files[path] = text
        return True

    def _note_role(self, planned: PlannedEntry, role_id: str, role: Common | ExistingEntry) -> None:
        if planned.kind != "role":
            return
        self.roles[planned.id] = role_id
        if isinstance(role, ExistingEntry):
            self.positions[role_id] = role.positions
        elif isinstance(role, Role):
            self.positions[role_id] = frozenset(position.id for position in role.positions)

    def _conflict(self, planned: PlannedEntry, what: str, hint: str) -> None:
        self.merged.kept += 1
        self.merged.problems.append(warning("import-conflict", what, self.plan.spans[planned.path], hint))
