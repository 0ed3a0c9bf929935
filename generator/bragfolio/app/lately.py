"""Lately: the agenda for the next talk with one person."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from bragfolio.app.career import make_career
from bragfolio.app.people import missing_person
from bragfolio.app.prepare import link_for, read
from bragfolio.core.insight.agenda import Agenda, make_agenda
from bragfolio.core.project.audiences import PUBLIC, SELF
from bragfolio.problems import Problem, Span, has_errors, in_order

if TYPE_CHECKING:
    from bragfolio.model.scalars import Since

_AT = Span("brag lately")


class LatelyReport(Struct, frozen=True):
    """The agenda, or why there is none."""

    problems: tuple[Problem, ...]
    """Errors alone; broken entries are left out of the agenda."""
    agenda: Agenda | None = None


def plan_talk(root: Path, person: str, since: Since | None, as_of: dt.date | None) -> LatelyReport:
    """Return what to talk about with *person*, an id of people.yaml; who is in no audience is told what everybody may hear."""
    found = read(root, as_of, with_bodies=False)
    linked, _, _ = link_for(found, SELF)
    career, wrong = make_career(found, linked)
    problems = [problem for problem in (*found.problems, *wrong) if problem.is_error]
    missing = missing_person(list(career.people), person, _AT)
    if missing:
        return LatelyReport((*in_order(problems), missing))
    audience = career.people[person].authored.audience or PUBLIC
    if audience not in found.audiences.sees:
        return LatelyReport(tuple(in_order(problems)))  # among them that people.yaml names no such audience
    if has_errors(list(found.problems)) and not found.portfolio.is_config_whole:
        return LatelyReport(tuple(in_order(problems)))  # a broken site.yaml may say who sees what
    seen, _, _ = link_for(found, audience)
    day = since.day(career.as_of) if since else None
    return LatelyReport(tuple(in_order(problems)), make_agenda(career, person, seen.projection, day))
