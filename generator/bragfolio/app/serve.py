"""Serve: the site on this machine, fresh after each save; joins the builds, the watch and the server."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from msgspec import Struct

from bragfolio.app.answers import Answers, discreet, far_channel
from bragfolio.app.folder import state_folder
from bragfolio.app.port import listen
from bragfolio.app.views import ServeRequest, Site, Views
from bragfolio.core.serve.hosts import is_wildcard, open_door
from bragfolio.core.serve.live import event
from bragfolio.core.serve.pages import escape_path
from bragfolio.edge.lock import own_folder
from bragfolio.edge.pool import collect
from bragfolio.edge.watch import Watch, links_to_folders
from bragfolio.model.tree import CONTENT

if TYPE_CHECKING:
    from bragfolio.app.report import BuildReport
    from bragfolio.edge.server import Server

_TICK_S: Final = 0.25
_MOST_UNCOLLECTED: Final = 10
"""Builds without a quiet moment between them, after which garbage is collected all the same."""
_PATIENCE_S: Final = 60.0
"""How long a request waits for a site that has to be built for it."""


class Started(Struct, frozen=True):
    """Where the site can be looked at."""

    request: ServeRequest
    address: str
    port: int
    taken: list[int]
    """Ports that would have come first."""


class Listener(Protocol):
    """Who is told what happens."""

    def progress(self, what: str) -> None:
        """Something is being done."""

    def started(self, started: Started) -> None:
        """The site can be looked at."""

    def built(self, report: BuildReport, *, again: bool) -> None:
        """A site was built, or was not: at the start, or *again* since something changed or was asked for."""

    def polls(self, why: str) -> None:
        """The system does not tell of changes."""


class Inbox:
    """What the thread that builds is told by the others."""

    def __init__(self) -> None:
        self._messages: queue.SimpleQueue[_Wish | _Changed | _Stop | Exception] = queue.SimpleQueue()
        self._has_news = threading.Event()

    def stop(self) -> None:
        """Say that it is over."""
        self._messages.put(_Stop())

    def report(self, failure: Exception) -> None:
        """Pass on a bug."""
        self._messages.put(failure)

    def change(self) -> None:
        """Say that something may have changed; once is enough, though a save is up to ten events."""
        if not self._has_news.is_set():
            self._has_news.set()
            self._messages.put(_Changed())

    def wish(self, audience: str) -> None:
        """Ask for the site of *audience*, and wait until it is built, or for too long."""
        wish = _Wish(audience, threading.Event())
        self._messages.put(wish)
        wish.done.wait(_PATIENCE_S)

    def read(self) -> Iterator[_Wish | _Changed | None]:
        """Yield what has come, None where nothing has for a moment, until it is over. Raises what was reported."""
        while True:
            try:
                message = self._messages.get(timeout=_TICK_S)
            except queue.Empty:
                yield None
                continue
            if isinstance(message, Exception):
                raise message
            if isinstance(message, _Stop):
                return
            if isinstance(message, _Changed):
                self._has_news.clear()
            yield message


class _Wish(Struct, frozen=True):
    audience: str
    done: threading.Event


class _Changed(Struct, frozen=True):
    pass


class _Stop(Struct, frozen=True):
    pass


def serve(request: ServeRequest, listener: Listener, inbox: Inbox | None = None) -> None:
    """Serve a site until the process is interrupted or *inbox* says stop; leave no folder, thread or port behind.

    All building is done by the thread that calls this. Raises `port.Refused`, `prepare.UnknownAudience` when the portfolio
    has no such audience, OSError, and what is a bug.
    """
    inbox = inbox or Inbox()
    with contextlib.ExitStack() as stack:
        views = Views(request, stack.enter_context(own_folder(state_folder(request.root) / "serve")))
        answers = Answers(open_door(request.host), views, lambda audience: _await(views, inbox, audience))
        server, taken = listen(request.host, request.port, answers, inbox.report)
        stack.callback(server.close)
        watch = Watch(lambda: _folders(request.root), inbox.change)
        stack.callback(watch.close)
        watch.start()
        listener.built(views.build(request.audience, listener.progress), again=False)
        server.start()
        listener.started(Started(request, address_of(request.host, server.port, views.base), server.port, taken))
        _Keeper(views, watch, server, listener).run(inbox)


def address_of(host: str, port: int, base: str) -> str:
    """Return the address of a site for a browser on this machine."""
    name = "127.0.0.1" if is_wildcard(host) else host
    return f"http://{f'[{name}]' if ':' in name else name}:{port}{escape_path(base)}"


def _await(views: Views, inbox: Inbox, audience: str) -> Site | None:
    if views.fresh(audience) is None:
        inbox.wish(audience)
    return views.last(audience)


def _folders(root: Path) -> list[Path]:
    """Return the folders to watch: what is written, the portfolio's themes, and where links among those lead."""
    themes = (root / "themes").resolve()
    return [(root / CONTENT).resolve(), themes, *links_to_folders(themes)]


class _Keeper:
    """Builds what has changed or is waited for."""

    def __init__(self, views: Views, watch: Watch, server: Server, listener: Listener) -> None:
        self._views, self._watch, self._server, self._listener = views, watch, server, listener
        self._uncollected = 0
        """Builds since garbage was collected."""

    def run(self, inbox: Inbox) -> None:
        told = ""
        for message in inbox.read():
            if self._uncollected >= (_MOST_UNCOLLECTED if message else 1):
                self._uncollected = 0
                collect()  # not sooner: it would keep fresh pages waiting
            if isinstance(message, _Wish):
                self._fulfil(message)
            elif (message and self._watch.has_news) or self._watch.tick():
                if self._watch.look():
                    self._tell(self._views.renew())
            elif message is None and self._views.is_outdated:
                self._tell(self._views.renew())
            for audience in self._views.stale:
                if self._server.streams.listeners(audience):
                    self._tell(self._views.build(audience))
            if self._watch.why_polling != told:
                told = self._watch.why_polling
                self._listener.polls(told)

    def _fulfil(self, wish: _Wish) -> None:
        if self._views.fresh(wish.audience) is None and self._views.is_offered(wish.audience):
            self._tell(self._views.build(wish.audience))
        wish.done.set()

    def _tell(self, report: BuildReport) -> None:
        self._uncollected += 1
        self._listener.built(report, again=True)
        site = self._views.last(report.audience)
        if site:
            self._server.streams.send(report.audience, event(site.state))
            self._server.streams.send(far_channel(report.audience), event(discreet(site.state)))
