"""Ledgers: the lines of the CSV files in private/, each column a field. Empty cells are absent."""

from typing import Annotated

from .common import Authored, about
from .scalars import PartialDate, Url


class Announcement(Authored, frozen=True, kw_only=True):
    """announcements.csv: an achievement was told to somebody."""

    date: Annotated[PartialDate, about("When it was told.")]
    achievement: Annotated[str, about("Id of the achievement.")]
    channel: Annotated[str, about("slack, email, linkedin, status, talk, or a word of your own.")] = ""
    audience: Annotated[str, about("Who it was for; nobody but those of `to` when absent.")] = ""
    to: Annotated[tuple[str, ...], about("Ids of people, with spaces between them.")] = ()
    url: Annotated[Url | None, about("Where it was told.")] = None


class Sending(Authored, frozen=True, kw_only=True):
    """sent.csv: a one-pager went to somebody."""

    date: Annotated[PartialDate, about("When it went.")]
    campaign: Annotated[str, about("Its id; empty for the resume.")] = ""
    to: Annotated[tuple[str, ...], about("Ids of people, with spaces between them.")] = ()
    file: Annotated[str, about("The name of the PDF.")] = ""
    sha256: Annotated[str, about("What tells that file from all others.")] = ""
    channel: Annotated[str, about("How it went: email, paper.")] = ""
    outcome: Annotated[str, about("What came of it.")] = ""


class Making(Authored, frozen=True, kw_only=True):
    """one-pagers.csv: a PDF that `brag pdf` made, and what is on it. Brag writes it."""

    date: Annotated[PartialDate, about("When it was made.")]
    campaign: Annotated[str, about("Its id; empty for the resume.")] = ""
    audience: Annotated[str, about("As whom it reads the portfolio.")] = ""
    page: Annotated[str, about("The paper.")] = ""
    template: Annotated[str, about("The design.")] = ""
    file: Annotated[str, about("The name of the PDF.")] = ""
    sha256: Annotated[str, about("What tells that file from all others.")] = ""
    achievements: Annotated[tuple[str, ...], about("Ids, with spaces between them.")] = ()


class Opportunity(Authored, frozen=True, kw_only=True):
    """opportunities.csv: somebody asked for you, or you for them."""

    date: Annotated[PartialDate, about("When they wrote, or you did.")]
    source: Annotated[str, about("recruiter, referral, own, or a word of your own.")] = ""
    employer: Annotated[str, about("Who it was.")] = ""
    title: Annotated[str, about("What they offered.")] = ""
    posting: Annotated[str, about("Id of a posting.")] = ""
    responded: Annotated[PartialDate | None, about("When you answered.")] = None
    outcome: Annotated[str, about("What came of it.")] = ""
    notes: Annotated[str, about("Words of your own; must, want and avoid of plan.yaml are looked for in them.")] = ""
