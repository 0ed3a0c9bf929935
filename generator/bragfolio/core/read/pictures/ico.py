"""ICO: icons in several sizes, each a bitmap or a PNG of its own."""

from __future__ import annotations

from typing import Final

from bragfolio.core.read.pictures.cut import BrokenPicture, cut, number
from bragfolio.core.read.pictures.png import SIGNATURE, clean_png

_ENTRY: Final = 16


def clean_ico(data: bytes) -> bytes:
    """Return an icon whose PNGs are clean, and nothing between them and behind. Raises BrokenPicture."""
    count = number(data, 4, 2, "little")
    if not count:
        raise BrokenPicture("there is no picture in it")
    head = [data[:6]]
    pictures: list[bytes] = []
    place = 6 + _ENTRY * count
    for start in range(6, place, _ENTRY):
        picture = cut(data, number(data, start + 12, 4, "little"), number(data, start + 8, 4, "little"))
        picture = clean_png(picture) if picture.startswith(SIGNATURE) else picture
        sizes = (len(picture), place + sum(map(len, pictures)))
        head.append(data[start : start + 8] + b"".join(size.to_bytes(4, "little") for size in sizes))
        pictures.append(picture)
    return b"".join(head + pictures)
