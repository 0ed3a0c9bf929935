"""Feeds: the newest achievements as Atom (RFC 4287) and as JSON Feed 1.1 (jsonfeed.org), the sitemap, robots.txt."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final

from markupsafe import escape

from bragfolio.core.link.addresses import ATOM, HOME, JSON_FEED, SITEMAP
from bragfolio.core.project.audiences import PUBLIC

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bragfolio.core.project.projection import Item
    from bragfolio.core.render.desk import Desk
    from bragfolio.core.render.pages.job import Job
    from bragfolio.model.achievement import Achievement

MAX_ENTRIES: Final = 20
_EPOCH: Final = "1970-01-01"


def atom(desk: Desk) -> str:
    """Return the Atom feed."""
    site = desk.site
    items = _newest(desk)
    updated = max((_updated(desk, item) for item in items), default=f"{_EPOCH}T00:00:00Z")
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(site.language)}">',
        f"<title>{escape(site.title)}</title>",
        f"<id>{escape(desk.absolute(HOME) or _urn(site.title))}</id>",
        f"<updated>{updated}</updated>",
        f"<author><name>{escape(site.person.name)}</name></author>",
    ]
    if desk.base_url:
        lines += [
            f'<link rel="self" type="application/atom+xml" href="{escape(desk.absolute(ATOM))}"/>',
            f'<link rel="alternate" type="text/html" href="{escape(desk.absolute(HOME))}"/>',
        ]
    for item in items:
        lines += _atom_entry(desk, item)
    return "\n".join([*lines, "</feed>", ""])


def _newest(desk: Desk) -> list[Item[Achievement]]:
    """Return what is news: what is planned is none yet."""
    projection = desk.linked.projection
    return [item for item in projection.achievements if not item.authored.is_planned(projection.as_of)][:MAX_ENTRIES]


def json_feed(desk: Desk) -> str:
    """Return the JSON Feed."""
    site = desk.site
    feed: dict[str, object] = {"version": "https://jsonfeed.org/version/1.1", "title": site.title}
    if desk.base_url:
        feed |= {"home_page_url": desk.absolute(HOME), "feed_url": desk.absolute(JSON_FEED)}
    items = []
    for item in _newest(desk):
        card = desk.card(item)
        url = desk.absolute(desk.linked.addresses["achievement", item.id])
        entry: dict[str, object] = {"id": url or _urn(item.id), "title": card.title}
        if url:
            entry["url"] = url
        entry["content_html"] = _content(desk, item)
        if card.summary:
            entry["summary"] = card.summary
        entry["date_published"] = _published(item)
        if item.authored.updated:
            entry["date_modified"] = _updated(desk, item)
        if card.skills:
            entry["tags"] = [skill.text for skill in card.skills]
        items.append(entry)
    feed |= {"language": site.language, "authors": [{"name": site.person.name}], "items": items}
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def sitemap(desk: Desk, jobs: Iterable[Job]) -> str:
    """Return the sitemap of all indexed pages (sitemaps.org)."""
    pages = sorted(desk.absolute(job.path) for job in jobs if job.is_indexed)
    urls = "".join(f"<url><loc>{escape(address)}</loc></url>\n" for address in pages)
    head = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{urls}</urlset>\n"


def robots(desk: Desk) -> str:
    """Return robots.txt: everything is open on the public site, nothing elsewhere."""
    if desk.linked.projection.audience != PUBLIC:
        return "User-agent: *\nDisallow: /\n"
    where = f"Sitemap: {desk.absolute(SITEMAP)}\n" if desk.base_url else ""
    return f"User-agent: *\nAllow: /\n{where}"


def _atom_entry(desk: Desk, item: Item[Achievement]) -> list[str]:
    card = desk.card(item)
    path = desk.linked.addresses["achievement", item.id]
    address = desk.absolute(path)
    return [
        "<entry>",
        f"<title>{escape(card.title)}</title>",
        f"<id>{escape(address or _urn(item.id))}</id>",
        f'<link href="{escape(address or card.path)}"/>',
        f"<published>{_published(item)}</published>",
        f"<updated>{_updated(desk, item)}</updated>",
        *([f"<summary>{escape(card.summary)}</summary>"] if card.summary else []),
        f'<content type="html">{escape(_content(desk, item))}</content>',
        *(f'<category term="{escape(skill.text)}"/>' for skill in card.skills),
        "</entry>",
    ]


def _content(desk: Desk, item: Item[Achievement]) -> str:
    card = desk.card(item)
    number = f"<p><strong>{escape(card.figure.spoken)}</strong></p>\n" if card.figure else ""
    impact = f"<p>{escape(item.authored.impact)}</p>\n" if item.authored.impact else ""
    body = desk.body(item, desk.base_url)
    return f"{number}{impact}{body}" or f"<p>{escape(card.title)}</p>"


def _published(item: Item[Achievement]) -> str:
    written = item.authored.date or item.authored.start
    return f"{written.first_day if written else _EPOCH}T00:00:00Z"


def _updated(desk: Desk, item: Item[Achievement]) -> str:
    updated = item.authored.updated
    return f"{updated.day(desk.linked.projection.timezone)}T00:00:00Z" if updated else _published(item)


def _urn(name: str) -> str:
    """Return a name for what has no address, the same every time."""
    digits = hashlib.sha256(name.encode()).hexdigest()
    return f"urn:uuid:{digits[:8]}-{digits[8:12]}-8{digits[13:16]}-a{digits[17:20]}-{digits[20:32]}"
