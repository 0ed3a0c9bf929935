"""Promotion: the level that you want, who decides, and when; private/promotion.yaml."""

from typing import Annotated

from msgspec import Meta

from .common import Authored, about
from .scalars import PartialDate


class Cycle(Authored, frozen=True, kw_only=True):
    """One round in which promotions are decided."""

    id: Annotated[str, about("One word: 2026-H2.")]
    opens: Annotated[PartialDate | None, about("When it begins.")] = None
    packet_due: Annotated[PartialDate | None, about("When the packet must be there.")] = None
    decision: Annotated[PartialDate | None, about("When it is decided.")] = None


class Promotion(Authored, frozen=True, kw_only=True):
    """The rules of the promotion game where you work."""

    target: Annotated[str, about("ladder/level.")] = ""
    cycles: tuple[Cycle, ...] = ()
    decision_maker: Annotated[str, about("Id of the person who decides.")] = ""
    voters: Annotated[tuple[str, ...], about("Ids of the people who are asked.")] = ()
    min_months_in_level: Annotated[int, Meta(ge=0, le=600), about("So long at a level before the next.")] = 0
    sponsors_required: Annotated[int, Meta(ge=0, le=100), about("So many people must speak for you.")] = 0
