"""Scale: round numbers and round dates along an axis."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from msgspec import Struct

from bragfolio.core.render.charts.lettering import NARROW, WIDE, width_of

_STEPS: Final = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
_MOST_LINES: Final = 4
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STEPS_OF_MONTHS: Final = (1, 2, 3, 6, 12, 24, 60, 120)
_SHORT_DAYS: Final = 62
"""A stretch of days that is marked by weeks."""
_MOST_TICKS: Final = 8
_APART: Final = 14.0
"""Pixels between two texts."""


class Tick(Struct, frozen=True):
    """A place on an axis of time."""

    x: float
    """Per cent."""
    text: str
    is_narrow: bool
    """Whether there is room for it on a small screen, too."""


def share(part: float | Decimal, whole: float | Decimal) -> float:
    """Return *part* of *whole* in per cent, 0 where there is no whole."""
    return float(part) / float(whole) * 100 if whole else 0.0


def round_numbers(low: Decimal, high: Decimal) -> list[Decimal]:
    """Return at most five round numbers, evenly spaced, the first at most *low*, the last at least *high*."""
    span = max(high - low, Decimal("0.01"))
    magnitude = Decimal(10) ** (span / _MOST_LINES).adjusted()
    step = next(step * magnitude for step in _STEPS if step * magnitude * _MOST_LINES >= span)
    first = (low // step - (1 if low % step < 0 else 0)) * step
    numbers = [first]
    while numbers[-1] < high:
        numbers.append(numbers[-1] + step)
    return [+number.normalize() if number else Decimal(0) for number in numbers]


def x_of(day: date, first: date, last: date) -> float:
    """Return where *day* stands between two others, in per cent; at the end where they are the same."""
    return share((day - first).days, (last - first).days) if last > first else 100.0


def ticks_of(first: date, last: date) -> list[Tick]:
    """Return the round dates from *first* to *last* that can be lettered without touching, evenly spaced on each screen."""
    marks = _weeks(first, last) if (last - first).days <= _SHORT_DAYS else _months(first, last)
    places = [(x_of(day, first, last), text) for day, text in marks]
    on_wide, on_narrow = _thinned(places, WIDE), _thinned(places, NARROW)
    return [Tick(*place, place in on_narrow) for place in places if place in on_wide or place in on_narrow]


def _thinned(places: list[tuple[float, str]], width: float) -> list[tuple[float, str]]:
    """Return every place, or every second, third ..., so that their texts stand apart in *width* pixels."""
    inside = [place for place in places if place[0] / 100 * width + width_of(place[1]) <= width]
    for step in range(1, len(inside) + 1):
        kept = inside[::step]
        ends = [place[0] / 100 * width + width_of(place[1]) for place in kept]
        if all(x / 100 * width >= end + _APART for (x, _), end in zip(kept[1:], ends, strict=False)):
            return kept
    return []


def _weeks(first: date, last: date) -> list[tuple[date, str]]:
    step = 7 if (last - first).days > _MOST_TICKS * 2 else 2
    count = (last - first).days // step + 1
    days = (first + timedelta(days=step * index) for index in range(count))
    return [(day, f"{day.day} {_MONTHS[day.month - 1]}") for day in days]


def _months(first: date, last: date) -> list[tuple[date, str]]:
    span = (last.year - first.year) * 12 + last.month - first.month
    step = next((step for step in _STEPS_OF_MONTHS if span <= step * _MOST_TICKS), -(-span // _MOST_TICKS // 12) * 12)
    number = first.year * 12 + first.month - 1 + (first.day > 1)
    number += -number % step
    found: list[tuple[date, str]] = []
    while number <= last.year * 12 + last.month - 1:
        year, month = divmod(number, 12)
        text = f"{year}" if step >= 12 else f"{_MONTHS[month]} {year}" if month == 0 or not found else _MONTHS[month]
        found.append((date(year, month + 1, 1), text))
        number += step
    return found
