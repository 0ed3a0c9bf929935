"""Addresses: where everything that a projection shows will be, as paths from the site's root."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from bragfolio.model.campaign import Campaign
from bragfolio.model.kinds import KIND_BY_NAME
from bragfolio.model.role import Role
from bragfolio.model.slugs import slugify
from bragfolio.model.tree import label
from bragfolio.problems import Problem, Span, error

if TYPE_CHECKING:
    from bragfolio.core.project.projection import Item, Projection
    from bragfolio.model.common import Common

Key = tuple[str, str]
"""The kind and the id of an entry."""

HOME: Final = "index.html"
ACHIEVEMENTS: Final = "achievements/index.html"
SKILLS: Final = "skills/index.html"
EXPERIENCE: Final = "experience.html"
TIMELINE: Final = "timeline.html"
LATELY: Final = "lately.html"
NOT_FOUND: Final = "404.html"
SEARCH: Final = "search.html"
HEADQUARTERS: Final = "headquarters/index.html"
SOURCES: Final = "headquarters/sources.html"
SEARCH_PARTS: Final = "search/"
"""Below it is what the search page looks through."""
ATOM: Final = "feed.xml"
JSON_FEED: Final = "feed.json"
RESUME: Final = "resume.json"
SITEMAP: Final = "sitemap.xml"
ROBOTS: Final = "robots.txt"


def year_page(year: str) -> str:
    """Return the path of the achievements of *year*."""
    return f"achievements/year/{year}.html"


def type_page(kind: str) -> str:
    """Return the path of the achievements of one type."""
    return f"achievements/type/{kind}.html"


def role_page(slug: str) -> str:
    """Return the path of the achievements in the role with *slug*."""
    return f"achievements/role/{slug}.html"


def search_file(part: str) -> str:
    """Return the path of one *part* of what the search page looks through."""
    return f"{SEARCH_PARTS}{part}.js"


def one_pager_page(slug: str) -> str:
    """Return the path of the one-pager of the campaign with *slug*, or of the resume for `""`."""
    return f"one-pagers/{slug}.html" if slug else "resume.html"


def skill_page(slug: str) -> str:
    """Return the path of the skill with *slug*."""
    return f"skills/{slug}.html"


def question_page(name: str) -> str:
    """Return the path of the answer to the question *name* in the headquarters."""
    return f"headquarters/{name}.html"


def redirect_page(old: str) -> str:
    """Return the path of the page that leads on from the old path *old*, a page's or a folder's."""
    return old if old.endswith(".html") else f"{old.rstrip('/')}/index.html"


def slug_of(item: Item[Common]) -> str:
    """Return the slug that the item's author chose, or the one that its id gives."""
    return item.authored.slug or slugify(item.id)


@lru_cache(maxsize=1 << 16)
def encode_path(path: str) -> str:
    """Return *path* as it is written in a link; a page is linked to dozens of times."""
    return quote(path, safe="/~!$&'()*+,;=@-._")


def fold_path(path: str) -> str:
    """Return what two paths share that some disk or server holds to be the same file."""
    return unicodedata.normalize("NFC", path).casefold()


def assign_addresses(projection: Projection) -> tuple[dict[Key, str], list[Problem]]:
    """Return the path of each item's page, and every two items that would be at the same one.

    A role without achievements has none: it stands on the page of all roles.
    """
    addresses: dict[Key, str] = {}
    named = {achievement.authored.role for achievement in projection.achievements}
    taken: dict[str, Item[Common]] = {}
    problems = []
    for item in projection.items:
        slug = slug_of(item)
        path = f"{KIND_BY_NAME[item.kind].folder}/{slug}.html"
        if isinstance(item.authored, Role):
            if item.id not in named:
                addresses[item.kind, item.id] = EXPERIENCE
                continue
            path = role_page(slug)
        elif isinstance(item.authored, Campaign) and not item.authored.landing:
            path = one_pager_page(slug)
        addresses[item.kind, item.id] = path
        other = taken.setdefault(fold_path(path), item)
        if other is not item:
            message = f"this would be published at {path}, as {label(other.files[-1])} is"
            hint = "rename one of the two files, or give one a slug:"
            problems.append(error("path-duplicate", message, Span(label(item.files[-1]), 1, 1), hint))
    return addresses, problems
