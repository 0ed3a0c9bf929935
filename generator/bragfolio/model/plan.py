"""Plan: a guiding principle, what you want and avoid, and the bets that your work should serve; private/plan.yaml."""

from typing import Annotated

from .common import Authored, about
from .scalars import PartialDate
from .site import Days


class Bet(Authored, frozen=True, kw_only=True):
    """What you want to be known for, and until when you try."""

    id: Annotated[str, about("One word, as goals name it.")]
    title: Annotated[str, about("What it is.")]
    skills: Annotated[tuple[str, ...], about("Work that names one of these serves it, too.")] = ()
    tags: Annotated[tuple[str, ...], about("Work with one of these tags serves it, too.")] = ()
    until: Annotated[PartialDate | None, about("When you look whether it came true.")] = None


class CareerPlan(Authored, frozen=True, kw_only=True):
    """Where you want to go. A free agent has a plan of their own."""

    principle: Annotated[str, about("One sentence that decides when two offers are equal.")] = ""
    want: Annotated[tuple[str, ...], about("What makes an opportunity better.")] = ()
    avoid: Annotated[tuple[str, ...], about("What makes one worse.")] = ()
    must: Annotated[tuple[str, ...], about("Without these an opportunity is none.")] = ()
    bets: tuple[Bet, ...] = ()
    review_every_days: Annotated[Days, about("How often you mean to go through it.")] = 90
    reviewed: Annotated[PartialDate | None, about("When you last went through it.")] = None
