"""Slugs: the last part of an address, made from an id or a name alone, never from its neighbours."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache
from typing import Final

from bragfolio.model.scalars import MAX_SLUG, RESERVED_NAME

_PLAIN: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_WORDS: Final = re.compile(r"[A-Za-z0-9]+([ -]+[A-Za-z0-9]+)*")
_BETWEEN: Final = re.compile(r"[ -]+")
_MEANINGFUL: Final = (
    (re.compile(r"(?<=\w)#"), "-sharp"),
    (re.compile(r"\+"), "-plus"),
    (re.compile(r"(?<!\w)\.(?=\w)"), "dot-"),
)
"""Signs that tell names apart: C, C#, C++ and .NET are four skills."""

_LIST: Final = "index"
"""The list of a kind is at this name."""


@cache
def slugify(text: str) -> str:
    """Return *text* in lower-case ASCII words joined by hyphens, at most 80 characters.

    What is cut ends in a hash of the whole; what has no letters (an emoji) is a hash alone, and what Windows reserves
    gets an x in front, as does `index`, where the list of each kind is. Composed and decomposed accents give the same slug.
    """
    if text.casefold() == _LIST:
        return f"x-{_LIST}"
    if _PLAIN.fullmatch(text) and len(text) <= MAX_SLUG and not RESERVED_NAME.fullmatch(text):
        return text
    composed = unicodedata.normalize("NFC", text)
    digest = hashlib.sha256(composed.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    for sign, word in _MEANINGFUL:
        composed = sign.sub(word, composed)
    slug = _transliterate(composed)
    if not slug:
        return f"x-{digest}"
    if RESERVED_NAME.fullmatch(slug) or slug == _LIST:
        return f"x-{slug}"
    return slug if len(slug) <= MAX_SLUG else f"{slug[: MAX_SLUG - 9].rstrip('-')}-{digest}"


def _transliterate(text: str) -> str:
    if _WORDS.fullmatch(text):  # nearly all names are: the library is loaded for the rest
        return _BETWEEN.sub("-", text.lower())
    from slugify import slugify as transliterate

    return transliterate(text)
