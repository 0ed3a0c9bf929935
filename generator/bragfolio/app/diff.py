"""Diff: what the site of one audience shows that the site of another does not."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct, structs

from bragfolio.app.build import load_renderer
from bragfolio.app.explain import Rehearsal, rehearse
from bragfolio.app.prepare import Read, UnknownAudience, read
from bragfolio.core.project.explain import RULE_ITSELF
from bragfolio.core.project.redact import redact
from bragfolio.core.read.markdown import fill
from bragfolio.core.read.shape import did_you_mean
from bragfolio.model.kinds import KINDS, LIST_KINDS
from bragfolio.model.tree import unlabel
from bragfolio.problems import Problem, in_order

if TYPE_CHECKING:
    from bragfolio.core.link.references import Linked, LinkedBody

SITE: Final = "site"
"""The kind of what site.yaml says."""
_ORDER: Final = [*(kind.name for kind in KINDS), *(kind.name for kind in LIST_KINDS), SITE]
Key = tuple[str, str]
"""Kind and id; of what stands in a list its file and its place there, from 1: `education.yaml 2`."""


class FieldDiff(Struct, frozen=True):
    """A key that two audiences see differently."""

    field: str
    one: str
    """Its value for the one audience, as JSON; of a list, what the other has not; `""` for nothing."""
    other: str


class ItemDiff(Struct, frozen=True):
    """An item that both audiences see, differently."""

    kind: str
    id: str
    fields: tuple[FieldDiff, ...]


class Sides(Struct, frozen=True):
    """What only one of two sites has."""

    one: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    different: tuple[str, ...] = ()
    """In both, with other bytes."""
    same: int = 0


class DiffReport(Struct, frozen=True):
    """How the sites of two audiences differ."""

    problems: tuple[Problem, ...]
    """Errors alone; with any, nothing was compared."""
    only_one: tuple[Key, ...] = ()
    only_other: tuple[Key, ...] = ()
    items: tuple[ItemDiff, ...] = ()
    files: Sides | None = None


def diff(root: Path, one: str, other: str, as_of: dt.date | None) -> DiffReport:
    """Return what the sites of two audiences have each for itself. Raise `prepare.UnknownAudience`."""
    found = read(root, as_of)
    for audience in (one, other):
        if audience not in found.audiences.names:
            if not found.portfolio.is_config_whole:
                return DiffReport(tuple(in_order([problem for problem in found.problems if problem.is_error])))
            raise UnknownAudience(f"there is no audience “{audience}”; {did_you_mean(audience, found.audiences.names)}")
    renderer = load_renderer(root, found.portfolio.config, found.portfolio.config_source)
    sites = [rehearse(root, found, renderer, audience) for audience in (one, other)]
    problems = in_order([problem for site in sites for problem in site.problems])
    if problems:
        return DiffReport(tuple(problems))
    items, others = (_items(found, site.linked) for site in sites)
    both = sorted(items.keys() & others.keys(), key=_rank)
    differences = (ItemDiff(*key, tuple(_fields(items[key], others[key]))) for key in both)
    return DiffReport(
        problems=(),
        only_one=tuple(sorted(items.keys() - others.keys(), key=_rank)),
        only_other=tuple(sorted(others.keys() - items.keys(), key=_rank)),
        items=tuple(found for found in differences if found.fields),
        files=_compare_files(*sites),
    )


def _rank(key: Key) -> tuple[int, str, int, str]:
    kind, id_ = key
    file, _, number = id_.rpartition(" ") if kind not in {known.name for known in KINDS} else (id_, "", "0")
    return _ORDER.index(kind), file, int(number or 0), id_


def _items(found: Read, linked: Linked) -> dict[Key, dict[str, object]]:
    """Return everything that *linked* shows, with the value of each key."""
    projection = linked.projection
    keys = {(item.kind, item.id): (item.kind, item.written_id) for item in projection.items}
    items = {keys[item.kind, item.id]: _values(item.authored) for item in projection.items}
    for key, bodies in linked.bodies.items():
        items[keys[key]]["body"] = tuple(_lead(body) for body in bodies)
    redaction = found.audiences.redactions.get(projection.audience)
    shown = (*projection.education, *projection.credentials)
    for listed in found.portfolio.lists:
        seen = redact(listed.authored, redaction) if redaction else listed.authored
        if any(seen is one or (redaction and seen == one) for one in shown):
            items[listed.kind, f"{unlabel(listed.source.file)} {listed.index + 1}"] = _values(seen)
    config = projection.config
    person = {f"person.{name}": value for name, value in _values(config.person).items()}
    items[SITE, ""] = {"title": config.title, "description": config.description, **person}
    return items


def _lead(body: LinkedBody) -> str:
    return fill(body.prose.lead, lambda number, _: body.shown(number))


def _values(authored: Struct) -> dict[str, object]:
    return {
        field.encode_name: getattr(authored, field.name)
        for field in structs.fields(authored)
        if field.name != RULE_ITSELF
    }


def _fields(one: Mapping[str, object], other: Mapping[str, object]) -> Iterator[FieldDiff]:
    for name in one:
        mine, yours = one[name], other[name]
        if mine != yours:
            beyond = (_text(_beyond(mine, yours)), _text(_beyond(yours, mine)))
            yield FieldDiff(name, *(beyond if any(beyond) else (_text(mine), _text(yours))))


def _beyond(mine: object, yours: object) -> object:
    """Return of a list what another has not, of anything else all of it."""
    if isinstance(mine, tuple) and isinstance(yours, tuple):
        return tuple(item for item in mine if item not in yours)
    return mine


def _text(value: object) -> str:
    """Return *value* as JSON, `""` for nothing."""
    if value in (None, "", (), {}):
        return ""
    plain = msgspec.to_builtins(value, enc_hook=lambda scalar: getattr(scalar, "text", None) or str(scalar))
    return json.dumps(_full(plain), ensure_ascii=False)


def _full(value: object) -> object:
    """Return *value* without the keys that are not set."""
    if isinstance(value, dict):
        return {key: _full(part) for key, part in value.items() if part not in (None, "", [], (), {}, False)}
    return [_full(part) for part in value] if isinstance(value, list | tuple) else value


def _compare_files(one: Rehearsal, other: Rehearsal) -> Sides:
    """Compare two sites; what is copied from the same file is the same."""
    mine: dict[str, object] = {**one.copies, **one.files}
    yours: dict[str, object] = {**other.copies, **other.files}
    both = sorted(mine.keys() & yours.keys())
    different = tuple(path for path in both if mine[path] != yours[path])
    return Sides(
        one=tuple(sorted(mine.keys() - yours.keys())),
        other=tuple(sorted(yours.keys() - mine.keys())),
        different=different,
        same=len(both) - len(different),
    )
