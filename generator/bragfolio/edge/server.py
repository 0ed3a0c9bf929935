"""Server: HTTP on a port of this machine; what to answer is decided elsewhere.

One request for each connection. Nothing that a client does or leaves undone costs more than its own slot: heads are short,
every read and write has its time, and a newcomer takes the place of whoever has been silent longest.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import socketserver
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from io import BufferedIOBase
from typing import Any, BinaryIO, Final

from msgspec import Struct, field

from bragfolio.edge.clock import stopwatch
from bragfolio.edge.signals import uninterrupted
from bragfolio.edge.streams import Streams

_MAX_HEAD: Final = 32 * 1024
"""Bytes of a request's first line and header fields."""
_MAX_CONNECTIONS: Final = 64
"""Being read or answered; streams not counted."""
_READ_S: Final = 10.0
"""To send a whole head, and for each part of an answer to be taken."""
_TICK_S: Final = 0.5
_CHUNK: Final = 256 * 1024


class Asked(Struct, frozen=True):
    """A request."""

    method: str
    target: str
    """As it was sent."""
    peer: str
    """The address that it came from."""
    fields: dict[str, list[str]]
    """Its header fields, by name in lower case."""

    def value(self, name: str) -> str:
        """Return the only value of a header field, or `""`."""
        values = self.fields.get(name, [])
        return values[0] if len(values) == 1 else ""


class Answer(Struct, frozen=True):
    """What to send back."""

    status: int
    body: bytes = b""
    fields: dict[str, str] = field(default_factory=dict)
    file: BinaryIO | None = None
    """Sent instead of the body, and closed."""
    channel: str = ""
    """Makes it a stream, which starts with what *first* returns and goes on with what is sent to this channel."""
    first: Callable[[], bytes] = bytes


class Server:
    """A server that asks *answer*, in a thread for each request. Raises OSError when it cannot listen there.

    What *answer* raises is a bug: the client gets status 500, and *report* gets the exception.
    """

    def __init__(
        self, host: str, port: int, answer: Callable[[Asked], Answer], report: Callable[[Exception], None]
    ) -> None:
        self.streams = Streams()
        try:
            self._sockets = _Sockets(host, port, self.streams, answer, report)
        except OSError:
            self.streams.close()
            raise
        self._thread = threading.Thread(target=self._sockets.serve_forever, args=(_TICK_S,), daemon=True)
        self.port: int = self._sockets.server_address[1]

    def start(self) -> None:
        """Begin to answer. Interruptions stay with the thread that calls this: new threads hold them back."""
        with uninterrupted():
            self.streams.start()
            self._thread.start()

    def close(self) -> None:
        """Stop answering and give the port back; what is being answered is cut short."""
        if self._thread.is_alive():
            self._sockets.shutdown()
            self._thread.join()
        self._sockets.server_close()
        self._sockets.drop_all()
        self.streams.close()


class _Sockets(socketserver.ThreadingMixIn, socketserver.TCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = os.name != "nt"  # there it would let two programs listen on one port
    request_queue_size = 128

    def __init__(
        self,
        host: str,
        port: int,
        streams: Streams,
        answer: Callable[[Asked], Answer],
        report: Callable[[Exception], None],
    ) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.streams, self.answer, self.report = streams, answer, report
        self._reading: dict[socket.socket, float] = {}
        """Connections whose request has not come yet, the oldest first, with the time when it must have."""
        self._answering: set[socket.socket] = set()
        self._turn = threading.Lock()
        super().__init__((host, port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Give the connection a thread, if need be in place of one that has sent nothing for longest."""
        with self._turn:
            if len(self._reading) + len(self._answering) >= _MAX_CONNECTIONS:
                oldest = next(iter(self._reading), request)
                self._reading.pop(oldest, None)
                _cut(oldest)
            self._reading[request] = stopwatch() + _READ_S
        super().process_request(request, client_address)

    def heard(self, request: socket.socket) -> None:
        """Note that the request on this connection has come."""
        with self._turn:
            self._reading.pop(request, None)
            self._answering.add(request)

    def service_actions(self) -> None:
        """Cut connections whose time is over; called twice a second."""
        with self._turn:
            late = [request for request, deadline in self._reading.items() if deadline < stopwatch()]
            for request in late:
                del self._reading[request]
                _cut(request)

    def shutdown_request(self, request: Any) -> None:
        """End a connection, unless it has become a stream."""
        with self._turn:
            self._reading.pop(request, None)
            self._answering.discard(request)
        if request not in self.streams:
            super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Pass over what is wrong with a connection; bugs are reported where they are met."""

    def drop_all(self) -> None:
        """Cut every connection."""
        with self._turn:
            for request in (*self._reading, *self._answering):
                _cut(request)


def _cut(request: socket.socket) -> None:
    with contextlib.suppress(OSError):
        request.shutdown(socket.SHUT_RDWR)


class _HeadTooLong(Exception):  # noqa: N818 - an answer, not a failure
    """A client sends more than a head."""


class _Head:
    """The start of what a client sends, up to `_MAX_HEAD` bytes."""

    def __init__(self, file: BufferedIOBase) -> None:
        self._file = file
        self._left = _MAX_HEAD

    def readline(self, size: int = -1) -> bytes:
        """Return the next line. Raise _HeadTooLong when there is more than may be."""
        line = self._file.readline(min(size, self._left + 1) if size >= 0 else self._left + 1)
        self._left -= len(line)
        if self._left < 0:
            raise _HeadTooLong
        return line

    def close(self) -> None:
        """Close what it reads from."""
        self._file.close()


class _Handler(BaseHTTPRequestHandler):
    server: _Sockets
    timeout = _READ_S
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        """Bound what is read."""
        super().setup()
        self.rfile = _Head(self.rfile)  # type: ignore[assignment] # the part of a file that the parser uses

    def handle(self) -> None:
        """Read one request and answer it."""
        with contextlib.suppress(OSError):  # the client is gone, or too slow
            try:
                self.raw_requestline = self.rfile.readline()
                if not self.raw_requestline or not self.parse_request():
                    return
            except _HeadTooLong:
                self.requestline, self.request_version, self.command = "", "HTTP/1.1", ""
                self.send_error(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
                return
            self.server.heard(self.request)
            self._send(self._answer())

    def _answer(self) -> Answer:
        fields: dict[str, list[str]] = {}
        for name, value in self.headers.items():
            fields.setdefault(name.lower(), []).append(value)
        try:
            return self.server.answer(Asked(self.command, self.path, self.client_address[0], fields))
        except Exception as failure:  # noqa: BLE001 - a bug, which the thread that started us hears of
            self.server.report(failure)
            return Answer(HTTPStatus.INTERNAL_SERVER_ERROR, b"This is a bug in Brag.\n")

    def _send(self, answer: Answer) -> None:
        size = os.fstat(answer.file.fileno()).st_size if answer.file else len(answer.body)
        with answer.file or contextlib.nullcontext():
            self.send_response(answer.status)
            for name, value in answer.fields.items():
                self.send_header(name, value)
            if not answer.channel:
                self.send_header("Content-Length", str(size))
            self.send_header("Connection", "close")
            self.end_headers()
            if self.command == "HEAD":
                return
            if answer.channel:
                self.server.streams.add(self.request, answer.channel, answer.first)
            elif answer.file:
                shutil.copyfileobj(answer.file, self.wfile, _CHUNK)
            else:
                for start in range(0, size, _CHUNK):
                    self.wfile.write(answer.body[start : start + _CHUNK])

    def version_string(self) -> str:
        """Return what the header field Server says."""
        return "brag"

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal is for what is wrong with the portfolio."""
