"""Pool: work spread over forked processes, where the platform forks and there is enough of it to pay."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

_work: Callable[[range], object] | None = None


def processes() -> int:
    """Return how many processes can run at once; 1 where processes do not fork safely."""
    if sys.platform != "linux":
        return 1
    return len(os.sched_getaffinity(0))


def spread(work: Callable[[T], R], items: Sequence[T], *, least: int) -> Iterator[R]:
    """Yield *work* of each of *items*, in order, from several processes when there are at least *least*.

    The processes inherit the items; only results are sent back.
    """
    count = processes()
    if len(items) < least or count == 1:
        yield from map(work, items)
        return

    def part(indices: range) -> list[R]:
        return [work(items[index]) for index in indices]

    size = -(-len(items) // (count * 4))
    parts = [range(start, min(start + size, len(items))) for start in range(0, len(items), size)]
    gc.freeze()  # the children touch fewer pages of what they inherit
    try:
        with multiprocessing.get_context("fork").Pool(count, _inherit, (part,)) as pool:
            for results in pool.imap(_run, parts):
                yield from results  # type: ignore[misc]
    finally:
        gc.unfreeze()


def _inherit(work: Callable[[range], object]) -> None:
    global _work  # noqa: PLW0603 - how a forked worker is told what to do, without pickling it
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _run(indices: range) -> object:
    if _work is None:
        raise AssertionError("the worker was not told what to do")
    return _work(indices)
