"""Goodwill's charts: how it came and went, the months with an achievement, and how fresh the work is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.insight.figures import Bar, Bars, Cell, Grid, GridRow, Line, Part, Square, Table
from bragfolio.core.insight.finding import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MOST: Final = 4
"""Achievements of a month from which its square is darkest."""


class Point(Struct, frozen=True):
    """Goodwill at the end of a month, or today."""

    day: date
    goodwill: Decimal


class Month(Struct, frozen=True):
    """A month of the calendar."""

    first_day: date
    entries: tuple[str, ...]
    """As `achievement/id`, newest first."""


def history_chart(history: tuple[Point, ...], months: tuple[Month, ...]) -> Line:
    """Return goodwill over time, the newest rows of its table first, each with what was new in that month."""
    now, highest = history[-1], max(history, key=lambda point: (point.goodwill, point.day))
    new = {month.first_day: month.entries for month in months}
    rows = (
        (
            Cell(str(point.day)),
            Cell(str(point.goodwill)),
            _count(new.get(point.day.replace(day=1), ())),
        )
        for point in reversed(history)
    )
    return Line(
        title="Goodwill over two years",
        description=f"Goodwill is {now.goodwill} today; it was highest on {highest.day}, with {highest.goodwill}.",
        points=tuple((point.day, point.goodwill) for point in history),
        table=Table(
            caption="Goodwill at the end of each month", head=("day", "goodwill", "new that month"), rows=tuple(rows),
            numeric=frozenset({1, 2}),
        ),
    )  # fmt: skip


def months_chart(months: tuple[Month, ...], streak: int) -> Grid:
    """Return the months as squares, a row for each year."""
    years = [(year, list(found)) for year, found in groupby(months, key=lambda month: month.first_day.year)]
    with_any = [month for month in months if month.entries]
    rows = (
        (Cell(f"{_MONTHS[month.first_day.month - 1]} {month.first_day.year}"), _count(month.entries))
        for month in reversed(months)
    )
    return Grid(
        title="Months with an achievement",
        description=f"{len(with_any)} of the last {len(months)} months have an achievement; the streak is {counted(streak, 'month')} long.",
        columns=_MONTHS,
        rows=tuple(GridRow(str(year), tuple(_squares(found))) for year, found in reversed(years)),
        table=Table(caption="Achievements by month", head=("month", "achievements"), rows=tuple(rows), numeric=frozenset({1})),
    )  # fmt: skip


def bands_chart(bands: Mapping[str, tuple[str, ...]], ends: Mapping[str, str]) -> Bars:
    """Return how many achievements are how fresh; *bands* holds them by name, *ends* the ages that the names mean."""
    fresh = sum(len(entries) for name, entries in bands.items() if name != "cold")
    total = sum(len(entries) for entries in bands.values())
    return Bars(
        title="How fresh your work is",
        description=f"Of {counted(total, 'achievement')}, {fresh} {'is' if fresh == 1 else 'are'} not cold yet.",
        bars=tuple(
            Bar(f"{name}, {ends[name]}", (Part("achievements", Decimal(len(entries)), entries),))
            for name, entries in bands.items()
        ),
        table=Table(
            caption="Achievements by age", head=("age", "achievements"), numeric=frozenset({1}),
            rows=tuple((Cell(f"{name}, {ends[name]}"), _count(entries)) for name, entries in bands.items()),
        ),
    )  # fmt: skip


def _squares(months: list[Month]) -> Iterator[Square | None]:
    by_number = {month.first_day.month: month for month in months}
    for number in range(1, 13):
        month = by_number.get(number)
        if month is None:
            yield None
        else:
            count = len(month.entries)
            yield Square(str(count) if count else "·", min(count, _MOST), month.entries)


def _count(entries: tuple[str, ...]) -> Cell:
    return Cell(str(len(entries)), entries=entries)
