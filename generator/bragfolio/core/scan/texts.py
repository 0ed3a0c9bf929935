"""Texts: every word of a portfolio, with what it is; of a projection, what its audience may see."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, cast

from msgspec import Struct

from bragfolio.core.read.markdown import Prose
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
_NUMBER: Final = re.compile(r"[\d\W_]*")


def hidden_texts(portfolio: Portfolio, linked: Linked, files: Iterable[tuple[str, Tree]]) -> Iterator[Hidden]:
    """Yield every text of *portfolio* and of the other private *files*, whoever may see it: what may be seen is taken off later."""
    visible = {(item.kind, item.id) for item in linked.projection.items}
    for entry in portfolio.entries:
        is_visible = (entry.kind, entry.id) in visible
        versions = [(entry.source.file, entry.version)]
        versions += [(entry.overlay.source.file, entry.overlay.version)] if entry.overlay else []
        for file, version in versions:
            yield from _of_struct(file, version.authored)
            for body in cast("tuple[Prose, ...]", version.bodies):
                yield from (Hidden(f"{file}: body", "a text", part) for part in _prose(body))
        if not is_visible:
            folder = KIND_BY_NAME[entry.kind].folder
            yield Hidden(f"{entry.source.file}: its name", "an address", f"{folder} {entry.id}", is_name=True)
    for item in portfolio.lists:
        yield from _of_struct(f"{item.source.file}: {item.index}", item.authored)
    yield from _of_struct(portfolio.config_source.file, portfolio.config.person)
    if portfolio.overlay and portfolio.overlay_source:
        yield from _of_struct(portfolio.overlay_source.file, portfolio.overlay)
    for file, tree in files:
        yield from _of_tree(file, "", tree)
    for path in sorted(portfolio.files):
        stem = path.rpartition("/")[2].rpartition(".")[0]
        if path not in linked.assets and not path.endswith((".md", ".yaml", ".csv")) and "static/" not in path:
            yield Hidden(f"{label(path)}: its name", "a file's name", stem, is_name=len(stem.split("-")) > 1)


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


def _of_struct(place: str, struct: Struct, *, everything: bool = False) -> Iterator[Hidden]:
    waiting: list[tuple[str, object]] = [("", struct)]
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
    return Hidden(f"{place}: {key}", _NAMES.get(key, "a text"), text, is_name=key in _NAMES)


def _prose(body: Prose) -> list[str]:
    """Return the paragraphs of a body as they read, and the alternatives of its pictures."""
    blocks = re.split(r"</(?:p|li|h[1-6]|td|th|pre)>", body.html)
    texts = [html.unescape(_GAP.sub(" ", _TAG.sub("", block))) for block in blocks]
    return [*texts, *(use.text for use in body.uses), *(use.target for use in body.uses)]
