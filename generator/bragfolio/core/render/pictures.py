"""Pictures: in which widths those that pages show are published, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

from msgspec import Struct

from bragfolio.core.link.addresses import encode_path
from bragfolio.core.render.contexts import Picture, PictureWidth

MAX_WIDTH: Final = 1600
"""Pixels of the widest version: a column of 680 on a screen that has two and more for each."""
SMALL_WIDTH: Final = 800
"""Pixels of the other: the same column on other screens, and telephones."""


class Copy(Struct, frozen=True):
    """A file of the portfolio that is published."""

    source: str
    """Path from site_content/."""
    size: tuple[int, int] | None = None
    """Width and height to which it is made smaller; None leaves it as it is."""


class Shown(Struct, frozen=True):
    """The versions of a picture."""

    sizes: tuple[tuple[int, int], ...] = ((0, 0),)
    """Width and height, smallest first; the last is the one at the picture's own path; (0, 0) when not known."""
    is_smaller: bool = False
    """Whether that one is smaller than the author's."""


def shown_as(width: int, height: int, *, is_resizable: bool) -> Shown:
    """Return the versions of a picture of *width* and *height* as it is shown."""
    if not is_resizable or width <= SMALL_WIDTH:
        return Shown(((width, height),))
    largest = min(width, MAX_WIDTH)
    sizes = tuple((w, max(1, round(height * w / width))) for w in (SMALL_WIDTH, largest))
    return Shown(sizes, largest < width)


def copies_of(published: str, source: str, shown: Shown | None) -> Iterator[tuple[str, Copy]]:
    """Yield path and content of everything that is published of the file *source*; *shown* is None for no picture."""
    shown = shown or Shown()
    yield published, Copy(source, shown.sizes[-1] if shown.is_smaller else None)
    for size in shown.sizes[:-1]:
        yield _path_of_width(published, size[0]), Copy(source, size)


def picture_at(path: str, alt: str, pictures: Mapping[str, Shown]) -> Picture:
    """Return the published file at *path* as pages show it."""
    shown = pictures.get(path, Shown())
    *smaller, (width, height) = shown.sizes
    srcset = [PictureWidth(_in_srcset(_path_of_width(path, w)), w) for w, _ in smaller]
    if srcset:
        srcset.append(PictureWidth(_in_srcset(path), width))
    return Picture(encode_path(path), alt, width, height, tuple(srcset))


def _path_of_width(path: str, width: int) -> str:
    pure = PurePosixPath(path)
    return str(pure.with_name(f"{pure.stem}-{width}w{pure.suffix}"))


def _in_srcset(path: str) -> str:
    """Return *path* as it is written in a srcset, where commas part the entries."""
    return encode_path(path).replace(",", "%2C")
