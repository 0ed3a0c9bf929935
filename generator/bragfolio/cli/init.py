"""brag init."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from bragfolio.cli.exit_codes import Exit
from bragfolio.cli.terminal import Terminal, problem_data


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "folder", nargs="?", type=Path, metavar="DIR", help="an empty folder, or a clone (default: this one)"
    )
    parser.add_argument("--name", metavar="NAME", help="your name")
    parser.add_argument("--example", action="store_true", help="start from the example portfolio of a fictional person")
    parser.add_argument(
        "--private-repository",
        action="store_true",
        help="make private/ a git repository of its own, for a backup; also in a portfolio that is there",
    )
    parser.add_argument(
        "--github",
        action="store_true",
        help="write the workflow with which GitHub publishes the site; also in a portfolio that is there",
    )


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Write a portfolio, and say what to do next."""
    from bragfolio.app.start import UNNAMED, start_portfolio
    from bragfolio.cli.deploy import start_publishing

    root = arguments.folder or Path(arguments.directory or ".")
    is_new = not (root / "site_content" / "site.yaml").exists()
    with_private = arguments.private_repository
    if arguments.github and not is_new and not with_private:
        return start_publishing(root, terminal, strict=arguments.strict)
    started = start_portfolio(
        root, arguments.name or UNNAMED, example=arguments.example, private_repository=with_private
    )
    terminal.problems(started.problems)
    if started.path is None:
        terminal.emit({"problems": [problem_data(problem) for problem in started.problems]})
        return Exit.PROBLEMS
    if not arguments.github:
        terminal.emit({"folder": str(root)})
    if is_new:
        _say_next(arguments, terminal, root)
    if with_private:
        _say_backup(terminal, root / "site_content" / "private")
    return start_publishing(root, terminal, strict=arguments.strict) if arguments.github else Exit.OK


def _say_backup(terminal: Terminal, private: Path) -> None:
    terminal.note(f"{private} is a git repository of its own. For a backup, give it a place that only you can read:")
    terminal.note(f"  cd {private} && git remote add origin ADDRESS")
    terminal.note('  git add --all && git commit --message "Notes" && git push --set-upstream origin main')


def _say_next(arguments: argparse.Namespace, terminal: Terminal, root: Path) -> None:
    is_here = root.resolve() == Path.cwd()
    there = "" if is_here else f"cd {shlex.quote(str(root))} && "
    terminal.note(f"A portfolio is in {'this folder' if is_here else root}. Next:")
    if arguments.example:
        terminal.note(f"  {there}brag build")
    else:
        if not arguments.name:
            terminal.note("  put your name into site_content/site.yaml")
        terminal.note(f'  {there}brag add "What you did, the result first" --public')
        terminal.note("  brag build")
