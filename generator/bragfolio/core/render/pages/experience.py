"""Experience: roles with their promotions, education, credentials."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from bragfolio.core.choose.selections import MAX_HIGHLIGHTS, Achievements, by_worth, roles_of
from bragfolio.core.link.addresses import EXPERIENCE, Key, encode_path
from bragfolio.core.render import contexts
from bragfolio.core.render.desk import Desk
from bragfolio.core.render.formats import date_range, duration, optional_date, plural
from bragfolio.core.render.head import head
from bragfolio.core.render.pages.job import Job

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bragfolio.core.project.projection import Item, Projection
    from bragfolio.model import role as authored_role
    from bragfolio.model.role import End, Role
    from bragfolio.model.scalars import PartialDate

_KIND_LABELS: Final = {
    "job": "",
    "contract": "Contract",
    "volunteer": "Volunteer",
    "project": "Project",
    "own": "Own business",
}
_CREDENTIALS: Final = (
    ("certificate", "Certificates"),
    ("award", "Awards"),
    ("publication", "Publications"),
    ("patent", "Patents"),
    ("membership", "Memberships"),
)


def experience_jobs(desk: Desk) -> Iterator[Job]:
    """Yield the page of roles, education and credentials, when there are any."""
    projection = desk.linked.projection
    if not (projection.roles or projection.education or projection.credentials):
        return
    yield Job(EXPERIENCE, "experience.html", partial(_experience, desk), bodies=bodies_of_roles(projection))


def bodies_of_roles(projection: Projection) -> tuple[Key, ...]:
    """Return whose bodies stand on a page that has `role_blocks`."""
    return tuple(("role", role.id) for role in projection.roles)


def _experience(desk: Desk) -> contexts.ExperienceContext:
    roles = role_blocks(desk, "")
    page = head(
        desk,
        template="experience",
        path=EXPERIENCE,
        heading="Experience",
        description=f"Experience of {desk.site.person.name}: {plural(len(roles), 'role')}, education and credentials.",
        section="experience",
    )
    return contexts.ExperienceContext(desk.site, page, roles, _education(desk), _credentials(desk))


def role_blocks(desk: Desk, root: str) -> tuple[contexts.RoleBlock, ...]:
    """Return the roles, the present ones first, then by their end, newest first."""
    projection = desk.linked.projection
    achievements = roles_of(projection)
    ordered = sorted(projection.roles, key=recency, reverse=True)
    return tuple(_block(desk, role, achievements[role.id], root) for role in ordered)


def sorted_positions(role: Role) -> list[authored_role.Position]:
    """Return the positions of *role*, newest first, whatever order they are written in."""
    return sorted(role.positions, key=lambda p: (_day_number(p.start), _day_number(p.end)), reverse=True)


def span_of(role: Role) -> tuple[PartialDate | None, End | None]:
    """Return the first start and the last end of the positions of *role*."""
    starts = [position.start for position in role.positions if position.start]
    ends = [position.end for position in role.positions if position.end]
    return min(starts, default=None), max(ends, default=None)


def recency(role: Item[Role]) -> tuple[object, ...]:
    """Return a key for sorting in reverse: jobs before the rest, then by their last day, then by their first."""
    start, end = span_of(role.authored)
    is_job = role.authored.kind in {"job", "contract", "own"}
    return is_job, _day_number(end), start.first_day.toordinal() if start else 0


def _day_number(date: PartialDate | None) -> int:
    """Return the last day of *date* as a number, 0 for no date: it comes after every other, newest first."""
    return date.last_day.toordinal() if date else 0


def _block(desk: Desk, item: Item[Role], achievements: Achievements, root: str) -> contexts.RoleBlock:
    role = item.authored
    start, end = span_of(role)
    weightiest = {found.id for found in by_worth(desk.linked.projection, achievements)[:MAX_HIGHLIGHTS]}
    best = [found for found in achievements if found.id in weightiest]
    count = len(achievements)
    path = encode_path(desk.linked.addresses["role", item.id])
    return contexts.RoleBlock(
        id=item.id,
        employer=role.employer,
        url=role.url or "",
        location=role.location,
        kind=role.kind,
        kind_label=_KIND_LABELS[role.kind],
        summary=role.summary,
        body=desk.body(item, root),
        dates=date_range(start, end),
        start=optional_date(start),
        end=optional_date(end) if end and not end.is_present else None,
        current=bool(end and end.is_present),
        positions=tuple(_position(position) for position in sorted_positions(role)),
        highlights=desk.cards_of(best),
        count=count,
        all=contexts.Link(f"All {count}" if count > len(best) else plural(count, "achievement"), path)
        if count
        else None,
    )


def _position(position: authored_role.Position) -> contexts.Position:
    end = position.end
    return contexts.Position(
        title=position.title,
        dates=date_range(position.start, end),
        start=optional_date(position.start),
        end=optional_date(end) if end and not end.is_present else None,
        duration=duration(position.start, end),
        change=position.change,
        is_promotion=position.change.casefold() == "promotion",
        current=bool(end and end.is_present),
    )


def _education(desk: Desk) -> tuple[contexts.Education, ...]:
    items = desk.linked.projection.education
    ordered = sorted(items, key=lambda e: _day_number(e.end or e.start), reverse=True)
    return tuple(
        contexts.Education(
            institution=e.institution,
            url=e.url or "",
            degree=e.degree,
            area=e.area,
            dates=date_range(e.start, e.end),
            start=optional_date(e.start),
            end=optional_date(e.end) if e.end and not e.end.is_present else None,
            score=e.score,
            courses=e.courses,
            summary=e.summary,
        )
        for e in ordered
    )


def _credentials(desk: Desk) -> tuple[contexts.CredentialGroup, ...]:
    groups = []
    for kind, label in _CREDENTIALS:
        items = [c for c in desk.linked.projection.credentials if c.kind == kind]
        items.sort(key=lambda c: str(c.date or ""), reverse=True)
        if items:
            shown = tuple(
                contexts.Credential(
                    c.title, c.issuer, optional_date(c.date), optional_date(c.expires), c.url or "", c.number, c.summary
                )
                for c in items
            )
            groups.append(contexts.CredentialGroup(kind, label, shown))
    return tuple(groups)
