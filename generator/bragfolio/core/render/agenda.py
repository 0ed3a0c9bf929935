"""Agenda: the notes for a talk, for a terminal or as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bragfolio.core.choose.metrics import lead_metric
from bragfolio.core.render.formats import date_text, figure_of
from bragfolio.model.scalars import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bragfolio.core.insight.agenda import Achievements, Agenda
    from bragfolio.core.project.projection import Item
    from bragfolio.model.achievement import Achievement


def agenda_text(agenda: Agenda, *, is_markdown: bool) -> str:
    """Return *agenda* as lines of text; what is empty is left out, but for goals, where nothing is worth a word."""
    name = agenda.person.name
    last = _last_contact(agenda)
    heading = f"{'# ' if is_markdown else ''}For {name}, {date_text(PartialDate.of(agenda.as_of)).text}"
    lines = [heading, *([""] if is_markdown else []), last]
    for title, items in _parts(agenda, is_markdown=is_markdown):
        mark = "## " if is_markdown else ""
        lines += ["", mark + title, *([""] if is_markdown else []), *items]
    return "\n".join(lines)


def _last_contact(agenda: Agenda) -> str:
    contact = agenda.person.last_contact
    told = f"Told as “{agenda.audience}” may hear it, from {date_text(PartialDate.of(agenda.since)).text} on."
    return f"You last talked on {date_text(contact).text}. {told}" if contact else f"You never noted a talk. {told}"


def _parts(agenda: Agenda, *, is_markdown: bool) -> Iterator[tuple[str, list[str]]]:
    """Yield the headings and what stands below each."""
    bullet = "- " if is_markdown else "  - "
    nested = "  " + bullet

    def lines(items: Achievements, mark: str = bullet) -> list[str]:
        return [mark + _item_line(item) for item in items]

    if agenda.news:
        yield "Not heard of yet", lines(agenda.news)
    else:
        yield "Not heard of yet", [f"{bullet}Nothing: they know all of it."]
    if agenda.goals:
        found = []
        for goal in agenda.goals:
            found.append(f"{bullet}{goal.title}" + ("" if goal.items else ": nothing since then"))
            found += lines(goal.items, nested)
        yield "Their goals", found
    if agenda.asks:
        yield "Ask what they think of", lines(agenda.asks)
    if agenda.next:
        yield "Next", lines(agenda.next)


def _item_line(item: Item[Achievement]) -> str:
    """Return the title, when it was, and its number, unless the title says it."""
    authored = item.authored
    day = authored.start if authored.ongoing else authored.date
    when = f"since {date_text(day).short}" if authored.ongoing and day else date_text(day).short if day else ""
    metric = lead_metric(authored)
    notes = [when, figure_of(metric).spoken if metric else ""]
    said = "; ".join(note for note in notes if note)
    return f"{' '.join(authored.title.split())}" + (f" ({said})" if said else "")
