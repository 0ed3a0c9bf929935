"""Skill demand: how many employers name each skill, and what that says of one's own evidence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.insight.freshness import stars_of
from bragfolio.core.insight.market import Advert
from bragfolio.core.project.projection import effective_day

if TYPE_CHECKING:
    from bragfolio.core.insight.career import Career
    from bragfolio.core.insight.vocabulary import Known
    from bragfolio.model.site import Demand

_CAPTIVE_MOST: Final = 1
"""Employers that name a skill which only one employer values."""


class SkillDemand(Struct, frozen=True):
    """A skill, and who asks for it."""

    name: str
    entry: str
    """`skill/id`; empty when the portfolio does not have it."""
    employers: tuple[str, ...]
    """Those that name it, sorted."""
    postings: tuple[str, ...]
    """As `posting/id`, newest first."""
    reach: str
    """`market`, `niche`, `captive`, or `insufficient` when there are too few employers to tell."""
    advice: str
    """What to do about it: `lead`, `refresh`, `learn`, `retire`, or nothing."""
    used: date | None
    """The day of the newest evidence; None when there is none."""
    proofs: tuple[str, ...]
    """As `achievement/id`, newest first."""
    stars: int
    """Of the best evidence; 0 when there is none."""


class Counted(Struct, frozen=True):
    """The skills with the employers that name them."""

    skills: tuple[SkillDemand, ...]
    """What most employers want first, then by name."""
    employers: int
    is_sufficient: bool
    adverts: tuple[Advert, ...]
    """Those that count: of the window, with an employer."""


def count_employers(career: Career) -> Counted:
    """Return each skill with the employers of the window that name it."""
    settings = career.config.demand
    recent = [advert for advert in career.market.adverts if advert.is_within(settings.window_days)]
    placed = [advert for advert in recent if advert.employer]
    employers = len({advert.employer for advert in placed})
    skills = tuple(_demands(career, placed, employers))
    return Counted(skills, employers, employers >= settings.min_employers, tuple(placed))


def _demands(career: Career, adverts: list[Advert], employers: int) -> list[SkillDemand]:
    """Return each skill that is named in *adverts* or that the portfolio has."""
    vocabulary, settings = career.market.vocabulary, career.config.demand
    known = {found.key: found for ref in career.linked.skills.skills for found in [vocabulary.of(ref.name)]}
    naming: dict[str, list[Advert]] = {key: [] for key in known}
    for advert in adverts:
        for found in advert.named:
            known.setdefault(found.key, found)
            naming.setdefault(found.key, []).append(advert)
    skills = [_demand(known[key], naming[key], employers, career.as_of, settings) for key in naming]
    return sorted(skills, key=lambda skill: (-len(skill.employers), skill.name.casefold(), skill.name))


def _demand(known: Known, naming: list[Advert], employers: int, as_of: date, settings: Demand) -> SkillDemand:
    asking = sorted({advert.employer for advert in naming})
    proofs = known.skill.proofs if known.skill else ()
    used = effective_day(proofs[0].authored, as_of) if proofs else None  # the newest stands first
    reach = _reach(len(asking), employers, settings)
    if reach == "market":
        is_recent = used is not None and (as_of - used).days <= settings.evidence_max_days
        advice = "lead" if is_recent else "refresh" if used else "learn"
    else:
        advice = "retire" if reach == "captive" and known.skill else ""
    return SkillDemand(
        name=known.name,
        entry=known.entry,
        employers=tuple(asking),
        postings=tuple(advert.entry for advert in naming),
        reach=reach,
        advice=advice,
        used=used,
        proofs=tuple(f"achievement/{item.id}" for item in proofs),
        stars=max((stars_of(item.authored) for item in proofs), default=0),
    )


def _reach(asking: int, employers: int, settings: Demand) -> str:
    if employers < settings.min_employers:
        return "insufficient"
    if asking >= settings.market_min and Decimal(asking) >= Decimal(str(settings.market_share)) * employers:
        return "market"
    return "captive" if asking <= _CAPTIVE_MOST else "niche"
