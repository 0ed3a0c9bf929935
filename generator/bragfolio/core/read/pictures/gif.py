"""GIF: frames and how often they are repeated (GIF89a), without comments and the data of applications."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bragfolio.core.read.pictures.cut import BrokenPicture, cut

_END, _FRAME, _EXTENSION = b";", b",", b"!"
_CONTROL: Final = 0xF9
_APPLICATION: Final = 0xFF
_LOOPS: Final = (b"\x0bNETSCAPE2.0", b"\x0bANIMEXTS1.0")
"""The applications whose data says how often an animation is repeated."""


def clean_gif(data: bytes) -> bytes:
    """Return a GIF without comments, texts, application data and what follows its end. Raises BrokenPicture."""
    head = _head(data)
    kept = (_kept(part) if part.startswith(_EXTENSION) else part for part in _parts(data, len(head)))
    return b"".join([head, *kept, _END])


def notes_of_gif(data: bytes) -> Iterator[bytes]:
    """Yield every extension of a GIF, as it is stored and as its blocks read, and what follows its end. Raises BrokenPicture."""
    place = len(_head(data))
    for part in _parts(data, place):
        place += len(part)
        if part.startswith(_EXTENSION):
            yield part
            yield _joined(part[2:])
    yield data[place + 1 :]


def _head(data: bytes) -> bytes:
    return cut(data, 0, 13 + _table_length(cut(data, 0, 13)[10]))


def _parts(data: bytes, place: int) -> Iterator[bytes]:
    """Yield the frames and extensions from *place* on."""
    while (code := cut(data, place, 1)) != _END:
        if code == _FRAME:
            start = place + 10 + _table_length(cut(data, place, 10)[9]) + 1  # one byte says how its data is packed
            end = _end_of_blocks(data, start)
        elif code == _EXTENSION:
            end = _end_of_blocks(data, place + 2)
        else:
            raise BrokenPicture("its parts are not those of a GIF")
        yield data[place:end]
        place = end


def _table_length(flags: int) -> int:
    """Return the bytes of the colour table that *flags* announce."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_blocks(data: bytes, place: int) -> int:
    while length := cut(data, place, 1)[0]:
        place += 1 + length
    return place + 1


def _joined(blocks: bytes) -> bytes:
    """Return the content of *blocks*, each of which says its length first."""
    parts = []
    place = 0
    while length := blocks[place]:
        parts.append(blocks[place + 1 : place + 1 + length])
        place += 1 + length
    return b"".join(parts)


def _kept(extension: bytes) -> bytes:
    """Return what is published of an extension: how long a frame is shown, how often all are, else `b""`."""
    if extension[1] == _CONTROL:
        return extension[:7] + b"\0" if extension[2] == 4 else b""
    loops = extension[2:14] in _LOOPS and extension[14:16] == b"\x03\x01" and len(extension) >= 19
    return extension[:18] + b"\0" if extension[1] == _APPLICATION and loops else b""
