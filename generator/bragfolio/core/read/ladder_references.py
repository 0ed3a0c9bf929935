"""Ladder references: every level and criterion that entries name, held against the ladders in private/, and those against themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Final

from bragfolio.core.read.entries import located
from bragfolio.core.read.portfolio import check_versions
from bragfolio.core.read.shape import Issue, did_you_mean, nearest
from bragfolio.model.achievement import Achievement
from bragfolio.model.role import Role

if TYPE_CHECKING:
    from bragfolio.core.read.yaml_tree import Path
    from bragfolio.model.common import Authored
    from bragfolio.model.dossier import Dossier
    from bragfolio.model.entry import Portfolio
    from bragfolio.model.ladder import Ladder
    from bragfolio.problems import Problem

_CRITERION_PARTS: Final = 3
_LEVEL_PARTS: Final = 2

Names = dict[str, dict[str, list[str]]]
"""By ladder and level: the criteria and competencies that may be named there."""


def check_ladders(dossier: Dossier, portfolio: Portfolio, broken: Collection[str] = ()) -> list[Problem]:
    """Return every criterion and level that an achievement or a position names and its ladder lacks.

    Nothing is said of ladders that are not there (but for a misspelt name of one that is), or in one of the *broken*
    files, as messages give them. Levels and ids inside the ladders are checked, too.
    """
    whole = [kept for kept in dossier.ladders if kept.source.file not in broken]
    names = {kept.id: _names(kept.authored) for kept in whole}
    known = [kept.id for kept in whole] if len(whole) == len(dossier.ladders) and not broken else []
    problems = check_versions(
        portfolio, lambda _entry, version, _file: list(_issues(version.authored, names, known)) if names else []
    )
    for kept in whole:
        problems += located(list(_inside(kept.authored)), kept.source)
    return problems


def _names(ladder: Ladder) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {level.id: [] for level in ladder.levels}
    for competency in ladder.competencies:
        for level, criteria in competency.criteria.items():
            names.setdefault(level, []).extend(dict.fromkeys((competency.id, *(one.id for one in criteria))))
    return names


def _issues(authored: Authored, names: Names, known: list[str]) -> Iterator[Issue]:
    if isinstance(authored, Achievement):
        for index, reference in enumerate(authored.ladder):
            yield from _issue(reference, _CRITERION_PARTS, ("ladder", index), names, known)
    elif isinstance(authored, Role):
        for index, position in enumerate(authored.positions):
            if position.level:
                yield from _issue(position.level, _LEVEL_PARTS, ("positions", index, "level"), names, known)


def _issue(reference: str, count: int, path: Path, names: Names, known: list[str]) -> Iterator[Issue]:
    """Yield what is wrong with *reference*, which has *count* parts: the first part that names nothing."""
    parts = [part.strip() for part in reference.split("/")]
    levels = names.get(parts[0])
    if levels is None:
        guess = nearest(parts[0], known)
        if guess:
            message = f"there is no ladder “{parts[0]}” in private/ladders/"
            yield Issue(path, "reference", message, f"did you mean “{'/'.join([guess, *parts[1:]])}”?")
        return
    if len(parts) != count or not all(parts):
        form = "ladder/level/criterion" if count == _CRITERION_PARTS else "ladder/level"
        yield Issue(path, "reference", f"“{reference}” is not of the form {form}", _example(parts[0], levels, count))
    elif parts[1] not in levels:
        message = f"the ladder “{parts[0]}” has no level “{parts[1]}”"
        yield Issue(path, "reference", message, did_you_mean(parts[1], list(levels)) or "check the level")
    elif count == _CRITERION_PARTS and parts[2] not in levels[parts[1]]:
        message = f"the level “{parts[0]}/{parts[1]}” has no criterion or competency “{parts[2]}”"
        yield Issue(path, "reference", message, did_you_mean(parts[2], levels[parts[1]]) or "check the criterion")


def _example(ladder: str, levels: dict[str, list[str]], count: int) -> str:
    level = next((level for level, names in levels.items() if names), next(iter(levels), "level"))
    parts = [ladder, level, *(levels.get(level) or ["criterion"])[:1]]
    return f"write for example {'/'.join(parts[:count])}"


def _inside(ladder: Ladder) -> Iterator[Issue]:
    """Yield the levels that criteria misspell, and the ids that stand twice. A level need not be listed to have criteria."""
    levels = [level.id for level in ladder.levels]
    yield from _twice(levels, ("levels",))
    yield from _twice([competency.id for competency in ladder.competencies], ("competencies",))
    for index, competency in enumerate(ladder.competencies):
        for level, criteria in competency.criteria.items():
            path = ("competencies", index, "criteria", level)
            yield from _twice([criterion.id for criterion in criteria], path)
            guess = "" if level in levels else nearest(level, levels)
            if guess:
                what = f"this ladder has no level “{level}”"
                yield Issue(path, "reference", what, f"did you mean “{guess}”? Else add it to levels:", at_key=True)


def _twice(ids: list[str], path: Path) -> Iterator[Issue]:
    count: Counter[str] = Counter()
    for index, id_ in enumerate(ids):
        count[id_] += 1
        if count[id_] == 2:
            message = f"the id “{id_}” stands here twice"
            yield Issue((*path, index, "id"), "id-duplicate", message, "choose another id")
