"""brag theme."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bragfolio.cli.exit_codes import Exit
from bragfolio.cli.main import find_root
from bragfolio.cli.terminal import Terminal, count_problems, problem_data

if TYPE_CHECKING:
    from bragfolio.app.theme_folders import Written


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done, each with its options."""
    parser.add_argument(
        "what",
        choices=["list", "new", "eject", "check"],
        metavar="WHAT",
        help="list: which themes there are; new NAME: start one; eject FILE: take a file of the active theme over,"
        " to change it; check [NAME]: look for what is wrong in a theme",
    )
    parser.add_argument("name", nargs="?", default="", metavar="NAME", help="a theme, or a file of the active theme")
    parser.add_argument("--extends", default="", metavar="THEME", help="what a new theme is made from (default: base)")


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Do it; 1 when there is a mistake."""
    if arguments.extends and arguments.what != "new":
        terminal.error("brag theme: --extends is for `brag theme new`")
        return Exit.USAGE
    if arguments.what == "new" and not arguments.name:
        terminal.error("brag theme: how shall it be called? brag theme new my-theme")
        return Exit.USAGE
    if arguments.what == "list" and arguments.name:
        terminal.error("brag theme: list takes no name")
        return Exit.USAGE
    return {"list": _list, "new": _new, "eject": _eject, "check": _check}[arguments.what](arguments, terminal)


def _list(arguments: argparse.Namespace, terminal: Terminal) -> int:
    from msgspec import structs

    from bragfolio.app.theme_folders import list_themes

    themes = list_themes(find_root(arguments))
    terminal.emit({"themes": [structs.asdict(theme) for theme in themes]})
    terminal.table([("*" if t.is_active else "", t.name, t.place, t.description) for t in themes])
    return Exit.OK


def _new(arguments: argparse.Namespace, terminal: Terminal) -> int:
    from bragfolio.app.theme_folders import PARENT, active_theme, start_theme

    root = find_root(arguments)
    code = _tell(start_theme(root, arguments.name, arguments.extends or PARENT), terminal)
    if code == Exit.OK:
        is_active = active_theme(root) == arguments.name
        terminal.note(
            "See it: brag serve"
            if is_active
            else f"See it: brag serve --theme {arguments.name}; to keep it, write `theme: {arguments.name}` into site.yaml."
        )
    return code


def _eject(arguments: argparse.Namespace, terminal: Terminal) -> int:
    from bragfolio.app.theme_folders import eject, ejectable

    root = find_root(arguments)
    if arguments.name:
        return _tell(eject(root, arguments.name), terminal)
    files, problems = ejectable(root)
    terminal.problems(problems)
    terminal.emit({"files": list(files), "problems": [problem_data(problem) for problem in problems]})
    terminal.table([(path, f"of {layer.name}") for path, layer in files.items()])
    return Exit.PROBLEMS if problems else Exit.OK


def _tell(written: Written, terminal: Terminal) -> int:
    terminal.problems(written.problems)
    terminal.emit({"files": list(written.paths), "problems": [problem_data(problem) for problem in written.problems]})
    for path in written.paths:
        terminal.note(f"Wrote {path}")
    return Exit.PROBLEMS if written.problems else Exit.OK


def _check(arguments: argparse.Namespace, terminal: Terminal) -> int:
    from bragfolio.app.theme_check import check_with_theme

    terminal.progress("Making every page")
    problems = check_with_theme(find_root(arguments), arguments.name, arguments.as_of)
    terminal.problems(problems)
    terminal.emit({"problems": [problem_data(problem) for problem in problems]})
    terminal.note(f"Found {count_problems(problems)}." if problems else "Nothing is wrong with this theme.")
    return Exit.PROBLEMS if problems else Exit.OK
