"""Line: a number over time on round lines, with the newest number and the highest in words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from markupsafe import Markup
from msgspec import Struct

from bragfolio.core.render.charts.canvas import (
    ENDS,
    MIDDLE,
    circle,
    label,
    percent,
    picture,
    pixels,
    shown,
    stroke,
)  # fmt: skip
from bragfolio.core.render.charts.lettering import NARROW, SIZE, width_of
from bragfolio.core.render.charts.scale import round_numbers, share, ticks_of, x_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bragfolio.core.insight.figures import Line

_TOP: Final = 30.0
_PLOT: Final = 170.0
_BOTTOM: Final = 26.0
_SPREAD: Final = 1000
"""Units across of the drawing that is stretched to the width of the page."""
_LARGE: Final = 16.0
"""Pixels of the letters of the newest number."""
_BESIDE: Final = 60.0
"""Pixels that the round numbers take on the left."""


class _Place(Struct, frozen=True):
    x: float
    y: float
    text: str


def draw_line(chart: Line, name: str) -> Markup:
    """Return *chart* as markup; where there is one point only, a point."""
    if not chart.points:
        return picture(chart, name, "chart-line", 40, [label("No number yet", 0, 24, room=NARROW, kind="quiet")])
    numbers = [number for _, number in chart.points]
    grid = round_numbers(min(Decimal(0), *numbers), max(numbers))
    first, last = chart.points[0][0], chart.points[-1][0]
    places = [
        _Place(x_of(day, first, last), _y_of(number, grid), shown(number, chart.unit)) for day, number in chart.points
    ]
    parts = [
        *_lines(grid),
        *_dates(first, last),
        _curve(places, _y_of(Decimal(0), grid)),
        *_numbers(grid),
        *_words(places),
    ]
    return picture(chart, name, "chart-line", _TOP + _PLOT + _BOTTOM, parts)


def _y_of(number: Decimal, grid: list[Decimal]) -> float:
    return _TOP + _PLOT * (1 - share(number - grid[0], grid[-1] - grid[0]) / 100)


def _lines(grid: list[Decimal]) -> Iterator[Markup]:
    for number in grid:
        y = _y_of(number, grid)
        yield stroke(0, y, 100, y, "base" if number == 0 else "grid")


def _numbers(grid: list[Decimal]) -> Iterator[Markup]:
    return (label(shown(number), 0, _y_of(number, grid) - 4, room=_BESIDE, kind="over quiet") for number in grid)


def _dates(first: date, last: date) -> Iterator[Markup]:
    bottom = _TOP + _PLOT
    for tick in ticks_of(first, last):
        broad = "" if tick.is_narrow else " broad"
        yield stroke(tick.x, bottom, tick.x, bottom + 5, f"base{broad}")
        yield label(tick.text, tick.x, bottom + 20, room=NARROW, kind=f"quiet{broad}")


def _curve(places: list[_Place], zero: float) -> Markup:
    """Return the line and the ground below it, in a drawing of its own, since letters must not be stretched with it."""
    points = " ".join(f"{percent(place.x / 100 * _SPREAD)},{pixels(place.y - _TOP)}" for place in places)
    start, end = (percent(place.x / 100 * _SPREAD) for place in (places[0], places[-1]))
    base = pixels(zero - _TOP)
    return Markup(
        '<svg y="{top}" width="100%" height="{height}" viewBox="0 0 {spread} {height}" preserveAspectRatio="none">'
        '<polygon class="ground" points="{start},{base} {points} {end},{base}"/><polyline class="curve" vector-effect="non-scaling-stroke" points="{points}"/></svg>'
    ).format(
        top=pixels(_TOP), height=pixels(_PLOT), spread=_SPREAD, start=start, end=end, base=base, points=points
    )  # fmt: skip


def _words(places: list[_Place]) -> Iterator[Markup]:
    """Yield the newest point with its number, and the highest where there is room beside that and the round numbers."""
    newest = places[-1]
    yield circle(newest.x, newest.y, 4.5, "point")
    room = (NARROW - _BESIDE) * SIZE / _LARGE
    yield label(newest.text, newest.x, newest.y - 12, room=room, anchor=ENDS, kind="large")
    highest = min(places, key=lambda place: place.y)
    text = f"most {highest.text}"
    half, at = width_of(text) / 2, highest.x / 100 * NARROW
    if highest is not newest and half + _BESIDE < at < NARROW - half - width_of(newest.text, _LARGE) - 14:
        yield circle(highest.x, highest.y, 3, "point")
        yield label(text, highest.x, highest.y - 9, room=NARROW, anchor=MIDDLE)
