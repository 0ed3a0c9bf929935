"""Promotion: the level that you want, who decides, and when; private/promotion.yaml."""

from typing import Annotated

from msgspec import Meta

from .common import Authored, about
from .scalars import PartialDate


class Cycle(Authored, frozen=True, kw_only=True):
    """One round in which promotions are decided."""

    id: str
    opens: PartialDate | None = None
    packet_due: PartialDate | None = None
    decision: PartialDate | None = None


class Promotion(Authored, frozen=True, kw_only=True):
    """The rules of the promotion game where you work."""

    target: Annotated[str, about("ladder/level.")] = ""
    cycles: tuple[Cycle, ...] = ()
    decision_maker: Annotated[str, about("Id of the person who decides.")] = ""
    voters: Annotated[tuple[str, ...], about("Ids of the people who are asked.")] = ()
    min_months_in_level: Annotated[int, Meta(ge=0, le=600)] = 0
    sponsors_required: Annotated[int, Meta(ge=0, le=100)] = 0
