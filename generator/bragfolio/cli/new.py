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

POSTING = "posting"
"""No kind of entry, but it starts like one."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    from bragfolio.app.start import STARTED

    kinds = [*STARTED, POSTING]
    parser.add_argument("kind", choices=kinds, metavar="KIND", help=", ".join(kinds))
    title = parser.add_argument("title", nargs="+", default=[], metavar="TITLE", help="its title or name")
    title.required = False  # a posting has one already; with nargs="*" no option could stand before it
    parser.add_argument("--public", action="store_true", help="show it to everybody; else it goes to private/")
    parser.add_argument(
        "--from",
        dest="source",
        type=Path,
        metavar="FILE",
        help="of a posting: the advert as you saved it (text, a web page, JSON, a PDF)",
    )


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Write a starter file, or a posting from an advert, and say where it is."""
    from bragfolio.app.start import day_in, start_entry

    title = " ".join(arguments.title)
    wrong = _misuse(arguments)
    if wrong:
        terminal.error(f"brag new: {wrong}")
        return Exit.USAGE
    root = find_root(arguments)
    if arguments.source:
        from bragfolio.app.postings import import_posting

        return _report_posting(import_posting(root, arguments.source, title, arguments.as_of), root, terminal)
    day = day_in(root, arguments.as_of)
    started = start_entry(root, arguments.kind, title, day, public=arguments.public)
    return report_started(started, root, terminal, public=arguments.public)


def _misuse(arguments: argparse.Namespace) -> str:
    if arguments.kind != POSTING:
        if arguments.source:
            return "--from brings in postings only: brag new posting --from FILE"
        return "" if arguments.title else "the following arguments are required: TITLE"
    if arguments.public:
        return "a posting is for your eyes only; leave --public away"
    return "" if arguments.source else "name the advert that you saved: brag new posting --from FILE"


def report_started(started: Started, root: Path, terminal: Terminal, *, public: bool) -> int:
    """Print what was written and who sees it; return the exit code."""
    path = _report(started, root, terminal, public=public)
    if path is None:
        return Exit.PROBLEMS
    if "stories" in path.parent.parts:
        terminal.note("No page shows it. `brag stories` tells which questions it answers.")
    elif public:
        terminal.note("Everybody will see it: `brag build` puts it on the site.")
    elif path.parent.name == "campaigns":
        terminal.note(f"Only you see it. Write audience: into it, then: brag pdf {_id_of(path)}")
    else:
        terminal.note(f"Only you see it. `brag publish {_id_of(path)}` shows it to everybody.")
    return Exit.OK


def _report_posting(started: Started, root: Path, terminal: Terminal) -> int:
    path = _report(started, root, terminal, public=False)
    if path is None:
        return Exit.PROBLEMS
    terminal.note(f"Only you see it. Look over its keys, then: brag match {_id_of(path)}")
    return Exit.OK


def _report(started: Started, root: Path, terminal: Terminal, *, public: bool) -> Path | None:
    """Print the problems and the file; return its path from *root*, None when nothing was written."""
    terminal.problems(started.problems)
    problems = [problem_data(problem) for problem in started.problems]
    if started.path is None:
        terminal.emit({"problems": problems})
        return None
    path = started.path.relative_to(root)
    terminal.emit({"file": str(path), "public": public, **({"problems": problems} if problems else {})})
    terminal.note(f"Wrote {path}")
    return path


def _id_of(path: Path) -> str:
    return path.parent.name if path.name == "index.md" else path.stem
