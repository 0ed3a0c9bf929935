"""Contexts: the theme contract, one documented struct for each template.

Every value is ready to print: dates and numbers are formatted, links are paths from the site's root. A template
writes `{{ page.root }}{{ link.path }}`, which works under `/`, under `/repo/` and from `file://`. Values that hold
HTML are `Markup` and made by Brag; everything else is text, which Jinja escapes. Absent text is `""`, an absent
object is `None`, an absent list is empty. Structs, not dataclasses: making these classes took 20 ms of each run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup


class Link(Struct, frozen=True, gc=False):
    """A link inside the site."""

    text: str
    path: str
    """Path from the site's root, percent-encoded: `skills/sql.html`."""


class NavItem(Struct, frozen=True, gc=False):
    """An entry of the main navigation."""

    text: str
    path: str
    section: str
    """Equals `page.section` on the pages below this entry."""


class DateText(Struct, frozen=True, gc=False):
    """A date, or a span of dates, for people and for machines."""

    iso: str
    """`2026`, `2026-07` or `2026-07-20`: as precise as it was written; valid in `<time datetime>`."""
    text: str
    """`20 July 2026`, `July 2026` or `2026`."""
    short: str
    """`20 Jul 2026`, `Jul 2026` or `2026`."""
    year: str


class PictureWidth(Struct, frozen=True, gc=False):
    """A version of a picture."""

    path: str
    """From the site's root, percent-encoded."""
    width: int
    """Pixels."""


class Picture(Struct, frozen=True, gc=False):
    """An image of the site."""

    path: str
    alt: str
    width: int
    """Pixels; 0 when unknown."""
    height: int
    srcset: tuple[PictureWidth, ...] = ()
    """Its versions, narrowest first, the picture itself last; empty when there is no other."""


class Profile(Struct, frozen=True, gc=False):
    """An account elsewhere."""

    network: str
    label: str
    """The user name, or the address without its scheme."""
    url: str


class Language(Struct, frozen=True, gc=False):
    """A language that the person speaks."""

    name: str
    fluency: str


class Person(Struct, frozen=True, gc=False):
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


class Site(Struct, frozen=True, gc=False):
    """What is the same on every page."""

    title: str
    language: str
    person: Person
    nav: tuple[NavItem, ...]
    style: str
    """Path of the style sheet from the site's root."""
    script: str
    """Path of the script that filters and searches, from the site's root; for the pages that use it alone."""
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
    """The portfolio's own pages that are in no group, then campaigns."""


class Page(Struct, frozen=True, gc=False):
    """What the head of a page needs."""

    template: str
    """`home`, `achievement` ...: also the class of `<body>`."""
    title: str
    """For `<title>`: with the title of the site, where both are no longer than 70 letters."""
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


class Figure(Struct, frozen=True, gc=False):
    """A metric, formatted. Either `before` and `after`, or `value`."""

    name: str
    before: str
    """`2.4`; `""` when the metric is a single value."""
    after: str
    value: str
    """`1.1 million`; `""` when the metric has before and after."""
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


class Card(Struct, frozen=True, gc=False):
    """An achievement in a list."""

    id: str
    title: str
    path: str
    date: DateText
    """The day of delivery; of an ongoing one, its start."""
    ongoing: bool
    planned: bool
    """Dated after the day of the build."""
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
    note: str
    """`""` on the public site; else, in a build for its owner, who does not see it: `private`, `draft` ..."""


class ProofNumber(Struct, frozen=True, gc=False):
    """A number of the home page with what it means."""

    figure: Figure
    achievement: Link


class Mark(Struct, frozen=True, gc=False):
    """An achievement as a mark on a time axis."""

    x: float
    """0 to 100: where it stands on the axis."""
    stars: int
    title: str
    path: str
    date: DateText


class AxisTick(Struct, frozen=True, gc=False):
    """A year on a time axis."""

    x: float
    """0 to 100: where the year starts."""
    text: str


class SkillRow(Struct, frozen=True, gc=False):
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


class SkillGroup(Struct, frozen=True, gc=False):
    """The skills of one category."""

    name: str
    """`""` for skills without a category, which come last."""
    skills: tuple[SkillRow, ...]


class Position(Struct, frozen=True, gc=False):
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


class RoleBlock(Struct, frozen=True, gc=False):
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
    """The few that weigh most, newest first."""
    count: int
    all: Link | None
    """The page of all achievements in this role; `None` when there are none."""


class Education(Struct, frozen=True, gc=False):
    """A degree."""

    institution: str
    url: str
    degree: str
    area: str
    dates: str
    start: DateText | None
    end: DateText | None
    score: str
    courses: tuple[str, ...]
    summary: str


class Credential(Struct, frozen=True, gc=False):
    """A certificate, an award, a publication, a patent or a membership."""

    title: str
    issuer: str
    date: DateText | None
    expires: DateText | None
    url: str
    number: str
    """The credential's own id."""
    summary: str


class CredentialGroup(Struct, frozen=True, gc=False):
    """The credentials of one kind."""

    kind: str
    """`certificate`, `award`, `publication`, `patent`, `membership`."""
    label: str
    """`Certificates`."""
    items: tuple[Credential, ...]


class Evidence(Struct, frozen=True, gc=False):
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


class Quote(Struct, frozen=True, gc=False):
    """What somebody said, with their consent."""

    text: str
    byline: str
    """`""` when nobody may be named."""
    date: DateText | None


class StoryPart(Struct, frozen=True, gc=False):
    """One part of the story: situation, task, action, result, reflection."""

    label: str
    text: str


class CardGroup(Struct, frozen=True, gc=False):
    """Achievements under one heading, usually a year."""

    heading: str
    path: str
    """A page of just these; `""` for none."""
    cards: tuple[Card, ...]


class Facet(Struct, frozen=True, gc=False):
    """A way to narrow the list of achievements."""

    label: str
    """`Year`, `Type`, `Role`, `Skill`."""
    links: tuple[FacetLink, ...]
    more: Link | None
    """The page of all values, where these are the most frequent only."""


class FacetLink(Struct, frozen=True, gc=False):
    """One value of a facet."""

    text: str
    path: str
    key: str
    """The facet and the value as the script calls them: `year/2026`, `skills/sql`."""
    count: int
    current: bool


class LinkGroup(Struct, frozen=True, gc=False):
    """Links of one kind."""

    label: str
    links: tuple[Link, ...]


class Band(Struct, frozen=True, gc=False):
    """A role beside the timeline: which years it covers."""

    employer: str
    title: str
    """The latest position in that year."""
    promoted: bool
    """A promotion fell into that year."""


class TimelineYear(Struct, frozen=True, gc=False):
    """A year of the timeline."""

    year: str
    path: str
    """The page of the year's achievements; `""` when there are none."""
    bands: tuple[Band, ...]
    cards: tuple[Card, ...]
    """Newest first."""


class PageLink(Struct, frozen=True, gc=False):
    """A page of the portfolio's own, in a list."""

    text: str
    path: str
    summary: str
    """May be empty."""


class PageGroup(Struct, frozen=True, gc=False):
    """The own pages of one group, in order."""

    name: str
    """`""` for the pages that name no group."""
    pages: tuple[PageLink, ...]


class Heading(Struct, frozen=True, gc=False):
    """A main heading within a page."""

    text: str
    anchor: str
    """Its id: links to it end in `#` and this."""


class HomeContext(Struct, frozen=True, gc=False):
    """`home.html`: who, the proof numbers, lately, featured, skills, roles, contact."""

    site: Site
    page: Page
    numbers: tuple[ProofNumber, ...]
    """At most four; may be empty."""
    featured: tuple[Card, ...]
    latest: tuple[Card, ...]
    """At most three, newest first."""
    is_lately: bool
    """Whether some of these were done lately, or are yet to come; else nothing is new."""
    skills: tuple[SkillRow, ...]
    """At most ten, those with most proof."""
    axis: tuple[AxisTick, ...]
    """The years under the marks of `skills`."""
    roles: tuple[RoleBlock, ...]
    """Newest first."""
    total: int
    """Number of achievements on the site."""
    resume: Link | None
    """The resume on one page; `None` while there is nothing to say in it."""
    resume_pdf: Link | None
    """The same as a PDF; `None` when there is none."""
    pages: tuple[PageGroup, ...]
    """The portfolio's own pages, groups first: what a home without achievements can show."""


class AchievementsContext(Struct, frozen=True, gc=False):
    """`achievements.html`: all achievements, or those of one year, type or role."""

    site: Site
    page: Page
    groups: tuple[CardGroup, ...]
    facets: tuple[Facet, ...]
    """Those with more than one value."""
    keys: Mapping[str, tuple[str, ...]]
    """For each card, by its id, the keys of the facet links that lead to it; empty unless the script filters this page."""
    total: int
    is_filtered: bool
    intro: str
    """What the list holds, in a sentence: `12 achievements of type Improved.`"""


class AchievementContext(Struct, frozen=True, gc=False):
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


class SkillsContext(Struct, frozen=True, gc=False):
    """`skills.html`: all skills by category."""

    site: Site
    page: Page
    groups: tuple[SkillGroup, ...]
    axis: tuple[AxisTick, ...]
    total: int


class SkillContext(Struct, frozen=True, gc=False):
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


class ExperienceContext(Struct, frozen=True, gc=False):
    """`experience.html`: roles with promotions, education, credentials."""

    site: Site
    page: Page
    roles: tuple[RoleBlock, ...]
    education: tuple[Education, ...]
    credentials: tuple[CredentialGroup, ...]


class TimelineContext(Struct, frozen=True, gc=False):
    """`timeline.html`: years down, roles beside, achievements on them."""

    site: Site
    page: Page
    years: tuple[TimelineYear, ...]


class LatelyContext(Struct, frozen=True, gc=False):
    """`lately.html`: what was done lately, and what comes next."""

    site: Site
    page: Page
    since: DateText
    """Lately starts here."""
    recent: tuple[Card, ...]
    earlier: tuple[Card, ...]
    """The newest three when nothing is recent; else empty."""
    ongoing: tuple[Card, ...]
    planned: tuple[Card, ...]
    """Dated after the day of the build."""
    learning: tuple[SkillRow, ...]


class OwnPageContext(Struct, frozen=True, gc=False):
    """`page.html`: a page of the portfolio's own."""

    site: Site
    page: Page
    body: Markup
    """Its headings have ids."""
    picture: Picture | None
    updated: DateText | None
    group: PageGroup | None
    """The chapter that it is part of, itself included."""
    headings: tuple[Heading, ...]
    """Its main headings; empty when there are fewer than three."""
    previous: Link | None
    """The page before this one, through all groups; `None` for pages without a group."""
    next: Link | None


class SearchContext(Struct, frozen=True, gc=False):
    """`search.html`: a field to search with, where there are scripts, and the lists that lead to everything."""

    site: Site
    page: Page
    index: tuple[str, ...]
    """Paths of what the script looks through, from the site's root: scripts, each with a part."""
    lists: tuple[LinkGroup, ...]


class NotFoundContext(Struct, frozen=True, gc=False):
    """`404.html`: links on it start at the site's address, since it is served at any depth."""

    site: Site
    page: Page


class RedirectContext(Struct, frozen=True, gc=False):
    """`redirect.html`: an old address that leads to a new one."""

    site: Site
    page: Page
    target: str
    """Path of the new page from the site's root."""


class Run(Struct, frozen=True, gc=False):
    """A piece of running text: the closed vocabulary that one-pagers are set from, in a browser and on paper."""

    t: str
    """`text`, `nb` (kept on one line), `wb` (a line may end behind it), `code`, `strong`, `em`, `s`, `link` or `br`."""
    v: str = ""
    """Of `text`, `nb`, `wb` and `code`."""
    href: str = ""
    """Of `link`: an absolute address; http, https, mailto or tel."""
    c: tuple[Run, ...] = ()
    """What `strong`, `em`, `s` and `link` hold."""


Rich = tuple[Run, ...]
"""Running text; empty when there is none."""


class Contact(Struct, frozen=True, gc=False):
    """A way to reach the person, as a one-pager prints it."""

    label: str
    url: str
    """`""` for what is no link, as a place."""


class SheetNumber(Struct, frozen=True, gc=False):
    """A number of the band on top of a one-pager."""

    value: str
    """`38 → 9 min`, `€1.1 million`."""
    change: str
    """`-76 %`; `""` for none."""
    label: Rich
    """What was counted."""


class SheetParagraph(Struct, frozen=True, gc=False):
    """A paragraph or a list item of an achievement's text."""

    bullet: bool
    """Whether it is an item of a list."""
    text: Rich
    number: int | None = None
    """Of an item of a numbered list."""
    below: tuple[SheetParagraph, ...] = ()
    """What belongs to an item: further paragraphs, and the items of lists in it."""


class SheetWin(Struct, frozen=True, gc=False):
    """An achievement on a one-pager, in the length that fits."""

    title: Rich
    figure: str
    """Its number in words, `38 → 9 min (-76 %)`; `""` where the title or the band already has it, or there is none."""
    date: str
    """`Jul 2026`."""
    employer: str
    """`""` where it stands under its role."""
    paragraphs: tuple[SheetParagraph, ...]
    path: str
    """Of its page, from the site's root, percent-encoded."""
    url: str
    """The same as an absolute address, for paper; `""` when the site has none."""


class SheetClaim(Struct, frozen=True, gc=False):
    """A claim with its proofs."""

    text: Rich
    """Empty for the wins that belong to no claim, which come last; where nothing is claimed, they are the section `wins`."""
    proofs: tuple[SheetWin, ...]


class SheetPosition(Struct, frozen=True, gc=False):
    """A position in a role."""

    title: Rich
    dates: str


class SheetRole(Struct, frozen=True, gc=False):
    """An employer on a one-pager."""

    employer: Rich
    location: str
    dates: str
    positions: tuple[SheetPosition, ...]
    """Newest first; the newest alone where room is short."""
    wins: tuple[SheetWin, ...]
    """Empty unless the design sets wins under roles."""


class SheetLine(Struct, frozen=True, gc=False):
    """A degree or a credential."""

    title: Rich
    detail: Rich
    """Where, or by whom; may be empty."""
    date: str


class SheetSkills(Struct, frozen=True, gc=False):
    """The skills of one category."""

    label: str
    """`""` for those without one."""
    names: Rich
    """Separated by commas."""


class Sheet(Struct, frozen=True, gc=False):
    """What a one-pager says: the same for the page in the browser and for the PDF."""

    name: str
    headline: Rich
    claim: Rich
    """One sentence: what this person is for."""
    heading: Rich
    """What this one-pager is about; empty for the resume."""
    intro: Rich
    """A sentence below it; may be empty."""
    contacts: tuple[Contact, ...]
    sections: tuple[str, ...]
    """Those that are not empty, in the order of the design: `numbers`, `claims`, `wins`, `roles`, `skills`, `education`, `credentials`, `languages`, `interests`."""
    numbers: tuple[SheetNumber, ...]
    """At most four."""
    claims: tuple[SheetClaim, ...]
    wins: tuple[SheetWin, ...]
    roles: tuple[SheetRole, ...]
    education: tuple[SheetLine, ...]
    credentials: tuple[SheetLine, ...]
    skills: tuple[SheetSkills, ...]
    languages: Rich
    interests: Rich
    cta: Contact | None
    """What the reader should do next."""


class OnePagerContext(Struct, frozen=True, gc=False):
    """`one_pager.html`: one page, to read and to print from the browser."""

    site: Site
    page: Page
    sheet: Sheet
    design: str
    """`impact`, `classic`, `brief`, or one of the theme's own."""
    paper: str
    """`a4` or `letter`: what it was fitted to."""
    size: str
    """The size of type that it was fitted with, `10-5` for 10.5 points."""
    pdf: Link | None
    landing: Link | None
    """The campaign's own page."""


class ClaimBlock(Struct, frozen=True, gc=False):
    """A claim of a campaign with the achievements that prove it."""

    text: str
    proofs: tuple[Card, ...]


class CampaignContext(Struct, frozen=True, gc=False):
    """`campaign.html`: claims with their proofs, what else counts, and what to do next."""

    site: Site
    page: Page
    summary: str
    body: Markup
    numbers: tuple[SheetNumber, ...]
    """At most four; empty unless the one-pager has a band of numbers."""
    claims: tuple[ClaimBlock, ...]
    cards: tuple[Card, ...]
    """What the one-pager shows beside the proofs."""
    cta: Contact | None
    one_pager: Link
    pdf: Link | None
    """None when there is no PDF."""


class Mention(Struct, frozen=True, gc=False):
    """Something that is named, with where it is shown: a page of the site, or a place on the page of sources."""

    text: str
    path: str
    """Path from the site's root, with its fragment; `""` where nothing shows it."""


class NamedNumber(Struct, frozen=True, gc=False):
    """A number of a finding with what it counts."""

    name: str
    number: str


class Advice(Struct, frozen=True, gc=False):
    """What the coach says: a finding with its numbers, what is behind it, and what to do next."""

    code: str
    """Stable: `gap`."""
    sentence: str
    action: Markup
    """What to do next, commands in `<code>`; empty where there is only something to know."""
    numbers: tuple[NamedNumber, ...]
    entries: tuple[Mention, ...]
    """What is behind it, heaviest first."""
    gain: str
    """What acting this week is worth, in stars: `2`, `1.5`; `""` for nothing."""
    question: Link
    """The page of the question that it belongs to."""


class DataColumn(Struct, frozen=True, gc=False):
    """A column of a table."""

    name: str
    is_number: bool


class DataCell(Struct, frozen=True, gc=False):
    """A value in a table."""

    text: str
    path: str
    """Of what it is about, from the site's root; `""` for none."""
    entries: tuple[Mention, ...]
    """Of a number, what it counts."""
    is_number: bool


class DataTable(Struct, frozen=True, gc=False):
    """Numbers in rows; the first cell of each names it."""

    caption: str
    columns: tuple[DataColumn, ...]
    rows: tuple[tuple[DataCell, ...], ...]


class ChartBlock(Struct, frozen=True, gc=False):
    """A chart with its table."""

    id: str
    """Unique on the page."""
    kind: str
    """`line`, `bars`, `grid`, `quadrant` or `calendar`."""
    title: str
    description: str
    """What it says, in a sentence."""
    picture: Markup
    """The `<svg>`, with a key before it and a box that scrolls around it where it needs those."""
    table: DataTable
    is_paired: bool
    """Whether the table is so small that it may stand beside the picture."""


class AnswerLine(Struct, frozen=True, gc=False):
    """A question of the headquarters on its overview."""

    question: Link
    answer: str
    """In a sentence or two; `""` while there are no data."""
    findings: int
    """How many things the coach found."""
    needs: Markup
    """The file that would switch it on, and what it should say; empty when there is an answer."""


class HeadquartersContext(Struct, frozen=True, gc=False):
    """`headquarters.html`: what to do this week, how goodwill stands, and every question with its answer; `self` only."""

    site: Site
    page: Page
    sections: tuple[Link, ...]
    """The pages of the headquarters, this one first."""
    actions: tuple[Advice, ...]
    """The five that are worth most."""
    more_actions: int
    """How many more there are."""
    goodwill: str
    """How fresh the work is: `5.02`; `""` without an achievement."""
    charts: tuple[ChartBlock, ...]
    """Goodwill over time, and the months with an achievement; may be empty."""
    answers: tuple[AnswerLine, ...]
    silent: tuple[AnswerLine, ...]
    """Questions without data."""


class QuestionContext(Struct, frozen=True, gc=False):
    """`question.html`: a question with its answer, findings, charts and tables; `self` only."""

    site: Site
    page: Page
    sections: tuple[Link, ...]
    answer: str
    """`""` while there are no data."""
    needs: Markup
    """The file that would switch it on, and what it should say; empty when there is an answer."""
    findings: tuple[Advice, ...]
    charts: tuple[ChartBlock, ...]
    tables: tuple[DataTable, ...]


class SourceFact(Struct, frozen=True, gc=False):
    """A key of something in a private file."""

    name: str
    values: tuple[Mention, ...]
    """More than one of a list."""


class SourceItem(Struct, frozen=True, gc=False):
    """Something in a private file."""

    id: str
    """Where links to it lead: the id of its element."""
    name: str
    facts: tuple[SourceFact, ...]


class SourceGroup(Struct, frozen=True, gc=False):
    """What one private file, or one folder of them, says."""

    id: str
    name: str
    """`People`."""
    place: str
    """`private/people.yaml`."""
    items: tuple[SourceItem, ...]


class SourcesContext(Struct, frozen=True, gc=False):
    """`sources.html`: what the private files say that have no pages, each with a place to link to; `self` only."""

    site: Site
    page: Page
    sections: tuple[Link, ...]
    groups: tuple[SourceGroup, ...]
    total: int
    """How many items there are."""


class CardPart(Struct, frozen=True, gc=False):
    """One part of a story on its card."""

    label: str
    """`Situation`, `Task`, `Action`, `Reflection`; `""` for a story that is not told in parts."""
    text: Rich


class CardText(Struct, frozen=True):
    """What a card says, in one length."""

    title: Rich
    result: Rich
    """Comes first; empty for a story that is not told in parts."""
    parts: tuple[CardPart, ...]


class StoryCard(Struct, frozen=True):
    """One story on a card."""

    questions: tuple[Rich, ...]
    """For which it is the first choice, at most three."""
    texts: tuple[CardText, ...]
    """The same in several lengths, the longest first: the first that fits on the card is set."""
    numbers: tuple[SheetNumber, ...]
    """Of what it tells, at most two."""
    shows: Rich
    """Its competencies; may be empty."""
    length: str
    """`1.8 minutes, 252 words`."""
    told: Rich
    """Where it was told before; empty for nowhere."""


class CardsDocument(Struct, frozen=True):
    """`documents/cards.typ`: interview stories to cut out, two on each page."""

    title: str
    cards: tuple[StoryCard, ...]


class PacketSource(Struct, frozen=True, gc=False):
    """Something from outside that says the same as an achievement."""

    label: str
    """`Link`, `File` or `Feedback`."""
    text: Rich
    url: str
    """Absolute, of a link; else `""`."""
    byline: str
    """Of feedback; `""` where nobody is to be named."""


class PacketWin(Struct, frozen=True):
    """An achievement that proves a criterion."""

    title: Rich
    date: str
    """`Jul 2026`, or `ongoing`."""
    numbers: tuple[SheetNumber, ...]
    """At most three."""
    impact: Rich
    my_part: Rich
    sources: tuple[PacketSource, ...]
    seen_above: bool
    """It proves an earlier criterion too, where all of it stands: title and date are enough here."""


class PacketRequirement(Struct, frozen=True):
    """A criterion with its proofs."""

    text: Rich
    state: str
    """`Sustained`, `Partial`, `Stale` or `Missing`; `""` where states are not for the reader."""
    gap: Rich
    wins: tuple[PacketWin, ...]


class PacketGroup(Struct, frozen=True):
    """The criteria of one competency."""

    name: Rich
    requirements: tuple[PacketRequirement, ...]


class PacketDocument(Struct, frozen=True):
    """`documents/packet.typ`: what a promotion asks for, with what proves it."""

    title: str
    """Of the document: `Ada Quill – Staff engineer`."""
    running: str
    """The same in at most 90 characters, for the top of each page."""
    name: str
    headline: Rich
    level: Rich
    """The level that is asked for."""
    ladder: Rich
    summary: Rich
    """Of the level; may be empty."""
    facts: tuple[str, ...]
    """Position, cycle and day, each ready to print."""
    count: str
    """`9 of 11 criteria have proof, 14 achievements in all`."""
    numbers: tuple[SheetNumber, ...]
    """The biggest results, at most four; may be empty."""
    groups: tuple[PacketGroup, ...]


class AnnouncementContext(Struct, frozen=True, gc=False):
    """`announce/<channel>.txt`: an achievement, as one audience may hear of it. Plain text: nothing is escaped."""

    channel: str
    """`slack`, `email`, `linkedin`, `status` or `talk`."""
    audience: str
    sender: str
    """Your name."""
    to: str
    """The first name of who gets it; `""` when it is for everybody."""
    title: str
    subject: str
    """The short title, at most 68 characters: with `Subject: ` a line of mail."""
    impact: str
    """What changed for others; may be empty."""
    my_part: str
    summary: str
    figure: Figure | None
    """The number that says most."""
    figures: tuple[Figure, ...]
    """The others."""
    date: str
    """`20 July 2026`."""
    ongoing: bool
    project: str
    employer: str
    skills: tuple[str, ...]
    evidence: tuple[Link, ...]
    """What has an address: `path` is absolute here."""
    quotes: tuple[Quote, ...]
    url: str
    """Of its page on the public site; `""` when the public does not see it, or the site has no address."""
    sentences: tuple[str, ...]
    """Three to say aloud, each with its full stop: what, what changed, and your part or an offer to tell more."""
