"""brag review."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from bragfolio.cli.exit_codes import Exit
from bragfolio.cli.main import date_of, find_root
from bragfolio.cli.terminal import Terminal, problem_data

if TYPE_CHECKING:
    from bragfolio.core.insight.review import Review


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--since", type=date_of, metavar="DATE", help="the first day (default: a year before the last)")
    parser.add_argument("--until", type=date_of, metavar="DATE", help="the last day (default: today, or --as-of)")
    parser.add_argument("--by", choices=["goal", "competency"], default="goal", help="how to group (default: goal)")
    parser.add_argument("--audience", default="company", help="who reads it (default: company); self for all")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write it there instead of printing it")


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Print the self-assessment as Markdown, or write it."""
    from bragfolio.app.handover import is_exposed
    from bragfolio.app.prepare import UnknownAudience
    from bragfolio.app.review import ReviewRequest, make_review
    from bragfolio.problems import has_errors

    since: dt.date | None = arguments.since
    if since and arguments.until and since > arguments.until:
        terminal.error("brag review: --since is after --until")
        return Exit.USAGE
    request = ReviewRequest(
        root=find_root(arguments),
        since=since,
        until=arguments.until,
        by=arguments.by,
        audience=arguments.audience,
        out=arguments.out,
        as_of=arguments.as_of,
    )
    try:
        report = make_review(request)
    except UnknownAudience as unknown:
        terminal.error(f"brag review: there is no audience “{arguments.audience}”; {unknown}")
        return Exit.USAGE
    terminal.problems(list(report.problems))
    terminal.emit({
        **_data(report.review),
        "markdown": report.text,
        "unseen": report.unseen,
        "file": str(report.file) if report.file else None,
        "problems": [problem_data(problem) for problem in report.problems],
    })  # fmt: skip
    if arguments.out is None:
        terminal.say(report.text.rstrip("\n"))
    elif report.file:
        count = len(report.review.done)
        terminal.note(f"Wrote {report.file}: {count} {'achievement' if count == 1 else 'achievements'}, as {request.audience} sees them.")  # fmt: skip
        if is_exposed(report.file, request.root):
            terminal.note("  It lies in the portfolio's folder: keep it out of git, or name a place elsewhere.")
    else:
        terminal.error("No file was made.")
    if report.unseen and not terminal.quiet:
        more = f"{report.unseen} more achievement{'s' * (report.unseen != 1)}"
        hint = f"write `visibility: {request.audience}` into what may be read there, or take --audience self"
        terminal.error(f"“{request.audience}” does not see {more} of that time: {hint}.")
    return Exit.PROBLEMS if has_errors(list(report.problems)) else Exit.OK


def _data(found: Review) -> dict[str, object]:
    return {
        "since": found.window.since.isoformat(),
        "until": found.window.until.isoformat(),
        "audience": found.audience,
        "groups": [
            {
                "title": group.title,
                "owner": group.owner,
                "achievements": [item.id for item in group.items],
                "also": [item.id for item, _ in group.also],
            }
            for group in found.groups
        ],
        "biggest": [item.id for item in found.biggest],
        "first_proven": [ref.name for ref in found.first_proven],
        "ongoing": [item.id for item in found.ongoing],
        "growing": [ref.name for ref in found.growing],
    }
