"""Axis: achievements as marks on a time axis that all rows of a page share."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.project.projection import effective_day
from bragfolio.core.render.contexts import AxisTick, Card, Mark

if TYPE_CHECKING:
    from bragfolio.core.project.projection import Item
    from bragfolio.core.render.desk import Desk
    from bragfolio.model.achievement import Achievement

_MAX_TICKS: Final = 8
MAX_MARKS: Final = 40
"""Marks on one row; more would be a line."""


class Axis(Struct, frozen=True):
    """A stretch of whole years."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Return where *day* stands: 0 at the start of the first year, 100 at the end of the last."""
        return round((day - self.first) / (self.last - self.first) * 100, 1)

    @property
    def ticks(self) -> tuple[AxisTick, ...]:
        """The starts of the years, thinned to at most eight."""
        years = range(self.first.year, self.last.year)
        step = -(-len(years) // _MAX_TICKS)
        return tuple(AxisTick(self.x(date(year, 1, 1)), str(year)) for year in years[::step])


def make_axis(desk: Desk) -> Axis:
    """Return the axis of the years in which anything was achieved."""
    projection = desk.linked.projection
    days = [effective_day(item.authored, projection.as_of) for item in projection.achievements]
    first = min(days, default=projection.as_of).year
    last = max(days, default=projection.as_of).year
    return Axis(date(first, 1, 1), date(last, 12, 31) + timedelta(days=1))


def marks_on(desk: Desk, axis: Axis, items: tuple[Item[Achievement], ...]) -> tuple[Mark, ...]:
    """Return the newest of *items*, which come newest first, as marks, oldest first."""
    as_of = desk.linked.projection.as_of
    return tuple(
        _mark(axis.x(effective_day(item.authored, as_of)), desk.card(item)) for item in reversed(items[:MAX_MARKS])
    )


def _mark(x: float, card: Card) -> Mark:
    return Mark(x, card.stars, card.title, card.path, card.date)
