"""HTML text: a saved web page as plain text with its headings and lists, and the structured data in it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from msgspec import Struct

_HIDDEN: Final = frozenset({
    "script", "style", "noscript", "template", "svg", "nav", "footer", "head", "select", "button", "iframe",
    "object", "math",
})  # fmt: skip
"""Elements whose text is not a part of what a page says."""
_VOID: Final = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
})  # fmt: skip
_BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt", "fieldset", "figure",
    "form", "header", "hr", "html", "main", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
})  # fmt: skip
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_REMARKS: Final = (("<!--", "-->"), ("<![", "]>"), ("<!", ">"), ("<?", ">"))
"""Comments, sections, declarations and instructions, by how they begin and end; the longest first."""
_SPACE: Final = re.compile(r"[ \t\r\f\xa0]*\n[ \t\r\f\xa0]*")
_GAPS: Final = re.compile(r"\n{3,}")
_MAX_DATA: Final = 20
"""Blocks of structured data that are looked at."""


class Page(Struct, frozen=True):
    """What a page says."""

    title: str
    text: str
    """Headings start with `## `, items of lists with `- `, paragraphs stand apart."""
    structured: tuple[str, ...]
    """The JSON-LD blocks, as they are written."""


def read_page(text: str) -> Page:
    """Return what the HTML in *text* says; of a fragment, or of plain text, too. Broken HTML is read as far as it goes."""
    reader = _Reader()
    reader.feed(_without_remarks(text))
    reader.close()
    said = _GAPS.sub("\n\n", _SPACE.sub("\n", "".join(reader.parts))).strip()
    return Page(" ".join("".join(reader.title).split()), said, tuple(reader.structured))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.title: list[str] = []
        self.structured: list[str] = []
        self._hidden: list[str] = []
        self._element = ""
        """The hidden element that says something: `title` or `ld+json`."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title":
            self._element = tag
        if tag == "script" and (dict(attrs).get("type") or "").strip().casefold().startswith("application/ld+json"):
            self._element = "ld+json"
            if len(self.structured) < _MAX_DATA:
                self.structured.append("")
        if tag in _HIDDEN:
            self._hidden.append(tag)
        elif tag == "body":
            self._hidden.clear()
        elif not self._hidden:
            self._begin(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID or tag not in _HIDDEN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"title", "script"}:
            self._element = ""
        if tag in self._hidden:
            del self._hidden[self._hidden.index(tag) :]
        elif not self._hidden and (tag in _BLOCKS or tag in _HEADINGS):
            self.parts.append("\n\n" if tag in _HEADINGS or tag in {"p", "ul", "ol", "div"} else "\n")

    def handle_data(self, data: str) -> None:
        if self._element == "title":
            self.title.append(data)
        elif self._element and self.structured:
            self.structured[-1] += data
        elif not self._hidden:
            self.parts.append(re.sub(r"\s+", " ", data))

    def _begin(self, tag: str) -> None:
        if tag in _HEADINGS:
            self.parts.append("\n\n## ")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag == "p":
            self.parts.append("\n\n")
        elif tag in _BLOCKS:
            self.parts.append("\n")


def _without_remarks(text: str) -> str:
    """Return *text* without comments and declarations, and without an unfinished tag at its end.

    The parser looks for the end of each anew, which takes the square of their number when there is no end.
    """
    kept: list[str] = []
    at = 0
    while (start := _next_remark(text, at)) >= 0:
        kept.append(text[at:start])
        closing = next(end for begin, end in _REMARKS if text.startswith(begin, start))
        end = text.find(closing, start + 2)
        at = end + len(closing) if end >= 0 else len(text)
    kept.append(text[at:])
    whole = "".join(kept)
    end = whole.rfind(">") + 1
    return whole[:end] + whole[end:].partition("<")[0]


_REMARK: Final = re.compile(r"<[!?]")


def _next_remark(text: str, at: int) -> int:
    match = _REMARK.search(text, at)
    return match.start() if match else -1
