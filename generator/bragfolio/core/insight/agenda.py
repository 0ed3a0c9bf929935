"""Agenda: what to talk about with one person: what they have not heard of, their goals, what to ask, and what comes next."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.insight.freshness import stars_of
from bragfolio.core.insight.hearing import delivered, known_by
from bragfolio.core.insight.reach import days_since_contact
from bragfolio.core.project.projection import Item, effective_day
from bragfolio.model.achievement import Achievement
from bragfolio.model.people import OtherPerson

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bragfolio.core.insight.career import Career
    from bragfolio.core.project.projection import Projection

_LATELY_DAYS: Final = 90
"""Where nobody noted when you last talked."""
ASK_DAYS: Final = 180
"""Feedback is asked for while people remember."""
_MOST_ASKS: Final = 5

Achievements = tuple[Item[Achievement], ...]


class GoalProgress(Struct, frozen=True):
    """A goal that the person cares about, and what served it since you last talked."""

    goal: str
    """Its id."""
    title: str
    items: Achievements
    """Heaviest first, what is going on last; empty when nothing did."""


class Agenda(Struct, frozen=True):
    """A talk with one person. Every achievement is as that person may see it."""

    person_id: str
    person: OtherPerson
    audience: str
    as_of: date
    since: date
    """From this day on things are new."""
    contact_days: int | None
    """Since you last talked; None when nobody noted it."""
    news: Achievements
    """Delivered since then and not heard of, heaviest first."""
    goals: tuple[GoalProgress, ...]
    """In the order of goals.yaml."""
    asks: Achievements
    """What the person knows of, or had a part in, and said nothing about."""
    next: Achievements
    """What is going on or planned, the newest first."""


def make_agenda(career: Career, person_id: str, projection: Projection, since: date | None) -> Agenda:
    """Return what to say to the person of that id, whose audience sees *projection*; *since* replaces the last contact."""
    person = career.people[person_id].authored
    contact = person.last_contact
    start = since or (contact.last_day if contact else career.as_of - timedelta(days=_LATELY_DAYS))
    known = known_by(career)[person_id]
    done = {item.id for item in delivered(career)}
    recent = [
        item
        for item in projection.achievements
        if item.id in done and effective_day(item.authored, career.as_of) >= start
    ]
    coming = tuple(
        item for item in projection.achievements if item.authored.ongoing or item.authored.is_planned(career.as_of)
    )
    return Agenda(
        person_id=person_id,
        person=person,
        audience=projection.audience,
        as_of=career.as_of,
        since=start,
        contact_days=days_since_contact(person, career),
        news=_heaviest(item for item in recent if item.id not in known),
        goals=_goals(career, person_id, (*_heaviest(recent), *coming)),
        asks=_asks(career, person_id, known, projection),
        next=coming,
    )


def _heaviest(items: Iterable[Item[Achievement]]) -> Achievements:
    """Return *items* by stars; those of the same weight keep their order, newest first."""
    return tuple(sorted(items, key=lambda item: -stars_of(item.authored)))


def _goals(career: Career, person_id: str, items: Achievements) -> tuple[GoalProgress, ...]:
    """Return the goals that are the person's own, or that they care about, and are not over."""
    cares_about = career.people[person_id].authored.cares_about
    found = []
    for kept in career.dossier.goals:
        goal = kept.authored
        is_over = goal.end is not None and goal.end.last_day < career.as_of
        if is_over or (goal.owner != person_id and kept.id not in cares_about):
            continue
        serving = tuple(item for item in items if kept.id in career.by_id[item.id].authored.goals)
        found.append(GoalProgress(kept.id, goal.title, serving))
    return tuple(found)


def _asks(career: Career, person_id: str, known: frozenset[str], projection: Projection) -> Achievements:
    recent = {item.id for item in delivered(career, ASK_DAYS)}
    found = []
    for item in projection.achievements:
        whole = career.by_id[item.id].authored if item.id in recent else None
        if whole is None or stars_of(whole) < career.config.announce.min_stars:
            continue
        may_judge = item.id in known or person_id in whole.collaborators
        if may_judge and all(feedback.person != person_id for feedback in whole.feedback):
            found.append(item)
    return _heaviest(found)[:_MOST_ASKS]
