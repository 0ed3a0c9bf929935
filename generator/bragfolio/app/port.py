"""Port: where a server can listen, or why it cannot."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from typing import Final

from bragfolio.edge.server import Answer, Asked, Server
from bragfolio.problems import Problem, Span, error

FIRST_PORT: Final = 4000
_PORTS: Final = 20
"""How many are tried from the first on."""


class Refused(Exception):  # noqa: N818 - an answer, not a failure
    """Why a server cannot listen."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def listen(
    host: str, port: int | None, answer: Callable[[Asked], Answer], report: Callable[[Exception], None]
) -> tuple[Server, list[int]]:
    """Return a server on *port*, or on the first free one, and the ports that were not free. Raises Refused."""
    taken: list[int] = []
    while port is None:
        candidate = FIRST_PORT + len(taken)
        try:
            return Server(host, candidate, answer, report), taken
        except OSError as failure:
            if failure.errno != errno.EADDRINUSE or len(taken) == _PORTS - 1:
                raise Refused(_explain(failure, host, candidate, "name a free one with --port")) from failure
            taken.append(candidate)
    try:
        return Server(host, port, answer, report), taken
    except OSError as failure:
        raise Refused(_explain(failure, host, port, "end what listens there, or leave --port out")) from failure


def _explain(failure: OSError, host: str, port: int, when_taken: str) -> Problem:
    place = Span(f"{host}:{port}")
    if isinstance(failure, socket.gaierror) or failure.errno == errno.EADDRNOTAVAIL:
        hint = "name one of this machine's addresses with --host, or leave it out"
        return error("port", f"this machine has no address “{host}”", place, hint)
    if failure.errno == errno.EADDRINUSE:
        return error("port", f"port {port} is in use", place, when_taken)
    why = (failure.strerror or str(failure)).lower()
    return error("port", f"port {port} cannot be had: {why}", place, "choose a port from 1024 to 65535")
