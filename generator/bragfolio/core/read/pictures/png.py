"""PNG: the chunks that make the picture or the animation (W3C PNG, third edition), and none of those that tell of it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

from bragfolio.core.read.pictures.cut import BrokenPicture, cut, number
from bragfolio.core.read.pictures.exif import only_orientation

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_NEEDED: Final = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})
_KEPT: Final = _NEEDED | {
    b"tRNS", b"cHRM", b"gAMA", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
}  # fmt: skip
_CRITICAL: Final = 0x20
"""The bit of a chunk's first letter that is not set when nobody may pass the chunk by."""
_MAX_UNPACKED: Final = 10_000_000
"""Bytes of one text or profile; a small chunk can be packed out of any number."""


def clean_png(data: bytes) -> bytes:
    """Return a PNG without texts, times, suggested palettes, private chunks and what follows its end.

    The colour profile stays, under a name that says nothing; of EXIF the orientation. Raises BrokenPicture.
    """
    chunks = list(_chunks(data))
    if not any(name == b"IDAT" for name, _ in chunks):
        raise BrokenPicture("there is no picture in it")
    return b"".join([SIGNATURE, *(_kept(*chunk) for chunk in chunks)])


def notes_of_png(data: bytes) -> Iterator[bytes]:
    """Yield everything in a PNG that is no part of the picture, packed texts unpacked. Raises BrokenPicture."""
    for name, content in _chunks(data):
        if name not in _KEPT:
            yield content
            yield _unpacked(name, content)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the name and the content of each chunk; what follows the end has no name."""
    place = len(SIGNATURE)
    seen: set[bytes] = set()
    while b"IEND" not in seen:
        length = number(data, place, 4, "big")
        name = cut(data, place + 4, 4)
        content = cut(data, place + 8, length)
        if number(data, place + 8 + length, 4, "big") != zlib.crc32(content, zlib.crc32(name)):
            raise BrokenPicture("its bytes are damaged")
        if (not seen and name != b"IHDR") or (name not in _NEEDED and not name[0] & _CRITICAL):
            raise BrokenPicture("its parts are not those of a PNG")
        seen.add(name)
        yield name, content
        place += 12 + length
    yield b"", data[place:]


def _unpacked(name: bytes, content: bytes) -> bytes:
    """Return what a chunk holds packed, behind its keyword: a profile, a text; else `b""`."""
    rest = content.partition(b"\0")[2]
    if name == b"iTXt" and rest[:1] == b"\1":
        rest = rest[2:].split(b"\0", 2)[-1]  # behind the language and the keyword in it
    elif name in {b"iCCP", b"zTXt"}:
        rest = rest[1:]
    else:
        return b""
    try:
        return zlib.decompressobj().decompress(rest, _MAX_UNPACKED)
    except zlib.error:
        return b""


def is_animated_png(data: bytes) -> bool:
    """Tell whether a PNG that was cleaned moves (APNG)."""
    return b"acTL" in data[: data.find(b"IDAT")]


def _kept(name: bytes, content: bytes) -> bytes:
    """Return the chunk as it is published, or `b""`."""
    if name == b"eXIf":
        content = only_orientation(content)
        if not content:
            return b""
    elif name == b"iCCP":
        content = b"icc\0" + content.partition(b"\0")[2]
    elif name not in _KEPT:
        return b""
    return len(content).to_bytes(4, "big") + name + content + zlib.crc32(content, zlib.crc32(name)).to_bytes(4, "big")
