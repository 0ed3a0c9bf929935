"""Entries: what there is, who may see it, and how an entry comes out of private/."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from bragfolio.app.prepare import Read, read
from bragfolio.core.link.references import item_name
from bragfolio.core.project.projection import Item, begins_on
from bragfolio.core.read.edit import set_key
from bragfolio.core.read.frontmatter import read_document
from bragfolio.core.read.shape import did_you_mean
from bragfolio.edge.files import move_file, remove_empty_folders, write_files_atomically
from bragfolio.model.achievement import Achievement
from bragfolio.model.campaign import Campaign
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


class _Refused(Exception):  # noqa: N818 - an answer, not a failure
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def publish_entry(root: Path, name: str, as_of: dt.date | None, *, force: bool = False) -> Publication:
    """Move the entry *name* (`id` or `kind/id`) out of private/, with the files of its folder, and make it public.

    Refused are an entry with errors, one that is public already, and a private file that says what nobody else may
    read: in a public repository its source is read too. So is one that was meant for somebody, without *force*.
    """
    found = read(root, as_of)
    content = root / CONTENT
    try:
        entry = _find(found, name)
        _refuse_narrower(entry, name, force=force)
        text = _public_text(entry, (content / entry.path).read_text(encoding="utf-8-sig").replace("\r\n", "\n"))
        beside = _files_beside(content, entry)
    except _Refused as refused:
        return Publication(problems=(refused.problem,))
    target = entry.path.removeprefix(PRIVATE)
    if target == entry.path:
        write_files_atomically(content, {target: text})
    else:
        _move_out(content, entry, beside, {target: text})
    return Publication(label(target), tuple(label(new) for new in beside.values()), _waits(found, entry))


def _find(found: Read, name: str) -> Entry[Common]:
    kind, _, wanted = name.rpartition("/")
    broken = {problem.span.file for problem in found.problems if problem.is_error}
    sound = [entry for entry in found.portfolio.entries if entry.source.file not in broken]
    matches = [entry for entry in sound if entry.id == wanted and kind in {"", entry.kind}]
    if len(matches) != 1:
        raise _Refused(_not_found(found, name, matches))
    entry = matches[0]
    if not entry.is_private and "public" in entry.version.authored.seen_by and not entry.version.authored.draft:
        hint = "its overlay in private/ stays private" if entry.overlay else "`brag build` shows it, once it is due"
        raise _Refused(error("not-found", f"“{entry.id}” is public already", Span(entry.source.file), hint))
    return entry


def _refuse_narrower(entry: Entry[Common], name: str, *, force: bool) -> None:
    meant = [audience for audience in entry.version.authored.seen_by if audience not in {"private", "public"}]
    if meant and not force:
        message = f"this is meant for {', '.join(meant)}; publishing shows it to everybody"
        hint = f"if you mean it: brag publish {name} --force"
        raise _Refused(error("private-public", message, Span(entry.source.file), hint))


def _public_text(entry: Entry[Common], text: str) -> str:
    span = Span(entry.source.file)
    told = _told(entry.version.authored) if entry.is_private else []
    if told:
        hint = "cut that out, publish, and put it into a new file of the same name in private/: an overlay"
        message = f"the file says {', '.join(told)}, which everybody could read in the source"
        raise _Refused(error("private-public", message, span, hint))
    key = "audience" if entry.kind == "campaign" else "visibility"
    text = set_key(text, key, "public")
    if entry.version.authored.draft:
        text = set_key(text, "draft", None)
    document, _ = read_document(entry.source.file, text.encode())
    if document is None or document.tree.get(key) != "public":
        hint = f"write `{key}: public` into it, on a line of its own"
        message = "the front matter of this file cannot be changed line by line"
        raise _Refused(error("value-type", message, span, hint))
    return text


def _told(authored: Common) -> list[str]:
    """Return what *authored* says that is never for everybody, whatever the visibility of the entry."""
    keys = ("effort_days", "collaborators", "goals", "manager", "skip", "pay", "goal", "to", "posting")
    told = [f"{key}:" for key in keys if getattr(authored, key, None)]
    if isinstance(authored, Achievement):
        visibilities = [metric.visibility for metric in authored.metrics]
        visibilities += [evidence.visibility for evidence in authored.evidence]
        if any(visibility and "public" not in visibility for visibility in visibilities):
            told.append("a metric or evidence with a narrower visibility")
        if any(feedback.consent != "public" for feedback in authored.feedback):
            told.append("feedback without consent to publish it")
    return told


def _files_beside(content: Path, entry: Entry[Common]) -> dict[str, str]:
    """Return the other files of a folder entry in private/, each with its path outside."""
    old = content / entry.path
    if not entry.is_private:
        return {}
    paths: list[str] = []
    if old.name == "index.md" and entry.id == old.parent.name:
        paths = [path.relative_to(content).as_posix() for path in sorted(old.parent.rglob("*")) if path.is_file()]
    beside = {path: path.removeprefix(PRIVATE) for path in paths if path != entry.path}
    span = Span(entry.source.file)
    other = next((path for path in beside if path.endswith(".md")), None)
    if other:
        message = f"{label(other)} is an entry of its own, in the folder of this one"
        raise _Refused(error("path-escape", message, span, "move it out of this folder first"))
    taken = next(
        (new for new in (entry.path.removeprefix(PRIVATE), *beside.values()) if (content / new).exists()), None
    )
    if taken:
        message = f"{label(taken)} is there already, and would be overwritten"
        raise _Refused(error("path-duplicate", message, span, "move one of the two files away"))
    return beside


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
    begins = begins_on(authored, day.timezone)
    if begins and begins > day.as_of:
        return f"until {begins}"
    if authored.expiry_date and authored.expiry_date.day(day.timezone) <= day.as_of:
        return f"expired on {authored.expiry_date.day(day.timezone)}"
    if isinstance(authored, Campaign) and authored.is_over(day.as_of):
        return f"over since {authored.end}"
    return ""


def _not_found(found: Read, name: str, matches: list[Entry[Common]]) -> Problem:
    if matches:
        options = " or ".join(f"{entry.kind}/{entry.id}" for entry in matches)
        return error(
            "not-found", f"“{name}” is the id of more than one entry", Span("brag publish"), f"write {options}"
        )
    ids = sorted(entry.id for entry in found.portfolio.entries)
    if name.rpartition("/")[2] in ids:
        return error(
            "not-found", f"the entry “{name}” has errors", Span("brag publish"), "mend what `brag check` shows"
        )
    guess = did_you_mean(name, ids)
    hint = guess if "did you mean" in guess else "`brag list` shows all ids"
    return error("not-found", f"there is no entry “{name}”, or it has errors", Span("brag publish"), hint)


def _row(found: Read, entry: Entry[Common]) -> Row:
    authored = entry.version.authored
    date = ""
    if isinstance(authored, Achievement):
        date = str(authored.date or authored.start or "")
    elif isinstance(authored, Campaign):
        date = str(authored.start or "")
    default = "private" if entry.is_private else found.portfolio.config.default_visibility
    state = "draft" if authored.draft else _waits(found, entry)
    item = Item(entry.kind, entry.id, (entry.path,), authored, ())
    return Row(
        entry.kind, entry.id, date, ", ".join(authored.seen_by) or default, state, item_name(item), entry.source.file
    )
