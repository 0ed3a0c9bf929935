"""brag match."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bragfolio.cli.exit_codes import Exit
from bragfolio.cli.list_ import shortened
from bragfolio.cli.main import find_root
from bragfolio.cli.terminal import Terminal, problem_data

if TYPE_CHECKING:
    from bragfolio.app.match import Matched

_SENTENCES = {
    "proven": "Proven, with evidence of the last three years",
    "dated": "Dated, the evidence is older than three years",
    "claimed": "Claimed, without evidence",
    "missing": "Missing",
}
_MOST_UNJUDGED = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("posting", metavar="POSTING", help="its id in private/postings/, or a file with an advert")


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Print how much of a posting is covered, what is proven, dated, claimed and missing, and what to lead with."""
    from bragfolio.app.match import match_portfolio

    matched = match_portfolio(find_root(arguments), arguments.posting, arguments.as_of)
    terminal.problems(matched.problems)
    terminal.emit(_data(matched))
    if matched.posting is None:
        return Exit.PROBLEMS
    _tell(matched, terminal)
    return Exit.PROBLEMS if any(problem.is_error for problem in matched.problems) else Exit.OK


def _tell(matched: Matched, terminal: Terminal) -> None:
    posting, match = matched.posting, matched.match
    if posting is None or match is None:
        return
    title = f"{posting.title}, {posting.employer}" if posting.employer else posting.title
    if not match.requirements:
        terminal.say(f"{title}: it names no skill that Brag knows.")
        terminal.note("List what it asks for under must: and nice: in its file in private/postings/.")
        return
    of_what = "" if match.is_listed else " of the skills that its text names"
    terminal.say(f"{title}: {match.coverage:.0%}{of_what} covered")
    for grade, sentence in _SENTENCES.items():
        asked = [r.name + ("" if r.is_must else " (nice)") for r in match.requirements if r.grade == grade]
        if asked:
            terminal.say(f"  {sentence}: {', '.join(asked)}.")
    if matched.unjudged:
        terminal.say(f"  {unjudged_text(matched.unjudged)}")
    if matched.leads:
        terminal.say("Lead with")
        terminal.table(
            [
                (
                    f"  {number}.",
                    str(lead.item.authored.date or "ongoing"),
                    shortened(lead.item.authored.title),
                    ", ".join(lead.proves),
                )
                for number, lead in enumerate(matched.leads, 1)
            ]
        )
    if not match.is_listed:
        terminal.note(
            "For more than its skills, list what it asks for under must: and nice: in private/postings/NAME.md."
        )


def unjudged_text(asked: tuple[str, ...]) -> str:
    """Return what of an advert was not judged, in a line."""
    more = len(asked) - _MOST_UNJUDGED
    named = [f"“{shortened(line)}”" for line in asked[:_MOST_UNJUDGED]] + ([f"{more} more"] if more > 0 else [])
    return f"Not judged, since no skill that Brag knows is in it: {', '.join(named)}."


def _data(matched: Matched) -> dict[str, object]:
    posting, match = matched.posting, matched.match
    return {
        "posting": {"title": posting.title, "employer": posting.employer} if posting else None,
        "coverage": round(match.coverage, 3) if match else None,
        "listed": match.is_listed if match else None,
        "unjudged": list(matched.unjudged),
        "requirements": [
            {
                "name": asked.name,
                "must": asked.is_must,
                "grade": asked.grade,
                "proofs": [f"achievement/{item.id}" for item in asked.skill.proofs] if asked.skill else [],
            }
            for asked in (match.requirements if match else ())
        ],
        "lead_with": [
            {"entry": f"achievement/{lead.item.id}", "title": lead.item.authored.title, "proves": list(lead.proves)}
            for lead in matched.leads
        ],
        "problems": [problem_data(problem) for problem in matched.problems],
    }
