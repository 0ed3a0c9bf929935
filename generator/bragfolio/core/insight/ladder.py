"""Ladder: what is proven of the criteria of a promotion, and what is missing until the next level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bragfolio.core.insight.finding import Finding, Insight, counted, listed
from bragfolio.core.insight.freshness import stars_of
from bragfolio.core.insight.ladder_views import criteria_of, draw_grid, entries_of, judge_career, list_criteria
from bragfolio.core.insight.proofs import STATES, Judged, gap_of
from bragfolio.core.insight.standing import Place, days_to_packet, find_place, find_standing, find_target, hurry

if TYPE_CHECKING:
    from bragfolio.core.insight.career import Career
    from bragfolio.core.project.projection import Item
    from bragfolio.model.achievement import Achievement

FINDINGS: Final = {
    "criterion-missing": "Criteria of the target level that nothing proves.",
    "criterion-partial": "Criteria of the target level with proofs, but not enough of them, or from too few quarters.",
    "criterion-stale": "A criterion of the target level that lacks nothing but a fresh proof.",
    "criterion-alone": "A criterion of the target level that lacks nothing but a word from somebody else.",
}
_MOST_NAMES: Final = 3
"""Criteria that a sentence names one by one."""
_NEW_PROOF: Final = 3.0
"""Stars that a proof of the next level is taken to have."""
_LIKELY: Final = {"criterion-missing": 0.5, "criterion-partial": 0.6, "criterion-stale": 0.6, "criterion-alone": 0.8}
"""How likely acting changes it: to ask for a word is easier than to do something new."""


class Ladders(Insight, frozen=True, kw_only=True):
    """What is proven of all ladders."""

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
        charts=tuple(draw_grid(view, current, target) for view in views),
        tables=tuple(list_criteria(view, target) for view in views),
        current=current.path if current else "", target=target.path if target else "", states=states,
    )  # fmt: skip


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
        entries=entries_of(judged), gain=_NEW_PROOF * _LIKELY[code] * haste,
    )  # fmt: skip


def _stale(target: Place, judged: Judged, haste: float) -> Finding:
    days = counted(judged.newest_days or 0, "day")
    return Finding(
        code="criterion-stale",
        sentence=f"“{judged.criterion.text}” would be sustained, but its newest proof is {days} old.",
        action=f"one fresh proof is enough: name `{_reference(target, judged)}` in what you did lately, or do it again",
        numbers=(("days", str(judged.newest_days)),),
        entries=entries_of([judged]),
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
        entries=entries_of([judged]),
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


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
