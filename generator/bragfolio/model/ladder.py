"""Ladder: levels, competencies, and the criteria of each level; private/ladders/*.yaml."""

from typing import Annotated

from msgspec import Meta

from .common import Authored, Imported, about
from .scalars import Url


class Level(Authored, frozen=True, kw_only=True):
    """A step of the ladder."""

    id: str
    name: str = ""
    order: Annotated[int, about("Higher is further up; the order in the file when absent.")] | None = None
    summary: str = ""


class Criterion(Authored, frozen=True, kw_only=True):
    """Something that people of a level do."""

    id: str
    text: str
    examples: tuple[str, ...] = ()


class Competency(Authored, frozen=True, kw_only=True):
    """A line of the ladder: something that is judged at every level."""

    id: str
    name: str = ""
    summary: str = ""
    criteria: Annotated[dict[str, tuple[Criterion, ...]], about("By level.")] = {}


class LadderRules(Authored, frozen=True, kw_only=True):
    """When a criterion counts as sustained."""

    min_evidence: Annotated[int, Meta(ge=1, le=100)] = 2
    min_quarters: Annotated[int, Meta(ge=1, le=40)] = 2
    max_age_days: Annotated[int, Meta(ge=1, le=36500)] = 365
    corroborated: Annotated[int, Meta(ge=0, le=100)] = 1


class Ladder(Authored, frozen=True, kw_only=True):
    """A set of promotion criteria. An achievement names what it proves as ladder/level/criterion or ladder/level/competency."""

    id: str
    name: str = ""
    source: Annotated[Url | None, about("Where it comes from.")] = None
    levels: tuple[Level, ...] = ()
    competencies: tuple[Competency, ...] = ()
    rules: LadderRules = LadderRules()
    imported: Annotated[Imported | None, about("Where an importer found this.")] = None
