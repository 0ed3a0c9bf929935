"""brag coach."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bragfolio.cli.exit_codes import Exit
from bragfolio.cli.main import date_of, find_root
from bragfolio.cli.terminal import Terminal, problem_data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bragfolio.core.insight.changes import Changes
    from bragfolio.core.insight.figures import Table
    from bragfolio.core.insight.finding import Finding, Insight
    from bragfolio.core.insight.questions import Answers, Question

_MOST_ACTIONS = 5
"""A week has no room for more."""
_WIDTH = 60
"""Letters of a cell; longer ones are cut."""
_NARROW = 16
"""The same behind the first column, where there are many."""
_MANY_COLUMNS = 6
_SPARKS = "▁▂▃▄▅▆▇█"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    from bragfolio.core.insight.questions import QUESTIONS

    names = [question.name for question in QUESTIONS]
    parser.add_argument(
        "--since", type=date_of, metavar="DATE", help="say what is new and what is settled since that day"
    )
    parser.add_argument("section", nargs="?", choices=names, metavar="SECTION", help=", ".join(names))


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Print the five most valuable actions, then the answer to each question; or one answer, with all its tables, those of its charts first."""
    from bragfolio.app.career import open_career
    from bragfolio.core.insight.changes import compare
    from bragfolio.core.insight.questions import QUESTIONS, answer
    from bragfolio.problems import has_errors

    root, section = find_root(arguments), arguments.section
    career, problems = open_career(root, arguments.as_of)
    answers = answer(career)
    changes = (
        compare(answers, answer(open_career(root, arguments.since, as_it_was=True)[0])) if arguments.since else None
    )
    terminal.problems(problems)
    terminal.emit({**_data(answers, changes), "problems": [problem_data(problem) for problem in problems]})
    if changes:
        _tell_changes(changes, section, terminal)
        return Exit.PROBLEMS if has_errors(problems) else Exit.OK
    if not section:
        _tell_actions(answers.actions, terminal)
    for question in QUESTIONS:
        if question.name in answers.insights and arguments.section in {None, question.name}:
            _tell(question, answers.insights[question.name], terminal, with_tables=bool(arguments.section))
    _tell_silent([question for question in answers.silent if arguments.section in {None, question.name}], terminal)
    return Exit.PROBLEMS if has_errors(problems) else Exit.OK


def _tell_actions(actions: list[Finding], terminal: Terminal) -> None:
    if not actions:
        return
    terminal.say(terminal.paint("This week", "bold"))
    for number, finding in enumerate(actions[:_MOST_ACTIONS], 1):
        terminal.say(f"  {number}. {finding.action}")
        terminal.say(f"     {terminal.paint(finding.sentence, 'dim')}")
    terminal.say()


def _tell_changes(changes: Changes, section: str | None, terminal: Terminal) -> None:
    for title, found, sign in (("New", changes.new, "+"), ("Settled", changes.settled, "-")):
        told = [change for change in found if section in {None, change.question}]
        terminal.say(terminal.paint(f"{title}: {len(told) or 'nothing'}", "bold"))
        for change in told:
            terminal.say(f"  {sign} {change.finding.sentence}  ({change.question})")


def _tell(question: Question, insight: Insight, terminal: Terminal, *, with_tables: bool) -> None:
    from bragfolio.core.insight.figures import Line

    terminal.say(f"{terminal.paint(question.title, 'bold')}  ({question.name})")
    terminal.say(f"  {insight.answer}")
    for chart in insight.charts:
        if isinstance(chart, Line) and len(chart.points) > 1:
            terminal.say(f"  {chart.title}  {sparkline([float(number) for _, number in chart.points])}")
    for finding in insight.findings:
        terminal.say(f"  ! {finding.sentence}" + (f" Next: {finding.action}" if with_tables else ""))
    for table in (*(chart.table for chart in insight.charts), *insight.tables) if with_tables else ():
        _tell_table(table, terminal)
    terminal.say()


def _tell_table(table: Table, terminal: Terminal) -> None:
    terminal.say()
    terminal.say(f"  {table.caption}")
    width = _NARROW if len(table.head) > _MANY_COLUMNS else _WIDTH
    rows = [table.head, *(tuple(cell.text for cell in row) for row in table.rows)]
    terminal.table([["  " + _cut(first, _WIDTH), *(_cut(text, width) for text in rest)] for first, *rest in rows])


def sparkline(numbers: Sequence[float]) -> str:
    """Return a letter for each number, none of which is negative: as high as its share of the highest."""
    highest = max(numbers) or 1
    return "".join(_SPARKS[round(number / highest * (len(_SPARKS) - 1))] for number in numbers)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _tell_silent(silent: list[Question], terminal: Terminal) -> None:
    if silent:
        terminal.note("Not yet answered, for want of data:")
    for question in silent:
        terminal.note(f"  {question.title}  Write {question.needs}.")


def _data(answers: Answers, changes: Changes | None) -> dict[str, object]:
    from msgspec import to_builtins

    return {
        **({"changes": to_builtins(changes)} if changes else {}),
        "actions": to_builtins(answers.actions, builtin_types=()),
        "insights": {name: to_builtins(insight, enc_hook=str) for name, insight in answers.insights.items()},
        "silent": {question.name: question.needs for question in answers.silent},
    }
