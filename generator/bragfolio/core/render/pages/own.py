"""Own pages, the 404 page, and redirects from old addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bragfolio.core.link.addresses import NOT_FOUND, encode_path
from bragfolio.core.link.references import item_name
from bragfolio.core.render import contexts
from bragfolio.core.render.desk import Desk, head
from bragfolio.core.render.formats import date_text
from bragfolio.core.render.pages.job import Job
from bragfolio.model.scalars import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator


def own_jobs(desk: Desk) -> Iterator[Job]:
    """Yield the portfolio's own pages, then 404, then the redirects of all items."""
    linked = desk.linked
    timezone = linked.projection.timezone
    for item in linked.projection.pages:
        path = linked.addresses["page", item.id]
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
        day = date_text(PartialDate.of(updated.day(timezone))) if updated else None
        yield Job(path, "page.html", contexts.OwnPageContext(desk.site, page, desk.body(item, page.root), picture, day))
    page = head(
        desk,
        template="404",
        path=NOT_FOUND,
        heading="Page not found",
        description="There is no such page.",
        noindex=True,
    )
    yield Job(NOT_FOUND, "404.html", contexts.NotFoundContext(desk.site, page))
    for entry in linked.projection.items:
        target = linked.addresses[entry.kind, entry.id]
        for old in entry.authored.redirects:
            path = old if old.endswith(".html") else f"{old.rstrip('/')}/index.html"
            page = head(
                desk,
                template="redirect",
                path=path,
                heading=item_name(entry),
                description=f"This page has moved: {item_name(entry)}.",
                noindex=True,
            )
            yield Job(path, "redirect.html", contexts.RedirectContext(desk.site, page, encode_path(target)))
