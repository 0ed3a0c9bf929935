"""Table: a ladder as rows of level, competency and criterion, in CSV or in a Markdown table."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from bragfolio.problems import Problem, Span, error, printable

if TYPE_CHECKING:
    from bragfolio.core.importers.ladders.draft import LadderDraft
    from bragfolio.model.ladder import Ladder

_NAMES: Final = {"criteria": "criterion", "examples": "example"}
_NEEDED: Final = ("level", "competency", "criterion")
_HINT: Final = "name the columns level, competency, criterion and, if there are any, example"
_BAR: Final = re.compile(r"(?<!\\)\|")
_RULE: Final = frozenset("|:- \t\r\n")
"""Of these the line below the names of a Markdown table's columns consists."""

Row = tuple[int, list[str]]
"""A line's number, and its cells."""


def is_table(text: str) -> bool:
    """Tell whether *text* has a row that names the three columns."""
    try:
        return any(set(_NEEDED) <= set(_columns(cells)) for _, cells in _rows(text, limit=200))
    except csv.Error:
        return False


def read_table(file: str, text: str, draft: LadderDraft) -> tuple[Ladder, list[Problem]]:
    """Return the ladder of *text*, without a name, and what is wrong; levels stand in the order of their first rows."""
    problems: list[Problem] = []
    columns: list[str] = []
    try:
        for number, cells in _rows(text):
            if not columns:
                named = _columns(cells)
                columns = named if set(_NEEDED) <= set(named) else []
                continue
            row = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
            if not any(row.values()):
                continue
            missing = [name for name in _NEEDED if not row.get(name)]
            if missing:
                what = f"this row has no {' and no '.join(missing)}"
                problems.append(error("value", what, Span(file, number, 1), _HINT))
                continue
            draft.level(row["level"])
            draft.competency(row["competency"])
            examples = (row["example"],) if row.get("example") else ()
            draft.criterion(row["level"], row["competency"], row["criterion"], (), examples)
    except csv.Error as failure:
        what = f"this table cannot be read: {printable(str(failure))}"
        problems.append(error("value", what, Span(file, 1, 1), "save it as CSV in UTF-8 from a spreadsheet"))
    return draft.ladder(""), problems


def _columns(cells: list[str]) -> list[str]:
    names = [cell.strip().casefold() for cell in cells]
    return [_NAMES.get(name, name) for name in names]


def _rows(text: str, limit: int | None = None) -> Iterator[Row]:
    """Yield the rows of the Markdown table in *text*, or of *text* as CSV when there is none."""
    lines = text.splitlines(keepends=True)[:limit]
    marked = [(number, line) for number, line in enumerate(lines, 1) if line.lstrip().startswith("|")]
    if marked:
        for number, line in marked:
            if not _RULE.issuperset(line):
                cells = _BAR.split(line.strip().strip("|"))
                yield number, [cell.replace("\\|", "|").strip() for cell in cells]
        return
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    for cells in reader:
        yield reader.line_num, cells
