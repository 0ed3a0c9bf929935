"""Match: what a posting asks for, held against what the portfolio proves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.insight.freshness import age_days

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import date

    from bragfolio.core.link.skills import SkillIndex, SkillRef
    from bragfolio.model.achievement import Achievement
    from bragfolio.model.posting import Posting

MUST_WEIGHT: Final = 2
NICE_WEIGHT: Final = 1
PROVEN_DAYS: Final = 3 * 365
"""Evidence that is older counts half."""
GRADES: Final = {"proven": 1.0, "dated": 0.5, "claimed": 0.25, "missing": 0.0}
"""Proven: evidence of the last three years; dated: older evidence; claimed: named, but without evidence."""
_EXACT: Final = re.compile(r"[A-Z][a-z]?|[A-Za-z]?[#+.]+\w*|\w+[#+]+")
"""Names that are ordinary words, or parts of them, in any other spelling: C, C++, C#, .NET, Go, R."""
_SIGN: Final = r"[\w#+]"


class Requirement(Struct, frozen=True):
    """Something that a posting asks for."""

    name: str
    is_must: bool
    skill: SkillRef | None
    """The skill of the portfolio that answers it."""
    grade: str
    """A key of `GRADES`."""


class Match(Struct, frozen=True):
    """A posting, answered."""

    requirements: tuple[Requirement, ...]
    is_listed: bool
    """Whether the posting lists what it asks for; else these are the skills of the portfolio that its text names."""

    @property
    def coverage(self) -> float:
        """How much of what is asked for is answered, by weight, from 0 to 1; 0 when nothing is asked for."""
        return self._share(lambda requirement: GRADES[requirement.grade])

    def of(self, achievement: Achievement, skills: SkillIndex) -> float:
        """Return how much of what is asked for *achievement* proves, by weight, from 0 to 1."""
        return self.share_of({ref.path for ref in skills.of(achievement)})

    def share_of(self, proven: Collection[str]) -> float:
        """Return how much of what is asked for the skills at the paths *proven* answer, by weight, from 0 to 1."""
        return self._share(lambda asked: float(asked.skill is not None and asked.skill.path in proven))

    def _share(self, value: Callable[[Requirement], float]) -> float:
        weights = [MUST_WEIGHT if requirement.is_must else NICE_WEIGHT for requirement in self.requirements]
        answered = sum(
            weight * value(requirement) for weight, requirement in zip(weights, self.requirements, strict=True)
        )
        return answered / sum(weights) if weights else 0.0


def match_posting(posting: Posting, advert: str, skills: SkillIndex, as_of: date) -> Match:
    """Return what *posting* asks for: its must and nice lists, or the skills of the portfolio that its *advert* names."""
    asked = [(name, True) for name in posting.must] + [(name, False) for name in posting.nice]
    is_listed = bool(asked)
    if not is_listed:
        asked = [(ref.name, True) for ref in skills_named(advert, skills.skills)]
    found: dict[str, Requirement] = {}
    for name, is_must in asked:
        skill = skills.find(name)
        found.setdefault(
            skill.path if skill else name.casefold(), Requirement(name, is_must, skill, _grade(skill, as_of))
        )
    return Match(tuple(found.values()), is_listed)


def skills_named(text: str, skills: Iterable[SkillRef]) -> list[SkillRef]:
    """Return those of *skills* that *text* names, by name or synonym, as whole words; the longest name is read first.

    Short names and names with signs (C, C++, C#, .NET, Go, R) are read as they are written, others in any case.
    """
    names: dict[str, SkillRef] = {}
    for ref in skills:
        for name in (ref.name, *(ref.item.authored.synonyms if ref.item else ())):
            names.setdefault(name, ref)
    found: dict[str, SkillRef] = {}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        flags = 0 if _EXACT.fullmatch(name) else re.IGNORECASE
        pattern = re.compile(rf"(?<!{_SIGN}){re.escape(name)}(?!{_SIGN})", flags)
        text, count = pattern.subn(" \x00 ", text)
        if count:
            found.setdefault(names[name].path, names[name])
    return [ref for ref in skills if ref.path in found]


def _grade(skill: SkillRef | None, as_of: date) -> str:
    if skill is None:
        return "missing"
    if not skill.proofs:
        return "claimed"
    newest = min(age_days(item.authored, as_of) for item in skill.proofs)
    return "proven" if newest <= PROVEN_DAYS else "dated"
