"""Snapshot: what folders hold, to tell whether anything in them really changed."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from msgspec import Struct

from bragfolio.edge.passed_over import is_passed_over
from bragfolio.edge.tree import MAX_DEPTH

_HASHED: Final = 4 * 1024 * 1024
"""Bytes up to which files are compared by content; larger ones by size and time alone."""


class _Seen(Struct, frozen=True):
    status: tuple[int, int, int, int]
    """Size, when it was written and when it was changed, its rights too, in nanoseconds, inode."""
    digest: bytes


class Change(Struct, frozen=True):
    """What became different between two looks."""

    paths: tuple[str, ...]
    is_unfinished: bool
    """Whether a file is gone, or empty now: perhaps a program is about to write it."""
    seen: dict[str, _Seen]
    """All that is there now."""

    def __bool__(self) -> bool:
        return bool(self.paths)


class Snapshot:
    """The files below some folders, as they were when last kept. Reading a file, or touching it, changes nothing."""

    def __init__(self) -> None:
        self._seen: dict[str, _Seen] = {}

    def look(self, folders: Iterable[Path]) -> Change:
        """Look again; return what is different from what was kept last."""
        now: dict[str, _Seen] = {}
        for folder in folders:
            self._walk(str(folder), now, 0)
        before = self._seen
        changed = [path for path, seen in now.items() if path not in before or before[path].digest != seen.digest]
        gone = [path for path in before if path not in now]
        emptied = any(not now[path].status[0] for path in changed)
        return Change(tuple(sorted(changed + gone)), bool(gone) or emptied, now)

    def keep(self, change: Change) -> None:
        """Compare with this from now on."""
        self._seen = change.seen

    def _walk(self, folder: str, now: dict[str, _Seen], depth: int) -> None:
        if depth > MAX_DEPTH:
            return  # the build says that it is too deep
        try:
            with os.scandir(folder) as found:
                items = list(found)
        except OSError:
            return  # gone, or not to be read: the build says what is wrong
        for item in items:
            if is_passed_over(item.name):
                continue
            try:
                if item.is_dir(follow_symlinks=False):
                    self._walk(item.path, now, depth + 1)
                else:
                    leads_to = os.fsencode(os.path.realpath(item.path)) if item.is_symlink() else b""
                    now[item.path] = self._see(item.path, item.stat(), leads_to)
            except OSError:
                now[item.path] = _Seen((0, 0, 0, 0), b"unreadable")

    def _see(self, path: str, status: os.stat_result, leads_to: bytes) -> _Seen:
        mark = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        before = self._seen.get(path)
        if before and before.status == mark and not leads_to:
            return before
        if not stat.S_ISREG(status.st_mode) or status.st_size > _HASHED:
            return _Seen(mark, repr(mark).encode())
        return _Seen(mark, leads_to + hashlib.sha256(Path(path).read_bytes()).digest())
