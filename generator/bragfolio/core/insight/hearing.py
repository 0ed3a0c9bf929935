"""Hearing: who has heard of which achievement, by what was announced, sent, or answered with feedback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bragfolio.core.insight.freshness import age_days

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bragfolio.core.insight.career import Career
    from bragfolio.core.project.projection import Item
    from bragfolio.model.achievement import Achievement
    from bragfolio.model.ledgers import Announcement, Making, Sending
    from bragfolio.model.scalars import PartialDate


def delivered(career: Career, days: int | None = None) -> list[Item[Achievement]]:
    """Return what was finished, in the last *days* days or ever, newest first; not what is going on or dated later."""
    return [
        item
        for item in career.achievements
        if not item.authored.ongoing
        and item.authored.date
        and (days is None or age_days(item.authored, career.as_of) <= days)
    ]


def announcements(career: Career) -> list[Announcement]:
    """Return what had been announced by the day that everything is judged against, in the order of the file."""
    rows = (kept.authored for kept in career.dossier.announcements)
    return [row for row in rows if _is_past(row.date, career)]


def told_audiences(career: Career) -> Mapping[str, frozenset[str]]:
    """Return by id of an achievement the audiences that it was announced to.

    A row names exactly the audience that it names, and those of the people that it names: what the company was told
    nobody of leadership need have read, whatever leadership may see.
    """
    told: dict[str, set[str]] = {}
    for row in announcements(career):
        named = (career.people[id_].authored.audience for id_ in row.to if id_ in career.people)
        told.setdefault(row.achievement, set()).update(filter(None, (row.audience, *named)))
    return {id_: frozenset(audiences) for id_, audiences in told.items()}


def known_by(career: Career) -> Mapping[str, frozenset[str]]:
    """Return by id of a person, in the order of people.yaml, the ids of the achievements that this person knows of.

    It was announced to them (a row that names people was for these alone, whatever its audience; one that names
    none was for everybody of its audience), or was on a one-pager that they got, or they gave feedback on it.
    """
    known: dict[str, set[str]] = {id_: set() for id_ in career.people}
    for person, achievement in (*_heard(career), *_read(career), *_judged(career)):
        if person in known:
            known[person].add(achievement)
    return {person: frozenset(ids & career.by_id.keys()) for person, ids in known.items()}


def may_hear(career: Career, person: str, achievement: str) -> bool:
    """Tell whether the audience of *person*, an id of people.yaml, sees *achievement*."""
    return achievement in career.seen.get(career.people[person].authored.audience, ())


def tell_action(career: Career, achievement: str, people: Sequence[str], channel: str) -> str:
    """Return how to tell the first of *people* who may hear of *achievement*; where nobody may, how to change that."""
    for person in people:
        if may_hear(career, person, achievement):
            return f"`brag announce {achievement} --channel {channel} --to {person} --log`"
    kept = career.people[people[0]]
    if kept.authored.audience not in career.seen:
        return f"say in private/people.yaml which audience {kept.authored.name} belongs to"
    return f"{kept.authored.name} may not see it; see why: `brag explain {achievement} --audience {kept.authored.audience}`"


def _heard(career: Career) -> Iterator[tuple[str, str]]:
    by_audience: dict[str, list[str]] = {}
    for id_, kept in career.people.items():
        by_audience.setdefault(kept.authored.audience, []).append(id_)
    for row in announcements(career):
        hearers = row.to or (by_audience.get(row.audience, ()) if row.audience else ())
        yield from ((person, row.achievement) for person in hearers)


def _read(career: Career) -> Iterator[tuple[str, str]]:
    makings = sorted(
        (kept.authored for kept in career.dossier.makings), key=lambda making: (making.date, making.sha256)
    )
    by_hash = {making.sha256: making for making in makings if making.sha256}
    by_file = {(making.campaign, making.file): making for making in makings if making.file}
    for kept in career.dossier.sendings:
        making = _making_of(kept.authored, by_hash, by_file)
        if making and _is_past(kept.authored.date, career):
            yield from ((person, id_) for person in kept.authored.to for id_ in making.achievements)


def _making_of(
    sending: Sending, by_hash: Mapping[str, Making], by_file: Mapping[tuple[str, str], Making]
) -> Making | None:
    """Return what was sent: the PDF of that hash; of a line without one, the newest of that campaign and file."""
    if sending.sha256:
        return by_hash.get(sending.sha256)
    return by_file.get((sending.campaign, sending.file))


def _judged(career: Career) -> Iterator[tuple[str, str]]:
    for item in career.achievements:
        for feedback in item.authored.feedback:
            if feedback.person and (feedback.date is None or _is_past(feedback.date, career)):
                yield feedback.person, item.id


def _is_past(day: PartialDate, career: Career) -> bool:
    return day.first_day <= career.as_of
