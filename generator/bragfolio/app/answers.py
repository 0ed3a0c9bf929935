"""Answers: what a request for a served site gets."""

from __future__ import annotations

import html
import os
import re
import stat
from collections.abc import Callable
from typing import BinaryIO, Final

from msgspec.structs import replace

from bragfolio.app.views import Site, Views
from bragfolio.core.serve import live, pages
from bragfolio.core.serve.hosts import Asker, Door, is_loopback
from bragfolio.edge.bundled import live_files
from bragfolio.edge.server import Answer, Asked

_FIELDS: Final = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
}
"""In every answer: nothing is kept, framed, or read by pages from elsewhere."""
_NAMED: Final = re.compile(r"assets/(?:style|find)-[0-9a-f]{10}\.(?:css|js)")
"""Files whose names change with their bytes: a page that is loaded again need not ask for them again."""
_FORWARDED: Final = frozenset({"forwarded", "via", "x-forwarded-for"})
"""Fields of a request that a proxy passes on (RFC 7239, RFC 9110): whoever asked may sit anywhere."""
_FOREVER: Final = "private, max-age=31536000, immutable"
_REFUSALS: Final = {
    400: "Brag does not understand this request.\n",
    403: "Brag answers its own pages only, none from elsewhere.\n",
    404: "There is nothing here.\n",
    405: "Brag shows pages, no more.\n",
    421: "Brag does not answer to this name. Start it with --host to give it one.\n",
    503: "The site is being built. Try again.\n",
}
_NOT_BUILT: Final = (
    b"<!doctype html>\n<html lang=en><head><meta charset=utf-8><title>Not built yet</title></head>\n"
    b"<body><h1>There is no site yet</h1><p>It will be here as soon as nothing is wrong any more.</p></body></html>\n"
)


def far_channel(audience: str) -> str:
    """Return the channel of those who look at the site of *audience* from other machines."""
    return f"{audience}@far"


class Answers:
    """Answers requests. *await_site* returns the site of an audience, built first if need be, None when that takes too long."""

    def __init__(self, door: Door, views: Views, await_site: Callable[[str], Site | None]) -> None:
        self._door, self._views, self._await_site = door, views, await_site
        self._live = live_files()
        self._query = live.query_of(self._live)

    def __call__(self, asked: Asked) -> Answer:
        """Return the answer to one request; runs in many threads at once."""
        refused = self._door.refuse(_asker(asked))
        if refused:
            return _refuse(refused)
        if asked.method not in {"GET", "HEAD"}:
            return _refuse(405, Allow="GET, HEAD")
        path = pages.read_target(asked.target)
        return _refuse(400) if path is None else self._at(path, asked)

    def _at(self, path: str, asked: Asked) -> Answer:
        query = asked.target.partition("?")[2]
        if path.startswith(live.RESERVED):
            is_near = is_loopback(asked.peer) and _FORWARDED.isdisjoint(asked.fields)
            return self._reserved(path, query, is_near=is_near)
        base = self._views.base
        if path in {"/", base.rstrip("/")} and path != base:
            return _redirect(302 if path == "/" else 301, base)
        return self._page(self._views.request.audience, path, query) if path.startswith(base) else _refuse(404)

    def _reserved(self, path: str, query: str, *, is_near: bool) -> Answer:
        name = path.removeprefix(live.RESERVED)
        if name in self._live:
            kept = {"Cache-Control": _FOREVER} if query == self._query else {}
            return _answer(200, self._live[name], pages.media_type(name), **kept)
        if path.startswith(live.EVENTS):
            return self._stream(path.removeprefix(live.EVENTS), is_near=is_near)
        audience, slash, _ = path.removeprefix(live.VIEWS).partition("/")
        if not path.startswith(live.VIEWS) or not self._may_see(audience, is_near=is_near):
            return _refuse(404)
        return self._page(audience, path, query) if slash else _redirect(301, path + "/", query)

    def _may_see(self, audience: str, *, is_near: bool) -> bool:
        """Tell whether the site of *audience* is shown: to other machines, only the one that is served."""
        return audience == self._views.request.audience or (is_near and self._views.is_offered(audience))

    def _stream(self, audience: str, *, is_near: bool) -> Answer:
        site = self._await_site(audience) if self._may_see(audience, is_near=is_near) else None
        if site is None:
            return _refuse(404)

        def first() -> bytes:
            state = (self._views.last(audience) or site).state
            return live.event(state if is_near else discreet(state))

        fields = {**_FIELDS, "Content-Type": "text/event-stream"}
        return Answer(200, fields=fields, channel=audience if is_near else far_channel(audience), first=first)

    def _page(self, audience: str, path: str, query: str) -> Answer:
        site = self._await_site(audience)
        if site is None:
            return _refuse(503, **{"Retry-After": "1"})
        mount = self._views.mount(audience)
        found = pages.find_page(path.removeprefix(mount), site.names)
        if found.folder:
            return _redirect(found.status, mount + found.folder, query)
        if not site.names.files:
            return self._html(503, _NOT_BUILT, site)
        file = _open(site, found.file) if found.file else None
        if file is None:
            return _refuse(404)
        kind = pages.media_type(found.file)
        if not kind.startswith("text/html"):
            kept = {"Cache-Control": _FOREVER} if _NAMED.fullmatch(found.file) else {}
            return Answer(found.status, fields={**_FIELDS, "Content-Type": kind, **kept}, file=file)
        with file:
            page = file.read()
        if found.file == pages.NOT_FOUND and mount != self._views.base:
            page = live.rebase(page, pages.escape_path(self._views.base), pages.escape_path(mount))
        return self._html(found.status, page, site, found.file)

    def _html(self, status: int, page: bytes, site: Site, file: str = "") -> Answer:
        lively = live.enliven(page, file, site.state, site.look, f"{live.RESERVED}live.js?{self._query}")
        return _answer(status, lively, pages.media_type(".html"))


def discreet(state: live.State) -> live.State:
    """Return *state* without what only the author should read: lines of files, and what else there is to see."""
    return replace(state, views=(), faults=(), more=0)


def _asker(asked: Asked) -> Asker:
    return Asker(
        hosts=asked.fields.get("host", []),
        origins=asked.fields.get("origin", []),
        fetch_site=asked.value("sec-fetch-site"),
        fetch_mode=asked.value("sec-fetch-mode"),
    )


def _open(site: Site, name: str) -> BinaryIO | None:
    """Open a regular file of the site; None where a save has just taken it away."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(site.folder / name, flags)
    except OSError:
        return None
    file = os.fdopen(descriptor, "rb")
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return file
    file.close()
    return None


def _answer(status: int, body: bytes, kind: str, **more: str) -> Answer:
    return Answer(status, body, {**_FIELDS, "Content-Type": kind, **more})


def _refuse(status: int, **more: str) -> Answer:
    return _answer(status, _REFUSALS[status].encode(), "text/plain; charset=utf-8", **more)


def _redirect(status: int, path: str, query: str = "") -> Answer:
    location = pages.escape_path(path, query)
    page = f'<!doctype html>\n<title>Elsewhere</title>\n<a href="{html.escape(location)}">Go on</a>\n'
    return _answer(status, page.encode(), "text/html; charset=utf-8", Location=location)
