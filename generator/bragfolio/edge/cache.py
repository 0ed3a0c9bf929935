"""Cache: bytes that took long to make, each with its digest; what was damaged, or is not there, is made again."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bragfolio.edge.files import write_files_atomically
from bragfolio.edge.lock import make_private_folder

_DIGEST_BYTES: Final = 32
_MOST_FILES: Final = 2000
"""Then all are forgotten, so that a cache does not grow for ever."""


def cached(folder: Path, recipe: str, source: bytes, make: Callable[[], bytes]) -> bytes:
    """Return what *make* gives, which depends on *recipe* and *source* alone, from *folder* when it is there.

    The folder is made when it is needed, for its owner alone. That nothing can be kept is no mistake.
    """
    path = folder / hashlib.sha256(recipe.encode() + b"\0" + source).hexdigest()
    with contextlib.suppress(OSError):
        kept = path.read_bytes()
        if hashlib.sha256(kept[_DIGEST_BYTES:]).digest() == kept[:_DIGEST_BYTES]:
            return kept[_DIGEST_BYTES:]
    data = make()
    with contextlib.suppress(OSError):
        make_private_folder(folder)
        files = list(folder.iterdir())
        for file in files if len(files) >= _MOST_FILES else ():
            file.unlink()
        write_files_atomically(folder, {path.name: hashlib.sha256(data).digest() + data})
    return data
