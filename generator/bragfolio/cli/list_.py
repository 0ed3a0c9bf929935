"""brag list."""

from __future__ import annotations

import argparse

from bragfolio.cli.exit_codes import Exit
from bragfolio.cli.main import find_root
from bragfolio.cli.terminal import Terminal, problem_data

_MAX_NAME = 72


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    from bragfolio.model.kinds import KIND_BY_NAME

    words = {name: name for name in KIND_BY_NAME} | {kind.folder: name for name, kind in KIND_BY_NAME.items()}
    parser.add_argument("kind", nargs="?", choices=list(words), metavar="KIND", help=", ".join(KIND_BY_NAME))
    parser.set_defaults(words=words)


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Print a row for each entry."""
    from msgspec import structs

    from bragfolio.app.entries import list_entries
    from bragfolio.problems import has_errors

    kind = arguments.words[arguments.kind] if arguments.kind else None
    rows, problems = list_entries(find_root(arguments), arguments.as_of, kind)
    terminal.problems(problems)
    terminal.emit(
        {
            "entries": [structs.asdict(row) for row in rows],
            "problems": [problem_data(problem) for problem in problems],
        }
    )
    if rows:
        head = ("kind", "id", "date", "visible to", "", "what")
        cells = [(row.kind, row.id, row.date, row.visibility, row.state, shortened(row.name)) for row in rows]
        terminal.table([head, *cells])
    else:
        terminal.note('There is nothing yet. Write the first: brag add "What you did"')
    return Exit.PROBLEMS if has_errors(problems) else Exit.OK


def shortened(name: str) -> str:
    """Return *name*, cut where a line of a terminal would break."""
    return name if len(name) <= _MAX_NAME else name[: _MAX_NAME - 1].rstrip() + "…"
