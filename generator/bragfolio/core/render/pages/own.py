"""Own pages, the 404 page, and redirects from old addresses."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from bragfolio.core.link.addresses import NOT_FOUND, encode_path, redirect_page
from bragfolio.core.link.references import item_name
from bragfolio.core.render import contexts
from bragfolio.core.render.desk import Desk, head
from bragfolio.core.render.formats import date_text
from bragfolio.core.render.pages.job import Job
from bragfolio.model.scalars import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bragfolio.core.project.projection import Item
    from bragfolio.model.common import Common
    from bragfolio.model.page import OwnPage

REDIRECT: Final = "redirect.html"


def own_jobs(desk: Desk) -> Iterator[Job]:
    """Yield the portfolio's own pages, then 404, then the redirects of all items."""
    linked = desk.linked
    for item in linked.projection.pages:
        path = linked.addresses["page", item.id]
        yield Job(path, "page.html", partial(_own_page, desk, item, path))
    yield Job(NOT_FOUND, "404.html", partial(_not_found, desk), is_indexed=False)
    for entry in linked.projection.items:
        for old in entry.authored.redirects:
            path = redirect_page(old)
            yield Job(path, REDIRECT, partial(_redirect, desk, entry, path), is_indexed=False)


def _own_page(desk: Desk, item: Item[OwnPage], path: str) -> contexts.OwnPageContext:
    picture = desk.lead_picture(item)
    page = head(
        desk,
        template="page",
        path=path,
        heading=item.authored.title,
        description=item.authored.summary or desk.lead(item) or item.authored.title,
        picture=picture,
        lang=item.authored.lang,
    )
    updated = item.authored.updated
    day = date_text(PartialDate.of(updated.day(desk.linked.projection.timezone))) if updated else None
    return contexts.OwnPageContext(desk.site, page, desk.body(item, page.root), picture, day)


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
