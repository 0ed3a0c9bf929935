"""Story figures: questions and stories as a matrix, how long each story takes, and how many show each competency."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from bragfolio.core.insight.figures import Cell, Grid, GridRow, Square, Table
from bragfolio.core.insight.finding import counted

if TYPE_CHECKING:
    from bragfolio.core.insight.telling import Asked, Competency, Telling

MOST_COLUMNS: Final = 24
"""Of the matrix; its table has all stories."""
_FIRST: Final = Square("first", 4)
_FITS: Final = Square("fits", 2)
_NONE: Final = Square("–", 0)
_ALARM: Final = Square("none", 0, alarm=True)


def matrix(asked: tuple[Asked, ...], told: tuple[Telling, ...]) -> Grid:
    """Return which of *told* answers which of *asked*, which are not empty: first choice, fit by competency, or none."""
    titles = {story.id: story.title for story in told}
    entries = {story.id: story.entry for story in told}
    shown = columns_of(asked, told)
    rows = tuple(GridRow(one.text, _squares(one, shown), f"question/{one.id}") for one in asked)
    lines = tuple(
        (
            Cell(one.text, f"question/{one.id}"),
            Cell(_titles(one.first, titles), entries=tuple(entries[name] for name in one.first)),
            Cell(_titles(one.fits, titles), entries=tuple(entries[name] for name in one.fits)),
        )
        for one in asked
    )
    first, fits = (sum(bool(part) for part in parts) for parts in zip(*((o.first, o.fits) for o in asked), strict=True))
    none = sum(not one.first and not one.fits for one in asked)
    description = (
        f"Of {counted(len(asked), 'question')}, {first} {'has' if first == 1 else 'have'} a first choice, "
        f"{fits} {'has' if fits == 1 else 'have'} stories that fit by competency, and {none} {'has' if none == 1 else 'have'} none."
    )
    table = Table(caption="Questions and their stories", head=("question", "first choice", "fits too"), rows=lines)
    columns = tuple(story.title for story in shown)
    return Grid(title="Questions and stories", description=description, table=table, columns=columns, rows=rows)


def columns_of(asked: tuple[Asked, ...], told: tuple[Telling, ...]) -> tuple[Telling, ...]:
    """Return those of *told* that a matrix has room for, in their order: the ones that answer most questions."""
    first = Counter(name for one in asked for name in one.first)
    fits = Counter(name for one in asked for name in one.fits)
    useful = sorted(told, key=lambda story: (-first[story.id], -fits[story.id]))[:MOST_COLUMNS]
    kept = {story.id for story in useful if first[story.id] + fits[story.id]}
    return tuple(story for story in told if story.id in kept) or told[:MOST_COLUMNS]


def _squares(one: Asked, told: tuple[Telling, ...]) -> tuple[Square, ...]:
    nothing = _NONE if one.first or one.fits else _ALARM
    marks = {**dict.fromkeys(one.fits, _FITS), **dict.fromkeys(one.first, _FIRST)}
    squares = ((marks.get(story.id, nothing), story) for story in told)
    return tuple(
        Square(mark.text, mark.level, (story.entry,) if mark.level else (), mark.alarm) for mark, story in squares
    )


def _titles(ids: tuple[str, ...], titles: dict[str, str]) -> str:
    return "; ".join(titles[name] for name in ids) or "–"


def lengths(told: tuple[Telling, ...]) -> Table:
    """Return words and minutes of each of *told*, with what it shows and how often it was told."""
    rows = tuple(
        (
            Cell(story.title, story.entry),
            Cell(", ".join(story.competencies) or "–"),
            Cell(str(len(story.questions)), entries=tuple(f"question/{name}" for name in story.questions)),
            Cell(str(story.words)),
            Cell(str(story.minutes)),
            Cell("right" if story.has_right_length else "too short" if story.minutes < 1 else "too long"),
            Cell(str(len(story.used)), entries=tuple(f"posting/{use.posting}" for use in story.used if use.posting)),
        )
        for story in told
    )
    head = ("story", "shows", "first choice for", "words", "minutes", "length", "told")
    return Table(caption="How long each story takes", head=head, rows=rows, numeric=frozenset({2, 3, 4, 6}))


def shown_by(shown: tuple[Competency, ...], told: tuple[Telling, ...]) -> Table:
    """Return how many of *told* show each competency, and how many achievements could."""
    entries = {story.id: story.entry for story in told}
    rows = tuple(
        (
            Cell(one.name),
            Cell(str(len(one.stories)), entries=tuple(entries[name] for name in one.stories)),
            Cell(str(len(one.achievements)), entries=tuple(f"achievement/{name}" for name in one.achievements)),
        )
        for one in shown
    )
    head = ("competency", "stories", "achievements not told yet")
    return Table(caption="Stories for each competency", head=head, rows=rows, numeric=frozenset({1, 2}))
