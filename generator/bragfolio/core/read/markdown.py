"""Markdown: a body parsed once in its life, to HTML with gaps where the links inside the portfolio go.

Where a link leads depends on the audience and on the page that shows it, so each such link is left as a numbered gap
(`Prose.uses`) that the link stage fills. Gaps are written with control characters, which no body may contain. HTML in
a body is shown as text; HTML comments are dropped.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from html import escape, unescape
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from msgspec import Struct

from bragfolio.model.scalars import SAFE_SCHEMES, url_scheme
from bragfolio.problems import Problem, Span, error, warning

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

MAX_BODY: Final = 1_000_000
"""Characters of one body."""
_MAX_MISSES: Final = 60
"""Searches in vain for places in one body, each through a paragraph; then the paragraph's own line must do."""


class UseKind(StrEnum):
    """What a body asks of the rest of the portfolio."""

    WIKI = "wiki"
    """`[[id]]`"""
    FILE = "file"
    """`[text](../skills/sql.md)` or `[text](report.pdf)`"""
    IMAGE = "image"
    """`![alt](chart.png)`"""


class Use(Struct, frozen=True):
    """One link or image of a body that points into the portfolio."""

    kind: UseKind
    target: str
    """`id` or `kind/id` for a wikilink; else a decoded relative path without its fragment."""
    fragment: str
    """With its `#`; `""` for none."""
    text: str
    """Of an image, the text alternative; of a wikilink, what is shown, `""` for the target's own name."""
    span: Span


class Prose(Struct, frozen=True):
    """A parsed body."""

    file: str
    """The file that it stands in: relative links start there."""
    html: str
    """With gaps; see `fill`."""
    uses: tuple[Use, ...]
    lead: str
    """The first paragraph as plain text, with the gaps of its links."""
    words: str = ""
    """What `words_in` says of it."""


_FORM_FEED: Final = "\x0c"
"""The one control character that the parser makes of a reference (`&#12;`), and that no feed may hold."""
_GAP: Final = re.compile("\x02(/?)([0-9]+)\x03")
_TAG: Final = re.compile(r"<[^<>]*>")
_APART: Final = bytes(code if code > 0x7F or chr(code).isalnum() or chr(code) in "+#" else 0x20 for code in range(256))
"""For UTF-8: ASCII marks become spaces, but for those of C++ and C#."""
_MARKS: Final = "“”„‘’‚«»‹›–—…·•→−×"  # noqa: RUF001 - these letters are meant
"""Those beyond ASCII that stand in running text."""
_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LINK: Final = re.compile(r"(!?)\[([^\[\]\n]*)\]\(([^()<>\n]{0,300})\)")
"""A link or a picture, or what would be one, were there no blank in its address (CommonMark 0.31, link destinations)."""
_TITLE: Final = re.compile(r"[ \t]+[\"'].*")
_FILE: Final = re.compile(r"\.[A-Za-z0-9]{2,5}(?:#\S*)?$")
"""How the name of a file ends; what stands in parentheses behind a link's text may be prose."""
_WIKI: Final = re.compile(r"\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\]")


def parse_markdown(text: str, file: str, first_line: int) -> tuple[Prose, list[Problem]]:
    """Return the prose of a body that starts on *first_line* of *file*, and what is wrong with it."""
    if not text.strip():
        return Prose(file, "", (), ""), []
    if len(text) > MAX_BODY:
        hint = "split it, or attach the long part as a file"
        return Prose(file, "", (), ""), [
            error("file-size", "the text is longer than a million characters", Span(file, first_line, 1), hint)
        ]
    parser = _parser()
    tokens = parser.parse(text)
    walk = _Walk(text.split("\n"), file, first_line)
    walk.visit(tokens)
    html = parser.renderer.render(tokens, parser.options, {}).replace(_FORM_FEED, " ")
    return Prose(file, html, tuple(walk.uses), _lead(tokens), words_in(html)), walk.problems


def words_in(html: str) -> str:
    """Return the words of *html* without those of its gaps, as `distinct_words` does."""
    return distinct_words(unescape(_GAP.sub(" ", _TAG.sub("", html))))


def distinct_words(text: str) -> str:
    """Return the words of plain *text*, each once, in small letters and in the order of the alphabet.

    A search needs no more; in their own order they would take twice the room. Bytes, since patterns take three times as long.
    """
    text = text.lower()
    if not text.isascii():
        for mark in _MARKS:
            text = text.replace(mark, " ")
    return b" ".join(sorted(set(text.encode().translate(_APART).split()))).decode()


def fill(text: str, gap: Callable[[int, bool], str]) -> str:
    """Return *text*, the HTML or the lead of a prose, with *gap(number, is_closing)* in the place of each gap."""
    return _GAP.sub(lambda match: gap(int(match[2]), bool(match[1])), text) if "\x02" in text else text


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # not needed where all bodies are remembered

    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign] # noqa: ARG005 - refused below, with a place and a reason
    parser.inline.ruler.before("link", "wikilink", _wikilink)
    parser.add_render_rule("gap", lambda _self, tokens, index, _options, _env: str(tokens[index].content))
    parser.add_render_rule("table_open", lambda *_: '<div class="table" role="group" tabindex="0"><table>\n')
    parser.add_render_rule("table_close", lambda *_: "</table></div>\n")
    for name in ("html_block", "html_inline"):  # the walk turns them all into text; this is the second lock
        parser.add_render_rule(name, lambda _self, tokens, index, _options, _env: escape(tokens[index].content))
    return parser


def _wikilink(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's own signature
    if not state.src.startswith("[[", state.pos):
        return False
    match = _WIKI.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        token = state.push("wikilink", "", 0)
        token.content = match[1].strip()
        token.meta = {"text": (match[2] or "").strip()}
    state.pos = match.end()
    return True


class _Walk:
    """One pass over a body's tokens: leaves gaps, refuses addresses, levels headings, counts lines."""

    def __init__(self, lines: list[str], file: str, first_line: int) -> None:
        self.lines = lines
        self.file = file
        self.first_line = first_line
        self.uses: list[Use] = []
        self.problems: list[Problem] = []
        self._seen = (0, 0)
        """Behind the last place that was found: what comes next in the text is looked for from there."""
        self._misses = 0

    def visit(self, tokens: list[Token]) -> None:
        _level_headings(tokens)
        for token in tokens:
            lines = tuple(token.map or (0, 0))
            if token.type == "html_block":
                token.type, token.content = "gap", self._shown(token, lines, "<p>{}</p>\n")
            elif token.type == "inline" and token.children:
                token.children = self._inline(token.children, lines)

    def _inline(self, children: Sequence[Token], lines: tuple[int, ...]) -> list[Token]:
        result: list[Token] = []
        closing: list[str | None] = []
        for child in children:
            if child.type == "text":
                self._text(child.content, lines)
            if child.type == "html_inline":
                child.type, child.content = "gap", self._shown(child, lines, "{}")
            elif child.type == "wikilink":
                self._wiki(child, lines)
            elif child.type == "image":
                self._image(child, lines)
            elif child.type == "link_open":
                closing.append(self._link(child, lines))
            elif child.type == "link_close":
                replacement = closing.pop() if closing else None
                if replacement is not None:
                    child.type, child.content = "gap", replacement
            result.append(child)
        return result

    def _shown(self, token: Token, lines: tuple[int, ...], form: str) -> str:
        shown = _COMMENT.sub("", token.content).strip("\n")
        if not shown.strip():
            return ""
        word = shown.strip().split("\n")[0][:40]
        hint = "write Markdown; put code in `backticks`"
        self.problems.append(warning("raw-html", f"HTML is shown as text: {word}", self._span(word, lines), hint))
        return form.format(escape(shown))

    def _text(self, text: str, lines: tuple[int, ...]) -> None:
        if "<!--" in text:
            self._open_comment(lines)
        for picture, name, written in _LINK.findall(text) if "](" in text else ():
            address = _TITLE.sub("", written).strip()
            if " " in address and (picture or _FILE.search(address)):
                what = "picture" if picture else "link"
                message = f"this {what} is shown as text, since its address has a blank: {address[:80]}"
                hint = f"write {picture}[{name[:40]}](<{address[:80]}>), or give the file a name without blanks"
                self.problems.append(warning("link-blank", message, self._span(address, lines), hint))

    def _open_comment(self, lines: tuple[int, ...]) -> None:
        hint = "begin it on a line of its own, or keep it within one paragraph; put it in `backticks` to show it"
        message = "this comment goes on after an empty line, and would be published"
        self.problems.append(error("raw-html", message, self._span("<!--", lines), hint))

    def _wiki(self, token: Token, lines: tuple[int, ...]) -> None:
        text = token.meta["text"]
        use = Use(UseKind.WIKI, token.content, "", text, self._span(f"[[{token.content}", lines))
        token.type, token.content = "gap", self._gap(use)

    def _image(self, token: Token, lines: tuple[int, ...]) -> None:
        source = str(token.attrs.get("src", ""))
        span = self._span(unquote(source), lines, source)
        alt = "".join(child.content for child in token.children or ()).replace(_FORM_FEED, " ")
        if url_scheme(source) or source.startswith("//"):
            hint = "save the picture beside the entry and name the file"
            self.problems.append(error("image-missing", "pictures on other sites are not shown", span, hint))
            token.type, token.content = "gap", escape(alt)
            return
        if not alt.strip():
            hint = "write what it shows: ![p99 falling in July](p99.png)"
            self.problems.append(error("image-alt", "this picture has no text alternative", span, hint))
        use = Use(UseKind.IMAGE, unquote(source), "", alt, span)
        token.type, token.content = "gap", self._gap(use)

    def _link(self, token: Token, lines: tuple[int, ...]) -> str | None:
        """Return what stands in the place of the closing tag: None leaves it."""
        href = str(token.attrs.get("href", ""))
        scheme = url_scheme(unquote(href))
        if scheme in SAFE_SCHEMES and url_scheme(href):
            if scheme.startswith("http"):
                token.attrs["rel"] = "noopener"
            return None
        if href.startswith("#"):
            return None
        span = self._span(unquote(href), lines, href)
        if scheme or href.startswith(("//", "\\")) or not href:
            what = f"links that start with {scheme}: are not published" if scheme else "this link has no address"
            hint = "link to https://, mailto: or tel:, or to a file of the portfolio"
            self.problems.append(warning("link-scheme", what, span, hint))
            token.type, token.content = "gap", ""
            return ""
        path, _, fragment = href.partition("#")
        use = Use(UseKind.FILE, unquote(path), f"#{fragment}" if fragment else "", "", span)
        token.type, token.content = "gap", self._gap(use)
        return f"\x02/{len(self.uses) - 1}\x03"

    def _gap(self, use: Use) -> str:
        self.uses.append(use)
        return f"\x02{len(self.uses) - 1}\x03"

    def _span(self, needle: str, lines: tuple[int, ...], *more: str) -> Span:
        words = [word for word in (needle, *more) if word]
        for start in (max(self._seen, (lines[0], 0)), (lines[0], 0)):
            found = self._find(words, start, lines[1]) if self._misses < _MAX_MISSES else None
            if found:
                self._seen = found[0], found[1] + 1
                return Span(self.file, self.first_line + found[0], found[1] + 1)
            self._misses += 1
        return Span(self.file, self.first_line + lines[0], 1)

    def _find(self, words: list[str], start: tuple[int, int], end: int) -> tuple[int, int] | None:
        for index in range(start[0], min(end, len(self.lines))):
            for word in words:
                column = self.lines[index].find(word, start[1] if index == start[0] else 0)
                if column >= 0:
                    return index, column
        return None


def _level_headings(tokens: list[Token]) -> None:
    """Make a body's headings start at h2, below the page's own, and descend without gaps."""
    levels: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            written = int(token.tag[1])
            while levels and levels[-1] >= written:
                levels.pop()
            levels.append(written)
            token.tag = f"h{min(len(levels) + 1, 6)}"
        elif token.type == "heading_close":
            token.tag = f"h{min(len(levels) + 1, 6)}"


def _lead(tokens: list[Token]) -> str:
    for index, token in enumerate(tokens):
        if token.type == "paragraph_open" and token.level == 0:
            return " ".join(_plain(tokens[index + 1].children or ()).split())
    return ""


def _plain(children: Sequence[Token]) -> str:
    parts = []
    for child in children:
        if child.type in {"text", "code_inline"} or (child.type == "gap" and child.content[:1] == "\x02"):
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
    return "".join(parts)
