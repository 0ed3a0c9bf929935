"""brag init."""

from __future__ import annotations

import argparse
from pathlib import Path

from bragfolio.cli.exit_codes import Exit
from bragfolio.cli.terminal import Terminal, problem_data


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="an empty folder (default: this one)")
    parser.add_argument("--name", metavar="NAME", help="your name")
    parser.add_argument("--example", action="store_true", help="start from the example portfolio of a fictional person")


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Write a portfolio, and say what to do next."""
    from bragfolio.app.start import UNNAMED, start_portfolio

    root = arguments.folder or Path(arguments.directory or ".")
    started = start_portfolio(root, arguments.name or UNNAMED, example=arguments.example)
    terminal.problems(started.problems)
    if started.path is None:
        terminal.emit({"problems": [problem_data(problem) for problem in started.problems]})
        return Exit.PROBLEMS
    is_here = root.resolve() == Path.cwd()
    there = "" if is_here else f"cd {root} && "
    terminal.emit({"folder": str(root)})
    terminal.note(f"A portfolio is in {'this folder' if is_here else root}. Next:")
    if arguments.example:
        terminal.note(f"  {there}brag build")
    else:
        if not arguments.name:
            terminal.note("  put your name into site_content/site.yaml")
        terminal.note(f'  {there}brag add "What you did, the result first" --public')
        terminal.note("  brag build")
    return Exit.OK
