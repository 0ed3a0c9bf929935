"""Ladder: what is proven of the criteria of a promotion, and what is missing until the next level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.insight.figures import Cell, Grid, GridRow, Square, Table
from bragfolio.core.insight.finding import Finding, Insight, counted, listed
from bragfolio.core.insight.freshness import stars_of
from bragfolio.core.insight.proofs import STATES, Judged, claims_of, gap_of, judge_ladder, levels_of
from bragfolio.core.insight.standing import Place, days_to_packet, find_place, find_standing, find_target, hurry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bragfolio.core.insight.career import Career
    from bragfolio.core.project.projection import Item
    from bragfolio.model.achievement import Achievement
    from bragfolio.model.dossier import Kept
    from bragfolio.model.ladder import Ladder

FINDINGS: Final = {
    "criterion-missing": "Criteria of the target level that nothing proves.",
    "criterion-partial": "Criteria of the target level with proofs, but not enough of them, or from too few quarters.",
    "criterion-stale": "A criterion of the target level that lacks nothing but a fresh proof.",
    "criterion-alone": "A criterion of the target level that lacks nothing but a word from somebody else.",
}
_LEVELS: Final = {"missing": 0, "partial": 2, "stale": 3, "sustained": 4}
_MOST_NAMES: Final = 3
"""Criteria that a sentence names one by one."""
_NEW_PROOF: Final = 3.0
"""Stars that a proof of the next level is taken to have."""
_LIKELY: Final = {"criterion-missing": 0.5, "criterion-partial": 0.6, "criterion-stale": 0.6, "criterion-alone": 0.8}
"""How likely acting changes it: to ask for a word is easier than to do something new."""


class LadderView(Struct, frozen=True):
    """One ladder, judged."""

    kept: Kept[Ladder]
    criteria: tuple[Judged, ...]


class Ladders(Insight, frozen=True, kw_only=True):
    """What is proven of all ladders."""

    views: tuple[LadderView, ...]
    current: str
    """`ladder/level` of the current position; `""` for none."""
    target: str
    """`ladder/level` that is wanted; `""` for none."""
    states: tuple[tuple[str, int], ...]
    """How many criteria of the target level are sustained, stale, partial and missing."""


def look_at_ladders(career: Career) -> Ladders | None:
    """Return what is proven of the ladders; None while there is none."""
    if not career.dossier.ladders:
        return None
    views = judge_career(career)
    target, standing = find_target(career), find_standing(career)
    current = find_place(career, standing.position.level) if standing else None
    wanted = criteria_of(views, target)
    states = tuple((state, sum(judged.state == state for judged in wanted)) for state in reversed(STATES))
    findings = _findings(career, target, wanted) if target else []
    return Ladders(
        answer=_answer(target, wanted, states), findings=tuple(findings),
        charts=tuple(_grid(view, current, target) for view in views),
        tables=tuple(_table(view, target) for view in views), views=views,
        current=current.path if current else "", target=target.path if target else "", states=states,
    )  # fmt: skip


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


def _answer(target: Place | None, wanted: tuple[Judged, ...], states: tuple[tuple[str, int], ...]) -> str:
    if target is None:
        return (
            "No level is aimed at: write target: ladder/level into private/promotion.yaml, "
            "or level: ladder/level into your current position."
        )
    if not wanted:
        return f"{target.name} has no criteria in private/ladders/."
    said = ", ".join(f"{count} {state}" for state, count in states if count)
    return f"Of {counted(len(wanted), 'criterion', 'criteria')} of {target.name}: {said}."


def _findings(career: Career, target: Place, wanted: tuple[Judged, ...]) -> list[Finding]:
    by_code: dict[str, list[Judged]] = {}
    for judged in wanted:
        if judged.state != "sustained":
            by_code.setdefault(_code_of(judged), []).append(judged)
    haste = hurry(days_to_packet(career))
    findings = [
        _gaps(target, by_code[code], code, haste) for code in ("criterion-missing", "criterion-partial") if code in by_code
    ]  # fmt: skip
    findings += [_stale(target, judged, haste) for judged in by_code.get("criterion-stale", ())]
    findings += [_alone(career, judged, haste) for judged in by_code.get("criterion-alone", ())]
    return findings


def _code_of(judged: Judged) -> str:
    if judged.state == "partial" and judged.lacks == ("corroboration",):
        return "criterion-alone"
    return f"criterion-{judged.state}"


def _gaps(target: Place, judged: list[Judged], code: str, haste: float) -> Finding:
    first = judged[0]
    count = counted(len(judged), "criterion", "criteria")
    has = "has" if len(judged) == 1 else "have"
    more = [f"{len(judged) - _MOST_NAMES} more"] if len(judged) > _MOST_NAMES else []
    names = listed([*(_named(one) for one in judged[:_MOST_NAMES]), *more])
    rules = target.kept.authored.rules
    if code == "criterion-missing":
        sentence = f"{count} of {target.name} {has} no proof: {names}."
        action = f"do, or write down, something that shows “{first.criterion.text}”, with `ladder: [{_reference(target, first)}]`"
    else:
        sentence = f"{count} of {target.name} {has} proofs, but not enough: {names}."
        action = f"add to “{first.criterion.text}” with `ladder: [{_reference(target, first)}]`: {_lower(gap_of(first, rules))}"
    return Finding(
        code=code, sentence=sentence, action=action.removesuffix("."), numbers=(("criteria", str(len(judged))),),
        entries=_entries(judged), gain=_NEW_PROOF * _LIKELY[code] * haste,
    )  # fmt: skip


def _stale(target: Place, judged: Judged, haste: float) -> Finding:
    days = f"{judged.newest_days} days"
    return Finding(
        code="criterion-stale",
        sentence=f"“{judged.criterion.text}” would be sustained, but its newest proof is {days} old.",
        action=f"one fresh proof is enough: name `{_reference(target, judged)}` in what you did lately, or do it again",
        numbers=(("days", str(judged.newest_days)),),
        entries=_entries([judged]),
        gain=_stake(judged) * _LIKELY["criterion-stale"] * haste,
    )


def _alone(career: Career, judged: Judged, haste: float) -> Finding:
    proof = judged.proofs[0]
    person = _witness(career, proof)
    return Finding(
        code="criterion-alone",
        sentence=f"“{judged.criterion.text}” has {counted(len(judged.proofs), 'proof')}, and nobody else speaks for it.",
        action=f"ask {person} for feedback on “{proof.authored.title}”, or link what shows it",
        numbers=(("proofs", str(len(judged.proofs))),),
        entries=_entries([judged]),
        gain=_stake(judged) * _LIKELY["criterion-alone"] * haste,
    )


def _witness(career: Career, proof: Item[Achievement]) -> str:
    """Return who can say something of *proof*: who worked on it, whose goal it served, the boss, the boss's boss."""
    achievement = proof.authored
    owners = {goal.id: goal.authored.owner for goal in career.dossier.goals}
    role = next((role.authored for role in career.linked.projection.roles if role.id == achievement.role), None)
    ids = [
        *achievement.collaborators,
        *(owners.get(goal, "") for goal in achievement.goals),
        *((role.manager, role.skip) if role else ()),
        *(kept.id for relation in ("boss", "skip", "peer") for kept in career.dossier.people
          if kept.authored.relation == relation),
    ]  # fmt: skip
    known = (career.people[id_].authored.name for id_ in ids if id_ in career.people)
    return next(known, "somebody who saw it")


def _stake(judged: Judged) -> int:
    return max(stars_of(item.authored) for item in judged.proofs)


def _reference(target: Place, judged: Judged) -> str:
    return f"{target.path}/{judged.criterion.id}"


def _named(judged: Judged) -> str:
    """Return what *judged* is called in a list: its competency where it is the only one of it, else its id."""
    name = judged.competency.name or judged.competency.id
    return name if len(judged.competency.criteria.get(judged.level.id, ())) == 1 else f"{name} ({judged.criterion.id})"


def _entries(judged: Sequence[Judged]) -> tuple[str, ...]:
    """Return the proofs of *judged*, the heaviest first, each once."""
    items = {item.id: item for one in judged for item in one.proofs}
    ordered = sorted(items.values(), key=lambda item: -stars_of(item.authored))
    return tuple(f"achievement/{item.id}" for item in ordered)


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _grid(view: LadderView, current: Place | None, target: Place | None) -> Grid:
    ladder = view.kept.authored
    levels = levels_of(ladder)
    marks = {place.path: word for word, place in (("now", current), ("target", target)) if place}
    columns = tuple(
        (level.name or level.id) + (f" · {mark}" if (mark := marks.get(f"{view.kept.id}/{level.id}")) else "")
        for level in levels
    )
    fields: dict[tuple[int, int], list[Judged]] = {}
    for judged in view.criteria:
        fields.setdefault((id(judged.competency), id(judged.level)), []).append(judged)
    wanted = target.level.id if target and target.kept.id == view.kept.id else ""
    rows = [
        GridRow(
            competency.name or competency.id,
            tuple(
                _square(fields.get((id(competency), id(level)), []), is_target=level.id == wanted) for level in levels
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
    return Square(text, _LEVELS[state], _entries(criteria), alarm=is_target and state == "missing")


def _table(view: LadderView, target: Place | None) -> Table:
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
            Cell(_lower(gap_of(judged, view.kept.authored.rules)).removesuffix(".")),
        )
        for judged in shown
    )
    head = ("criterion", "level", "state", "proofs", "quarters", "corroborated", "newest", "gap")
    caption = f"{view.kept.authored.name or view.kept.id}: proofs of each criterion"
    return Table(caption=caption, head=head, rows=rows, numeric=frozenset({3, 4, 5, 6}))
