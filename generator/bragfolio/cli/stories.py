"""brag stories."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bragfolio.cli.exit_codes import Exit
from bragfolio.cli.list_ import shortened
from bragfolio.cli.main import find_root
from bragfolio.cli.terminal import Terminal, problem_data

if TYPE_CHECKING:
    from bragfolio.app.stories import StoriesReport
    from bragfolio.core.insight.interview import Interview, Suited
    from bragfolio.core.insight.stories import Stories
    from bragfolio.problems import Problem

_MOST_COLUMNS = 12
"""Of the matrix; more do not fit on a line with the question."""
_SIGNS = {"first": "●", "fits": "○", "–": "·", "none": "!"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--for", dest="posting", default="", metavar="POSTING", help="choose for this saved posting: its id"
    )
    parser.add_argument("--cards", action="store_true", help="make a PDF of cards, two on each page")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where the cards go; ending in .md, they are Markdown")


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Print the questions with their stories, or what suits a posting; or make the cards."""
    from bragfolio.app.stories import look_for, make_story_cards
    from bragfolio.problems import has_errors

    if arguments.out and not arguments.cards:
        terminal.error("brag stories: --out is for --cards")
        return Exit.USAGE
    root = find_root(arguments)
    report, career = look_for(root, arguments.as_of, arguments.posting)
    problems = list(report.problems)
    is_refused = bool(arguments.posting) and report.interview is None
    out = None
    if arguments.cards and not is_refused:
        out, wrong = make_story_cards(root, career, report, arguments.out)
        problems += wrong
    terminal.problems(problems)
    terminal.emit({**_data(report), "file": str(out) if out else None, "problems": [problem_data(p) for p in problems]})
    if arguments.cards:
        return _tell_file(out, root, report, terminal, problems)
    if report.interview:
        _tell_interview(report.interview, terminal)
    elif report.stories and not is_refused:
        _tell_stories(report.stories, terminal)
    elif not is_refused:
        terminal.note('There is no story yet. Write one: brag new story "How the queue halved"')
    return Exit.PROBLEMS if has_errors(problems) else Exit.OK


def _tell_file(out: Path | None, root: Path, report: StoriesReport, terminal: Terminal, problems: list[Problem]) -> int:
    from bragfolio.app.documents import is_of_machine
    from bragfolio.app.handover import is_exposed
    from bragfolio.problems import has_errors

    if out is None:
        terminal.error("No file was made.")
        return Exit.ENVIRONMENT if is_of_machine(problems) else Exit.PROBLEMS
    count = len(report.interview.stories) if report.interview else len(report.stories.tellings) if report.stories else 0
    terminal.note(f"Wrote {out}: {count} {'card' if count == 1 else 'cards'}, for your eyes only.")
    if is_exposed(out, root):
        terminal.note("  It lies in the portfolio's folder: keep it out of git, or name a place elsewhere.")
    return Exit.PROBLEMS if has_errors(problems) else Exit.OK


def _tell_stories(stories: Stories, terminal: Terminal) -> None:
    terminal.say(stories.answer)
    for finding in stories.findings:
        terminal.say(f"  ! {finding.sentence}" + (f" Next: {finding.action}" if finding.action else ""))
    terminal.say()
    for chart in stories.charts:
        columns = getattr(chart, "columns", ())[:_MOST_COLUMNS]
        numbers = {title: number for number, title in reversed(list(enumerate(columns, 1)))}
        head = ["", *(str(number) for number in range(1, len(columns) + 1))]
        rows = [
            [shortened(row.label), *(_SIGNS[square.text] for square in row.squares[:_MOST_COLUMNS] if square)]
            for row in getattr(chart, "rows", ())
        ]
        terminal.table([head, *rows])
        terminal.note("● first choice  ○ fits by competency  ! no story")
        terminal.say()
        for title, number in sorted(numbers.items(), key=lambda pair: pair[1]):
            terminal.say(f"{number:>3}  {title}")
        terminal.say()
    for table in stories.tables:
        terminal.table([table.head, *([shortened(cell.text) for cell in row] for row in table.rows)])
        terminal.say()


def _tell_interview(interview: Interview, terminal: Terminal) -> None:
    posting = interview.posting.authored
    at = f" at {posting.employer}" if posting.employer else ""
    asked = ", ".join(one.name for one in interview.match.requirements) or "none of your skills"
    terminal.say(f"{posting.title}{at} asks for {asked}.")
    for one in interview.stories:
        if one.told:
            terminal.say(f"  ! They have heard “{one.telling.title}” already{_when(one)}.")
    terminal.say()
    rows = [
        (
            "likely" if pick.is_named else "",
            shortened(pick.question.authored.text),
            shortened(pick.story.telling.title) if pick.story else "no story",
            _why(pick.story, is_first=pick.is_first, was_passed=bool(pick.passed)),
        )
        for pick in interview.picks
    ]
    if rows:
        terminal.table([("", "question", "tell", ""), *rows])
        terminal.say()
    terminal.table([
        ("story", "proves", "of what is asked", "minutes"),
        *(
            (shortened(one.telling.title), ", ".join(one.proves) or "–", f"{one.share:.0%}", str(one.telling.minutes))
            for one in interview.stories
        ),
    ])  # fmt: skip


def _when(one: Suited) -> str:
    use = one.told[0]
    return (f", on {use.date}" if use.date else "") + (f" ({use.round})" if use.round else "")


def _why(story: Suited | None, *, is_first: bool, was_passed: bool) -> str:
    reasons = ["first choice"] if is_first else ["fits by competency"] if story else []
    reasons += ["they have heard your first choice"] if was_passed else []
    reasons += [f"proves {', '.join(story.proves)}"] if story and story.proves else []
    return "; ".join(reasons)


def _data(report: StoriesReport) -> dict[str, object]:
    from msgspec import to_builtins

    stories = to_builtins(report.stories, enc_hook=str) if report.stories else None
    found = report.interview
    return {
        "stories": stories,
        "interview": {
            "posting": found.posting.id,
            "coverage": round(found.match.coverage, 3),
            "asks_for": [
                {"name": asked.name, "must": asked.is_must, "grade": asked.grade} for asked in found.match.requirements
            ],
            "questions": [
                {
                    "id": pick.question.id,
                    "likely": pick.is_named,
                    "story": pick.story.telling.entry if pick.story else None,
                    "first_choice": pick.is_first,
                    "told_there": [one.telling.entry for one in pick.passed],
                }
                for pick in found.picks
            ],
            "stories": [
                {
                    "story": one.telling.entry,
                    "share": round(one.share, 3),
                    "proves": list(one.proves),
                    "shows": list(one.shows),
                    "told_there": [str(use.date or "") for use in one.told],
                }
                for one in found.stories
            ],
        }
        if found
        else None,
    }
