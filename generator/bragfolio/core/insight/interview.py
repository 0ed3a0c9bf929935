"""Interview: which questions and stories suit a posting, and which of them its employer has heard already."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.insight.employers import employer_of
from bragfolio.core.insight.match import Match, match_posting
from bragfolio.core.insight.telling import Telling, folded, tellings

if TYPE_CHECKING:
    from bragfolio.core.insight.career import Career
    from bragfolio.model.dossier import Kept
    from bragfolio.model.posting import Posting
    from bragfolio.model.story import Question, Use

_NO_WORD: Final = re.compile(r"[^\w-]+")


class Suited(Struct, frozen=True):
    """A story, held against a posting."""

    telling: Telling
    share: float
    """How much of what is asked for its achievements prove, by weight, from 0 to 1."""
    proves: tuple[str, ...]
    """The skills of the posting that they prove, as it names them."""
    shows: tuple[str, ...]
    """Its competencies that the advert names."""
    told: tuple[Use, ...]
    """When this employer heard it, the last first."""


class Pick(Struct, frozen=True):
    """What to answer to a question."""

    question: Kept[Question]
    is_named: bool
    """Whether the advert names one of its competencies."""
    story: Suited | None
    """None when there is none that fits and that they have not heard."""
    is_first: bool
    """Whether it is the first choice for this question."""
    passed: tuple[Suited, ...]
    """First choices that were passed by, since this employer has heard them."""


class Interview(Struct, frozen=True):
    """A posting, prepared for."""

    posting: Kept[Posting]
    match: Match
    stories: tuple[Suited, ...]
    """Those that suit best first; those that this employer heard last."""
    picks: tuple[Pick, ...]
    """Questions that the advert makes likely first, then in the order of questions.yaml."""


def prepare_interview(career: Career, posting: Kept[Posting]) -> Interview:
    """Return what to tell at *posting*: by the skills that it asks for and the competencies that its text names."""
    advert = f"{posting.authored.title}\n{posting.body}"
    match = match_posting(posting.authored, advert, career.market.vocabulary, career.as_of)
    text = f" {folded(_NO_WORD.sub(' ', advert))} "
    suited = [_suit(career, posting.authored, match, story, text) for story in tellings(career)]
    suited.sort(key=lambda one: (bool(one.told), -one.share, -len(one.shows)))
    picks = [_pick(question, suited, text) for question in career.dossier.questions]
    picks.sort(key=lambda pick: not pick.is_named)
    return Interview(posting, match, tuple(suited), tuple(picks))


def is_told_at(career: Career, telling: Telling, posting: Posting) -> bool:
    """Tell whether *telling* was told to the employer of *posting* before."""
    return bool(_told_at(career, telling, posting))


def _told_at(career: Career, telling: Telling, posting: Posting) -> tuple[Use, ...]:
    name = employer_of(posting)
    there = {
        kept.id
        for kept in career.dossier.postings
        if kept.authored is posting or (name and employer_of(kept.authored) == name)
    }
    uses = [use for use in telling.used if use.posting in there]
    return tuple(sorted(uses, key=lambda use: str(use.date or ""), reverse=True))


def _suit(career: Career, posting: Posting, match: Match, telling: Telling, text: str) -> Suited:
    told = [career.by_id[name].authored for name in telling.achievements if name in career.by_id]
    proven = {ref.path for achievement in told for ref in career.linked.skills.of(achievement)}
    return Suited(
        telling,
        match.share_of(proven),
        tuple(asked.name for asked in match.requirements if asked.skill and asked.skill.path in proven),
        tuple(name for name in telling.competencies if f" {folded(name)} " in text),
        _told_at(career, telling, posting),
    )


def _pick(question: Kept[Question], suited: list[Suited], text: str) -> Pick:
    first = [one for one in suited if question.id in one.telling.questions]
    fits = [one for one in suited if one.telling.answers(question.authored)]
    fresh = [one for one in (*first, *fits) if not one.told]
    story = fresh[0] if fresh else None
    return Pick(
        question,
        any(f" {folded(name)} " in text for name in question.authored.competencies),
        story,
        story is not None and story in first,
        tuple(one for one in first if one.told),
    )
