"""Namesakes: skills without a proof, and the other, well-known names by which achievements call the same."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bragfolio.core.insight.well_known import well_known_skills
from bragfolio.model.slugs import slugify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bragfolio.core.link.skills import SkillIndex, SkillRef
    from bragfolio.core.project.projection import Item
    from bragfolio.model.skill import Skill


def namesakes(skills: SkillIndex) -> Iterator[tuple[Item[Skill], SkillRef]]:
    """Yield each skill with a file and without a proof, and one with proofs and no file that is well known for the same."""
    named = [ref for ref in skills.skills if not ref.item and ref.proofs]
    for ref in skills.skills if named else ():
        if ref.item and not ref.proofs:
            meant = {_known_as(name) for name in (ref.name, *ref.item.authored.synonyms)} - {None}
            same = next((other for other in named if _known_as(other.name) in meant), None)
            if same:
                yield ref.item, same


def _known_as(name: str) -> str | None:
    return _well_known().get(slugify(name))


@cache
def _well_known() -> dict[str, str]:
    """Return the name of each well-known skill by all of its names, as slugs."""
    names: dict[str, str] = {}
    for skill in well_known_skills():
        for name in (skill.name, *skill.synonyms):
            names.setdefault(slugify(name), skill.name)
    return names
