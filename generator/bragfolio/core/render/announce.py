"""Announce: the text that tells an audience of an achievement, from a template of the theme, short enough for its channel."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct, structs

from bragfolio.core.choose.metrics import lead_metric
from bragfolio.core.link.addresses import encode_path
from bragfolio.core.render.contexts import AnnouncementContext, Figure, Link, Quote
from bragfolio.core.render.formats import date_text, figure_of, optional_date, shorten
from bragfolio.model.scalars import PartialDate
from bragfolio.problems import Problem, Span, error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bragfolio.core.link.references import Linked
    from bragfolio.core.project.projection import Item
    from bragfolio.core.render.engine import Engine
    from bragfolio.model.achievement import Achievement

LIMITS: Final = {"slack": 600, "email": 3000, "linkedin": 3000, "status": 280, "talk": 500}
"""By channel, the most characters: LinkedIn's is its own for a post (3,000) and a status that of the strictest networks; a
message of Slack and a talk of three sentences stay short enough to be taken in at once, an email on one screen."""
_SUBJECT: Final = 68
"""RFC 5322, 2.1.1: a line should have no more than 78 characters, `Subject: ` among them."""
_DROPPED: Final[dict[str, tuple[str, object]]] = {
    "quotes": ("quotes", ()),
    "evidence": ("evidence", ()),
    "figures": ("further numbers", ()),
    "my_part": ("your part", ""),
    "summary": ("the summary", ""),
    "figure": ("the number", None),
    "impact": ("the impact", ""),
    "skills": ("skills", ()),
}
"""Fields in the order in which they go: what they are called, and what is left of them."""
_SENTENCE_END: Final = re.compile(r"(?:(?<=\w{3}[.!?])|(?<=[%)”\d][.!?]))\s+(?=[^a-z\s])")
"""Not behind `Dr.` or `e.g.`."""
_OFFER: Final = "Ask me how it was done, and I will show you."


class Announcement(Struct, frozen=True):
    """A text that is ready to send."""

    text: str
    limit: int
    """The most characters that its channel takes."""
    dropped: tuple[str, ...]
    """What was left out to keep to it, in words."""


def announcement_context(
    linked: Linked, item: Item[Achievement], channel: str, *, to: str, url: str
) -> AnnouncementContext:
    """Return what *item*, out of the projection in *linked*, says to its audience; *to* is the first name of who gets it."""
    authored, projection = item.authored, linked.projection
    metric = lead_metric(authored)
    figure = figure_of(metric) if metric else None
    written = authored.date or authored.start or PartialDate.of(projection.as_of)
    employers = {role.id: role.authored.employer for role in projection.roles}
    person = projection.config.person
    return AnnouncementContext(
        channel=channel,
        audience=projection.audience,
        sender=person.name or projection.config.title,
        to=to,
        title=_line(authored.title),
        subject=shorten(authored.short or authored.title, _SUBJECT),
        impact=_line(authored.impact),
        my_part=_line(authored.my_part),
        summary=_line(authored.summary),
        figure=figure,
        figures=tuple(figure_of(other) for other in authored.metrics if other is not metric),
        date=date_text(written).text,
        ongoing=authored.ongoing,
        project=authored.project,
        employer=employers.get(authored.role, ""),
        skills=tuple(ref.name for ref in linked.skills.of(authored)),
        evidence=tuple(
            Link(evidence.label or evidence.kind.capitalize() or "See", str(evidence.url))
            for evidence in authored.evidence
            if evidence.url
        ),
        quotes=tuple(
            Quote(_line(said.quote), said.byline, optional_date(said.date)) for said in authored.feedback if said.quote
        ),
        url=url,
        sentences=_sentences(authored, figure),
    )


def page_address(linked: Linked, item: Item[Achievement], site: str) -> str:
    """Return the absolute address of the page of *item* on *site*, `""` when that has no address."""
    return f"{site.rstrip('/')}/{encode_path(linked.addresses['achievement', item.id])}" if site else ""


def write_announcement(engine: Engine, context: AnnouncementContext) -> Announcement | Problem:
    """Return the text of the channel, or what is wrong with its template.

    What is too long loses, one after the other, quotes, evidence, further numbers, the author's part, the summary, the
    number, the impact and the skills; at last its texts are cut. A template that is too long even then is an error.
    """
    template, limit = f"{context.channel}.txt", LIMITS[context.channel]
    dropped: dict[str, None] = {}
    text = ""
    for name, shorter in _shorter(context, limit):
        dropped |= {name: None} if name else {}
        found = engine.render(template, shorter)
        if isinstance(found, Problem):
            return found
        text = _tidy(found, is_line=context.channel == "status")
        if len(text) <= limit:
            return Announcement(text, limit, tuple(dropped))
    message = f"the text has {len(text)} characters with nothing but the title, and {context.channel} takes {limit}"
    return error("theme", message, Span(f"announce/{template}"), "write less into the template of your theme")


def _shorter(context: AnnouncementContext, limit: int) -> Iterator[tuple[str, AnnouncementContext]]:
    """Yield *context*, then with less and less in it, each with a name for what went."""
    yield "", context
    for field, (name, empty) in _DROPPED.items():
        if getattr(context, field) != empty:
            context = structs.replace(context, **{field: empty})
            yield name, context
    for quarters in (4, 3, 2, 1):
        room = limit * quarters // 4
        sentences = tuple(shorten(sentence, room // 3) for sentence in context.sentences)
        yield (
            "the ends of long texts",
            structs.replace(context, title=shorten(context.title, room), sentences=sentences),
        )


def _sentences(authored: Achievement, figure: Figure | None) -> tuple[str, ...]:
    """Return three sentences: what, what changed for others or by how much, and the author's part or an offer."""
    changed = authored.impact or (figure.spoken if figure else "") or authored.summary
    what = f"I am working on this: {authored.title}" if authored.ongoing else authored.title
    found = [_first_sentence(text) for text in (what, changed, authored.my_part) if text.strip()][:3]
    if len(found) == 1:
        found.append(_when(authored))
    return tuple(found if len(found) == 3 else [*found, _OFFER])


def _when(authored: Achievement) -> str:
    day = authored.start if authored.ongoing else authored.date
    if day is None:
        return "It goes on."
    return f"I {'began' if authored.ongoing else 'finished'} it {'on' if day.day else 'in'} {date_text(day).text}."


def _first_sentence(text: str) -> str:
    sentence = _SENTENCE_END.split(_line(text))[0]
    return sentence if sentence.endswith((".", "!", "?")) else sentence + "."


def _line(text: str) -> str:
    """Return *text* on one line; the narrow spaces between numbers and units stay."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def _tidy(text: str, *, is_line: bool) -> str:
    """Return *text* without blank lines at its ends or two in a row, or all of it on one line; it ends as a text file does."""
    if is_line:
        return _line(text)
    lines = [line.rstrip() for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
