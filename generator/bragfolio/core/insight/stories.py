"""Stories: is there a story for every question and every competency, of the right length, and not told there before."""

from __future__ import annotations

from collections import deque
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from bragfolio.core.insight.employers import employer_of
from bragfolio.core.insight.finding import Finding, Insight, counted, listed
from bragfolio.core.insight.freshness import stars_of
from bragfolio.core.insight.interview import is_told_at
from bragfolio.core.insight.story_figures import lengths, matrix, shown_by
from bragfolio.core.insight.telling import Asked, Competency, Telling, folded, tellings
from bragfolio.core.read.shape import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bragfolio.core.insight.career import Career
    from bragfolio.core.project.projection import Item
    from bragfolio.model.achievement import Achievement
    from bragfolio.model.dossier import Kept
    from bragfolio.model.story import Question

FINDINGS: Final = {
    "question-without-story": "No story is the first choice for a question, nor shows one of its competencies.",
    "competency-thin": "A competency has fewer than two stories.",
    "story-overused": "A story is the first choice for more than three questions.",
    "story-length": "A story takes less than 1 minute or more than 2.5 to tell, at 140 words a minute.",
    "story-told-there": "An employer that you applied to or talk with has heard a story already.",
    "story-reference": "A story names a question, an achievement or a posting that does not exist.",
}
LEAST_STORIES: Final = 2
"""Of each competency."""
MOST_QUESTIONS: Final = 3
"""For which a story is the first choice."""
_AT_STAKE: Final = 4
"""Stars: an interview decides about a role, which weighs like work for a company."""
_HURRY: Final = {"interview": 1.0, "applied": 0.5}
"""By the status of the most urgent posting."""
_NO_HURRY: Final = 0.25
_LIKELY: Final = {
    "question-without-story": 0.5,
    "competency-thin": 0.3,
    "story-told-there": 0.3,
    "story-length": 0.2,
    "story-overused": 0.1,
}
"""How likely it is that acting changes how an interview ends."""
_MOST_NAMED: Final = 5
"""In a sentence; the table has all."""


class Stories(Insight, frozen=True, kw_only=True):
    """What can be told."""

    tellings: tuple[Telling, ...]
    competencies: tuple[Competency, ...]
    questions: tuple[Asked, ...]
    """In the order of questions.yaml."""


def look_at_stories(career: Career) -> Stories | None:
    """Return whether there is a story for everything; None while there are neither stories nor questions."""
    told = tellings(career)
    if not told and not career.dossier.questions:
        return None
    asked = tuple(ask(question, told) for question in career.dossier.questions)
    shown = _competencies(career, told)
    findings = [
        *_unanswered(career, asked), *_thin(career, shown), *_told_there(career, told), *_length(career, told),
        *_overused(career, told), *_references(career, told),
    ]  # fmt: skip
    return Stories(
        answer=_answer(asked, shown, told), findings=tuple(findings), charts=(matrix(asked, told),) if asked else (),
        tables=(*([lengths(told)] if told else []), *([shown_by(shown, told)] if shown else [])),
        tellings=told, competencies=shown, questions=asked,
    )  # fmt: skip


def ask(question: Kept[Question], told: tuple[Telling, ...]) -> Asked:
    """Return which of *told* answer *question*."""
    first = tuple(story.id for story in told if question.id in story.questions)
    wanted = {folded(name) for name in question.authored.competencies}
    fits = [story for story in told if not wanted.isdisjoint(story.keys)]
    return Asked(question.id, question.authored.text, first, tuple(s.id for s in fits if s.id not in first))


def _competencies(career: Career, told: tuple[Telling, ...]) -> tuple[Competency, ...]:
    ladder = _ladder_names(career)
    names: dict[str, str] = {}
    stories: dict[str, list[str]] = {}
    unused: dict[str, list[Item[Achievement]]] = {}

    def keys_of(found: Iterable[str]) -> Iterator[str]:
        for name in found:
            name = ladder.get(folded(name), name)  # noqa: PLW2901 - a ladder knows one by its id and by its name
            names.setdefault(folded(name), name)
            yield folded(name)

    asked = (name for question in career.dossier.questions for name in question.authored.competencies)
    deque(keys_of([*ladder.values(), *asked]), 0)
    for story in told:
        for key in dict.fromkeys(keys_of(story.competencies)):
            stories.setdefault(key, []).append(story.id)
    taken = {entry for story in told for entry in story.achievements}
    for item in career.achievements:
        for key in dict.fromkeys(keys_of(item.authored.competencies)):
            unused.setdefault(key, []).extend([item] if item.id not in taken else [])
    return tuple(
        Competency(name, tuple(stories.get(key, ())), tuple(item.id for item in _heaviest(unused.get(key, []))))
        for key, name in names.items()
    )


def _heaviest(items: list[Item[Achievement]]) -> list[Item[Achievement]]:
    return sorted(items, key=lambda item: -stars_of(item.authored))


def _ladder_names(career: Career) -> dict[str, str]:
    """Return by its folded id, and by its folded name, each competency of the target's ladder as that names it."""
    promotion = career.dossier.promotion
    target = promotion.authored.target.partition("/")[0] if promotion else ""
    ladder = next((kept.authored for kept in career.dossier.ladders if target and kept.id == target), None)
    found: dict[str, str] = {}
    for competency in ladder.competencies if ladder else ():
        name = competency.name or competency.id
        found.setdefault(folded(competency.id), name)
        found.setdefault(folded(name), name)
    return found


def _answer(asked: tuple[Asked, ...], shown: tuple[Competency, ...], told: tuple[Telling, ...]) -> str:
    stories = counted(len(told), "story", "stories") if told else "no story"
    if asked:
        answered = sum(bool(one.first or one.fits) for one in asked)
        first = f"You have {stories} for {answered} of {counted(len(asked), 'question')}"
    else:
        first = f"You have {stories}"
    rich = sum(len(one.stories) >= LEAST_STORIES for one in shown)
    second = (
        f"{rich} of {counted(len(shown), 'competency', 'competencies')} {'has' if rich == 1 else 'have'} two or more"
    )
    return f"{first}; {second}." if shown else f"{first}."


# ---- findings ----------------------------------------------------------------------------------------------------


def _gain(career: Career, code: str) -> float:
    statuses = {kept.authored.status for kept in career.dossier.postings}
    hurry = next((share for status, share in _HURRY.items() if status in statuses), _NO_HURRY)
    return round(_AT_STAKE * hurry * _LIKELY[code], 2)


def _unanswered(career: Career, asked: tuple[Asked, ...]) -> list[Finding]:
    bare = [one for one in asked if not one.first and not one.fits]
    if not bare:
        return []
    more = f", and for {len(bare) - 1} more" if len(bare) > 1 else ""
    return [
        Finding(
            code="question-without-story",
            sentence=f"No story answers “{bare[0].text}”{more}.",
            action=f'write one: `brag new story "{_as_title(bare[0].text)}"`, with `questions: [{bare[0].id}]`',
            numbers=(("questions without a story", str(len(bare))), ("questions", str(len(asked)))),
            entries=tuple(f"question/{one.id}" for one in bare),
            gain=_gain(career, "question-without-story"),
        )
    ]


def _as_title(text: str) -> str:
    """Return *text* as a shell takes it in double quotes."""
    return "".join(" " if sign in '"\\$`!' else sign for sign in text)


def _thin(career: Career, shown: tuple[Competency, ...]) -> list[Finding]:
    thin = [one for one in shown if len(one.stories) < LEAST_STORIES]
    if not thin:
        return []
    thin.sort(key=lambda one: len(one.stories))
    names = [f"{one.name} ({len(one.stories)})" for one in thin[:_MOST_NAMED]]
    more = [f"{len(thin) - _MOST_NAMED} more"] if len(thin) > _MOST_NAMED else []
    verb = "has" if len(thin) == 1 else "have"
    source = next(((one, one.achievements[0]) for one in thin if one.achievements), None)
    action = f'write a story that shows {thin[0].name}: `brag new story "What you did"`'
    if source:
        one, best = source
        action = f"tell “{career.by_id[best].authored.title}” as a story that shows {one.name}: write its `star:`"
    return [
        Finding(
            code="competency-thin",
            sentence=f"{counted(len(thin), 'competency', 'competencies')} {verb} fewer than two stories: {listed([*names, *more])}.",
            action=action,
            numbers=(("thin competencies", str(len(thin))), ("competencies", str(len(shown)))),
            entries=tuple(dict.fromkeys(f"achievement/{best}" for one in thin for best in one.achievements[:1])),
            gain=_gain(career, "competency-thin"),
        )
    ]


def _told_there(career: Career, told: tuple[Telling, ...]) -> list[Finding]:
    findings = []
    open_ = [kept for kept in career.dossier.postings if kept.authored.status in _HURRY]
    heard: set[str] = set()
    for posting in open_:
        stories = [story for story in told if is_told_at(career, story, posting.authored)]
        name = employer_of(posting.authored)
        if not stories or name in heard:
            continue
        heard.add(name)
        titles = listed(f"“{story.title}”" for story in stories[:_MOST_NAMED])
        findings.append(
            Finding(
                code="story-told-there",
                sentence=f"{posting.authored.employer or posting.authored.title} has heard {titles} already.",
                action=f"choose others for the next round: `brag stories --for {posting.id}`",
                numbers=(("stories told there", str(len(stories))),),
                entries=(*(story.entry for story in stories), f"posting/{posting.id}"),
                gain=_gain(career, "story-told-there"),
            )
        )
    return findings


def _length(career: Career, told: tuple[Telling, ...]) -> list[Finding]:
    wrong = sorted(
        (s for s in told if s.minutes and not s.has_right_length), key=lambda s: -abs(s.minutes - Decimal("1.75"))
    )
    if not wrong:
        return []
    worst = wrong[0]
    is_short = worst.minutes < 1
    more = (
        f"; {len(wrong) - 1} more {'is' if len(wrong) == 2 else 'are'} too short or too long" if len(wrong) > 1 else ""
    )
    return [
        Finding(
            code="story-length",
            sentence=f"“{worst.title}” takes {worst.minutes} minutes to tell{more}: 1 to 2.5 is right.",
            action=f"{'say more of what you did' if is_short else 'cut what happened before you acted'} in {worst.entry}",
            numbers=(("minutes", str(worst.minutes)), ("stories of the wrong length", str(len(wrong)))),
            entries=tuple(story.entry for story in wrong),
            gain=_gain(career, "story-length"),
        )
    ]


def _overused(career: Career, told: tuple[Telling, ...]) -> list[Finding]:
    worn = [story for story in told if len(story.questions) > MOST_QUESTIONS]
    return [
        Finding(
            code="story-overused",
            sentence=f"“{story.title}” is your first choice for {len(story.questions)} questions, and can be told only once.",
            action=f"choose another story for {len(story.questions) - MOST_QUESTIONS} of them in {story.entry}",
            numbers=(("questions", str(len(story.questions))),),
            entries=(story.entry,),
            gain=_gain(career, "story-overused"),
        )
        for story in worn
    ]


def _references(career: Career, told: tuple[Telling, ...]) -> list[Finding]:
    dossier = career.dossier
    known = {
        "question": [kept.id for kept in dossier.questions],
        "achievement": list(career.by_id),
        "posting": [kept.id for kept in dossier.postings],
    }
    findings = []
    for story in told:
        named = [("question", name) for name in story.questions] + [
            ("achievement", name) for name in story.achievements
        ]
        named += [("posting", use.posting) for use in story.used if use.posting]
        for kind, name in dict.fromkeys(named):
            if name in known[kind]:
                continue
            guess = nearest(name, known[kind])
            findings.append(
                Finding(
                    code="story-reference",
                    sentence=f"“{story.title}” names the {kind} “{name}”, which does not exist.",
                    action=f"write “{guess}” in {story.entry}" if guess else f"correct it in {story.entry}",
                    entries=(story.entry,),
                )
            )
    return findings
