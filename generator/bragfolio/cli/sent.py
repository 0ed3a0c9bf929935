"""brag sent."""

from __future__ import annotations

import argparse
from pathlib import Path

from bragfolio.cli.exit_codes import Exit
from bragfolio.cli.main import find_root
from bragfolio.cli.terminal import Terminal, problem_data


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a PDF")
    parser.add_argument("--log", action="store_true", help="note in private/sent.csv that it was sent; needs --to")
    parser.add_argument("--to", default="", metavar="PERSON", help="to whom: an id of private/people.yaml")
    parser.add_argument("--channel", default="", help="how: email, paper, ...")


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Say which one-pager a file is, and note to whom it went."""
    from bragfolio.app.sent import SentRequest, identify

    if arguments.log != bool(arguments.to):
        terminal.error("brag sent: --log and --to PERSON go together")
        return Exit.USAGE
    request = SentRequest(
        root=find_root(arguments),
        file=arguments.file,
        is_logged=arguments.log,
        to=arguments.to,
        channel=arguments.channel,
        as_of=arguments.as_of,
    )
    report = identify(request)
    terminal.problems(list(report.problems))
    terminal.emit(
        {
            "made": report.made,
            "sent": list(report.before),
            "logged": report.is_logged,
            "problems": [problem_data(problem) for problem in report.problems],
        }
    )
    if report.made:
        made = report.made
        what = f"the one-pager of the campaign {made['campaign']}" if made["campaign"] else "the resume"
        when = f", made on {made['date']}" if made["date"] else f", as built: {made['file']}"
        terminal.note(f"This is {what} for the audience “{made['audience']}”{when}.")
        if made["achievements"]:
            terminal.note(f"It shows: {', '.join(made['achievements'].split())}.")
        for row in report.before:
            terminal.note(
                f"Sent on {row['date']} to {row['to']}" + (f" by {row['channel']}." if row["channel"] else ".")
            )
    if report.is_logged:
        terminal.note(f"Noted: sent to {arguments.to}.")
    return Exit.PROBLEMS if report.problems else Exit.OK
