"""Own pages, the 404 page, and redirects from old addresses."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.choose.own_pages import group_pages
from bragfolio.core.link.addresses import NOT_FOUND, encode_path, redirect_page
from bragfolio.core.link.references import item_name
from bragfolio.core.render import contexts
from bragfolio.core.render.desk import Desk, section_of
from bragfolio.core.render.formats import date_text
from bragfolio.core.render.head import head
from bragfolio.core.render.headings import name_headings
from bragfolio.core.render.pages.job import Job
from bragfolio.model.scalars import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bragfolio.core.project.projection import Item
    from bragfolio.model.common import Common
    from bragfolio.model.page import OwnPage

REDIRECT: Final = "redirect.html"


class _Chapter(Struct, frozen=True):
    """Where an own page stands among the others; a page without a group stands alone."""

    group: contexts.PageGroup | None = None
    previous: contexts.Link | None = None
    next: contexts.Link | None = None


def own_jobs(desk: Desk) -> Iterator[Job]:
    """Yield the portfolio's own pages, then 404, then the redirects of all items."""
    linked = desk.linked
    chapters = _chapters(page_groups(desk))
    for item in linked.projection.pages:
        key = ("page", item.id)
        path = linked.addresses[key]
        chapter = chapters.get(encode_path(path), _Chapter())
        yield Job(path, "page.html", partial(_own_page, desk, item, path, chapter), bodies=(key,))
    yield Job(NOT_FOUND, "404.html", partial(_not_found, desk), is_indexed=False, bodies=())
    for entry in linked.projection.items:
        for old in entry.authored.redirects:
            path = redirect_page(old)
            yield Job(path, REDIRECT, partial(_redirect, desk, entry, path), is_indexed=False, bodies=())


def page_groups(desk: Desk) -> tuple[contexts.PageGroup, ...]:
    """Return the portfolio's own pages as links by group; those without a group come last."""
    linked = desk.linked
    groups = group_pages(linked.projection)
    return tuple(
        contexts.PageGroup(name, tuple(
            contexts.PageLink(item.authored.title, encode_path(linked.addresses["page", item.id]), item.authored.summary)
            for item in groups[name]
        ))
        for name in sorted(groups, key=lambda name: not name)
    )  # fmt: skip


def _chapters(groups: tuple[contexts.PageGroup, ...]) -> dict[str, _Chapter]:
    """Return by path where each page of a group stands."""
    placed = [(group, link) for group in groups if group.name for link in group.pages]
    turns = [None, *(contexts.Link(link.text, link.path) for _, link in placed), None]
    return {link.path: _Chapter(group, turns[at], turns[at + 2]) for at, (group, link) in enumerate(placed)}


def _own_page(desk: Desk, item: Item[OwnPage], path: str, chapter: _Chapter) -> contexts.OwnPageContext:
    picture = desk.lead_picture(item)
    page = head(
        desk,
        template="page",
        path=path,
        heading=item.authored.title,
        description=item.authored.summary or desk.lead(item) or item.authored.title,
        section=section_of(item.authored.group),
        picture=picture,
        lang=item.authored.lang,
    )
    body, headings = name_headings(desk.body(item, page.root))
    updated = item.authored.updated
    day = date_text(PartialDate.of(updated.day(desk.linked.projection.timezone))) if updated else None
    return contexts.OwnPageContext(
        desk.site, page, body, picture, day, chapter.group, headings, chapter.previous, chapter.next
    )


def _not_found(desk: Desk) -> contexts.NotFoundContext:
    what = "There is no such page."
    page = head(desk, template="404", path=NOT_FOUND, heading="Page not found", description=what)
    return contexts.NotFoundContext(desk.site, page)


def _redirect(desk: Desk, item: Item[Common], path: str) -> contexts.RedirectContext:
    name = item_name(item)
    what = f"This page has moved: {name}."
    page = head(desk, template="redirect", path=path, heading=name, description=what, noindex=True)
    target = desk.linked.addresses[item.kind, item.id]
    return contexts.RedirectContext(desk.site, page, encode_path(target))
