"""Memory: what a scan found clean, so that the next one reads only what is new; there is no word of a portfolio in it."""

from __future__ import annotations

from msgspec import DecodeError, Struct
from msgspec.msgpack import Decoder, Encoder

from bragfolio.core.scan.protected import Known


class Memory(Struct, frozen=True):
    """What one build found out, for the next."""

    about: bytes
    """A digest of everything else that the answers depend on: the program, the audience, which pages may say more."""
    hidden: Known
    unlisted: Known
    clean: dict[str, str]
    """The digest of each published file, by path: none of them told anything protected."""


def remember(packed: bytes, about: bytes) -> Memory | None:
    """Return what `pack_memory` took, None when it is damaged or is about something else."""
    try:
        memory = Decoder(Memory).decode(packed)
    except (DecodeError, ValueError):
        return None
    return memory if memory.about == about else None


def pack_memory(memory: Memory) -> bytes:
    """Return *memory* as bytes."""
    return Encoder().encode(memory)
