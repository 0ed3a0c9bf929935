"""Entries: one item read from its file, and from its overlay in private/ where there is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from bragfolio.core.read.frontmatter import Document, read_document
from bragfolio.core.read.markdown import Prose, parse_markdown
from bragfolio.core.read.rules import broken_rules
from bragfolio.core.read.shape import Issue, check_tree, decode_tree
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


@dataclass(frozen=True, slots=True)
class Unit:
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


def read_entry(unit: Unit) -> tuple[Entry[Common] | None, list[Problem]]:
    """Return the entry of *unit*, or None when its front matter is broken, and all that is wrong with it.

    With a mistake in its body it stays, so that its links are checked in the same run; nothing is published then.
    """
    problems = _check_name(unit)
    document, found = read_document(unit.file.label, unit.file.data or b"")
    problems += found
    overlay, found = read_document(unit.overlay.label, unit.overlay.data or b"") if unit.overlay else (None, [])
    problems += found
    if document is None:
        return None, problems
    authored, found = _decode(document.tree, KIND_BY_NAME[unit.kind].model, document.source)
    prose, prose_problems = parse_markdown(document.body, unit.file.label, document.body_line)
    problems += found + prose_problems
    over, found = _read_overlay(unit, document, overlay, prose) if overlay else (None, [])
    problems += found
    if authored is None:
        return None, problems
    version = Version(authored, (prose,))
    return Entry(unit.kind, unit.id, unit.file.path, unit.is_private, version, over, document.source), problems


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
    source = Source(file.label, text, 1)
    if has_errors(problems):
        return "", source, problems
    tree, found = parse_yaml(text, file.label)
    if tree == "":
        source = Source(file.label, "", 1)
    return tree, source, problems + found


def _read_overlay(
    unit: Unit, document: Document, overlay: Document, prose: Prose
) -> tuple[Overlay[Common] | None, list[Problem]]:
    model = KIND_BY_NAME[unit.kind].model
    problems = located(check_tree(overlay.tree, model), overlay.source)
    own, found = parse_markdown(overlay.body, overlay.source.file, overlay.body_line)
    problems += found
    if problems and has_errors(problems):
        return None, problems
    keys = {key: value for key, value in overlay.tree.items() if key != "visibility"}
    merged, issues = decode_tree({**document.tree, **keys}, model)
    if merged is None:
        return None, problems
    issues = [issue for issue in broken_rules(merged) if issue.path and issue.path[0] in keys]
    problems += located(issues, overlay.source)
    visibility = decode_tree(overlay.tree.get("visibility", ""), tuple[str, ...])[0] or ()
    return Overlay(tuple(visibility), Version(merged, (prose, own)), overlay.source), problems


def _decode(tree: dict[str, Tree], model: type[T], source: Source) -> tuple[T | None, list[Problem]]:
    authored, issues = decode_tree(tree, model)
    issues = issues or broken_rules(authored)  # type: ignore[arg-type] # no issues means that it was decoded
    return authored, located(issues, source)


def _check_name(unit: Unit) -> list[Problem]:
    if RESERVED_NAME.fullmatch(unit.id.partition(".")[0].strip()):
        message = f"“{unit.id}” is a name that Windows reserves"
        return [error("name-reserved", message, Span(unit.file.label, 1, 1), "rename the file")]
    return []
