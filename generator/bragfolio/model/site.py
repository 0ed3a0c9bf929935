"""Site: the settings of a portfolio. Every key has a default."""

from typing import Annotated, Literal

from msgspec import Meta, field

from .common import Authored, about
from .scalars import FilePath, Url

FORMAT = 1
"""The version of the portfolio format that this program reads."""
Days = Annotated[int, Meta(ge=1, le=36500)]
"""A span of time that dates can be moved by: at most a hundred years."""


class Contact(Authored, frozen=True, kw_only=True):
    """A way to reach the person, for the audiences that may have it."""

    value: str
    visibility: tuple[str, ...] = ()


class Profile(Authored, frozen=True, kw_only=True):
    """An account elsewhere."""

    network: str
    url: Url
    username: str = ""


class Language(Authored, frozen=True, kw_only=True):
    """A language that the person speaks."""

    name: str
    fluency: str = ""


class Person(Authored, frozen=True, kw_only=True):
    """Who this is."""

    name: str = ""
    headline: Annotated[str, about("What you are, in a few words.")] = ""
    claim: Annotated[str, about("One sentence: what you are for.")] = ""
    location: str = ""
    website: Url | None = None
    photo: FilePath | None = None
    photo_alt: str = ""
    email: Contact | None = None
    phone: Contact | None = None
    street: Contact | None = None
    profiles: tuple[Profile, ...] = ()
    languages: tuple[Language, ...] = ()
    interests: tuple[str, ...] = ()


class Audience(Authored, frozen=True, kw_only=True):
    """Who may see something."""

    includes: Annotated[tuple[str, ...], about("Audiences whose items this one sees too.")] = ()
    announce: Annotated[bool, about("Whether achievements are announced to it.")] = False


class Freshness(Authored, frozen=True, kw_only=True):
    """How fast goodwill fades."""

    half_life_days: Days = 180
    lately_days: Days = 90
    gap_days: Days = 30
    half_life_by_type: dict[str, Days] = {}


class Announce(Authored, frozen=True, kw_only=True):
    """When an achievement is due to be announced."""

    due_days: Days = 14
    lapse_days: Days = 90
    min_stars: int = 2


class Demand(Authored, frozen=True, kw_only=True):
    """How skills are held against saved postings."""

    window_days: Days = 365
    min_employers: int = 5
    market_min: int = 3
    market_share: float = 0.15
    evidence_max_days: Days = 548


PageSize = Literal["a4", "letter"]


class OnePager(Authored, frozen=True, kw_only=True):
    """How one-pagers are made unless a campaign says otherwise."""

    template: Annotated[str, about("A design of the theme: impact, classic, brief.")] = "classic"
    page: PageSize = "a4"
    fill_min: Annotated[float, Meta(ge=0, le=1), about("Show more while less of the page is filled.")] = 0.8


class Check(Authored, frozen=True, kw_only=True):
    """What `brag check` and `brag build` pass over."""

    ignore: Annotated[tuple[str, ...], about("Codes of warnings that you know of.")] = ()


class Allowance(Authored, frozen=True, kw_only=True):
    """Words that the scan for leaks may pass over."""

    text: str
    why: Annotated[str, about("For whoever reads this later.")] = ""


class Scan(Authored, frozen=True, kw_only=True):
    """The search for leaks after every build."""

    allow: tuple[Allowance, ...] = ()


class Redact(Authored, frozen=True, kw_only=True):
    """Words that some audiences read something else for; in a private repository only."""

    text: Annotated[str, about("The words, whatever case and signs stand between them.")]
    replacement: Annotated[str, about("What is read instead; three dots when absent.")] = field(
        name="with", default="…"
    )
    audiences: Annotated[
        tuple[str, ...], about("For whom, and for all that see less; for everybody but you when absent.")
    ] = field(name="for", default=())


class SiteConfig(Authored, frozen=True, kw_only=True):
    """site.yaml: who you are, and how the site is made."""

    format: Annotated[int, about("Version of the portfolio format.")] = FORMAT
    title: str = ""
    description: str = ""
    url: Annotated[Url | None, about("Where the site will be: https://name.github.io/repo/")] = None
    language: str = "en"
    timezone: Annotated[str, about("IANA name; decides which day it is.")] = "UTC"
    theme: str = "ledger"
    person: Person = field(default_factory=Person)
    repository: Annotated[Literal["public", "private"], about("Who may read the tracked files.")] = "public"
    default_visibility: Annotated[str, about("Of items that do not say.")] = "private"
    audiences: dict[str, Audience] = {}
    theme_options: dict[str, str] = {}
    freshness: Freshness = field(default_factory=Freshness)
    announce: Announce = field(default_factory=Announce)
    demand: Demand = field(default_factory=Demand)
    one_pager: OnePager = field(default_factory=OnePager)
    check: Check = field(default_factory=Check)
    scan: Scan = field(default_factory=Scan)
    redact: tuple[Redact, ...] = ()
    extra: dict[str, object] = {}


class SiteOverlay(Authored, frozen=True, kw_only=True):
    """private/site.yaml: what only you, and the audiences that it names, may know of you."""

    visibility: Annotated[tuple[str, ...], about("Audiences for all of it; contact data name their own.")] = ()
    title: str = ""
    description: str = ""
    person: Person = field(default_factory=Person)
