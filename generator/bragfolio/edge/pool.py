"""Pool: work spread over forked processes, where the platform forks and there is enough of it to pay."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from multiprocessing.connection import Connection
from typing import TypeVar

from bragfolio.edge.signals import follow_parent, uninterrupted

T = TypeVar("T")
R = TypeVar("R")


class WorkerDiedError(RuntimeError):
    """A process ended without its results: out of memory, or killed."""


@contextlib.contextmanager
def without_collection() -> Iterator[None]:
    """Keep the garbage collector still: a build makes much and drops little, and ends soon (measured: 8 % of its time)."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def processes() -> int:
    """Return how many processes can run at once; 1 where processes do not fork safely."""
    if sys.platform != "linux":
        return 1
    return len(os.sched_getaffinity(0))


def spread(work: Callable[[T], R], items: Sequence[T], *, least: int) -> Generator[R, None, None]:
    """Yield *work* of each of *items*, in order, from several processes when there are at least *least*.

    This process takes the first share and forks one for each other share. They inherit the items; only their results
    are sent, which is why the share of this process is the cheapest. What *work* raises there is raised here.
    """
    count = processes()
    if len(items) < least or count == 1:
        yield from map(work, items)
        return
    size = -(-len(items) // count)
    shares = [items[start : start + size] for start in range(0, len(items), size)]
    context = multiprocessing.get_context("fork")
    workers = []
    try:
        for share in shares[1:]:
            receiver, sender = context.Pipe(duplex=False)
            worker = context.Process(target=_run, args=(work, share, sender), daemon=True)
            with uninterrupted():
                worker.start()
                workers.append((worker, receiver))
            sender.close()
        yield from [work(item) for item in shares[0]]
        for worker, receiver in workers:
            yield from _results(receiver)
            worker.join()
    finally:
        with uninterrupted():
            for worker, receiver in workers:
                receiver.close()
                worker.terminate()
                worker.join()


def _results(receiver: Connection) -> list[R]:
    try:
        results, failure = receiver.recv()
    except EOFError:
        raise WorkerDiedError("a process that helped with the build was killed") from None
    if failure is not None:
        raise failure
    return results  # type: ignore[no-any-return] # what _run sent


def _run(work: Callable[[T], R], share: Sequence[T], sender: Connection) -> None:
    follow_parent()
    try:
        sender.send(([work(item) for item in share], None))
    except BrokenPipeError:
        pass
    except Exception as failure:  # noqa: BLE001 - raised again in the process that waits for it
        sender.send((None, failure))
