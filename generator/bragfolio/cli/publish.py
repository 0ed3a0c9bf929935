"""brag publish."""

from __future__ import annotations

import argparse

from bragfolio.cli.exit_codes import Exit
from bragfolio.cli.main import find_root
from bragfolio.cli.terminal import Terminal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("ids", nargs="+", metavar="ID", help="the file's name without .md, or kind/id")


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Make entries public, one after the other, and say where they are."""
    from bragfolio.app.entries import publish_entry

    code = Exit.OK
    done = []
    for name in arguments.ids:
        publication = publish_entry(find_root(arguments), name)
        terminal.problems(publication.problems)
        if publication.problems:
            code = Exit.PROBLEMS
        else:
            done.append(publication.file)
            terminal.note(f"Everybody sees {publication.file} from the next `brag build` on.")
            for path in publication.moved:
                terminal.note(f"  and {path}")
    terminal.emit({"published": done})
    return code
