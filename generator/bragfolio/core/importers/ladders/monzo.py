"""Monzo: a ladder as its progression framework has it: topics, each with criteria for numbered levels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bragfolio.core.importers.ladders.draft import LadderDraft
    from bragfolio.core.read.yaml_tree import Tree
    from bragfolio.model.ladder import Ladder

_SIGNS: Final = re.compile(r"^[^\w(]+")
"""Titles start with a picture."""


def is_monzo(tree: dict[str, Tree]) -> bool:
    """Tell whether *tree* has this shape (github.com/monzo/progression-framework)."""
    return isinstance(tree.get("topics"), list)


def read_monzo(tree: dict[str, Tree], draft: LadderDraft) -> Ladder:
    """Return the ladder: each topic is a competency, each of its sentences a criterion, with the examples it has."""
    for row, path in draft.rows(tree, "topics", ()):
        topic = draft.text(row, "name", path) or draft.text(row, "title", path)
        name = _SIGNS.sub("", draft.text(row, "title", path)) or topic[:1].upper() + topic[1:]
        draft.competency(topic, name)
        for block, place in draft.rows(row, "content", path):
            level = draft.text(block, "level", place)
            draft.level(level, f"Level {level}" if level.isdigit() else level)
            for text in draft.texts(block, "criteria", place):
                draft.criterion(level, topic, text, place)
            for example, at in draft.rows(block, "exampleCriteria", place):
                for text in draft.texts(example, "criteria", at):
                    draft.criterion(level, topic, text, at, draft.texts(example, "examples", at))
    draft.sort_levels()
    return draft.ladder(_SIGNS.sub("", draft.text(tree, "title", ())))
