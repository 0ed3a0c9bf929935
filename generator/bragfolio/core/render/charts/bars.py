"""Bars: a row for each thing, its name above, its number at the end; pieces differ in pattern, not in colour alone."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from bragfolio.core.render.charts.canvas import (
    ENDS,
    STARTS,
    box,
    joined,
    key,
    label,
    picture,
    shown,
    stroke,
    swatch,
)  # fmt: skip
from bragfolio.core.render.charts.lettering import NARROW, WIDE, width_of
from bragfolio.core.render.charts.scale import share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bragfolio.core.insight.figures import Bar, Bars

MOST_BARS: Final = 40
"""Drawn; the table has all."""
_WHOLE: Final = 100
"""Per cent: a share of two thirds fills two thirds of the width."""
_ROW: Final = 39.0
_THICK: Final = 11.0
_FILLS: Final = 6
"""Patterns that are told apart; more pieces begin again."""
_PATTERNS: Final = (
    "",  # full
    '<path d="M-2,2 2,-2M0,8 8,0M6,10 10,6"/>',
    '<circle cx="2" cy="2" r="1.2"/><circle cx="6" cy="6" r="1.2"/>',
    "",  # empty
    '<path d="M0,2H8M0,6H8"/>',
    '<path d="M0,0 8,8M0,8 8,0"/>',
)


def draw_bars(chart: Bars, name: str) -> Markup:
    """Return *chart* as markup, a key of the pieces first where there is more than one kind of them."""
    bars = chart.bars[:MOST_BARS]
    kinds = list(dict.fromkeys(part.name for bar in chart.bars for part in bar.parts))
    whole = Decimal(_WHOLE if chart.unit == "%" else 0)
    most = max([whole, chart.mark or Decimal(0), *(_total(bar) for bar in bars)]) or Decimal(1)
    top = 22.0 if chart.mark is not None else 0.0
    parts = [_patterns(name)] if len(kinds) > 1 else []
    parts += list(_mark(chart, float(most), top + _ROW * len(bars)))
    for index, bar in enumerate(bars):
        parts += _row(bar, kinds, top + _ROW * index, most, chart.unit, name)
    height = top + _ROW * len(bars)
    if not bars:
        parts.append(label("Nothing to compare yet", 0, 24, room=NARROW, kind="quiet"))
    if len(chart.bars) > len(bars):
        more = f"and {len(chart.bars) - len(bars)} more, in the table"
        parts.append(label(more, 0, height + 16, room=NARROW, kind="quiet"))
        height += 24
    svg = picture(chart, name, "chart-bars", max(height, 40), parts)
    swatches = [(_swatch(name, index), kind) for index, kind in enumerate(kinds)] if len(kinds) > 1 else []
    return key(swatches) + svg


def _total(bar: Bar) -> Decimal:
    return sum((part.number for part in bar.parts), Decimal(0))


def _row(bar: Bar, kinds: list[str], y: float, most: Decimal, unit: str, name: str) -> Iterator[Markup]:  # noqa: PLR0917 - what a row is drawn from
    total = shown(_total(bar) if bar.number is None else bar.number, unit)
    taken = width_of(total) + 14
    yield label(bar.label, 0, y + 14, room=NARROW - taken, wide_room=WIDE - taken, kind="over")
    yield label(total, 100, y + 14, room=NARROW, anchor=ENDS, kind="figure")
    x = 0.0
    for part in bar.parts:
        width = share(part.number, most)
        fill = kinds.index(part.name) % _FILLS
        title = f"{part.name}: {shown(part.number, unit)}"
        if width > 0:
            yield box(x, y + 20, width, _THICK, f"piece piece-{fill}", title=title, fill=_fill(name, fill, kinds))
        x += width
    yield stroke(0, y + 20 + _THICK + 0.5, 100, y + 20 + _THICK + 0.5, "grid")


def _fill(name: str, index: int, kinds: list[str]) -> str:
    return f"{name}-fill-{index}" if _PATTERNS[index] and len(kinds) > 1 else ""


def _patterns(name: str) -> Markup:
    made = [
        Markup(
            '<pattern id="{}-fill-{}" class="pattern" width="8" height="8" patternUnits="userSpaceOnUse">'
            '<rect class="empty" width="8" height="8"/>{}</pattern>'
        ).format(name, index, Markup(shape))  # noqa: S704 - one of the shapes above
        for index, shape in enumerate(_PATTERNS)
        if shape
    ]
    return Markup("<defs>{}</defs>").format(joined(made))


def _swatch(name: str, index: int) -> Markup:
    index %= _FILLS
    pattern = f"{name}-fill-{index}" if _PATTERNS[index] else ""
    return swatch(box(0, 0, 100, 14, f"piece piece-{index}", fill=pattern))


def _mark(chart: Bars, most: float, bottom: float) -> Iterator[Markup]:
    """Yield the line that the bars are held against, its name on the side that has more room."""
    if chart.mark is None:
        return
    x = share(chart.mark, most)
    text = f"{chart.mark_label} {shown(chart.mark, chart.unit)}".strip()
    side = ENDS if x > 50 else STARTS
    room = max(x, 100 - x) / 100 * NARROW - 6
    yield stroke(x, 4, x, bottom, "mark")
    yield label(
        text, x, 13, room=room, wide_room=room / NARROW * WIDE, anchor=side, kind="strong", dx=-5 if side == ENDS else 5
    )
