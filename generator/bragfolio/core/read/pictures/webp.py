"""WebP: the chunks that make the picture or the animation (RFC 9649), and none of those that tell of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bragfolio.core.read.pictures.cut import BrokenPicture, cut, number
from bragfolio.core.read.pictures.exif import only_orientation

_HEADER: Final = b"VP8X"
_FRAME: Final = b"ANMF"
_PROFILE: Final = b"ICCP"
_PIXELS: Final = frozenset({b"VP8 ", b"VP8L"})
_KEPT: Final = _PIXELS | {_HEADER, _FRAME, b"ALPH", b"ANIM", _PROFILE}
_HAS_EXIF, _HAS_XMP, _MOVES = 0x08, 0x04, 0x02
"""Bits of the header's first byte."""


def clean_webp(data: bytes) -> bytes:
    """Return a WebP without EXIF but for the orientation, XMP, unknown chunks and what follows its end.

    Raises BrokenPicture.
    """
    chunks: list[tuple[bytes, bytes]] = []
    exif = b""
    for name, content in _chunks(_inside(data)):
        if name == b"EXIF":
            exif = exif or only_orientation(content)
        elif name == _FRAME:
            frame = b"".join(_chunk(*part) for part in _chunks(content[16:]) if part[0] in _KEPT)
            chunks.append((name, cut(content, 0, 16) + frame))
        elif name in _KEPT:
            chunks.append((name, content))
    if not any(name in _PIXELS or name == _FRAME for name, _ in chunks):
        raise BrokenPicture("there is no picture in it")
    if chunks[0][0] == _HEADER:
        header = cut(chunks[0][1], 0, 10)
        flags = header[0] & ~(_HAS_EXIF | _HAS_XMP) | (_HAS_EXIF if exif else 0)
        chunks[0] = (_HEADER, bytes([flags]) + header[1:])
        chunks += [(b"EXIF", exif)] if exif else []
    content = b"WEBP" + b"".join(_chunk(*part) for part in chunks)
    return b"RIFF" + len(content).to_bytes(4, "little") + content


def notes_of_webp(data: bytes) -> Iterator[bytes]:
    """Yield everything in a WebP that is no part of the picture, what follows its end included. Raises BrokenPicture."""
    inside = _inside(data)
    for name, content in _chunks(inside):
        parts = _chunks(content[16:]) if name == _FRAME else [(name, content)]
        yield from (part for name, part in parts if name not in _KEPT or name == _PROFILE)
    yield data[12 + len(inside) :]


def is_animated_webp(data: bytes) -> bool:
    """Tell whether a WebP that was cleaned moves."""
    return data[12:16] == _HEADER and bool(data[20] & _MOVES)


def _inside(data: bytes) -> bytes:
    return cut(data, 8, number(data, 4, 4, "little"))[4:]


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 0
    while place < len(data):
        length = number(data, place + 4, 4, "little")
        yield data[place : place + 4], cut(data, place + 8, length)
        place += 8 + length + length % 2


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + len(content).to_bytes(4, "little") + content + bytes(len(content) % 2)
