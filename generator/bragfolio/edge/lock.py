"""Lock: one build at a time for each output folder, a folder of its own for each server; the system frees them when a process dies."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from bragfolio.edge.files import make_private_folder
from bragfolio.edge.signals import uninterrupted

WAIT_S = 30.0


class Locked(Exception):  # noqa: N818 - an answer, not a failure
    """Another process holds the lock."""

    def __init__(self, pid: str) -> None:
        super().__init__(pid)
        self.pid = pid


@contextlib.contextmanager
def build_lock(state: Path, output: Path, wait_s: float = WAIT_S) -> Iterator[int]:
    """Hold the lock of *output*, whose file is kept in *state*; wait up to *wait_s*, then raise Locked.

    Give the moment from which it is held, in nanoseconds since 1970 by the clock of the disk.
    """
    make_private_folder(state)
    name = hashlib.sha256(str(output.resolve()).encode()).hexdigest()[:16]
    path, owner = state / f"{name}.lock", state / f"{name}.pid"
    lock = FileLock(path)
    try:
        lock.acquire(timeout=wait_s, poll_interval=0.05)
    except Timeout:
        raise Locked(_read_owner(owner)) from None
    try:
        owner.write_text(f"{os.getpid()}\n", encoding="ascii")
        yield owner.stat().st_mtime_ns
    finally:
        with uninterrupted():
            owner.unlink(missing_ok=True)
            lock.release()


@contextlib.contextmanager
def own_folder(shelf: Path) -> Iterator[Path]:
    """Give a folder in *shelf* that this process has for itself, empty; it is gone in the end.

    What a killed process left there goes, too. The system frees its number when a process dies, however that happens.
    """
    make_private_folder(shelf.parent)  # of those on the way, only the last one is made private
    make_private_folder(shelf)
    folder, lock = next(_free_folders(shelf))
    try:
        shutil.rmtree(folder, ignore_errors=True)
        make_private_folder(folder)
        yield folder
    finally:
        with uninterrupted():
            shutil.rmtree(folder, ignore_errors=True)
            lock.release()


def _free_folders(shelf: Path) -> Iterator[tuple[Path, FileLock]]:
    for number in itertools.count(1):
        lock = FileLock(shelf / f"{number}.lock")
        with contextlib.suppress(Timeout):
            lock.acquire(blocking=False)
            yield shelf / str(number), lock


def _read_owner(owner: Path) -> str:
    try:
        return owner.read_text(encoding="ascii").strip() or "unknown"
    except (OSError, UnicodeDecodeError):
        return "unknown"
