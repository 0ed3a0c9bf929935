"""One-pager: which achievements one is chosen from, and what each is worth there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from msgspec import Struct, structs

from bragfolio.core.insight.campaigns import visible_proofs
from bragfolio.core.insight.freshness import RESUME_HALF_LIFE_DAYS, stars_of, worth
from bragfolio.core.project.projection import effective_day

if TYPE_CHECKING:
    from bragfolio.core.link.skills import SkillIndex
    from bragfolio.core.project.projection import Item, Projection
    from bragfolio.model.achievement import Achievement
    from bragfolio.model.campaign import Campaign, Select

CAMPAIGN_HALF_LIFE_DAYS: Final = 2 * 365
_BEST_OF_ROLE: Final = 2
PIN: Final = 2
"""What a pinned achievement's value is multiplied by; it is never dropped, too."""

Match = Callable[["Achievement"], float]
"""How much of a posting an achievement answers, from 0 to 1."""


class Choice(Struct, frozen=True):
    """An achievement that a one-pager may show."""

    item: Item[Achievement]
    value: float
    is_pinned: bool
    is_spare: bool
    """Beyond the number that the design is made for: shown only when the page would be empty without it."""
    is_only: bool = False
    """The best of its role, where achievements stand below roles: dropped after the others."""


class Terms(Struct, frozen=True):
    """What a one-pager is made for."""

    campaign: Campaign | None
    """None for the resume."""
    limit: int
    """How many achievements the design is made for."""
    wins: str = "list"
    """Where the design sets achievements: below a `claim` it is made for the proofs alone, where there are any; below a
    `role`, none should be bare."""
    match: Match = lambda _: 0.0

    @property
    def half_life_days(self) -> int:
        """How fast achievements lose value."""
        if self.campaign is None:
            return RESUME_HALF_LIFE_DAYS
        return self.campaign.one_pager.half_life_days or CAMPAIGN_HALF_LIFE_DAYS


def choose_achievements(projection: Projection, skills: SkillIndex, terms: Terms) -> list[Choice]:
    """Return what the one-pager of *terms* may show, in the order of its campaign; spare ones last."""
    campaign = terms.campaign
    items = [
        item
        for item in projection.achievements
        if (
            _selects(campaign, item, projection, skills) if campaign else not item.authored.is_planned(projection.as_of)
        )
    ]
    proofs = {id_ for claim in campaign.claims for id_ in claim.proof} if campaign else set()
    kept = {id_ for ids in _best_proofs(projection, terms) for id_ in ids}
    choices = [
        Choice(item, value_of(item.authored, projection, terms), item.authored.pin or item.id in kept, is_spare=False)
        for item in items
    ]
    asked = proofs | set(campaign.select.include if campaign else ())
    ranked = sorted(choices, key=lambda choice: (choice.item.id not in asked, -choice.value))
    fixed = campaign.select.limit if campaign else None
    limit = fixed or (len(proofs) if terms.wins == "claim" and proofs else max(terms.limit, len(asked)))
    if terms.wins == "role":
        ranked = _each_role_first(ranked)
    chosen = [choice for rank, choice in enumerate(ranked) if rank < limit or choice.is_pinned]
    spare = [] if fixed else [structs.replace(choice, is_spare=True) for choice in ranked if choice not in chosen]
    order = _order(campaign, [choice.item.id for choice in choices])
    return [*sorted(chosen, key=order), *sorted(spare, key=order)]


def _each_role_first(ranked: list[Choice]) -> list[Choice]:
    """Return *ranked* with the best few of each role before the rest, and the best of each marked."""
    counts: Counter[str] = Counter()
    best, rest = [], []
    for choice in ranked:
        role = choice.item.authored.role
        counts[role] += 1
        if counts[role] <= _BEST_OF_ROLE:
            best.append(structs.replace(choice, is_only=bool(role) and counts[role] == 1))
        else:
            rest.append(choice)
    return [*best, *rest]


def value_of(achievement: Achievement, projection: Projection, terms: Terms) -> float:
    """Return `stars * 0.5^(age / half-life) * (1 + match) * pin`."""
    fresh = worth(achievement, projection.as_of, terms.half_life_days)
    return fresh * (1 + terms.match(achievement)) * (PIN if achievement.pin else 1)


def _best_proofs(projection: Projection, terms: Terms) -> list[list[str]]:
    """Return the most valuable proof of each claim, which its claim never loses."""
    if terms.campaign is None:
        return []
    proofs = visible_proofs(terms.campaign, projection)
    ranked = [sorted(found, key=lambda item: -value_of(item.authored, projection, terms)) for found in proofs]
    return [[item.id for item in found[:1]] for found in ranked]


def _order(campaign: Campaign | None, newest_first: list[str]) -> Callable[[Choice], tuple[float, ...]]:
    """Return the key to sort by; ties are newest first."""
    order = campaign.order if campaign else "value"
    place = {id_: index for index, id_ in enumerate(newest_first)}
    if campaign and order == "manual":
        written = [*campaign.select.include, *(id_ for claim in campaign.claims for id_ in claim.proof)]
        rank = {id_: index for index, id_ in reversed(list(enumerate(written)))}
        return lambda choice: (rank.get(choice.item.id, len(written)), place[choice.item.id])
    if order == "date":
        return lambda choice: (place[choice.item.id],)
    if order == "stars":
        return lambda choice: (-stars_of(choice.item.authored), place[choice.item.id])
    return lambda choice: (-choice.value, place[choice.item.id])


def _selects(campaign: Campaign, item: Item[Achievement], projection: Projection, skills: SkillIndex) -> bool:
    select = campaign.select
    if item.id in select.exclude:
        return False
    if item.id in select.include or any(item.id in claim.proof for claim in campaign.claims):
        return True
    if item.authored.is_planned(projection.as_of):
        return False
    return _meets(select, item.authored, projection, skills) if select.narrows else not select.include


def _meets(select: Select, authored: Achievement, projection: Projection, skills: SkillIndex) -> bool:
    wanted = {ref.path for name in select.skills if (ref := skills.find(name))}
    return (
        (not select.skills or any(ref.path in wanted for ref in skills.of(authored)))
        and (not select.tags or not set(select.tags).isdisjoint(authored.tags))
        and (not select.types or authored.type in select.types)
        and (not select.roles or authored.role in select.roles)
        and (not select.since or effective_day(authored, projection.as_of) >= select.since.day(projection.as_of))
        and (not select.stars_min or stars_of(authored) >= select.stars_min)
    )
