"""Cache: bytes that took long to make, each with its digest; what was damaged, or is not there, is made again."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bragfolio.edge.files import make_private_folder, write_files_atomically

_DIGEST_BYTES: Final = 32
_MOST_FILES: Final = 2000
"""Then all are forgotten, so that a cache does not grow for ever."""


def cached(folder: Path, recipe: str, source: bytes, make: Callable[[], bytes], most_files: int = _MOST_FILES) -> bytes:
    """Return what *make* gives, which depends on *recipe* and *source* alone, from *folder* when it is there.

    The folder is made when it is needed, for its owner alone. That nothing can be kept is no mistake.
    """
    name = hashlib.sha256(recipe.encode() + b"\0" + source).hexdigest()
    kept = read_kept(folder, name)
    if kept is not None:
        return kept
    data = make()
    keep(folder, name, data, most_files)
    return data


def read_kept(folder: Path, name: str) -> bytes | None:
    """Return what `keep` took, None when it is not there or damaged."""
    with contextlib.suppress(OSError):
        kept = (folder / name).read_bytes()
        if hashlib.sha256(kept[_DIGEST_BYTES:]).digest() == kept[:_DIGEST_BYTES]:
            return kept[_DIGEST_BYTES:]
    return None


def keep(folder: Path, name: str, data: bytes, most_files: int = _MOST_FILES) -> None:
    """Keep *data* in *folder*, which is made for its owner alone; where there are *most_files*, forget those first.

    That nothing can be kept is no mistake.
    """
    with contextlib.suppress(OSError):
        make_private_folder(folder)
        names = os.listdir(folder)  # noqa: PTH208 - text, not Path: this runs for each measurement of a page
        for old in names if len(names) >= most_files else ():
            (folder / old).unlink()
        write_files_atomically(folder, {name: hashlib.sha256(data).digest() + data})


def place_of(folder: Path) -> str:
    """Return which folder this is on its disk; `""` where there is none.

    Nobody can know it beforehand, so a cache that holds it was not brought along by whoever made the portfolio.
    """
    with contextlib.suppress(OSError):
        return str(folder.stat().st_ino)
    return ""


def make_place(folder: Path) -> str:
    """Make *folder*, for its owner alone; return its place, `""` where it cannot be made."""
    with contextlib.suppress(OSError):
        make_private_folder(folder)
    return place_of(folder)
