"""Place: a ladder as a file of private/ladders/, never over one that was edited."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from msgspec import Struct, structs

from bragfolio.core.importers.emit import authored_keys, content_digest
from bragfolio.core.read.entries import read_yaml_file
from bragfolio.core.read.shape import decode_tree
from bragfolio.core.read.text import decode_text
from bragfolio.model.common import Imported
from bragfolio.model.front_matter import yaml_text
from bragfolio.model.scalars import PartialDate
from bragfolio.model.tree import PRIVATE, label

if TYPE_CHECKING:
    from bragfolio.model.ladder import Ladder
    from bragfolio.model.tree import SourceFile, SourceTree

FORMAT: Final = "ladder"
FOLDER: Final = f"{PRIVATE}ladders/"


class Placed(Struct, frozen=True):
    """What to write, and what that is."""

    path: str
    """From site_content/."""
    text: str
    """`""` where there is nothing to write."""
    outcome: str
    """`new`, `updated`, `unchanged` or `kept`."""
    conflict: tuple[str, str] | None = None
    """What keeps it from being written, and what helps; sentences as of a problem."""


def place_ladder(ladder: Ladder, source: str, tree: SourceTree, today: dt.date, *, force: bool) -> Placed:
    """Return the file of *ladder*, which the file *source* holds. The same again writes nothing.

    What was imported before is brought up to date unless it was edited since (then only with *force*); what was not
    imported, or has its id from another file, stays.
    """
    path = f"{FOLDER}{ladder.id}.yaml"
    elsewhere = next((file for file in _files(tree) if file.path != path and _id_of(file) == ladder.id), None)
    if elsewhere:
        what = f"the ladder “{ladder.id}” is {elsewhere.label} already; it was left as it is"
        return Placed(path, "", "kept", (what, "choose another id with --id"))
    there = tree.files.get(path)
    if there is None:
        return Placed(path, _text(ladder, source, PartialDate.of(today)), "new")
    before, _ = decode_text(there.label, there.data or b"")
    imported = _imported(there)
    if imported is None:
        what = f"you have {label(path)} already, which was not imported; it was left as it is"
        return Placed(path, "", "kept", (what, "choose another id with --id"))
    text = _text(ladder, source, imported.date or PartialDate.of(today))
    if _digest(text) == _digest(before):
        return Placed(path, "", "unchanged")
    if _digest(before) != imported.digest and not force:
        what = f"{label(path)} was edited since it was imported; it was left as it is"
        return Placed(path, "", "kept", (what, "--force overwrites it"))
    return Placed(path, text, "updated")


def _text(ladder: Ladder, source: str, date: PartialDate) -> str:
    digest = _digest(yaml_text(authored_keys(ladder)))
    imported = Imported(source=FORMAT, id=source, date=date, digest=digest)
    return yaml_text(authored_keys(structs.replace(ladder, imported=imported)))


def _digest(text: str) -> str:
    """Return a digest of a ladder's file without `imported:`."""
    return content_digest(f"---\n{text.rstrip()}\n---\n")


def _imported(file: SourceFile) -> Imported | None:
    tree, _, _ = read_yaml_file(file)
    if not isinstance(tree, dict) or "imported" not in tree:
        return None
    return decode_tree(tree["imported"], Imported)[0]


def _files(tree: SourceTree) -> list[SourceFile]:
    return [file for path, file in tree.files.items() if path.startswith(FOLDER) and path.endswith(".yaml")]


def _id_of(file: SourceFile) -> str:
    tree, _, _ = read_yaml_file(file)
    named = tree.get("id", "") if isinstance(tree, dict) else ""
    return named if isinstance(named, str) and named else file.path.removeprefix(FOLDER).removesuffix(".yaml")
