"""Portfolio: all files of a tree read into one value, and checked against each other."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Container, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.read.config import SITE_FILE, read_config, read_config_overlay
from bragfolio.core.read.entries import (
    DecodedUnit,
    OpenUnit,
    ParsedBody,
    Unit,
    close_unit,
    decode_unit,
    located,
    open_unit,
    parse_unit,
    read_list,
)
from bragfolio.core.read.markdown import Prose, UseKind
from bragfolio.core.read.remembered import Memory, key_of
from bragfolio.core.read.rules import PICTURES
from bragfolio.core.read.shape import Issue, did_you_mean, nearest
from bragfolio.core.read.yaml_tree import Path
from bragfolio.model.achievement import Achievement
from bragfolio.model.campaign import Campaign
from bragfolio.model.common import Common
from bragfolio.model.entry import Entry, ListItem, Portfolio, Version
from bragfolio.model.kinds import KIND_BY_FOLDER, KIND_BY_NAME, KINDS, LIST_KINDS, PLANNED_FILES, PLANNED_FOLDERS
from bragfolio.model.role import Role
from bragfolio.model.tree import PRIVATE, SourceFile, SourceTree, label
from bragfolio.problems import Problem, Span, error, has_errors, warning

if TYPE_CHECKING:
    from bragfolio.model.common import Listed

Work = Callable[[OpenUnit], list[ParsedBody]]


class Parsing(Struct, frozen=True):
    """Bodies that are being parsed, and keys that need not be read."""

    authored: Sequence[Common | None]
    """Of each unit, where they are known."""
    finish: Callable[[list[DecodedUnit]], list[list[ParsedBody]]]
    """Takes all units, whose keys are to be remembered, and returns their bodies."""


Starter = Callable[[Work, list[OpenUnit]], Parsing]
"""Begins to parse bodies; the caller decides whether others help."""


def in_turn(work: Work, units: list[OpenUnit]) -> Parsing:
    """Parse the bodies of one unit after the other, when they are asked for."""
    return Parsing([None] * len(units), lambda _: [work(unit) for unit in units])


STATIC = "static/"
POSTINGS = f"{PRIVATE}postings/"


def read_portfolio(
    tree: SourceTree, start: Starter = in_turn, memory: Memory | None = None
) -> tuple[Portfolio, list[Problem]]:
    """Return everything in *tree* that is whole, and everything that is wrong with the rest.

    What *memory* knows is not read again; then it knows what is there now.
    """
    config, config_source, problems = read_config(tree)
    is_whole = not has_errors(problems)
    overlay, overlay_source, found = read_config_overlay(tree)
    problems += found
    units, found = sort_files(tree)
    problems += found
    entries = []
    for entry, found in _read_units(units, start, memory or Memory()):
        problems += found
        if entry:
            entries.append(entry)
    lists: list[ListItem[Listed]] = []
    for place in ("", PRIVATE):
        for kind in LIST_KINDS:
            file = tree.files.get(place + kind.file)
            items, found = read_list(file, is_private=bool(place)) if file else ([], [])
            lists += items
            problems += found
    files = frozenset(tree.files)
    portfolio = Portfolio(config, is_whole, config_source, overlay, overlay_source, tuple(entries), tuple(lists), files)
    return portfolio, problems + _references(portfolio, units) + _attachments(portfolio) + _unused_texts(portfolio)


def _read_units(units: list[Unit], start: Starter, memory: Memory) -> list[tuple[Entry[Common] | None, list[Problem]]]:
    keys = [key_of(unit) for unit in units]
    new = [unit for unit, key in zip(units, keys, strict=True) if key not in memory.entries]
    opened = [open_unit(unit) for unit in new]
    parsing = start(parse_unit, opened)
    decoded = [decode_unit(unit, known) for unit, known in zip(opened, parsing.authored, strict=True)]
    read = iter([close_unit(unit, bodies) for unit, bodies in zip(decoded, parsing.finish(decoded), strict=True)])
    results = [memory.entries[key] if key in memory.entries else next(read) for key in keys]
    memory.entries = dict(zip(keys, results, strict=True))
    return results


def sort_files(tree: SourceTree) -> tuple[list[Unit], list[Problem]]:
    """Return the entries' files, each with its overlay, by kind and id, and the files that fit nowhere."""
    problems: list[Problem] = []
    public: dict[tuple[str, str], SourceFile] = {}
    private: dict[tuple[str, str], SourceFile] = {}
    for file in tree.files.values():
        key = entry_key(file.path)
        if key is None:
            problems += _unknown_file(file)
            continue
        place = private if file.path.startswith(PRIVATE) else public
        if key in place:
            message = f"the id “{key[1]}” is taken by {place[key].label}"
            hint = "rename one of the two files; an id is the file's name, whatever its folder"
            problems.append(error("id-duplicate", message, Span(file.label, 1, 1), hint))
        else:
            place[key] = file
    units = [Unit(*key, public[key], is_private=False, overlay=private.get(key)) for key in sorted(public)]
    units += [Unit(*key, private[key], is_private=True) for key in sorted(private) if key not in public]
    return units, problems


_APART: Final = re.compile(r"""[\s"'`$&|;<>(){}\[\]*?!~\\]+""")
"""What a shell takes a word apart at, or takes for something else."""


@lru_cache(maxsize=1 << 16)
def entry_key(path: str) -> tuple[str, str] | None:
    """Return the kind and the id of the entry that the file at *path* holds, or None when it holds none.

    The id is the file's name, or that of the folder of an index.md; it is written in commands and lists of ids, so what a
    command line would take apart there is a hyphen in it.
    """
    parts = path.removeprefix(PRIVATE).split("/")
    kind = KIND_BY_FOLDER.get(parts[0])
    if kind is None or len(parts) == 1 or not parts[-1].endswith(".md"):
        return None
    stem = parts[-1].removesuffix(".md")
    name = parts[-2] if stem == "index" and len(parts) > 2 else stem
    return kind.name, _APART.sub("-", name).strip("-") or name


def without_entries(tree: SourceTree) -> SourceTree:
    """Return *tree* without the bytes of its entries, for when all of them are read."""
    files = tree.files.items()
    return SourceTree({path: SourceFile(path, file.size) if entry_key(path) else file for path, file in files})


def resolve_path(file: str, target: str) -> str:
    """Return where *target*, relative to the folder of *file*, leads, from site_content/; `""` when out of it.

    A file outside private/ never leads into it.
    """
    path = posixpath.normpath(posixpath.join(posixpath.dirname(file), target))
    if path.startswith(("../", "/")) or path in {"..", "."}:
        return ""
    return "" if path.startswith(PRIVATE) and not file.startswith(PRIVATE) else path


_UNUSED: Final = "this file is not used"
_TEXTS: Final = (".doc", ".docx", ".odt", ".pages", ".rtf", ".txt")
"""How texts end that people write in other programs."""
_MARKDOWN: Final = re.compile(r"(?i)\.(markdown|mdown|md|md\.txt)$")
"""How names of entries end by mistake: some systems and editors have other habits, or hide an ending."""


def _unknown_file(file: SourceFile) -> list[Problem]:
    path = file.path.removeprefix(PRIVATE)
    top, _, rest = path.partition("/")
    planned = path in PLANNED_FILES or (rest and top in PLANNED_FOLDERS)
    known = path == SITE_FILE or path in {kind.file for kind in LIST_KINDS} or path.startswith(STATIC)
    attachment = rest and top in KIND_BY_FOLDER and not re.search(r"(?i)\.(markdown|mdown|md|ya?ml|md\.txt)$", path)
    if planned or known or attachment:
        return []
    folders = ", ".join(f"{folder}/" for folder in KIND_BY_FOLDER)
    own = sorted(PLANNED_FILES) if file.path.startswith(PRIVATE) else []
    guess = nearest(path, [*own, *(kind.file for kind in LIST_KINDS), SITE_FILE]) if not rest else ""
    hint = f"entries are .md files in {folders}; files to publish as they are go to static/"
    hint = f"did you mean “{guess}”?" if guess else hint
    written = _MARKDOWN.search(path) if rest and top in KIND_BY_FOLDER else None
    if written:
        hint = f"end its name in .md: {posixpath.basename(path[: written.start()])}.md"
    return [warning("file-unknown", _UNUSED, Span(file.label), hint)]


def _references(portfolio: Portfolio, units: list[Unit]) -> list[Problem]:
    known = _Known(portfolio, units)

    def check(_entry: Entry[Common], version: Version[Common], file: str) -> list[Issue]:
        if isinstance(version.authored, Achievement):
            return list(_role_issues(version.authored, known, file))
        return list(_campaign_issues(version.authored, known, file)) if isinstance(version.authored, Campaign) else []

    return check_versions(portfolio, check)


class _Known:
    """The ids that a reference may name: an entry outside private/ names only what is outside."""

    def __init__(self, portfolio: Portfolio, units: list[Unit]) -> None:
        self.everywhere: dict[str, set[str]] = {kind.name: set() for kind in KINDS}
        self.outside: dict[str, set[str]] = {kind.name: set() for kind in KINDS}
        for unit in units:
            self.everywhere[unit.kind].add(unit.id)
            if not unit.is_private:
                self.outside[unit.kind].add(unit.id)
        self.positions = {
            entry.id: {position.id for position in entry.version.authored.positions}
            for entry in portfolio.entries
            if isinstance(entry.version.authored, Role)
        }
        postings = (path.removeprefix(POSTINGS) for path in portfolio.files if path.startswith(POSTINGS))
        self.postings = {path.removesuffix(".md") for path in postings if path.endswith(".md")}

    def issue(self, path: Path, kind: str, id_: str, file: str) -> Issue | None:
        """Return what is wrong with *file* naming the entry *id_* of *kind* at *path*, or None."""
        ids = self.everywhere[kind] if file.startswith(PRIVATE) else self.outside[kind]
        if id_ in ids:
            return None
        if id_ in self.everywhere[kind]:
            message = f"the {kind} “{id_}” is known in private/ only, and this entry is outside"
            hint = f"`brag publish {kind}/{id_}` shows the {kind} too; or name it in this entry's overlay"
            return Issue(path, "reference", message, hint)
        folder = KIND_BY_NAME[kind].folder
        hint = did_you_mean(id_, sorted(ids)) or f"write a file for it in site_content/{folder}/"
        return Issue(path, "reference", f"there is no {kind} “{id_}”", hint)


def _role_issues(authored: Achievement, known: _Known, file: str) -> Iterator[Issue]:
    if not authored.role:
        return
    issue = known.issue(("role",), "role", authored.role, file)
    positions = known.positions.get(authored.role)
    if issue:
        yield issue
    elif authored.position and positions is not None and authored.position not in positions:
        hint = did_you_mean(authored.position, sorted(positions)) or f"give a position of {authored.role} this id"
        message = f"the role “{authored.role}” has no position “{authored.position}”"
        yield Issue(("position",), "reference", message, hint)


def _campaign_issues(authored: Campaign, known: _Known, file: str) -> Iterator[Issue]:
    select = authored.select
    named: list[tuple[Path, str, str]] = [
        (("claims", i, "proof", j), "achievement", id_)
        for i, claim in enumerate(authored.claims)
        for j, id_ in enumerate(claim.proof)
    ]
    named += [(("select", "include", i), "achievement", id_) for i, id_ in enumerate(select.include)]
    named += [(("select", "exclude", i), "achievement", id_) for i, id_ in enumerate(select.exclude)]
    named += [(("select", "roles", i), "role", id_) for i, id_ in enumerate(select.roles)]
    yield from filter(None, (known.issue(*name, file) for name in named))
    if not authored.posting_id:
        return
    if not file.startswith(PRIVATE):
        hint = "move the campaign to private/campaigns/, or name the posting in its overlay"
        message = "postings are private, and a campaign outside private/ cannot depend on one"
        yield Issue(("posting",), "reference", message, hint)
    elif authored.posting not in known.postings:
        hint = did_you_mean(authored.posting, sorted(known.postings)) or "save it in private/postings/"
        yield Issue(("posting",), "reference", f"there is no posting “{authored.posting}”", hint)


def _attachments(portfolio: Portfolio) -> list[Problem]:
    def check(entry: Entry[Common], version: Version[Common], file: str) -> list[Issue]:
        named = named_files(version.authored)
        issues = (_file_issue(portfolio.files, path, target, (file, entry.path)) for path, target in named)
        return [issue for issue in issues if issue]

    problems = check_versions(portfolio, check)
    photo = portfolio.config.person.photo
    found = find_file(portfolio.files, photo, SITE_FILE) if photo else ""
    if photo and not is_attachment(found):
        message = f"“{photo}” lies where nothing is published" if found else f"there is no file “{photo}”"
        hint = "put it into site_content/static/ and write photo: static/me.jpg"
        problems += located([Issue(("person", "photo"), "image-missing", message, hint)], portfolio.config_source)
    return problems


def _unused_texts(portfolio: Portfolio) -> list[Problem]:
    """Return a warning for each text of another program that lies among the entries and that none of them names."""
    texts = {path for path in portfolio.files if path.lower().endswith(_TEXTS) and is_attachment(path)}
    texts = {
        path
        for path in texts
        if not path.removeprefix(PRIVATE).startswith(STATIC) and not _MARKDOWN.search(path)  # which was told already
    }
    if not texts:
        return []
    for entry in portfolio.entries:
        for version in (entry.version, entry.overlay.version) if entry.overlay else (entry.version,):
            texts -= shown_files(entry, version.authored, version, texts)
    hint = "entries are .md files: `brag new achievement TITLE` starts one for its words; or name it as evidence of an entry"
    return [warning("file-unknown", _UNUSED, Span(label(path)), hint) for path in sorted(texts)]


def shown_files(entry: Entry[Common], authored: Common, version: Version[Common], files: Collection[str]) -> set[str]:
    """Return those of *files* that *entry* names, in the keys of *authored* and in the bodies of *version*."""
    found = {find_file(files, target, entry.path) for _, target in named_files(authored)}
    for prose in version.bodies:
        if isinstance(prose, Prose):
            uses = (use for use in prose.uses if use.kind is not UseKind.WIKI)
            found |= {find_file(files, use.target, prose.file.partition("/")[2]) for use in uses}
    return found


def _file_issue(files: frozenset[str], path: Path, target: str, bases: tuple[str, ...]) -> Issue | None:
    found = find_file(files, target, *bases)
    if found and not is_attachment(found):
        message = f"“{target}” is a source file of the portfolio, which is not published"
        return Issue(path, "path-escape", message, "attach a copy with another name")
    if found and path[0] == "image" and not target.lower().endswith(PICTURES):
        message = f"“{target}” is not of a kind that browsers show"
        return Issue(path, "image-type", message, "save it as PNG, JPEG, WebP or SVG")
    if found:
        return None
    code = "image-missing" if path[0] == "image" else "link"
    message = f"there is no file “{target}” beside this entry that it may show"
    if not resolve_path(bases[0], target):
        code, message = "path-escape", f"“{target}” leads out of the files that this entry may show"
    return Issue(path, code, message, "check the name, or move the file beside the entry")


def is_attachment(path: str) -> bool:
    """Tell whether the file at *path* may be published by being named: what is beside entries or in static/, no source."""
    top, _, rest = path.removeprefix(PRIVATE).partition("/")
    if not rest:
        return False
    return top + "/" == STATIC or (top in KIND_BY_FOLDER and not path.lower().endswith((".md", ".yaml", ".yml")))


def find_file(files: Container[str], target: str, *bases: str) -> str:
    """Return the path of the file that *target* means, seen from the first of *bases* that has it, or `""`."""
    for base in bases:
        path = resolve_path(base, target)
        if path in files:
            return path
    return ""


def check_versions(
    portfolio: Portfolio, check: Callable[[Entry[Common], Version[Common], str], list[Issue]]
) -> list[Problem]:
    """Return what *check* finds in each entry, and in each overlay when the entry itself does not have it."""
    problems: list[Problem] = []
    for entry in portfolio.entries:
        issues = check(entry, entry.version, entry.path)
        problems += located(issues, entry.source) if issues else []
        if entry.overlay:
            more = check(entry, entry.overlay.version, entry.overlay.source.file.partition("/")[2])
            problems += located([issue for issue in more if issue not in issues], entry.overlay.source)
    return problems


def named_files(authored: Common) -> list[tuple[tuple[str | int, ...], str]]:
    """Return the files that the keys of *authored* name, each with the path of its key."""
    files: list[tuple[tuple[str | int, ...], str]] = [(("image",), authored.image)] if authored.image else []
    if isinstance(authored, Achievement):
        files += [(("evidence", i, "file"), item.file) for i, item in enumerate(authored.evidence) if item.file]
    return files
