"""Direction: how much of what you do serves the bets of your plan, and whether the plan still stands."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.insight.figures import Bar, Bars, Cell, Part, Table
from bragfolio.core.insight.finding import Finding, Insight, counted, rounded
from bragfolio.core.insight.freshness import age_days, stars_of
from bragfolio.core.insight.shares import percent, percent_text
from bragfolio.core.project.projection import Item, effective_day
from bragfolio.model.achievement import Achievement
from bragfolio.model.plan import Bet, CareerPlan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from bragfolio.core.insight.career import Career

FINDINGS: Final = {
    "bet-idle": "Nothing has served a bet for 90 days.",
    "work-off-plan": "Work of at most two stars in the last 90 days serves no bet.",
    "plan-review": "The plan was not reviewed for review_every_days.",
}
_QUARTERS: Final = 8
IDLE_DAYS: Final = 90
_LOW_STARS: Final = 2
_NO_BET: Final = "no bet"


class QuarterOfWork(Struct, frozen=True):
    """What one quarter of the calendar was spent on."""

    first_day: date
    stars: int
    serving: int
    """Stars of what serves a bet."""
    share: Decimal
    """In per cent."""


class Direction(Insight, frozen=True, kw_only=True):
    """How far the work follows the plan."""

    quarters: tuple[QuarterOfWork, ...]
    """The last eight, oldest first, the present one last; empty without bets."""


def look_at_direction(career: Career) -> Direction | None:
    """Return how the work follows the plan; None while there is no plan."""
    if career.dossier.plan is None:
        return None
    plan = career.dossier.plan.authored
    review = _review(plan, career.as_of)
    if not plan.bets:
        answer = "Your plan has no bets: nothing says what you want to be known for."
        return Direction(answer=answer, findings=tuple(review), quarters=())
    served = bets_of(career)
    work = _by_quarter(career)
    quarters = tuple(_quarter(first, work[first], served) for first in work)
    findings = (*_idle(career, plan, served), *_off_plan(career, served), *review)
    return Direction(
        answer=_answer(quarters), findings=findings, charts=(_bars(plan, work, served, quarters),), quarters=quarters
    )


def bets_of(career: Career) -> Mapping[str, tuple[Bet, ...]]:
    """Return by id of an achievement the bets that it serves: by the bet of one of its goals, by a skill, or by a tag."""
    plan = career.dossier.plan
    bets = plan.authored.bets if plan else ()
    goals = {kept.id: kept.authored.bet for kept in career.dossier.goals}
    skills = career.linked.skills
    wanted = {bet.id: {ref.path for name in bet.skills if (ref := skills.find(name))} for bet in bets}
    tags = {bet.id: {tag.casefold() for tag in bet.tags} for bet in bets}

    def served(achievement: Achievement) -> tuple[Bet, ...]:
        named = {goals.get(goal, "") for goal in achievement.goals}
        shown = {ref.path for ref in skills.of(achievement)}
        tagged = {tag.casefold() for tag in achievement.tags}
        return tuple(bet for bet in bets if bet.id in named or wanted[bet.id] & shown or tags[bet.id] & tagged)

    return {item.id: served(item.authored) for item in career.achievements}


def _first_of_quarter(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _firsts(as_of: date) -> list[date]:
    """Return the first days of the last eight quarters, oldest first."""
    number = as_of.year * 4 + (as_of.month - 1) // 3
    return [date(n // 4, n % 4 * 3 + 1, 1) for n in range(number - _QUARTERS + 1, number + 1)]


def _by_quarter(career: Career) -> dict[date, list[Item[Achievement]]]:
    """Return the achievements of the last eight quarters by the first day of each, oldest first."""
    work: dict[date, list[Item[Achievement]]] = {first: [] for first in _firsts(career.as_of)}
    for item in career.achievements:
        first = _first_of_quarter(effective_day(item.authored, career.as_of))
        if first in work:
            work[first].append(item)
    return work


def _quarter(first: date, items: list[Item[Achievement]], served: Mapping[str, tuple[Bet, ...]]) -> QuarterOfWork:
    stars, serving = _stars(items), _stars(item for item in items if served[item.id])
    return QuarterOfWork(first, stars, serving, percent(serving, stars))


def _stars(items: Iterable[Item[Achievement]]) -> int:
    return sum(stars_of(item.authored) for item in items)


def _label(first: date) -> str:
    return f"{first.year} Q{(first.month + 2) // 3}"


def _answer(quarters: tuple[QuarterOfWork, ...]) -> str:
    latest = next((quarter for quarter in reversed(quarters) if quarter.stars), None)
    if latest is None:
        return "Nothing was done in two years that could serve a bet."
    share = percent_text(latest.serving, latest.stars)
    return f"{share} of the stars of {_label(latest.first_day)} serve a bet ({latest.serving} of {latest.stars})."


def _idle(career: Career, plan: CareerPlan, served: Mapping[str, tuple[Bet, ...]]) -> Iterator[Finding]:
    for bet in plan.bets:
        if bet.until and bet.until.last_day < career.as_of:
            continue
        serving = [item for item in career.achievements if bet in served[item.id]]
        age = min((age_days(item.authored, career.as_of) for item in serving), default=None)
        if age is not None and age <= IDLE_DAYS:
            continue
        since = f"for {counted(age, 'day')}" if age is not None else "yet"
        weight = min((stars_of(item.authored) for item in serving), default=2)
        yield Finding(
            code="bet-idle",
            sentence=f"Nothing has served your bet “{bet.title}” {since}.",
            action="take on one thing that serves it, or drop the bet from private/plan.yaml",
            numbers=(("days", str(age) if age is not None else "never"),),
            entries=tuple(f"achievement/{item.id}" for item in serving[:1]),
            gain=float(rounded(weight * Decimal("0.5"))),
        )


def _off_plan(career: Career, served: Mapping[str, tuple[Bet, ...]]) -> Iterator[Finding]:
    low = [
        item
        for item in career.achievements
        if stars_of(item.authored) <= _LOW_STARS
        and age_days(item.authored, career.as_of) <= IDLE_DAYS
        and not served[item.id]
    ]
    if not low:
        return
    verb = "serves" if len(low) == 1 else "serve"
    yield Finding(
        code="work-off-plan",
        sentence=f"{counted(len(low), 'small achievement')} of the last {IDLE_DAYS} days {verb} none of your bets.",
        action="say no to the next of its kind, or hand it on to somebody who grows by it",
        numbers=(("achievements", str(len(low))), ("stars", str(_stars(low)))),
        entries=tuple(f"achievement/{item.id}" for item in low),
    )


def _review(plan: CareerPlan, as_of: date) -> list[Finding]:
    """Return that the plan is due for a review, from the day on which the time is up."""
    days = max((as_of - plan.reviewed.last_day).days, 0) if plan.reviewed else None
    if days is not None and days < plan.review_every_days:
        return []
    sentence = (
        "You never noted that you went through your plan."
        if days is None
        else f"You last went through your plan {counted(days, 'day')} ago, and want to every {plan.review_every_days}."
    )
    action = f"read private/plan.yaml, change what is no longer so, and write reviewed: {as_of}"
    numbers = (("days", str(days) if days is not None else "never"), ("every", str(plan.review_every_days)))
    return [Finding(code="plan-review", sentence=sentence, action=action, numbers=numbers, gain=1.0)]


def _bars(
    plan: CareerPlan,
    work: Mapping[date, list[Item[Achievement]]],
    served: Mapping[str, tuple[Bet, ...]],
    quarters: tuple[QuarterOfWork, ...],
) -> Bars:
    """Return a bar for each quarter; what serves several bets counts for the first of them in the plan."""
    names = {bet.id: bet.title for bet in plan.bets}

    def part(name: str, items: list[Item[Achievement]], belongs: Callable[[tuple[Bet, ...]], bool]) -> Part:
        found = [item for item in items if belongs(served[item.id])]
        return Part(name, Decimal(_stars(found)), tuple(f"achievement/{item.id}" for item in found))

    bars, rows = [], []
    for quarter in quarters:
        items = work[quarter.first_day]
        parts = [
            part(title, items, lambda bets, id_=id_: bool(bets) and bets[0].id == id_)  # type: ignore[misc] # a default binds the loop's variable
            for id_, title in names.items()
        ]
        parts.append(part(_NO_BET, items, lambda bets: not bets))
        bars.append(Bar(_label(quarter.first_day), tuple(parts)))
        serving = tuple(entry for piece in parts[:-1] for entry in piece.entries)
        counts = [Cell(str(piece.number), entries=piece.entries) for piece in parts]
        rows.append((Cell(_label(quarter.first_day)), *counts, Cell(f"{quarter.share} %", entries=serving)))
    caption = "Stars by quarter and bet"
    head = ("quarter", *names.values(), _NO_BET, "serve a bet")
    numeric = frozenset(range(1, len(head)))
    table = Table(caption=caption, head=head, rows=tuple(rows), numeric=numeric)
    serving_all, all_stars = sum(q.serving for q in quarters), sum(q.stars for q in quarters)
    description = f"Over two years {percent_text(serving_all, all_stars)} of the stars serve a bet; each counts for the first that it serves."
    return Bars(title=caption, description=description, table=table, bars=tuple(bars), unit="stars")
