"""Redact: words that an audience reads something else for, wherever they stand in what it may see.

Addresses, numbers and old paths that say such a word are left out, with the item that they belong to, since half of one
is none. What is split by markup, or stands within an attached file, is not replaced: the scan finds it.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final, TypeVar, cast

from msgspec import Struct, structs

from bragfolio.core.read.markdown import Prose, Use, UseKind, words_in
from bragfolio.model.scalars import FilePath, Quantity, SitePath, SlugText, Url
from bragfolio.model.slugs import slugify

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bragfolio.model.site import Redact

S = TypeVar("S", bound=Struct)
_WORD: Final = re.compile(r"[^\W_]+")
_TAG: Final = re.compile(r"(<[^<>]*>)")
_IDS: Final = frozenset({"id", "role", "position", "proof", "include", "exclude", "roles"})
"""Keys that hold ids, which stay one word."""
_ADDRESSES: Final = frozenset({"value", "username"})
"""Keys that hold addresses as plain text."""
_FORMAT: Final = frozenset({
    "type", "scope", "kind", "intent", "visibility", "consent", "audience", "lang", "better", "order", "context", "theme", "timezone", "language",
    "repository", "default_visibility", "template",
})  # fmt: skip
"""Keys whose values are words of the format."""
_ID_WITHOUT_LETTERS: Final = "redacted"
_DROPPED: Final = object()


class Redaction(Struct, frozen=True):
    """What one audience must not read."""

    pattern: re.Pattern[str]
    replacements: dict[tuple[str, ...], str]
    """By the words, case-folded."""

    @property
    def words(self) -> list[str]:
        """What is replaced, case-folded."""
        return [" ".join(words) for words in self.replacements]

    def says(self, text: str) -> bool:
        """Tell whether *text* says a word that is to be replaced."""
        return bool(self.pattern.search(text))

    def text(self, text: str) -> str:
        """Return *text* with other words."""
        return self.pattern.sub(lambda match: self.replacements[_words(match[0])], text)

    def id(self, text: str) -> str:
        """Return an id, or a part of an address, with other words."""
        return self.pattern.sub(lambda match: slugify(self.replacements[_words(match[0])]) or _ID_WITHOUT_LETTERS, text)

    def path(self, path: str) -> str:
        """Return the path of a file to be published with other words; its last part keeps its ending."""
        stem, dot, ending = path.rpartition(".")
        return self.id(stem) + dot + ending if dot and "/" not in ending else self.id(path)


def redaction_for(rules: tuple[Redact, ...], audience: str, sees: Mapping[str, Collection[str]]) -> Redaction | None:
    """Return what *audience* must not read by *rules*, None when that is nothing; *sees* says who sees what whose.

    What is replaced for an audience is replaced for those, too, whose items it sees: the public reads no more than company.
    """
    replacements: dict[tuple[str, ...], str] = {}
    for rule in rules:
        is_meant = not rule.audiences or any(audience in sees.get(name, ()) for name in rule.audiences)
        if is_meant and _words(rule.text):
            replacements.setdefault(_words(rule.text), rule.replacement)
    if not replacements:
        return None
    longest_first = sorted(replacements, key=lambda words: (-sum(map(len, words)), words))
    choices = "|".join(r"[\W_]+".join(map(re.escape, words)) for words in longest_first)
    return Redaction(re.compile(rf"(?<![^\W_])(?:{choices})(?![^\W_])", re.IGNORECASE), replacements)


def redact(struct: S, redaction: Redaction) -> S:
    """Return *struct* with other words in its texts; of itself it keeps everything but addresses that say them."""
    return cast("S", _struct(struct, redaction, is_whole=True))


def redact_prose(prose: Prose, redaction: Redaction) -> Prose:
    """Return a body with other words; links whose address says them become text."""
    parts: list[str] = []
    unlinked = False
    for part in _TAG.split(prose.html):
        if not part.startswith("<"):
            text = html.unescape(part)
            parts.append(html.escape(redaction.text(text), quote=False) if redaction.says(text) else part)
        elif part == "</a>" and unlinked:
            unlinked = False
        elif not redaction.says(html.unescape(part)):
            parts.append(part)
        elif part.startswith("<a "):
            unlinked = True
        else:
            parts.append(part.split(" ", 1)[0] + ">")
    uses = tuple(_use(use, redaction) for use in prose.uses)
    redacted = "".join(parts)
    return Prose(prose.file, redacted, uses, redaction.text(prose.lead), words_in(redacted))


def _use(use: Use, redaction: Redaction) -> Use:
    target = redaction.id(use.target) if use.kind is UseKind.WIKI else use.target
    fragment = "" if redaction.says(use.fragment) else use.fragment
    return Use(use.kind, target, fragment, redaction.text(use.text), use.span)


def _struct(struct: Struct, redaction: Redaction, *, is_whole: bool) -> object:
    changes: dict[str, object] = {}
    for name in struct.__struct_fields__:
        value = getattr(struct, name)
        new = _value(name, value, redaction)
        if new is _DROPPED and not is_whole:
            return _DROPPED
        if new is not value:
            changes[name] = None if new is _DROPPED else new
    return structs.replace(struct, **changes) if changes else struct


def _value(name: str, value: object, redaction: Redaction) -> object:
    if isinstance(value, str):
        return _text(name, value, redaction)
    if isinstance(value, Quantity):
        return _DROPPED if redaction.says(value.text) else value
    if isinstance(value, Struct):
        return _struct(value, redaction, is_whole=False)
    if isinstance(value, tuple):
        parts = tuple(_value(name, part, redaction) for part in value)
        return tuple(part for part in parts if part is not _DROPPED) if parts != value else value
    return value


def _text(name: str, value: str, redaction: Redaction) -> object:
    if name in _FORMAT or isinstance(value, FilePath) or not redaction.says(value):
        return value
    if isinstance(value, Url | SitePath) or name in _ADDRESSES:
        return _DROPPED
    if isinstance(value, SlugText):
        return SlugText(redaction.id(value))
    return redaction.id(value) if name in _IDS else redaction.text(value)


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))
