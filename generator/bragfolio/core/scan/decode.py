"""Decode: the text in a published file, all of it: attributes and comments, escapes undone, marks taken away."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote

from bragfolio.core.read.pictures.clean import notes_of
from bragfolio.core.scan.words import BETWEEN

_MARKUP: Final = (".html", ".xml", ".svg", ".htm", ".xhtml", ".atom", ".rss")
_TEXT: Final = (".css", ".js", ".txt", ".md", ".csv", ".yaml", ".yml", ".webmanifest", ".ics", ".vcf", ".toml", ".map")
TAG: Final = re.compile(r"<[^<>]*>")
_INLINE: Final = re.compile(
    r"</?(?:a|abbr|b|bdi|code|del|em|i|ins|kbd|mark|s|small|span|strong|sub|sup|time|u|wbr|tspan)\b[^<>]*>"
)
"""Tags that stand within a word."""
ESCAPED: Final = re.compile(r"%[0-9A-Fa-f]{2}|\\[0-9A-Fa-fu]")
"""What makes a text read otherwise than it is written: of addresses, JSON and style sheets."""
_ESCAPE: Final = re.compile(r"\\u([0-9a-fA-F]{4})|\\([0-9a-fA-F]{1,6})\s?")


def texts_of(path: str, data: bytes) -> Iterator[str | frozenset[str]]:
    """Yield the texts of the file at *path*: as it reads, and as it is written. A set holds the tags of markup."""
    name = path.lower()
    if is_markup(path):
        source = data.decode("utf-8", "replace")
        yield frozenset(TAG.findall(source))
        yield html.unescape(TAG.sub(" ", _INLINE.sub("", source)))
        if ESCAPED.search(source):
            yield unescaped(html.unescape(source))
    elif name.endswith(".json"):
        yield from _json(data)
    elif name.endswith(_TEXT) or _is_text(data):
        source = data.decode("utf-8", "replace")
        yield source
        if ESCAPED.search(source):
            yield unescaped(source)
    else:
        for part in notes_of(data, PurePosixPath(name).suffix):  # by chance pixels say any short word
            yield from _strings(part)


def as_text(text: str | frozenset[str]) -> str:
    """Return tags as one text, in which no phrase runs from one tag into the next; any other text as it is."""
    return html.unescape(BETWEEN.join(sorted(text))) if isinstance(text, frozenset) else text


def is_markup(path: str) -> bool:
    """Tell whether the file at *path* is HTML or XML."""
    return path.lower().endswith(_MARKUP)


def gap_for(tag: str) -> str:
    """Return what is between the texts before and after *tag*: nothing where it stands within a word."""
    return "" if _INLINE.fullmatch(tag) else " "


def unescaped(source: str) -> str:
    """Return *source* with the escapes of addresses, JSON and style sheets undone."""

    def letter(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if 0x20 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else " "

    return unquote(_ESCAPE.sub(letter, source))


def _json(data: bytes) -> Iterator[str]:
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        yield data.decode("utf-8", "replace")
        return
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            yield from part
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
        elif isinstance(part, str):
            yield part
            if "<" in part or "&" in part:
                yield html.unescape(TAG.sub("", part))
            if "%" in part:
                yield unquote(part)


def _is_text(data: bytes) -> bool:
    return b"\0" not in data[:4096] and not data.startswith((b"%PDF", b"\xff\xd8", b"GIF8"))


_ASCII: Final = re.compile(rb"[\x20-\x7e\x80-\xff]{6,}")
_SENTENCE: Final = re.compile(rb"(?:[\x20-\x7e]|[\xc2-\xf4][\x80-\xbf]{1,3}){16,}")
"""So many letters in a row, and nothing else, are no chance: of bytes without a meaning, one run in a megabyte (measured)."""
_BESIDE: Final = re.compile(r"[^\W_]+(?:[ ,.&'()/_-]{1,3}[^\W_]+)*")
"""Words that belong together."""
_LONG: Final = re.compile(r"[^\W_]{4}")
"""In a word that is hardly there by chance."""
_WIDE: Final = re.compile(rb"(?:[\x20-\x7e]\x00){6,}|(?:\x00[\x20-\x7e]){6,}")


def _strings(data: bytes) -> Iterator[str]:
    """Yield the runs of letters in a file that is no text, in UTF-8 and in UTF-16.

    A megabyte of packed bytes says every word of two letters some twenty times: a short word counts beside a long one, or in a
    sentence.
    """
    for run in _ASCII.findall(data):
        yield _BESIDE.sub(_unless_by_chance, run.decode("utf-8", "replace"))
    for run in _SENTENCE.findall(data):
        yield run.decode("utf-8", "ignore")
    for run in _WIDE.findall(data):
        yield run.replace(b"\0", b"").decode("ascii", "ignore")


def _unless_by_chance(words: re.Match[str]) -> str:
    return words[0] if _LONG.search(words[0]) else BETWEEN
