"""Live: a portfolio that is served in this process, and what is heard of it."""

import contextlib
import datetime as dt
import gc
import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bragfolio.app.report import BuildReport
from bragfolio.app.serve import Inbox, Started, serve
from bragfolio.app.views import ServeRequest
from tests.portfolios import AS_OF, Portfolio
from tests.program import wait_until

TAG: Final = b'<script src="/.brag/live.js?v='


@dataclass(frozen=True)
class Reply:
    """What came back on one connection."""

    status: int
    fields: Mapping[str, str]
    """By name in lower case."""
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


@dataclass
class Live:
    """A server on a free port, and what it told its listener."""

    portfolio: Portfolio
    inbox: Inbox
    builds: list[BuildReport] = field(default_factory=list)
    polling: list[str] = field(default_factory=list)
    where: Started | None = None
    failure: BaseException | None = None

    def progress(self, what: str) -> None:
        """Nobody looks."""

    def started(self, started: Started) -> None:
        self.where = started

    def built(self, report: BuildReport, *, again: bool) -> None:
        assert again == bool(self.builds)
        self.builds.append(report)

    def polls(self, why: str) -> None:
        self.polling.append(why)

    @property
    def port(self) -> int:
        """The port that it listens on."""
        assert self.where
        return self.where.port

    @property
    def address(self) -> str:
        """Where the site begins."""
        assert self.where
        return self.where.address

    def raw(self, request: bytes, at: str = "127.0.0.1") -> bytes:
        """Send bytes on a connection of their own; return all that comes back."""
        with socket.create_connection((at, self.port), 10) as client:
            with contextlib.suppress(ConnectionError):
                client.sendall(request)
            answer = b""
            with contextlib.suppress(ConnectionError):
                while part := client.recv(65536):
                    answer += part
            return answer

    def ask(self, target: str, method: str = "GET", at: str = "127.0.0.1", **fields: str) -> Reply:
        """Send a request as a browser does; a field `sec_fetch_site` is sent as `sec-fetch-site`."""
        lines = {"host": f"{at}:{self.port}", **{name.replace("_", "-"): value for name, value in fields.items()}}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        answer = self.raw(f"{method} {target} HTTP/1.1\r\n{head}\r\n".encode("latin-1"), at)
        return read_reply(answer)

    @contextlib.contextmanager
    def listen(self, audience: str = "self", at: str = "127.0.0.1") -> Iterator["Stream"]:
        """Listen to the events of an audience, at one of this machine's addresses."""
        with socket.create_connection((at, self.port), 10) as client:
            client.sendall(f"GET /.brag/events/{audience} HTTP/1.1\r\nHost: {at}:{self.port}\r\n\r\n".encode())
            yield Stream(client)

    def wait_for_builds(self, count: int, timeout_s: float = 10) -> None:
        """Wait until there were so many."""
        wait_until(lambda: len(self.builds) >= count or self.failure, timeout_s)
        assert self.failure is None


class Stream:
    """Events as they come."""

    def __init__(self, client: socket.socket) -> None:
        self._client = client
        self._rest = b""
        head = self._until(b"\r\n\r\n", 10)
        assert head
        self.head = head.decode()

    def next(self, timeout_s: float = 10) -> dict[str, Any] | None:
        """Return the next event, None when none comes in time."""
        end = time.monotonic() + timeout_s
        while message := self._until(b"\n\n", max(0.001, end - time.monotonic())):
            if message.startswith(b"data: "):
                event: dict[str, Any] = json.loads(message.removeprefix(b"data: "))
                return event
        return None

    def heard(self) -> dict[str, Any]:
        """Return the next event, which has to come."""
        event = self.next()
        assert event is not None
        return event

    def _until(self, mark: bytes, timeout_s: float) -> bytes:
        self._client.settimeout(timeout_s)
        while mark not in self._rest:
            try:
                part = self._client.recv(65536)
            except TimeoutError:
                return b""
            if not part:
                return b""
            self._rest += part
        message, _, self._rest = self._rest.partition(mark)
        return message


def read_reply(answer: bytes) -> Reply:
    """Read an answer that ends with its connection."""
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Reply(int(first.split()[1]), fields, body)


@contextlib.contextmanager
def served(portfolio: Portfolio, **options: Any) -> Iterator[Live]:
    """Serve a portfolio on a free port of the loopback, on the day `AS_OF`."""
    request = ServeRequest(
        **{"root": portfolio.root, "port": 0, "as_of": dt.date.fromisoformat(AS_OF), "with_pdf": False, **options}
    )
    live = Live(portfolio, Inbox())

    def run() -> None:
        try:
            serve(request, live, live.inbox)
        except BaseException as failure:  # noqa: BLE001 - raised again below
            live.failure = failure

    thread = threading.Thread(target=run)
    gc.freeze()  # the server collects garbage: what the tests hold is none, and would be looked through each time
    thread.start()
    try:
        wait_until(lambda: live.where or live.failure, timeout_s=30)
        if not live.failure:
            yield live
    finally:
        live.inbox.stop()
        thread.join(30)
        gc.unfreeze()
        assert not thread.is_alive()
    if live.failure:
        raise live.failure


def without_tag(page: bytes) -> bytes:
    """Return a served page without the one line that was put into it."""
    lines = page.split(b"\n")
    ours = [line for line in lines if line.startswith(TAG)]
    assert len(ours) == 1
    return b"\n".join(line for line in lines if line is not ours[0])
