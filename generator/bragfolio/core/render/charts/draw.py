"""Draw: any chart of an insight as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bragfolio.core.insight.figures import Bars, Calendar, Grid, Line, Quadrant
from bragfolio.core.render.charts.bars import draw_bars
from bragfolio.core.render.charts.calendar import draw_calendar
from bragfolio.core.render.charts.grid import draw_grid
from bragfolio.core.render.charts.line import draw_line
from bragfolio.core.render.charts.quadrant import draw_quadrant

if TYPE_CHECKING:
    from markupsafe import Markup

    from bragfolio.core.insight.figures import Chart


def draw(chart: Chart, name: str) -> Markup:
    """Return *chart* as markup; *name*, unique on its page, is what its ids begin with."""
    if isinstance(chart, Line):
        return draw_line(chart, name)
    if isinstance(chart, Bars):
        return draw_bars(chart, name)
    if isinstance(chart, Grid):
        return draw_grid(chart, name)
    if isinstance(chart, Quadrant):
        return draw_quadrant(chart, name)
    if isinstance(chart, Calendar):
        return draw_calendar(chart, name)
    raise TypeError(f"no drawing for a {type(chart).__name__}")
