"""Lettering: how wide a text will be, before there is a browser to ask, and what of it fits."""

from __future__ import annotations

import unicodedata
from typing import Final

SIZE: Final = 12.5
"""Pixels of the letters of charts; `.chart text` of headquarters.css sets the same."""
NARROW: Final = 340.0
"""Pixels that a chart has on a screen of 390 pixels, less a little."""
WIDE: Final = 600.0
"""Pixels that a chart has at least where headquarters.css shows the longer of two texts."""
_SLIM: Final = frozenset("iljtfrI.,:;'|!()[]·’‘ ")
_BROAD: Final = frozenset("mwMWQ@%—&…→+=<>")
_WIDTHS: Final = (0.34, 0.58, 0.74, 0.97, 1.05)
"""In em, of slim letters, of ordinary ones, of capitals, of broad ones, of ideographs: DejaVu Sans, which is wide, but for the broadest letters."""


def width_of(text: str, size: float = SIZE) -> float:
    """Return about how many pixels *text* takes in letters of *size*; rather too many than too few."""
    return sum(_em(letter) for letter in text) * size


def cut(text: str, width: float, size: float = SIZE) -> str:
    """Return *text*, or so much of its beginning as takes no more than *width* pixels, with an ellipsis."""
    line = " ".join(text.split())
    if width_of(line, size) <= width:
        return line
    room, kept = width - width_of("…", size), 0
    for letter in line:
        room -= _em(letter) * size
        if room < 0:
            break
        kept += 1
    return line[:kept].rstrip(" .,;:-") + "…"


def _em(letter: str) -> float:
    slim, ordinary, capital, broad, ideograph = _WIDTHS
    if letter in _SLIM:
        return slim
    if letter in _BROAD:
        return broad
    if not letter.isascii() and (unicodedata.east_asian_width(letter) in {"W", "F"} or ord(letter) > 0xFFFF):
        return ideograph
    return capital if letter.isupper() else ordinary
