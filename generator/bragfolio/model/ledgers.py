"""Ledgers: the lines of the CSV files in private/, each column a field. Empty cells are absent."""

from typing import Annotated

from .common import Authored, about
from .scalars import PartialDate, Url


class Announcement(Authored, frozen=True, kw_only=True):
    """announcements.csv: an achievement was told to somebody."""

    date: PartialDate
    achievement: Annotated[str, about("Id of the achievement.")]
    channel: Annotated[str, about("slack, email, linkedin, status, talk, or a word of your own.")] = ""
    audience: str = ""
    to: Annotated[tuple[str, ...], about("Ids of people, with spaces between them.")] = ()
    url: Url | None = None


class Sending(Authored, frozen=True, kw_only=True):
    """sent.csv: a one-pager went to somebody."""

    date: PartialDate
    campaign: str = ""
    to: Annotated[tuple[str, ...], about("Ids of people, with spaces between them.")] = ()
    file: str = ""
    sha256: str = ""
    channel: str = ""
    outcome: str = ""


class Making(Authored, frozen=True, kw_only=True):
    """one-pagers.csv: a PDF that `brag pdf` made, and what is on it. Brag writes it."""

    date: PartialDate
    campaign: str = ""
    audience: str = ""
    page: str = ""
    template: str = ""
    file: str = ""
    sha256: str = ""
    achievements: Annotated[tuple[str, ...], about("Ids, with spaces between them.")] = ()


class Opportunity(Authored, frozen=True, kw_only=True):
    """opportunities.csv: somebody asked for you, or you for them."""

    date: Annotated[PartialDate, about("When they wrote, or you did.")]
    source: Annotated[str, about("recruiter, referral, own, or a word of your own.")] = ""
    employer: str = ""
    title: str = ""
    posting: Annotated[str, about("Id of a posting.")] = ""
    responded: Annotated[PartialDate | None, about("When you answered.")] = None
    outcome: str = ""
    notes: Annotated[str, about("Words of your own; must, want and avoid of plan.yaml are looked for in them.")] = ""
