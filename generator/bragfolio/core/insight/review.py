"""Review: what was done between two days, by goal or by competency, as one audience sees it: for a self-assessment."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

from bragfolio.core.insight.freshness import stars_of
from bragfolio.core.insight.telling import folded
from bragfolio.core.project.audiences import SELF
from bragfolio.core.project.projection import effective_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bragfolio.core.insight.career import Career
    from bragfolio.core.link.references import Linked
    from bragfolio.core.link.skills import SkillRef
    from bragfolio.core.project.projection import Item
    from bragfolio.model.achievement import Achievement
    from bragfolio.model.dossier import Kept
    from bragfolio.model.goals import Goal

By = Literal["goal", "competency"]
MOST_RESULTS: Final = 5
"""Named in the summary."""


class Window(Struct, frozen=True):
    """The days that are reviewed, both included."""

    since: date
    until: date


class ReviewGroup(Struct, frozen=True):
    """What served one goal, or showed one competency."""

    title: str
    """`""` for what belongs to none, which comes last."""
    owner: str
    """The name of the person whose goal it is; `""` for none, and for competencies."""
    items: tuple[Item[Achievement], ...]
    """Newest first; those that stand in full here."""
    also: tuple[tuple[Item[Achievement], str], ...]
    """Those that belong here too, with the title of the group that tells them."""


class Review(Struct, frozen=True):
    """A stretch of work. It holds what its audience sees, the goals beside it."""

    name: str
    window: Window
    by: By
    audience: str
    done: tuple[Item[Achievement], ...]
    """All of it, newest first."""
    groups: tuple[ReviewGroup, ...]
    """Goals in the order of goals.yaml; competencies by the stars that show them, then by name. None is empty."""
    biggest: tuple[Item[Achievement], ...]
    """By stars, then newest first."""
    first_proven: tuple[SkillRef, ...]
    """Skills whose oldest proof falls into the window."""
    ongoing: tuple[Item[Achievement], ...]
    growing: tuple[SkillRef, ...]
    """Skills that are being learned or grown."""


def review(career: Career, linked: Linked, window: Window, by: By) -> Review:
    """Return what falls into *window* of what *linked* shows, with the goals of *career*.

    An achievement counts on the last day that its date may mean, never after the as-of day; what is in progress or planned is not done. Goals are named to
    `self` and to the audiences that are announced to, which work where the goals are set; to those none of the level `own`. What
    served no goal that is named belongs to none.
    """
    projection = linked.projection
    as_of = projection.as_of
    dated = [item for item in projection.achievements if item.authored.date and item.authored.is_done(as_of)]
    day = {item.id: effective_day(item.authored, as_of) for item in dated}
    done = tuple(item for item in dated if window.since <= day[item.id] <= window.until)
    biggest = sorted(done, key=lambda item: -stars_of(item.authored))[:MOST_RESULTS]
    goals = _goals_for(career, projection.audience)
    groups = _by_goal(career, done, goals) if by == "goal" else _by_competency(done)
    return Review(
        name=projection.config.person.name or projection.config.title, window=window, by=by,
        audience=projection.audience, done=done, groups=groups, biggest=tuple(biggest),
        first_proven=tuple(ref for ref in linked.skills.skills if _is_new(ref, day, window)),
        ongoing=tuple(item for item in projection.achievements if item.authored.ongoing or not item.authored.date),
        growing=tuple(
            ref for ref in linked.skills.skills if ref.item and ref.item.authored.intent in {"learn", "grow"}
        ),
    )  # fmt: skip


def _is_new(ref: SkillRef, day: dict[str, date], window: Window) -> bool:
    days = [day[item.id] for item in ref.proofs if item.id in day]
    return bool(days) and window.since <= min(days) <= window.until


def _goals_for(career: Career, audience: str) -> list[Kept[Goal]]:
    if audience == SELF:
        return list(career.dossier.goals)
    is_near = audience in career.announced_to
    return [kept for kept in career.dossier.goals if is_near and kept.authored.level != "own"]


def _by_goal(career: Career, done: tuple[Item[Achievement], ...], goals: list[Kept[Goal]]) -> tuple[ReviewGroup, ...]:
    served = {
        item.id: frozenset(career.by_id[item.id].authored.goals) if item.id in career.by_id else frozenset()
        for item in done
    }
    groups = [
        (kept.authored.title, _owner(career, kept), [item for item in done if kept.id in served[item.id]])
        for kept in goals
    ]
    return _told_once(groups, done)


def _owner(career: Career, goal: Kept[Goal]) -> str:
    person = career.people.get(goal.authored.owner)
    return person.authored.name if person else ""


def _by_competency(done: tuple[Item[Achievement], ...]) -> tuple[ReviewGroup, ...]:
    names: dict[str, str] = {}
    shown: dict[str, list[Item[Achievement]]] = {}
    for item in done:
        for key, name in {folded(name): name for name in reversed(item.authored.competencies)}.items():
            names.setdefault(key, name)
            shown.setdefault(key, []).append(item)
    keys = sorted(shown, key=lambda key: (-sum(stars_of(item.authored) for item in shown[key]), key))
    return _told_once([(names[key], "", shown[key]) for key in keys], done)


def _told_once(
    groups: Iterable[tuple[str, str, list[Item[Achievement]]]], done: tuple[Item[Achievement], ...]
) -> tuple[ReviewGroup, ...]:
    """Return *groups* without the empty ones, each item in full in the first of its groups, and what is in none last."""
    told: dict[str, str] = {}
    made = []
    for title, owner, items in groups:
        here = tuple(item for item in items if item.id not in told)
        also = tuple((item, told[item.id]) for item in items if item.id in told)
        told |= dict.fromkeys((item.id for item in here), title)
        if items:
            made.append(ReviewGroup(title, owner, here, also))
    rest = tuple(item for item in done if item.id not in told)
    return (*made, *([ReviewGroup("", "", rest, ())] if rest else []))
