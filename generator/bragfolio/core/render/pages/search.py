"""Search: the page to search from, which leads to every list without a script, and the parts of its index."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from bragfolio.core.choose.selections import is_searchable, roles_of, types_of, years_of
from bragfolio.core.link.addresses import SEARCH, encode_path, role_page, search_file, slug_of, type_page, year_page
from bragfolio.core.render import contexts
from bragfolio.core.render.desk import Desk
from bragfolio.core.render.head import head
from bragfolio.core.render.pages.job import Job
from bragfolio.core.render.search_index import part_of_achievements, part_of_the_rest

if TYPE_CHECKING:
    from collections.abc import Iterator

_REST: Final = "more"
"""The part of what has no year."""
_ELSEWHERE: Final = frozenset({"search", "headquarters"})
"""Sections that are no list of what the site holds."""


def search_jobs(desk: Desk) -> Iterator[Job]:
    """Yield the search page and the parts of its index, when there is enough to search in."""
    projection = desk.linked.projection
    if not is_searchable(projection):
        return
    years = years_of(projection)
    yield Job(SEARCH, "search.html", partial(_context, desk), bodies=())
    for year, items in years.items():
        bodies = tuple((item.kind, item.id) for item in items)
        make = partial(part_of_achievements, desk, items)
        yield Job(search_file(year), "", make, is_indexed=False, bodies=bodies)
    yield Job(search_file(_REST), "", partial(part_of_the_rest, desk), is_indexed=False)


def _context(desk: Desk) -> contexts.SearchContext:
    """Return the context of the page: years, types and roles, but no numbers, which would change with every edit."""
    projection = desk.linked.projection
    page = head(
        desk,
        template="search",
        path=SEARCH,
        heading="Search",
        description=f"Search {desk.site.title}: everything on it, by its words.",
        section="search",
    )
    roles = roles_of(projection)
    years = list(years_of(projection))
    links = {
        "Sections": [(nav.text, nav.path) for nav in desk.site.nav if nav.section not in _ELSEWHERE],
        "Pages": [(link.text, link.path) for link in desk.site.footer_links],
        "By year": [(year, year_page(year)) for year in years],
        "By type": [(name.capitalize(), type_page(name)) for name in types_of(projection)],
        "By role": [
            (role.authored.employer, encode_path(role_page(slug_of(role))))
            for role in projection.roles
            if roles[role.id]
        ],
    }
    lists = tuple(
        contexts.LinkGroup(label, tuple(contexts.Link(text, path) for text, path in some))
        for label, some in links.items()
        if some
    )
    return contexts.SearchContext(desk.site, page, tuple(map(search_file, [*years, _REST])), lists)
