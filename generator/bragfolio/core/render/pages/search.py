"""Search: the page to search from, which leads to every list without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bragfolio.core.choose.selections import is_searchable, roles_of, types_of, years_of
from bragfolio.core.link.addresses import SEARCH, encode_path, role_page, search_file, slug_of, type_page, year_page
from bragfolio.core.render import contexts
from bragfolio.core.render.desk import Desk, head
from bragfolio.core.render.pages.job import Job
from bragfolio.core.render.search_index import index_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

_ELSEWHERE = frozenset({"search", "headquarters"})
"""Sections that are no list of what the site holds."""


def search_jobs(desk: Desk) -> Iterator[Job]:
    """Yield the search page, when there is enough to search in. It names years, types and roles, and no numbers that change daily."""
    projection = desk.linked.projection
    if not is_searchable(projection):
        return
    page = head(
        desk,
        template="search",
        path=SEARCH,
        heading="Search",
        description=f"Search the work of {desk.site.person.name}: achievements, skills, roles and pages.",
        section="search",
    )
    roles = roles_of(projection)
    groups = (
        ("Everything", [(nav.text, nav.path) for nav in desk.site.nav if nav.section not in _ELSEWHERE]),
        ("By year", [(year, year_page(year)) for year in years_of(projection)]),
        ("By type", [(name.capitalize(), type_page(name)) for name in types_of(projection)]),
        ("By role", [(role.authored.employer, role_page(slug_of(role))) for role in projection.roles if roles[role.id]]),
    )  # fmt: skip
    lists = tuple(
        contexts.LinkGroup(label, tuple(contexts.Link(text, encode_path(path)) for text, path in links))
        for label, links in groups
        if links
    )
    context = contexts.SearchContext(desk.site, page, tuple(map(search_file, index_parts(projection))), lists)
    yield Job(SEARCH, "search.html", lambda: context)
