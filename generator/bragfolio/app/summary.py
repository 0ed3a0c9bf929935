"""Summary: what came of a build, in numbers that anybody may read, as a table in Markdown."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from bragfolio.app.prepare import link_for, read
from bragfolio.problems import has_errors

if TYPE_CHECKING:
    from bragfolio.app.report import BuildReport


def append_summary(file: Path, root: Path, as_of: dt.date | None, report: BuildReport) -> None:
    """Append the table to *file*, as the summary of a job on GitHub wants it. Raises OSError.

    Numbers only, never a title: the log of a public repository is public. How many achievements each audience may see is told
    when the portfolio has no error.
    """
    held = report.held_back
    errors = sum(problem.is_error for problem in report.problems)
    rows = [
        ("Published", "yes" if report.published else "no"),
        ("Errors", errors),
        ("Warnings", len(report.problems) - errors),
        ("Pages", report.pages),
        *((f"Achievements that {audience} may see", count) for audience, count in _count(root, as_of, report)),
        ("Held back: not for this audience", held.hidden),
        ("Held back: drafts", held.drafts),
        ("Held back: until a day", held.embargoed.total()),
        ("Held back: expired", held.expired),
    ]
    lines = [f"### Site for the audience {report.audience}", "", "| what | how many |", "| --- | ---: |"]
    lines += [f"| {what} | {value:,} |" if isinstance(value, int) else f"| {what} | {value} |" for what, value in rows]
    with file.open("a", encoding="utf-8") as summary:
        summary.write("\n".join(lines) + "\n\n")


def _count(root: Path, as_of: dt.date | None, report: BuildReport) -> list[tuple[str, int]]:
    """Return the achievements that each audience may see."""
    if not report.published or has_errors(report.problems):
        return []
    found = read(root, as_of, with_bodies=False)
    return [(name, len(link_for(found, name)[0].projection.achievements)) for name in found.audiences.names]
