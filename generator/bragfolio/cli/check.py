"""brag check."""

from __future__ import annotations

import argparse

from bragfolio.cli.exit_codes import Exit
from bragfolio.cli.main import find_root
from bragfolio.cli.terminal import Terminal, count_problems, problem_data


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--history", action="store_true", help="look at every commit for what was not public, too")


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Print every mistake; 1 when there is an error, or a warning with --strict."""
    from bragfolio.app.check import check
    from bragfolio.problems import has_errors

    problems = check(find_root(arguments), arguments.as_of, with_history=arguments.history)
    terminal.problems(problems)
    terminal.emit({"problems": [problem_data(problem) for problem in problems]})
    terminal.note(f"Found {count_problems(problems)}." if problems else "Nothing is wrong.")
    return Exit.PROBLEMS if has_errors(problems) or (arguments.strict and problems) else Exit.OK
