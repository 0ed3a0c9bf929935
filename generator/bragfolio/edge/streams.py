"""Streams: answers that stay open and hear what happens; one thread looks after all of them."""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading
from collections import deque
from collections.abc import Callable
from typing import Final

from bragfolio.edge.clock import stopwatch

_MAX_STREAMS: Final = 64
_BEAT_S: Final = 15.0
"""A line that means nothing is sent as often, so that clients that vanished are noticed."""
_BEAT: Final = b":\n\n"


class Streams:
    """Open answers by channel. One that does not take what it is sent is dropped, and so is the oldest of too many."""

    def __init__(self) -> None:
        self._channels: dict[socket.socket, str] = {}
        self._turn = threading.Lock()
        self._inbox: deque[Callable[[], None]] = deque()
        self._waker, self._bell = socket.socketpair()
        self._bell.setblocking(False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._waker, selectors.EVENT_READ)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._is_closing = False

    def __contains__(self, client: socket.socket) -> bool:
        with self._turn:
            return client in self._channels

    def start(self) -> None:
        """Begin to look after them."""
        self._thread.start()

    def add(self, client: socket.socket, channel: str, first: Callable[[], bytes]) -> None:
        """Take over an open connection; send it what *first* returns, then what is sent to *channel*.

        *first* is asked when the client hears *channel* already: what becomes of it meanwhile is heard twice, not never.
        """
        client.setblocking(False)
        with self._turn:
            self._channels[client] = channel
        self._tell(lambda: self._welcome(client, first))

    def send(self, channel: str, message: bytes) -> None:
        """Send *message* to everybody on *channel*."""
        self._tell(lambda: self._broadcast(channel, message))

    def listeners(self, channel: str) -> int:
        """Return how many hear *channel*."""
        with self._turn:
            return list(self._channels.values()).count(channel)

    def close(self) -> None:
        """End all of them."""
        self._is_closing = True
        self._ring()
        if self._thread.is_alive():
            self._thread.join()
        for client in list(self._channels):
            self._drop(client)
        self._selector.close()
        self._waker.close()
        self._bell.close()

    def _tell(self, task: Callable[[], None]) -> None:
        self._inbox.append(task)
        self._ring()

    def _ring(self) -> None:
        with contextlib.suppress(BlockingIOError):  # it rings already
            self._bell.send(b"!")

    def _run(self) -> None:
        next_beat = stopwatch() + _BEAT_S
        while not self._is_closing:
            for key, _ in self._selector.select(max(0.0, next_beat - stopwatch())):
                if key.fileobj is self._waker:
                    self._waker.recv(4096)
                elif isinstance(key.fileobj, socket.socket):
                    self._hear(key.fileobj)
            while self._inbox:
                self._inbox.popleft()()
            if stopwatch() >= next_beat:
                next_beat = stopwatch() + _BEAT_S
                for client in list(self._channels):
                    self._send(client, _BEAT)

    def _broadcast(self, channel: str, message: bytes) -> None:
        with self._turn:
            hearing = [client for client, its in self._channels.items() if its == channel]
        for client in hearing:
            self._send(client, message)

    def _welcome(self, client: socket.socket, first: Callable[[], bytes]) -> None:
        if client not in self:  # it vanished before its turn came, and was dropped
            return
        self._selector.register(client, selectors.EVENT_READ)
        self._send(client, first())
        while len(self._channels) > _MAX_STREAMS:
            self._drop(next(iter(self._channels)))

    def _hear(self, client: socket.socket) -> None:
        """Drop a client that has gone; clients of a stream have nothing to say."""
        try:
            said = client.recv(4096)
        except BlockingIOError:
            return
        except OSError:
            said = b""
        if not said:
            self._drop(client)

    def _send(self, client: socket.socket, message: bytes) -> None:
        try:
            is_taken = client.send(message) == len(message)
        except OSError:
            is_taken = False
        if not is_taken:
            self._drop(client)

    def _drop(self, client: socket.socket) -> None:
        with self._turn:
            self._channels.pop(client, None)
        with contextlib.suppress(KeyError, ValueError):
            self._selector.unregister(client)
        with contextlib.suppress(OSError):
            client.shutdown(socket.SHUT_RDWR)
        client.close()
