"""Clean: which container a picture is in, and the picture without what the container tells beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from bragfolio.core.read.pictures.cut import BrokenPicture
from bragfolio.core.read.pictures.gif import clean_gif, notes_of_gif
from bragfolio.core.read.pictures.ico import clean_ico
from bragfolio.core.read.pictures.jpeg import clean_jpeg, notes_of_jpeg
from bragfolio.core.read.pictures.png import SIGNATURE, clean_png, is_animated_png, notes_of_png
from bragfolio.core.read.pictures.webp import clean_webp, is_animated_webp, notes_of_webp

ENDINGS: Final = frozenset(
    {".png", ".apng", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp", ".tif", ".tiff", ".ico"}
)
"""Of file names that promise a raster picture."""
START: Final = 64
"""Bytes from which `container_of` tells the container."""
_STARTS: Final = (
    (b"\xff\xd8\xff", "jpeg"),
    (SIGNATURE, "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", "JPEG XL"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "JPEG 2000"),
    (b"FUJIFILMCCD-RAW", "raw"),
)
_STARTS_BY_ENDING: Final = ((b"BM", "bmp"), (b"\0\0\1\0", "ico"))
"""Too short to be believed of a file with another name."""
_BRANDS: Final = (
    (frozenset({b"avis"}), "moving AVIF"),
    (frozenset({b"avif"}), "avif"),
    (frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}), "HEIC"),
    (frozenset({b"crx "}), "raw"),
)
"""Of ISO base media files (ISO/IEC 14496-12), the first that matches."""
_CLEANERS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "jpeg": clean_jpeg, "png": clean_png, "gif": clean_gif, "webp": clean_webp, "ico": clean_ico,
}  # fmt: skip
_NOTES: Final[dict[str, Callable[[bytes], Iterable[bytes]]]] = {
    "jpeg": notes_of_jpeg, "png": notes_of_png, "gif": notes_of_gif, "webp": notes_of_webp,
}  # fmt: skip
RECODED: Final = {"avif": (".avif",), "tiff": (".tif", ".tiff"), "bmp": (".bmp",)}
"""Containers that are written anew, and the endings of file names that ask for them.

Another file of that container (a raw photo is a TIFF) would lose what its name promises.
"""


def container_of(start: bytes, ending: str) -> str:
    """Return the container of the picture that begins with *start*, `""` when it is none that is known here.

    *ending* is that of the file's name, `.png`. What a name promises does not count: browsers go by the bytes too.
    """
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "webp"
    if start[4:8] == b"ftyp":
        length = min(int.from_bytes(start[:4], "big"), len(start))
        brands = {start[place : place + 4] for place in (8, *range(16, length, 4))}
        return next((container for names, container in _BRANDS if names & brands), "")
    starts = _STARTS + (_STARTS_BY_ENDING if ending in ENDINGS else ())
    return next((container for first, container in starts if start.startswith(first)), "")


def why_unpublishable(container: str, ending: str) -> str:
    """Return why a picture in this container cannot be published, `""` when it can."""
    if container in _CLEANERS or ending in RECODED.get(container, ()):
        return ""
    name = container.upper() if container in RECODED else container
    return f"what a camera wrote into this {name} picture cannot be taken out"


def clean(container: str, data: bytes) -> bytes:
    """Return the picture *data* with the same pixels, but without what its container tells beside them.

    Colour profile and orientation stay. Those in `RECODED` are returned as they are. Raises BrokenPicture.
    """
    return _CLEANERS[container](data) if container in _CLEANERS else data


def notes_of(data: bytes, ending: str) -> Iterable[bytes]:
    """Return what the file *data* tells beside the pixels of a picture; all of it where nobody knows which bytes those are."""
    notes = _NOTES.get(container_of(data[:START], ending))
    try:
        return list(notes(data)) if notes else (data,)
    except BrokenPicture:
        return (data,)


def is_resizable(container: str, data: bytes) -> bool:
    """Tell whether smaller versions can be made of a clean picture: what moves would stand still."""
    moves = (container == "png" and is_animated_png(data)) or (container == "webp" and is_animated_webp(data))
    return container in {"jpeg", "png", "webp"} and not moves


__all__ = [
    "ENDINGS", "RECODED", "START", "BrokenPicture", "clean", "container_of", "is_resizable", "notes_of",
    "why_unpublishable",
]  # fmt: skip
