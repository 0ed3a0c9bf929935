"""Images: how large a picture is, without decoding it, and smaller or cleaner copies, with Pillow."""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES: Final = 25_000_000
MAX_PIXELS: Final = 40_000_000
RECIPE: Final = "1"
"""To change whenever `redraw` gives other bytes than before."""
_QUALITY: Final = 82
_SIDEWAYS: Final = frozenset({5, 6, 7, 8})
"""Values of EXIF's Orientation that turn a picture by a quarter."""
_ORIENTATION: Final = 0x0112
_SETTINGS: Final[dict[str, dict[str, int | bool | str]]] = {
    "JPEG": {"quality": _QUALITY, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": _QUALITY, "method": 4},
    "AVIF": {"quality": _QUALITY, "max_threads": 1},
    "TIFF": {"compression": "tiff_adobe_deflate"},
    "BMP": {},
}
"""What Pillow is told when it saves a picture, by format."""


class NotAnImage(Exception):  # noqa: N818 - the name is the message
    """A file that Pillow cannot identify, or decode."""


def pillow_version() -> str:
    """Return the version of Pillow, on which the bytes of a picture depend."""
    from PIL import __version__

    return __version__


def measure(data: bytes) -> tuple[int, int]:
    """Return the width and height in pixels of the raster picture *data*, as it is shown. Raises NotAnImage."""
    from PIL import Image

    with _open(data) as image:
        width, height = image.size
        # PNG's own getexif would decode the whole picture to look behind its data; TIFFs are turned when they are opened
        sideways = image.format != "TIFF" and Image.Image.getexif(image).get(_ORIENTATION) in _SIDEWAYS
    return (height, width) if sideways else (width, height)


def redraw(data: bytes, container: str, size: tuple[int, int] | None = None) -> bytes:
    """Return the picture *data*, of *size* when that is given, upright, with its colour profile and nothing else.

    *container* is `jpeg`, `png`, `webp`, `avif`, `tiff` or `bmp`. The same input gives the same bytes. Raises NotAnImage.
    """
    from PIL import ImageOps
    from PIL.Image import Resampling

    with _open(data) as opened:
        width, height = opened.size
        if width * height > MAX_PIXELS or getattr(opened, "n_frames", 1) > 1:
            raise NotAnImage("it is too large, or there is more than one picture in it")
        profile = opened.info.get("icc_profile")
        image = ImageOps.exif_transpose(opened)
        image = _smooth(image).resize(size, Resampling.LANCZOS) if size else image.copy()
        image.info = {}
        written = io.BytesIO()
        image.save(written, container.upper(), **_SETTINGS[container.upper()], icc_profile=profile)
    return written.getvalue()


def _smooth(image: Image) -> Image:
    """Return *image* with colours between which others can be, and transparency as a channel."""
    if image.mode in {"I", "I;16", "I;16B", "F"}:
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        return image if image.mode in {"LA", "RGBA"} else image.convert("RGBA")
    if image.mode == "1":
        return image.convert("L")
    return image if image.mode in {"L", "RGB", "CMYK"} else image.convert("RGB")


@contextlib.contextmanager
def _open(data: bytes) -> Iterator[Image]:
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # the caller compares with MAX_PIXELS before anything is decoded
    try:
        # Pillow warns of metadata that it cannot read, which is not what is asked for here
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as image:
            yield image
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as failure:
        raise NotAnImage(str(failure)) from failure
