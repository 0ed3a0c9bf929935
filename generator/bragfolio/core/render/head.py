"""Head: what stands at the top of every page: title, address, previews, and what the page says of itself to programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from markupsafe import Markup
from msgspec import structs

from bragfolio.core.link import addresses
from bragfolio.core.link.addresses import encode_path
from bragfolio.core.project.audiences import PUBLIC
from bragfolio.core.render import contexts
from bragfolio.core.render.formats import shorten
from bragfolio.core.render.structured import web_page

if TYPE_CHECKING:
    from bragfolio.core.render.desk import Desk

MAX_TITLE: Final = 70
"""Letters of a title that search engines and tabs show; html-validate's rule long-title."""
MAX_DESCRIPTION: Final = 200


def head(
    desk: Desk,
    *,
    template: str,
    path: str,
    heading: str,
    description: str,
    section: str = "",
    og_type: str = "website",
    picture: contexts.Picture | None = None,
    noindex: bool = False,
    json_ld: Markup | None = None,
    about: dict[str, object] | None = None,
    lang: str = "",
) -> contexts.Page:
    """Return the head of the page at *path*; without a *json_ld* of its own it says what every page can, and what it is *about*."""
    site = desk.site
    public = desk.linked.projection.audience == PUBLIC
    both = f"{heading} · {site.title}"
    title = site.title if path == addresses.HOME else both if len(both) <= MAX_TITLE else heading
    # Whatever is missing has this page, with a status that keeps it out of every index: it has no address of its own.
    has_address = not noindex and path != addresses.NOT_FOUND
    card = desk.social.get(path) or desk.social.get(addresses.HOME, "")
    preview = picture.path if picture else encode_path(card)
    page = contexts.Page(
        template=template,
        title=title,
        heading=heading,
        description=shorten(description, MAX_DESCRIPTION),
        path=path,
        root=_root(desk, path),
        section=section,
        canonical=desk.absolute(path) if has_address else "",
        og_type=og_type,
        og_image=desk.base_url + preview if preview and desk.base_url else "",
        noindex=noindex or not public,
        json_ld=json_ld or Markup(),
        lang=lang or site.language,
    )
    return page if json_ld else structs.replace(page, json_ld=web_page(desk, page, about))


def _root(desk: Desk, path: str) -> str:
    if path == addresses.NOT_FOUND:
        return (urlsplit(desk.base_url).path or "/") if desk.base_url else "/"
    return "../" * path.count("/")
