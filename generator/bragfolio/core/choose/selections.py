"""Selections: what the home page, the lists and the neighbours of an achievement show."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.choose.metrics import lead_metric, verdict_of
from bragfolio.core.insight.freshness import RESUME_HALF_LIFE_DAYS, age_days, worth
from bragfolio.core.project.projection import effective_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bragfolio.core.link.skills import SkillIndex, SkillRef
    from bragfolio.core.project.projection import Item, Projection
    from bragfolio.model.achievement import Achievement

Achievements = tuple["Item[Achievement]", ...]

MAX_NUMBERS: Final = 4
MAX_FEATURED: Final = 6
MAX_LATEST: Final = 3
MAX_HOME_SKILLS: Final = 10
MAX_RELATED: Final = 3
MAX_HIGHLIGHTS: Final = 4
_ENOUGH_TO_CHOOSE: Final = 6
_ENOUGH_TO_SEARCH: Final = 3
"""Fewer achievements are on one screen."""
_ENOUGH_PAGES_TO_SEARCH: Final = 6
"""Fewer of the portfolio's own pages are all in sight, in the navigation or the footer."""
_ENOUGH_TO_FILTER: Final = 10


class HomeSelection(Struct, frozen=True):
    """What the home page shows."""

    numbers: Achievements
    """Each with a lead metric."""
    featured: Achievements
    latest: Achievements
    """The newest that are done; where none is yet, what is under way and planned."""
    is_lately: bool
    """Whether these are of the days that count as lately, or yet to come."""
    skills: tuple[SkillRef, ...]


def by_worth(projection: Projection, achievements: Iterable[Item[Achievement]]) -> list[Item[Achievement]]:
    """Return *achievements*, the one that weighs most in a career first."""
    return sorted(achievements, key=lambda item: -worth(item.authored, projection.as_of, RESUME_HALF_LIFE_DAYS))


def choose_home(projection: Projection, skills: SkillIndex) -> HomeSelection:
    """Return the home page's selection: featured is what its owner says, or the weightiest when there are many."""
    delivered = _delivered(projection)
    ranked = by_worth(projection, delivered)
    chosen = [item for item in ranked if item.authored.featured]
    if not chosen and len(delivered) > _ENOUGH_TO_CHOOSE:
        chosen = ranked[:MAX_LATEST]
    featured = tuple(chosen[:MAX_FEATURED])
    with_number = [item for item in [*chosen, *ranked] if _has_good_number(item.authored)]
    numbers = tuple({item.id: item for item in with_number}.values())[:MAX_NUMBERS]
    proven = sorted((ref for ref in skills.skills if ref.proofs), key=lambda ref: -len(ref.proofs))
    latest = (delivered or projection.achievements)[:MAX_LATEST]
    is_lately = not delivered or bool(choose_lately(projection).recent)
    return HomeSelection(numbers, featured, latest, is_lately, tuple(proven[:MAX_HOME_SKILLS]))


class LatelySelection(Struct, frozen=True):
    """What the page of the recent shows, each newest first."""

    recent: Achievements
    earlier: Achievements
    """The newest few when nothing is recent; else none."""
    ongoing: Achievements
    planned: Achievements


def choose_lately(projection: Projection) -> LatelySelection:
    """Return what was done lately, and what is to come."""
    achievements, as_of = projection.achievements, projection.as_of
    delivered = _delivered(projection)
    limit = projection.config.freshness.lately_days
    recent = tuple(item for item in delivered if age_days(item.authored, as_of) <= limit)
    return LatelySelection(
        recent=recent,
        earlier=() if recent else delivered[:MAX_LATEST],
        ongoing=tuple(item for item in achievements if item.authored.ongoing),
        planned=tuple(item for item in achievements if item.authored.is_planned(as_of)),
    )


def _delivered(projection: Projection) -> Achievements:
    return tuple(item for item in projection.achievements if item.authored.is_done(projection.as_of))


def is_searchable(projection: Projection) -> bool:
    """Tell whether the site of *projection* has a search page."""
    return len(projection.achievements) >= _ENOUGH_TO_SEARCH or len(projection.pages) >= _ENOUGH_PAGES_TO_SEARCH


def is_filterable(achievements: Achievements) -> bool:
    """Tell whether a list of *achievements* is too long to be seen at a glance."""
    return len(achievements) >= _ENOUGH_TO_FILTER


def years_of(projection: Projection) -> dict[str, Achievements]:
    """Return the achievements by year, newest first. Work in progress counts under the year that it started."""
    years: dict[str, list[Item[Achievement]]] = {}
    for item in projection.achievements:
        years.setdefault(year_of(projection, item.authored), []).append(item)
    return {year: tuple(years[year]) for year in sorted(years, reverse=True)}


def year_of(projection: Projection, achievement: Achievement) -> str:
    """Return the year under which *achievement* is listed."""
    written = achievement.date or achievement.start
    return f"{written.year:04}" if written else f"{effective_day(achievement, projection.as_of).year:04}"


def types_of(projection: Projection) -> dict[str, Achievements]:
    """Return the achievements by type, the most frequent first."""
    types: dict[str, list[Item[Achievement]]] = {}
    for item in projection.achievements:
        if item.authored.type:
            types.setdefault(item.authored.type, []).append(item)
    return {name: tuple(types[name]) for name in sorted(types, key=lambda name: (-len(types[name]), name))}


def roles_of(projection: Projection) -> dict[str, Achievements]:
    """Return the achievements by the id of a role that the projection shows."""
    roles: dict[str, list[Item[Achievement]]] = {item.id: [] for item in projection.roles}
    for item in projection.achievements:
        if item.authored.role in roles:
            roles[item.authored.role].append(item)
    return {role: tuple(found) for role, found in roles.items()}


class Neighbours(Struct, frozen=True):
    """Achievements by what they share, indexed once so that a thousand of them do not take a million comparisons."""

    projects: dict[str, list[int]]
    skills: dict[str, list[int]]


def index_neighbours(projection: Projection, skills: SkillIndex) -> Neighbours:
    """Return the positions of the achievements of *projection* by project and by skill."""
    projects: dict[str, list[int]] = {}
    by_skill: dict[str, list[int]] = {}
    for index, item in enumerate(projection.achievements):
        if item.authored.project:
            projects.setdefault(item.authored.project, []).append(index)
        for ref in skills.of(item.authored):
            by_skill.setdefault(ref.path, []).append(index)
    return Neighbours(projects, by_skill)


_NEAREST: Final = 12


def choose_related(projection: Projection, skills: SkillIndex, neighbours: Neighbours, index: int) -> Achievements:
    """Return the achievements nearest in time that share most with number *index*; a project weighs two skills."""
    authored = projection.achievements[index].authored
    shared: Counter[int] = Counter()
    for ref in skills.of(authored):
        shared.update(_near(neighbours.skills[ref.path], index))
    if authored.project:
        near = _near(neighbours.projects[authored.project], index)
        shared.update(near)
        shared.update(near)
    del shared[index]
    best = sorted((-count, abs(other - index), other) for other, count in shared.items() if count > 1)
    return tuple(projection.achievements[other] for _, _, other in best[:MAX_RELATED])


def _near(positions: list[int], index: int) -> list[int]:
    """Return the few of sorted *positions* around *index*."""
    middle = bisect_left(positions, index)
    return positions[max(0, middle - _NEAREST // 2) : middle + _NEAREST // 2]


def _has_good_number(achievement: Achievement) -> bool:
    metric = lead_metric(achievement)
    return metric is not None and verdict_of(metric) != "worse"
