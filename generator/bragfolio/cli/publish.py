"""brag publish."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bragfolio.cli.exit_codes import Exit
from bragfolio.cli.main import find_root
from bragfolio.cli.terminal import Terminal, problem_data

if TYPE_CHECKING:
    from bragfolio.app.entries import Publication
    from bragfolio.problems import Problem


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("ids", nargs="+", metavar="ID", help="the file's name without .md, or kind/id")
    parser.add_argument("--force", action="store_true", help="publish also what is meant for a narrower audience")


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Make entries public, one after the other, and say where they are."""
    from bragfolio.app.entries import publish_entry

    code = Exit.OK
    done: list[str] = []
    problems: list[Problem] = []
    for name in arguments.ids:
        publication = publish_entry(find_root(arguments), name, arguments.as_of, force=arguments.force)
        terminal.problems(publication.problems)
        if publication.problems:
            code = Exit.PROBLEMS
            problems += publication.problems
        else:
            done.append(publication.file)
            terminal.note(f"Everybody sees {publication.file} from the next `brag build` on{_but(publication)}.")
            for path in publication.moved:
                terminal.note(f"  and {path}")
    terminal.emit({"published": done, "problems": [problem_data(problem) for problem in problems]})
    return code


def _but(publication: Publication) -> str:
    """Return what the author may have forgotten: a date that keeps the entry back all the same."""
    if publication.waits.startswith("until"):
        return f", but not before {publication.waits.removeprefix('until ')} (its publish_date)"
    return ", but it has expired: see its expiry_date" if publication.waits else ""
