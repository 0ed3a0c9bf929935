"""Freshness: what an achievement weighs, and how that fades."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from bragfolio.core.project.projection import effective_day

if TYPE_CHECKING:
    from bragfolio.model.achievement import Achievement
    from bragfolio.model.site import Freshness

_STARS_BY_SCOPE: Final = {"self": 1, "team": 2, "department": 3, "company": 4, "industry": 5}
_DEFAULT_STARS: Final = 2
RESUME_HALF_LIFE_DAYS: Final = 5 * 365
"""How fast an achievement loses its place among the best of a career."""


def stars_of(achievement: Achievement) -> int:
    """Return 1 to 5: what the author said, or what the scope gives, or 2."""
    return achievement.stars or _STARS_BY_SCOPE.get(achievement.scope or "", _DEFAULT_STARS)


def age_days(achievement: Achievement, as_of: date) -> int:
    """Return the days since the last day that the achievement's date may mean; never negative."""
    return (as_of - effective_day(achievement, as_of)).days


def worth(achievement: Achievement, as_of: date, half_life_days: float) -> float:
    """Return `stars * 0.5^(age / half-life)`."""
    return float(stars_of(achievement) * 0.5 ** (age_days(achievement, as_of) / half_life_days))


def fresh(achievement: Achievement, as_of: date, freshness: Freshness) -> float:
    """Return what is left of an achievement, by the half-life of its type in site.yaml; of one dated later, all."""
    return worth(achievement, as_of, half_life_of(achievement, freshness))


def half_life_of(achievement: Achievement, freshness: Freshness) -> int:
    """Return in how many days an achievement loses half of its weight, by its type."""
    return freshness.half_life_by_type.get(achievement.type or "", freshness.half_life_days)
