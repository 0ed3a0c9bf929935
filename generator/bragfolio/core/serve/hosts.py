"""Hosts: who may ask a server that only its own machine should reach.

A page elsewhere can make a browser ask 127.0.0.1, and a name elsewhere can be made to mean 127.0.0.1 (DNS rebinding). The
first says so in Origin and Sec-Fetch-Site, the second in Host.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
_HOST: Final = re.compile(r"(?P<name>\[[0-9a-f:]{2,45}\]|[a-z0-9.-]{1,253})(?::(?P<port>[0-9]{1,5}))?")
_OWN: Final = frozenset({"", "none", "same-origin"})
"""Values of Sec-Fetch-Site (W3C Fetch Metadata) for what the reader typed, or what our own pages ask for; no value in old browsers."""


class Asker(Struct, frozen=True):
    """What a request says of where it comes from: the values of its header fields."""

    hosts: Sequence[str] = ()
    origins: Sequence[str] = ()
    fetch_site: str = ""
    fetch_mode: str = ""


class Door(Struct, frozen=True):
    """The names that a server answers to."""

    names: frozenset[str] = LOOPBACK
    takes_addresses: bool = False
    """Whether every numeric address will do: the server listens on all of them, and no foreign name is one."""

    def refuse(self, asker: Asker) -> int:
        """Return 0 for a request that may come in, else the status to send it away with: 400, 421 or 403."""
        if len(asker.hosts) != 1:
            return 400  # RFC 9112, 3.2
        host = asker.hosts[0].lower()
        if not self._is_ours(host):
            return 421  # RFC 9110, 15.5.20
        if any(origin.lower() != f"http://{host}" for origin in asker.origins):
            return 403
        is_link = asker.fetch_mode == "navigate"
        return 0 if is_link or asker.fetch_site in _OWN else 403

    def _is_ours(self, host: str) -> bool:
        match = _HOST.fullmatch(host)
        if not match or not 0 < int(match["port"] or 80) < 65536:
            return False
        return match["name"] in self.names or (self.takes_addresses and _is_address(match["name"]))


def open_door(host: str) -> Door:
    """Return the door of a server that was told to listen on *host*."""
    name = f"[{host}]" if ":" in host else host.lower()
    return Door(LOOPBACK if is_wildcard(host) else LOOPBACK | {name}, takes_addresses=is_wildcard(host))


def is_wildcard(host: str) -> bool:
    """Tell whether *host* means all of the machine's addresses."""
    return host in {"", "0.0.0.0", "::"}  # noqa: S104 - recognised, not bound


def is_loopback(host: str) -> bool:
    """Tell whether *host*, a name or an address without brackets, is the machine itself and nobody else."""
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


def _is_address(name: str) -> bool:
    try:
        return not ipaddress.ip_address(name.strip("[]")).is_unspecified
    except ValueError:
        return False
