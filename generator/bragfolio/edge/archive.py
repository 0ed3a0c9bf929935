"""Archive: writes files into a zip that is the same bytes every time, whole or not at all."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from bragfolio.edge.signals import uninterrupted

_UNIX: Final = 3
_PERMISSIONS: Final = 0o100644 << 16
"""A regular file that its owner may change and all may read, as Unix zips say it."""
_LEVEL: Final = 6
_FIRST_DAY: Final = dt.date(1980, 1, 1)
_LAST_DAY: Final = dt.date(2107, 12, 31)
"""What the dates of a zip can say: APPNOTE.TXT 4.4.6."""


def write_archive(target: Path, members: Iterable[tuple[str, bytes | Path]], day: dt.date) -> None:
    """Write *members*, each a name with its content or the file that holds it, in their order, all dated *day*.

    Raises OSError; then *target* is as it was.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.brag-new")
    dated = min(max(day, _FIRST_DAY), _LAST_DAY)
    try:
        with zipfile.ZipFile(temporary, "w") as archive:
            for name, content in members:
                info = zipfile.ZipInfo(name, (dated.year, dated.month, dated.day, 0, 0, 0))
                info.create_system, info.external_attr = _UNIX, _PERMISSIONS
                data = content if isinstance(content, bytes) else content.read_bytes()
                archive.writestr(info, data, zipfile.ZIP_DEFLATED, _LEVEL)
        with uninterrupted():
            temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def is_archive(path: Path) -> bool:
    """Tell whether the regular file at *path* is a zip from its first byte on."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) in {b"PK\x03\x04", b"PK\x05\x06"} and zipfile.is_zipfile(file)
