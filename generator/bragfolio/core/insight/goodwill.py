"""Goodwill: what have you done for me lately; how fresh the work is, and how what it earned fades."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.insight.figures import Cell, Table
from bragfolio.core.insight.finding import Finding, Insight, counted, rounded
from bragfolio.core.insight.freshness import age_days, fresh, half_life_of, stars_of
from bragfolio.core.insight.goodwill_charts import Month, Point, bands_chart, history_chart, months_chart
from bragfolio.core.project.projection import effective_day
from bragfolio.model.achievement import Achievement

if TYPE_CHECKING:
    from bragfolio.core.insight.career import Career
    from bragfolio.core.project.projection import Item

FINDINGS: Final = {
    "gap": "Nothing was written down for longer than freshness.gap_days.",
    "goodwill-falls": "Goodwill is under four fifths of what it was 90 days ago.",
    "streak": "Months in a row have an achievement, and this month has none yet.",
}
BANDS: Final = (("fresh", 30), ("warm", 90), ("cooling", 180), ("cold", 1_000_000))
"""By name, the age in days up to which an achievement belongs to it."""
_AGES: Final = {"fresh": "up to 30 days", "warm": "up to 90 days", "cooling": "up to 180 days", "cold": "older"}
_MONTHS: Final = 24
"""Shown of the past."""
_FALLEN: Final = Decimal("0.8")
"""Of the goodwill of a quarter ago: less than that is worth a word."""
_QUARTER_DAYS: Final = 90
_LEAST_STREAK: Final = 3
"""Months in a row that are worth keeping up."""


class Goodwill(Insight, frozen=True, kw_only=True):
    """How fresh a career is."""

    goodwill: Decimal
    """The sum of `stars * 0.5^(age / half-life)` over all achievements."""
    history: tuple[Point, ...]
    """The last two years, a point at the end of each month, today last."""
    months: tuple[Month, ...]
    """The last two years, oldest first, this month last."""
    bands: tuple[tuple[str, int], ...]
    """How many achievements are fresh, warm, cooling and cold."""
    gap_days: int
    """Since the newest achievement."""
    streak: int
    """Months in a row with an achievement, this month or last month being the last of them."""


def look_at_goodwill(career: Career) -> Goodwill | None:
    """Return how fresh the achievements are; None when there are none."""
    if not career.achievements:
        return None
    freshness, as_of = career.config.freshness, career.as_of
    ages = {item.id: age_days(item.authored, as_of) for item in career.achievements}
    months = _months(career)
    streak = _streak(months)
    fading = [_fade(item.authored, career) for item in career.achievements]
    goodwill = _goodwill_on(as_of, fading)
    lately = [item for item in career.achievements if ages[item.id] <= freshness.lately_days]
    gap = min(ages.values())
    bands = _bands(ages)
    before = _goodwill_on(as_of - timedelta(days=_QUARTER_DAYS), fading)
    findings = [*_gap(career, gap), *_fall(goodwill, before, lately), *_break(months, streak)]
    answer = (
        f"Goodwill stands at {goodwill}: {counted(len(lately), 'achievement')} in the last {freshness.lately_days} days, "
        f"the newest {counted(gap, 'day')} old."
    )
    history = tuple(Point(day, _goodwill_on(day, fading)) for day in (*_month_ends(as_of), as_of))
    charts = (history_chart(history, months), months_chart(months, streak), bands_chart(bands, _AGES))
    return Goodwill(
        answer=answer, findings=tuple(findings), charts=charts, tables=(_freshest(career, ages),), goodwill=goodwill,
        history=history, months=months, bands=tuple((name, len(entries)) for name, entries in bands.items()), gap_days=gap,
        streak=streak,
    )  # fmt: skip


class _Fading(Struct, frozen=True):
    """What an achievement is worth on each day from its own on; made once, since the history asks for each of them 25 times."""

    day: int
    """Counted as `date.toordinal` does."""
    stars: int
    half_life_days: int


def _fade(achievement: Achievement, career: Career) -> _Fading:
    day = effective_day(achievement, career.as_of).toordinal()
    return _Fading(day, stars_of(achievement), half_life_of(achievement, career.config.freshness))


def _goodwill_on(day: date, fading: list[_Fading]) -> Decimal:
    """Return the goodwill of what had been done by *day*."""
    now = day.toordinal()
    return rounded(sum(one.stars * 0.5 ** ((now - one.day) / one.half_life_days) for one in fading if one.day <= now))


def _bands(ages: dict[str, int]) -> dict[str, tuple[str, ...]]:
    """Return the achievements of each band, newest first."""
    found: dict[str, list[str]] = {name: [] for name, _ in BANDS}
    for id_, age in ages.items():
        found[next(name for name, most in BANDS if age <= most)].append(f"achievement/{id_}")
    return {name: tuple(entries) for name, entries in found.items()}


def _gap(career: Career, gap: int) -> list[Finding]:
    if gap <= career.config.freshness.gap_days:
        return []
    sentence = f"Nothing was written down for {counted(gap, 'day')}."
    action = 'write down what you did last week: `brag add "What you did"`'
    newest = f"achievement/{career.achievements[0].id}"
    return [
        Finding(code="gap", sentence=sentence, action=action, numbers=(("days", str(gap)),), entries=(newest,), gain=2)
    ]


def _fall(now: Decimal, before: Decimal, lately: list[Item[Achievement]]) -> list[Finding]:
    if before == 0 or now >= before * _FALLEN:
        return []
    sentence = f"Goodwill fell from {before} to {now} within {_QUARTER_DAYS} days: what you did before is fading."
    action = "finish something that others see, and announce what is finished already: `brag announce --due`"
    entries = tuple(f"achievement/{item.id}" for item in lately)
    numbers = (("goodwill", str(now)), ("goodwill 90 days ago", str(before)))
    return [Finding(code="goodwill-falls", sentence=sentence, action=action, numbers=numbers, entries=entries, gain=1)]


def _break(months: tuple[Month, ...], streak: int) -> list[Finding]:
    if streak < _LEAST_STREAK or months[-1].entries:
        return []
    sentence = f"{streak} months in a row have an achievement, and this month has none yet."
    action = 'keep the streak: `brag add "What you did"`'
    return [Finding(code="streak", sentence=sentence, action=action, numbers=(("months", str(streak)),), gain=1)]


def _months(career: Career) -> tuple[Month, ...]:
    by_month: dict[date, list[str]] = {}
    for item in career.achievements:
        day = effective_day(item.authored, career.as_of)
        by_month.setdefault(day.replace(day=1), []).append(f"achievement/{item.id}")
    firsts = [*(end + timedelta(days=1) for end in _month_ends(career.as_of))]
    return tuple(Month(first, tuple(by_month.get(first, ()))) for first in firsts)


def _month_ends(as_of: date) -> list[date]:
    """Return the last days of the months before this one, the oldest first."""
    ends: list[date] = []
    first = as_of.replace(day=1)
    for _ in range(_MONTHS):
        end = first - timedelta(days=1)
        ends.append(end)
        first = end.replace(day=1)
    return ends[::-1]


def _streak(months: tuple[Month, ...]) -> int:
    """Return how many months in a row have entries, up to this month or, while it has none, up to last month."""
    past = months if months[-1].entries else months[:-1]
    count = 0
    for month in reversed(past):
        if not month.entries:
            break
        count += 1
    return count


def _freshest(career: Career, ages: dict[str, int]) -> Table:
    freshness = career.config.freshness
    scored = [(fresh(item.authored, career.as_of, freshness), item) for item in career.achievements]
    scored.sort(key=lambda pair: -pair[0])
    rows = [
        (
            Cell(item.authored.title, f"achievement/{item.id}"),
            Cell(str(item.authored.date or "ongoing")),
            Cell(str(stars_of(item.authored))),
            Cell(f"{ages[item.id]} d"),
            Cell(str(rounded(score))),
        )
        for score, item in scored[:10]
    ]
    head = ("achievement", "date", "stars", "age", "fresh")
    return Table(caption="What carries your goodwill", head=head, rows=tuple(rows), numeric=frozenset({2, 3, 4}))
