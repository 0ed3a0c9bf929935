"""Pages: the built site as the web tests see it, and one page of each type."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html

AS_OF = "2026-11-23"
BASE_URL = "https://example.org/repo/"

THEMES = ("ledger", "compact", "folio")
"""All that Brag brings."""

PAGE_TYPES = {
    "home": "index.html",
    "achievements": "achievements/index.html",
    "year": "achievements/year/2025.html",
    "type": "achievements/type/improved.html",
    "role": "achievements/role/ardmoyle.html",
    "achievement": "achievements/anticoagulant-errors.html",
    "achievement-bare": "achievements/aseptic-validation.html",
    "skills": "skills/index.html",
    "skill": "skills/medication-safety.html",
    "experience": "experience.html",
    "timeline": "timeline.html",
    "lately": "lately.html",
    "resume": "resume.html",
    "one-pager": "one-pagers/regional-lead.html",
    "one-pager-brief": "one-pagers/programme-committee.html",
    "campaign": "campaigns/regional-lead.html",
    "campaign-unlisted": "campaigns/programme-committee.html",
    "page": "pages/about.html",
    "search": "search.html",
    "404": "404.html",
}
"""One page of each type that the demo has; the bare achievement has a title and a date, no more."""
HEADQUARTERS = {"headquarters": "headquarters/index.html", "reach": "headquarters/reach.html"}
"""What only their owner has, with a page of charts."""


@dataclass(frozen=True)
class Site:
    """A built site."""

    folder: Path
    fewest: int = 51
    """Pages that it has at least."""

    @cached_property
    def pages(self) -> list[Path]:
        """All HTML files."""
        found = sorted(self.folder.rglob("*.html"))
        assert len(found) >= self.fewest
        return found

    def parse(self, path: Path | str) -> html.HtmlElement:
        """Read one page."""
        return html.fromstring((self.folder / path).read_text(encoding="utf-8"))

    def resolve(self, page: Path, href: str) -> Path | None:
        """Return the file that a relative link on *page* leads to; None for addresses with a scheme."""
        parts = urlsplit(href)
        if parts.scheme or href.startswith("#"):
            return None
        start = page.parent
        path = parts.path
        if path.startswith("/"):
            base = urlsplit(BASE_URL).path
            assert path.startswith(base), f"{href} leads out of the site"
            start, path = self.folder, path.removeprefix(base) or "index.html"
        return (start / unquote(path)).resolve()
