"""Streams: nobody misses what happens while they connect, and who vanishes meanwhile takes nobody along."""

import contextlib
import socket

from bragfolio.edge.streams import Streams


@contextlib.contextmanager
def streams():
    """Streams that nobody looks after yet."""
    found = Streams()
    try:
        yield found
    finally:
        found.close()


@contextlib.contextmanager
def connected(found, first=lambda: b"first"):
    """A client of the channel `x`, seen from its own end."""
    ours, theirs = socket.socketpair()
    with theirs:
        theirs.settimeout(10)
        found.add(ours, "x", first)
        yield theirs


def test_who_vanishes_before_its_turn_takes_nobody_along():
    with streams() as found:
        found.send("x", b"news")  # which is sent to everybody who is on the channel when it is taken up
        with connected(found):
            pass
        found.start()
        with connected(found) as client:
            heard = b""
            while not heard.endswith(b"first"):  # the news may come before it
                heard += client.recv(64)


def test_a_newcomer_is_told_what_is_true_once_it_hears_all_that_follows():
    with streams() as found, connected(found, lambda: b"%d" % found.listeners("x")) as client:
        found.start()
        assert client.recv(1) == b"1"
