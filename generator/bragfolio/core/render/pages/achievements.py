"""Achievements: the whole list, and the lists of one year, type or role."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bragfolio.core.choose.selections import roles_of, types_of, year_of, years_of
from bragfolio.core.link.addresses import ACHIEVEMENTS, encode_path, role_page, slug_of, type_page, year_page
from bragfolio.core.render import contexts
from bragfolio.core.render.desk import Desk, head
from bragfolio.core.render.formats import plural
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
    return contexts.AchievementsContext(
        site=desk.site,
        page=page,
        groups=group_by_year(desk, items),
        facets=_facets(desk, path),
        total=len(items),
        is_filtered=path != ACHIEVEMENTS,
        intro=intro,
    )


def _facets(desk: Desk, current: str) -> tuple[contexts.Facet, ...]:
    projection = desk.linked.projection
    roles = roles_of(projection)
    skills = sorted(desk.linked.skills.skills, key=lambda ref: -len(ref.proofs))[:_MAX_SKILL_LINKS]
    facets = (
        ("Year", [(year, year_page(year), len(items)) for year, items in years_of(projection).items()]),
        ("Type", [(name.capitalize(), type_page(name), len(items)) for name, items in types_of(projection).items()]),
        ("Role", [(role.authored.employer, role_page(slug_of(role)), len(roles[role.id]))
                  for role in projection.roles if roles[role.id]]),
        ("Skill", [(ref.name, ref.path, len(ref.proofs)) for ref in skills if ref.proofs]),
    )  # fmt: skip
    return tuple(
        contexts.Facet(
            label,
            tuple(contexts.FacetLink(text, encode_path(path), count, path == current) for text, path, count in links),
        )
        for label, links in facets
        if len(links) > 1
    )
