"""Terminal: how Brag prints: problems, tables, progress, with colour only where it is seen."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bragfolio.problems import Problem, Severity, printable

if TYPE_CHECKING:
    import threading

_MAX_SHOWN: Final = 100
"""Problems printed without -v; the rest is counted."""
_PROGRESS_AFTER_S: Final = 0.5
_CODES: Final = {"bold": "1", "dim": "2", "red": "31", "yellow": "33", "green": "32"}


class Terminal:
    """Where a command prints."""

    def __init__(self) -> None:
        self.as_json = False
        self.quiet = False
        self.verbose = False
        self.color = True
        self._waiting: list[threading.Timer] = []
        self._shown = False

    def say(self, text: str = "") -> None:
        """Print a result; nothing with --json."""
        if not self.as_json:
            self._end_progress()
            sys.stdout.write(text + "\n")

    def note(self, text: str) -> None:
        """Print something that -q leaves out."""
        if not self.quiet:
            self.say(text)

    def remark(self, text: str) -> None:
        """Print what is not the result itself to standard error, so that the result can be piped; -q leaves it out."""
        if not self.quiet and not self.as_json:
            self.error(text)

    def error(self, text: str) -> None:
        """Print to standard error."""
        self._end_progress()
        sys.stderr.write(text + "\n")

    def emit(self, data: dict[str, object]) -> None:
        """Print *data* with --json; nothing without."""
        if self.as_json:
            import json

            is_utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
            sys.stdout.write(json.dumps(data, ensure_ascii=not is_utf8, indent=2) + "\n")

    def progress(self, what: str) -> None:
        """Say *what* is being done when it takes over half a second and somebody is looking."""
        self._end_progress()
        if self.as_json or self.quiet or not sys.stderr.isatty():
            return
        import threading

        timer = threading.Timer(_PROGRESS_AFTER_S, self._show_progress, (what,))
        timer.daemon = True
        self._waiting.append(timer)
        timer.start()

    def problems(self, problems: Sequence[Problem]) -> None:
        """Print *problems*, a line and a hint for each, and count those that are too many."""
        if self.as_json:
            return
        shown = problems if self.verbose else problems[:_MAX_SHOWN]
        for problem in shown:
            if problem.is_error or not self.quiet:
                self.print_problem(problem)
        if len(shown) < len(problems):
            self.error(f"... and {len(problems) - len(shown)} more; -v shows them all")

    def print_problem(self, problem: Problem) -> None:
        """Print one problem to standard error, and its hint."""
        kind = self.paint(f"{problem.severity}[{problem.code}]", "red" if problem.is_error else "yellow")
        self.error(f"{printable(str(problem.span))}: {kind}: {printable(problem.message)}")
        if problem.hint:
            self.error(f"  {self.paint('hint:', 'dim')} {printable(problem.hint)}")

    def table(self, rows: Iterable[Sequence[str]]) -> None:
        """Print *rows* in columns."""
        rows = [[printable(cell) for cell in row] for row in rows]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            self.say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())

    def paint(self, text: str, *styles: str) -> str:
        """Return *text* in colour where colour is wanted (no-color.org) and seen."""
        if not self.color or os.environ.get("NO_COLOR") or not sys.stderr.isatty():
            return text
        return f"\x1b[{';'.join(_CODES[style] for style in styles)}m{text}\x1b[0m"

    def flush(self) -> None:
        """Show what was printed now; a command that goes on would keep it."""
        sys.stdout.flush()

    def close(self) -> None:
        """Stop what is still waiting to be printed."""
        self._end_progress()

    def _show_progress(self, what: str) -> None:
        self._shown = True
        sys.stderr.write(f"\r{what} ...")
        sys.stderr.flush()

    def _end_progress(self) -> None:
        while self._waiting:
            self._waiting.pop().cancel()
        if self._shown:
            self._shown = False
            sys.stderr.write("\r\x1b[K")


def prepare_streams() -> None:
    """Make standard output and error take any text: letters that they lack are escaped, closed ones swallow it."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open until the end
        else:
            stream.reconfigure(errors="backslashreplace")


def problem_data(problem: Problem) -> dict[str, object]:
    """Return *problem* as --json prints it."""
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "file": problem.span.file,
        "line": problem.span.line,
        "column": problem.span.column,
        "message": problem.message,
        "hint": problem.hint,
    }


def count_problems(problems: Iterable[Problem]) -> str:
    """Return `2 errors and 1 warning`, or `""`."""
    severities = [problem.severity for problem in problems]
    counts = [(severities.count(Severity.ERROR), "error"), (severities.count(Severity.WARNING), "warning")]
    return " and ".join(f"{count} {noun}{'s' * (count != 1)}" for count, noun in counts if count)
