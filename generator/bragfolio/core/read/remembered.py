"""Remembered: bodies that an earlier run parsed, so that each is parsed once in its life, by what they were parsed from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from msgspec import DecodeError, Raw, Struct, ValidationError
from msgspec.msgpack import Decoder, Encoder

from bragfolio.core.read.markdown import Prose
from bragfolio.problems import Problem

if TYPE_CHECKING:
    from bragfolio.core.read.entries import ParsedBody, Unit

_BODIES: Final = Decoder(list[tuple[Prose, list[Problem]]])


class Bodies(Struct, frozen=True):
    """The bodies of units, still packed."""

    about: bytes
    """A digest of everything else that parsing depends on: the program and its libraries."""
    packed: dict[bytes, Raw]
    """By key, see `key_of`."""


def key_of(unit: Unit) -> bytes:
    """Return a digest of what the bodies of *unit* are parsed from: its files with their names."""
    about = hashlib.blake2b(digest_size=16)
    for file in (unit.file, unit.overlay):
        if file:
            data = file.data or b""
            about.update(f"{file.path}\0{len(data)}\0".encode())
            about.update(data)
    return about.digest()


def unpack_bodies(data: bytes, about: bytes) -> Bodies:
    """Return what `pack_bodies` took; nothing when it is something else, or was parsed by another program."""
    try:
        bodies = Decoder(Bodies).decode(data)
    except (DecodeError, ValueError):
        return Bodies(about, {})
    return bodies if bodies.about == about else Bodies(about, {})


def pack_bodies(bodies: Bodies) -> bytes:
    """Return *bodies* as bytes."""
    return Encoder().encode(bodies)


class Recollection:
    """The bodies of one portfolio: those that are known, and those that somebody has to parse."""

    def __init__(self, known: Bodies, units: Sequence[Unit]) -> None:
        self._known = known
        self._keys = [key_of(unit) for unit in units]
        self._found = [_decode(known.packed.get(key)) for key in self._keys]
        self.missing = [unit for unit, found in zip(units, self._found, strict=True) if found is None]
        """Units whose bodies are not known."""

    def complete(self, parsed: Iterable[list[ParsedBody]]) -> tuple[list[list[ParsedBody]], Bodies]:
        """Return the bodies of all units, *parsed* being those of the missing ones, and what to remember now."""
        more, encoder = iter(parsed), Encoder()
        result: list[list[ParsedBody]] = []
        packed: dict[bytes, Raw] = {}
        for key, found in zip(self._keys, self._found, strict=True):
            bodies = next(more) if found is None else found
            result.append(bodies)
            packed[key] = self._known.packed[key] if found is not None else Raw(encoder.encode(bodies))
        return result, Bodies(self._known.about, packed)


def _decode(packed: Raw | None) -> list[ParsedBody] | None:
    if packed is None:
        return None
    try:
        return _BODIES.decode(packed)
    except (ValidationError, DecodeError, ValueError):
        return None
