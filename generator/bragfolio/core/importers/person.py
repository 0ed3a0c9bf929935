"""Person: who an imported file is about, put into site.yaml or, what is not public, private/site.yaml.

Nothing that stands there is changed, but for the name of a site.yaml that nobody has touched. Contact data are always
private: a resume is sent to people, a site is read by machines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bragfolio.core.importers.emit import authored_keys
from bragfolio.core.importers.json_tree import pointer
from bragfolio.core.read.config import SITE_FILE, read_config, read_config_overlay
from bragfolio.core.read.text import decode_text
from bragfolio.core.read.yaml_tree import Tree, locate, parse_yaml
from bragfolio.model.front_matter import yaml_text
from bragfolio.model.site import Contact, Person
from bragfolio.model.tree import PRIVATE, SourceTree, label
from bragfolio.problems import Problem, Span, has_errors, warning

if TYPE_CHECKING:
    from bragfolio.core.importers.plan import Plan
    from bragfolio.model.site import SiteOverlay

_CONTACTS: Final = frozenset({"email", "phone", "street"})
_PUBLIC: Final = ("public",)


@dataclass(slots=True)
class _Sorted:
    """Where each key of the imported person goes."""

    site: dict[str, object] = field(default_factory=dict)
    overlay: dict[str, object] = field(default_factory=dict)
    taken: list[tuple[str, str]] = field(default_factory=list)
    """Keys that say something else already, and the file in which they do."""


def merge_person(
    plan: Plan, tree: SourceTree, visibility: tuple[str, ...], placeholder: str
) -> tuple[dict[str, str], list[Problem]]:
    """Return the text of site.yaml and private/site.yaml where they change, and what was not taken.

    The name replaces *placeholder* in a site.yaml that nobody has touched. With public *visibility* the rest goes there
    too, as long as the site is this person's; else it goes to private/site.yaml, for *visibility* if that is new.
    """
    config, _, _ = read_config(tree)
    overlay, _, found = read_config_overlay(tree)
    site = config.person
    is_theirs = site.name.casefold() in {"", placeholder.casefold(), plan.person.name.casefold()}
    may_overlay = not has_errors(found) and (overlay is None or set(overlay.visibility) <= set(visibility))
    placed = _Sorted()
    keys = authored_keys(plan.person)
    for key, value in keys.items():
        untouched = key == "name" and site.name in {"", placeholder}
        there = _where(plan.person, site, overlay, key, ignore_site=untouched)
        if there == "same":
            continue
        if there:
            placed.taken.append((key, there))
        elif is_theirs and key not in _CONTACTS and (key == "name" or visibility == _PUBLIC):
            placed.site[key] = value
        elif may_overlay or key in _CONTACTS:
            placed.overlay[key] = value
        else:
            placed.taken.append((key, label(PRIVATE + SITE_FILE)))
    return _write(plan, tree, placed, visibility, placeholder)


def _where(new: Person, site: Person, overlay: SiteOverlay | None, key: str, *, ignore_site: bool) -> str:
    """Return `same` when *key* is there as in *new*, else the file that says something else, or `""`."""
    value, empty = getattr(new, key), getattr(Person(), key)
    pairs = [(getattr(overlay.person, key), PRIVATE + SITE_FILE)] if overlay else []
    pairs += [] if ignore_site else [(getattr(site, key), SITE_FILE)]
    said = [(there, file) for there, file in pairs if there != empty]
    if any(_is_same(there, value) for there, _ in said):
        return "same"
    return label(said[0][1]) if said else ""


def _is_same(one: object, other: object) -> bool:
    if isinstance(one, Contact) and isinstance(other, Contact):
        return one.value == other.value
    return one == other


def _write(
    plan: Plan, tree: SourceTree, placed: _Sorted, visibility: tuple[str, ...], placeholder: str
) -> tuple[dict[str, str], list[Problem]]:
    files: dict[str, str] = {}
    if placed.site:
        text = with_person(_text(tree, SITE_FILE), placed.site, placeholder)
        if text:
            files[SITE_FILE] = text
        else:
            placed.taken += [(key, label(SITE_FILE)) for key in placed.site]
    if placed.overlay:
        path = PRIVATE + SITE_FILE
        text = _text(tree, path)
        if not text.strip() and visibility not in {(), _PUBLIC}:
            text = yaml_text({"visibility": list(visibility)})
        text = with_person(text, placed.overlay, "")
        if text:
            files[path] = text
        else:
            placed.taken += [(key, label(path)) for key in placed.overlay]
    return files, [_not_taken(plan, key, file) for key, file in placed.taken]


def with_person(text: str, keys: Mapping[str, object], placeholder: str) -> str:
    """Return the YAML *text* with *keys* added to its `person:`, `""` when that cannot be done without harm.

    A name, and a title, that are *placeholder* are replaced. Comments, order and spacing of all else stay.
    """
    before, problems = parse_yaml(text, "")
    old = before if isinstance(before, dict) else {}
    if has_errors(problems) or (before != "" and not old):
        return ""
    wanted, rest = {**old}, dict(keys)
    if placeholder and "name" in keys:
        name = str(keys["name"])
        if old.get("title") == placeholder:
            text, wanted["title"] = _replace(text, ("title",), placeholder, name), name
        if _person_of(old).get("name") == placeholder:
            text = _replace(text, ("person", "name"), placeholder, name)
            del rest["name"]
    text = _insert(text, old, rest) if rest else text
    added, _ = parse_yaml(yaml_text({"person": dict(keys)}), "")
    wanted["person"] = {**_person_of(old), **_person_of(added)}
    after, problems = parse_yaml(text, "")
    return text if after == wanted and not has_errors(problems) else ""


def _person_of(tree: Tree) -> dict[str, Tree]:
    person = tree.get("person") if isinstance(tree, dict) else None
    return person if isinstance(person, dict) else {}


def _replace(text: str, path: tuple[str, ...], old: str, new: str) -> str:
    """Return *text* with the scalar at *path*, which is *old*, replaced."""
    start = _offset(text, *locate(text, 1, path))
    match = re.compile(rf"([\"']?){re.escape(old)}\1").match(text, start)
    return f"{text[:start]}{yaml_text([new])[2:].rstrip()}{text[match.end() :]}" if match else text


def _insert(text: str, old: dict[str, Tree], keys: Mapping[str, object]) -> str:
    """Return *text* with *keys* in its `person:`: below the name, else on top; a new `person:` goes to the end."""
    if "person" not in old:
        return (text if not text or text.endswith("\n") else text + "\n") + yaml_text({"person": dict(keys)})
    person = old["person"]
    if isinstance(person, dict) and person:
        first = "name" if "name" in person and "name" not in keys else next(iter(person))
        line, column = locate(text, 1, ("person", first), key=True)
        at_line, indent = (line if first == "name" else line - 1), " " * (column - 1)
    else:
        at_line, indent = locate(text, 1, ("person",), key=True)[0], "  "
    lines = text.split("\n")
    lines[at_line:at_line] = [indent + line for line in yaml_text(keys).splitlines()]
    return "\n".join(lines)


def _offset(text: str, line: int, column: int) -> int:
    return sum(len(part) + 1 for part in text.split("\n")[: line - 1]) + column - 1


def _text(tree: SourceTree, path: str) -> str:
    file = tree.files.get(path)
    return decode_text(file.label, file.data or b"")[0] if file else ""


def _not_taken(plan: Plan, key: str, file: str) -> Problem:
    path = plan.person_paths[key]
    span = plan.spans.get(path, Span(""))
    what = f"{pointer(path)} was not taken: {file} says something else about “{key}”, or cannot be added to"
    return warning("import-conflict", what, span, f"write person: {{{key}: ...}} there if you want it so")
