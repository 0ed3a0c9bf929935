"""Dossier: everything in private/ that is no entry, read; what the coach works with and nobody else may see."""

from typing import Generic, TypeVar

from msgspec import Struct

from .common import Authored
from .entry import Source
from .goals import Goal
from .ladder import Ladder
from .ledgers import Announcement, Making, Opportunity, Sending
from .people import OtherPerson
from .plan import CareerPlan
from .posting import Posting
from .promotion import Promotion
from .story import Question, Story

T_co = TypeVar("T_co", bound=Authored, covariant=True)


class Kept(Struct, Generic[T_co], frozen=True):
    """One item of a private file."""

    id: str
    """As other files name it: its `id`, or the file's stem; of a line in a table, its number in the file."""
    authored: T_co
    source: Source
    path: tuple[str | int, ...] = ()
    """Where it stands in a file that holds a list."""
    body: str = ""
    """Of a Markdown file, as written; of others empty."""


class Dossier(Struct, frozen=True):
    """The private files. What is absent or broken is empty, in the order of its file otherwise."""

    people: tuple[Kept[OtherPerson], ...] = ()
    goals: tuple[Kept[Goal], ...] = ()
    plan: Kept[CareerPlan] | None = None
    promotion: Kept[Promotion] | None = None
    questions: tuple[Kept[Question], ...] = ()
    stories: tuple[Kept[Story], ...] = ()
    postings: tuple[Kept[Posting], ...] = ()
    ladders: tuple[Kept[Ladder], ...] = ()
    announcements: tuple[Kept[Announcement], ...] = ()
    sendings: tuple[Kept[Sending], ...] = ()
    makings: tuple[Kept[Making], ...] = ()
    opportunities: tuple[Kept[Opportunity], ...] = ()
