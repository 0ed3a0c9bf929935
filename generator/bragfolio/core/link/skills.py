"""Skill names: which skill each name in an achievement means, with or without a file of its own."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from bragfolio.core.link.addresses import Key, skill_page
from bragfolio.model.slugs import slugify

if TYPE_CHECKING:
    from bragfolio.core.project.projection import Item, Projection
    from bragfolio.model.achievement import Achievement
    from bragfolio.model.skill import Skill


class SkillRef(Struct, frozen=True):
    """A skill that the projection shows."""

    name: str
    path: str
    item: Item[Skill] | None
    """None when no file describes it."""
    proofs: tuple[Item[Achievement], ...]
    """Newest first; what is only planned proves nothing."""


class SkillIndex(Struct, frozen=True):
    """All skills, by name, and what each name means."""

    skills: tuple[SkillRef, ...]
    by_name: dict[str, SkillRef]
    """By the name as an achievement or a parent writes it, and by the skill's own slug."""
    aliases: dict[str, SkillRef]
    """By case-folded name, synonym and slug."""

    def find(self, name: str) -> SkillRef | None:
        """Return the skill that *name* means, however it is spelt, or None."""
        return self.by_name.get(name) or self.aliases.get(name.casefold()) or self.aliases.get(slugify(name))

    def of(self, achievement: Achievement) -> list[SkillRef]:
        """Return the skills that *achievement* names, in its order, each once."""
        return list({ref.path: ref for ref in (self.by_name[name] for name in achievement.skills)}.values())


def index_skills(projection: Projection, addresses: dict[Key, str]) -> SkillIndex:
    """Return the skills of *projection*. Names match by synonym and slug; spellings of one slug are one skill."""
    known = _names(projection)
    paths = {item.id: addresses["skill", item.id] for item in projection.skills}

    def path_of(name: str) -> str:
        item = known.get(name.casefold()) or known.get(slugify(name))
        return paths[item.id] if item else skill_page(slugify(name))

    items = {paths[item.id]: item for item in projection.skills}
    proofs: dict[str, list[Item[Achievement]]] = {path: [] for path in items}
    uses = Counter(name for achievement in projection.achievements for name in achievement.authored.skills)
    names = {name: path_of(name) for name in uses}
    for achievement in projection.achievements:
        is_planned = achievement.authored.is_planned(projection.as_of)
        for path in dict.fromkeys(names[name] for name in achievement.authored.skills):
            found = proofs.setdefault(path, [])
            if not is_planned:
                found.append(achievement)
    spellings: dict[str, list[str]] = {}
    for name, path in names.items():
        spellings.setdefault(path, []).append(name)
    refs = {}
    for path, found in proofs.items():
        described = items.get(path)
        name = described.authored.name if described else min(spellings[path], key=lambda name: (-uses[name], name))
        refs[path] = SkillRef(name, path, described, tuple(found))
    by_name = {name: refs[path] for name, path in names.items()}
    by_name.update({slugify(ref.name): ref for ref in refs.values() if ref.item is None})
    aliases = {name: refs[paths[item.id]] for name, item in known.items()}
    for ref in refs.values():
        aliases.setdefault(ref.name.casefold(), ref)
        aliases.setdefault(slugify(ref.name), ref)
    ordered = sorted(refs.values(), key=lambda ref: (ref.name.casefold(), ref.path))
    return SkillIndex(tuple(ordered), by_name, aliases)


def _names(projection: Projection) -> dict[str, Item[Skill]]:
    """Return the skills that have a file by every name that means them; a name of its own weighs more than a synonym."""
    pairs = [(name, item) for item in projection.skills for name in (item.authored.name, item.id)]
    pairs += [(name, item) for item in projection.skills for name in item.authored.synonyms]
    names: dict[str, Item[Skill]] = {}
    for name, item in pairs:
        names.setdefault(name.casefold(), item)
        names.setdefault(slugify(name), item)
    return names
