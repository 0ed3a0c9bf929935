"""Ladder views: all ladders of a career, judged, and drawn as a grid and a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.insight.figures import Cell, Grid, GridRow, Square, Table
from bragfolio.core.insight.finding import counted
from bragfolio.core.insight.proofs import Judged, claims_of, gap_of, heaviest_proofs, judge_ladder, levels_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bragfolio.core.insight.career import Career
    from bragfolio.core.insight.standing import Place
    from bragfolio.model.dossier import Kept
    from bragfolio.model.ladder import Ladder

_LEVELS: Final = {"missing": 0, "partial": 2, "stale": 3, "sustained": 4}


class LadderView(Struct, frozen=True):
    """One ladder, judged."""

    kept: Kept[Ladder]
    criteria: tuple[Judged, ...]


def judge_career(career: Career) -> tuple[LadderView, ...]:
    """Return all ladders, judged by everything that `self` sees."""
    claims, url = claims_of(career.achievements), career.config.url or ""
    return tuple(
        LadderView(kept, judge_ladder(kept, claims, career.by_id, career.as_of, url)) for kept in career.dossier.ladders
    )


def criteria_of(views: Sequence[LadderView], place: Place | None) -> tuple[Judged, ...]:
    """Return the criteria of the level *place*, in the order of its ladder; none where there is no such level."""
    return tuple(
        judged
        for view in views
        for judged in view.criteria
        if place and view.kept.id == place.kept.id and judged.level.id == place.level.id
    )


def entries_of(judged: Sequence[Judged]) -> tuple[str, ...]:
    """Return the proofs of *judged* as `achievement/id`, the heaviest first, each once."""
    return tuple(f"achievement/{item.id}" for item in heaviest_proofs(judged))


def draw_grid(view: LadderView, current: Place | None, target: Place | None) -> Grid:
    """Return competencies by levels, with the state of each in a word; *current* and *target* are marked."""
    ladder = view.kept.authored
    levels = levels_of(ladder)
    marks = {place.path: word for word, place in (("now", current), ("target", target)) if place}
    columns = tuple(
        (level.name or level.id) + (f" · {mark}" if (mark := marks.get(f"{view.kept.id}/{level.id}")) else "")
        for level in levels
    )
    fields: dict[tuple[int, str], list[Judged]] = {}
    for judged in view.criteria:
        fields.setdefault((id(judged.competency), judged.level.id), []).append(judged)
    wanted = target.level.id if target and target.kept.id == view.kept.id else ""
    rows = [
        GridRow(
            competency.name or competency.id,
            tuple(
                _square(fields.get((id(competency), level.id), []), is_target=level.id == wanted) for level in levels
            ),
        )
        for competency in ladder.competencies
    ]
    name = ladder.name or view.kept.id
    table = Table(
        caption=f"{name}: competencies by level",
        head=("competency", *columns),
        rows=tuple(
            (Cell(row.label), *(Cell(square.text, "", square.entries) if square else Cell("") for square in row.squares))
            for row in rows
        ),
    )  # fmt: skip
    sustained = sum(judged.state == "sustained" for judged in view.criteria)
    description = f"{sustained} of {counted(len(view.criteria), 'criterion', 'criteria')} are sustained."
    return Grid(title=name, description=description, table=table, columns=columns, rows=tuple(rows))


def _square(criteria: list[Judged], *, is_target: bool) -> Square | None:
    """Return the field of one competency at one level; None where the level asks for nothing."""
    if not criteria:
        return None
    states = {judged.state for judged in criteria}
    sustained = sum(judged.state == "sustained" for judged in criteria)
    state = states.pop() if len(states) == 1 else "partial"
    text = state if len(criteria) == 1 or state in {"missing", "sustained"} else f"{state} {sustained}/{len(criteria)}"
    return Square(text, _LEVELS[state], entries_of(criteria), alarm=is_target and state == "missing")


def list_criteria(view: LadderView, target: Place | None) -> Table:
    """Return each criterion that has proofs or belongs to the target level, that level first."""
    wanted = target.level.id if target and target.kept.id == view.kept.id else ""
    shown = [judged for judged in view.criteria if judged.proofs or judged.level.id == wanted]
    shown.sort(key=lambda judged: judged.level.id != wanted)
    rows = tuple(
        (
            Cell(judged.criterion.text),
            Cell(judged.level.name or judged.level.id),
            Cell(judged.state),
            Cell(str(len(judged.proofs)), "", tuple(f"achievement/{item.id}" for item in judged.proofs)),
            Cell(str(judged.quarters)),
            Cell(str(judged.corroborated)),
            Cell(f"{judged.newest_days} d" if judged.proofs else ""),
            Cell(_clause(gap_of(judged, view.kept.authored.rules))),
        )
        for judged in shown
    )
    head = ("criterion", "level", "state", "proofs", "quarters", "corroborated", "newest", "gap")
    caption = f"{view.kept.authored.name or view.kept.id}: proofs of each criterion"
    return Table(caption=caption, head=head, rows=rows, numeric=frozenset({3, 4, 5, 6}))


def _clause(sentence: str) -> str:
    """Return *sentence* as it stands in a cell."""
    return sentence[:1].lower() + sentence[1:].removesuffix(".")
