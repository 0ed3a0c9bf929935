"""Ladder: levels, competencies, and the criteria of each level; private/ladders/*.yaml."""

from typing import Annotated

from msgspec import Meta

from .common import Authored, Imported, about
from .scalars import Url


class Level(Authored, frozen=True, kw_only=True):
    """A step of the ladder."""

    id: Annotated[str, about("One word, as achievements name it.")]
    name: Annotated[str, about("As people call it.")] = ""
    order: Annotated[int, about("Higher is further up; the order in the file when absent.")] | None = None
    summary: Annotated[str, about("What is expected, in a sentence.")] = ""


class Criterion(Authored, frozen=True, kw_only=True):
    """Something that people of a level do."""

    id: Annotated[str, about("One word, as achievements name it.")]
    text: Annotated[str, about("What people of that level do.")]
    examples: Annotated[tuple[str, ...], about("What would count.")] = ()


class Competency(Authored, frozen=True, kw_only=True):
    """A line of the ladder: something that is judged at every level."""

    id: Annotated[str, about("One word, as achievements name it.")]
    name: Annotated[str, about("As people call it.")] = ""
    summary: Annotated[str, about("What it is about.")] = ""
    criteria: Annotated[dict[str, tuple[Criterion, ...]], about("By level.")] = {}


class LadderRules(Authored, frozen=True, kw_only=True):
    """When a criterion counts as sustained."""

    min_evidence: Annotated[int, Meta(ge=1, le=100), about("So many proofs.")] = 2
    min_quarters: Annotated[int, Meta(ge=1, le=40), about("From so many quarters.")] = 2
    max_age_days: Annotated[int, Meta(ge=1, le=36500), about("The newest no older.")] = 365
    corroborated: Annotated[int, Meta(ge=0, le=100), about("So many that somebody else can confirm.")] = 1


class Ladder(Authored, frozen=True, kw_only=True):
    """A set of promotion criteria. An achievement names what it proves as ladder/level/criterion or ladder/level/competency."""

    id: Annotated[str, about("One word, as achievements name it.")]
    name: Annotated[str, about("As people call it.")] = ""
    source: Annotated[Url | None, about("Where it comes from.")] = None
    levels: tuple[Level, ...] = ()
    competencies: tuple[Competency, ...] = ()
    rules: LadderRules = LadderRules()
    imported: Annotated[Imported | None, about("Where an importer found this.")] = None
