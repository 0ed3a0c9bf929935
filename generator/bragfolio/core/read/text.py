"""Text: from bytes to characters that can be published."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import Final

from bragfolio.problems import Problem, Span, error, printable, warning

_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
"""What XML 1.0 and HTML forbid; a byte of Windows-1252 read as Latin-1 is one of them."""
_DIRECTION: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_TURNING: Final = re.compile(f"[{_DIRECTION}]")
_INVISIBLE: Final = re.compile(f"[{_DIRECTION}\u180e\u200b\u2060-\u2064\ufeff]")
"""Joiners (U+200C, U+200D) are not among them: emoji and Persian need them."""
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


def decode_text(file: str, data: bytes) -> tuple[str, list[Problem]]:
    """Return the text of *data* with line feeds only and no byte-order mark, and what is wrong with it.

    Bytes that are not UTF-8 give `""`; control characters are reported, each line once, and left in place.
    """
    if data[:2] in _UTF16_MARKS or (data and data[:64].count(0) * 3 >= len(data[:64])):
        return "", [error("encoding", "the file is UTF-16, not UTF-8", Span(file, 1, 1), "save it as UTF-8")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        return "", [_undecodable(file, data, failure.start)]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, _characters(file, text)


def control_character(text: str) -> str:
    """Return the first control character of *text* as it can be shown, or `""`: YAML spells them in double quotes."""
    match = _CONTROL.search(text)
    return printable(match[0]) if match else ""


def without_invisible(text: str) -> str:
    """Return *text* without the characters that turn its direction or hide in it."""
    return _INVISIBLE.sub("", text)


def position(text: str, offset: int) -> tuple[int, int]:
    """Return the line and the column, from 1, of *offset* in *text*."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _undecodable(file: str, data: bytes, offset: int) -> Problem:
    if data.startswith(BOM_UTF8):
        offset += len(BOM_UTF8)  # the decoder counts from behind the mark
    before = data[:offset].decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    line, column = position(before, len(before))
    message = f"byte {offset} (0x{data[offset]:02x}) is not UTF-8"
    return error("encoding", message, Span(file, line, column), "save the file as UTF-8 in your editor")


def _characters(file: str, text: str) -> list[Problem]:
    problems = []
    for match, line, column in _first_of_lines(_CONTROL, text):
        span = Span(file, line, column)
        message = f"the control character {printable(match[0])} cannot be published"
        problems.append(error("control-character", message, span, "delete it"))
    for match, line, column in () if text.isascii() else _first_of_lines(_INVISIBLE, text):
        span = Span(file, line, column)
        effect = "changes the direction of the text around it" if _TURNING.match(match[0]) else "hides in the text"
        message = f"the invisible character {printable(match[0])} {effect}"
        problems.append(warning("bidi", message, span, "delete it unless you know that the text needs it"))
    return problems


def _first_of_lines(pattern: re.Pattern[str], text: str) -> Iterator[tuple[re.Match[str], int, int]]:
    """Yield the first match in each line that has one, with its line and column."""
    line, start = 1, 0
    while match := pattern.search(text, start):
        line += text.count("\n", start, match.start())
        yield match, line, match.start() - text.rfind("\n", 0, match.start())
        start = text.find("\n", match.end())
        if start < 0:
            return
