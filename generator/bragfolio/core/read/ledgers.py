"""Ledgers: the lines of a CSV file in private/, as a spreadsheet saves it."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final, TypeVar

from bragfolio.core.read.shape import decode_tree
from bragfolio.core.read.text import decode_text
from bragfolio.model.common import Authored
from bragfolio.model.dossier import Kept
from bragfolio.model.entry import Source
from bragfolio.problems import Problem, Span, error, has_errors, printable

if TYPE_CHECKING:
    from bragfolio.model.tree import SourceFile

T = TypeVar("T", bound=Authored)
_LISTS: Final = frozenset({"to", "achievements"})
"""Columns that hold words with spaces between them."""
_HINT: Final = "open it in a spreadsheet, and save it as CSV in UTF-8"


def read_ledger(file: SourceFile, model: type[T]) -> tuple[list[Kept[T]], list[Problem]]:
    """Return the lines of *file* that are whole, in their order, and what is wrong with the others.

    Columns stand in any order, further ones are passed over, and a semicolon may separate as well as a comma.
    """
    text, problems = decode_text(file.label, file.data or b"")
    if has_errors(problems) or not text.strip():
        return [], problems
    source = Source(file.label, "", 1)
    reader = csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter_of(text), skipinitialspace=True)
    kept: list[Kept[T]] = []
    try:
        columns = {name: name.strip() for name in reader.fieldnames or ()}
        for row in reader:
            cells = {columns[name]: cell.strip() for name, cell in row.items() if name in columns and cell}
            authored, found = _decode(cells, model, Span(file.label, reader.line_num, 1))
            problems += found
            if authored is not None:
                kept.append(Kept(str(reader.line_num), authored, source))
    except csv.Error as failure:
        message = f"this table cannot be read: {printable(str(failure))}"
        problems.append(error("value", message, Span(file.label, max(reader.line_num, 1), 1), _HINT))
    return kept, problems


def delimiter_of(text: str) -> str:
    """Return what stands between the columns in the first line of *text*: a comma, or the semicolon of other spreadsheets."""
    first = text.partition("\n")[0]
    return ";" if first.count(";") > first.count(",") else ","


def _decode(cells: dict[str, str], model: type[T], span: Span) -> tuple[T | None, list[Problem]]:
    known = {name: cells[name] for name in model.__struct_fields__ if cells.get(name)}
    if not known:
        return None, []
    tree = {name: list(text.split()) if name in _LISTS else text for name, text in known.items()}
    authored, issues = decode_tree(tree, model)  # type: ignore[arg-type] # a row is a tree of one level
    return authored, [error(issue.code, issue.message, span, issue.hint) for issue in issues]
