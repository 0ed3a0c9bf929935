"""Campaign: a push at one audience, with claims, their proofs, a page and a one-pager."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from .achievement import AchievementType
from .common import Authored, Common, about
from .scalars import PartialDate, Since, Url
from .site import Days, PageSize

CampaignContext = Literal["company", "department", "role", "market"]
Order = Literal["value", "date", "stars", "manual"]


class Claim(Authored, frozen=True, kw_only=True):
    """Something that you want to be known for, and what proves it."""

    text: Annotated[str, about("In one line.")]
    proof: Annotated[tuple[str, ...], about("Ids of achievements.")] = ()


class Select(Authored, frozen=True, kw_only=True):
    """Which achievements a campaign shows: those that meet every key given. The proofs of its claims always belong."""

    skills: Annotated[tuple[str, ...], about("Any of these skills.")] = ()
    tags: Annotated[tuple[str, ...], about("Any of these tags.")] = ()
    types: Annotated[tuple[AchievementType, ...], about("Any of these types.")] = ()
    roles: Annotated[tuple[str, ...], about("Any of these roles, by id.")] = ()
    since: Annotated[Since | None, about("18m, 2y, 90d, or a date.")] = None
    stars_min: Annotated[Literal[1, 2, 3, 4, 5] | None, about("So much weight, or more.")] = None
    include: Annotated[tuple[str, ...], about("Ids that belong, whatever the other keys say.")] = ()
    exclude: Annotated[tuple[str, ...], about("Ids that do not.")] = ()
    limit: Annotated[int, Meta(ge=1, le=100), about("At most so many; the design decides when absent.")] | None = None

    @property
    def narrows(self) -> bool:
        """Whether it names anything but single achievements and their number."""
        return bool(self.skills or self.tags or self.types or self.roles or self.since or self.stars_min)


class CampaignOnePager(Authored, frozen=True, kw_only=True):
    """How the campaign's one-pager is made; what is absent is as in site.yaml."""

    template: Annotated[str, about("A design of the theme: impact, classic, brief.")] = ""
    page: Annotated[PageSize | None, about("The paper.")] = None
    fill_min: Annotated[float, Meta(ge=0, le=1), about("Show more while less of the page is filled.")] | None = None
    half_life_days: Annotated[Days, about("How fast an achievement loses value here; 730 when absent.")] | None = None


class CallToAction(Authored, frozen=True, kw_only=True):
    """What the reader should do next."""

    label: Annotated[str, about("What the button says.")]
    url: Annotated[Url, about("Where it leads; mailto: is fine.")]


class Campaign(Common, frozen=True, kw_only=True):
    """A push at one audience. Its audience is who sees it, and as whom it sees the portfolio."""

    title: Annotated[str, about("What it is for, as its audience may read it.")]
    context: Annotated[CampaignContext | None, about("Where you push.")] = None
    audience: Annotated[str, about("Who it is for; nobody but you when absent.")] = ""
    goal: Annotated[str, about("What you want from it; shown to nobody else.")] = ""
    start: Annotated[PartialDate | None, about("Nothing of it shows before.")] = None
    end: Annotated[PartialDate | None, about("After it, its page leads home.")] = None
    claims: tuple[Claim, ...] = ()
    select: Select = Select()
    order: Annotated[Order, about("What comes first; manual is the order of include.")] = "value"
    landing: Annotated[bool, about("Whether it has a page beside its one-pager.")] = True
    unlisted: Annotated[bool, about("Public, but found only by those who have its address.")] = False
    one_pager: CampaignOnePager = CampaignOnePager()
    posting: Annotated[str, about("Id of a posting in private/postings/, to choose by.")] = ""
    cta: CallToAction | None = None
    to: Annotated[tuple[str, ...], about("Ids of people; shown to nobody else.")] = ()

    @property
    def posting_id(self) -> str:
        """The posting, `""` for none, which may be spelt out as `null`."""
        return "" if self.posting == "null" else self.posting

    def is_over(self, as_of: date) -> bool:
        """Whether its last day lies before *as_of*."""
        return self.end is not None and self.end.last_day < as_of

    @property
    def seen_by(self) -> tuple[str, ...]:
        """A campaign has one audience, not a visibility beside it."""
        return (self.audience,) if self.audience else ()
