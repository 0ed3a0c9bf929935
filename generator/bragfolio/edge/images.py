"""Images: how large a picture is, without decoding it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

MAX_BYTES: Final = 25_000_000
MAX_PIXELS: Final = 40_000_000
_SIDEWAYS: Final = frozenset({5, 6, 7, 8})
"""Values of EXIF's Orientation that turn a picture by a quarter."""
_ORIENTATION: Final = 0x0112


class NotAnImage(Exception):  # noqa: N818 - the name is the message
    """A file that Pillow cannot identify."""


def measure(path: Path) -> tuple[int, int]:
    """Return the width and height in pixels of the raster picture at *path*, as it is shown.

    Raises NotAnImage, and PermissionError.
    """
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # the caller compares with MAX_PIXELS; nothing is decoded here
    try:
        with Image.open(path) as image:
            width, height = image.size
            # PNG's own getexif would decode the whole picture to look behind its data
            sideways = Image.Image.getexif(image).get(_ORIENTATION) in _SIDEWAYS
    except PermissionError:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as failure:
        raise NotAnImage(str(failure)) from failure
    return (height, width) if sideways else (width, height)
