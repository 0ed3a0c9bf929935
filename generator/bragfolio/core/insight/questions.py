"""Questions: the table of everything that the coach looks into, in the order in which it reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.insight import demand, drift, goodwill, matches, opportunities

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bragfolio.core.insight.career import Career
    from bragfolio.core.insight.finding import Finding, Insight


class Question(Struct, frozen=True):
    """Something that the coach can answer when its data are there."""

    name: str
    """One word: what `brag coach NAME` takes, and the name of its page in the headquarters."""
    title: str
    ask: Callable[[Career], Insight | None]
    """Returns None while there are no data."""
    needs: str
    """The file that would switch it on, and what it should say."""
    findings: Mapping[str, str]
    """The codes of what it may find, with their meanings."""


QUESTIONS: Final = (
    Question(
        "freshness",
        "What have you done lately?",
        goodwill.look_at_goodwill,
        "achievements/: an achievement with a date",
        goodwill.FINDINGS,
    ),
    Question(
        "demand",
        "Which of your skills do several employers want?",
        demand.look_at_demand,
        "private/postings/: saved adverts, with `brag new posting --from FILE`",
        demand.FINDINGS,
    ),
    Question(
        "match",
        "Which open posting can you answer best?",
        matches.look_at_matches,
        "private/postings/: saved adverts, with `brag new posting --from FILE`",
        matches.FINDINGS,
    ),
    Question(
        "opportunities",
        "Whom do you owe an answer, and is it what you want?",
        opportunities.look_at_opportunities,
        "private/opportunities.csv: a line for each contact, with date, source, employer, title, posting, responded, outcome, notes",
        opportunities.FINDINGS,
    ),
    Question(
        "drift",
        "Is the market moving past you?",
        drift.look_at_drift,
        "roles/: a role with positions, each with its start",
        drift.FINDINGS,
    ),
)


class Answers(Struct, frozen=True):
    """What the coach says about a career on a day."""

    insights: dict[str, Insight]
    """By the name of the question, in the order of `QUESTIONS`."""
    silent: tuple[Question, ...]
    """The questions that have no data yet."""

    @property
    def actions(self) -> list[Finding]:
        """What is worth doing, the most valuable first; ties in the order of the questions."""
        findings = [finding for insight in self.insights.values() for finding in insight.findings]
        return sorted((finding for finding in findings if finding.gain > 0), key=lambda finding: -finding.gain)


def answer(career: Career) -> Answers:
    """Return everything that the coach has to say."""
    found = {question.name: question.ask(career) for question in QUESTIONS}
    insights = {name: insight for name, insight in found.items() if insight is not None}
    return Answers(insights, tuple(question for question in QUESTIONS if question.name not in insights))
