"""Main: finds the command, the portfolio and the exit code."""

from __future__ import annotations

import argparse
import datetime as dt
import importlib
import os
import re
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Final, NoReturn

from bragfolio import __version__
from bragfolio.cli.exit_codes import Exit
from bragfolio.cli.terminal import Terminal, problem_data
from bragfolio.edge.signals import Terminated, catch_termination

COMMANDS: Final = {
    "init": "start a portfolio in an empty folder",
    "new": "start an entry: an achievement, a skill, a role, a page, a campaign, a story or a posting",
    "add": "write down an achievement in one line, dated today",
    "list": "list what there is, and who may see it",
    "publish": "move an entry out of private/ and show it to everybody",
    "build": "build the site",
    "serve": "show the site on this machine, fresh after each save",
    "deploy": "push the built site to a branch, as one commit without a past",
    "pdf": "make a one-pager: exactly one page, for a campaign, a posting, or as a resume",
    "sent": "tell which one-pager a PDF is, and note to whom it went",
    "check": "look for mistakes without building",
    "coach": "say what to announce, refresh, learn and answer: the five most valuable actions first",
    "match": "hold a job advert against what you can prove, and say what to lead with",
    "stories": "say what to tell in an interview, question by question, and print it as cards",
    "review": "write a self-assessment for a stretch of time, by goal or by competency",
    "lately": "print the agenda for your next talk with one person: news, their goals, what to ask",
    "announce": "write what an audience may hear of an achievement, and note that it was said",
    "packet": "write the promotion packet: what each criterion of a level asks for, and what proves it",
    "explain": "say who sees an entry and why, and which files show it",
    "diff": "compare what two audiences see",
    "import": "bring in a resume or a ladder from elsewhere",
    "theme": "list themes, start one, take a file of one over, or look for what is wrong in one",
    "doctor": "see whether this machine has what Brag needs",
    "schema": "print the JSON Schema of a kind, for editors",
}
"""Every command with its line of help; its module is cli/<name>.py, `import_` and `list_` for Python's own words."""
_MODULES: Final = {"import": "import_", "list": "list_"}
_ANYWHERE: Final = frozenset({"init", "doctor", "schema"})
"""Commands that need no portfolio."""


_COLUMNS: Final = 80
"""Of a terminal that does not say."""
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2199
"""As for the dates in a portfolio (`model.scalars.Date`), which all commands would wait for if it were imported here."""
_LAST_SECOND: Final = 7_258_032_000
"""31 December 2199 in UTC, a day before the range ends: no time zone leads out of it."""


def run(words: Sequence[str]) -> int:
    """Run one command line; return its exit code."""
    terminal = Terminal()
    try:
        catch_termination()
        return _run_command(words, terminal)
    except SystemExit as leaving:  # from argparse
        return int(leaving.code or 0)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except Terminated:
        return Exit.TERMINATED
    except BrokenPipeError:
        _drop_output()
        return Exit.OK
    except Exception as failure:  # noqa: BLE001 - the last door: what is not the machine's fault is a bug, and says so
        return _close_last_door(failure, terminal)
    finally:
        terminal.close()


def _run_command(words: Sequence[str], terminal: Terminal) -> int:
    parser = _parser(words)
    if not words:
        parser.print_help(sys.stderr)
        return Exit.USAGE
    arguments = parser.parse_args(words)
    terminal.as_json, terminal.quiet = arguments.json, arguments.quiet
    terminal.verbose, terminal.color = arguments.verbose, not arguments.no_color
    if not _is_epoch_sound():
        terminal.error("brag: SOURCE_DATE_EPOCH is not a time: write seconds since 1970, for example 1786795200")
        return Exit.USAGE
    if arguments.command not in _ANYWHERE and not (find_root(arguments) / "site_content").is_dir():
        return _miss_portfolio(arguments, terminal)
    code = int(_module(arguments.command).run(arguments, terminal))
    sys.stdout.flush()
    return code


def _miss_portfolio(arguments: argparse.Namespace, terminal: Terminal) -> int:
    from bragfolio.problems import Span, error

    root = find_root(arguments)
    there = "there is no portfolio in this folder" if root.is_dir() else "there is no such folder"
    hint = "go to your portfolio with cd, name it with -C DIR, or start one with `brag init my-site`"
    problem = error("config-missing", there, Span(str(root)), hint)
    terminal.problems([problem])
    terminal.emit({"problems": [problem_data(problem)]})
    return Exit.PROBLEMS


def find_root(arguments: argparse.Namespace) -> Path:
    """Return the folder that holds site_content/: the one given with -C, else the nearest around this one."""
    if arguments.directory:
        return Path(arguments.directory)
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / "site_content").is_dir()), here)


class _Formatter(argparse.HelpFormatter):
    """As argparse has it, which imports a module for the width of the terminal, and asks it once for each option."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_width() - 2)


@cache
def _width() -> int:
    """Return the columns of the terminal, as `shutil.get_terminal_size` does."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns):
        return int(columns)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or _COLUMNS  # type: ignore[union-attr] # None has none
    except (AttributeError, ValueError, OSError):
        return _COLUMNS


class _Parser(argparse.ArgumentParser):
    """A parser that guesses what a misspelt word was meant to be."""

    def __init__(self, **words: Any) -> None:
        super().__init__(formatter_class=_Formatter, **words)

    def error(self, message: str) -> NoReturn:
        """Print *message* with a guess, and how to see what there is; leave with the code for wrong words."""
        wrong = re.search(r"invalid choice: '(.*?)' \(choose from (.*)\)", message)
        if wrong:
            from difflib import get_close_matches  # a slip is rare, and every command would wait for this

            choices = re.findall(r"[\w-]+", wrong[2])
            choices = list(COMMANDS) if choices[0] in COMMANDS else choices
            guesses = get_close_matches(wrong[1], choices, 1)
            named = f"; did you mean “{guesses[0]}”?" if guesses else f" (there is {', '.join(choices)})"
            message = f"{message[: wrong.start()]}there is no “{wrong[1]}”{named}"
        self.print_usage(sys.stderr)
        self.exit(Exit.USAGE, f"{self.prog}: {message}\nSee `{self.prog} --help`.\n")


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    common = _common_options(argparse.SUPPRESS)
    parser = _Parser(
        prog="brag",
        description="Your work, in Markdown, as a site: your own marketing department.",
        parents=[_common_options(None)],
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"brag {__version__}")
    commands = parser.add_subparsers(prog="brag", dest="command", metavar="COMMAND", required=True, title="commands")
    named = [name for name in COMMANDS if name in words]
    for name in named or COMMANDS:  # a parser for each that is not asked for would cost more than many a command
        summary = COMMANDS[name]
        command = commands.add_parser(
            name,
            help=summary,
            description=summary[0].upper() + summary[1:] + ".",
            parents=[common],
            allow_abbrev=False,
        )
        if name in words:
            _module(name).add_arguments(command)
    return parser


def _common_options(default: object) -> _Parser:
    """Return the options that stand before or after the command; after it, absent ones keep what stood before."""

    def value(otherwise: object) -> object:
        return default if default is argparse.SUPPRESS else otherwise

    options = _Parser(add_help=False, allow_abbrev=False)
    group = options.add_argument_group("everywhere")
    group.add_argument(
        "-C", dest="directory", metavar="DIR", default=value(None), help="the folder that holds site_content/"
    )
    group.add_argument(
        "--as-of", type=date_of, metavar="DATE", default=value(None), help="judge everything on this day"
    )
    group.add_argument("--json", action="store_true", default=value(False), help="print data instead of sentences")
    group.add_argument("--strict", action="store_true", default=value(False), help="treat warnings as errors")
    group.add_argument("-q", "--quiet", action="store_true", default=value(False), help="print errors only")
    group.add_argument("-v", "--verbose", action="store_true", default=value(False), help="print everything")
    group.add_argument("--no-color", action="store_true", default=value(False), help="print without colour")
    return options


def date_of(text: str) -> dt.date:
    """Return the day that an option names; raises argparse.ArgumentTypeError."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        from bragfolio.model.scalars import date_hint

        raise argparse.ArgumentTypeError(f"{text} is not a day; {date_hint(text, 'write YYYY-MM-DD')}") from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise argparse.ArgumentTypeError(f"{text} is out of range; use a year from {_FIRST_YEAR} to {_LAST_YEAR}")
    return day


def _is_epoch_sound() -> bool:
    """Tell whether SOURCE_DATE_EPOCH, where it is set, is a time that a portfolio can be judged on."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return not epoch or (epoch.isascii() and epoch.isdigit() and len(epoch) <= 12 and int(epoch) < _LAST_SECOND)


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"bragfolio.cli.{_MODULES.get(name, name)}")


def _close_last_door(failure: Exception, terminal: Terminal) -> int:
    from bragfolio.app.environment import environment_problem, is_refusal

    if isinstance(failure, OSError) and is_refusal(failure):
        if failure.filename is None:
            _drop_output()  # the disk that took the output is full; Python would fail again on leaving
        terminal.print_problem(environment_problem(failure, Path("standard output")))
        return Exit.ENVIRONMENT
    import traceback

    terminal.error("".join(traceback.format_exception(failure)))
    terminal.error("This is a bug in Brag, not in your portfolio. Please report the lines above.")
    return Exit.BUG


def _drop_output() -> None:
    """Send what standard output still holds nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
