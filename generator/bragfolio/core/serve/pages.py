"""Pages: from an address to a file of the site, by the rules of GitHub Pages.

The rules, as measured by github.com/slorber/trailing-slash-guide: a file by its name; a name without `.html`; a folder with
its slash; everything else is 404.html with status 404. Names are looked up in a list, never joined to a folder, so
nothing that is not in the list can be reached.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote, unquote, unquote_to_bytes, urlsplit

from msgspec import Struct

NOT_FOUND: Final = "404.html"
_INDEX: Final = "index.html"
_BROKEN: Final = re.compile(r"%(?![0-9a-fA-F]{2})|[^\x21-\x7e]")
_FORBIDDEN: Final = re.compile(r"[\x00-\x1f\x7f\\]")
_TYPES: Final = {
    "html": "text/html; charset=utf-8",
    "htm": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "application/javascript; charset=utf-8",
    "mjs": "application/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "webmanifest": "application/manifest+json; charset=utf-8",
    "xml": "application/xml",
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "ico": "image/vnd.microsoft.icon",
    "pdf": "application/pdf",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "zip": "application/zip",
}
"""As GitHub Pages sends them; a table of our own, since that of the system differs from machine to machine."""


class Listing(Struct, frozen=True):
    """The names in a site."""

    files: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()


class Found(Struct, frozen=True):
    """What an address leads to."""

    status: int
    """200, 301 or 404."""
    file: str = ""
    """From the site's root; empty for a redirect, and where a site has no 404.html."""
    folder: str = ""
    """Where a redirect leads: the path with its slash."""


def list_site(files: Iterable[str]) -> Listing:
    """Return the names of a site that has these files."""
    names = frozenset(files)
    return Listing(names, frozenset(folder for name in names for folder in _folders(name)))


def _folders(name: str) -> Iterable[str]:
    while name := name.rpartition("/")[0]:
        yield name


def read_target(target: str) -> str | None:
    """Return the path that a request's *target* asks for, decoded once; None when no browser would ask like that.

    That is: no path, a broken or overlong escape, an escaped slash, a backslash, a control character, `.` or `..`.
    """
    raw = target.partition("?")[0].partition("#")[0]
    if not raw.startswith("/") or _BROKEN.search(raw):
        return None
    try:
        path = unquote_to_bytes(raw).decode()
    except UnicodeDecodeError:
        return None
    if path.count("/") != raw.count("/") or _FORBIDDEN.search(path) or not {".", ".."}.isdisjoint(path.split("/")):
        return None
    return path


def find_page(path: str, site: Listing) -> Found:
    """Return what *path*, decoded and from the site's root without a slash in front, leads to. Letters count by case."""
    if path in site.files:
        return Found(200, path)
    if not path or path.endswith("/"):
        if path + _INDEX in site.files:
            return Found(200, path + _INDEX)
    elif path + ".html" in site.files:
        return Found(200, path + ".html")
    elif path in site.folders:
        return Found(301, folder=path + "/")
    return Found(404, NOT_FOUND if NOT_FOUND in site.files else "")


def base_path(address: str) -> str:
    """Return the path below which a site with this *address* lies, decoded, with a slash at both ends: `/repo/`."""
    path = unquote(urlsplit(address).path)
    return "/" + "".join(part + "/" for part in path.split("/") if part)


def escape_path(path: str, query: str = "") -> str:
    """Return a decoded *path* as an address has it."""
    return quote(path) + (f"?{query}" if query else "")


def media_type(file: str) -> str:
    """Return the type that *file* is sent as, by its ending."""
    return _TYPES.get(file.rpartition(".")[2].lower(), "application/octet-stream")
