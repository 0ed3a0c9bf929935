"""Skill: something that somebody can do, proven by achievements and never rated by its owner."""

from typing import Annotated, Literal

from .common import Common, about
from .scalars import PartialDate

Intent = Literal["lead", "keep", "grow", "learn", "retire"]


class Skill(Common, frozen=True, kw_only=True):
    """Something that you can do. Its evidence is the achievements that name it."""

    name: Annotated[str, about("As people call it; achievements name it so.")]
    synonyms: Annotated[tuple[str, ...], about("Other names for the same.")] = ()
    category: Annotated[str, about("The heading that it stands under.")] = ""
    parent: Annotated[str, about("A broader skill.")] = ""
    intent: Annotated[Intent | None, about("What you mean to do with it.")] = None
    since: Annotated[PartialDate | None, about("When it was first used.")] = None
