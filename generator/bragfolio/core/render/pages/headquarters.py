"""Headquarters: the private pages of the `self` build: what to do this week, and a page for each question of the coach."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Final

from markupsafe import Markup
from msgspec import Struct

from bragfolio.core.insight.figures import Grid, Line
from bragfolio.core.insight.goodwill import Goodwill
from bragfolio.core.insight.questions import QUESTIONS, Answers, answer
from bragfolio.core.link.addresses import HEADQUARTERS, SOURCES, question_page
from bragfolio.core.render import contexts
from bragfolio.core.render.advice import advice_of, blocks_of, bound, coded, question_link, table_of
from bragfolio.core.render.desk import Desk
from bragfolio.core.render.head import head
from bragfolio.core.render.pages.job import Job
from bragfolio.core.render.sources import Catalogue, make_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bragfolio.core.insight.career import Career
    from bragfolio.core.insight.figures import Chart
    from bragfolio.core.insight.questions import Question
    from bragfolio.model.dossier import Dossier

_SECTION: Final = "headquarters"
_MOST_ACTIONS: Final = 5
"""A week has no room for more."""


class _Office(Struct, frozen=True):
    """What the pages of the headquarters share."""

    desk: Desk
    questions: tuple[Question, ...]
    answers: Answers
    catalogue: Catalogue
    groups: tuple[contexts.SourceGroup, ...]
    sections: tuple[contexts.Link, ...]


def headquarters_jobs(desk: Desk, career: Career) -> Iterator[Job]:
    """Yield the overview, the page of each question of the coach, and the page of sources."""
    return pages_of(desk, career.dossier, partial(answer, career), QUESTIONS)


def pages_of(
    desk: Desk, dossier: Dossier, ask: Callable[[], Answers], questions: tuple[Question, ...]
) -> Iterator[Job]:
    """Yield the pages of what *ask* answers to *questions*. It is asked once, by the first page that is rendered."""
    office = cache(lambda: _open_office(desk, dossier, ask(), questions))

    def job(path: str, template: str, make: Callable[..., Struct], *about: Question) -> Job:
        # No answer needs a body: the coach reads none (`app/career.py`).
        return Job(path, template, lambda: make(office(), path, *about), is_indexed=False, bodies=())

    yield job(HEADQUARTERS, "headquarters.html", _overview)
    for question in questions:
        yield job(question_page(question.name), "question.html", _question, question)
    yield job(SOURCES, "sources.html", _sources)


def _open_office(desk: Desk, dossier: Dossier, answers: Answers, questions: tuple[Question, ...]) -> _Office:
    catalogue, groups = make_catalogue(desk.linked, dossier)
    sections = [contexts.Link("Overview", HEADQUARTERS)]
    sections += [contexts.Link(question.name.capitalize(), question_page(question.name)) for question in questions]
    sections.append(contexts.Link("Sources", SOURCES))
    return _Office(desk, questions, answers, catalogue, groups, tuple(sections))


def _head(office: _Office, template: str, path: str, heading: str, description: str) -> contexts.Page:
    return head(
        office.desk,
        template=template,
        path=path,
        heading=heading,
        description=description,
        section=_SECTION,
        noindex=True,
    )


def _overview(office: _Office, path: str) -> contexts.HeadquartersContext:
    answers, catalogue = office.answers, office.catalogue
    actions, question_of = answers.actions, _questions_of(office)
    goodwill = next((found for found in answers.insights.values() if isinstance(found, Goodwill)), None)
    return contexts.HeadquartersContext(
        site=office.desk.site,
        page=_head(office, "headquarters", path, "Headquarters", "What to do this week, and what the coach knows."),
        sections=office.sections,
        actions=tuple(advice_of(found, question_of[found.code], catalogue) for found in actions[:_MOST_ACTIONS]),
        more_actions=max(len(actions) - _MOST_ACTIONS, 0),
        goodwill=str(goodwill.goodwill) if goodwill else "",
        charts=blocks_of(_of_overview(goodwill), catalogue) if goodwill else (),
        answers=tuple(
            contexts.AnswerLine(question_link(question), bound(found.answer), len(found.findings), Markup())
            for question in office.questions
            if (found := answers.insights.get(question.name))
        ),
        silent=tuple(
            contexts.AnswerLine(question_link(question), "", 0, needs_of(question)) for question in answers.silent
        ),
    )


def _questions_of(office: _Office) -> dict[str, Question]:
    """Return the question that each finding belongs to, by the finding's code."""
    insights = office.answers.insights
    return {
        finding.code: question
        for question in office.questions
        if question.name in insights
        for finding in insights[question.name].findings
    }


def _of_overview(goodwill: Goodwill) -> list[Chart]:
    """Return the first line and the first grid: goodwill over time, and the months with an achievement."""
    firsts = [next((chart for chart in goodwill.charts if isinstance(chart, kind)), None) for kind in (Line, Grid)]
    return [chart for chart in firsts if chart]


def needs_of(question: Question) -> Markup:
    """Return the file that would switch *question* on, as code, and what it should say."""
    file, colon, words = question.needs.partition(": ")
    return Markup("<code>{}</code>{}{}").format(file, ": " if colon else "", coded(words))


def _question(office: _Office, path: str, question: Question) -> contexts.QuestionContext:
    insight, catalogue = office.answers.insights.get(question.name), office.catalogue
    description = insight.answer if insight else "This question has no data yet."
    return contexts.QuestionContext(
        site=office.desk.site,
        page=_head(office, "question", path, question.title, description),
        sections=office.sections,
        answer=bound(insight.answer) if insight else "",
        needs=Markup() if insight else needs_of(question),
        findings=tuple(advice_of(found, question, catalogue) for found in insight.findings) if insight else (),
        charts=blocks_of(insight.charts, catalogue) if insight else (),
        tables=tuple(table_of(table, catalogue) for table in insight.tables) if insight else (),
    )


def _sources(office: _Office, path: str) -> contexts.SourcesContext:
    description = "What the private files say, with a place for each thing that the headquarters count."
    return contexts.SourcesContext(
        site=office.desk.site,
        page=_head(office, "sources", path, "Sources", description),
        sections=office.sections,
        groups=office.groups,
        total=sum(len(group.items) for group in office.groups),
    )
