"""Prose: the plain text of other programs, as sentences and as Markdown that shows just that text."""

from __future__ import annotations

import re
from typing import Final

MAX_LINE: Final = 300
"""Characters of a title or a summary; what is longer is cut there and stands whole in the body."""
_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])[\"”’)]?\s+(?=\S)")
_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(])(?:\w|(?:\w\.)+\w|Dr|Mr|Mrs|Ms|Prof|St|Sr|Jr|Inc|Ltd|Co|Corp|vs|No|approx)\.$"
)
_SIGNS: Final = re.compile(r"[\\<>\[\]`&]")
_LINE_START: Final = re.compile(r"#|~|={2,}$|-{2,}$|\*{2,}$|_{3,}$")
_BULLET: Final = re.compile(r"(?:[•·▪‣◦∙●]|[–—-](?=\s)|\*(?=\s)|\+(?=\s))\s*")


def first_sentence(text: str) -> str:
    """Return the first sentence of *text*, on one line."""
    line = " ".join(text.split())
    for match in _SENTENCE_END.finditer(line):
        sentence = line[: match.end()].rstrip()
        if not _ABBREVIATION.search(sentence):
            return sentence
    return line


def without_full_stop(text: str) -> str:
    """Return *text* without the full stop at its end; an ellipsis and an abbreviation keep theirs."""
    keeps = text.endswith(("..", "etc.")) or _ABBREVIATION.search(text)
    return text if keeps else text.removesuffix(".").rstrip() or text


def shorten(text: str) -> str:
    """Return *text* on one line of at most 300 characters, cut between words and marked with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= MAX_LINE else f"{line[: MAX_LINE - 1].rsplit(' ', 1)[0].rstrip(' ,;:')}…"


def is_long(text: str) -> bool:
    """Tell whether *text* needs a body: it has paragraphs, or `shorten` would cut it."""
    return "\n" in text.strip() or shorten(text) != " ".join(text.split())


def as_markdown(text: str) -> str:
    """Return *text* as Markdown that shows it as it stands: no links, images, HTML, headings or code come out of it.

    Paragraphs and line breaks stay, and lines that start with a bullet become a list; so does emphasis.
    """
    result: list[str] = []
    was_text = False
    for raw in text.strip().split("\n"):
        line = raw.strip()
        bullet = _BULLET.match(line)
        shown = _escape(line[bullet.end() :] if bullet else line)
        if was_text and line and not bullet:
            result[-1] += "\\"
        if bullet and was_text:
            result.append("")
        result.append(f"- {shown}" if bullet else shown)
        was_text = bool(line) and not bullet
    return "\n".join(result)


def as_quote(text: str) -> str:
    """Return *text* as a Markdown quotation."""
    return "\n".join(f"> {line}".rstrip() for line in as_markdown(text).split("\n"))


def bullets(texts: list[str]) -> str:
    """Return *texts* as a Markdown list."""
    return "\n".join(f"- {_escape(' '.join(text.split()))}" for text in texts)


def paragraphs(*parts: str) -> str:
    """Return the *parts* that are not empty, an empty line between each two and a line feed at the end."""
    return "".join(f"{part}\n" for part in ["\n\n".join(part for part in parts if part)] if part)


def _escape(line: str) -> str:
    text = _SIGNS.sub(r"\\\g<0>", line)
    return f"\\{text}" if _LINE_START.match(text) else text
