"""Ledgers: the lines of a CSV file in private/, as a spreadsheet saves it."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Final, TypeVar

from msgspec import structs

from bragfolio.core.read.shape import decode_tree, nearest
from bragfolio.core.read.text import decode_text
from bragfolio.model.common import Authored
from bragfolio.model.dossier import Kept
from bragfolio.model.entry import Source
from bragfolio.problems import Problem, Span, error, has_errors, printable, warning

if TYPE_CHECKING:
    from bragfolio.model.tree import SourceFile

T = TypeVar("T", bound=Authored)
_LISTS: Final = frozenset({"to", "achievements"})
"""Columns that hold words, with spaces or commas between them."""
_BETWEEN: Final = re.compile(r"[\s,;]+")
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
        wrong = _wrong_columns(list(columns.values()), model, Span(file.label, 1, 1))
        problems += wrong
        for row in () if has_errors(wrong) else reader:
            cells = {columns[name]: cell.strip() for name, cell in row.items() if name in columns and cell}
            authored, found = _decode(cells, model, Span(file.label, reader.line_num, 1))
            problems += found + _spilled(row, Span(file.label, reader.line_num, 1))
            if authored is not None:
                kept.append(Kept(str(reader.line_num), authored, source))
    except csv.Error as failure:
        message = f"this table cannot be read: {printable(str(failure))}"
        problems.append(error("value", message, Span(file.label, max(reader.line_num, 1), 1), _HINT))
    return kept, problems


def _wrong_columns(columns: list[str], model: type[Authored], span: Span) -> list[Problem]:
    """Return the columns that are missing, as all are where there is no line of names, and those that are misspelt."""
    known = model.__struct_fields__
    names = f"the first line names the columns: {','.join(known)}"
    missing = [field.name for field in structs.fields(model) if field.required and field.name not in columns]
    problems = [error("key-missing", f"there is no column “{name}”", span, names) for name in missing]
    for column in columns:
        guess = "" if column in known else nearest(column, [name for name in known if name not in columns])
        if guess and not missing:
            hint = f"did you mean “{guess}”? What stands in it is passed over"
            problems.append(warning("key-unknown", f"there is no column “{printable(column)}”", span, hint))
    return problems


def _spilled(row: dict[str, str], span: Span) -> list[Problem]:
    """Return that a line has more cells than the first line has names, which the reader puts under None."""
    if None not in row:
        return []
    hint = "put a cell with a comma into quotation marks, or name the column in the first line"
    return [warning("value", "this line has more cells than there are columns", span, hint)]


def delimiter_of(text: str) -> str:
    """Return what stands between the columns in the first line of *text*: a comma, or the semicolon of other spreadsheets."""
    first = text.partition("\n")[0]
    return ";" if first.count(";") > first.count(",") else ","


def _decode(cells: dict[str, str], model: type[T], span: Span) -> tuple[T | None, list[Problem]]:
    known = {name: cells[name] for name in model.__struct_fields__ if cells.get(name)}
    if not known:
        return None, []
    tree = {name: list(_BETWEEN.split(text)) if name in _LISTS else text for name, text in known.items()}
    authored, issues = decode_tree(tree, model)  # type: ignore[arg-type] # a row is a tree of one level
    return authored, [error(issue.code, issue.message, span, issue.hint) for issue in issues]
