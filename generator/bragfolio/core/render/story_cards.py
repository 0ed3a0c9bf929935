"""Story cards: interview stories as cards to cut out, for paper and as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bragfolio.core.choose.metrics import verdict_of
from bragfolio.core.insight.finding import counted
from bragfolio.core.project.projection import effective_day
from bragfolio.core.render import contexts
from bragfolio.core.render.formats import date_text, figure_of, shorten
from bragfolio.core.render.rich import rich
from bragfolio.core.render.sheets import value_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from bragfolio.core.insight.career import Career
    from bragfolio.core.insight.telling import Telling
    from bragfolio.model.story import Use

_LENGTHS: Final = (2400, 1000, 700, 500, 350, 260, 200, 150, 110, 80)
"""Characters that each part is cut to, until the card holds it."""
_TITLES: Final = (160, 160, 160, 160, 160, 160, 120, 100, 90, 80)
_MOST_QUESTIONS: Final = 3
_QUESTION: Final = 110
_SHOWS: Final = 90
_TOLD: Final = 90
_MOST_NUMBERS: Final = 2
_MOST_PARAGRAPHS: Final = 12
"""Of a story that is not told in parts: what a card holds at the shortest."""
_PARTS: Final = ("situation", "task", "action", "reflection")
"""In the order of the card; the result stands above them."""
_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LINK: Final = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_HEAD: Final = re.compile(r"(?m)^[ \t]*(?:#{1,6}|>|[-*+]|\d+[.)])[ \t]+")
_SENTENCE: Final = re.compile(r"([.!?…]['\"’”)]?)(?=\s)")
_LEAST_SHARE: Final = 0.3
"""Of the limit: whole sentences that say less are too little."""
_MARK: Final = re.compile(r"(?<![\w*])\*{1,2}(?=\S)|(?<=\S)\*{1,2}(?![\w*])|`")


def make_cards(career: Career, told: Sequence[Telling]) -> contexts.CardsDocument:
    """Return the cards of *told*, in their order."""
    name = career.config.person.name or career.config.title
    title = f"{name} – interview stories" if name else "Interview stories"
    return contexts.CardsDocument(title, tuple(_card(career, story) for story in told))


def newest_day(career: Career, told: Iterable[Telling]) -> date | None:
    """Return the newest day that cards of *told* show or stand on, never after the as-of day; None for none."""
    days = [
        effective_day(career.by_id[name].authored, career.as_of)
        for story in told
        for name in story.achievements
        if name in career.by_id
    ]
    days += [min(use.date.last_day, career.as_of) for story in told for use in story.used if use.date]
    return max(days, default=None)


def cards_markdown(document: contexts.CardsDocument, told: Sequence[Telling]) -> str:
    """Return *document*, made of *told*, as Markdown: whole texts, since a screen has room."""
    from bragfolio.core.exporters.markdown import paragraph

    blocks = [f"# {paragraph(document.title)}"]
    for card, story in zip(document.cards, told, strict=True):
        blocks.append(f"## {paragraph(story.title)}")
        blocks += ["> " + paragraph(plain_text(question)) for question in card.questions]
        numbers = [
            f"- **{paragraph(one.value)}** {paragraph(one.change + ' ' + plain_text(one.label))}"
            for one in card.numbers
        ]
        blocks += ["\n".join(numbers)] if numbers else []
        text = card.texts[0]
        if story.star:
            named = [("Result", story.star.result), *((part.title(), getattr(story.star, part)) for part in _PARTS)]
            blocks += [f"**{label}.** {paragraph(words)}" for label, words in named if words.strip()]
        else:
            blocks += [paragraph(plain_text(part.text)) for part in text.parts]
        foot = [card.length, plain_text(card.shows), plain_text(card.told)]
        blocks.append(paragraph("; ".join(part for part in foot if part)))
    return "\n\n".join(blocks) + "\n"


def plain_text(text: contexts.Rich) -> str:
    """Return *text* as a line."""
    from bragfolio.core.render.rich import plain

    return plain(text)


def _card(career: Career, story: Telling) -> contexts.StoryCard:
    asked = {kept.id: kept.authored.text for kept in career.dossier.questions}
    questions = [asked[name] for name in story.questions if name in asked][:_MOST_QUESTIONS]
    return contexts.StoryCard(
        questions=tuple(rich(shorten(text, _QUESTION)) for text in questions),
        texts=tuple(dict.fromkeys(_text(story, *limits) for limits in zip(_LENGTHS, _TITLES, strict=True))),
        numbers=_numbers(career, story),
        shows=rich(shorten(", ".join(story.competencies), _SHOWS)),
        length=f"{story.minutes.normalize():f} minutes, {counted(story.words, 'word')}",
        told=rich(shorten("; ".join(_use(career, use) for use in story.used), _TOLD)),
    )


def _text(story: Telling, limit: int, title: int) -> contexts.CardText:
    if story.star:
        star = story.star
        parts = [(name.title(), getattr(star, name)) for name in _PARTS]
        result = star.result
    else:
        parts, result = [("", line) for line in spoken_lines(story.body)[:_MOST_PARAGRAPHS]], ""
    cut = tuple(contexts.CardPart(label, rich(in_short(text, limit))) for label, text in parts if text.strip())
    return contexts.CardText(rich(shorten(story.title, title)), rich(in_short(result, limit)), cut)


def in_short(text: str, limit: int) -> str:
    """Return *text* on one line of at most *limit* characters: its first whole sentences, or cut at a word."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    ends = [found.end(1) for found in _SENTENCE.finditer(line) if found.end(1) <= limit]
    return line[: ends[-1]] if ends and ends[-1] >= limit * _LEAST_SHARE else shorten(line, limit)


def spoken_lines(body: str) -> list[str]:
    """Return the paragraphs of *body*, which is Markdown, without its signs."""
    text = _MARK.sub("", _HEAD.sub("", _LINK.sub(r"\1", _COMMENT.sub(" ", body))))
    return [" ".join(block.split()) for block in re.split(r"\n[ \t]*\n", text) if block.strip()]


def _numbers(career: Career, story: Telling) -> tuple[contexts.SheetNumber, ...]:
    metrics = [
        metric
        for name in story.achievements
        if name in career.by_id
        for metric in career.by_id[name].authored.metrics
        if verdict_of(metric) != "worse"
    ]
    figures = [figure_of(metric) for metric in metrics[:_MOST_NUMBERS]]
    return tuple(contexts.SheetNumber(value_text(one), one.change, rich(shorten(one.name, 60))) for one in figures)


def _use(career: Career, use: Use) -> str:
    posting = next((kept.authored for kept in career.dossier.postings if kept.id == use.posting), None)
    where = (posting.employer or posting.title) if posting else use.posting
    when = date_text(use.date).short if use.date else ""
    return " ".join(part for part in (where, when, f"({use.round})" if use.round else "") if part)
