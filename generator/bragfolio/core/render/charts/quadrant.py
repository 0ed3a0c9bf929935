"""Quadrant: two numbers of each thing against each other, in four named fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.render.charts.canvas import ENDS, STARTS, circle, label, picture, shown, stroke
from bragfolio.core.render.charts.lettering import NARROW, SIZE, WIDE, cut, width_of
from bragfolio.core.render.charts.scale import share

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from markupsafe import Markup

    from bragfolio.core.insight.figures import Dot, Quadrant

_TOP: Final = 24.0
_PLOT: Final = 340.0
_BOTTOM: Final = 26.0
_ASIDE: Final = 5.0
"""Per cent that stay free left and right of the dots."""
_ABOVE: Final = 11.0
"""Per cent that stay free above and below them, for the names of the fields."""
_MOST_NAMES: Final = 40
"""Dots whose names are tried for; every dot has its name as a title, and stands in the table."""
_LONGEST: Final = 190.0
"""Pixels of a name, at most."""


class _Box(Struct, frozen=True):
    """A place that is taken, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        """Tell whether the two overlap."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


class _Spot(Struct, frozen=True):
    """A dot where it is drawn."""

    dot: Dot
    x: float
    """Per cent."""
    y: float
    """Pixels."""
    radius: float

    def box(self, width: float) -> _Box:
        """Return what it covers in a drawing of *width* pixels."""
        x = self.x / 100 * width
        return _Box(x - self.radius, self.y - self.radius, x + self.radius, self.y + self.radius)


class _Name(Struct, frozen=True):
    """The name of a dot, in a drawing of one width."""

    spot: _Spot
    text: str
    anchor: str
    dx: float
    y: float


def draw_quadrant(chart: Quadrant, name: str) -> Markup:
    """Return *chart* as markup. Names stand where they touch nothing; what finds no room has its name as a title."""
    xs = _stretch([*(dot.x for dot in chart.dots), chart.x_split])
    ys = _stretch([*(dot.y for dot in chart.dots), chart.y_split])
    dots = sorted(chart.dots, key=lambda dot: (-dot.size, dot.label, dot.entry))
    spots = [_Spot(dot, _place(dot.x, xs), _height(dot.y, ys), 2.5 + 1.5 * min(max(dot.size, 1), 5)) for dot in dots]
    x_split, y_split = _place(chart.x_split, xs), _height(chart.y_split, ys)
    parts = [
        *(stroke(0, y, 100, y, "grid") for y in (_TOP, _TOP + _PLOT)),
        stroke(0, y_split, 100, y_split, "split"),
        stroke(x_split, _TOP, x_split, _TOP + _PLOT, "split"),
        *_corners(chart),
        *(circle(spot.x, spot.y, spot.radius, "dot", title=_said(chart, spot.dot)) for spot in spots),
        *_names(spots, chart),
        label(f"↑ {chart.y_label}", 0, 14, room=NARROW, wide_room=WIDE, kind="quiet"),
        label(f"{chart.x_label} →", 100, _TOP + _PLOT + 19, room=NARROW, wide_room=WIDE, anchor=ENDS, kind="quiet"),
    ]
    if not spots:
        parts.append(label("Nothing to place yet", 0, _TOP + _PLOT / 2, room=NARROW, kind="quiet"))
    return picture(chart, name, "chart-quadrant", _TOP + _PLOT + _BOTTOM, parts)


def _stretch(numbers: list[Decimal]) -> tuple[float, float]:
    """Return the least and the greatest of *numbers*, apart from each other."""
    low, high = float(min(numbers)), float(max(numbers))
    return (low, high) if high > low else (low - 1, high + 1)


def _place(number: Decimal, stretch: tuple[float, float], free: float = _ASIDE) -> float:
    return free + share(float(number) - stretch[0], stretch[1] - stretch[0]) * (100 - 2 * free) / 100


def _height(number: Decimal, stretch: tuple[float, float]) -> float:
    return _TOP + _PLOT * (1 - _place(number, stretch, _ABOVE) / 100)


def _said(chart: Quadrant, dot: Dot) -> str:
    return f"{dot.label}: {chart.x_label} {shown(dot.x)}, {chart.y_label} {shown(dot.y)}"


def _corners(chart: Quadrant) -> Iterator[Markup]:
    for index, text in enumerate(chart.corners):
        is_left = index % 2 == 0
        y = _TOP + 16 if index < 2 else _TOP + _PLOT - 8
        x, anchor = (0.0, STARTS) if is_left else (100.0, ENDS)
        beside = width_of(chart.corners[index ^ 1]) + 16
        rooms = (max(width - beside, width / 2 - 8) for width in (NARROW, WIDE))
        yield label(text, x, y, room=next(rooms), wide_room=next(rooms), anchor=anchor, kind="over corner")


def _names(spots: list[_Spot], chart: Quadrant) -> Iterator[Markup]:
    for width, kind in ((NARROW, "over narrow"), (WIDE, "over broad")):
        for found in _settle(spots, width, chart):
            yield label(
                found.text, found.spot.x, found.y, room=width, anchor=found.anchor, kind=kind, dx=found.dx
            )  # fmt: skip


def _settle(spots: list[_Spot], width: float, chart: Quadrant) -> Iterator[_Name]:
    """Yield the names that find a place in a drawing of *width* pixels, those of the largest dots first."""
    taken = [spot.box(width) for spot in spots]
    reach = [
        width_of(cut(text, max(width - width_of(chart.corners[index ^ 1]) - 16, width / 2 - 8)))
        for index, text in enumerate(chart.corners)
    ]
    top, bottom = _TOP, _TOP + _PLOT
    taken += [_Box(0, top, reach[0], top + 22), _Box(width - reach[1], top, width, top + 22)]
    taken += [_Box(0, bottom - 22, reach[2], bottom), _Box(width - reach[3], bottom - 22, width, bottom)]
    for spot in spots[:_MOST_NAMES]:
        text = cut(spot.dot.label, min(_LONGEST, width * 0.45))
        found = next(
            ((name, place) for name, place in _tries(spot, text, width) if _is_free(place, taken, spot, width)), None
        )
        if found:
            taken.append(found[1])
            yield found[0]


def _tries(spot: _Spot, text: str, width: float) -> Iterable[tuple[_Name, _Box]]:
    room, x, gap = width_of(text), spot.x / 100 * width, spot.radius + 4
    for y in (spot.y + SIZE / 3, spot.y - gap, spot.y + gap + SIZE * 0.7):
        top, bottom = y - SIZE * 0.85, y + SIZE * 0.25
        yield _Name(spot, text, STARTS, gap, y), _Box(x + gap, top, x + gap + room, bottom)
        yield _Name(spot, text, ENDS, -gap, y), _Box(x - gap - room, top, x - gap, bottom)


def _is_free(place: _Box, taken: list[_Box], spot: _Spot, width: float) -> bool:
    own = spot.box(width)
    inside = place.left >= 0 and place.right <= width and place.top >= _TOP and place.bottom <= _TOP + _PLOT
    return inside and not any(place.meets(other) for other in taken if other != own)
