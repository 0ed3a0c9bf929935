"""Watch: hears of changes below some folders, and says so when the system cannot tell and they are looked at instead."""

from __future__ import annotations

import contextlib
import errno
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from watchdog.events import (
    DirAttribEvent,
    DirCreatedEvent,
    DirDeletedEvent,
    DirModifiedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from bragfolio.edge.clock import stopwatch
from bragfolio.edge.signals import uninterrupted
from bragfolio.edge.snapshot import Change, Snapshot

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver

_EVENTS: Final[list[type[FileSystemEvent]]] = [
    DirAttribEvent, DirCreatedEvent, DirDeletedEvent, DirModifiedEvent, DirMovedEvent, FileAttribEvent, FileClosedEvent,
    FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent,
]  # fmt: skip
"""Not: files that are opened, or closed without having been written. Reading is no change."""
_BESIDE: Final = (DirModifiedEvent, DirAttribEvent, FileAttribEvent)
"""What comes after others, for the folder that they are in, or for the rights that a file gets: it ends no save and begins none."""
_CALM_S: Final = 0.06
"""Without news for so long, a save is over. Editors need up to ten steps for one, in a few milliseconds."""
_DONE_S: Final = 0.02
"""The same, when what came last was that a file was closed or got its name: most saves end so."""
_PATIENCE_S: Final = 1.5
"""After so long, what has come so far is taken."""
_RETURN_S: Final = 0.15
"""How long a file that vanished, or was emptied, is given to come back."""
_LOOK_S: Final = 1.0
"""Between two looks where the system does not tell."""
_TRUST_S: Final = 5.0
"""Between two looks where it does: what it is silent about is found all the same."""
_NEWS_S: Final = 0.5
"""How long news may take on a busy machine."""
_SILENT: Final = "it was silent about a change"


class Watch:
    """Calls *wake*, from another thread, when something may have changed in one of *folders*.

    *folders* is asked again and again: those that vanish, return or are new are watched as soon as they are there.
    """

    def __init__(self, folders: Callable[[], list[Path]], wake: Callable[[], None]) -> None:
        self.why_polling = ""
        """Why folders are looked at every second; empty while the system tells of changes."""
        self._folders, self._wake = folders, wake
        self._snapshot = Snapshot()
        self._observer: BaseObserver | None = None
        self._watched: list[tuple[Path, int, int]] = []
        self._last_event = self._last_look = self._answered = 0.0
        self._calm = _CALM_S
        self._handler = _Handler(self._hear)

    def start(self) -> None:
        """Remember what is there, and begin to listen."""
        # It warns when a folder is new while it is being added, which is in order.
        warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)
        self._listen()
        self._snapshot.keep(self._snapshot.look(self._folders()))
        self._last_look = stopwatch()

    def close(self) -> None:
        """Stop listening."""
        observer, self._observer = self._observer, None
        if observer:
            with uninterrupted():
                observer.stop()
                with contextlib.suppress(RuntimeError):  # it never ran
                    observer.join()

    @property
    def has_news(self) -> bool:
        """Whether something was heard that no look has seen: a save is several events, and one look sees what it left."""
        return self._last_event != self._answered

    def tick(self) -> bool:
        """Do what has to be done a few times a second; tell whether it is time to look for changes."""
        if not self.why_polling and not (self._identities() == self._watched and self._is_alive()):
            self._listen()
            self._hear()
        return stopwatch() - self._last_look >= (_LOOK_S if self.why_polling else _TRUST_S)

    def look(self) -> Change:
        """Wait until it is calm, then return what is different from the last look."""
        start = stopwatch()
        while stopwatch() - start < _PATIENCE_S and (left := self._last_event + self._calm - stopwatch()) > 0:
            time.sleep(min(left, _DONE_S))  # what comes meanwhile may say that it is over sooner
        folders, answered = self._folders(), self._answered
        self._answered, self._last_look = self._last_event, stopwatch()
        change = self._snapshot.look(folders)
        if change.is_unfinished:
            time.sleep(_RETURN_S)
            change = self._snapshot.look(folders)
        self._snapshot.keep(change)
        if change and self._last_event == answered and not self.why_polling:
            time.sleep(_NEWS_S)
            self.why_polling = _SILENT if self._last_event == answered else ""
        return change

    def _hear(self, calm: float = _CALM_S) -> None:
        self._last_event, self._calm = stopwatch(), calm
        self._wake()

    def _listen(self) -> None:
        self.close()
        self._watched = self._identities()
        try:
            with uninterrupted():
                self._observer = observer = Observer()
                observer.start()
                for folder, _, _ in self._watched:
                    observer.schedule(self._handler, str(folder), recursive=True, event_filter=_EVENTS)
        except OSError as refusal:
            self.close()
            if refusal.errno not in {errno.ENOENT, errno.ENOTDIR}:  # else it vanished just now: the next tick sees
                self.why_polling = refusal.strerror or str(refusal)

    def _identities(self) -> list[tuple[Path, int, int]]:
        """Return the folders that are there, each with what tells it from another one of the same name."""
        found = []
        for folder in self._folders():
            with contextlib.suppress(OSError):
                status = folder.stat()
                found.append((folder, status.st_dev, status.st_ino))
        return found

    def _is_alive(self) -> bool:
        """Tell whether all of it still listens: what has no more watches to give ends a listener."""
        return self._observer is not None and all(emitter.is_alive() for emitter in self._observer.emitters)


class _Handler(FileSystemEventHandler):
    def __init__(self, hear: Callable[[float], None]) -> None:
        self._hear = hear
        self._calm = _CALM_S

    def on_any_event(self, event: FileSystemEvent) -> None:
        if isinstance(event, (FileClosedEvent, FileMovedEvent)):
            self._calm = _DONE_S
        elif not isinstance(event, _BESIDE):
            self._calm = _CALM_S
        self._hear(self._calm)


def links_to_folders(folder: Path) -> list[Path]:
    """Return where the links to folders directly in *folder* lead: the system does not tell of changes behind links."""
    with contextlib.suppress(OSError):
        return sorted({path.resolve() for path in folder.iterdir() if path.is_symlink() and path.is_dir()})
    return []
