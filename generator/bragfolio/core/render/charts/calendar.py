"""Calendar: days and spans along time, each on a line of its own, with today across all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bragfolio.core.render.charts.canvas import (
    ENDS,
    MIDDLE,
    STARTS,
    box,
    circle,
    key,
    label,
    picture,
    stroke,
    swatch,
)  # fmt: skip
from bragfolio.core.render.charts.lettering import NARROW, WIDE
from bragfolio.core.render.charts.scale import ticks_of, x_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from markupsafe import Markup

    from bragfolio.core.insight.figures import Calendar, Moment

MOST_MOMENTS: Final = 40
"""Drawn; the table has all."""
_TOP: Final = 24.0
_ROW: Final = 38.0
_BOTTOM: Final = 26.0


def draw_calendar(chart: Calendar, name: str) -> Markup:
    """Return *chart* as markup. What lies before or after its days is drawn at its edge."""
    moments = chart.moments[:MOST_MOMENTS]
    bottom = _TOP + _ROW * max(len(moments), 1)
    today = _x(chart, chart.today)
    parts = [
        *_dates(chart, bottom),
        stroke(today, _TOP - 6, today, bottom, "mark"),
        _today(today),
    ]
    for index, moment in enumerate(moments):
        parts += _moment(chart, moment, _TOP + _ROW * index)
    left_over = len(chart.moments) - len(moments)
    if left_over or not moments:
        text = f"and {left_over} more, in the table" if left_over else "Nothing is planned"
        parts.append(label(text, 0, bottom + (36 if left_over else -14), room=NARROW, kind="quiet"))
    height = bottom + _BOTTOM + (18 if left_over else 0)
    svg = picture(chart, name, "chart-calendar", height, parts)
    alarm = any(moment.alarm for moment in moments)
    return key([(swatch(box(0, 3, 100, 8, "span alarm")), "needs attention")] if alarm else []) + svg


def _x(chart: Calendar, day: date) -> float:
    return min(max(x_of(day, chart.first_day, chart.last_day), 0.0), 100.0)


def _today(x: float) -> Markup:
    anchor = STARTS if x < 10 else ENDS if x > 90 else MIDDLE
    return label("today", x, 12, room=NARROW, anchor=anchor, kind="strong")


def _dates(chart: Calendar, bottom: float) -> Iterator[Markup]:
    yield stroke(0, bottom, 100, bottom, "base")
    for tick in ticks_of(chart.first_day, chart.last_day):
        broad = "" if tick.is_narrow else " broad"
        yield stroke(tick.x, _TOP, tick.x, bottom, f"grid{broad}")
        yield label(tick.text, tick.x, bottom + 18, room=NARROW, kind=f"quiet{broad}")


def _moment(chart: Calendar, moment: Moment, y: float) -> Iterator[Markup]:
    """Yield the name of *moment* and, below it, what it takes: the name starts or ends where that does."""
    first = _x(chart, moment.first_day)
    last = _x(chart, moment.last_day) if moment.last_day else first
    alarm = " alarm" if moment.alarm else ""
    is_left = first <= 50
    room = (100 - first if is_left else last) / 100
    title = f"{moment.label}: {moment.first_day}" + (f" to {moment.last_day}" if moment.last_day else "")
    yield label(
        moment.label, first if is_left else last, y + 15, room=room * NARROW, wide_room=room * WIDE,
        anchor=STARTS if is_left else ENDS, kind="over strong" if moment.alarm else "over",
    )  # fmt: skip
    if moment.last_day:
        yield box(first, y + 21, max(last - first, 0.5), 8, f"span{alarm}", title=title)
    else:
        yield circle(first, y + 25, 5, f"day{alarm}", title=title)
