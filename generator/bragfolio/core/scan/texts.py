"""Texts: every word of a portfolio, with what it is; of a projection, what its audience may see."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache, partial
from hashlib import sha256
from operator import attrgetter
from typing import TYPE_CHECKING, Final, TypeVar, cast

from msgspec import Struct, to_builtins
from msgspec.msgpack import Encoder

from bragfolio.core.link.addresses import skill_page
from bragfolio.core.read.markdown import Prose
from bragfolio.core.read.portfolio import STATIC, is_attachment
from bragfolio.core.scan.protected import Hidden, Part
from bragfolio.model.kinds import KIND_BY_NAME
from bragfolio.model.tree import label

if TYPE_CHECKING:
    from bragfolio.core.link.references import Linked
    from bragfolio.core.project.projection import Item, Projection
    from bragfolio.core.read.yaml_tree import Tree
    from bragfolio.model.common import Common
    from bragfolio.model.entry import Portfolio

T = TypeVar("T")
_KEY_BYTES: Final = 16
_NAMES: Final = {
    "title": "a title", "name": "a name", "employer": "a name", "institution": "a name", "project": "a name", "byline": "a name",
    "value": "an address", "url": "an address", "username": "a name",
}  # fmt: skip
"""Keys that name something, with what everybody may be told of it."""
_IDENTIFIERS: Final = frozenset(
    {"role", "position", "id", "person", "goals", "ladder", "manager", "skip", "collaborators", "to", "posting"}
)
_LEFT_OUT: Final = frozenset({
    "type", "scope", "kind", "intent", "visibility", "consent", "audience", "lang", "unit", "better", "currency", "period", "order",
    "context", "change", "proof", "include", "exclude", "roles", "redirects", "slug", "image", "file", "digest", "source", "template", "page",
})  # fmt: skip
"""Keys whose values are words of the format, or names of files, which are looked at elsewhere."""
_BLOCK_END: Final = re.compile(r"</(?:p|li|h[1-6]|td|th|pre)>")
_MARK: Final = "\x1f"
"""No body has this letter."""
_TAG: Final = re.compile(r"<[^<>]*>")
_GAP: Final = re.compile("\x02/?[0-9]+\x03")
_SCHEME: Final = re.compile(r"^(?:https?|mailto|tel):")
_NUMBER: Final = re.compile(r"[\d\W_]*")


def hidden_parts(portfolio: Portfolio, linked: Linked, files: Iterable[tuple[str, Tree]]) -> Iterator[Part[Hidden]]:
    """Yield every text of *portfolio* and of the other private *files*, whoever may see it: what may be seen is taken off later."""
    yield from _of_entries(portfolio, linked)
    yield fixed_part(_hidden_elsewhere(portfolio, linked, files))


def _of_entries(portfolio: Portfolio, linked: Linked) -> Iterator[Part[Hidden]]:
    visible = {item.files[-1]: item for item in linked.projection.items}
    shown = {ref.path for ref in linked.skills.skills}
    for entry in portfolio.entries:
        item = visible.get(entry.path)
        versions = [(entry.source.file, entry.version)]
        versions += [(entry.overlay.source.file, entry.overlay.version)] if entry.overlay else []
        for file, version in versions:
            every = cast("tuple[Prose, ...]", version.bodies)
            bodies = every if item is None else tuple(body for body in every if body not in item.bodies)
            less = item.authored if item else None
            if bodies or less is None or _says_more(version.authored, less):
                yield Part(
                    _key((file, version.authored, bodies, less)),
                    partial(_of_version, file, version.authored, bodies, less),
                )
        if item is None and not (entry.kind == "skill" and skill_page(entry.id) in shown):  # achievements name it
            folder = KIND_BY_NAME[entry.kind].folder
            address = Hidden(f"{entry.source.file}: its name", "an address", f"{folder} {entry.id}", is_name=True)
            yield fixed_part([address])


def _says_more(authored: Struct, less: Struct) -> bool:
    values = _values_of(type(authored))
    return bool(values(authored) != values(less))


@cache
def _values_of(struct: type[Struct]) -> attrgetter[object]:
    return attrgetter(*(name for name in struct.__struct_fields__ if name not in _LEFT_OUT))


def _of_version(file: str, authored: Struct, bodies: tuple[Prose, ...], less: Struct | None) -> Iterator[Hidden]:
    yield from _of_struct(file, authored, less=less)
    yield from (Hidden(f"{file}: body", "a text", part) for body in bodies for part in _prose(body))


def _hidden_elsewhere(portfolio: Portfolio, linked: Linked, files: Iterable[tuple[str, Tree]]) -> Iterator[Hidden]:
    """Yield the texts of lists, settings and the other private files, and the names of files that are attached to nothing visible."""
    for listed in portfolio.lists:
        yield from _of_struct(f"{listed.source.file}: {listed.index}", listed.authored)
    yield from _of_struct(portfolio.config_source.file, portfolio.config.person)
    if portfolio.overlay and portfolio.overlay_source:
        yield from _of_struct(portfolio.overlay_source.file, portfolio.overlay)
    for file, tree in files:
        yield from _of_tree(file, "", tree)
    for path in sorted(portfolio.files):
        stem = path.rpartition("/")[2].rpartition(".")[0]
        if is_attachment(path) and path not in linked.assets and not path.startswith(STATIC):
            yield Hidden(f"{label(path)}: its name", "a file's name", stem, is_name=len(stem.split("-")) > 1)


class Visible(Struct, frozen=True):
    """Every text that the audience of a projection may see, and those that everybody may: part by part, as often as asked."""

    projection: Projection
    always: Part[str]

    def __iter__(self) -> Iterator[Part[str]]:
        """Yield the parts; those first that say most of what a portfolio without secrets has for somebody to hide."""
        yield self.always
        yield from visible_parts(self.projection)


def visible_parts(projection: Projection) -> Iterator[Part[str]]:
    """Yield every text that the audience of *projection* may see."""
    for struct in (projection.config, *projection.education, *projection.credentials):
        yield Part(_key(struct), partial(_everything, struct))
    for item in projection.items:
        folder = KIND_BY_NAME[item.kind].folder
        yield Part(_key((folder, item.id, item.authored, item.bodies)), partial(_of_item, folder, item))


def _of_item(folder: str, item: Item[Common]) -> Iterator[str]:
    yield from _everything(item.authored)
    yield from (part for body in item.bodies for part in _prose(body))
    yield f"{folder} {item.id}"
    yield item.id


def _everything(struct: Struct) -> Iterator[str]:
    waiting: list[object] = [struct]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            if value:
                yield _without_scheme(value)
        elif isinstance(value, Struct):
            waiting += [getattr(value, name) for name in value.__struct_fields__]
        elif isinstance(value, dict):
            waiting += value.values()
            waiting += value
        elif isinstance(value, (tuple, list)):
            waiting += value


def campaign_parts(linked: Linked) -> Iterator[Part[Hidden]]:
    """Yield what unlisted campaigns say: others of the site's pages must not lead to them."""
    yield fixed_part(_of_campaigns(linked))


def _of_campaigns(linked: Linked) -> Iterator[Hidden]:
    for item in linked.projection.campaigns:
        if item.authored.unlisted:
            file = label(item.files[-1])
            yield from _of_struct(file, item.authored)
            yield from (Hidden(f"{file}: body", "a text", part) for body in item.bodies for part in _prose(body))
            for folder in ("campaigns", "one-pagers"):
                yield Hidden(f"{file}: its name", "an address", f"{folder} {item.id}", is_name=True)


def _name_of(value: object) -> list[str]:
    return [type(value).__name__, str(value)]


_ENCODER: Final = Encoder(enc_hook=_name_of, decimal_format="number")


def _key(values: object) -> bytes:
    """Return a digest of everything that *values* say: other texts, another key."""
    try:
        encoded = _ENCODER.encode(values)
    except UnicodeEncodeError:  # half of a letter of UTF-16, which YAML can write as an escape
        encoded = json.dumps(to_builtins(values, enc_hook=_name_of)).encode()
    return sha256(encoded).digest()[:_KEY_BYTES]


def fixed_part(texts: Iterable[T]) -> Part[T]:
    """Return *texts*, which are there already, as a part."""
    there = tuple(texts)
    return Part(_key(there), lambda: there)


def _of_struct(place: str, struct: Struct, *, less: Struct | None = None) -> Iterator[Hidden]:
    """Yield the texts of *struct*; of the keys that *less* says the same of, none."""
    keys = [name for name in struct.__struct_fields__ if name not in _LEFT_OUT]
    if less is not None:
        keys = [name for name in keys if getattr(struct, name) != getattr(less, name)]
    waiting: list[tuple[str, object]] = [(name, getattr(struct, name)) for name in keys]
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, Struct):
            waiting += [(name, getattr(value, name)) for name in value.__struct_fields__ if name not in _LEFT_OUT]
        elif isinstance(value, dict):
            waiting += value.items()
            waiting += [(key, name) for name in value]
        elif isinstance(value, (tuple, list)):
            waiting += [(key, part) for part in value]
        elif isinstance(value, str) and value and key not in _IDENTIFIERS:
            yield _as_hidden(place, key, value)


def _of_tree(place: str, key: str, tree: Tree) -> Iterator[Hidden]:
    """Yield the texts of a private file that is no entry."""
    if isinstance(tree, dict):
        for name, part in tree.items():
            yield from _of_tree(place, str(name), part)
    elif isinstance(tree, list):
        for part in tree:
            yield from _of_tree(place, key, part)
    elif tree and key not in _LEFT_OUT and not _NUMBER.fullmatch(str(tree)):
        yield _as_hidden(place, key, str(tree))


def _as_hidden(place: str, key: str, text: str) -> Hidden:
    return Hidden(f"{place}: {key}", _NAMES.get(key, "a text"), _without_scheme(text), is_name=key in _NAMES)


def _without_scheme(text: str) -> str:
    """Return an address as pages may show it: they add the scheme, or leave it away."""
    return _SCHEME.sub("", text) if ":" in text else text


def _prose(body: Prose) -> list[str]:
    """Return the paragraphs of a body as they read, and the alternatives of its pictures."""
    marked = _BLOCK_END.sub(_MARK, body.html)
    texts = html.unescape(_GAP.sub(" ", _TAG.sub("", marked))).split(_MARK)
    return [*texts, *(use.text for use in body.uses), *(use.target for use in body.uses)]
