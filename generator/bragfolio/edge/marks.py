"""Marks: what folders look like from outside, as one digest, to tell at little cost that nothing in them changed.

A mark is a path with size and times. Two contents with one mark are possible only when the second was written within the
same tick of the disk's clock as the first, so the contents of files that are as young as the look itself, or younger, are
kept as digests too (git does the same, see "racy git" in its documentation). That the machine's clock runs back or a file's time
is set by hand is seen by the time of change, which nobody sets; not in an output, whose files another build may link to: who changes
one there and sets size and time back is believed.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from bragfolio.edge.passed_over import is_passed_over

_TICK_NS: Final = 20_000_000
"""A clock may be set back by this much without anybody noticing, and the system's own steps are not longer."""
_MOST_READ: Final = 64 * 1024 * 1024
"""Bytes of young files that are read; beyond that nothing is remembered."""


class Marks(NamedTuple):
    """A look at some files."""

    digest: str
    """Of the marks of all of them."""
    young: tuple[str, ...]
    """Those that could change and keep their mark."""
    size: int
    """Bytes of these."""

    @property
    def is_sure(self) -> bool:
        """Whether the contents of the young files can be kept at a reasonable cost."""
        return self.size <= _MOST_READ


class Looker:
    """Collects the marks of files."""

    def __init__(self, moment: int, *, has_inodes: bool = False) -> None:
        self.moment = moment
        """Nanoseconds since 1970, by the disk's own clock: files that are not older are young."""
        self.has_inodes = has_inodes
        """Note which file it is instead of when it changed: a link from elsewhere changes that."""
        self._lines: list[str] = []
        self._young: list[str] = []
        self._size = 0

    def file(self, path: str) -> None:
        """Take the mark of one file, which need not be there."""
        try:
            status = os.stat(path)  # noqa: PTH116 - text, not Path: this runs for each file
        except OSError as failure:
            self._lines.append(f"{path}\0{failure.errno}")
            return
        self._take(path, status)

    def folder(self, path: str, *, passes_over: bool = False, follows: bool = False) -> None:
        """Take the marks of all files below *path*; some names are passed over, links to folders are followed, if wanted."""
        self._walk(path, passes_over, {os.path.realpath(path)} if follows else None)

    def marks(self) -> Marks:
        """Return what was collected."""
        self._lines.sort()
        text = "\n".join(self._lines).encode("utf-8", "surrogateescape")
        return Marks(hashlib.blake2b(text, digest_size=24).hexdigest(), tuple(sorted(self._young)), self._size)

    def _walk(self, folder: str, passes_over: bool, followed: set[str] | None) -> None:  # noqa: FBT001 - inside this class
        try:
            with os.scandir(folder) as found:
                items = list(found)
        except OSError as failure:
            self._lines.append(f"{folder}/\0{failure.errno}")
            return
        for item in items:
            name = item.name
            if (passes_over and is_passed_over(name)) or name == "__pycache__":
                continue
            is_link = item.is_symlink()
            if is_link:
                self._lines.append(f"{item.path}\0{_target(item.path)}")
            if item.is_dir(follow_symlinks=False):
                self._lines.append(f"{item.path}/")
                self._walk(item.path, passes_over, followed)
            elif is_link and followed is not None and item.is_dir():
                real = os.path.realpath(item.path)
                if real not in followed:
                    followed.add(real)
                    self._walk(item.path, passes_over, followed)
            elif is_link:
                self.file(item.path)
            else:
                self._take(item.path, item.stat(follow_symlinks=False))

    def _take(self, path: str, status: os.stat_result) -> None:
        size, written = status.st_size, status.st_mtime_ns
        last = status.st_ino if self.has_inodes else status.st_ctime_ns
        self._lines.append(f"{path}\0{size} {written} {last} {status.st_mode}")
        youngest = written if self.has_inodes else max(written, status.st_ctime_ns)
        if youngest >= self.moment - _TICK_NS and stat.S_ISREG(status.st_mode):
            self._young.append(path)
            self._size += size


def libraries() -> str:
    """Return a text that changes when a library is installed, updated or goes, and with Python itself."""
    looker = Looker(sys.maxsize)
    for place in library_folders():
        looker.file(place)
    return f"{sys.version} {looker.marks().digest}"


def library_folders() -> list[str]:
    """Return the folders that libraries are installed into."""
    return [place for place in sys.path if place.endswith(("site-packages", "dist-packages"))]


def contents(paths: Iterable[str]) -> dict[str, str]:
    """Return the digest of each file. Raise OSError."""
    return {path: hashlib.sha256(Path(path).read_bytes()).hexdigest() for path in paths}


def _target(path: str) -> str:
    try:
        return os.readlink(path)  # noqa: PTH115 - text, not Path
    except OSError as failure:
        return str(failure.errno)
