"""Tracked: what of the files in a public repository everybody could read although no build shows it to everybody.

Judged are the sources, by the rules of the projection. Comments, and `extra:`, which are for nobody, are not.
"""

from __future__ import annotations

import posixpath
import re
import shlex
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.project.audiences import PUBLIC, Audiences
from bragfolio.core.project.projection import Obstacle, View, cut, obstacles
from bragfolio.core.read.config import SITE_FILE
from bragfolio.core.read.portfolio import STATIC, entry_key, is_attachment, shown_files
from bragfolio.core.read.yaml_tree import locate
from bragfolio.model.achievement import Achievement
from bragfolio.model.entry import Entry, Version
from bragfolio.model.kinds import KIND_BY_FOLDER, LIST_KINDS, PLANNED_FILES, PLANNED_FOLDERS
from bragfolio.model.tree import PRIVATE, label
from bragfolio.problems import Problem, Span, printable

if TYPE_CHECKING:
    from bragfolio.core.read.yaml_tree import Path
    from bragfolio.model.common import Common
    from bragfolio.model.dossier import Kept
    from bragfolio.model.entry import Portfolio, Source
    from bragfolio.model.story import Story

STORIES: Final = "stories/"
_LISTS: Final = frozenset(kind.file for kind in LIST_KINDS)
_HARMLESS: Final = frozenset({
    "reference", "link", "link-hidden", "link-scheme", "image-missing", "image-type", "image-alt", "path-escape",
})  # fmt: skip
"""Mistakes that leave no doubt who may see the file."""
_FREE: Final = frozenset({"visibility", "imported", "extra", "goals", "ladder", "metrics", "evidence", "feedback"})
"""Keys that a projection loses, and that may stand in a public file all the same, or are judged part by part."""
_TEXT: Final = re.compile(r"(?i).*\.(?:markdown|mdown|md|ya?ml)(?:[~#]|\.(?:txt|sw.|bak|orig|rej|old|save|tmp))*")
"""Texts, and what editors and merges leave of them."""
_PUSHED: Final = "what was pushed stays readable in the history"


class Rules(Struct, frozen=True):
    """By what is judged."""

    audiences: Audiences
    default: tuple[str, ...]
    """The visibility of what says none."""
    view: View
    """As everybody, on which day."""


class Finding(Struct, frozen=True):
    """Something that is tracked and not public."""

    path: str
    """From site_content/."""
    span: Span
    what: str
    """To follow “git tracks”; never what the file says."""
    hint: str


def is_source(path: str) -> bool:
    """Tell whether the content of the file at *path*, which is not misplaced, decides who may see it."""
    return entry_key(path) is not None or path in _LISTS or path == SITE_FILE or is_story(path)


def is_story(path: str) -> bool:
    """Tell whether the file at *path* is a story outside private/, which may be public like an entry."""
    return path.startswith(STORIES) and path.endswith(".md") and "/." not in path


def find_misplaced(paths: Iterable[str]) -> Iterator[Finding]:
    """Yield the files that are not public wherever they lie, or that Brag does not read and nobody judged."""
    for path in paths:
        top, _, rest = path.partition("/")
        if _is_private(path):
            hint = f"let .gitignore name /{label(PRIVATE)}, then {_untrack(path)}"
            yield _finding(path, "this file, which is private by its place", hint)
        elif path in PLANNED_FILES or (rest and top in PLANNED_FOLDERS and not is_story(path)):
            yield _finding(path, "this file, which is private by its kind", _move(path))
        elif _is_stray(path, top, rest):
            hint = f"Brag does not read it: delete it, or move it out, then {_untrack(path)}"
            yield _finding(path, "this file, which looks like an entry and is none", hint)


def find_hidden(portfolio: Portfolio, paths: Collection[str], rules: Rules) -> Iterator[Finding]:
    """Yield what the sources at *paths*, as they stand in *portfolio*, say that is not for everybody."""
    for entry in portfolio.entries:
        if entry.path in paths and not entry.is_private:
            yield from _in_entry(entry, rules)
    for item in portfolio.lists:
        path = item.source.file.partition("/")[2]
        visibility = item.authored.visibility or rules.default
        if path in paths and not item.is_private and not rules.audiences.may_see(PUBLIC, visibility):
            hint = f"move it to {label(PRIVATE + path)}; {_PUSHED}"
            place = _place(item.source, (item.index, "visibility"))
            yield Finding(path, place, "an item that is not for everybody", hint)
    if SITE_FILE in paths:
        yield from _in_site(portfolio, rules)


def find_in_story(path: str, story: Kept[Story], rules: Rules) -> Iterator[Finding]:
    """Yield what *story*, which stands at *path* outside private/, says that is not for everybody."""
    yield from _in_entry(Entry("story", story.id, path, False, Version(story.authored, ()), None, story.source), rules)
    if story.authored.used:
        place = _place(story.source, ("used",))
        yield Finding(path, place, "`used:`, which is for nobody but you", _move(path))


def broken_files(problems: Iterable[Problem]) -> set[str]:
    """Return the files, as messages give them, whose *problems* leave it open who may see what."""
    return {problem.span.file for problem in problems if problem.is_error and problem.code not in _HARMLESS}


def broken_source(path: str) -> Finding:
    """Return the source at *path* as one that cannot be judged, so that it may say anything."""
    command = "brag stories" if is_story(path) else "brag check"
    hint = f"mend it first, where `{command}` finds something wrong with it"
    return _finding(path, "this file with mistakes, so that nobody can tell who may see it", hint)


def find_unused(
    paths: Collection[str], entries: Iterable[Entry[Common]], shown: Collection[str], rules: Rules
) -> Iterator[Finding]:
    """Yield the attachments among *paths* that no public entry of *entries* names, and that a hidden one does or lies beside.

    *shown* are those that something else shows.
    """
    attached = [path for path in paths if is_attachment(path) and not path.startswith(STATIC) and not _is_private(path)]
    if not attached:
        return
    shown = set(shown)
    named: set[str] = set()
    beside: set[str] = set()
    inside: set[str] = set()
    for entry in entries:
        if next(_obstacles(entry, rules), None) is None:
            visible = cut(entry.version.authored, rules.audiences, PUBLIC, is_overlaid=False)
            shown |= shown_files(entry, visible, entry.version, paths)
        else:
            folder = posixpath.dirname(entry.path)
            (inside if entry.path.endswith("/index.md") and folder.count("/") else beside).add(folder)
        named |= shown_files(entry, entry.version.authored, entry.version, paths)
        if entry.overlay:
            named |= shown_files(entry, entry.overlay.version.authored, entry.overlay.version, paths)
    for path in attached:
        is_beside = posixpath.dirname(path) in beside or not inside.isdisjoint(_folders(path))
        if path not in shown and (path in named or is_beside):
            yield _finding(path, "this file, which only something hidden uses", _move(path))


def _in_entry(entry: Entry[Common], rules: Rules) -> Iterator[Finding]:
    authored = entry.version.authored
    obstacle = next(_obstacles(entry, rules), None)
    if obstacle is None:
        yield from _in_fields(entry, rules)
    elif obstacle.rule == "draft":
        hint = f"keep it private until it is ready: {_move(entry.path)}"
        yield Finding(entry.path, _place(entry.source, ("draft",)), "this draft", hint)
    elif obstacle.rule == "begins":
        key = "publish_date" if authored.publish_date else "start"
        hint = f"keep it private until then: {_move(entry.path)}"
        what = f"this entry, which is held back until {obstacle.day}"
        yield Finding(entry.path, _place(entry.source, (key,)), what, hint)
    else:
        key = "audience" if entry.kind == "campaign" else "visibility"
        what = "this entry, which is not for everybody"
        yield Finding(entry.path, _place(entry.source, (key,)), what, _move(entry.path))


def _in_fields(entry: Entry[Common], rules: Rules) -> Iterator[Finding]:
    authored = entry.version.authored
    parts = list(_narrow_parts(authored, rules)) if isinstance(authored, Achievement) else []
    visible = cut(authored, rules.audiences, PUBLIC, is_overlaid=False)
    for key in type(authored).__struct_fields__:
        before, after = getattr(authored, key), getattr(visible, key)
        if before is not after and before != after and key not in _FREE:
            parts.append(((key,), f"`{key}:`, which is for nobody but you"))
    hint = f"move it to an overlay, {label(PRIVATE + entry.path)}; {_PUSHED}"
    for path, what in parts:
        yield Finding(entry.path, _place(entry.source, path), what, hint)


def _narrow_parts(authored: Achievement, rules: Rules) -> Iterator[tuple[Path, str]]:
    def is_narrow(visibility: tuple[str, ...]) -> bool:
        return bool(visibility) and not rules.audiences.may_see(PUBLIC, visibility)

    for index, metric in enumerate(authored.metrics):
        if is_narrow(metric.visibility):
            yield ("metrics", index, "visibility"), "a metric that is not for everybody"
    for index, evidence in enumerate(authored.evidence):
        if is_narrow(evidence.visibility):
            yield ("evidence", index, "visibility"), "evidence that is not for everybody"
    for index, feedback in enumerate(authored.feedback):
        if is_narrow((feedback.consent,)):
            yield ("feedback", index, "consent"), "feedback without consent to publish it"


def _in_site(portfolio: Portfolio, rules: Rules) -> Iterator[Finding]:
    person = portfolio.config.person
    for name, contact in (("email", person.email), ("phone", person.phone), ("street", person.street)):
        if contact and not rules.audiences.may_see(PUBLIC, contact.visibility):
            place = _place(portfolio.config_source, ("person", name, "visibility"))
            hint = f"move it to {label(PRIVATE + SITE_FILE)}, or say `visibility: public`; {_PUSHED}"
            yield Finding(SITE_FILE, place, f"`{name}:`, which is not for everybody", hint)


def _obstacles(entry: Entry[Common], rules: Rules) -> Iterator[Obstacle]:
    """Yield why not everybody sees *entry*. What has expired was public, and no secret any more."""
    found = obstacles(entry, rules.audiences, rules.view, rules.default)
    return (obstacle for obstacle in found if obstacle.rule != "expiry")


def _is_private(path: str) -> bool:
    return path.casefold().startswith(PRIVATE)


def _is_stray(path: str, top: str, rest: str) -> bool:
    if not rest:
        return any(path != file and path.startswith(file) for file in (*_LISTS, SITE_FILE)) and bool(
            _TEXT.fullmatch(path)
        )
    is_unread = entry_key(path) is None or "/." in path
    return top in KIND_BY_FOLDER and is_unread and bool(_TEXT.fullmatch(path))


def _folders(path: str) -> Iterator[str]:
    while "/" in path:
        path = posixpath.dirname(path)
        yield path


def _finding(path: str, what: str, hint: str) -> Finding:
    return Finding(path, Span(printable(label(path))), what, hint)


def _place(source: Source, path: Path) -> Span:
    return Span(source.file, *locate(source.yaml, source.first_line, path))


def _move(path: str) -> str:
    return f"move it to {label(PRIVATE + path)}, then {_untrack(path)}"


def _untrack(path: str) -> str:
    return f"`git rm --cached {shlex.quote(label(path))}`; {_PUSHED}"
