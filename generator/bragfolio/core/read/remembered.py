"""Remembered: what an earlier run parsed, so that each file is parsed once in its life."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, cast

from msgspec import DecodeError, Raw, Struct, ValidationError
from msgspec.msgpack import Decoder, Encoder

from bragfolio.core.read.markdown import Prose
from bragfolio.problems import Problem

if TYPE_CHECKING:
    from bragfolio.core.read.entries import ParsedBody, Unit
    from bragfolio.core.read.frontmatter import ParsedFront
    from bragfolio.model.common import Common
    from bragfolio.model.entry import Entry


class Parsed(Struct, frozen=True, array_like=True):
    """What the files of one unit say, nothing of it judged."""

    bodies: list[tuple[Prose, list[Problem]]]
    fronts: list[tuple[object, list[Problem]]]
    """Of each file the tree of its keys, whose leaves are text."""


class Memory:
    """What a process that goes on, like a server, knows of the entries that it read last: they are neither parsed nor judged again."""

    def __init__(self) -> None:
        self.entries: dict[bytes, tuple[Entry[Common] | None, list[Problem]]] = {}
        """By key, see `key_of`."""


_PARSED: Final = Decoder(Parsed)


class Bodies(Struct, frozen=True):
    """What was parsed of units, still packed."""

    about: bytes
    """A digest of everything else that parsing depends on: the program and its libraries."""
    packed: dict[bytes, Raw]
    """By key, see `key_of`."""


def key_of(unit: Unit) -> bytes:
    """Return a digest of what is parsed for *unit*: its files with their names."""
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
    """What was parsed of one portfolio: what is known, and what somebody has to parse."""

    def __init__(self, known: Bodies, units: Sequence[Unit]) -> None:
        self._known = known
        self._keys = [key_of(unit) for unit in units]
        self._found = [_decode(known.packed.get(key)) for key in self._keys]
        self.missing = [unit for unit, found in zip(units, self._found, strict=True) if found is None]
        """Units of which nothing is known."""

    @property
    def fronts(self) -> list[list[ParsedFront] | None]:
        """The front matter of each unit, where it is known."""
        return [cast("list[ParsedFront]", found.fronts) if found else None for found in self._found]

    def complete(
        self, parsed: Iterable[list[ParsedBody]], fronts: Sequence[list[ParsedFront]]
    ) -> tuple[list[list[ParsedBody]], Bodies]:
        """Return the bodies of all units, *parsed* being those of the missing ones, and what to remember now.

        *fronts* are of all units, too.
        """
        more, encoder = iter(parsed), Encoder()
        result: list[list[ParsedBody]] = []
        packed: dict[bytes, Raw] = {}
        for key, found, front in zip(self._keys, self._found, fronts, strict=True):
            bodies = next(more) if found is None else found.bodies
            result.append(bodies)
            if found is not None:
                packed[key] = self._known.packed[key]
                continue
            with contextlib.suppress(UnicodeEncodeError):  # half a letter of UTF-16, which YAML can write as an escape
                packed[key] = Raw(encoder.encode((bodies, front)))
        return result, Bodies(self._known.about, packed)


def _decode(packed: Raw | None) -> Parsed | None:
    if packed is None:
        return None
    try:
        return _PARSED.decode(packed)
    except (ValidationError, DecodeError, ValueError):
        return None
