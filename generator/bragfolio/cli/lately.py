"""brag lately."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bragfolio.cli.exit_codes import Exit
from bragfolio.cli.main import find_root
from bragfolio.cli.terminal import Terminal, problem_data

if TYPE_CHECKING:
    from bragfolio.core.insight.agenda import Achievements, Agenda
    from bragfolio.model.scalars import Since


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--for", dest="person", required=True, metavar="PERSON", help="an id of private/people.yaml")
    parser.add_argument(
        "--since", type=_since, metavar="DATE", help="a date, or 30d, 2m, 1y (default: when you last talked)"
    )
    parser.add_argument("--markdown", action="store_true", help="print Markdown, for your notes")


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Print the agenda for the next talk with one person."""
    from bragfolio.app.lately import plan_talk
    from bragfolio.core.render.agenda import agenda_text

    report = plan_talk(find_root(arguments), arguments.person, arguments.since, arguments.as_of)
    terminal.problems(list(report.problems))
    agenda = report.agenda
    terminal.emit(
        {
            "agenda": _data(agenda) if agenda else None,
            "problems": [problem_data(problem) for problem in report.problems],
        }
    )
    if agenda:
        terminal.say(agenda_text(agenda, is_markdown=arguments.markdown))
    return Exit.PROBLEMS if report.problems else Exit.OK


def _since(text: str) -> Since:
    from bragfolio.model.scalars import ScalarError, Since

    try:
        return Since.parse(text)
    except ScalarError as wrong:
        raise argparse.ArgumentTypeError(f"{wrong.message}; {wrong.hint}") from None


def _data(agenda: Agenda) -> dict[str, object]:
    def items(found: Achievements) -> list[dict[str, str]]:
        return [{"id": item.id, "title": item.authored.title, "date": str(item.authored.date or "")} for item in found]

    return {
        "person": agenda.person_id,
        "name": agenda.person.name,
        "audience": agenda.audience,
        "as_of": str(agenda.as_of),
        "since": str(agenda.since),
        "contact_days": agenda.contact_days,
        "news": items(agenda.news),
        "goals": [{"goal": goal.goal, "title": goal.title, "achievements": items(goal.items)} for goal in agenda.goals],
        "asks": items(agenda.asks),
        "next": items(agenda.next),
    }
