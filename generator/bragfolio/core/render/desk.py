"""Desk: what every page is made from: the linked projection, the site's own values, and cards made once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup
from msgspec import Struct, field, structs

from bragfolio.core.choose.metrics import lead_metric
from bragfolio.core.choose.own_pages import group_pages
from bragfolio.core.choose.selections import is_searchable
from bragfolio.core.insight.freshness import stars_of
from bragfolio.core.link import addresses
from bragfolio.core.link.addresses import encode_path
from bragfolio.core.link.references import item_name
from bragfolio.core.project.audiences import PUBLIC, SELF
from bragfolio.core.read.markdown import fill
from bragfolio.core.render import contexts
from bragfolio.core.render.formats import date_text, figure_of, shorten
from bragfolio.core.render.pictures import picture_at
from bragfolio.model.achievement import Achievement
from bragfolio.model.scalars import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bragfolio.core.link.references import Linked, LinkedBody
    from bragfolio.core.project.projection import Item
    from bragfolio.core.render.one_pager import OnePager
    from bragfolio.core.render.pictures import Shown
    from bragfolio.core.render.theme import Theme
    from bragfolio.model.common import Common
    from bragfolio.model.site import Contact

_MAX_FOOTER: Final = 60
_SIZES: Final = "(min-width: 44rem) 42.5rem, 100vw"
"""How wide pictures in bodies are: a measure of 40rem in letters of 17 pixels, or the whole of a small screen."""


class Desk(Struct, frozen=True):
    """The values that pages share."""

    linked: Linked
    pictures: Mapping[str, Shown]
    """The versions of each picture by its published path."""
    base_url: str
    """The site's address with a slash at the end; `""` when it has none."""
    site: contexts.Site
    papers: tuple[OnePager, ...] = ()
    """The resume first, where there is one; campaigns that are over have none."""
    social: Mapping[str, str] = {}
    """By the path of a page, the path of its card for other sites."""
    cards: dict[str, contexts.Card] = field(default_factory=dict)
    """By achievement id, filled as they are asked for."""
    rows: dict[str, contexts.SkillRow] = field(default_factory=dict)
    """By the path of a skill, likewise."""

    def seen_by(self, linked: Linked) -> Desk:
        """Return the desk on which items are as the audience of *linked* sees them; addresses stay those of this site."""
        if linked is self.linked:
            return self
        addresses_here = {**linked.addresses, **self.linked.addresses}
        return Desk(structs.replace(linked, addresses=addresses_here), self.pictures, self.base_url, self.site)

    def card(self, item: Item[Achievement]) -> contexts.Card:
        """Return the card of *item*."""
        card = self.cards.get(item.id)
        if card is None:
            card = self.cards[item.id] = _make_card(self, item)
        return card

    def cards_of(self, items: Iterable[Item[Achievement]]) -> tuple[contexts.Card, ...]:
        """Return the cards of *items*, in their order."""
        return tuple(self.card(item) for item in items)

    def absolute(self, path: str) -> str:
        """Return the address of the page at *path*, `""` when the site has no address; an index is its folder."""
        if not self.base_url:
            return ""
        return self.base_url + encode_path(path.removesuffix("index.html") if path.endswith("index.html") else path)

    def picture(self, path: str, alt: str) -> contexts.Picture:
        """Return the published file at *path* as a picture."""
        return picture_at(path, alt, self.pictures)

    def lead_picture(self, item: Item[Common]) -> contexts.Picture | None:
        """Return the picture that *item* names in its front matter."""
        image = item.authored.image
        return self.picture(self.linked.asset(item, image), item.authored.image_alt) if image else None

    def body(self, item: Item[Common], root: str) -> Markup:
        """Return the body of *item* for a page from which *root* leads to the site's root."""
        bodies = self.linked.bodies.get((item.kind, item.id), ())
        return Markup("\n".join(self._fill(body, root) for body in bodies))  # noqa: S704 - made by the Markdown reader

    def lead(self, item: Item[Common]) -> str:
        """Return the first paragraph of the body of *item* as plain text."""
        bodies = self.linked.bodies.get((item.kind, item.id), ())
        if not bodies:
            return ""
        first = bodies[0]
        return fill(first.prose.lead, lambda number, _: first.shown(number))

    def _fill(self, body: LinkedBody, root: str) -> str:
        def gap(number: int, is_closing: bool) -> str:  # noqa: FBT001 - the shape that `fill` calls
            target, use = body.targets[number], body.prose.uses[number]
            if is_closing:
                return "</a>" if target.path else ""
            if target.is_image:
                return _image(self.picture(target.path, target.alt), root)
            text = str(Markup.escape(body.shown(number)))
            if not target.path:
                return text
            href = Markup.escape(root + encode_path(target.path) + target.fragment)
            return f'<a href="{href}">{text}' + ("</a>" if use.kind == "wiki" else "")

        return fill(body.prose.html, gap)


def make_desk(  # noqa: PLR0917 - what a site is made of
    linked: Linked,
    pictures: Mapping[str, Shown],
    theme: Theme,
    base_url: str,
    papers: tuple[OnePager, ...] = (),
    social: Mapping[str, str] | None = None,
) -> Desk:
    """Return the desk for *linked*."""
    site = _make_site(linked, pictures, theme, papers)
    return Desk(linked, pictures, base_url, site, papers, social or {})


def _image(picture: contexts.Picture, root: str) -> str:
    size = f' width="{picture.width}" height="{picture.height}"' if picture.width else ""
    alt = Markup.escape(picture.alt)
    srcset = ", ".join(f"{Markup.escape(root + version.path)} {version.width}w" for version in picture.srcset)
    versions = f' srcset="{srcset}" sizes="{_SIZES}"' if srcset else ""
    src = Markup.escape(root + picture.path)
    return f'<img src="{src}"{versions} alt="{alt}"{size} loading="lazy" decoding="async">'


def _make_card(desk: Desk, item: Item[Achievement]) -> contexts.Card:
    authored = item.authored
    linked = desk.linked
    metric = lead_metric(authored)
    begun = authored.start if authored.ongoing else None
    written = begun or authored.date or authored.start or PartialDate.of(linked.projection.as_of)
    roles = {role.id: role.authored.employer for role in linked.projection.roles} if authored.role else {}
    return contexts.Card(
        id=item.id,
        title=authored.title,
        path=encode_path(linked.addresses["achievement", item.id]),
        date=date_text(written),
        ongoing=authored.ongoing,
        planned=authored.is_planned(linked.projection.as_of),
        type=authored.type or "",
        type_label=(authored.type or "").capitalize(),
        summary=shorten(authored.summary or authored.impact or desk.lead(item), 240),
        figure=figure_of(metric) if metric else None,
        employer=roles.get(authored.role, ""),
        skills=tuple(contexts.Link(ref.name, encode_path(ref.path)) for ref in linked.skills.of(authored)),
        stars=stars_of(authored),
        note=_note(item) if linked.projection.audience == SELF else "",
    )


def _note(item: Item[Achievement]) -> str:
    """Return what an owner should know of an entry that the public does not see."""
    if item.authored.draft:
        return "draft"
    named = ", ".join(item.authored.seen_by)
    return "" if PUBLIC in item.authored.seen_by else named or "private"


def section_of(group: str) -> str:
    """Return the section of the main navigation that the own pages of *group* are under."""
    return f"pages/{group}" if group else ""


def _make_site(
    linked: Linked, pictures: Mapping[str, Shown], theme: Theme, papers: tuple[OnePager, ...]
) -> contexts.Site:
    projection = linked.projection
    config = projection.config
    who = config.person
    sections = (
        ("Achievements", addresses.ACHIEVEMENTS, "achievements", bool(projection.achievements)),
        ("Skills", addresses.SKILLS, "skills", bool(linked.skills.skills)),
        ("Experience", addresses.EXPERIENCE, "experience",
         bool(projection.roles or projection.education or projection.credentials)),
        ("Timeline", addresses.TIMELINE, "timeline", bool(projection.achievements or projection.roles)),
        ("Lately", addresses.LATELY, "lately", bool(projection.achievements)),
        ("Headquarters", addresses.HEADQUARTERS, "headquarters", projection.audience == SELF),
    )  # fmt: skip
    groups = group_pages(projection)
    nav = [contexts.NavItem(text, path, section) for text, path, section, exists in sections if exists]
    nav += [
        contexts.NavItem(shorten(name, _MAX_FOOTER), encode_path(linked.address(pages[0])), section_of(name))
        for name, pages in groups.items()
        if name
    ]
    if is_searchable(projection):
        nav.append(contexts.NavItem("Search", addresses.SEARCH, "search"))
    photo = picture_at(linked.photo, who.photo_alt or who.name, pictures) if linked.photo else None
    person = contexts.Person(
        name=who.name or config.title,
        headline=who.headline,
        claim=who.claim,
        location=who.location,
        photo=photo,
        email=_value(who.email),
        phone=_value(who.phone),
        street=_value(who.street),
        profiles=tuple(
            contexts.Profile(p.network, p.username or p.url.split("//")[-1].rstrip("/"), p.url) for p in who.profiles
        ),
        languages=tuple(contexts.Language(language.name, language.fluency) for language in who.languages),
        interests=who.interests,
    )
    done = (item.authored for item in projection.achievements if not item.authored.is_planned(projection.as_of))
    newest = max((authored.date for authored in done if authored.date), default=None)
    banner = ""
    if projection.audience != PUBLIC:
        day = date_text(PartialDate.of(projection.as_of)).text
        banner = f"Built for the audience “{projection.audience}” on {day}. Not for publication."
    return contexts.Site(
        title=config.title or who.name,
        language=config.language,
        person=person,
        nav=tuple(nav),
        style=theme.style,
        script=theme.script,
        icon=theme.icon,
        feed=addresses.ATOM,
        feed_json=addresses.JSON_FEED,
        resume_json=addresses.RESUME,
        options=theme.options,
        banner=banner,
        updated=date_text(newest) if newest else None,
        footer_links=tuple(
            contexts.Link(shorten(item_name(item), _MAX_FOOTER), encode_path(linked.address(item)))
            for item in (
                *groups.get("", ()),
                *(paper.campaign for paper in papers if paper.campaign and paper.is_listed),
            )
        ),
    )


def _value(contact: Contact | None) -> str:
    return contact.value if contact else ""
