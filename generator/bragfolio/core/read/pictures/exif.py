"""EXIF: which way up a picture is shown, the one thing that is kept of what cameras write.

EXIF is a TIFF file without a picture (CIPA DC-008): byte order, the place of the first directory, and in that entries
of twelve bytes: tag, type, count, value.
"""

from __future__ import annotations

from typing import Final

PREFIX: Final = b"Exif\0\0"
"""Before the TIFF file in a JPEG segment, and in what some programs write into WebP."""
_ORIENTATION: Final = 0x0112
_SHORT: Final = 3
_TURNED: Final = range(2, 9)


def only_orientation(exif: bytes) -> bytes:
    """Return an EXIF block that says of *exif* the orientation alone, `b""` when the picture is shown as it is stored."""
    orientation = _orientation(exif.removeprefix(PREFIX))
    if orientation not in _TURNED:
        return b""
    entry = _ORIENTATION.to_bytes(2, "big") + _SHORT.to_bytes(2, "big") + (1).to_bytes(4, "big")
    return b"MM\0*\0\0\0\x08\0\x01" + entry + orientation.to_bytes(2, "big") + bytes(6)


def _orientation(tiff: bytes) -> int:
    """Return the orientation that *tiff* names; 0 when it names none, or cannot be read, as browsers take it."""
    if tiff[:4] not in {b"II*\0", b"MM\0*"}:
        return 0
    little = tiff.startswith(b"II")

    def value(start: int, length: int) -> int:
        return int.from_bytes(tiff[start : start + length], "little" if little else "big")

    directory = value(4, 4)
    for entry in range(directory + 2, directory + 2 + 12 * value(directory, 2), 12):
        if entry + 12 > len(tiff):
            break
        if value(entry, 2) == _ORIENTATION and value(entry + 2, 2) == _SHORT and value(entry + 4, 4) == 1:
            return value(entry + 8, 2)
    return 0
