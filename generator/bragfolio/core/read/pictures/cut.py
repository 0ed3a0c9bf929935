"""Cut: a piece of a file, or the finding that the file ends before it."""

from __future__ import annotations

from typing import Literal


class BrokenPicture(Exception):  # noqa: N818 - the name is the message
    """Why a picture is not what its first bytes say."""


def cut(data: bytes, start: int, length: int) -> bytes:
    """Return *length* bytes of *data* from *start*. Raises BrokenPicture when there are fewer."""
    piece = data[start : start + length]
    if len(piece) != length:
        raise BrokenPicture("it ends too early")
    return piece


def number(data: bytes, start: int, length: int, order: Literal["big", "little"]) -> int:
    """Return the unsigned number in *length* bytes of *data* from *start*. Raises BrokenPicture when there are fewer."""
    return int.from_bytes(cut(data, start, length), order)
