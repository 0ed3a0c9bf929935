"""brag add."""

from __future__ import annotations

import argparse

from bragfolio.cli.exit_codes import Exit
from bragfolio.cli.main import date_of, find_root
from bragfolio.cli.new import report_started
from bragfolio.cli.terminal import Terminal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("line", nargs="+", metavar="WHAT", help="what you did, the result first")
    parser.add_argument("--date", type=date_of, metavar="DATE", help="when it was done (default: today, or --as-of)")
    parser.add_argument("--public", action="store_true", help="show it to everybody; else it goes to private/")
    parser.add_argument("--edit", action="store_true", help="open it in $EDITOR afterwards")


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Write an achievement down, and say where it is and who sees it."""
    from bragfolio.app.start import capture, day_in
    from bragfolio.edge.editor import open_in_editor

    root = find_root(arguments)
    started = capture(
        root, " ".join(arguments.line), arguments.date or day_in(root, arguments.as_of), public=arguments.public
    )
    code = report_started(started, root, terminal, public=arguments.public)
    if code == Exit.OK and arguments.edit and started.path and not open_in_editor(started.path):
        terminal.error("No editor was opened: $VISUAL and $EDITOR name no program that can be run, or it failed.")
    return code
