"""Match: one posting, held against the whole portfolio."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from bragfolio.app.career import open_career
from bragfolio.app.postings import find_posting
from bragfolio.core.insight.match import Match, lead_with, match_posting, unjudged_in
from bragfolio.core.insight.vocabulary import make_vocabulary
from bragfolio.problems import Problem, in_order

if TYPE_CHECKING:
    from bragfolio.core.project.projection import Item
    from bragfolio.model.achievement import Achievement
    from bragfolio.model.posting import Posting


class Lead(Struct, frozen=True):
    """An achievement to lead with."""

    item: Item[Achievement]
    proves: tuple[str, ...]
    """What of the posting it proves, as the posting has it."""


class Matched(Struct, frozen=True):
    """A posting, answered."""

    problems: tuple[Problem, ...]
    posting: Posting | None = None
    """None when there is no such posting, or it is broken."""
    match: Match | None = None
    leads: tuple[Lead, ...] = ()
    unjudged: tuple[str, ...] = ()
    """What its text asks for without naming a skill that Brag knows; empty where the posting lists what it asks for."""


def match_portfolio(root: Path, name: str, as_of: dt.date | None) -> Matched:
    """Hold the posting *name*, an id or a file, against everything that its owner sees in the portfolio in *root*."""
    career, problems = open_career(root, as_of)
    read, found = find_posting(root, name, "brag match")
    problems = in_order([*problems, *found])
    if read is None:
        return Matched(tuple(problems))
    skills = career.linked.skills
    vocabulary = make_vocabulary(skills, [*read.posting.must, *read.posting.nice])
    match = match_posting(read.posting, read.advert, vocabulary, career.as_of)
    leads = []
    for item in lead_with(match, skills, career.as_of):
        paths = {ref.path for ref in skills.of(item.authored)}
        leads.append(Lead(item, tuple(r.name for r in match.requirements if r.skill and r.skill.path in paths)))
    unjudged = () if match.is_listed else tuple(unjudged_in(read.advert, vocabulary))
    return Matched(tuple(problems), read.posting, match, tuple(leads), unjudged)
