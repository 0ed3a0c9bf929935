"""Packet: what a promotion asks for at one level, each criterion with its proofs; as the readers of one audience see it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from bragfolio.core.insight.freshness import stars_of
from bragfolio.core.insight.proofs import (
    Judged,
    claims_of,
    gap_of,
    judge_ladder,
    other_voices,
    outside_evidence,
)
from bragfolio.core.insight.standing import next_round, standing_in
from bragfolio.core.project.audiences import SELF
from bragfolio.model.achievement import Metric
from bragfolio.model.scalars import PartialDate

if TYPE_CHECKING:
    from bragfolio.core.insight.career import Career
    from bragfolio.core.insight.standing import Place
    from bragfolio.core.project.projection import Item, Projection
    from bragfolio.model.achievement import Achievement
    from bragfolio.model.dossier import Kept
    from bragfolio.model.ladder import LadderRules
    from bragfolio.model.people import OtherPerson


class Corroboration(Struct, frozen=True, kw_only=True):
    """Something from outside that says the same."""

    kind: str
    """`link`, `file` or `feedback`."""
    text: str
    """The label of the evidence, its address or file name where it has none; of feedback the quote, `""` for none."""
    url: str = ""
    """Of a link."""
    byline: str = ""
    """Of feedback, who is printed as its author; `""` where nobody is to be named."""


class PacketProof(Struct, frozen=True, kw_only=True):
    """An achievement that proves a criterion, without anything that the packet's readers may not see."""

    id: str
    title: str
    date: PartialDate | None
    """As written; None for work in progress."""
    stars: int
    impact: str
    """What changed for others, in a sentence: `impact`, else `summary`; may be `""`."""
    my_part: str
    metrics: tuple[Metric, ...]
    corroborations: tuple[Corroboration, ...]
    """Links, then files, then feedback, each in the order of the entry."""


class PacketCriterion(Struct, frozen=True, kw_only=True):
    """A criterion of the level, with what proves it."""

    id: str
    text: str
    competency: str
    """Its name. Criteria of one competency stand together."""
    state: str
    """`sustained`, `partial`, `stale` or `missing`, by the proofs that the readers see; `""` in a packet without gaps."""
    proofs: tuple[PacketProof, ...]
    """Newest first; none when missing."""
    gap: str = ""
    """What is missing until it counts as sustained, a sentence; `""` when nothing is, and in a packet without gaps."""


class Packet(Struct, frozen=True, kw_only=True):
    """A promotion packet. It is handed to others: it holds what `audience` sees, and gaps only where they were asked for."""

    person: str
    """The name; `""` while site.yaml has none."""
    headline: str
    ladder: str
    """The name of the ladder, its id where it has none."""
    level: str
    """The name of the level that is asked for."""
    level_path: str
    """`ladder/level`."""
    summary: str
    """Of the level."""
    position: str
    """The title of the current position; `""` for none."""
    since: PartialDate | None
    """When that began."""
    cycle: str
    """The id of the next cycle; `""` for none."""
    due: date | None
    """When its packet is due."""
    audience: str
    as_of: date
    criteria: tuple[PacketCriterion, ...]
    """In the order of the ladder. In a packet without gaps only those with a proof: what is not proven is left unsaid."""
    has_gaps: bool
    """Whether gaps and states are in it: they are for the author, or for readers who asked for them."""


def make_packet(career: Career, shown: Projection, place: Place, *, has_gaps: bool) -> Packet:
    """Return the packet for the level *place* as the audience of *shown* may read it.

    What an achievement proves only its author has written down, in *career*; what counts, and every word of it, is what
    *shown* holds.
    """
    claims = claims_of(career.achievements)
    visible = {item.id: item for item in shown.achievements}
    site_url = career.config.url or ""
    people = career.people if shown.audience == SELF else {}
    judged = judge_ladder(place.kept, claims, visible, shown.as_of, site_url)
    person, ladder = shown.config.person, place.kept.authored
    criteria = [_criterion(one, ladder.rules, people, site_url) for one in judged if one.level.id == place.level.id]
    standing, coming = standing_in(shown), next_round(career)
    return Packet(
        person=person.name, headline=person.headline, ladder=ladder.name or place.kept.id, level=place.name,
        level_path=place.path, summary=place.level.summary, position=standing.position.title if standing else "",
        since=standing.since if standing else None, cycle=coming.id if coming else "", due=coming.due if coming else None,
        audience=shown.audience, as_of=shown.as_of, has_gaps=has_gaps,
        criteria=tuple(criteria if has_gaps else _without_gaps(criteria)),
    )  # fmt: skip


def _without_gaps(criteria: list[PacketCriterion]) -> list[PacketCriterion]:
    return [structs.replace(one, state="", gap="") for one in criteria if one.proofs]


def hidden_proofs(career: Career, shown: Projection, place: Place) -> tuple[str, ...]:
    """Return the ids of the achievements that prove the level *place*, and that the audience of *shown* does not see."""
    visible = {item.id for item in shown.achievements}
    judged = judge_ladder(place.kept, claims_of(career.achievements), career.by_id, career.as_of, "")
    proofs = [item.id for one in judged if one.level.id == place.level.id for item in one.proofs]
    return tuple(dict.fromkeys(id_ for id_ in proofs if id_ not in visible))


def _criterion(
    judged: Judged, rules: LadderRules, people: Mapping[str, Kept[OtherPerson]], site_url: str
) -> PacketCriterion:
    return PacketCriterion(
        id=judged.criterion.id, text=judged.criterion.text, competency=judged.competency.name or judged.competency.id,
        state=judged.state, proofs=tuple(_proof(item, people, site_url) for item in judged.proofs),
        gap=gap_of(judged, rules),
    )  # fmt: skip


def _proof(item: Item[Achievement], people: Mapping[str, Kept[OtherPerson]], site_url: str) -> PacketProof:
    achievement = item.authored
    return PacketProof(
        id=item.id, title=achievement.title, date=achievement.date, stars=stars_of(achievement),
        impact=achievement.impact or achievement.summary, my_part=achievement.my_part, metrics=achievement.metrics,
        corroborations=_corroborations(achievement, people, site_url),
    )  # fmt: skip


def _corroborations(
    achievement: Achievement, people: Mapping[str, Kept[OtherPerson]], site_url: str
) -> tuple[Corroboration, ...]:
    evidence = outside_evidence(achievement, site_url)
    links = [Corroboration(kind="link", text=one.label or one.url, url=one.url) for one in evidence if one.url]
    files = [Corroboration(kind="file", text=one.label or one.file) for one in evidence if one.file]
    voices = [
        Corroboration(kind="feedback", text=one.quote, byline=one.byline or _name(people, one.person))
        for one in other_voices(achievement)
    ]
    return (*links, *files, *voices)


def _name(people: Mapping[str, Kept[OtherPerson]], id_: str) -> str:
    return people[id_].authored.name if id_ in people else ""
