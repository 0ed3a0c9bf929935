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

    value: Annotated[str, about("The address or the number.")]
    visibility: Annotated[tuple[str, ...], about("Audiences that may have it; nobody but you when absent.")] = ()


class Profile(Authored, frozen=True, kw_only=True):
    """An account elsewhere."""

    network: Annotated[str, about("What people call it.")]
    url: Annotated[Url, about("Where it is.")]
    username: Annotated[str, about("Your name there.")] = ""


class Language(Authored, frozen=True, kw_only=True):
    """A language that the person speaks."""

    name: Annotated[str, about("What it is called.")]
    fluency: Annotated[str, about("How well, in your words.")] = ""


class Person(Authored, frozen=True, kw_only=True):
    """Who this is."""

    name: Annotated[str, about("As it stands on top of the site.")] = ""
    headline: Annotated[str, about("What you are, in a few words.")] = ""
    claim: Annotated[str, about("One sentence: what you are for.")] = ""
    location: Annotated[str, about("City, country.")] = ""
    website: Annotated[Url | None, about("Another site of yours.")] = None
    photo: Annotated[FilePath | None, about("A file in static/, such as static/me.jpg.")] = None
    photo_alt: Annotated[str, about("What it shows, for those who cannot see it.")] = ""
    email: Contact | None = None
    phone: Contact | None = None
    street: Contact | None = None
    profiles: tuple[Profile, ...] = ()
    languages: tuple[Language, ...] = ()
    interests: Annotated[tuple[str, ...], about("What else you like.")] = ()


class Audience(Authored, frozen=True, kw_only=True):
    """Who may see something."""

    includes: Annotated[tuple[str, ...], about("Audiences whose items this one sees too.")] = ()
    announce: Annotated[bool, about("Whether achievements are announced to it.")] = False


class Freshness(Authored, frozen=True, kw_only=True):
    """How fast goodwill fades."""

    half_life_days: Annotated[Days, about("After so long an achievement counts half.")] = 180
    lately_days: Annotated[Days, about("What is younger is lately.")] = 90
    gap_days: Annotated[Days, about("What is longer without an entry is a gap.")] = 30
    half_life_by_type: Annotated[dict[str, Days], about("For types of achievements that fade faster or slower.")] = {}


class Announce(Authored, frozen=True, kw_only=True):
    """When an achievement is due to be announced."""

    due_days: Annotated[Days, about("Due for so long, then overdue.")] = 14
    lapse_days: Annotated[Days, about("After so long it is too late.")] = 90
    min_stars: Annotated[int, about("What weighs less need not be told.")] = 2


class Demand(Authored, frozen=True, kw_only=True):
    """How skills are held against saved postings."""

    window_days: Annotated[Days, about("Older adverts count for nothing.")] = 365
    min_employers: Annotated[int, about("With fewer there is no answer.")] = 5
    market_min: Annotated[int, about("Employers that make a skill the market's.")] = 3
    market_share: Annotated[float, about("And the share of all of them.")] = 0.15
    evidence_max_days: Annotated[Days, about("Proof that is older wants refreshing.")] = 548


PageSize = Literal["a4", "letter"]


class OnePager(Authored, frozen=True, kw_only=True):
    """How one-pagers are made unless a campaign says otherwise."""

    template: Annotated[str, about("A design of the theme: impact, classic, brief.")] = "classic"
    page: Annotated[PageSize, about("The paper.")] = "a4"
    fill_min: Annotated[float, Meta(ge=0, le=1), about("Show more while less of the page is filled.")] = 0.8


class Check(Authored, frozen=True, kw_only=True):
    """What `brag check` and `brag build` pass over."""

    ignore: Annotated[tuple[str, ...], about("Codes of warnings that you know of.")] = ()


class Allowance(Authored, frozen=True, kw_only=True):
    """Words that the scan for leaks may pass over."""

    text: Annotated[str, about("The words.")]
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
    title: Annotated[str, about("On top of every page; your name when absent.")] = ""
    description: Annotated[str, about("One sentence for search engines.")] = ""
    url: Annotated[Url | None, about("Where the site will be: https://name.github.io/repo/")] = None
    language: Annotated[str, about("Of the texts, as a code: en, de, pt-BR.")] = "en"
    timezone: Annotated[str, about("IANA name; decides which day it is.")] = "UTC"
    theme: Annotated[str, about("How the site looks.")] = "ledger"
    person: Person = field(default_factory=Person)
    repository: Annotated[Literal["public", "private"], about("Who may read the tracked files.")] = "public"
    default_visibility: Annotated[str, about("Of items that do not say.")] = "private"
    audiences: Annotated[dict[str, Audience], about("More audiences, or other grants, by name.")] = {}
    theme_options: Annotated[dict[str, str], about("What the theme offers: accent, density.")] = {}
    freshness: Freshness = field(default_factory=Freshness)
    announce: Announce = field(default_factory=Announce)
    demand: Demand = field(default_factory=Demand)
    one_pager: OnePager = field(default_factory=OnePager)
    check: Check = field(default_factory=Check)
    scan: Scan = field(default_factory=Scan)
    redact: tuple[Redact, ...] = ()
    extra: Annotated[dict[str, object], about("Free keys of your own.")] = {}


class SiteOverlay(Authored, frozen=True, kw_only=True):
    """private/site.yaml: what only you, and the audiences that it names, may know of you."""

    visibility: Annotated[tuple[str, ...], about("Audiences for all of it; contact data name their own.")] = ()
    title: Annotated[str, about("In the place of the public one.")] = ""
    description: Annotated[str, about("In the place of the public one.")] = ""
    person: Person = field(default_factory=Person)
