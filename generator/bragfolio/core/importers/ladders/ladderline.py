"""Ladderline: a ladder of two levels, the current one and the next, with a sentence for each competency."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bragfolio.core.importers.ladders.draft import LadderDraft
    from bragfolio.core.read.yaml_tree import Tree
    from bragfolio.model.ladder import Ladder

_STEP: Final = re.compile(r"(?:.*[—–:] ?)?(.+) to (.+)")
"""`Generic — Mid-level to Senior Engineer`: what the two levels are called."""
_MAX_TITLE: Final = 200
_LEVELS: Final = ("current", "next")


def is_ladderline(tree: dict[str, Tree]) -> bool:
    """Tell whether *tree* has this shape."""
    rows = tree.get("competencies")
    keys = {f"{level}_level" for level in _LEVELS}
    return isinstance(rows, list) and any(isinstance(row, dict) and keys & row.keys() for row in rows)


def read_ladderline(tree: dict[str, Tree], draft: LadderDraft) -> Ladder:
    """Return the ladder with the levels `current` and `next`, which are named as its title says."""
    title = draft.text(tree, "ladder", ()) or draft.text(tree, "name", ())
    step = _STEP.fullmatch(title[:_MAX_TITLE])
    for number, level in enumerate(_LEVELS):
        draft.level(level, step[number + 1] if step else f"{level.capitalize()} level")
    for row, path in draft.rows(tree, "competencies", ()):
        key = draft.text(row, "id", path) or draft.text(row, "name", path)
        draft.competency(key, draft.text(row, "name", path))
        for level in _LEVELS:
            for text in draft.texts(row, f"{level}_level", path):
                draft.criterion(level, key, text, path)
    return draft.ladder(title)
