"""Telling: a story as it can be told in an interview, from stories/ or from an achievement whose star: is complete."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from msgspec import Struct, structs

from bragfolio.core.insight.finding import rounded

if TYPE_CHECKING:
    from bragfolio.core.insight.career import Career
    from bragfolio.model.achievement import Star
    from bragfolio.model.dossier import Kept
    from bragfolio.model.story import Question, Story, Use

WORDS_PER_MINUTE: Final = 140
"""How fast people tell a story without hurrying."""
LEAST_MINUTES: Final = Decimal(1)
MOST_MINUTES: Final = Decimal("2.5")
PARTS: Final = ("situation", "task", "action", "result")
"""What a complete star: says; `reflection` is a bonus."""
_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TARGET: Final = re.compile(r"\]\([^)\n]*\)")
"""Where a link leads, which nobody says aloud."""
_NUMBER: Final = re.compile(r"(?m)^\s*\d+[.)](?=\s)")
"""Of a list item."""


class Telling(Struct, frozen=True):
    """A story that can be told."""

    id: str
    """Of the story, or of the achievement."""
    entry: str
    """`story/id` or `achievement/id`."""
    title: str
    star: Star | None
    """Its parts; None for a story that is a body alone."""
    body: str
    """What is said, as written; of an achievement `""`, since its body is a page and no speech."""
    competencies: tuple[str, ...]
    questions: tuple[str, ...]
    """Ids of those for which it is the first choice, each once."""
    achievements: tuple[str, ...]
    """Ids of those that it tells."""
    used: tuple[Use, ...]
    words: int
    keys: frozenset[str]
    """Its competencies, folded."""

    @property
    def minutes(self) -> Decimal:
        """How long it takes to tell, with two places."""
        return rounded(Decimal(self.words) / WORDS_PER_MINUTE)

    @property
    def has_right_length(self) -> bool:
        """Whether it takes 1 to 2.5 minutes, both included."""
        return LEAST_MINUTES * WORDS_PER_MINUTE <= self.words <= MOST_MINUTES * WORDS_PER_MINUTE

    def answers(self, question: Question) -> bool:
        """Tell whether it shows one of the competencies that *question* is about, however those are spelt."""
        return any(folded(name) in self.keys for name in question.competencies)


class Competency(Struct, frozen=True):
    """Something that interviewers or a ladder want to see."""

    name: str
    """As it was written first: in the ladder, in questions, in stories, or in achievements."""
    stories: tuple[str, ...]
    """Ids of the stories that show it."""
    achievements: tuple[str, ...]
    """Ids of the achievements that show it and that no story tells yet, heaviest first."""


class Asked(Struct, frozen=True):
    """A question with its stories."""

    id: str
    text: str
    first: tuple[str, ...]
    """Ids of the stories for which it is named."""
    fits: tuple[str, ...]
    """Ids of the others that show one of its competencies."""


def tellings(career: Career) -> tuple[Telling, ...]:
    """Return every story that can be told: those of stories/ in the order of their files, then achievements, newest first.

    An achievement counts when its star: says all four parts, under its own id, and unless a story tells it already: the
    same thing told twice is one story. A draft is none yet.
    """
    stories = [_of_story(kept) for kept in career.dossier.stories if not kept.authored.draft]
    told = {name for story in stories for name in (story.id, *story.achievements)}
    return (*stories, *(telling for telling in _of_achievements(career) if telling.id not in told))


def _of_story(kept: Kept[Story]) -> Telling:
    story = kept.authored
    body = kept.body.strip()
    words = spoken_words(body) or spoken_words(_joined(story.star))
    return Telling(
        kept.id, f"story/{kept.id}", story.title, story.star, body, _once(story.competencies),
        _once(story.questions), _once(story.achievements), story.used, words, _keys(story.competencies),
    )  # fmt: skip


def _of_achievements(career: Career) -> list[Telling]:
    return [
        Telling(
            item.id, f"achievement/{item.id}", item.authored.title, item.authored.star, "",
            _once(item.authored.competencies), (), (item.id,), (), spoken_words(_joined(item.authored.star)),
            _keys(item.authored.competencies),
        )
        for item in career.achievements
        if item.authored.star and all(getattr(item.authored.star, part).strip() for part in PARTS)
    ]  # fmt: skip


def spoken_words(text: str) -> int:
    """Return how many words of *text*, which may be Markdown, are said: not its signs, its comments, nor where links lead."""
    text = _NUMBER.sub("", _TARGET.sub("]", _COMMENT.sub(" ", text)))
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


@lru_cache(maxsize=1024)
def folded(name: str) -> str:
    """Return *name* as competencies are compared: in any case, with a space for a hyphen or an underscore."""
    return " ".join(name.replace("-", " ").replace("_", " ").casefold().split())


def _joined(star: Star | None) -> str:
    return " ".join(structs.astuple(star)) if star else ""


def _keys(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(folded(name) for name in names)


def _once(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
