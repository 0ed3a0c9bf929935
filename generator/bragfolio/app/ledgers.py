"""Ledgers: the CSV files in private/ that Brag adds lines to."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Final

from bragfolio.edge.files import write_files_atomically
from bragfolio.model.tree import CONTENT, PRIVATE

MADE: Final = "one-pagers.csv"
SENT: Final = "sent.csv"
COLUMNS: Final = {
    MADE: ("date", "campaign", "audience", "page", "template", "file", "sha256", "achievements"),
    SENT: ("date", "campaign", "to", "file", "sha256", "channel", "outcome"),
}
"""By file, its columns; lines of another order, and with more columns, are read and kept."""


def read_rows(root: Path, ledger: str) -> list[dict[str, str]]:
    """Return the lines of *ledger*, each with all its columns; none when there is no such file."""
    path = _path(root, ledger)
    if not path.is_file():
        return []
    reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
    return [{column: (row.get(column) or "").strip() for column in COLUMNS[ledger]} for row in reader]


def append_row(root: Path, ledger: str, row: dict[str, str]) -> None:
    """Add *row* to *ledger*, in the order of its own first line; the rest of the file stays as it is."""
    path = _path(root, ledger)
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    columns = next(csv.reader(io.StringIO(text, newline="")), []) or list(COLUMNS[ledger])
    added = io.StringIO(newline="")
    writer = csv.DictWriter(added, [column.strip() for column in columns], extrasaction="ignore", lineterminator="\n")
    if not text.strip():
        writer.writeheader()
    elif not text.endswith("\n"):
        text += "\n"
    writer.writerow(row)
    write_files_atomically(path.parent, {path.name: text + added.getvalue()})


def _path(root: Path, ledger: str) -> Path:
    return root / CONTENT / PRIVATE / ledger
