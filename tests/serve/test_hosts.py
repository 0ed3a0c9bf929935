"""Hosts: a server on the loopback answers to its own names, and to its own pages only."""

import pytest

from bragfolio.core.serve.hosts import LOOPBACK, Asker, Door, is_loopback, open_door

FOREIGN = [
    "evil.example", "evil.example:4000", "127.0.0.1.evil.example", "127.0.0.1.evil.example:4000", "localhost.evil.example",
    "evil.localhost:4000", "localhost.:4000", "127.0.0.1@evil.example", "evil.example@127.0.0.1", "127.1", "2130706433",
    "0x7f.0.0.1", "0177.0.0.1", "0.0.0.0:4000", "[::]:4000", "[::ffff:127.0.0.1]:4000", "192.168.1.5:4000", "", " ", "127.0.0.1 evil",
    "127.0.0.1,evil.example", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:99999", "127.0.0.1:80:80", "127.0.0.1/x", "[::1",
    "127.0.0.1\t", "\u217cocalhost", "localhost\x00",
]  # fmt: skip
FOREIGN_ORIGINS = [
    "https://evil.example", "http://evil.example", "http://evil.example:4000", "null", "", "file://", "https://127.0.0.1:4000",
    "http://127.0.0.1", "http://127.0.0.1:4001", "http://localhost:4000", "http://127.0.0.1:4000.evil.example",
    "http://127.0.0.1:4000@evil.example", "http://evil.example#http://127.0.0.1:4000", "http://127.0.0.1:4000/",
    "ws://127.0.0.1:4000", "http://[::1]:4000", "http://127.0.0.2:4000", "chrome-extension://abcdef", "data:", "*",
    "http://127.0.0.1:4000 http://evil.example", "127.0.0.1:4000",
]  # fmt: skip


@pytest.mark.parametrize("host", FOREIGN)
def test_a_foreign_host_is_sent_away(host):
    assert Door().refuse(Asker([host])) == 421


@pytest.mark.parametrize("origin", FOREIGN_ORIGINS)
def test_a_foreign_origin_is_refused(origin):
    assert Door().refuse(Asker(["127.0.0.1:4000"], [origin])) == 403


@pytest.mark.parametrize(
    "host", ["127.0.0.1:4000", "localhost:4000", "LOCALHOST:4000", "[::1]:4000", "127.0.0.1", "localhost:9"]
)
def test_the_loopback_may_come_in(host):
    assert Door().refuse(Asker([host])) == 0
    assert Door().refuse(Asker([host], [f"http://{host}"])) == 0


@pytest.mark.parametrize("hosts", [[], ["127.0.0.1", "127.0.0.1"], ["127.0.0.1", "evil.example"]])
def test_there_is_one_host_in_a_request(hosts):
    assert Door().refuse(Asker(hosts)) == 400


@pytest.mark.parametrize(
    ("site", "mode", "status"),
    [
        ("same-origin", "cors", 0),
        ("none", "navigate", 0),
        ("", "", 0),
        ("cross-site", "navigate", 0),
        ("cross-site", "no-cors", 403),
        ("cross-site", "cors", 403),
        ("same-site", "no-cors", 403),
        ("nonsense", "no-cors", 403),
    ],
)
def test_a_page_elsewhere_may_link_here_and_no_more(site, mode, status):
    assert Door().refuse(Asker(["127.0.0.1:4000"], fetch_site=site, fetch_mode=mode)) == status


def test_a_given_host_is_one_more_name():
    door = open_door("studio.example")
    assert door == Door(LOOPBACK | {"studio.example"})
    assert [door.refuse(Asker([host])) for host in ("studio.example:4000", "127.0.0.1", "evil.example")] == [0, 0, 421]


@pytest.mark.parametrize("wildcard", ["0.0.0.0", "::", ""])
def test_all_addresses_are_numbers_and_never_names(wildcard):
    door = open_door(wildcard)
    hosts = ["192.168.1.5:4000", "[fe80::1]:4000", "localhost:4000", "evil.example:4000", "0.0.0.0:4000", "[::]:4000"]
    assert [door.refuse(Asker([host])) for host in hosts] == [0, 0, 0, 421, 421, 421]


@pytest.mark.parametrize(
    ("address", "is_it"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.5", False),
        ("::ffff:192.168.1.5", False),
        ("evil.example", False),
        ("", False),
    ],
)
def test_the_loopback_is_known(address, is_it):
    assert is_loopback(address) is is_it
