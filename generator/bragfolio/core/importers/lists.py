"""Lists: planned education and credentials, added to the list files below what stands there."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec import structs

from bragfolio.core.importers.emit import authored_keys
from bragfolio.core.read.entries import read_list, read_yaml_file
from bragfolio.core.read.text import decode_text
from bragfolio.core.read.yaml_tree import parse_yaml
from bragfolio.model.front_matter import yaml_text
from bragfolio.model.kinds import LIST_KINDS
from bragfolio.model.lists import Credential, Education
from bragfolio.model.tree import PRIVATE, SourceFile, SourceTree, label
from bragfolio.problems import Problem, has_errors, warning

if TYPE_CHECKING:
    from bragfolio.core.importers.plan import Plan, PlannedItem
    from bragfolio.model.common import Listed


@dataclass(slots=True)
class MergedItems:
    """What to write, and what became of the items."""

    files: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    new: int = 0
    unchanged: int = 0
    kept: int = 0


def merge_items(plan: Plan, tree: SourceTree, visibility: tuple[str, ...], *, is_private: bool) -> MergedItems:
    """Return the list files with the items of *plan* that neither the public nor the private one has.

    An item is the same when everything but its visibility is; one with the same name and other details stays as its
    owner left it.
    """
    merged = MergedItems()
    for kind in LIST_KINDS:
        planned = [item for item in plan.items if isinstance(item.authored, kind.model)]
        there = [item for place in ("", PRIVATE) for item in _items(tree.files.get(place + kind.file))]
        path = (PRIVATE if is_private else "") + kind.file
        new = _sort_out(merged, plan, planned, there, label(kind.file))
        if new and not _add(merged, path, tree.files.get(path), [_for(item.authored, visibility) for item in new]):
            what = f"{label(path)} cannot be added to; {len(new)} items were left out"
            span = plan.spans[new[0].path]
            merged.problems.append(warning("import-conflict", what, span, "write it as lines that start with -"))
    return merged


def _sort_out(
    merged: MergedItems, plan: Plan, planned: list[PlannedItem], there: list[Listed], file: str
) -> list[PlannedItem]:
    """Return those of *planned* that are not *there*; count and report the others.

    Two of one name may both be right (an award of two years), so an item that is there with other details stands for
    one planned item only, and for none when it is itself planned.
    """
    whole = {_bare(item) for item in there}
    wanted = {_bare(item.authored) for item in planned}
    changed = Counter(_name(item) for item in there if _bare(item) not in wanted)
    new = []
    for item in planned:
        name, bare = _name(item.authored), _bare(item.authored)
        if bare in whole:
            merged.unchanged += 1
        elif changed[name]:
            changed[name] -= 1
            merged.kept += 1
            what = f"{file} or its private twin has this with other details; it was left as it is"
            span = plan.spans[item.path]
            merged.problems.append(warning("import-conflict", what, span, "copy by hand what is new"))
        else:
            whole.add(bare)
            new.append(item)
    return new


def _add(merged: MergedItems, path: str, file: SourceFile | None, items: list[Listed]) -> bool:
    """Add *items* to the text of a list file; return False when that text is no block list, or is broken."""
    block = yaml_text([authored_keys(item) for item in items])
    text = _appended(file, block) if file else block
    if text:
        merged.files[path] = text
        merged.new += len(items)
    return bool(text)


def _appended(file: SourceFile, block: str) -> str:
    """Return the text of *file* with the list *block* below it, `""` when the two would not read as one list."""
    before, _, problems = read_yaml_file(file)
    if has_errors(problems):
        return ""
    text, _ = decode_text(file.label, file.data or b"")
    text = text if not text or text.endswith("\n") else text + "\n"
    dash = re.search(r"^( *)- ", text, re.MULTILINE)
    indent = dash[1] if dash else ""
    text += "".join(f"{indent}{line}\n" for line in block.splitlines())
    after, problems = parse_yaml(text, file.label)
    added, _ = parse_yaml(block, file.label)
    both = [*(before if isinstance(before, list) else []), *(added if isinstance(added, list) else [])]
    return text if after == both and not has_errors(problems) else ""


def _items(file: SourceFile | None) -> list[Listed]:
    return [item.authored for item in read_list(file, is_private=False)[0]] if file else []


def _for(item: Listed, visibility: tuple[str, ...]) -> Listed:
    return structs.replace(item, visibility=visibility)


def _bare(item: Listed) -> str:
    """Return everything that *item* says but its visibility, as text that can be compared."""
    return yaml_text(authored_keys(_for(item, ())))


def _name(item: Listed) -> tuple[str, ...]:
    """Return what makes *item* the one that it is."""
    parts: tuple[str, ...] = ()
    if isinstance(item, Education):
        parts = (item.institution, item.degree, item.area)
    elif isinstance(item, Credential):
        parts = (item.kind, item.title, item.issuer)
    return tuple(" ".join(part.casefold().split()) for part in parts)
