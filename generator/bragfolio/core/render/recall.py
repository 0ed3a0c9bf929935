"""Recall: names what a page is rendered from, so that one that was rendered from the same need not be rendered again."""

from __future__ import annotations

import hashlib
from typing import Final

from msgspec import DecodeError, Struct
from msgspec.msgpack import Decoder, Encoder, Ext

_TEXT: Final = 1


class Page(Struct, frozen=True, array_like=True):
    """What a page was rendered from."""

    light: bytes = b""
    """What `outline.light_key` says of it, which costs little."""
    key: bytes = b""
    """What `context_key` says of it, for which its context has to be made."""
    digest: str = ""
    """Of its bytes."""


class Rendered(Struct, frozen=True):
    """What a build rendered, for the next one into the same folder."""

    about: bytes
    """A digest of the templates, the program and its libraries."""
    pages: dict[str, Page]
    """By path."""


def context_key(template: str, context: Struct) -> bytes:
    """Return a digest of *template* with *context*, `b""` where that holds something whose text may not be all it is."""
    packed = pack(context)
    if packed is None:
        return b""
    return hashlib.blake2b(packed, digest_size=16, person=hashlib.sha256(template.encode()).digest()[:16]).digest()


def pack(value: object) -> bytes | None:
    """Return plain values, texts and structs of them as bytes that differ where they do, None for anything else."""
    try:
        return _ENCODER.encode(value)
    except (TypeError, ValueError, OverflowError, RecursionError):
        return None


def pack_rendered(rendered: Rendered) -> bytes:
    """Return *rendered* as bytes. Raise UnicodeEncodeError where the name of a file is no text."""
    return Encoder().encode(rendered)


def unpack_rendered(packed: bytes, about: bytes) -> Rendered:
    """Return what `pack_rendered` took; nothing when it is something else, or was rendered by another program."""
    try:
        rendered = Decoder(Rendered).decode(packed)
    except (DecodeError, ValueError):
        return Rendered(about, {})
    return rendered if rendered.about == about else Rendered(about, {})


def _pack_other(value: object) -> Ext:
    """Pack text that is more than text: an address, or what is escaped already. Anything else is refused."""
    if isinstance(value, str):
        return Ext(_TEXT, f"{type(value).__name__}\0{value}".encode())
    raise TypeError(type(value).__name__)


_ENCODER: Final = Encoder(enc_hook=_pack_other)
