"""Figures: tables, and what an insight wants drawn, as numbers; how they look is the headquarters' business."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec import Struct


class Cell(Struct, frozen=True):
    """A value in a table."""

    text: str
    entry: str = ""
    """`kind/id` of what it is about, for a link."""
    entries: tuple[str, ...] = ()
    """Of a number, the entries that it counts."""


class Table(Struct, frozen=True, kw_only=True):
    """Numbers in rows. The first column names the row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: frozenset[int] = frozenset()
    """Columns of numbers, which stand on the right."""


class Chart(Struct, frozen=True, kw_only=True):
    """The base of all charts."""

    title: str
    """What it shows, short."""
    description: str
    """What it says, in a sentence, for those who cannot see it."""
    table: Table
    """The same numbers in rows, each with the entries behind it."""


class Line(Chart, frozen=True, kw_only=True):
    """A number over time."""

    points: tuple[tuple[date, Decimal], ...]
    """Oldest first."""
    unit: str = ""


class Part(Struct, frozen=True):
    """One piece of a bar."""

    name: str
    """The same for the same thing in every bar."""
    number: Decimal
    entries: tuple[str, ...] = ()


class Bar(Struct, frozen=True):
    """A row of pieces that add up."""

    label: str
    parts: tuple[Part, ...]
    entry: str = ""
    """`kind/id` of what the row is about."""
    number: Decimal | None = None
    """What is printed at its end, where that is not the sum of the pieces."""


class Bars(Chart, frozen=True, kw_only=True):
    """Numbers side by side, each as one bar or as pieces of it."""

    bars: tuple[Bar, ...]
    unit: str = ""
    mark: Decimal | None = None
    """A number that the bars are held against, with a line; `mark_label` says what it is."""
    mark_label: str = ""


class Square(Struct, frozen=True):
    """A field of a grid."""

    text: str
    """What stands in it; a word, a sign or a number, so that colour is not needed to understand."""
    level: int
    """0 to 4: from nothing to most."""
    entries: tuple[str, ...] = ()
    alarm: bool = False
    """Whether something is wrong here."""


class GridRow(Struct, frozen=True):
    """A row of a grid."""

    label: str
    squares: tuple[Square | None, ...]
    """One for each column; None where there can be none."""
    entry: str = ""


class Grid(Chart, frozen=True, kw_only=True):
    """A matrix: announcements by audience, criteria by level, questions by story, days by week."""

    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]


class Dot(Struct, frozen=True):
    """A point of a quadrant."""

    label: str
    x: Decimal
    y: Decimal
    size: int
    """1 to 5."""
    entry: str


class Quadrant(Chart, frozen=True, kw_only=True):
    """Two numbers of each thing against each other, in four fields."""

    x_label: str
    y_label: str
    x_split: Decimal
    """Where left ends and right begins."""
    y_split: Decimal
    corners: tuple[str, str, str, str]
    """The names of the fields: top left, top right, bottom left, bottom right."""
    dots: tuple[Dot, ...]


class Moment(Struct, frozen=True):
    """A day with a name, or a span of days."""

    label: str
    first_day: date
    last_day: date | None = None
    """None for a single day."""
    alarm: bool = False
    entry: str = ""


class Calendar(Chart, frozen=True, kw_only=True):
    """Days and spans along time, with today marked: a countdown, windows of campaigns, positions."""

    first_day: date
    last_day: date
    today: date
    moments: tuple[Moment, ...]
