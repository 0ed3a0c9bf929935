"""Contrast: how well one colour reads on another, and the nearest colour that reads well enough."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

TEXT: Final = 4.5
"""What text needs on its ground: WCAG 2.2, 1.4.3, level AA."""
LEAST: Final = {"ink": 7.0, "muted": TEXT, "accent": TEXT, "edge": 3.0}
"""What the tokens of a theme need on its `paper` and its `wash`; what is not listed only decorates."""
GROUNDS: Final = ("paper", "wash")
_STEPS: Final = 255


class Faint(Struct, frozen=True):
    """A colour that does not read well enough on a ground."""

    token: str
    mode: str
    ground: str
    """The token of the ground."""
    ratio: float
    least: float


def luminance(color: str) -> float:
    """Return the relative luminance of `#rrggbb`, 0 to 1: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21, in either order."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable(color: str, grounds: Iterable[str], least: float = TEXT) -> str:
    """Return *color*, or the nearest on its way to black or to white that has the contrast *least* on all *grounds*.

    Black when two are as near; `""` when there is none, as on a dark and a light ground at once.
    """
    grounds = tuple(grounds)
    for step in range(_STEPS + 1):
        for pole in (0, 255):
            mixed = _toward(pole, color, step)
            if all(contrast(mixed, ground) >= least for ground in grounds):
                return mixed
    return ""


def _toward(pole: int, color: str, step: int) -> str:
    channels = (int(color[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{(channel * (_STEPS - step) + pole * step + 127) // _STEPS:02x}" for channel in channels)


def faint_tokens(colors: Mapping[str, Mapping[str, str]]) -> list[Faint]:
    """Return the tokens that do not read well enough, in the order of *colors* (by mode) and of `LEAST`."""
    return [
        Faint(token, mode, ground, ratio, least)
        for mode, tokens in colors.items()
        for token, least in LEAST.items()
        for ground in GROUNDS
        if token in tokens and ground in tokens and (ratio := contrast(tokens[token], tokens[ground])) < least
    ]


def spoken(ratio: float) -> str:
    """Return a contrast as people write it, never rounded up to what it does not reach: `4.49`."""
    return f"{int(ratio * 100) / 100:.2f}".rstrip("0").rstrip(".")
