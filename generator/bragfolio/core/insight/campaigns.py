"""Campaigns: whether the claims of one still stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bragfolio.core.insight.freshness import age_days
from bragfolio.core.read.shape import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bragfolio.core.project.projection import Item, Projection
    from bragfolio.model.achievement import Achievement
    from bragfolio.model.campaign import Campaign

MIN_PROOFS: Final = 2
"""A claim with fewer is an assertion."""
MAX_AGE_DAYS: Final = 365
"""A claim whose newest proof is older is history."""


def visible_proofs(campaign: Campaign, projection: Projection) -> list[list[Item[Achievement]]]:
    """Return for each claim of *campaign* its proofs in *projection*, as they are written, each once."""
    by_id = {item.id: item for item in projection.achievements}
    return [[by_id[id_] for id_ in dict.fromkeys(claim.proof) if id_ in by_id] for claim in campaign.claims]


def findings(campaign: Campaign, projection: Projection) -> Iterator[Issue]:
    """Yield what its owner should know of *campaign*, whose audience sees *projection*."""
    if campaign.is_over(projection.as_of):
        message = f"the campaign is over since {campaign.end}: its page leads home"
        yield Issue(("end",), "campaign-over", message, "move its end, or delete the file")
        return
    for index, found in enumerate(visible_proofs(campaign, projection)):
        ages = [age_days(item.authored, projection.as_of) for item in found]
        claim = campaign.claims[index].text
        if len(found) < MIN_PROOFS:
            proofs = ("no proof", "one proof")[len(found)]
            message = f"the claim “{claim}” has {proofs} that its audience sees; two are the least"
            hint = "name another achievement in proof:, or let its audience see one that is named already"
            yield Issue(("claims", index), "claim-thin", message, hint)
        if ages and min(ages) > MAX_AGE_DAYS:
            message = f"the newest proof of the claim “{claim}” is {min(ages)} days old"
            yield Issue(("claims", index), "claim-stale", message, "prove it again, or drop the claim")
