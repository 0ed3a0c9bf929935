"""Review: a self-assessment for a stretch of time, as text or as a file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

from msgspec import Struct

from bragfolio.app.career import make_career
from bragfolio.app.documents import refuse_other_text, write_document
from bragfolio.app.pdf import refuse_published
from bragfolio.app.prepare import link_for, read
from bragfolio.core.insight.review import By, Review, Window, review
from bragfolio.core.project.audiences import SELF
from bragfolio.core.render.review import TITLE, review_markdown
from bragfolio.problems import Problem, has_errors

_DAYS: Final = 365
"""Of a review that does not say since when."""


class ReviewRequest(Struct, frozen=True):
    """What to review."""

    root: Path
    since: dt.date | None = None
    until: dt.date | None = None
    """The as-of day when None."""
    by: By = "goal"
    audience: str = "company"
    out: Path | None = None
    as_of: dt.date | None = None


class ReviewReport(Struct, frozen=True):
    """What came of it."""

    problems: tuple[Problem, ...]
    review: Review
    text: str
    """Markdown."""
    file: Path | None = None
    unseen: int = 0
    """Achievements of that time that the audience does not see, and that are not in it."""


def make_review(request: ReviewRequest) -> ReviewReport:
    """Return the review, written to a file where that was asked for. Raises `prepare.UnknownAudience`.

    The window is the 365 days that end on its last day unless it says since when.
    """
    found = read(request.root, request.as_of, with_bodies=False)
    linked, _, _ = link_for(found, request.audience)
    own = linked if request.audience == SELF else link_for(found, SELF)[0]
    career, wrong = make_career(found, own)
    problems = [*found.problems, *wrong]
    until = request.until or found.day.as_of
    since = request.since or until - dt.timedelta(days=_DAYS - 1)
    made = review(career, linked, Window(since, until), request.by)
    all_done = made.done if linked is own else review(career, own, Window(since, until), request.by).done
    unseen = len(all_done) - len(made.done)
    text = review_markdown(made)
    if request.out is None:
        return ReviewReport(tuple(problems), made, text, unseen=unseen)
    wrong = refuse_published(request.out, request.root, request.audience) + refuse_other_text(request.out, TITLE)
    wrong = wrong or write_document(request.out, text.encode())
    return ReviewReport((*problems, *wrong), made, text, None if has_errors(wrong) else request.out, unseen)
