"""Links: what the pages of a site lead to inside it, and which of that is not there."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from urllib.parse import unquote, urlsplit

from bragfolio.core.serve.pages import find_page, list_site
from bragfolio.problems import Problem, Span, printable, warning

_LINK: Final = re.compile(r'\s(?:href|src)="([^"]*)"')
_SET: Final = re.compile(r'\ssrcset="([^"]*)"')
_ID: Final = re.compile(r'\sid="([^"]*)"')
"""Attributes as our templates write them; in text, quotes are escaped."""
_HINT: Final = "correct it in the template of the theme, or in the entry that this page shows"


def find_broken_links(pages: Mapping[str, str], files: Iterable[str], base: str) -> list[Problem]:
    """Return a warning for each address that *pages*, HTML by path, name and that leads to no file or element of the site.

    *files* are all paths of the site, *base* is the path that it will be at. An address that many pages name is told once.
    """
    site = list_site(files)
    ids = {path: frozenset(map(html.unescape, _ID.findall(text))) for path, text in pages.items()}
    told: dict[str, Problem] = {}
    for page, text in pages.items():
        for link in dict.fromkeys(_links(text)):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = _join(page, unquote(parts.path), base)
            found = find_page(target, site) if target is not None else None
            if found is None:
                wrong = f"this links to {link}, which is outside the site: that will be at {base}"
            elif found.status == 200 or (found.status == 404 and target == ""):
                if not parts.fragment or unquote(parts.fragment) in ids.get(found.file, {unquote(parts.fragment)}):
                    continue
                wrong = f"this links to {link}, and there is nothing of that name on the page"
            else:
                wrong = f"this links to {link}, which is not in the site"
            told.setdefault(link if target is None else f"{target}#{parts.fragment}",
                            warning("link", printable(wrong), Span(f"output/{page}"), _HINT))  # fmt: skip
    return list(told.values())


def _links(text: str) -> Iterator[str]:
    yield from map(html.unescape, _LINK.findall(text))
    for found in _SET.findall(text):
        yield from (part.split()[0] for part in html.unescape(found).split(",") if part.strip())


def _join(page: str, path: str, base: str) -> str | None:
    """Return where *path* on *page* leads, from the site's root; None for a place outside it."""
    whole = posixpath.join(base, page, "..", path) if path else base + page
    joined = posixpath.normpath(whole) + "/" * (path.endswith(("/", "/.", "/..")) or path in {".", ".."})
    joined = joined.replace("//", "/")
    return joined.removeprefix(base) if joined.startswith(base) else None
