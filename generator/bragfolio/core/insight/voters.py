"""Voters: who decides on a promotion, who speaks for it, and who of them knows what proves it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.insight.finding import Finding, counted, listed
from bragfolio.core.insight.freshness import stars_of
from bragfolio.core.insight.hearing import tell_action
from bragfolio.core.insight.standing import days_to_packet, hurry

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bragfolio.core.insight.career import Career
    from bragfolio.core.project.projection import Item
    from bragfolio.model.achievement import Achievement
    from bragfolio.model.dossier import Kept
    from bragfolio.model.people import OtherPerson
    from bragfolio.model.promotion import Promotion

FINDINGS: Final = {
    "sponsors-missing": "Fewer sponsors among those who decide, or at skip and above, than sponsors_required.",
    "decider-unaware": "Somebody who decides or votes knows of no achievement that proves the target level.",
}
PROMOTION_STARS: Final = 5.0
"""What is at stake: a promotion weighs as much as the greatest achievement."""
_ABOVE: Final = frozenset({"skip", "exec"})
_WARMTH: Final = ("supporter", "neutral", None, "sceptic", "sponsor")
"""Who becomes a sponsor first."""
_GETS_SPONSOR: Final = 0.4
"""How likely asking helps: it is somebody else's decision."""
_GETS_HEARD: Final = 0.6


class Awareness(Struct, frozen=True):
    """What one of those who decide knows of the proofs of the target level."""

    id: str
    name: str
    part: str
    """`decides` or `votes`."""
    known: tuple[str, ...]
    """The proofs that this person knows, as `achievement/id`, heaviest first."""


def find_sponsors(career: Career, promotion: Promotion) -> list[Kept[OtherPerson]]:
    """Return the sponsors whose word counts: who decides or votes, and who is at skip or above."""
    return [one for one in _heard(career, promotion) if one.authored.advocate == "sponsor"]


def find_awareness(
    career: Career, promotion: Promotion, proofs: Sequence[Item[Achievement]], known: Mapping[str, frozenset[str]]
) -> tuple[Awareness, ...]:
    """Return who of those that decide, who decides first, knows which of *proofs*; *known* are ids by person."""
    return tuple(
        Awareness(
            id_,
            career.people[id_].authored.name,
            part,
            tuple(f"achievement/{item.id}" for item in proofs if item.id in known.get(id_, ())),
        )
        for id_, part in _parts(promotion).items()
        if id_ in career.people
    )


def find_few_sponsors(career: Career, promotion: Promotion) -> list[Finding]:
    """Say that sponsors are missing, and whom to ask: the warmest of those whose word counts."""
    sponsors, needed = find_sponsors(career, promotion), promotion.sponsors_required
    if len(sponsors) >= needed:
        return []
    others = [one for one in _heard(career, promotion) if one not in sponsors]
    others.sort(key=lambda one: _WARMTH.index(one.authored.advocate))
    have = (
        f"you have {len(sponsors)} ({listed(one.authored.name for one in sponsors)})" if sponsors else "you have none"
    )
    whom = f"ask {others[0].authored.name} to speak for you" if others else "find somebody at your boss's boss's level"
    return [
        Finding(
            code="sponsors-missing",
            sentence=f"{counted(needed, 'sponsor')} {'is' if needed == 1 else 'are'} needed, and {have}.",
            action=f"{whom}, and note `advocate: sponsor` in site_content/private/people.yaml",
            numbers=(("sponsors", str(len(sponsors))), ("needed", str(needed))),
            entries=tuple(f"person/{one.id}" for one in (*others[:1], *sponsors)),
            gain=PROMOTION_STARS * _GETS_SPONSOR * hurry(days_to_packet(career)),
        )
    ]


def find_unaware(
    career: Career, aware: Iterable[Awareness], proofs: Sequence[Item[Achievement]], level: str
) -> list[Finding]:
    """Say who decides on *level* and knows none of *proofs*; nothing while there are none."""
    if not proofs:
        return []
    best = proofs[0]
    of_what = (
        "does not know of the achievement that proves"
        if len(proofs) == 1
        else f"knows of none of the {len(proofs)} achievements that prove"
    )
    return [
        Finding(
            code="decider-unaware",
            sentence=f"{one.name} {one.part}, and {of_what} {level}.",
            action=f"tell {one.name} of “{best.authored.title}”: {tell_action(career, best.id, [one.id], 'talk')}",
            numbers=(("proofs", str(len(proofs))),),
            entries=(f"person/{one.id}", *(f"achievement/{item.id}" for item in proofs)),
            gain=stars_of(best.authored) * _GETS_HEARD * hurry(days_to_packet(career)),
        )
        for one in aware
        if not one.known
    ]


def _heard(career: Career, promotion: Promotion) -> list[Kept[OtherPerson]]:
    """Return those whose word counts, in the order of people.yaml."""
    parts = _parts(promotion)
    return [one for one in career.dossier.people if one.id in parts or one.authored.relation in _ABOVE]


def _parts(promotion: Promotion) -> dict[str, str]:
    """Return by id the part that each has in the decision, the one who decides first."""
    parts = {promotion.decision_maker: "decides"} if promotion.decision_maker else {}
    return parts | {id_: "votes" for id_ in promotion.voters if id_ not in parts}
