"""Crawler: follows every link of a site from its home page, and says what is broken or asked for elsewhere."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from lxml import html

_URL: Final = re.compile(r"url\(\s*['\"]?([^'\")]+)")
_SHOWN: Final = "//img | //script[@src] | //source | //link[not(@rel='canonical') and not(@rel='me')] | //video | //iframe | //object"
"""What a browser fetches without being asked."""


@dataclass
class Crawled:
    """What was found."""

    addresses: dict[str, int] = field(default_factory=dict)
    """The status of each address of the site, without fragments."""
    broken: list[str] = field(default_factory=list)
    """Page and link, for what does not answer 200 itself, and for fragments that are not there."""
    outside: list[str] = field(default_factory=list)
    """Page and address of what a browser would fetch from elsewhere."""
    slashed: set[str] = field(default_factory=set)
    """Links of the site that end in a slash."""
    fragments: int = 0


def crawl(home: str, fetch: Callable[[str], tuple[int, bytes]], more: Iterable[str] = ()) -> Crawled:
    """Follow every link from *home*, and from the addresses in *more*; *fetch* gives status and body of an address."""
    found, base = Crawled(), home.rpartition("/")[0] + "/"
    waiting = [(address, address) for address in (home, *more)]
    ids: dict[str, set[str]] = {}
    wanted: list[tuple[str, str, str]] = []
    while waiting:
        page, link = waiting.pop()
        address, fragment = urldefrag(link)
        wanted += [(page, address, unquote(fragment))] if fragment else []
        if address not in found.addresses:
            found.addresses[address], body = fetch(address)
            links, fetched, ids[address] = _read(address, body) if found.addresses[address] == 200 else ([], [], set())
            found.outside += [f"{address} -> {link}" for link in fetched if not link.startswith((base, "data:"))]
            ours = [link for link in links if urlsplit(link)[:2] == urlsplit(home)[:2]]
            found.slashed |= {urldefrag(link)[0] for link in ours if urlsplit(link).path.endswith("/")}
            waiting += [(address, link) for link in ours]
        if found.addresses[address] != 200:
            found.broken.append(f"{page} -> {link}")
    found.fragments = len(wanted)
    found.broken += [f"{page} -> {address}#{name}" for page, address, name in wanted if name not in ids[address]]
    return found


def _read(address: str, body: bytes) -> tuple[list[str], list[str], set[str]]:
    """Return the addresses that a file leads to, those of them that a browser fetches unasked, and its ids."""
    if body[:15].lower() != b"<!doctype html>":
        links = _URL.findall(body.decode()) if urlsplit(address).path.endswith(".css") else []
        links = [urljoin(address, link) for link in links]
        return links, links, set()
    tree = html.fromstring(body.decode())
    sets = [part.split()[0] for value in tree.xpath("//@srcset") for part in value.split(",")]
    named = tree.xpath("//@href[not(parent::link[@rel='canonical'])] | //@src | //@poster | //@data")
    shown = [part.get(name) for part in tree.xpath(_SHOWN) for name in ("href", "src", "data") if part.get(name)]
    links, fetched = ([urljoin(address, link) for link in some] for some in ([*named, *sets], [*shown, *sets]))
    return links, fetched, set(tree.xpath("//@id"))
