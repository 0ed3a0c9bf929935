"""JSON Resume's roles: work, volunteer and projects, as roles with their achievements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct, structs

from bragfolio.core.importers.json_rows import present
from bragfolio.core.importers.plan import Draft, Ids
from bragfolio.core.importers.prose import as_markdown, bullets, is_long, paragraphs, shorten, without_full_stop
from bragfolio.model.achievement import Achievement
from bragfolio.model.role import Position, Role, RoleKind
from bragfolio.model.scalars import PartialDate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bragfolio.core.importers.json_rows import Row, Sourced
    from bragfolio.model.role import End
    from bragfolio.model.scalars import Url

_UNTITLED: Final = {"job": "Employee", "volunteer": "Volunteer", "project": "Project"}
"""What stands for the position where none is given; the exporter takes `Project` for none."""


class _Job(Struct, frozen=True):
    """An item of work, volunteer or projects."""

    row: Row
    employer: str
    title: str
    url: Url | None
    location: str
    start: PartialDate | None
    end: End | None
    summary: str
    description: str
    highlights: list[Sourced]

    @property
    def day(self) -> PartialDate | None:
        """The date of its achievements: the end, or the start of what goes on."""
        return self.start if self.end is None or self.end.is_present else self.end


def read_jobs(rows: Sequence[Row], kind: RoleKind, draft: Draft) -> None:
    """Add a role for each employer of *rows*, work or volunteer, with a position for each job there."""
    employers: dict[str, list[_Job]] = {}
    for row in rows:
        job = _job(row, ("name", "company") if kind == "job" else ("organization", "name"))
        employers.setdefault(" ".join(job.employer.casefold().split()), []).append(job)
        row.close()
    for jobs in employers.values():
        _add_role(jobs, kind, draft)


def read_projects(rows: Sequence[Row], draft: Draft) -> None:
    """Add a role of kind project for each of *rows*; its keywords are the skills of its achievements, or its tags."""
    for row in rows:
        keywords = list(dict.fromkeys(keyword.text for keyword in row.texts("keywords")))
        extra: dict[str, object] = {key: text for key in ("entity", "type") if (text := row.text(key))}
        job = _job(row, ("name",))
        row.close()
        if job.highlights and job.day:
            _add_role([job], "project", draft, Role(employer="", extra=extra), tuple(keywords))
            continue
        _add_role([job], "project", draft, Role(employer="", extra=extra, tags=tuple(keywords)))
        for keyword in keywords:
            draft.add_skill(keyword, "", (*row.path, "keywords"))


def read_dates(row: Row, *, is_ongoing: bool) -> tuple[PartialDate | None, End | None]:
    """Return start and end; without an end, present where *is_ongoing*. An end before its start is left out."""
    start, end = row.date("startDate"), row.end("endDate")
    if start and end and end.last_day < start.first_day:
        what = f"this end lies before the start, {start}; it was left out"
        row.warn("date-order", what, "correct one of them and import again", at=("endDate",))
        return start, None
    if is_ongoing and start and not row.has("endDate"):
        end = present()
    return start, end


def _job(row: Row, names: tuple[str, ...]) -> _Job:
    employer = row.text(*names)
    title = row.text("position") or ", ".join(role.text for role in row.texts("roles"))
    if not employer:
        row.warn("json-value", f"there is no “{names[0]}” here", "give the role its employer: by hand")
    start, end = read_dates(row, is_ongoing=True)
    return _Job(
        row=row,
        employer=employer or title or "Not named",
        title=title,
        url=row.url("url", "website"),
        location=row.text("location"),
        start=start,
        end=end,
        summary=row.prose("summary"),
        description=row.prose("description"),
        highlights=row.texts("highlights"),
    )


def _add_role(
    jobs: list[_Job], kind: RoleKind, draft: Draft, role: Role | None = None, skills: tuple[str, ...] = ()
) -> None:
    """Add the role of one employer, *role* with what its *jobs* say, and their achievements, which prove *skills*."""
    first = jobs[0]
    url = next((job.url for job in jobs if job.url), None)
    location = next((job.location for job in jobs if job.location), "")
    positions = _positions(jobs, kind)
    summary, body = _text(jobs, location)
    authored = structs.replace(
        role or Role(employer=""),
        employer=first.employer,
        url=url,
        location=location,
        kind=kind,
        positions=tuple(position for position in positions if position),
        summary=summary,
    )
    undated = bullets([highlight.text for job in jobs if not job.day for highlight in job.highlights])
    role_id = draft.add("role", first.employer, authored, paragraphs(body, undated), first.row.path, more=(kind,))
    for job, position in zip(jobs, positions, strict=True):
        if job.url and job.url != url:
            what = "this is another address of the same employer; it was left out"
            job.row.warn("json-value", what, "a role has one address", at=("url",))
        named = position.id if position and len(authored.positions) > 1 else ""
        _add_achievements(job, Achievement(title="", role=role_id, position=named, skills=skills), draft)


def _positions(jobs: list[_Job], kind: RoleKind) -> list[Position | None]:
    """Return the position of each job; None for one that has neither a title nor a date."""
    ids = Ids()
    positions: list[Position | None] = []
    for job in jobs:
        if not job.title and not job.start and not job.end:
            positions.append(None)
            continue
        title = job.title or _UNTITLED[kind]
        positions.append(Position(id=ids.assign("position", title), title=title, start=job.start, end=job.end))
    return positions


def _text(jobs: list[_Job], location: str) -> tuple[str, str]:
    """Return the summary and the body of a role. With several jobs, the body tells of each under its title."""
    descriptions = list(dict.fromkeys(job.description for job in jobs if job.description))
    first = jobs[0]
    if len(jobs) == 1:
        texts = [text for text in (*descriptions, first.summary) if text]
        is_whole = not texts or (len(texts) == 1 and not is_long(texts[0]))
        return shorten(first.summary or first.description), "" if is_whole else "\n\n".join(map(as_markdown, texts))
    parts = [as_markdown(text) for text in descriptions]
    for job in jobs:
        place = job.location if job.location != location else ""
        if job.summary or place:
            head = ", ".join(part for part in (job.title or job.employer, place) if part)
            parts += [f"**{as_markdown(head)}**", as_markdown(job.summary)]
    return shorten(descriptions[0]) if descriptions else "", "\n\n".join(part for part in parts if part)


def _add_achievements(job: _Job, start: Achievement, draft: Draft) -> None:
    """Add the highlights of *job*, each as *start* with a title and a date."""
    if not job.day:
        if job.highlights:
            what = "there is no date, which an achievement needs; the highlights stand in the text of the role"
            job.row.warn("date", what, "give the job a date and import again", at=("highlights",))
        return
    day = PartialDate(job.day.year, job.day.month, job.day.day)
    for highlight in job.highlights:
        title = shorten(without_full_stop(highlight.text))
        body = paragraphs(as_markdown(highlight.text)) if is_long(highlight.text) else ""
        authored = structs.replace(start, title=title, date=day)
        draft.add("achievement", title, authored, body, highlight.path, more=(start.role,))
