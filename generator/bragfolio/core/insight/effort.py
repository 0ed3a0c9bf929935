"""Effort: hard work against smart work: what took long, who of those above knows it, and whose goals it served."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.insight.figures import Cell, Dot, Quadrant, Table
from bragfolio.core.insight.finding import Finding, Insight, counted, rounded
from bragfolio.core.insight.freshness import age_days, stars_of
from bragfolio.core.insight.hearing import known_by, tell_action
from bragfolio.core.insight.reach import ABOVE
from bragfolio.core.insight.shares import percent, percent_text
from bragfolio.core.project.projection import Item
from bragfolio.model.achievement import Achievement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bragfolio.core.insight.career import Career

FINDINGS: Final = {
    "effort-unseen": "Something took long, and neither your boss nor anybody above knows of it.",
    "effort-for-nobody": "More than a third of the effort went into what neither your boss nor your boss's boss cares about.",
}
WINDOW_DAYS: Final = 365
_REACH_SPLIT: Final = Decimal(2)
"""Stars that got through: less is not worth the word reach."""
_FOR_NOBODY: Final = Decimal(100) / 3
_MOST_FINDINGS: Final = 5
_UNSEEN: Final = Decimal("0.6")
"""Of the stars: the announcement of it may be overdue already, and says so for more."""


class Work(Struct, frozen=True):
    """An achievement with what it took and whom it reached."""

    item: Item[Achievement]
    days: Decimal
    """Working days, with two places."""
    knowers: tuple[str, ...]
    """Ids of those at boss or above who know of it."""
    carers: frozenset[str]
    """Which of the relations boss and skip have somebody who cares about a goal that it served."""
    reach: Decimal
    """Its stars, times the share of those above who know of it; all its stars where boss and skip both care."""

    @property
    def is_smart(self) -> bool:
        """Whether the boss and the boss's boss both care about it."""
        return len(self.carers) == 2


class Effort(Insight, frozen=True, kw_only=True):
    """Where the work of a year went."""

    days: Decimal
    """In all."""
    smart: Decimal
    """Of that, what both care about, in per cent."""
    for_nobody: Decimal
    """What neither cares about, in per cent."""


def look_at_effort(career: Career) -> Effort | None:
    """Return where the effort of a year went; None without effort_days, or without a boss or somebody above."""
    above = [id_ for id_, kept in career.people.items() if kept.authored.relation in ABOVE]
    works = _works(career, above) if above else []
    if not works:
        return None
    days = _days(works)
    smart = [work for work in works if work.is_smart]
    for_nobody = [work for work in works if not work.carers]
    answer = (
        f"{percent_text(_days(smart), days)} of the last year's effort served goals that both your boss and your boss's boss "
        f"care about ({_number(_days(smart))} of {_number(days)} days)."
    )
    return Effort(
        answer=answer,
        findings=(*_unseen(career, works, above), *_for_nobody(for_nobody, days)),
        charts=(_quadrant(works),),
        days=days,
        smart=percent(_days(smart), days),
        for_nobody=percent(_days(for_nobody), days),
    )


def _owners(career: Career) -> Mapping[str, frozenset[str]]:
    """Return by id of a goal the people who care about it."""
    caring = {kept.id: {kept.authored.owner} & career.people.keys() for kept in career.dossier.goals}
    for id_, person in career.people.items():
        for goal in person.authored.cares_about:
            caring.setdefault(goal, set()).add(id_)
    return {goal: frozenset(people) for goal, people in caring.items()}


def _works(career: Career, above: list[str]) -> list[Work]:
    """Return what effort is known of, the longest first, then the newest."""
    known, owners = known_by(career), _owners(career)
    works = []
    for item in career.achievements:
        effort = item.authored.effort_days
        if not effort or effort < 0 or age_days(item.authored, career.as_of) > WINDOW_DAYS:
            continue
        knowers = tuple(id_ for id_ in above if item.id in known[id_])
        people = {person for goal in item.authored.goals for person in owners.get(goal, ())}
        relations = frozenset(career.people[id_].authored.relation for id_ in people) & {"boss", "skip"}
        share = Decimal(1) if len(relations) == 2 else Decimal(len(knowers)) / len(above)
        reach = rounded(stars_of(item.authored) * share)
        works.append(Work(item, rounded(effort), knowers, frozenset(relations), reach))
    return sorted(works, key=lambda work: -work.days)


def _days(works: Iterable[Work]) -> Decimal:
    return sum((work.days for work in works), Decimal(0))


def _number(days: Decimal) -> str:
    """Return days as they are written: `3`, `2.5`."""
    return f"{rounded(days):f}".rstrip("0").rstrip(".")


def _median(works: list[Work]) -> Decimal:
    ordered = sorted(work.days for work in works)
    middle = len(ordered) // 2
    return rounded((ordered[(len(ordered) - 1) // 2] + ordered[middle]) / 2)


def _unseen(career: Career, works: list[Work], above: list[str]) -> Iterator[Finding]:
    """Yield what took at least the median and is known to nobody above, the longest first."""
    much = _median(works)
    unseen = [w for w in works if w.days >= much and not w.knowers and not w.item.authored.ongoing]
    for work in unseen[:_MOST_FINDINGS]:
        item, stars = work.item, stars_of(work.item.authored)
        took = counted(int(work.days), "day") if work.days == int(work.days) else f"{_number(work.days)} days"
        yield Finding(
            code="effort-unseen",
            sentence=f"“{item.authored.title}” took {took}, and neither your boss nor anybody above knows of it.",
            action=f"tell them: {tell_action(career, item.id, above, 'talk')}",
            numbers=(("days", _number(work.days)), ("stars", str(stars))),
            entries=(f"achievement/{item.id}",),
            gain=float(rounded(stars * _UNSEEN)),
        )


def _for_nobody(works: list[Work], days: Decimal) -> Iterator[Finding]:
    share = percent(_days(works), days)
    if share <= _FOR_NOBODY:
        return
    spent = f"{_number(_days(works))} of {_number(days)} days"
    yield Finding(
        code="effort-for-nobody",
        sentence=f"{spent} went into work that neither your boss nor your boss's boss cares about.",
        action="ask both what they are measured by, write it into private/goals.yaml, and take on what serves it",
        numbers=(("days", _number(_days(works))), ("of", _number(days)), ("share", f"{share} %")),
        entries=tuple(f"achievement/{work.item.id}" for work in works),
        gain=1.0,
    )


def _quadrant(works: list[Work]) -> Quadrant:
    dots = tuple(
        Dot(
            work.item.authored.title, work.days, work.reach, stars_of(work.item.authored), f"achievement/{work.item.id}"
        )
        for work in works
    )
    cares = {0: "neither", 1: "one of them", 2: "both"}
    rows = tuple(
        (
            Cell(work.item.authored.title, f"achievement/{work.item.id}"),
            Cell(_number(work.days)),
            Cell(str(stars_of(work.item.authored))),
            Cell(str(len(work.knowers)), entries=tuple(f"person/{id_}" for id_ in work.knowers)),
            Cell(cares[len(work.carers)]),
            Cell(str(work.reach)),
        )
        for work in works
    )
    caption = "Effort against reach"
    head = ("achievement", "days", "stars", "know of it above", "boss and boss's boss care", "reach")
    table = Table(caption=caption, head=head, rows=rows, numeric=frozenset({1, 2, 3, 5}))
    much = _median(works)
    hard = sum(work.days >= much and work.reach < _REACH_SPLIT for work in works)
    return Quadrant(
        title=caption,
        description=f"{counted(hard, 'achievement')} of {len(works)} took long and reached few.",
        table=table,
        x_label="working days",
        y_label="stars that reached those above",
        x_split=much,
        y_split=_REACH_SPLIT,
        corners=("smart work", "hard work that is seen", "small things", "hard work that nobody sees"),
        dots=dots,
    )
