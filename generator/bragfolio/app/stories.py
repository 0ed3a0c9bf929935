"""Stories: what to tell in an interview, on the screen and as cards."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.app.career import open_career
from bragfolio.app.documents import Document, refuse_other_text, set_document, write_document
from bragfolio.app.pdf import FOLDER, refuse_foreign, refuse_published
from bragfolio.core.insight.interview import Interview, prepare_interview
from bragfolio.core.insight.stories import Stories, look_at_stories
from bragfolio.core.project.audiences import SELF
from bragfolio.core.read.config import SITE_FILE
from bragfolio.core.read.shape import did_you_mean
from bragfolio.core.render.story_cards import cards_markdown, make_cards, newest_day
from bragfolio.model.slugs import slugify
from bragfolio.model.tree import unlabel
from bragfolio.problems import Problem, Span, error, has_errors

if TYPE_CHECKING:
    from bragfolio.core.insight.career import Career
    from bragfolio.core.insight.telling import Telling

_COMMAND: Final = Span("brag stories")


class StoriesReport(Struct, frozen=True):
    """What there is to tell."""

    problems: tuple[Problem, ...]
    stories: Stories | None = None
    """None while there are neither stories nor questions."""
    interview: Interview | None = None
    """Of the posting that was asked for."""


def look_for(root: Path, as_of: dt.date | None, posting: str) -> tuple[StoriesReport, Career]:
    """Return what there is to tell, and with *posting* (an id) what of it suits that."""
    career, problems = open_career(root, as_of)
    stories = look_at_stories(career)
    if not posting:
        return StoriesReport(tuple(problems), stories), career
    found = next((kept for kept in career.dossier.postings if kept.id == posting.removesuffix(".md")), None)
    if found is None:
        hint = did_you_mean(posting, [kept.id for kept in career.dossier.postings])
        hint = hint or "save the advert as site_content/private/postings/NAME.md"
        missing = error("not-found", f"there is no posting “{posting}”, or it has errors", _COMMAND, hint)
        return StoriesReport((*problems, missing), stories), career
    return StoriesReport(tuple(problems), stories, prepare_interview(career, found)), career


def make_story_cards(
    root: Path, career: Career, report: StoriesReport, out: Path | None
) -> tuple[Path | None, list[Problem]]:
    """Make the cards of the stories in *report*, those that suit its interview first, as *out* ends: .pdf or .md."""
    told = _told(report)
    if not told:
        hint = 'write one: brag new story "How the queue halved"'
        return None, [error("not-found", "there is no story to print", _COMMAND, hint)]
    document = make_cards(career, told)
    out = out or root / FOLDER / f"{slugify(document.title)}.pdf"
    problems = refuse_published(out, root, SELF)
    if out.suffix.lower() == ".md":
        problems += refuse_other_text(out, "# ")
        data = cards_markdown(document, told).encode()
        return _written(out, None if has_errors(problems) else data, problems)
    problems += refuse_foreign(out)
    if has_errors(problems):
        return None, problems
    paper = Document("cards", document, career.config, _sources(career, told), newest_day(career, told))
    pdf, wrong = set_document(root, paper, "brag stories")
    return _written(out, pdf, problems + wrong)


def _written(out: Path, data: bytes | None, problems: list[Problem]) -> tuple[Path | None, list[Problem]]:
    if data is None:
        return None, problems
    problems = problems + write_document(out, data)
    return (None if has_errors(problems) else out), problems


def _told(report: StoriesReport) -> tuple[Telling, ...]:
    if report.interview:
        return tuple(one.telling for one in report.interview.stories)
    return report.stories.tellings if report.stories else ()


def _sources(career: Career, told: tuple[Telling, ...]) -> tuple[str, ...]:
    files = {kept.id: unlabel(kept.source.file) for kept in career.dossier.stories}
    names = [files[story.id] for story in told if story.entry == f"story/{story.id}"]
    names += [
        file
        for story in told
        for name in story.achievements
        if name in career.by_id
        for file in career.by_id[name].files
    ]
    return tuple(dict.fromkeys([*names, "private/questions.yaml", SITE_FILE]))
