"""Posting: a saved job advert."""

from typing import Annotated, Literal

from .common import Authored, Common, about
from .scalars import PartialDate, Quantity, Url

PostingStatus = Literal[
    "saved", "applied", "no_response", "interview", "offer", "accepted", "rejected", "withdrawn", "expired"
]


class Salary(Authored, frozen=True, kw_only=True):
    """What an advert offers."""

    min: Annotated[Quantity | None, about("From.")] = None
    max: Annotated[Quantity | None, about("To.")] = None
    currency: Annotated[str, about("Three letters: EUR.")] = ""
    period: Annotated[str, about("For example year or month.")] = ""


class Posting(Common, frozen=True, kw_only=True):
    """A job advert; the body of its file is the advert itself."""

    title: Annotated[str, about("What they call the job.")]
    employer: Annotated[str, about("Who offers it.")] = ""
    employer_id: Annotated[str, about("What tells employers apart whose names differ.")] = ""
    via: Annotated[str, about("Who passed it on.")] = ""
    url: Annotated[Url | None, about("Where it was.")] = None
    captured: Annotated[PartialDate | None, about("When you saved it.")] = None
    posted: Annotated[PartialDate | None, about("When it appeared.")] = None
    closes: Annotated[PartialDate | None, about("The last day to apply.")] = None
    location: Annotated[str, about("City, country.")] = ""
    remote: Annotated[Literal["full", "hybrid", "none"] | None, about("How much of it from anywhere.")] = None
    salary: Salary | None = None
    vertical: Annotated[str, about("The line of business.")] = ""
    level: Annotated[str, about("As they call it.")] = ""
    must: Annotated[tuple[str, ...], about("Skills that it demands.")] = ()
    nice: Annotated[tuple[str, ...], about("Skills that it likes to see.")] = ()
    status: Annotated[PostingStatus | None, about("How far you are.")] = None
