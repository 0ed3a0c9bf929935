"""Growth: what is new: the skills of each year, and every change of level or scope."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.insight.figures import Bar, Bars, Cell, Part, Table
from bragfolio.core.insight.finding import Finding, Insight, counted
from bragfolio.core.project.projection import effective_day
from bragfolio.model.slugs import slugify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bragfolio.core.insight.career import Career
    from bragfolio.core.link.skills import SkillRef
    from bragfolio.model.role import Position

FINDINGS: Final = {
    "no-new-skill": "No skill was proven for the first time within 365 days.",
    "learning-unproven": "A skill whose intent is learn or grow has no proof of the last 180 days.",
}
NEW_DAYS: Final = 365
LEARNING_DAYS: Final = 180
_MOST_YEARS: Final = 10


class FirstProof(Struct, frozen=True):
    """A skill, and the day on which it was first proven."""

    name: str
    entry: str
    """`skill/id`."""
    day: date
    achievement: str
    """Id of the proof."""


class Step(Struct, frozen=True):
    """A position that was new."""

    day: date
    role: str
    """Id of the role."""
    employer: str
    title: str
    change: str
    """`promotion`, `lateral` ..., `new employer` for the first one of a role, `""` when nothing is said."""


class Growth(Insight, frozen=True, kw_only=True):
    """What was new, and when."""

    proofs: tuple[FirstProof, ...]
    """The newest first."""
    steps: tuple[Step, ...]
    """The newest first."""


def look_at_growth(career: Career) -> Growth | None:
    """Return what is new; None while no achievement names a skill."""
    proofs = _first_proofs(career)
    if not proofs:
        return None
    steps = _steps(career)
    new = [proof for proof in proofs if (career.as_of - proof.day).days <= NEW_DAYS]
    answer = f"{counted(len(new), 'skill')} proven for the first time in the last {NEW_DAYS} days."
    if steps:
        answer += f" The last change of position was on {steps[0].day}: {steps[0].title}."
    return Growth(
        answer=answer,
        findings=(*_nothing_new(career, proofs, new), *_unproven(career)),
        charts=(_bars(proofs, career.as_of.year),),
        tables=(_step_table(steps),) if steps else (),
        proofs=proofs,
        steps=steps,
    )


def _entry(ref: SkillRef) -> str:
    return f"skill/{ref.item.id if ref.item else slugify(ref.name)}"


def _first_proofs(career: Career) -> tuple[FirstProof, ...]:
    found = []
    for ref in career.linked.skills.skills:
        if ref.proofs:
            oldest = ref.proofs[-1]
            day = effective_day(oldest.authored, career.as_of)
            found.append(FirstProof(ref.name, _entry(ref), day, oldest.id))
    return tuple(sorted(found, key=lambda proof: (-proof.day.toordinal(), proof.name.casefold())))


def _steps(career: Career) -> tuple[Step, ...]:
    """Return every position that began by now; in the order of time the first one of a role is a new employer."""
    steps = []
    for role in career.linked.projection.roles:
        begun = [position for position in role.authored.positions if position.start]
        for index, position in enumerate(begun):
            start = position.start
            if start and start.first_day <= career.as_of:
                change = position.change or ("new employer" if index == len(begun) - 1 else _by_level(begun, index))
                steps.append(Step(start.first_day, role.id, role.authored.employer, position.title, change))
    return tuple(sorted(steps, key=lambda step: (-step.day.toordinal(), step.role, step.title)))


def _by_level(begun: list[Position], index: int) -> str:
    """Return `new level` where a position, the newest first, names another level than the one before it."""
    level, before = begun[index].level, begun[index + 1].level
    return "new level" if level and before and level != before else ""


def _nothing_new(career: Career, proofs: tuple[FirstProof, ...], new: list[FirstProof]) -> list[Finding]:
    if new:
        return []
    days = (career.as_of - proofs[0].day).days
    return [
        Finding(
            code="no-new-skill",
            sentence=f"The newest skill that you have proven is {proofs[0].name}, {counted(days, 'day')} ago: the market moves on.",
            action="choose a skill that several employers ask for, and use it in something this quarter",
            numbers=(("days", str(days)),),
            entries=(proofs[0].entry, f"achievement/{proofs[0].achievement}"),
            gain=2.0,
        )
    ]


def _unproven(career: Career) -> Iterator[Finding]:
    for ref in career.linked.skills.skills:
        if not ref.item or ref.item.authored.intent not in {"learn", "grow"}:
            continue
        newest = (career.as_of - effective_day(ref.proofs[0].authored, career.as_of)).days if ref.proofs else None
        if newest is not None and newest <= LEARNING_DAYS:
            continue
        since = f"for {counted(newest, 'day')}" if newest is not None else "yet"
        yield Finding(
            code="learning-unproven",
            sentence=f"You want to {ref.item.authored.intent} {ref.name}, and nothing proves it {since}.",
            action=f'use it in something small, and write that down: `brag add "What you did with {ref.name}"`',
            numbers=(("days", str(newest) if newest is not None else "never"),),
            entries=(_entry(ref),),
            gain=1.0,
        )


def _bars(proofs: tuple[FirstProof, ...], this_year: int) -> Bars:
    """Return a bar for each year from the first proof on, at most ten, this year last."""
    first = max(proofs[-1].day.year, this_year - _MOST_YEARS + 1)
    bars, rows = [], []
    for year in range(first, this_year + 1):
        new = [proof for proof in proofs if proof.day.year == year]
        entries = tuple(proof.entry for proof in new)
        bars.append(Bar(str(year), (Part("new skills", Decimal(len(new)), entries),)))
        rows.append(
            (Cell(str(year)), Cell(str(len(new)), entries=entries), Cell(", ".join(proof.name for proof in new)))
        )
    caption = "New skills by year"
    head = ("year", "new", "skills")
    table = Table(caption=caption, head=head, rows=tuple(rows), numeric=frozenset({1}))
    description = (
        f"{counted(len(proofs), 'skill')} proven so far; the newest is {proofs[0].name}, in {proofs[0].day.year}."
    )
    return Bars(title=caption, description=description, table=table, bars=tuple(bars), unit="skills")


def _step_table(steps: tuple[Step, ...]) -> Table:
    rows = tuple(
        (
            Cell(step.title, f"role/{step.role}"),
            Cell(step.employer, f"role/{step.role}"),
            Cell(str(step.day)),
            Cell(step.change),
        )
        for step in steps
    )
    head = ("position", "employer", "since", "change")
    return Table(caption="Changes of level and scope", head=head, rows=rows)
