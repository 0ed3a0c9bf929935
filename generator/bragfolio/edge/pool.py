"""Pool: work spread over forked processes, where the platform forks and there is enough of it to pay."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from bragfolio.edge.signals import follow_parent, uninterrupted

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

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


def collect() -> None:
    """Drop what builds made and nobody needs any more; for a process that goes on."""
    gc.collect()


def processes() -> int:
    """Return how many processes can run at once; 1 where processes do not fork safely."""
    if sys.platform != "linux":
        return 1
    return len(os.sched_getaffinity(0))


class Crew:
    """Processes that help this one; see `crew`."""

    def __init__(self) -> None:
        self._workers: list[tuple[BaseProcess, Connection]] = []

    def start(
        self, work: Callable[[T], R], items: Sequence[T], *, least: int, busy: float = 0.0
    ) -> Callable[[], list[R]]:
        """Begin *work* on *items* where there are at least *least*; return what ends it and gives the results, in order.

        Each further processor gets a process, forked here, which inherits the items; only its results are sent, so
        they should be few and flat. This process does its own share when the results are asked for. *busy* is what
        it has to do until then, as a part of all the work: its share is smaller by that. What *work* raises in a
        helper is raised here, and WorkerDiedError when one was killed.
        """
        count = processes()
        if len(items) < least or count == 1:
            return lambda: [work(item) for item in items]
        own = round(len(items) * max(0.0, (1 + busy) / count - busy))
        give_back_memory()
        size = -(-(len(items) - own) // (count - 1))
        receivers = [self._fork(work, items[start : start + size]) for start in range(own, len(items), size)]

        def finish() -> list[R]:
            results = [work(item) for item in items[:own]]
            for receiver in receivers:
                results += _results(receiver)
            return results

        return finish

    def dismiss(self) -> None:
        """End the helpers, whatever they are doing."""
        with uninterrupted():
            for worker, receiver in self._workers:
                receiver.close()
                worker.terminate()
                worker.join()
            self._workers.clear()

    def _fork(self, work: Callable[[T], R], share: Sequence[T]) -> Connection:
        import multiprocessing  # a build after an edit forks nobody

        context = multiprocessing.get_context("fork")
        receiver, sender = context.Pipe(duplex=False)
        worker = context.Process(target=_run, args=(work, share, sender), daemon=True)
        with uninterrupted():
            worker.start()
            self._workers.append((worker, receiver))
        sender.close()
        return receiver


def give_back_memory() -> None:
    """Give what is free back to the system: at once, where much is, and before a fork, or each process would fill such holes with a copy of its own."""
    import ctypes

    with contextlib.suppress(OSError, AttributeError):  # other C libraries than glibc have no such call
        ctypes.CDLL(None).malloc_trim(0)


@contextlib.contextmanager
def crew() -> Iterator[Crew]:
    """Give a crew whose processes are gone when this ends, however it ends."""
    helpers = Crew()
    try:
        yield helpers
    finally:
        helpers.dismiss()


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
        import traceback

        failure.add_note("".join(traceback.format_exception(failure)))  # where it was raised does not travel with it
        sender.send((None, failure))
