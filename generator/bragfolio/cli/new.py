"""brag new."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bragfolio.cli.exit_codes import Exit
from bragfolio.cli.main import find_root
from bragfolio.cli.terminal import Terminal, problem_data

if TYPE_CHECKING:
    from bragfolio.app.start import Started


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    from bragfolio.app.start import STARTED

    parser.add_argument("kind", choices=list(STARTED), metavar="KIND", help=", ".join(STARTED))
    parser.add_argument("title", nargs="+", metavar="TITLE", help="its title or name")
    parser.add_argument("--public", action="store_true", help="show it to everybody; else it goes to private/")


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Write a starter file, and say where it is."""
    from bragfolio.app.start import day_in, start_entry

    root = find_root(arguments)
    day = day_in(root, arguments.as_of)
    started = start_entry(root, arguments.kind, " ".join(arguments.title), day, public=arguments.public)
    return report_started(started, root, terminal, public=arguments.public)


def report_started(started: Started, root: Path, terminal: Terminal, *, public: bool) -> int:
    """Print what was written and who sees it; return the exit code."""
    terminal.problems(started.problems)
    if started.path is None:
        terminal.emit({"problems": [problem_data(problem) for problem in started.problems]})
        return Exit.PROBLEMS
    path = started.path.relative_to(root)
    terminal.emit({"file": str(path), "public": public})
    terminal.note(f"Wrote {path}")
    if "stories" in path.parent.parts:
        terminal.note("No page shows it. `brag stories` tells which questions it answers.")
    elif public:
        terminal.note("Everybody will see it: `brag build` puts it on the site.")
    elif path.parent.name == "campaigns":
        terminal.note(f"Only you see it. Write audience: into it, then: brag pdf {_id_of(path)}")
    else:
        terminal.note(f"Only you see it. `brag publish {_id_of(path)}` shows it to everybody.")
    return Exit.OK


def _id_of(path: Path) -> str:
    return path.parent.name if path.name == "index.md" else path.stem
