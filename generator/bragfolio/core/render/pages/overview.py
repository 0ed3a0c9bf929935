"""Overview: the home page, the timeline, and lately."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from bragfolio.core.choose.selections import choose_home, choose_lately, years_of
from bragfolio.core.link.addresses import HOME, LATELY, TIMELINE, year_page
from bragfolio.core.render import contexts
from bragfolio.core.render.axis import make_axis
from bragfolio.core.render.desk import Desk
from bragfolio.core.render.formats import date_text
from bragfolio.core.render.head import head
from bragfolio.core.render.pages.experience import bodies_of_roles, recency, role_blocks, sorted_positions
from bragfolio.core.render.pages.job import Job
from bragfolio.core.render.pages.own import page_groups
from bragfolio.core.render.pages.skills import skill_row
from bragfolio.core.render.structured import profile_page
from bragfolio.model.scalars import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bragfolio.core.project.projection import Item, Projection
    from bragfolio.model.role import Position, Role


def overview_jobs(desk: Desk) -> Iterator[Job]:
    """Yield the home page, the timeline and lately."""
    projection = desk.linked.projection
    yield Job(HOME, "home.html", partial(_home, desk), bodies=bodies_of_roles(projection))
    if projection.achievements or projection.roles:
        yield Job(TIMELINE, "timeline.html", partial(_timeline, desk), bodies=())
    if projection.achievements:
        yield Job(LATELY, "lately.html", partial(_lately, desk), bodies=())


def _home(desk: Desk) -> contexts.HomeContext:
    projection = desk.linked.projection
    selection = choose_home(projection, desk.linked.skills)
    person = desk.site.person
    axis = make_axis(desk)
    description = projection.config.description or person.claim or person.headline or f"The work of {person.name}."
    page = head(
        desk,
        template="home",
        path=HOME,
        heading=person.name,
        description=description,
        og_type="profile",
        picture=person.photo,
        json_ld=profile_page(desk),
    )
    numbers = ((desk.card(item), item) for item in selection.numbers)
    resume = next((paper for paper in desk.papers if paper.campaign is None), None)
    return contexts.HomeContext(
        site=desk.site,
        page=page,
        numbers=tuple(
            contexts.ProofNumber(card.figure, contexts.Link(card.title, card.path))
            for card, _ in numbers
            if card.figure
        ),
        featured=desk.cards_of(selection.featured),
        latest=desk.cards_of(selection.latest),
        is_lately=selection.is_lately,
        skills=tuple(skill_row(desk, axis, ref) for ref in selection.skills),
        axis=axis.ticks,
        roles=role_blocks(desk, page.root),
        total=len(projection.achievements),
        resume=contexts.Link("Resume on one page", resume.path) if resume else None,
        resume_pdf=contexts.Link("PDF", resume.pdf_path) if resume and resume.pdf else None,
        pages=page_groups(desk),
    )


def _timeline(desk: Desk) -> contexts.TimelineContext:
    projection = desk.linked.projection
    by_year = years_of(projection)
    starts = [p.start.year for role in projection.roles for p in role.authored.positions if p.start]
    named = [int(year) for year in by_year]
    first = min([*starts, *named], default=projection.as_of.year)
    last = max([*named, projection.as_of.year if starts else first])
    years = tuple(
        contexts.TimelineYear(
            year=f"{year:04}",
            path=year_page(f"{year:04}") if f"{year:04}" in by_year else "",
            bands=_bands(projection, year),
            cards=desk.cards_of(by_year.get(f"{year:04}", ())),
        )
        for year in range(last, first - 1, -1)
    )
    page = head(
        desk,
        template="timeline",
        path=TIMELINE,
        heading="Timeline",
        description=f"The work of {desk.site.person.name}, year by year.",
        section="timeline",
    )
    return contexts.TimelineContext(desk.site, page, years)


def _bands(projection: Projection, year: int) -> tuple[contexts.Band, ...]:
    roles = sorted(projection.roles, key=recency, reverse=True)
    return tuple(band for role in roles if (band := _band(role, year, projection.as_of.year)))


def _band(role: Item[Role], year: int, this_year: int) -> contexts.Band | None:
    def covers(position: Position) -> bool:
        if not position.start or position.start.year > year:
            return False
        if position.end is None:
            return position.start.year == year
        return year <= (this_year if position.end.is_present else position.end.year)

    held = [position for position in sorted_positions(role.authored) if covers(position)]
    if not held:
        return None
    promoted = any(p.change.casefold() == "promotion" and p.start and p.start.year == year for p in held)
    return contexts.Band(role.authored.employer, held[0].title, promoted)


def _lately(desk: Desk) -> contexts.LatelyContext:
    projection = desk.linked.projection
    selection = choose_lately(projection)
    axis = make_axis(desk)
    learning = [row for ref in desk.linked.skills.skills if ref.item and (row := skill_row(desk, axis, ref)).learning]
    since = projection.as_of - timedelta(days=projection.config.freshness.lately_days)
    page = head(
        desk,
        template="lately",
        path=LATELY,
        heading="Lately",
        description=f"What {desk.site.person.name} did lately, and what comes next.",
        section="lately",
    )
    return contexts.LatelyContext(
        site=desk.site,
        page=page,
        since=date_text(PartialDate.of(since)),
        recent=desk.cards_of(selection.recent),
        earlier=desk.cards_of(selection.earlier),
        ongoing=desk.cards_of(selection.ongoing),
        planned=desk.cards_of(selection.planned),
        learning=tuple(learning),
    )
