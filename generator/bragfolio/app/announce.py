"""Announce: writes what an audience may hear of an achievement, notes that it was said, and lists what waits to be said."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from bragfolio.app.career import make_career
from bragfolio.app.ledgers import ANNOUNCED, LedgerError, append_row
from bragfolio.app.people import missing_person
from bragfolio.app.prepare import Read, UnknownAudience, link_for, read
from bragfolio.app.themes import load_theme
from bragfolio.core.insight.announcements import Announcing, announcings
from bragfolio.core.project.audiences import PUBLIC, SELF
from bragfolio.core.read.shape import did_you_mean
from bragfolio.core.render.announce import Announcement, announcement_context, page_address, write_announcement
from bragfolio.core.render.engine import Engine
from bragfolio.problems import Problem, Span, error, in_order

if TYPE_CHECKING:
    from bragfolio.core.insight.career import Career
    from bragfolio.core.project.projection import Item
    from bragfolio.model.achievement import Achievement

_AT = Span("brag announce")


class AnnounceRequest(Struct, frozen=True, kw_only=True):
    """What to say, to whom, and how."""

    root: Path
    achievement: str
    """Its id."""
    channel: str
    audience: str = ""
    """That of the person when absent."""
    to: str = ""
    """Id of a person."""
    is_logged: bool = False
    url: str = ""
    """Where it was said, for the ledger."""
    as_of: dt.date | None = None


class AnnounceReport(Struct, frozen=True):
    """The text."""

    problems: tuple[Problem, ...]
    """Errors alone; with any of them there is no text."""
    audience: str = ""
    announcement: Announcement | None = None
    row: dict[str, str] | None = None
    """What was noted in announcements.csv."""


def announce(request: AnnounceRequest) -> AnnounceReport:
    """Return what the audience may hear of the achievement, and note that it did when asked to. Raise UnknownAudience."""
    found, career, problems = _open(request.root, request.as_of)
    audience, wrong = _audience(request, found, career)
    problems += wrong
    if problems:
        return AnnounceReport(tuple(in_order(problems)), audience)
    linked, _, _ = link_for(found, audience)
    item = next((item for item in linked.projection.achievements if item.id == request.achievement), None)
    if item is None:
        return AnnounceReport((_unseen(request.achievement, audience, career),), audience)
    if item.authored.is_planned(found.day.as_of):
        message = f"“{item.id}” is planned for {item.authored.date}, so there is nothing to announce yet"
        return AnnounceReport(
            (error("value-rule", message, _AT, "announce it when it is done, or correct its date:"),), audience
        )
    config = found.portfolio.config
    theme, problems = load_theme(request.root, config, found.portfolio.config_source)
    problems = [problem for problem in problems if problem.is_error]
    if theme is None or problems:
        return AnnounceReport(tuple(problems), audience)
    first_name = career.people[request.to].authored.name.split(" ")[0] if request.to in career.people else ""
    url = page_address(linked, item, config.url or "") if item.id in career.seen[PUBLIC] else ""
    context = announcement_context(linked, item, request.channel, to=first_name, url=url)
    written = write_announcement(Engine.for_texts(theme), context)
    if isinstance(written, Problem):
        return AnnounceReport((written,), audience)
    return _log(request, found, audience, item, written)


def waiting(root: Path, audience: str, as_of: dt.date | None) -> tuple[list[Announcing], Career, list[Problem]]:
    """Return what is due or overdue, in all audiences or in *audience* alone, newest first, with the errors found.

    Raise UnknownAudience.
    """
    found, career, problems = _open(root, as_of)
    if audience and audience not in found.audiences.sees:
        raise UnknownAudience(did_you_mean(audience, list(found.audiences.sees)))
    open_ones = [one for one in announcings(career) if one.status in {"due", "overdue"}]
    return [one for one in open_ones if audience in {"", one.audience}], career, in_order(problems)


def _open(root: Path, as_of: dt.date | None) -> tuple[Read, Career, list[Problem]]:
    found = read(root, as_of, with_bodies=False)
    linked, _, _ = link_for(found, SELF)
    career, problems = make_career(found, linked)
    return found, career, [problem for problem in (*found.problems, *problems) if problem.is_error]


def _audience(request: AnnounceRequest, found: Read, career: Career) -> tuple[str, list[Problem]]:
    """Return for whom it is written, and what is wrong with whom it is for."""
    sees, people = found.audiences.sees, career.people
    if request.to and (missing := missing_person(list(people), request.to, _AT)):
        return request.audience, [missing]
    own = people[request.to].authored.audience if request.to else ""
    audience = request.audience or own
    if not audience:
        message = f"people.yaml does not say which audience {people[request.to].authored.name} belongs to"
        return "", [error("audience-unknown", message, _AT, "write audience: there, or name one with --audience")]
    if audience not in sees and not request.audience:
        return audience, []  # people.yaml names no such audience, which is an error already
    if audience not in sees:
        raise UnknownAudience(did_you_mean(audience, list(sees)))
    if own in sees and not sees[audience] <= sees[own]:
        name = people[request.to].authored.name
        message = f"{name} belongs to the audience “{own}”, which may not see everything that “{audience}” sees"
        return audience, [error("value-rule", message, _AT, f"leave --audience out, and it is written for “{own}”")]
    return audience, []


def _unseen(id_: str, audience: str, career: Career) -> Problem:
    if id_ in career.by_id:
        message = f"the audience “{audience}” does not see “{id_}”, so it is not told of it"
        return error("unseen", message, _AT, f"`brag explain {id_} --audience {audience}` says why")
    guess = did_you_mean(id_, sorted(career.by_id))
    hint = guess if "did you mean" in guess else "`brag list` shows all ids"
    return error("not-found", f"there is no achievement “{id_}”, or it is a draft or has errors", _AT, hint)


def _log(
    request: AnnounceRequest, found: Read, audience: str, item: Item[Achievement], written: Announcement
) -> AnnounceReport:
    if not request.is_logged:
        return AnnounceReport((), audience, written)
    row = {
        "date": found.day.as_of.isoformat(),
        "achievement": item.id,
        "channel": request.channel,
        "audience": audience,
        "to": request.to,
        "url": request.url,
    }
    try:
        append_row(request.root, ANNOUNCED, row)
    except LedgerError as broken:
        return AnnounceReport((broken.problem,), audience)
    return AnnounceReport((), audience, written, row)
