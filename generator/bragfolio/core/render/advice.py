"""Advice: the findings, tables and charts of insights as pages print them, everything with a link to what is behind it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from markupsafe import Markup

from bragfolio.core.insight.finding import rounded
from bragfolio.core.link.addresses import question_page
from bragfolio.core.render import contexts
from bragfolio.core.render.charts.draw import draw

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bragfolio.core.insight.figures import Cell, Chart, Table
    from bragfolio.core.insight.finding import Finding
    from bragfolio.core.insight.questions import Question
    from bragfolio.core.render.sources import Catalogue


_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_SHARE = re.compile(r"(?<=\d) %")
_MOST_ROWS = 12
_MOST_LETTERS = 44
"""Of the widest row of a table that stands beside a chart."""


def question_link(question: Question) -> contexts.Link:
    """Return the link to the page of *question*."""
    return contexts.Link(question.title, question_page(question.name))


def advice_of(finding: Finding, question: Question, catalogue: Catalogue) -> contexts.Advice:
    """Return *finding*, which belongs to *question*."""
    gain = rounded(Decimal(str(finding.gain)))
    return contexts.Advice(
        code=finding.code,
        sentence=bound(finding.sentence),
        action=coded(finding.action[:1].upper() + finding.action[1:]),
        numbers=tuple(contexts.NamedNumber(name, number) for name, number in finding.numbers),
        entries=catalogue.mentions(finding.entries),
        gain=f"{gain.normalize():f}" if gain > 0 else "",
        question=question_link(question),
    )


def coded(text: str) -> Markup:
    """Return *text* with what stands in backticks as code, each of whose words stays whole."""
    parts = text.split("`")
    return Markup("").join(
        _code(part) if index % 2 and index < len(parts) - 1 else bound(part) for index, part in enumerate(parts) if part
    )


def _code(words: str) -> Markup:
    spans = Markup(" ").join(Markup("<span>{}</span>").format(word) for word in words.split(" "))
    return Markup("<code>{}</code>").format(spans)


def bound(text: str) -> str:
    """Return *text* with its days and its shares kept on one line each."""
    text = _DAY.sub(lambda match: match[0].replace("-", "\u2011"), text)
    return _SHARE.sub("\u00a0%", text)


def table_of(table: Table, catalogue: Catalogue) -> contexts.DataTable:
    """Return *table* with a link from each cell."""
    columns = (contexts.DataColumn(name, index in table.numeric) for index, name in enumerate(table.head))
    rows = (
        tuple(_cell(cell, catalogue, is_number=index in table.numeric) for index, cell in enumerate(row))
        for row in table.rows
    )
    return contexts.DataTable(table.caption, tuple(columns), tuple(rows))


def _cell(cell: Cell, catalogue: Catalogue, *, is_number: bool) -> contexts.DataCell:
    path = catalogue.mention(cell.entry).path if cell.entry else ""
    return contexts.DataCell(cell.text, path, catalogue.mentions(cell.entries), is_number)


def blocks_of(charts: Iterable[Chart], catalogue: Catalogue) -> tuple[contexts.ChartBlock, ...]:
    """Return *charts*, drawn, each with its table."""
    return tuple(_block(chart, f"chart-{number}", catalogue) for number, chart in enumerate(charts, 1))


def _block(chart: Chart, name: str, catalogue: Catalogue) -> contexts.ChartBlock:
    kind = type(chart).__name__.lower()
    picture, table = draw(chart, name), chart.table
    letters = [
        max(len(text) for text in (table.head[index], *(row[index].text for row in table.rows)))
        for index in range(len(table.head))
    ]
    is_paired = len(table.rows) <= _MOST_ROWS and sum(letters) + 3 * len(letters) <= _MOST_LETTERS
    return contexts.ChartBlock(
        name, kind, chart.title, bound(chart.description), picture, table_of(table, catalogue), is_paired
    )
