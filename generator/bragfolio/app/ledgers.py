"""Ledgers: the CSV files in private/ that Brag adds lines to."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Final

from bragfolio.edge.files import write_files_atomically
from bragfolio.model.tree import CONTENT, PRIVATE, label
from bragfolio.problems import Span, error, printable

MADE: Final = "one-pagers.csv"
SENT: Final = "sent.csv"
COLUMNS: Final = {
    MADE: ("date", "campaign", "audience", "page", "template", "file", "sha256", "achievements"),
    SENT: ("date", "campaign", "to", "file", "sha256", "channel", "outcome"),
}
"""By file, its columns; lines of another order, and with more columns, are read and kept."""


class LedgerError(Exception):
    """A ledger that cannot be read: what is wrong with it."""

    def __init__(self, ledger: str, reason: str) -> None:
        super().__init__(reason)
        hint = "open it in a spreadsheet, and save it as CSV in UTF-8"
        self.problem = error(
            "value", f"this table cannot be read: {printable(reason)}", Span(label(PRIVATE + ledger)), hint
        )


def read_rows(root: Path, ledger: str) -> list[dict[str, str]]:
    """Return the lines of *ledger*, each with all its columns; none when there is no such file. Raise LedgerError."""
    text = _text(root, ledger)
    try:
        rows = list(csv.DictReader(_lines(text)))
    except csv.Error as failure:
        raise LedgerError(ledger, str(failure)) from failure
    return [{column: (row.get(column) or "").strip() for column in COLUMNS[ledger]} for row in rows]


def append_row(root: Path, ledger: str, row: dict[str, str]) -> None:
    """Add *row* to *ledger*, in the order of its own first line; the rest of the file stays as it is. Raise LedgerError."""
    text = _text(root, ledger)
    try:
        columns = next(csv.reader(_lines(text)), []) or list(COLUMNS[ledger])
    except csv.Error as failure:
        raise LedgerError(ledger, str(failure)) from failure
    missing = [column for column in row if row[column] and column not in [name.strip() for name in columns]]
    if missing:
        raise LedgerError(ledger, f"its first line does not name the column “{missing[0]}”")
    added = io.StringIO(newline="")
    writer = csv.DictWriter(added, [column.strip() for column in columns], extrasaction="ignore", lineterminator="\n")
    if not text.strip():
        writer.writeheader()
    elif not text.endswith("\n"):
        text += "\n"
    writer.writerow(row)
    path = _path(root, ledger)
    write_files_atomically(path.parent, {path.name: text + added.getvalue()})


def _lines(text: str) -> io.StringIO:
    return io.StringIO(text.removeprefix("\ufeff"), newline="")


def _text(root: Path, ledger: str) -> str:
    path = _path(root, ledger)
    try:
        return path.read_text(encoding="utf-8") if path.is_file() else ""
    except UnicodeDecodeError as failure:
        raise LedgerError(ledger, "it is not UTF-8") from failure


def _path(root: Path, ledger: str) -> Path:
    return root / CONTENT / PRIVATE / ledger
