"""Grid: squares in rows and columns, each with its word; darker is more, and a frame means that something is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup
from msgspec import Struct

from bragfolio.core.render.charts.canvas import MIDDLE, box, key, label, percent, picture, pixels, scrolling, swatch
from bragfolio.core.render.charts.lettering import NARROW, SIZE, WIDE, cut, width_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bragfolio.core.insight.figures import Grid, GridRow, Square

MOST_ROWS: Final = 60
"""Drawn; the table has all."""
_ROW: Final = 30.0
_LEAST: Final = 24.0
"""Pixels of a square, at least, across."""
_LONGEST: Final = 96.0
"""Pixels for the name of a column; one that is longer stands upright."""
_MANY: Final = 10
"""Columns from which their names are small: twelve months fit on a small screen."""
_SMALL: Final = 11.0
"""Pixels of those letters."""
_UPRIGHT: Final = 210.0
"""Pixels up for those."""
_MOST_LABEL: Final = 132.0
"""Pixels for the names of rows on a small screen."""
_LEAST_LABEL: Final = 84.0
"""Pixels that they shrink to before the grid scrolls."""
_STEP: Final = 80
"""Pixels by which wide grids grow; the style sheet has a class for each."""


class _Layout(Struct, frozen=True):
    """Where things are."""

    width: float
    """Pixels that it needs at least."""
    label: float
    """Per cent for the names of rows."""
    square: float
    """Per cent of a column."""
    is_upright: bool
    is_small: bool
    """Whether the names of columns are."""
    head: float
    """Pixels of the names of columns."""

    def pixels_of(self, share: float) -> float:
        """Return *share*, in per cent, where the grid is narrowest."""
        return share / 100 * self.width


def draw_grid(chart: Grid, name: str) -> Markup:
    """Return *chart* as markup, in a region that scrolls where a small screen has no room for it."""
    rows = chart.rows[:MOST_ROWS]
    layout = _layout(chart)
    parts = [part for index, text in enumerate(chart.columns) for part in _column(text, index, layout)]
    for index, row in enumerate(rows):
        parts += _row(row, layout.head + _ROW * index, chart.columns, layout)
    height = layout.head + _ROW * len(rows)
    left_over = len(chart.rows) - len(rows)
    if left_over or not rows:
        text = f"and {left_over} more, in the table" if left_over else "Nothing to show yet"
        parts.append(label(text, 0, height + 18, room=NARROW, kind="quiet"))
        height += 26
    svg = picture(chart, name, "chart-grid", height, parts)
    alarm = any(square and square.alarm for row in rows for square in row.squares)
    note = key([(swatch(box(8, 1, 84, 12, "square level-0 alarm")), "needs attention")] if alarm else [])
    if layout.width <= NARROW:
        return note + svg
    return note + scrolling(svg, f"{chart.title}, to scroll", layout.width)


def _layout(chart: Grid) -> _Layout:
    heads = [width_of(text) for text in chart.columns]
    is_upright = max(heads, default=0) > _LONGEST
    words = [width_of(square.text) + 10 for row in chart.rows for square in row.squares if square]
    is_small = not is_upright and len(chart.columns) >= _MANY
    names = [] if is_upright else [head * _SMALL / SIZE + 1.5 if is_small else head + 8 for head in heads]
    square = min(max([_LEAST, *words, *names]), _LONGEST + 8)
    columns = max(len(chart.columns), 1)
    label_width = min(max([width_of(row.label) + 10 for row in chart.rows] or [0.0]), _MOST_LABEL)
    if _LEAST_LABEL <= NARROW - square * columns < label_width:
        label_width = NARROW - square * columns
    width = label_width + square * columns
    width = NARROW if width <= NARROW else -(-width // _STEP) * _STEP
    share = label_width / width * 100
    head = min(max(heads, default=0) + 12, _UPRIGHT) if is_upright else 24.0
    return _Layout(width, share, (100 - share) / columns, is_upright, is_small, head)


def _column(text: str, index: int, layout: _Layout) -> Iterator[Markup]:
    middle = layout.label + layout.square * (index + 0.5)
    if not layout.is_upright:
        room, kind = layout.pixels_of(layout.square) - 1, "quiet"
        if layout.is_small:
            room, kind = room * SIZE / _SMALL, "quiet small"
        yield label(text, middle, 16, room=room, anchor=MIDDLE, kind=kind)
        return
    line = " ".join(text.split())
    shown = cut(line, _UPRIGHT - 12)
    title = Markup("<title>{}</title>").format(line) if shown != line else ""
    yield Markup('<svg class="upright" x="{}%" y="{}"><text class="quiet" transform="rotate(-90)" y="4">{}{}</text></svg>').format(
        percent(middle), pixels(layout.head - 6), title, shown
    )  # fmt: skip


def _row(row: GridRow, y: float, columns: tuple[str, ...], layout: _Layout) -> Iterator[Markup]:
    yield label(
        row.label,
        0,
        y + 19,
        room=layout.pixels_of(layout.label) - 8,
        wide_room=max(WIDE, layout.width) * layout.label / 100 - 8,
    )
    for index, square in enumerate(row.squares):
        if square is not None:
            x = layout.label + layout.square * index
            column = columns[index] if index < len(columns) else ""
            yield from _square(square, f"{row.label}, {column}: {square.text}", x, y, layout)


def _square(square: Square, title: str, x: float, y: float, layout: _Layout) -> Iterator[Markup]:
    level = min(max(square.level, 0), 4)
    kind = f"square level-{level}" + (" alarm" if square.alarm else "")
    yield box(x + 0.2, y + 1.5, layout.square - 0.4, _ROW - 3, kind, title=title)
    room = layout.pixels_of(layout.square) - 6
    wide = layout.square / 100 * max(WIDE, layout.width) - 6
    words = f"on-{level}" + (" strong" if square.alarm else "")
    yield label(square.text, x + layout.square / 2, y + 19, room=room, wide_room=wide, anchor=MIDDLE, kind=words)
