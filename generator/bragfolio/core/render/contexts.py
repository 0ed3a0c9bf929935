"""Contexts: the theme contract, one documented dataclass for each template.

Every value is ready to print: dates and numbers are formatted, links are paths from the site's root. A template
writes `{{ page.root }}{{ link.path }}`, which works under `/`, under `/repo/` and from `file://`. Values that hold
HTML are `Markup` and made by Brag; everything else is text, which Jinja escapes. Absent text is `""`, an absent
object is `None`, an absent list is empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside the site."""

    text: str
    path: str
    """Path from the site's root, percent-encoded: `skills/sql.html`."""


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the main navigation."""

    text: str
    path: str
    section: str
    """Equals `page.section` on the pages below this entry."""


@dataclass(frozen=True, slots=True)
class DateText:
    """A date, or a span of dates, for people and for machines."""

    iso: str
    """`2026`, `2026-07` or `2026-07-20`: as precise as it was written; valid in `<time datetime>`."""
    text: str
    """`20 July 2026`, `July 2026` or `2026`."""
    short: str
    """`20 Jul 2026`, `Jul 2026` or `2026`."""
    year: str


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of the site."""

    path: str
    alt: str
    width: int
    """Pixels; 0 when unknown."""
    height: int


@dataclass(frozen=True, slots=True)
class Profile:
    """An account elsewhere."""

    network: str
    label: str
    """The user name, or the address without its scheme."""
    url: str


@dataclass(frozen=True, slots=True)
class Language:
    """A language that the person speaks."""

    name: str
    fluency: str


@dataclass(frozen=True, slots=True)
class Person:
    """Who this is, as far as the audience may know."""

    name: str
    headline: str
    claim: str
    """One sentence: what this person is for."""
    location: str
    photo: Picture | None
    email: str
    phone: str
    street: str
    profiles: tuple[Profile, ...]
    languages: tuple[Language, ...]
    interests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """What is the same on every page."""

    title: str
    language: str
    person: Person
    nav: tuple[NavItem, ...]
    style: str
    """Path of the style sheet from the site's root."""
    icon: str
    """Path of the icon from the site's root."""
    feed: str
    """Path of the Atom feed from the site's root."""
    feed_json: str
    resume_json: str
    options: Mapping[str, str]
    """The theme's options, defaults filled in."""
    banner: str
    """`""` on the public site; else who this build is for, to print on top of every page."""
    updated: DateText | None
    """The newest date in what the site shows."""
    footer_links: tuple[Link, ...]
    """The portfolio's own pages."""


@dataclass(frozen=True, slots=True)
class Page:
    """What the head of a page needs."""

    template: str
    """`home`, `achievement` ...: also the class of `<body>`."""
    title: str
    """For `<title>`, the site's title included."""
    heading: str
    """For `<h1>`."""
    description: str
    """One sentence, plain text, at most 200 characters."""
    path: str
    """Path of this page from the site's root."""
    root: str
    """What leads from this page to the site's root: `""`, `"../"`, or an absolute path on the 404 page."""
    section: str
    """The `NavItem` that this page is under; `""` for none."""
    canonical: str
    """Absolute address; `""` when site.yaml has no url."""
    og_type: str
    """`website`, `profile` or `article`."""
    og_image: str
    """Absolute address of a picture; `""` for none."""
    noindex: bool
    json_ld: Markup
    """The whole `<script type="application/ld+json">` element, or empty."""
    lang: str
    """The language of this page's content."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric, formatted. Either `before` and `after`, or `value`."""

    name: str
    before: str
    """`2.4`; `""` when the metric is a single value."""
    after: str
    value: str
    """`1,100,000`; `""` when the metric has before and after."""
    unit: str
    """`s`, `%`, `EUR/year`; `""` for none. Currency signs are already part of the numbers."""
    change: str
    """`-63 %` with a true minus sign, `+18 %`, `x 2.4` from a factor of two; `""` without before and after."""
    trend: str
    """`up`, `down`, `same`, or `""`: where the number went."""
    verdict: str
    """`better`, `worse`, or `""` when the metric does not say which way is good."""
    spoken: str
    """The metric as a sentence for screen readers and feeds: `p99 latency from 2.4 s to 0.9 s (-63 %)`."""
    source: str
    date: DateText | None
    approximate: bool


@dataclass(frozen=True, slots=True)
class Card:
    """An achievement in a list."""

    id: str
    title: str
    path: str
    date: DateText
    """The day of delivery; of an ongoing one, its start."""
    ongoing: bool
    type: str
    """`improved`: usable in a class name; `""` when not given."""
    type_label: str
    """`Improved`."""
    summary: str
    """One or two sentences, plain text; may be empty."""
    figure: Figure | None
    """The metric that says most."""
    employer: str
    """`""` when the achievement names no role."""
    skills: tuple[Link, ...]
    stars: int
    """1 to 5: weight, for sizes only; never print it."""


@dataclass(frozen=True, slots=True)
class ProofNumber:
    """A number of the home page with what it means."""

    figure: Figure
    achievement: Link


@dataclass(frozen=True, slots=True)
class Mark:
    """An achievement as a mark on a time axis."""

    x: float
    """0 to 100: where it stands on the axis."""
    stars: int
    title: str
    path: str
    date: DateText


@dataclass(frozen=True, slots=True)
class AxisTick:
    """A year on a time axis."""

    x: float
    """0 to 100: where the year starts."""
    text: str


@dataclass(frozen=True, slots=True)
class SkillRow:
    """A skill in a list, with its proofs on a time axis shared by the whole list."""

    name: str
    path: str
    category: str
    count: int
    """Number of achievements that prove it."""
    first: DateText | None
    last: DateText | None
    marks: tuple[Mark, ...]
    """Oldest first."""
    figure: Figure | None
    """The best number among the proofs."""
    figure_of: Link | None
    learning: bool
    """Marked by its owner as being learned or grown."""


@dataclass(frozen=True, slots=True)
class SkillGroup:
    """The skills of one category."""

    name: str
    """`""` for skills without a category, which come last."""
    skills: tuple[SkillRow, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """A step within a role."""

    title: str
    dates: str
    """`January 2025 - present`, with an en dash."""
    start: DateText | None
    end: DateText | None
    """`None` when it is the present one."""
    duration: str
    """`2 years 3 months`; `""` for a present position (it would age) or unknown dates."""
    change: str
    """`promotion`, `lateral` ...; `""` when not given."""
    is_promotion: bool
    current: bool


@dataclass(frozen=True, slots=True)
class RoleBlock:
    """An employer with its positions and what was achieved there."""

    id: str
    employer: str
    url: str
    location: str
    kind: str
    """`job`, `contract`, `volunteer`, `project` or `own`."""
    kind_label: str
    summary: str
    body: Markup
    dates: str
    start: DateText | None
    end: DateText | None
    current: bool
    positions: tuple[Position, ...]
    """Newest first."""
    highlights: tuple[Card, ...]
    """The few that weigh most."""
    count: int
    all: Link | None
    """The page of all achievements in this role; `None` when there are none."""


@dataclass(frozen=True, slots=True)
class Education:
    """A degree."""

    institution: str
    url: str
    degree: str
    area: str
    dates: str
    score: str
    courses: tuple[str, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class Credential:
    """A certificate, an award, a publication, a patent or a membership."""

    title: str
    issuer: str
    date: DateText | None
    expires: DateText | None
    url: str
    number: str
    """The credential's own id."""
    summary: str


@dataclass(frozen=True, slots=True)
class CredentialGroup:
    """The credentials of one kind."""

    kind: str
    """`certificate`, `award`, `publication`, `patent`, `membership`."""
    label: str
    """`Certificates`."""
    items: tuple[Credential, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that proves an achievement."""

    label: str
    href: str
    """An address, or a path from the site's root; see `external`."""
    external: bool
    kind: str
    """`document`, `image`, `dashboard` ...; `""` when not given."""
    date: DateText | None
    picture: Picture | None
    """When the evidence is an image of this site."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said, with their consent."""

    text: str
    byline: str
    """`""` when nobody may be named."""
    date: DateText | None


@dataclass(frozen=True, slots=True)
class StoryPart:
    """One part of the story: situation, task, action, result, reflection."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class CardGroup:
    """Achievements under one heading, usually a year."""

    heading: str
    path: str
    """A page of just these; `""` for none."""
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow the list of achievements."""

    label: str
    """`Year`, `Type`, `Role`, `Skill`."""
    links: tuple[FacetLink, ...]


@dataclass(frozen=True, slots=True)
class FacetLink:
    """One value of a facet."""

    text: str
    path: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class Band:
    """A role beside the timeline: which years it covers."""

    employer: str
    title: str
    """The latest position in that year."""
    promoted: bool
    """A promotion fell into that year."""


@dataclass(frozen=True, slots=True)
class TimelineYear:
    """A year of the timeline."""

    year: str
    path: str
    """The page of the year's achievements; `""` when there are none."""
    bands: tuple[Band, ...]
    cards: tuple[Card, ...]
    """Newest first."""


@dataclass(frozen=True, slots=True)
class HomeContext:
    """`home.html`: who, the proof numbers, lately, featured, skills, roles, contact."""

    site: Site
    page: Page
    numbers: tuple[ProofNumber, ...]
    """At most four; may be empty."""
    featured: tuple[Card, ...]
    latest: tuple[Card, ...]
    """At most three, newest first; none that `featured` already shows unless there are too few."""
    skills: tuple[SkillRow, ...]
    """At most ten, those with most proof."""
    axis: tuple[AxisTick, ...]
    """The years under the marks of `skills`."""
    roles: tuple[RoleBlock, ...]
    """Newest first."""
    total: int
    """Number of achievements on the site."""


@dataclass(frozen=True, slots=True)
class AchievementsContext:
    """`achievements.html`: all achievements, or those of one year, type or role."""

    site: Site
    page: Page
    groups: tuple[CardGroup, ...]
    facets: tuple[Facet, ...]
    total: int
    is_filtered: bool
    intro: str
    """What the list holds, in a sentence: `12 achievements of type Improved.`"""


@dataclass(frozen=True, slots=True)
class AchievementContext:
    """`achievement.html`: one achievement."""

    site: Site
    page: Page
    card: Card
    lead: Figure | None
    """The hero; `None` makes `impact` the hero."""
    figures: tuple[Figure, ...]
    """The other metrics."""
    impact: str
    my_part: str
    body: Markup
    story: tuple[StoryPart, ...]
    started: DateText | None
    role: Link | None
    position: str
    project: str
    scope: str
    """`Department`; `""` when not given."""
    evidence: tuple[Evidence, ...]
    quotes: tuple[Quote, ...]
    picture: Picture | None
    tags: tuple[str, ...]
    related: tuple[Card, ...]
    """At most three that share most skills and project."""
    mentioned_by: tuple[Link, ...]
    newer: Link | None
    older: Link | None


@dataclass(frozen=True, slots=True)
class SkillsContext:
    """`skills.html`: all skills by category."""

    site: Site
    page: Page
    groups: tuple[SkillGroup, ...]
    axis: tuple[AxisTick, ...]
    total: int


@dataclass(frozen=True, slots=True)
class SkillContext:
    """`skill.html`: one skill with its evidence over time."""

    site: Site
    page: Page
    skill: SkillRow
    body: Markup
    since: str
    """The year of first use; `""` when not given."""
    parent: Link | None
    children: tuple[Link, ...]
    synonyms: tuple[str, ...]
    axis: tuple[AxisTick, ...]
    groups: tuple[CardGroup, ...]
    """The proofs by year, newest first."""
    together_with: tuple[Link, ...]
    """Skills most often proven by the same achievements, at most six."""


@dataclass(frozen=True, slots=True)
class ExperienceContext:
    """`experience.html`: roles with promotions, education, credentials."""

    site: Site
    page: Page
    roles: tuple[RoleBlock, ...]
    education: tuple[Education, ...]
    credentials: tuple[CredentialGroup, ...]


@dataclass(frozen=True, slots=True)
class TimelineContext:
    """`timeline.html`: years down, roles beside, achievements on them."""

    site: Site
    page: Page
    years: tuple[TimelineYear, ...]


@dataclass(frozen=True, slots=True)
class LatelyContext:
    """`lately.html`: what was done lately, and what comes next."""

    site: Site
    page: Page
    since: DateText
    """Lately starts here."""
    recent: tuple[Card, ...]
    earlier: tuple[Card, ...]
    """The newest three when nothing is recent; else empty."""
    ongoing: tuple[Card, ...]
    learning: tuple[SkillRow, ...]


@dataclass(frozen=True, slots=True)
class OwnPageContext:
    """`page.html`: a page of the portfolio's own."""

    site: Site
    page: Page
    body: Markup
    picture: Picture | None
    updated: DateText | None


@dataclass(frozen=True, slots=True)
class NotFoundContext:
    """`404.html`: links on it start at the site's address, since it is served at any depth."""

    site: Site
    page: Page


@dataclass(frozen=True, slots=True)
class RedirectContext:
    """`redirect.html`: an old address that leads to a new one."""

    site: Site
    page: Page
    target: str
    """Path of the new page from the site's root."""
