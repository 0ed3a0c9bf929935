"""Texts: every word of a portfolio, with what it is; of a projection, what its audience may see."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, cast

from msgspec import Struct

from bragfolio.core.read.markdown import Prose
from bragfolio.core.read.portfolio import STATIC, is_attachment
from bragfolio.core.scan.protected import Hidden
from bragfolio.model.kinds import KIND_BY_NAME
from bragfolio.model.tree import label

if TYPE_CHECKING:
    from bragfolio.core.link.references import Linked
    from bragfolio.core.project.projection import Projection
    from bragfolio.core.read.yaml_tree import Tree
    from bragfolio.model.entry import Portfolio

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
_TAG: Final = re.compile(r"<[^<>]*>")
_GAP: Final = re.compile("\x02/?[0-9]+\x03")
_SCHEME: Final = re.compile(r"^(?:https?|mailto|tel):")
_NUMBER: Final = re.compile(r"[\d\W_]*")


def hidden_texts(portfolio: Portfolio, linked: Linked, files: Iterable[tuple[str, Tree]]) -> Iterator[Hidden]:
    """Yield every text of *portfolio* and of the other private *files*, whoever may see it: what may be seen is taken off later."""
    yield from _of_entries(portfolio, linked)
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


def _of_entries(portfolio: Portfolio, linked: Linked) -> Iterator[Hidden]:
    visible = {item.files[-1]: item for item in linked.projection.items}
    for entry in portfolio.entries:
        item = visible.get(entry.path)
        versions = [(entry.source.file, entry.version)]
        versions += [(entry.overlay.source.file, entry.overlay.version)] if entry.overlay else []
        for file, version in versions:
            yield from _of_struct(file, version.authored, less=item.authored if item else None)
            bodies = cast("tuple[Prose, ...]", version.bodies)
            for body in bodies if item is None else (body for body in bodies if body not in item.bodies):
                yield from (Hidden(f"{file}: body", "a text", part) for part in _prose(body))
        if item is None:
            folder = KIND_BY_NAME[entry.kind].folder
            yield Hidden(f"{entry.source.file}: its name", "an address", f"{folder} {entry.id}", is_name=True)


def visible_texts(projection: Projection) -> Iterator[str]:
    """Yield every text that the audience of *projection* may see."""
    for item in projection.items:
        yield from (one.text for one in _of_struct("", item.authored, everything=True))
        yield from (part for body in item.bodies for part in _prose(body))
        yield f"{KIND_BY_NAME[item.kind].folder} {item.id}"
        yield item.id
    for listed in (*projection.education, *projection.credentials):
        yield from (one.text for one in _of_struct("", listed, everything=True))
    yield from (one.text for one in _of_struct("", projection.config, everything=True))


def campaign_texts(linked: Linked) -> Iterator[Hidden]:
    """Yield what unlisted campaigns say: others of the site's pages must not lead to them."""
    for item in linked.projection.campaigns:
        if item.authored.unlisted:
            file = label(item.files[-1])
            yield from _of_struct(file, item.authored)
            yield from (Hidden(f"{file}: body", "a text", part) for body in item.bodies for part in _prose(body))
            for folder in ("campaigns", "one-pagers"):
                yield Hidden(f"{file}: its name", "an address", f"{folder} {item.id}", is_name=True)


def _of_struct(place: str, struct: Struct, *, everything: bool = False, less: Struct | None = None) -> Iterator[Hidden]:
    """Yield the texts of *struct*; of the keys that *less* says the same of, none."""
    keys = [name for name in struct.__struct_fields__ if everything or name not in _LEFT_OUT]
    if less is not None:
        keys = [name for name in keys if getattr(struct, name) != getattr(less, name)]
    waiting: list[tuple[str, object]] = [(name, getattr(struct, name)) for name in keys]
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, Struct):
            waiting += [
                (name, getattr(value, name)) for name in value.__struct_fields__ if everything or name not in _LEFT_OUT
            ]
        elif isinstance(value, dict):
            waiting += value.items()
            waiting += [(key, name) for name in value]
        elif isinstance(value, (tuple, list)):
            waiting += [(key, part) for part in value]
        elif isinstance(value, str) and value and (everything or key not in _IDENTIFIERS):
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
    # Pages add the scheme to an address, or leave it away.
    return Hidden(f"{place}: {key}", _NAMES.get(key, "a text"), _SCHEME.sub("", text), is_name=key in _NAMES)


def _prose(body: Prose) -> list[str]:
    """Return the paragraphs of a body as they read, and the alternatives of its pictures."""
    blocks = re.split(r"</(?:p|li|h[1-6]|td|th|pre)>", body.html)
    texts = [html.unescape(_GAP.sub(" ", _TAG.sub("", block))) for block in blocks]
    return [*texts, *(use.text for use in body.uses), *(use.target for use in body.uses)]
