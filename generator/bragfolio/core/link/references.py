"""References: the gaps in bodies, and the files that items name, each led to what it means in this projection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from bragfolio.core.link.addresses import Key, assign_addresses
from bragfolio.core.link.skills import SkillIndex, index_skills
from bragfolio.core.project.audiences import PUBLIC, SELF
from bragfolio.core.read.config import SITE_FILE
from bragfolio.core.read.markdown import Prose, Use, UseKind
from bragfolio.core.read.portfolio import STATIC, entry_key, find_file, is_attachment, named_files, resolve_path
from bragfolio.core.read.rules import PICTURES
from bragfolio.core.read.shape import did_you_mean
from bragfolio.model.kinds import KIND_BY_FOLDER, KIND_BY_NAME
from bragfolio.model.tree import PRIVATE
from bragfolio.problems import Problem, error, warning

if TYPE_CHECKING:
    from collections.abc import Callable

    from bragfolio.core.project.projection import Item, Projection
    from bragfolio.model.common import Common


class Target(Struct, frozen=True):
    """What a use in a body means."""

    path: str
    """From the site's root, not yet percent-encoded; `""` when this audience gets the text alone."""
    name: str
    """What a wikilink without text shows."""
    is_image: bool = False
    alt: str = ""
    fragment: str = ""


class LinkedBody(Struct, frozen=True):
    """A parsed body with the meaning of each of its gaps."""

    prose: Prose
    targets: tuple[Target, ...]

    def shown(self, number: int) -> str:
        """Return what a gap shows of itself: a wikilink's text; other links have theirs in the body."""
        return self.targets[number].name if self.prose.uses[number].kind is UseKind.WIKI else ""


class Linked(Struct, frozen=True):
    """A projection with its addresses."""

    projection: Projection
    addresses: dict[Key, str]
    skills: SkillIndex
    bodies: dict[Key, tuple[LinkedBody, ...]]
    assets: dict[str, str]
    """Of each file that a visible item shows: the path from site_content/, and where it is published."""
    mentioned_by: dict[Key, tuple[Key, ...]]
    """For each item, the items whose bodies link to it, in the order of `Projection.items`."""

    photo: str
    """Where the person's photo is published; `""` for none."""

    def address(self, item: Item[Common]) -> str:
        """Return where *item* is here, also when it comes from the projection of an audience that knows it by another id."""
        own = next((other for other in self.projection.items if other.files[-1] == item.files[-1]), item)
        return self.addresses[own.kind, own.id]

    def asset(self, item: Item[Common], target: str) -> str:
        """Return where the file that *item* calls *target* is published."""
        return self.assets[find_file(self.assets, target, *item.files)]


class _Linker(Struct):
    projection: Projection
    addresses: dict[Key, str]
    skills: SkillIndex
    files: frozenset[str]
    rename: Callable[[str], str]
    by_id: dict[str, list[Key]] = {}
    by_file: dict[str, Key] = {}
    names: dict[Key, str] = {}
    written: frozenset[Key] = frozenset()
    """Every entry that has a file, whether it is in the projection or not; only `self` may know."""
    assets: dict[str, str] = {}
    mentions: dict[Key, dict[Key, None]] = {}
    problems: list[Problem] = []


def link(
    projection: Projection, files: frozenset[str], rename: Callable[[str], str] = lambda path: path
) -> tuple[Linked, list[Problem]]:
    """Return *projection* with every reference resolved, and those that lead nowhere.

    *files* are all paths below site_content/; only those that visible items name are published, each under the name that
    *rename* gives it, which may say other words. A link to an entry
    that is not in the projection becomes its own text; whether that entry exists is said to `self` alone.
    """
    addresses, problems = assign_addresses(projection)
    linker = _Linker(projection, addresses, index_skills(projection, addresses), files, rename, problems=problems)
    if projection.audience == SELF:
        linker.written = frozenset(key for path in files if (key := entry_key(path)))
    for item in projection.items:
        key = (item.kind, item.id)
        linker.by_id.setdefault(item.id, []).append(key)
        linker.by_file.update(dict.fromkeys(item.files, key))
        linker.names[key] = item_name(item)
    bodies: dict[Key, tuple[LinkedBody, ...]] = {}
    for item in projection.items:
        key = (item.kind, item.id)
        for _, target in named_files(item.authored):
            _publish(linker, find_file(files, target, *item.files))
        bodies[key] = tuple(_link_body(linker, key, prose) for prose in item.bodies if prose.html)
    photo = projection.config.person.photo
    places = (SITE_FILE,) if projection.audience == PUBLIC else (SITE_FILE, PRIVATE + SITE_FILE)
    portrait = find_file(files, photo, *places) if photo else ""
    portrait = _publish(linker, portrait) if is_attachment(portrait) else ""
    mentioned_by = {key: tuple(sources) for key, sources in linker.mentions.items()}
    return Linked(projection, addresses, linker.skills, bodies, linker.assets, mentioned_by, portrait), linker.problems


def item_name(item: Item[Common]) -> str:
    """Return what readers call *item*."""
    key = KIND_BY_NAME[item.kind].title_key
    return item.authored.title or str(getattr(item.authored, key))


def published_path(path: str) -> str:
    """Return where the file at *path*, from site_content/, is published: static/ is the site's root."""
    return path.removeprefix(PRIVATE).removeprefix("static/")


def _publish(linker: _Linker, path: str) -> str:
    if path:
        is_whole = path.removeprefix(PRIVATE).startswith(STATIC)  # static/ is published as it is
        linker.assets[path] = published_path(path) if is_whole else linker.rename(published_path(path))
    return linker.assets.get(path, "")


def _link_body(linker: _Linker, key: Key, prose: Prose) -> LinkedBody:
    return LinkedBody(prose, tuple(_resolve(linker, key, prose, use) for use in prose.uses))


def _resolve(linker: _Linker, key: Key, prose: Prose, use: Use) -> Target:
    if use.kind is UseKind.WIKI:
        return _wikilink(linker, key, use)
    base = prose.file.partition("/")[2]
    path = find_file(linker.files, use.target, base)
    if use.kind is UseKind.IMAGE and path and not path.lower().endswith(PICTURES):
        message = f"“{use.target}” is not of a kind that browsers show"
        linker.problems.append(error("image-type", message, use.span, "save it as PNG, JPEG, WebP or SVG"))
    if use.kind is UseKind.IMAGE and path:
        return Target(_publish(linker, path), use.text, is_image=True, alt=use.text)
    if use.kind is UseKind.FILE and (path or use.target).endswith(".md") and (not path or entry_key(path)):
        target = linker.by_file.get(path)
        return _to_item(linker, key, target, use) if target else _unresolved(linker, use, use.target)
    if path and is_attachment(path):
        return Target(_publish(linker, path), use.target, fragment=use.fragment)
    if path:
        message = f"“{use.target}” is a source file of the portfolio, which is not published"
        linker.problems.append(error("path-escape", message, use.span, "attach a copy with another name"))
        return Target("", use.text)
    what, code = ("picture", "image-missing") if use.kind is UseKind.IMAGE else ("file", "link")
    message = f"there is no {what} “{use.target}” that this entry may show"
    if not resolve_path(base, use.target):
        code, message = "path-escape", f"“{use.target}” leads out of the files that this entry may show"
    linker.problems.append(error(code, message, use.span, f"check the name, or move the {what} beside the entry"))
    return Target("", use.text)


def _wikilink(linker: _Linker, key: Key, use: Use) -> Target:
    kind, _, name = use.target.rpartition("/")
    kind = KIND_BY_FOLDER[kind].name if kind in KIND_BY_FOLDER else kind
    found = [candidate for candidate in linker.by_id.get(name, ()) if kind in {"", candidate[0]}]
    if len(found) > 1:
        options = " or ".join(f"[[{candidate[0]}/{name}]]" for candidate in found)
        message = f"“{name}” is the id of more than one entry"
        linker.problems.append(error("link", message, use.span, f"write {options}"))
        return Target("", use.text or name)
    if found:
        return _to_item(linker, key, found[0], use)
    skill = linker.skills.by_name.get(name)
    if skill and kind in {"", "skill"}:
        return Target(skill.path, use.text or skill.name)
    return _unresolved(linker, use, name)


def _to_item(linker: _Linker, key: Key, target: Key, use: Use) -> Target:
    if target != key:
        linker.mentions.setdefault(target, {})[key] = None
    return Target(linker.addresses[target], use.text or linker.names[target], fragment=use.fragment)


def _unresolved(linker: _Linker, use: Use, name: str) -> Target:
    id_ = name.rpartition("/")[2].removesuffix(".md")
    if any(key[1] == id_ for key in linker.written):
        message = f"this link is shown as its own text: “{id_}” is a draft, not due, or has errors"
        linker.problems.append(warning("link-hidden", message, use.span, "`brag list` and `brag check` tell"))
    elif linker.projection.audience == SELF:
        hint = did_you_mean(name, sorted(linker.by_id)) if len(linker.by_id) > 0 else ""
        hint = hint if "did you mean" in hint else "check the id: it is the name of the file without .md"
        linker.problems.append(error("link", f"there is no entry “{name}”", use.span, hint))
    else:
        message = "this link is shown as its own text: what it names is not part of this build"
        hint = "that is in order where it is hidden on purpose; a link that leads nowhere at all is an error of `brag check`"
        linker.problems.append(warning("link-hidden", message, use.span, hint))
    return Target("", use.text or (name if use.kind is UseKind.WIKI else ""))
