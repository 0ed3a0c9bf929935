"""Rich text: plain text and bodies as the closed vocabulary that one-pagers are set from (`contexts.Run`).

Text stays a value all the way: no typesetter and no browser ever parses it as code. Words with a hyphen are kept on one
line, since readers of PDFs take the hyphen at the end of a line for the typesetter's own and drop it; words that are
longer than a line get places where they may break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import unescape
from itertools import pairwise, takewhile
from typing import Final

from bragfolio.core.render.contexts import Rich, Run, SheetParagraph
from bragfolio.model.scalars import SAFE_SCHEMES, url_scheme

_SPECIAL: Final = re.compile(r"\S*\w-\w\S*|\S{31,}")
"""Words with a hyphen inside, and words that may be longer than a line."""
_MAX_WHOLE: Final = 30
"""Characters that any column holds on one line."""
_CHUNK: Final = 12
_INLINE: Final = {"strong": "strong", "em": "em", "s": "s", "del": "s"}
_LISTS: Final = frozenset({"ul", "ol"})
_BLOCKS: Final = _LISTS | {"p", "li"}
_LEFT_OUT: Final = frozenset({"pre", "table", "h2", "h3", "h4", "h5", "h6"})
"""What a page of text has no room for; pictures, too."""
_ANNOUNCED: Final = frozenset({"pre", "table", "p"})
"""Of what is left out, what the paragraph before it may announce with a colon."""
_MAX_URL: Final = 2000
_TAG: Final = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>")
"""In what the Markdown reader made: `>` stands nowhere else. Python's own parser of HTML takes five times as long."""
_HREF: Final = re.compile(r' href="([^"]*)"')
_START: Final = re.compile(r' start="([0-9]+)"')


def rich(text: str) -> Rich:
    """Return plain *text*, its white space run together."""
    words = text.split()
    text = " ".join(words)
    if "-" not in text and all(len(word) <= _MAX_WHOLE for word in words):
        return (Run("text", text),) if text else ()
    runs: list[Run] = []
    at = 0
    for match in _SPECIAL.finditer(text):
        if match.start() > at:
            runs.append(Run("text", text[at : match.start()]))
        runs += _word(match[0])
        at = match.end()
    if at < len(text):
        runs.append(Run("text", text[at:]))
    return tuple(runs)


def plain(text: Rich) -> str:
    """Return *text* without its marks."""
    return "".join(run.v or ("\n" if run.t == "br" else plain(run.c)) for run in text)


def texts_in(paragraph: SheetParagraph) -> Iterator[Rich]:
    """Yield the text of *paragraph*, then those of what stands below it."""
    yield paragraph.text
    for below in paragraph.below:
        yield from texts_in(below)


@lru_cache(maxsize=512)
def paragraphs_of(html: str) -> tuple[SheetParagraph, ...]:
    """Return the paragraphs and list items of *html*, which the Markdown reader made and filled.

    Links keep their address when it is absolute. Headings, code blocks, tables and pictures are left out, with the
    sentence that announces one of the last three.
    """
    reader = _Reader()
    pieces = iter(_TAG.split(html))
    reader.take_text(next(pieces))
    for is_end, tag, attributes, text in zip(pieces, pieces, pieces, pieces, strict=True):
        if is_end:
            reader.end(tag)
        else:
            reader.start(tag, attributes)
        reader.take_text(text)
    return tuple(reader.paragraphs)


def ends_of(paragraphs: Sequence[SheetParagraph]) -> list[int]:
    """Return the numbers of *paragraphs* behind which a text may end: not in a list, nor before what a colon announces.

    A list that opens a text is what there is to say, so it may end behind each of its items.
    """
    opening = sum(1 for _ in takewhile(lambda paragraph: paragraph.bullet, paragraphs))
    inner = [
        number
        for number, (last, following) in enumerate(pairwise(paragraphs), 1)
        if not (_announces(last) or (number >= opening and last.bullet and following.bullet))
    ]
    return [*inner, len(paragraphs)] if paragraphs else []


def _announces(paragraph: SheetParagraph) -> bool:
    return not paragraph.bullet and plain(paragraph.text).endswith(":")


def _word(word: str) -> list[Run]:
    if len(word) <= _MAX_WHOLE:
        return [Run("nb", word)]
    return [Run("wb", word[start : start + _CHUNK]) for start in range(0, len(word), _CHUNK)]


class _Reader:
    """Reads the few elements that bodies are made of."""

    def __init__(self) -> None:
        self._open: list[tuple[Run, list[Run]]] = [(Run(""), [])]
        self._told: list[list[SheetParagraph]] = [[]]
        """What was read: of the whole, then of each list item that is open."""
        self._numbers: list[int | None] = []
        """Of the next item of each list that is open; None where items have no numbers."""
        self._left_out = 0

    @property
    def paragraphs(self) -> list[SheetParagraph]:
        """What was read."""
        return self._told[0]

    def start(self, tag: str, attributes: str) -> None:
        """Take the start of an element; *attributes* are as written."""
        if tag in _LEFT_OUT:
            self._close_paragraph()
            self._leave_out(tag)
            self._left_out += 1
        elif self._left_out:
            return
        elif tag in _BLOCKS:
            self._close_paragraph()
            if tag == "li":
                self._told.append([])
            elif tag in _LISTS:
                found = _START.search(attributes)
                self._numbers.append(None if tag == "ul" else int(found[1]) if found else 1)
        elif tag in _INLINE or tag in {"a", "code"}:
            found = _HREF.search(attributes)
            href = unescape(found[1]) if found else ""
            is_link = tag == "a" and url_scheme(href) in SAFE_SCHEMES and len(href) <= _MAX_URL
            self._open.append((Run(_INLINE.get(tag, "link" if is_link else tag), href=href if is_link else ""), []))
        elif tag == "br":
            self._here.append(Run("br"))

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if tag in _LEFT_OUT:
            self._left_out -= 1
        elif self._left_out:
            return
        elif tag in _BLOCKS:
            is_empty = not self._close_paragraph()
            if tag == "p" and is_empty:  # of a picture
                self._leave_out(tag)
            elif tag == "li":
                self._close_item()
            elif tag in _LISTS:
                self._numbers.pop()
        elif (tag in _INLINE or tag in {"a", "code"}) and len(self._open) > 1:
            self._close_run()

    def take_text(self, escaped: str) -> None:
        """Take what stands between two tags."""
        data = unescape(escaped)
        if self._left_out or not data:
            return
        if self._open[-1][0].t == "code":
            self._here.append(Run("code", " ".join(data.split())))
            return
        # White space between runs is text too: `rich` trims what it gets.
        head = " " if data[:1].isspace() and self._here else ""
        tail = " " if data[-1:].isspace() and data.strip() else ""
        runs = rich(data)
        self._here.extend([*([Run("text", head)] if head else []), *runs, *([Run("text", tail)] if tail else [])])

    @property
    def _here(self) -> list[Run]:
        return self._open[-1][1]

    def _close_run(self) -> None:
        run, content = self._open.pop()
        if run.t == "code":
            self._here.append(Run("code", "".join(part.v for part in content)))
        elif run.t == "a":
            self._here.extend(content)
        elif content:
            self._here.append(Run(run.t, href=run.href, c=tuple(content)))

    def _close_paragraph(self) -> bool:
        """End the paragraph that is open, and tell whether it says anything."""
        while len(self._open) > 1:
            self._close_run()
        content = _merged(self._here)
        self._open[0][1].clear()
        if not plain(content).strip():
            return False
        self._told[-1].append(SheetParagraph(False, content))
        return True

    def _close_item(self) -> None:
        content, number = self._told.pop(), self._numbers[-1]
        if number is not None:
            self._numbers[-1] = number + 1
        if content and not content[0].bullet:
            content = [SheetParagraph(True, content[0].text, number, tuple(content[1:]))]
        self._told[-1] += content

    def _leave_out(self, tag: str) -> None:
        """Take the sentence back that announces what is left out; a heading was not announced."""
        told = self._told[-1]
        if tag in _ANNOUNCED and told and _announces(told[-1]):
            told.pop()


def _merged(runs: list[Run]) -> Rich:
    """Return *runs* with neighbouring texts joined, and no white space around them."""
    merged: list[Run] = []
    for run in runs:
        if run.t == "text" and merged and merged[-1].t == "text":
            merged[-1] = Run("text", re.sub(r"\s+", " ", merged[-1].v + run.v))
        else:
            merged.append(run)
    if merged and merged[0].t == "text":
        merged[0] = Run("text", merged[0].v.lstrip())
    if merged and merged[-1].t == "text":
        merged[-1] = Run("text", merged[-1].v.rstrip())
    return tuple(run for run in merged if run.t != "text" or run.v)
