"""Remembered: what earlier runs read, so that each body is parsed, and each front matter judged, once in its life."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, cast

from msgspec import DecodeError, Raw, Struct, ValidationError
from msgspec.msgpack import Decoder, Encoder

from bragfolio.core.read.markdown import Prose
from bragfolio.model.kinds import KIND_BY_NAME
from bragfolio.model.scalars import ScalarError
from bragfolio.problems import Problem

if TYPE_CHECKING:
    from bragfolio.core.read.entries import DecodedUnit, OpenUnit, ParsedBody, Unit
    from bragfolio.core.read.frontmatter import Halves
    from bragfolio.model.common import Common
    from bragfolio.model.entry import Entry
    from bragfolio.model.tree import SourceFile

_BODY: Final = Decoder(tuple[Prose, list[Problem]])


class Memory:
    """What a process that goes on, like a server, knows of the entries that it read last: they are neither parsed nor judged again."""

    def __init__(self) -> None:
        self.entries: dict[bytes, tuple[Entry[Common] | None, list[Problem]]] = {}
        """By key, see `key_of`."""
        self.files: dict[str, tuple[tuple[int, int, int, int], SourceFile]] = {}
        """As they were seen last (`edge.tree.Seen`)."""


class Known(Struct, frozen=True):
    """What was read, still packed."""

    about: bytes
    """A digest of everything else that reading depends on: the program and its libraries."""
    bodies: dict[bytes, Raw] = {}
    """By file, place and text."""
    keys: dict[bytes, Raw] = {}
    """By kind, file and text: the keys of entries that have no overlay, and in which nothing is wrong."""

    def __len__(self) -> int:
        return len(self.bodies) + len(self.keys)


def joined(one: Known, other: Known) -> Known:
    """Return what either knows."""
    return Known(one.about, {**one.bodies, **other.bodies}, {**one.keys, **other.keys})


def less(one: Known, other: Known) -> Known:
    """Return what *one* knows and *other* does not."""
    bodies = {key: raw for key, raw in one.bodies.items() if key not in other.bodies}
    return Known(one.about, bodies, {key: raw for key, raw in one.keys.items() if key not in other.keys})


def key_of(unit: Unit) -> bytes:
    """Return a digest of what is read for *unit*: its files with their names."""
    about = hashlib.blake2b(digest_size=16)
    for file in (unit.file, unit.overlay):
        if file:
            data = file.data or b""
            about.update(f"{file.path}\0{len(data)}\0".encode(errors="surrogateescape"))
            about.update(data)
    return about.digest()


def unpack_known(data: bytes, about: bytes) -> Known:
    """Return what `pack_known` took; nothing when it is something else, or was read by another program."""
    try:
        known = Decoder(Known).decode(data)
    except (DecodeError, ValueError):
        return Known(about)
    return known if known.about == about else Known(about)


def pack_known(known: Known) -> bytes:
    """Return *known* as bytes."""
    return Encoder().encode(known)


class Recollection:
    """What was read of one portfolio: what is known, and whose bodies somebody has to parse."""

    def __init__(self, known: Known, units: Sequence[OpenUnit]) -> None:
        self._known = known
        self._units = units
        self._keys = [_key_of_keys(unit) for unit in units]
        self._body_keys = [[_key_of_body(halves) for halves in unit.bodies] for unit in units]
        self._bodies = [_recall_bodies(known.bodies, keys) for keys in self._body_keys]
        self.authored = [
            _recall_keys(unit.unit.kind, known.keys.get(key)) for unit, key in zip(units, self._keys, strict=True)
        ]
        """The keys of each unit, where they are known."""
        self.missing = [unit for unit, bodies in zip(units, self._bodies, strict=True) if bodies is None]
        """Units with a body of which nothing is known."""

    def complete(
        self, parsed: Sequence[list[ParsedBody]], decoded: Sequence[DecodedUnit]
    ) -> tuple[list[list[ParsedBody]], Known]:
        """Return the bodies of all units, *parsed* being those of the missing ones, and what to remember now."""
        more, encoder = iter(parsed), Encoder()
        now = Known(self._known.about, {}, {})
        bodies = [next(more) if found is None else found for found in self._bodies]
        for keys, found in zip(self._body_keys, bodies, strict=True):
            for key, body in zip(keys, found, strict=True):
                if key in self._known.bodies:
                    now.bodies[key] = self._known.bodies[key]
                    continue
                with contextlib.suppress(UnicodeEncodeError):  # half a letter of UTF-16, which a reference can name
                    now.bodies[key] = Raw(encoder.encode(body))
        for key, authored, unit in zip(self._keys, self.authored, decoded, strict=True):
            if authored is not None:
                now.keys[key] = self._known.keys[key]
            elif key and unit.authored is not None and not unit.problems:
                packed = _pack_keys(unit.authored)
                if packed:
                    now.keys[key] = packed
        return bodies, now


def _key_of_keys(unit: OpenUnit) -> bytes:
    """Return a digest of what the keys of *unit* are read from, `b""` when they are not remembered."""
    if unit.file is None or unit.unit.overlay or unit.problems:
        return b""
    return _digest(f"{unit.unit.kind}\0{unit.file.file}\0{unit.file.front}")


def _key_of_body(halves: Halves) -> bytes:
    return _digest(f"{halves.file}\0{halves.body_line}\0{halves.body}")


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def _recall_bodies(known: dict[bytes, Raw], keys: list[bytes]) -> list[ParsedBody] | None:
    try:
        return [_BODY.decode(known[key]) for key in keys]
    except (KeyError, ValidationError, DecodeError, ValueError):
        return None


def _recall_keys(kind: str, packed: Raw | None) -> Common | None:
    if packed is None:
        return None
    with contextlib.suppress(ValidationError, DecodeError, ValueError, ScalarError):
        return cast("Common", _decoder(kind).decode(packed))
    return None


def _pack_keys(authored: Common) -> Raw | None:
    """Return the keys of an entry as bytes, None where they would not come back as they are."""
    try:
        packed = Raw(_KEYS.encode(authored))
    except (TypeError, ValueError):
        return None
    kind = next(kind.name for kind in KIND_BY_NAME.values() if kind.model is type(authored))
    return packed if _recall_keys(kind, packed) == authored else None


@cache
def _decoder(kind: str) -> Decoder[object]:
    return Decoder(KIND_BY_NAME[kind].model, dec_hook=_unpack_scalar)


def _unpack_scalar(kind: type, value: object) -> object:
    """Return the scalar that was written as *value*; free keys are what they are."""
    return value if kind is object else kind.parse(value)  # type: ignore[attr-defined] # each of model.scalars has it


def _pack_scalar(value: object) -> str:
    text = getattr(value, "text", None)
    return text if isinstance(text, str) else str(value)


_KEYS: Final = Encoder(enc_hook=_pack_scalar)
