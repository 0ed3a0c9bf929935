"""Signals: interruptions are exceptions, so that everything is closed; a few steps that must not stop half-way hold them back."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Iterator
from types import FrameType
from typing import TYPE_CHECKING, Final, NoReturn

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_NAMES: Final = ("SIGINT", "SIGTERM", "SIGALRM")  # Windows has no SIGALRM
_HELD_BACK: Final = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
_AGAIN_AFTER_S: Final = 0.001


class Terminated(BaseException):
    """SIGTERM, as KeyboardInterrupt is SIGINT."""


def catch_termination() -> None:
    """Make SIGTERM raise Terminated."""
    signal.signal(signal.SIGTERM, _terminate)


def insist_on_interruptions() -> None:
    """Raise an interruption again that Python dropped.

    It drops what is raised in a destructor or in a weak reference's callback, and each import calls one: of 60 builds
    that were told to end, one went on (measured 2026-11).
    """
    if hasattr(signal, "setitimer"):
        sys.unraisablehook = _raise_again


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold SIGINT and SIGTERM back until the block is done; does nothing on Windows, which cannot."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _HELD_BACK)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def follow_parent() -> None:
    """In a forked process: leave SIGINT to the process that forked it, and end at once on SIGTERM."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _HELD_BACK)


def _terminate(_number: int, _frame: FrameType | None) -> NoReturn:
    raise Terminated


def _raise_again(dropped: UnraisableHookArgs) -> None:
    interruption = dropped.exc_type
    if not issubclass(interruption, (KeyboardInterrupt, Terminated)):
        sys.__unraisablehook__(dropped)
        return

    def interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
        raise interruption

    signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, _AGAIN_AFTER_S)
