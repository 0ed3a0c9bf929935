"""brag add."""

from __future__ import annotations

import argparse

from bragfolio.cli.exit_codes import Exit
from bragfolio.cli.main import find_root
from bragfolio.cli.new import report_started
from bragfolio.cli.terminal import Terminal
from bragfolio.model.scalars import PartialDate, ScalarError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("line", nargs="+", metavar="WHAT", help="what you did, the result first")
    parser.add_argument(
        "--date",
        type=_date_of,
        metavar="DATE",
        help="when it was done: a day, a month or a year (default: today, or --as-of)",
    )
    parser.add_argument("--public", action="store_true", help="show it to everybody; else it goes to private/")
    parser.add_argument("--edit", action="store_true", help="open it in $EDITOR afterwards")


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Write an achievement down, and say where it is and who sees it."""
    from bragfolio.app.start import capture, day_in
    from bragfolio.edge.editor import open_in_editor

    root = find_root(arguments)
    date = arguments.date or PartialDate.of(day_in(root, arguments.as_of))
    started = capture(root, " ".join(arguments.line), date, public=arguments.public)
    code = report_started(started, root, terminal, public=arguments.public)
    if code == Exit.OK and arguments.edit and started.path and not open_in_editor(started.path):
        terminal.error("No editor was opened: $VISUAL and $EDITOR name no program that can be run, or it failed.")
    return code


def _date_of(text: str) -> PartialDate:
    """Return the date that the option names; raises argparse.ArgumentTypeError."""
    try:
        return PartialDate.parse(text)
    except ScalarError as wrong:
        raise argparse.ArgumentTypeError(f"{wrong.message}; {wrong.hint}") from None
