"""Financial Times: a ladder as its engineering competencies have it: levels, themes, and a competency for each pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bragfolio.core.importers.ladders.draft import LadderDraft
    from bragfolio.core.read.yaml_tree import Tree
    from bragfolio.model.ladder import Ladder


def is_financial_times(tree: dict[str, Tree]) -> bool:
    """Tell whether *tree* has this shape (github.com/Financial-Times/engineering-competencies)."""
    return isinstance(tree.get("themes"), list) and "competencies" in tree


def read_financial_times(tree: dict[str, Tree], draft: LadderDraft) -> Ladder:
    """Return the ladder: each theme is a competency; what the file calls one is a criterion. Proficiency stays behind."""
    for row, path in draft.rows(tree, "levels", ()):
        draft.level(draft.text(row, "id", path), draft.text(row, "name", path), draft.text(row, "summary", path))
    for row, path in draft.rows(tree, "themes", ()):
        name, summary = draft.text(row, "name", path), draft.text(row, "summary", path)
        draft.competency(draft.text(row, "id", path), name, summary)
    for row, path in draft.rows(tree, "competencies", ()):
        level, theme = draft.text(row, "level", path), draft.text(row, "theme", path)
        draft.criterion(level, theme, draft.text(row, "summary", path), path, draft.texts(row, "examples", path))
    return draft.ladder(draft.text(tree, "name", ()))
