"""Entries: one item read from its file, and from its overlay in private/ where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct, structs

from bragfolio.core.read.frontmatter import (
    Document,
    Halves,
    read_front_matter,
    split_document,
)
from bragfolio.core.read.markdown import Prose, parse_markdown
from bragfolio.core.read.rules import broken_rules
from bragfolio.core.read.shape import Issue, check_tree, decode_sound, decode_tree
from bragfolio.core.read.yaml_tree import Tree, locate, parse_yaml
from bragfolio.model.entry import Entry, ListItem, Overlay, Source, Version
from bragfolio.model.kinds import KIND_BY_NAME, LIST_KINDS
from bragfolio.model.scalars import RESERVED_NAME
from bragfolio.problems import Problem, Span, error, has_errors

from .text import decode_text

if TYPE_CHECKING:
    from bragfolio.model.common import Common, Listed
    from bragfolio.model.tree import SourceFile

T = TypeVar("T")


class Unit(Struct, frozen=True):
    """The file or files that make one entry."""

    kind: str
    id: str
    file: SourceFile
    is_private: bool
    overlay: SourceFile | None = None
    """The file of the same id in private/."""


def located(issues: list[Issue], source: Source) -> list[Problem]:
    """Return *issues* as problems with their places."""
    return [
        error(
            issue.code,
            issue.message,
            Span(source.file, *locate(source.yaml, source.first_line, issue.path, key=issue.at_key)),
            issue.hint,
        )
        for issue in issues
    ]


class OpenUnit(Struct, frozen=True):
    """A unit whose files are cut into front matter and body, neither of them read."""

    unit: Unit
    file: Halves | None
    overlay: Halves | None
    problems: list[Problem]

    @property
    def bodies(self) -> list[Halves]:
        """What is to be parsed as Markdown: the entry's body, then the overlay's."""
        return [halves for halves in (self.file, self.overlay) if halves and self.file]


ParsedBody = tuple[Prose, list[Problem]]


class DecodedUnit(Struct, frozen=True):
    """A unit whose keys are read and whose bodies are not."""

    opened: OpenUnit
    source: Source | None
    authored: Common | None
    overlay: DecodedOverlay | None
    problems: list[Problem]


class DecodedOverlay(Struct, frozen=True):
    """The keys of an overlay, laid over those of its entry."""

    visibility: tuple[str, ...]
    merged: Common
    source: Source


def read_entry(unit: Unit) -> tuple[Entry[Common] | None, list[Problem]]:
    """Return the entry of *unit*, or None when its front matter is broken, and all that is wrong with it.

    With mistakes that leave a title it stays, without the keys that are wrong, so that its links and references are
    checked in the same run; nothing is published then.
    """
    opened = open_unit(unit)
    return close_unit(decode_unit(opened), parse_unit(opened))


def open_unit(unit: Unit) -> OpenUnit:
    """Cut the files of *unit*."""
    problems = _check_name(unit)
    file, found = split_document(unit.file.label, unit.file.data or b"")
    problems += found
    overlay, found = split_document(unit.overlay.label, unit.overlay.data or b"") if unit.overlay else (None, [])
    return OpenUnit(unit, file, overlay, problems + found)


def parse_body(halves: Halves) -> ParsedBody:
    """Return the prose of one file, and what is wrong with it."""
    return parse_markdown(halves.body, halves.file, halves.body_line)


def parse_unit(opened: OpenUnit) -> list[ParsedBody]:
    """Return the prose of the files of *opened*."""
    return [parse_body(halves) for halves in opened.bodies]


def decode_unit(opened: OpenUnit, known: Common | None = None) -> DecodedUnit:
    """Read the keys of *opened*; *known* are those of an entry without an overlay, where somebody has read them before."""
    if known is not None and opened.file:
        source = Source(opened.file.file, opened.file.front, 2)
        return DecodedUnit(opened, source, known, None, opened.problems)
    problems = list(opened.problems)
    document, found = read_front_matter(opened.file) if opened.file else (None, [])
    problems += found
    over, found = read_front_matter(opened.overlay) if opened.overlay else (None, [])
    problems += found
    if document is None:
        return DecodedUnit(opened, None, None, None, problems)
    model = KIND_BY_NAME[opened.unit.kind].model
    authored, issues = decode_sound(document.tree, model)
    rules = broken_rules(authored) if authored else []
    said = {issue.path[:1] for issue in issues}
    issues += [issue for issue in rules if issue.path and issue.path[:1] not in said] if issues else rules
    problems += located(list(map(_with_overlays, issues)) if opened.unit.is_private else issues, document.source)
    overlay, found = _decode_overlay(model, document, over) if over else (None, [])
    return DecodedUnit(opened, document.source, authored, overlay, problems + found)


def _with_overlays(issue: Issue) -> Issue:
    """Return *issue* with a further hint where a file in private/ may have been meant to add to a public one."""
    if issue.code != "key-missing" or len(issue.path) > 1:
        return issue
    return structs.replace(issue, hint=f"{issue.hint}; to add to a public entry, give the file that entry's name")


def close_unit(decoded: DecodedUnit, bodies: list[ParsedBody]) -> tuple[Entry[Common] | None, list[Problem]]:
    """Put the keys and the *bodies* of a unit together; see `read_entry`."""
    problems = decoded.problems + [problem for _, found in bodies for problem in found]
    if decoded.authored is None or decoded.source is None:
        return None, problems
    unit = decoded.opened.unit
    prose = tuple(prose for prose, _ in bodies)
    over = decoded.overlay
    overlay = Overlay(over.visibility, Version(over.merged, prose), over.source) if over else None
    version = Version(decoded.authored, prose[:1])
    return Entry(unit.kind, unit.id, unit.file.path, unit.is_private, version, overlay, decoded.source), problems


def read_list(file: SourceFile, *, is_private: bool) -> tuple[list[ListItem[Listed]], list[Problem]]:
    """Return the items of a list file that are whole, and what is wrong with the others."""
    kind = next(kind for kind in LIST_KINDS if file.path.endswith(kind.file))
    tree, source, problems = read_yaml_file(file)
    if tree == "":
        return [], problems
    if not isinstance(tree, list):
        hint = "start each item with a dash"
        return [], [*problems, error("value-type", f"{kind.file} holds a list", Span(file.label, 1, 1), hint)]
    items = []
    for index, part in enumerate(tree):
        authored, issues = decode_tree(part, kind.model)
        issues = issues or broken_rules(authored)  # type: ignore[arg-type] # no issues means that it was decoded
        issues = [Issue((index, *i.path), i.code, i.message, i.hint, at_key=i.at_key) for i in issues]
        problems += located(issues, source)
        if authored is not None and not issues:
            items.append(ListItem(kind.name, authored, is_private, index, source))
    return items, problems


def read_yaml_file(file: SourceFile) -> tuple[Tree, Source, list[Problem]]:
    """Return the tree of a YAML file, `""` when it is empty or broken, where its keys stand, and what is wrong.

    What is broken has no keys that could be found again.
    """
    text, problems = decode_text(file.label, file.data or b"")
    tree: Tree = ""
    if not has_errors(problems):
        tree, found = parse_yaml(text, file.label)
        problems += found
    return tree, Source(file.label, text if tree != "" else "", 1), problems


def _decode_overlay(
    model: type[Common], document: Document, overlay: Document
) -> tuple[DecodedOverlay | None, list[Problem]]:
    problems = located(check_tree(overlay.tree, model), overlay.source)
    if problems:
        return None, problems
    keys = {key: value for key, value in overlay.tree.items() if key != "visibility"}
    merged, _ = decode_tree({**document.tree, **keys}, model)
    if merged is None:
        return None, []
    issues = [issue for issue in broken_rules(merged) if issue.path and issue.path[0] in keys]
    visibility = decode_tree(overlay.tree.get("visibility", ""), tuple[str, ...])[0] or ()
    return DecodedOverlay(tuple(visibility), merged, overlay.source), located(issues, overlay.source)


def _check_name(unit: Unit) -> list[Problem]:
    if unit.id.casefold() == "index":
        message = "“index” is where the list of this kind is published"
        return [error("name-reserved", message, Span(unit.file.label, 1, 1), "rename the file")]
    if RESERVED_NAME.fullmatch(unit.id.partition(".")[0].strip()):
        message = f"“{unit.id}” is a name that Windows reserves"
        return [error("name-reserved", message, Span(unit.file.label, 1, 1), "rename the file")]
    return []
