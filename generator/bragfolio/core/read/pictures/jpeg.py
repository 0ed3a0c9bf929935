"""JPEG: the segments that make the picture (ITU-T T.81, annex B), and none of those that tell of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bragfolio.core.read.pictures.cut import BrokenPicture, cut, number
from bragfolio.core.read.pictures.exif import PREFIX, only_orientation

_END: Final = 0xD9
_SCAN: Final = 0xDA
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_KEPT: Final = _FRAMES | {0xC4, 0xCC, _SCAN, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF}
"""Frames, tables, scans, line counts and restart intervals."""
_JFIF, _EXIF, _ICC, _ADOBE = 0xE0, 0xE1, 0xE2, 0xEE
_NEXT: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""What ends the data of a scan: a marker that is neither a stuffed 255 nor a restart."""
_FILLED: Final = re.compile(rb"\xff+([^\x00\xff])")
"""A marker, with any number of 255 before it."""


def clean_jpeg(data: bytes) -> bytes:
    """Return a JPEG without application data, comments and what follows its end, but for profile and orientation.

    What follows the end is previews, films and depth maps of phones. Raises BrokenPicture.
    """
    parts = [cut(data, 0, 2)]
    seen: set[int] = set()
    for marker, content, pixels in _segments(data):
        seen.add(marker)
        parts += [_kept(marker, content), pixels]
    if not seen & _FRAMES or _SCAN not in seen:
        raise BrokenPicture("there is no picture in it")
    return b"".join([*parts, b"\xff\xd9"])


def notes_of_jpeg(data: bytes) -> list[bytes]:
    """Return everything in a JPEG that is no part of the picture, what follows its end included. Raises BrokenPicture."""
    return [content for marker, content, _ in _segments(data) if marker not in _KEPT]


def _segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield the marker and the content of each segment, and the data of a scan behind it; what follows the end is the end's."""
    place = 2
    while True:
        found = _FILLED.match(data, place)
        if not found:
            raise BrokenPicture("it ends too early" if place >= len(data) else "there is something between its parts")
        marker, place = found[1][0], found.end()
        if marker == _END:
            yield marker, data[place:], b""
            return
        length = number(data, place, 2, "big")
        content = cut(data, place, max(length, 2))[2:]
        place += length
        pixels = b""
        if marker == _SCAN:
            end = _NEXT.search(data, place)
            if not end:
                raise BrokenPicture("it ends too early")
            pixels = data[place : end.start()]
            place = end.start()
        yield marker, content, pixels


def _kept(marker: int, content: bytes) -> bytes:
    """Return what is published of a segment: all, a part, or `b""`."""
    if marker == _JFIF:
        # Version, unit and density; its last two bytes are the size of a thumbnail, which goes.
        content = content[:12] + b"\0\0" if content.startswith(b"JFIF\0") and len(content) >= 14 else b""
    elif marker == _EXIF:
        exif = only_orientation(content) if content.startswith(PREFIX) else b""
        content = exif and PREFIX + exif
    elif marker == _ICC:
        content = content if content.startswith(b"ICC_PROFILE\0") else b""
    elif marker == _ADOBE:
        content = content[:12] if content.startswith(b"Adobe") else b""  # says how colours are coded
    elif marker not in _KEPT:
        content = b""
    return bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2, "big") + content if content else b""
