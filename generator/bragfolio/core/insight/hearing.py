"""Hearing: who has heard of which achievement, by what was announced, sent, or answered with feedback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bragfolio.core.insight.freshness import age_days

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bragfolio.core.insight.career import Career
    from bragfolio.core.project.projection import Item
    from bragfolio.model.achievement import Achievement
    from bragfolio.model.ledgers import Announcement, Making, Sending
    from bragfolio.model.scalars import PartialDate


def delivered(career: Career, days: int) -> list[Item[Achievement]]:
    """Return what was finished within the last *days* days, newest first; neither what is going on nor what is dated later."""
    return [
        item
        for item in career.achievements
        if not item.authored.ongoing
        and item.authored.date
        and item.authored.date.first_day <= career.as_of
        and age_days(item.authored, career.as_of) <= days
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


def _heard(career: Career) -> Iterator[tuple[str, str]]:
    by_audience: dict[str, list[str]] = {}
    for id_, kept in career.people.items():
        by_audience.setdefault(kept.authored.audience, []).append(id_)
    for row in announcements(career):
        hearers = row.to or (by_audience.get(row.audience, ()) if row.audience else ())
        yield from ((person, row.achievement) for person in hearers)


def _read(career: Career) -> Iterator[tuple[str, str]]:
    makings = [kept.authored for kept in career.dossier.makings]
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
