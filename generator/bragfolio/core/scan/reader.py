"""Reader: the words of file after file, as numbers; of markup, each line is taken apart once for all files that have it.

The lines of a site are its theme's, again and again. A line can be read alone when no tag runs from it into the next one;
a file with a line that cannot is read whole, as `texts_of` reads every file. The words of a file are those of its lines,
one after the other, so that a phrase which runs over the end of a line is there, too.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from bragfolio.core.scan.decode import ESCAPED, TAG, as_text, gap_for, is_markup, texts_of, unescaped
from bragfolio.core.scan.prints import numbers_of

_PIECES: Final = re.compile(f"({TAG.pattern})")
"""Text and tags in turns."""
_ESCAPE_AT_END: Final = re.compile(r"\\[0-9a-fA-F]{1,6}\s*$", re.MULTILINE)
"""The escapes of style sheets eat the end of the line after them."""


class Reader:
    """Reads the files of one site."""

    def __init__(self) -> None:
        self._lines: dict[str, list[int]] = {}
        self._gaps: dict[str, str] = {}
        """What each tag leaves in the text."""
        self._escaped: set[str] = set()
        """Those lines that have escapes."""
        self._unescaped: dict[str, list[int]] = {}
        self._latest: tuple[list[str], set[str]] = ([], set())

    def read(self, path: str, data: bytes) -> Iterator[list[int]]:
        """Yield the texts of a file. Tags that a file before had, too, are left out."""
        self._latest = [], set()
        if is_markup(path):
            yield from self._read_markup(path, data)
        else:
            yield from (numbers_of(as_text(text)) for text in texts_of(path, data))

    def forget_latest(self) -> None:
        """Forget the file that was read last: what is wrong with it is wrong with the next one that says so, too."""
        lines, tags = self._latest
        for line in lines:
            self._lines.pop(line, None)
        self._forget_tags(tags)

    def _forget_tags(self, tags: set[str]) -> None:
        for tag in tags:
            self._gaps.pop(tag, None)

    def _read_markup(self, path: str, data: bytes) -> Iterator[list[int]]:
        source = data.decode("utf-8", "replace")
        lines = source.split("\n")
        new = list(set(lines).difference(self._lines))
        tags = set() if not new else self._learn(new)
        if tags is None:
            yield from (numbers_of(as_text(text)) for text in texts_of(path, data))
            return
        self._latest = new, tags
        if tags:
            yield numbers_of(as_text(frozenset(tags)))
        yield list(chain.from_iterable(map(self._lines.__getitem__, lines)))
        if not self._escaped.isdisjoint(lines):
            yield self._read_escapes(source, lines)

    def _learn(self, new: list[str]) -> set[str] | None:
        """Take the lines *new* apart; return their new tags, None when one of them cannot be read alone."""
        source = "\n".join(new)
        pieces = _PIECES.split(source)
        tags = set(pieces[1::2]).difference(self._gaps)
        for tag in tags:
            self._gaps[tag] = gap_for(tag)
        pieces[1::2] = map(self._gaps.__getitem__, pieces[1::2])
        texts = "".join(pieces).split("\n")
        if len(texts) != len(new) or any("<" in text for text in texts):
            self._forget_tags(tags)
            return None
        for line, text in zip(new, texts, strict=True):
            self._lines[line] = numbers_of(html.unescape(text) if "&" in text else text)
        if ESCAPED.search(source):
            self._escaped.update(line for line in new if ESCAPED.search(line))
        return tags

    def _read_escapes(self, source: str, lines: list[str]) -> list[int]:
        if _ESCAPE_AT_END.search(source):
            return numbers_of(unescaped(html.unescape(source)))
        known = self._unescaped
        for line in set(lines).difference(known):
            known[line] = numbers_of(unescaped(html.unescape(line)))
        return list(chain.from_iterable(map(known.__getitem__, lines)))
