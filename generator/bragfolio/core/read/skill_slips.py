"""Slips: names of skills in achievements that are a letter away from a better known one, and skills that have two files."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from bragfolio.core.read.yaml_tree import locate
from bragfolio.model.achievement import Achievement
from bragfolio.model.skill import Skill
from bragfolio.model.slugs import slugify
from bragfolio.problems import Problem, Span, warning

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bragfolio.model.common import Common
    from bragfolio.model.entry import Entry

_LEAST: Final = 6
"""Letters of the longer name: among short ones many differ by a letter and are both meant."""
_DIGITS: Final = re.compile(r"\d+")


def skill_slips(entries: Sequence[Entry[Common]]) -> list[Problem]:
    """Return a warning for each skill without a file whose name is a letter away from one that has a file, or that more name.

    Where as many name both, the longer is taken for the right one: most slips lose a letter.
    """
    named = Counter(
        name for entry in entries if isinstance(entry.version.authored, Achievement) for name in entry.version.authored.skills
    )  # fmt: skip
    described = [
        name
        for entry in entries
        if isinstance(skill := entry.version.authored, Skill)
        for name in (skill.name, *skill.synonyms)
    ]
    slips = slipped(described, named)
    problems = []
    for entry in entries:
        achievement, source = entry.version.authored, entry.source
        for index, name in enumerate(achievement.skills if slips and isinstance(achievement, Achievement) else ()):
            if name in slips:
                other = slips[name]
                is_open = other not in described and (named[name], len(name)) == (named[other], len(other))
                message = f"“{name}” is a letter away from the skill “{other}”"
                hint = "write the right one of the two everywhere." if is_open else f"did you mean “{other}”?"
                hint += " If both are meant, give each a file: `brag new skill NAME`"
                place = locate(source.yaml, source.first_line, ("skills", index))
                problems.append(warning("skill-slip", message, Span(source.file, *place), hint))
    return problems


def skills_twice(entries: Sequence[Entry[Common]]) -> list[Problem]:
    """Return a warning for each file of a skill whose name, however it is spelt, another one has as its name or a synonym.

    A private file is told of a public one, never the other way about: what is public is read by more.
    """
    skills = [(entry, entry.version.authored) for entry in entries if isinstance(entry.version.authored, Skill)]
    first: dict[str, str] = {}
    problems = []
    for entry, skill in sorted(skills, key=lambda pair: (pair[0].is_private, pair[0].path)):
        slug = slugify(skill.name)
        if slug in first:
            message = f"“{skill.name}” is a skill already, in {first[slug]}"
            hint = "keep one of the two files, or give this one another name"
            place = locate(entry.source.yaml, entry.source.first_line, ("name",))
            problems.append(warning("skill-twice", message, Span(entry.source.file, *place), hint))
        for name in (skill.name, *skill.synonyms):
            first.setdefault(slugify(name), entry.source.file)
    return problems


def slipped(described: Iterable[str], named: Counter[str]) -> dict[str, str]:
    """Return for each of the *named* that seems misspelt what was meant; *described* are the names of skills with a file.

    Two names are a letter away from each other where one is the other with a letter left out, added, exchanged or moved.
    Names that begin differently, or differ in digits alone, are both meant.
    """
    counts = Counter({slugify(name): 0 for name in described})
    known = frozenset(counts)
    spelt = {slugify(name): name for name in [*named, *described]}
    for name, count in named.items():
        counts[slugify(name)] += count
    ranked = sorted(counts, key=lambda slug: (slug not in known, -counts[slug], -len(slug), slug))
    right: dict[str, str] = {}
    meant: dict[str, str] = {}
    for slug in ranked:
        shapes = (slug, *(slug[:at] + slug[at + 1 :] for at in range(1, len(slug))))
        near = {right[shape]: None for shape in shapes if shape in right and _is_slip(slug, right[shape])}
        if near and slug not in known:
            meant[slug] = min(near, key=ranked.index)
        else:
            for shape in shapes:
                right.setdefault(shape, slug)
    return {name: spelt[meant[slugify(name)]] for name in named if slugify(name) in meant}


def _is_slip(slug: str, other: str) -> bool:
    return max(len(slug), len(other)) >= _LEAST and _DIGITS.sub("", slug) != _DIGITS.sub("", other)
