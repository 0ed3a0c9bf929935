"""Review as text: a self-assessment in plain Markdown, to be pasted into the form of a company."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bragfolio.core.choose.metrics import lead_metric
from bragfolio.core.exporters.markdown import paragraph
from bragfolio.core.insight.finding import counted, listed
from bragfolio.core.render.formats import date_text, figure_of
from bragfolio.core.render.sheets import value_text
from bragfolio.model.scalars import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bragfolio.core.insight.review import Review, ReviewGroup
    from bragfolio.core.project.projection import Item
    from bragfolio.model.achievement import Achievement, Evidence, Metric

TITLE: Final = "# Self-assessment"
"""How each begins."""


def review_markdown(found: Review) -> str:
    """Return *found* as Markdown: a summary, its groups, and what comes next; headings, paragraphs and lists only."""
    who = f", {paragraph(found.name)}" if found.name else ""
    blocks = [f"{TITLE}{who}, {_day(found.window.since)} to {_day(found.window.until)}", *_summary(found)]
    is_split = any(group.title for group in found.groups)
    for group in found.groups:
        blocks += _group(group, found.by, is_split=is_split)
    return "\n\n".join([*blocks, *_next(found)]) + "\n"


def _summary(found: Review) -> Iterator[str]:
    yield "## Summary"
    if not found.done:
        yield "Nothing is written down for this time."
        return
    groups = [group for group in found.groups if group.title]
    many = {"goal": "goals", "competency": "competencies"}[found.by]
    served = {item.id for group in groups for item in group.items}
    words = {"goal": "serve", "competency": "show"}[found.by] + ("s" if len(served) == 1 else "")
    split = f"; {len(served)} of them {words} {counted(len(groups), found.by, many)}" if groups else ""
    measured = sum(bool(item.authored.metrics) for item in found.done)
    proven = sum(bool(item.authored.evidence or item.authored.feedback) for item in found.done)
    yield f"{counted(len(found.done), 'achievement')}{split}. {measured} measured, {proven} with evidence or feedback."
    yield "Biggest results:"
    yield "\n".join(f"- {_result(item.authored)}" for item in found.biggest)
    if found.first_proven:
        yield f"Skills first shown in this time: {paragraph(listed(ref.name for ref in found.first_proven))}."


def _result(achievement: Achievement) -> str:
    metric = lead_metric(achievement)
    number = f" – {_number(metric)}" if metric else ""
    return f"{paragraph(achievement.title)}{number}"


def _group(group: ReviewGroup, by: str, *, is_split: bool) -> Iterator[str]:
    if group.title:
        owner = f" ({paragraph(group.owner)})" if group.owner else ""
        yield f"## {by.title()}: {paragraph(group.title)}{owner}"
    else:
        yield "## Other achievements" if is_split else "## Achievements"
    for item in group.items:
        yield from _achievement(item)
    if group.also:
        yield "\n".join(f"- {paragraph(item.authored.title)}: see “{paragraph(told)}”" for item, told in group.also)


def _achievement(item: Item[Achievement]) -> Iterator[str]:
    authored = item.authored
    when = f" ({date_text(authored.date).text})" if authored.date else ""
    yield f"### {paragraph(authored.title)}{when}"
    said = authored.impact or authored.summary
    if said:
        yield paragraph(said)
    if authored.metrics:
        yield "\n".join(f"- {_number(metric)}{_source(metric)}" for metric in authored.metrics)
    if authored.my_part:
        yield f"My part: {paragraph(authored.my_part)}"
    proofs = [_evidence(one) for one in authored.evidence]
    proofs += [_quote(one.quote, one.byline) for one in authored.feedback if one.quote]
    if proofs:
        yield "Evidence:"
        yield "\n".join(f"- {proof}" for proof in proofs)


def _number(metric: Metric) -> str:
    figure = figure_of(metric)
    change = f" ({figure.change})" if figure.change else ""
    text = f"{figure.name}: {value_text(figure)}{change}"
    return paragraph(text)


def _source(metric: Metric) -> str:
    return f", {paragraph(metric.source)}" if metric.source else ""


def _evidence(one: Evidence) -> str:
    label = paragraph(one.label)
    if not one.url:
        return label or paragraph((one.file or "").rpartition("/")[2])
    url = str(one.url).replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
    return f"{label}: <{url}>" if label else f"<{url}>"


def _quote(quote: str, byline: str) -> str:
    return f"“{paragraph(quote)}”" + (f", {paragraph(byline)}" if byline else "")


def _next(found: Review) -> Iterator[str]:
    if not found.ongoing and not found.growing:
        return
    yield "## What comes next"
    lines = []
    for item in found.ongoing:
        since = f", since {date_text(item.authored.start).text}" if item.authored.start else ""
        lines.append(f"- {paragraph(item.authored.title)}{since}")
    if found.growing:
        lines.append(f"- Growing in {paragraph(listed(ref.name for ref in found.growing))}")
    yield "\n".join(lines)


def _day(day: date) -> str:
    return date_text(PartialDate(day.year, day.month, day.day)).text
