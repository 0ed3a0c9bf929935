"""Posting: a saved job advert."""

from typing import Annotated, Literal

from .common import Authored, Common, about
from .scalars import PartialDate, Quantity, Url

PostingStatus = Literal[
    "saved", "applied", "no_response", "interview", "offer", "accepted", "rejected", "withdrawn", "expired"
]


class Salary(Authored, frozen=True, kw_only=True):
    """What an advert offers."""

    min: Quantity | None = None
    max: Quantity | None = None
    currency: str = ""
    period: str = ""


class Posting(Common, frozen=True, kw_only=True):
    """A job advert; the body of its file is the advert itself."""

    title: str
    employer: str = ""
    employer_id: Annotated[str, about("What tells employers apart whose names differ.")] = ""
    via: Annotated[str, about("Who passed it on.")] = ""
    url: Url | None = None
    captured: PartialDate | None = None
    posted: PartialDate | None = None
    closes: PartialDate | None = None
    location: str = ""
    remote: Literal["full", "hybrid", "none"] | None = None
    salary: Salary | None = None
    vertical: str = ""
    level: str = ""
    must: Annotated[tuple[str, ...], about("Skills that it demands.")] = ()
    nice: Annotated[tuple[str, ...], about("Skills that it likes to see.")] = ()
    status: PostingStatus | None = None
