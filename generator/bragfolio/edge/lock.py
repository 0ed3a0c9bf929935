"""Lock: one build at a time for each output folder; the system frees it when a process dies."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from bragfolio.edge.signals import uninterrupted

WAIT_S = 30.0


class Locked(Exception):  # noqa: N818 - an answer, not a failure
    """Another process holds the lock."""

    def __init__(self, pid: str) -> None:
        super().__init__(pid)
        self.pid = pid


@contextlib.contextmanager
def build_lock(state: Path, output: Path, wait_s: float = WAIT_S) -> Iterator[None]:
    """Hold the lock of *output*, whose file is kept in *state*; wait up to *wait_s*, then raise Locked."""
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
        yield
    finally:
        with uninterrupted():
            owner.unlink(missing_ok=True)
            lock.release()


def _read_owner(owner: Path) -> str:
    try:
        return owner.read_text(encoding="ascii").strip() or "unknown"
    except (OSError, UnicodeDecodeError):
        return "unknown"


def make_private_folder(folder: Path) -> None:
    """Make *folder*, readable by its owner alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
