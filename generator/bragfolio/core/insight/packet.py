"""Packet: what a promotion asks for at one level, each criterion with its proofs; as the readers of one audience see it."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from bragfolio.model.achievement import Metric
from bragfolio.model.scalars import PartialDate


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
    """`sustained`, `partial`, `stale` or `missing`: by the proofs below, which are those that the readers see."""
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
    """In the order of the ladder."""
    has_gaps: bool
    """Whether gaps and states are to be printed: they are for the author alone, or where `--gaps` says so."""
