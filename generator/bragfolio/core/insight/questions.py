"""Questions: the table of everything that the coach looks into, in the order in which it reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.insight import (
    announcements,
    campaigning,
    demand,
    direction,
    drift,
    effort,
    goodwill,
    growth,
    ladder,
    matches,
    opportunities,
    promotion,
    reach,
    stories,
)

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
        "announcements",
        "Who was not told yet?",
        announcements.look_at_announcements,
        "private/announcements.csv: what was told to whom; `brag announce ID --channel email --to PERSON --log` adds a line",
        announcements.FINDINGS,
    ),
    Question(
        "reach",
        "Who knows what you did?",
        reach.look_at_reach,
        "private/people.yaml: your boss, your boss's boss, and others whose opinion counts",
        reach.FINDINGS,
    ),
    Question(
        "effort",
        "Hard work or smart work?",
        effort.look_at_effort,
        "private/achievements/: overlays with effort_days; and private/people.yaml: your boss and your boss's boss",
        effort.FINDINGS,
    ),
    Question(
        "campaigns",
        "How do your campaigns go?",
        campaigning.look_at_campaigns,
        "campaigns/: a campaign with an audience and claims; `brag new campaign TITLE` starts one",
        campaigning.FINDINGS,
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
        "ladder",
        "What does the next level ask for?",
        ladder.look_at_ladders,
        "private/ladders/: a ladder; `brag import ladder FILE` brings one in",
        ladder.FINDINGS,
    ),
    Question(
        "promotion",
        "How far is the promotion?",
        promotion.look_at_promotion,
        "private/promotion.yaml: target, cycles, decision_maker, voters, min_months_in_level, sponsors_required",
        promotion.FINDINGS,
    ),
    Question(
        "stories",
        "Is there a story for every question?",
        stories.look_at_stories,
        "stories/ or private/stories/: a story with competencies and star, and private/questions.yaml: what interviewers ask",
        stories.FINDINGS,
    ),
    Question(
        "drift",
        "Is the market moving past you?",
        drift.look_at_drift,
        "roles/: a role with positions, each with its start",
        drift.FINDINGS,
    ),
    Question(
        "opportunities",
        "Whom do you owe an answer, and is it what you want?",
        opportunities.look_at_opportunities,
        "private/opportunities.csv: a line for each contact, with date, source, employer, title, posting, responded, outcome, notes",
        opportunities.FINDINGS,
    ),
    Question(
        "plan",
        "Does your work follow your plan?",
        direction.look_at_direction,
        "private/plan.yaml: what you want to be known for",
        direction.FINDINGS,
    ),
    Question(
        "growth",
        "What is new?",
        growth.look_at_growth,
        "achievements/: an achievement that names its skills",
        growth.FINDINGS,
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
        """What is worth doing, the most valuable first; ties in the order of the questions, and no command twice."""
        findings = [finding for insight in self.insights.values() for finding in insight.findings if finding.gain > 0]
        once: dict[str, Finding] = {}
        for finding in sorted(findings, key=lambda finding: -finding.gain):
            once.setdefault(_command(finding.action), finding)
        return list(once.values())


def _command(action: str) -> str:
    """Return the first command that *action* names, in backticks; all of it where it names none."""
    parts = action.split("`")
    return parts[1] if len(parts) > 1 else action


def answer(career: Career) -> Answers:
    """Return everything that the coach has to say."""
    found = {question.name: question.ask(career) for question in QUESTIONS}
    insights = {name: insight for name, insight in found.items() if insight is not None}
    return Answers(insights, tuple(question for question in QUESTIONS if question.name not in insights))
