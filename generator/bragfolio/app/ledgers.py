"""Ledgers: the CSV files in private/ that Brag adds lines to."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bragfolio.core.read.ledgers import delimiter_of, read_ledger
from bragfolio.core.read.text import decode_text
from bragfolio.edge.files import write_files_atomically
from bragfolio.model.ledgers import Announcement, Making, Sending
from bragfolio.model.tree import CONTENT, PRIVATE, SourceFile
from bragfolio.problems import Problem, Span, error, has_errors, printable

ANNOUNCED: Final = "announcements.csv"
MADE: Final = "one-pagers.csv"
SENT: Final = "sent.csv"
_MODELS: Final[Mapping[str, type[Announcement | Making | Sending]]] = {
    ANNOUNCED: Announcement,
    MADE: Making,
    SENT: Sending,
}
"""By file, what a line of it is; its fields are the columns of a new file, in their order."""
_HINT: Final = "open it in a spreadsheet, and save it as CSV in UTF-8"


class LedgerError(Exception):
    """A ledger that cannot be added to: what is wrong with it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def read_rows(root: Path, ledger: str) -> tuple[list[dict[str, str]], list[Problem]]:
    """Return the whole lines of *ledger* as `core.read.ledgers` reads them, every column as text, and what is wrong.

    None when there is no such file.
    """
    model = _MODELS[ledger]
    kept, problems = read_ledger(_file(root, ledger), model)
    columns = model.__struct_fields__
    return [{name: _cell(getattr(line.authored, name)) for name in columns} for line in kept], problems


def append_row(root: Path, ledger: str, row: dict[str, str]) -> None:
    """Add *row* to *ledger*, in the order of its own first line; the rest of the file stays as it is. Raise LedgerError.

    A line that is there already is not added again.
    """
    file = _file(root, ledger)
    data = file.data or b""
    decoded, problems = decode_text(file.label, data)
    if has_errors(problems):
        raise LedgerError(next(problem for problem in problems if problem.is_error))
    first, delimiter = _first_line(file, decoded)
    columns = first or list(_MODELS[ledger].__struct_fields__)
    missing = [column for column in row if row[column] and column not in columns]
    if missing:
        message = f"this table cannot be added to: its first line does not name the column “{missing[0]}”"
        raise LedgerError(error("value", message, Span(file.label), "name it there, or start a new file"))
    told = csv.DictReader(io.StringIO(decoded, newline=""), delimiter=delimiter, skipinitialspace=True)
    if any(all((old.get(name) or "").strip() == row.get(name, "") for name in columns) for old in told):
        return
    added = io.StringIO(newline="")
    writer = csv.DictWriter(added, columns, extrasaction="ignore", lineterminator="\n", delimiter=delimiter)
    if not decoded.strip():
        writer.writeheader()
    text = data.decode()
    writer.writerow(row)
    gap = "\n" if decoded.strip() and not text.endswith(("\n", "\r")) else ""
    path = _path(root, ledger)
    write_files_atomically(path.parent, {path.name: (text if decoded.strip() else "") + gap + added.getvalue()})


def _first_line(file: SourceFile, text: str) -> tuple[list[str], str]:
    delimiter = delimiter_of(text)
    try:
        columns = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error as failure:
        message = f"this table cannot be read: {printable(str(failure))}"
        raise LedgerError(error("value", message, Span(file.label, 1, 1), _HINT)) from failure
    return [column.strip() for column in columns], delimiter


def _cell(value: object) -> str:
    """Return a field as a cell holds it: ids with spaces between them, nothing for what is absent."""
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value if value is not None else "")


def _file(root: Path, ledger: str) -> SourceFile:
    path = _path(root, ledger)
    data = path.read_bytes() if path.is_file() else b""
    return SourceFile(f"{PRIVATE}{ledger}", len(data), data)


def _path(root: Path, ledger: str) -> Path:
    return root / CONTENT / PRIVATE / ledger
