"""Formats: dates and numbers as people read them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from bragfolio.core.choose.metrics import change_percent, trend_of, verdict_of
from bragfolio.core.render.contexts import DateText, Figure
from bragfolio.model.scalars import PartialDate

if TYPE_CHECKING:
    from bragfolio.model.achievement import Metric
    from bragfolio.model.role import End
    from bragfolio.model.scalars import Quantity

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_CURRENCIES: Final = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "CHF": "CHF ", "SEK": "SEK ", "DKK": "DKK ",
                      "NOK": "NOK ", "PLN": "PLN ", "€": "€", "$": "$", "£": "£"}  # fmt: skip
_MILLION: Final = 1_000_000
_NARROW: Final = "\u202f"
"""Narrow no-break space, between a number and its unit."""
_MINUS: Final = "\u2212"
_TIMES: Final = "\u00d7"
_EN_DASH: Final = "\u2013"
_FACTOR_FROM: Final = 2


def date_text(value: PartialDate) -> DateText:
    """Return *value* with the precision that it was written with."""
    year = f"{value.year:04}"
    if value.month is None:
        return DateText(year, year, year, year)
    name = _MONTHS[value.month - 1]
    day = f"{value.day} " if value.day else ""
    return DateText(str(value), f"{day}{name} {year}", f"{day}{name[:3]} {year}", year)


def optional_date(value: PartialDate | None) -> DateText | None:
    """Return *value* as text, or None."""
    return date_text(value) if value else None


def month_text(value: PartialDate) -> str:
    """Return `Jul 2026`, or the year alone when that is all that is known."""
    return date_text(PartialDate(value.year, value.month)).short


def date_range(start: PartialDate | None, end: End | None, text: Callable[[PartialDate], str] | None = None) -> str:
    """Return `March 2022 - December 2024` with an en dash, or as *text* has it; an end that is open reads `present`."""
    text = text or (lambda value: date_text(value).text)
    first = text(start) if start else ""
    if end is None:
        return first
    last = "present" if end.is_present else text(end)
    if not first or first == last:
        return last
    return f"{first} {_EN_DASH} {last}"


def duration(start: PartialDate | None, end: End | None) -> str:
    """Return the months from *start* to *end*, both included, in words; `""` when either is open or a bare year."""
    if not start or not end or end.is_present or not start.month or not end.month:
        return ""
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    years, months = divmod(max(months, 1), 12)
    words = [f"{years} year{'s' * (years != 1)}"] if years else []
    words += [f"{months} month{'s' * (months != 1)}"] if months else []
    return " ".join(words)


def number_text(number: Decimal, *, signed: bool = False, in_millions: bool = False) -> str:
    """Return *number* with its decimals as written and thousands grouped, or as `1.1 million`."""
    magnitude = abs(number)
    if in_millions:
        digits = f"{(magnitude / _MILLION).quantize(Decimal('0.01'), ROUND_HALF_UP).normalize():f}{_NARROW}million"
    else:
        digits = f"{magnitude:,f}"
    sign = _MINUS if number < 0 else "+" if signed and number > 0 else ""
    return sign + digits


def figure_of(metric: Metric) -> Figure:
    """Return *metric* as the pages print it."""
    symbol, unit = _unit_of(metric)
    percent = unit == "%"
    change = _change_text(metric, in_points=percent)

    numbers = [abs(q.number) for q in (metric.before, metric.after, metric.value) if q]
    in_millions = bool(numbers) and min(numbers) >= _MILLION

    def shown(quantity: Quantity | None) -> str:
        if quantity is None:
            return ""
        text = number_text(quantity.number, signed=quantity.is_signed, in_millions=in_millions)
        return f"{text[0]}{symbol}{text[1:]}" if text[0] in {_MINUS, "+"} else symbol + text

    before, after, value = shown(metric.before), shown(metric.after), shown(metric.value)
    tail = f" {unit}" if unit else ""
    about = "about " if metric.approximate else ""
    if value:
        spoken = f"{metric.name}: {about}{value}{tail}"
    else:
        spoken = f"{metric.name}: from {about}{before}{tail} to {after}{tail}" + (f" ({change})" if change else "")
    return Figure(
        name=metric.name,
        before=before,
        after=after,
        value=value,
        unit=unit,
        change=change,
        trend=trend_of(metric),
        verdict=verdict_of(metric),
        spoken=spoken,
        source=metric.source,
        date=optional_date(metric.date),
        approximate=metric.approximate,
    )


def shorten(text: str, limit: int = 200) -> str:
    """Return *text* on one line, cut at a word with an ellipsis when it is longer than *limit*."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return line[: limit - 1].rsplit(" ", 1)[0].rstrip(".,;:") + "…"


def plural(count: int, noun: str) -> str:
    """Return `1 achievement`, `1,000 achievements`."""
    return f"{count:,} {noun}{'s' * (count != 1)}"


def _unit_of(metric: Metric) -> tuple[str, str]:
    """Return the currency sign before the number and the unit behind it."""
    quantity = metric.value or metric.after
    unit = metric.unit or (quantity.unit if quantity else "")
    currency, slash, per = unit.partition("/")
    if currency in _CURRENCIES:
        return _CURRENCIES[currency], f"a {per}" if slash else ""
    return "", unit


def _change_text(metric: Metric, *, in_points: bool) -> str:
    percent = change_percent(metric)
    if metric.before is None or metric.after is None:
        return ""
    if in_points:
        points = metric.after.number - metric.before.number
        return f"{number_text(points, signed=True)} points" if points else ""
    if percent is None or percent == 0:
        return ""
    before, after = metric.before.number, metric.after.number
    if before > 0 and after / before >= _FACTOR_FROM:
        factor = (after / before).quantize(Decimal("0.1"), ROUND_HALF_UP)
        return f"{_TIMES}{_NARROW}{factor.normalize():,f}"
    return f"{number_text(Decimal(percent), signed=True)}{_NARROW}%"
