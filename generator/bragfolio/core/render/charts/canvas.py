"""Canvas: the markup that all charts are made of.

A chart is as wide as its place: what lies across is in per cent, what lies up and down in pixels, and letters keep their size.
Nothing is styled here but by class; headquarters.css has the colours. A chart is one picture (`role="img"`) with a name and a
description: what can be followed is in the table beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from bragfolio.core.render.charts.lettering import cut
from bragfolio.core.render.formats import number_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from bragfolio.core.insight.figures import Chart

_SVG: Final = Markup(
    '<svg class="chart {kind}" role="img" aria-labelledby="{name}-title {name}-about" width="100%" height="{height}"'
    ' focusable="false"><title id="{name}-title">{title}</title><desc id="{name}-about">{about}</desc>{parts}</svg>'
)
STARTS: Final = "start"
ENDS: Final = "end"
MIDDLE: Final = "middle"


def picture(chart: Chart, name: str, kind: str, height: float, parts: Iterable[Markup]) -> Markup:
    """Return the `<svg>` of *chart*, *height* pixels high. *name* is unique on the page."""
    return _SVG.format(
        kind=kind, name=name, height=pixels(height), title=chart.title, about=chart.description, parts=joined(parts)
    )


def joined(parts: Iterable[Markup]) -> Markup:
    """Return *parts* one behind the other."""
    return Markup("").join(parts)


def scrolling(svg: Markup, label: str, width: float) -> Markup:
    """Return *svg*, which needs *width* pixels, in a box that the keyboard can scroll."""
    steps = min(-(-int(width) // 80), 24)
    return Markup(
        '<div class="scroll" tabindex="0" role="group" aria-label="{label}"><div class="wide-{steps}">{svg}</div></div>'
    ).format(label=label, steps=steps, svg=svg)


def label(
    text: str,
    x: float,
    y: float,
    *,
    room: float,
    wide_room: float = 0,
    anchor: str = STARTS,
    kind: str = "",
    dx: float = 0,
) -> Markup:
    """Return *text* at *x* per cent and *y* pixels, cut to *room* pixels, its whole as a title where something is cut.

    With *wide_room* there are two of it where they differ, of which the style sheet shows one.
    """
    line = " ".join(text.split())
    short, long = cut(line, room), cut(line, max(room, wide_room))
    if not line:
        return Markup("")
    if short == long:
        return _text(short, line, x, y, anchor, kind, dx)
    return _text(short, line, x, y, anchor, f"{kind} narrow", dx) + _text(long, line, x, y, anchor, f"{kind} broad", dx)


def _text(shown: str, whole: str, x: float, y: float, anchor: str, kind: str, dx: float) -> Markup:  # noqa: PLR0917 - the attributes of a text
    title = Markup("<title>{}</title>").format(whole) if shown != whole else ""
    attributes = Markup(' class="{}"').format(kind.strip()) if kind.strip() else Markup("")
    attributes += Markup(' paint-order="stroke"') if "over" in kind.split() else Markup("")
    attributes += Markup(' text-anchor="{}"').format(anchor) if anchor != STARTS else Markup("")
    attributes += Markup(' dx="{}"').format(pixels(dx)) if dx else Markup("")
    return Markup('<text x="{}%" y="{}"{}>{}{}</text>').format(percent(x), pixels(y), attributes, title, shown)


def stroke(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    """Return a straight line; *x1* and *x2* in per cent."""
    return Markup('<line class="{}" x1="{}%" y1="{}" x2="{}%" y2="{}"/>').format(
        kind, percent(x1), pixels(y1), percent(x2), pixels(y2)
    )


def box(x: float, y: float, width: float, height: float, kind: str, *, title: str = "", fill: str = "") -> Markup:
    """Return a rectangle; *x* and *width* in per cent. *fill* names a pattern."""
    whole = Markup("<title>{}</title>").format(title) if title else ""
    pattern = Markup(' fill="url(#{})"').format(fill) if fill else ""
    return Markup('<rect class="{}" x="{}%" y="{}" width="{}%" height="{}"{}>{}</rect>').format(
        kind, percent(x), pixels(y), percent(width), pixels(height), pattern, whole
    )


def circle(x: float, y: float, radius: float, kind: str, *, title: str = "") -> Markup:
    """Return a circle; *x* in per cent."""
    whole = Markup("<title>{}</title>").format(title) if title else ""
    return Markup('<circle class="{}" cx="{}%" cy="{}" r="{}">{}</circle>').format(
        kind, percent(x), pixels(y), pixels(radius), whole
    )


def percent(number: float) -> str:
    """Return *number* with at most two decimals."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def pixels(number: float) -> str:
    """Return *number* with at most one decimal."""
    return f"{number:.1f}".removesuffix(".0")


def shown(number: Decimal, unit: str = "") -> str:
    """Return *number* with its unit; a whole one without decimals."""
    whole = number.to_integral_value()
    return f"{number_text(whole if number == whole else number)} {unit}".strip()


def key(entries: Iterable[tuple[Markup, str]]) -> Markup:
    """Return what the fills of a chart mean, as pairs of a swatch and a name."""
    items = joined(Markup("<li>{} {}</li>").format(swatch, name) for swatch, name in entries)
    return Markup('<ul class="key">{}</ul>').format(items) if items else Markup("")


def swatch(inside: Markup) -> Markup:
    """Return a small picture of one fill."""
    return Markup('<svg class="swatch" width="20" height="14" aria-hidden="true" focusable="false">{}</svg>').format(
        inside
    )
