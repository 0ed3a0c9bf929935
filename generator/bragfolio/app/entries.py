"""Entries: what there is, who may see it, and how an entry comes out of private/."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from bragfolio.app.prepare import Read, read
from bragfolio.core.link.references import item_name
from bragfolio.core.project.projection import Item
from bragfolio.core.read.edit import set_key
from bragfolio.core.read.shape import did_you_mean
from bragfolio.edge.files import move_file, remove_empty_folders, write_files_atomically
from bragfolio.model.achievement import Achievement
from bragfolio.model.tree import CONTENT, PRIVATE, label
from bragfolio.problems import Problem, Span, error, in_order

if TYPE_CHECKING:
    from bragfolio.model.common import Common
    from bragfolio.model.entry import Entry


class Row(Struct, frozen=True):
    """An entry in a list."""

    kind: str
    id: str
    date: str
    visibility: str
    """As it was written, or what its place or the default gives."""
    state: str
    """`draft`, `until 2027-02-01`, `expired on 2026-01-31`, or `""`."""
    name: str
    file: str


class Publication(Struct, frozen=True):
    """What publishing an entry did."""

    file: str = ""
    """Where it is now; `""` when nothing was done."""
    moved: tuple[str, ...] = ()
    waits: str = ""
    """What still keeps it from everybody, `until 2027-02-01` or `expired on 2026-01-31`; `""` when nothing does."""
    problems: tuple[Problem, ...] = ()


def list_entries(root: Path, as_of: dt.date | None, kind: str | None) -> tuple[list[Row], list[Problem]]:
    """Return all entries, newest first, and what is wrong with those that are left out."""
    found = read(root, as_of)
    entries = [entry for entry in found.portfolio.entries if kind in {None, entry.kind}]
    rows = [_row(found, entry) for entry in entries]
    rows.sort(key=lambda row: row.id)
    rows.sort(key=lambda row: row.date, reverse=True)
    rows.sort(key=lambda row: row.kind)
    return rows, in_order(list(found.problems))


def publish_entry(root: Path, name: str, as_of: dt.date | None) -> Publication:
    """Move the entry *name* (`id` or `kind/id`) out of private/, with the files of its folder, and make it public."""
    found = read(root, as_of)
    kind, _, wanted = name.rpartition("/")
    matches = [e for e in found.portfolio.entries if e.id == wanted and kind in {"", e.kind}]
    if len(matches) != 1:
        return Publication(problems=(_not_found(found, name, matches),))
    entry = matches[0]
    problem = _unpublishable(entry)
    if problem:
        return Publication(problems=(problem,))
    text = (root / CONTENT / entry.path).read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    text = set_key(text, "visibility", "public")
    if entry.version.authored.draft:
        text = set_key(text, "draft", None)
    target = entry.path.removeprefix(PRIVATE)
    waits = _waits(found, entry)
    if target == entry.path:
        write_files_atomically(root / CONTENT, {target: text})
        return Publication(label(target), waits=waits)
    content = root / CONTENT
    beside = _files_beside(content, entry)
    taken = next((new for new in (target, *beside.values()) if (content / new).exists()), None)
    if taken:
        message = f"{label(taken)} is there already, and would be overwritten"
        problem = error("path-duplicate", message, Span(entry.source.file), "move one of the two files away")
        return Publication(problems=(problem,))
    _move_out(content, entry, beside, {target: text})
    return Publication(label(target), tuple(label(new) for new in beside.values()), waits)


def _files_beside(content: Path, entry: Entry[Common]) -> dict[str, str]:
    """Return the other files of a folder entry in private/, each with its path outside."""
    old = content / entry.path
    if old.name != "index.md":
        return {}
    paths = [path.relative_to(content).as_posix() for path in sorted(old.parent.rglob("*")) if path.is_file()]
    return {path: path.removeprefix(PRIVATE) for path in paths if path != entry.path}


def _move_out(content: Path, entry: Entry[Common], beside: dict[str, str], files: dict[str, str]) -> None:
    for path, new in beside.items():
        move_file(content / path, content / new)
    write_files_atomically(content, files)
    old = content / entry.path
    old.unlink()
    for folder in sorted({(content / path).parent for path in beside}, reverse=True):
        remove_empty_folders(folder, content / PRIVATE)
    remove_empty_folders(old.parent, content / PRIVATE)


def _waits(found: Read, entry: Entry[Common]) -> str:
    authored, day = entry.version.authored, found.day
    if authored.publish_date and authored.publish_date.day(day.timezone) > day.as_of:
        return f"until {authored.publish_date.day(day.timezone)}"
    if authored.expiry_date and authored.expiry_date.day(day.timezone) <= day.as_of:
        return f"expired on {authored.expiry_date.day(day.timezone)}"
    return ""


def _unpublishable(entry: Entry[Common]) -> Problem | None:
    if entry.is_private or "public" not in entry.version.authored.visibility or entry.version.authored.draft:
        return None
    hint = "its overlay in private/ stays private" if entry.overlay else "`brag build` shows it"
    return error("not-found", f"“{entry.id}” is public already", Span(entry.source.file), hint)


def _not_found(found: Read, name: str, matches: list[Entry[Common]]) -> Problem:
    if matches:
        options = " or ".join(f"{entry.kind}/{entry.id}" for entry in matches)
        return error(
            "not-found", f"“{name}” is the id of more than one entry", Span("brag publish"), f"write {options}"
        )
    ids = sorted(entry.id for entry in found.portfolio.entries)
    guess = did_you_mean(name, ids)
    hint = guess if "did you mean" in guess else "`brag list` shows all ids"
    return error("not-found", f"there is no entry “{name}”, or it has errors", Span("brag publish"), hint)


def _row(found: Read, entry: Entry[Common]) -> Row:
    authored = entry.version.authored
    date = ""
    if isinstance(authored, Achievement):
        date = str(authored.date or authored.start or "")
    default = "private" if entry.is_private else found.portfolio.config.default_visibility
    state = "draft" if authored.draft else _waits(found, entry)
    item = Item(entry.kind, entry.id, (entry.path,), authored, ())
    return Row(
        entry.kind, entry.id, date, ", ".join(authored.visibility) or default, state, item_name(item), entry.source.file
    )
