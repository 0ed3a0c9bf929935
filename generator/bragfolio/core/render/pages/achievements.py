"""Achievements: the whole list, and the lists of one year, type or role."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bragfolio.core.choose.selections import is_filterable, roles_of, types_of, year_of, years_of
from bragfolio.core.link.addresses import ACHIEVEMENTS, SKILLS, encode_path, role_page, slug_of, type_page, year_page
from bragfolio.core.render import contexts
from bragfolio.core.render.desk import Desk
from bragfolio.core.render.formats import plural
from bragfolio.core.render.head import head
from bragfolio.core.render.pages.job import Job

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bragfolio.core.choose.selections import Achievements

_MAX_SKILL_LINKS = 12


def list_jobs(desk: Desk) -> Iterator[Job]:
    """Yield the list of all achievements and each list of some."""
    projection = desk.linked.projection
    if not projection.achievements:
        return
    yield _job(desk, ACHIEVEMENTS, "Achievements", projection.achievements, "")
    for year, items in years_of(projection).items():
        yield _job(desk, year_page(year), f"Achievements in {year}", items, f" in {year}")
    for name, items in types_of(projection).items():
        yield _job(desk, type_page(name), f"{name.capitalize()}", items, f" of type {name.capitalize()}")
    roles = roles_of(projection)
    for role in projection.roles:
        if roles[role.id]:
            employer = role.authored.employer
            path = role_page(slug_of(role))
            yield _job(desk, path, f"Achievements at {employer}", roles[role.id], f" at {employer}")


def group_by_year(desk: Desk, items: Achievements) -> tuple[contexts.CardGroup, ...]:
    """Return *items*, which come newest first, by year."""
    projection = desk.linked.projection
    years: dict[str, list[contexts.Card]] = {}
    for item in items:
        years.setdefault(year_of(projection, item.authored), []).append(desk.card(item))
    return tuple(contexts.CardGroup(year, year_page(year), tuple(years[year])) for year in sorted(years, reverse=True))


def _job(desk: Desk, path: str, heading: str, items: Achievements, scope: str) -> Job:
    return Job(path, "achievements.html", partial(_context, desk, path, heading, items, scope), bodies=())


def _context(desk: Desk, path: str, heading: str, items: Achievements, scope: str) -> contexts.AchievementsContext:
    intro = f"{plural(len(items), 'achievement')}{scope}."
    page = head(
        desk,
        template="achievements",
        path=path,
        heading=heading,
        description=f"{plural(len(items), 'achievement')} of {desk.site.person.name}{scope}.",
        section="achievements",
    )
    facets = _facets(desk, path)
    is_filtered = path != ACHIEVEMENTS
    return contexts.AchievementsContext(
        site=desk.site,
        page=page,
        groups=group_by_year(desk, items),
        facets=facets,
        keys={} if is_filtered or not is_filterable(items) else _keys(desk, items, facets),
        total=len(items),
        is_filtered=is_filtered,
        intro=intro,
    )


def _facets(desk: Desk, current: str) -> tuple[contexts.Facet, ...]:
    projection = desk.linked.projection
    roles = roles_of(projection)
    proven = sorted((ref for ref in desk.linked.skills.skills if ref.proofs), key=lambda ref: -len(ref.proofs))
    facets = (
        ("Year", [(year, year_page(year), len(items)) for year, items in years_of(projection).items()]),
        ("Type", [(name.capitalize(), type_page(name), len(items)) for name, items in types_of(projection).items()]),
        ("Role", [(role.authored.employer, role_page(slug_of(role)), len(roles[role.id]))
                  for role in projection.roles if roles[role.id]]),
        ("Skill", [(ref.name, ref.path, len(ref.proofs)) for ref in proven[:_MAX_SKILL_LINKS]]),
    )  # fmt: skip
    more = {"Skill": contexts.Link("All skills", SKILLS)} if len(proven) > _MAX_SKILL_LINKS else {}
    return tuple(
        contexts.Facet(
            label,
            tuple(
                contexts.FacetLink(text, encode_path(path), _key(path), count, path == current)
                for text, path, count in links
            ),
            more.get(label),
        )
        for label, links in facets
        if len(links) > 1
    )


def _key(path: str) -> str:
    """Return what the page at *path* lists: `year/2026`, `skills/sql`."""
    return "/".join(encode_path(path).removesuffix(".html").split("/")[-2:])


def _keys(desk: Desk, items: Achievements, facets: tuple[contexts.Facet, ...]) -> dict[str, tuple[str, ...]]:
    """Return the keys of the links of *facets* that lead to each of *items*, by id."""
    linked = desk.linked
    known = {link.key for facet in facets for link in facet.links}
    roles = {role.id: role_page(slug_of(role)) for role in linked.projection.roles}
    found = {}
    for item in items:
        authored = item.authored
        pages = [year_page(year_of(linked.projection, authored)), type_page(authored.type or "")]
        pages += [roles.get(authored.role, ""), *(ref.path for ref in linked.skills.of(authored))]
        found[item.id] = tuple(key for key in map(_key, pages) if key in known)
    return found
