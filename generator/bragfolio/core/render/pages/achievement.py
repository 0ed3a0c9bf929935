"""Achievement: the page of each, the number first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from bragfolio.core.choose.metrics import lead_metric
from bragfolio.core.choose.selections import Neighbours, choose_related, index_neighbours
from bragfolio.core.link.addresses import Key, encode_path
from bragfolio.core.link.references import item_name
from bragfolio.core.read.rules import PICTURES
from bragfolio.core.render import contexts
from bragfolio.core.render.desk import Desk
from bragfolio.core.render.formats import date_text, figure_of, optional_date
from bragfolio.core.render.head import head
from bragfolio.core.render.pages.job import Job
from bragfolio.core.render.structured import creative_work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bragfolio.core.project.projection import Item
    from bragfolio.model.achievement import Achievement
    from bragfolio.model.common import Common
    from bragfolio.model.role import Role


class _Around(Struct, frozen=True):
    """What the pages of achievements look up, made once for all of them."""

    neighbours: Neighbours
    roles: dict[str, Item[Role]]
    items: dict[Key, Item[Common]]


def achievement_jobs(desk: Desk) -> Iterator[Job]:
    """Yield the page of each achievement."""
    linked = desk.linked
    projection = linked.projection
    around = _Around(
        index_neighbours(projection, linked.skills),
        {role.id: role for role in projection.roles},
        {(item.kind, item.id): item for item in projection.items},
    )
    for index, item in enumerate(projection.achievements):
        key = ("achievement", item.id)
        path = linked.addresses[key]
        yield Job(path, "achievement.html", partial(_context, desk, around, index, path), bodies=(key,))


def _context(desk: Desk, around: _Around, index: int, path: str) -> contexts.AchievementContext:
    linked = desk.linked
    achievements = linked.projection.achievements
    item = achievements[index]
    role = around.roles.get(item.authored.role)
    mentions = linked.mentioned_by.get(("achievement", item.id), ())
    related = choose_related(linked.projection, linked.skills, around.neighbours, index)
    authored = item.authored
    card = desk.card(item)
    picture = desk.lead_picture(item)
    metric = lead_metric(authored)
    page = head(
        desk,
        template="achievement",
        path=path,
        heading=authored.title,
        description=card.summary or (card.figure.spoken if card.figure else authored.title),
        section="achievements",
        og_type="article",
        picture=picture,
        json_ld=creative_work(desk, item, path, picture),
        lang=authored.lang,
    )
    role_path = desk.linked.addresses["role", role.id] if role else ""
    return contexts.AchievementContext(
        site=desk.site,
        page=page,
        card=card,
        lead=card.figure,
        figures=tuple(figure_of(other) for other in authored.metrics if other is not metric),
        impact=authored.impact,
        my_part=authored.my_part,
        body=desk.body(item, page.root),
        story=_story(authored),
        started=date_text(authored.start) if authored.start and not authored.ongoing else None,
        role=contexts.Link(role.authored.employer, encode_path(role_path)) if role else None,
        position=_position(authored, role),
        project=authored.project,
        scope=(authored.scope or "").capitalize(),
        evidence=_evidence(desk, item),
        quotes=tuple(
            contexts.Quote(feedback.quote, feedback.byline, optional_date(feedback.date))
            for feedback in authored.feedback
            if feedback.quote
        ),
        picture=picture,
        tags=authored.tags,
        related=desk.cards_of(related),
        mentioned_by=tuple(
            contexts.Link(item_name(around.items[key]), encode_path(linked.addresses[key])) for key in mentions
        ),
        newer=_link(desk, achievements[index - 1]) if index else None,
        older=_link(desk, achievements[index + 1]) if index + 1 < len(achievements) else None,
    )


def _link(desk: Desk, item: Item[Achievement]) -> contexts.Link:
    return contexts.Link(item.authored.title, encode_path(desk.linked.addresses["achievement", item.id]))


def _story(authored: Achievement) -> tuple[contexts.StoryPart, ...]:
    star = authored.star
    if not star:
        return ()
    parts = ((name, getattr(star, name)) for name in ("situation", "task", "action", "result", "reflection"))
    return tuple(contexts.StoryPart(name.capitalize(), text) for name, text in parts if text)


def _position(authored: Achievement, role: Item[Role] | None) -> str:
    """Return the title of the position that is named, or that covers the date."""
    if not role:
        return ""
    day = authored.date or authored.start
    for position in role.authored.positions:
        if authored.position and position.id == authored.position:
            return position.title
    if authored.position or not day:
        return ""
    held = [p for p in role.authored.positions if p.start and p.start.first_day <= day.last_day]
    held = [p for p in held if p.end is None or p.end.is_present or day.first_day <= p.end.last_day]
    return max(held, key=lambda p: p.start or day).title if held else ""


def _evidence(desk: Desk, item: Item[Achievement]) -> tuple[contexts.Evidence, ...]:
    result = []
    for evidence in item.authored.evidence:
        path = desk.linked.asset(item, evidence.file) if evidence.file else ""
        is_picture = path.lower().endswith(PICTURES)
        alt = evidence.image_alt or evidence.label
        result.append(
            contexts.Evidence(
                label=evidence.label or evidence.kind.capitalize() or path.rpartition("/")[2] or str(evidence.url),
                href=encode_path(path) if path else str(evidence.url),
                external=not path,
                kind=evidence.kind,
                date=optional_date(evidence.date),
                picture=desk.picture(path, alt) if is_picture else None,
            )
        )
    return tuple(result)
