"""Match: what a posting asks for, held against what the portfolio proves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.insight.freshness import age_days, worth
from bragfolio.core.insight.vocabulary import skills_named
from bragfolio.core.read.adverts import sections_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date

    from bragfolio.core.insight.vocabulary import Known, Vocabulary
    from bragfolio.core.link.skills import SkillIndex, SkillRef
    from bragfolio.core.project.projection import Item
    from bragfolio.model.achievement import Achievement
    from bragfolio.model.posting import Posting

MUST_WEIGHT: Final = 2
NICE_WEIGHT: Final = 1
PROVEN_DAYS: Final = 3 * 365
"""Evidence that is older counts half."""
GRADES: Final = {"proven": 1.0, "dated": 0.5, "claimed": 0.25, "missing": 0.0}
"""Proven: evidence of the last three years; dated: older evidence; claimed: named, but without evidence."""
MOST_LEADS: Final = 5
"""Achievements to lead with; an interview has no time for more."""
_HALF_LIFE_DAYS: Final = 730
_NEWEST: Final = 100
"""Proofs of a skill that are looked at for what to lead with; one that is older than a hundred others leads nothing."""


class Requirement(Struct, frozen=True):
    """Something that a posting asks for."""

    name: str
    is_must: bool
    skill: SkillRef | None
    """The skill of the portfolio that answers it."""
    grade: str
    """A key of `GRADES`."""

    @property
    def weight(self) -> int:
        """How much it counts."""
        return MUST_WEIGHT if self.is_must else NICE_WEIGHT


class Match(Struct, frozen=True):
    """A posting, answered."""

    requirements: tuple[Requirement, ...]
    is_listed: bool
    """Whether the posting lists what it asks for; else these are the skills that its text names."""

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
        whole = sum(requirement.weight for requirement in self.requirements)
        answered = sum(requirement.weight * value(requirement) for requirement in self.requirements)
        return answered / whole if whole else 0.0


def match_posting(posting: Posting, advert: str, vocabulary: Vocabulary, as_of: date) -> Match:
    """Return what *posting* asks for: its must and nice lists, or else what its *advert* does (`requirements_in`)."""
    asked = [(vocabulary.of(name), name, True) for name in posting.must]
    asked += [(vocabulary.of(name), name, False) for name in posting.nice]
    is_listed = bool(asked)
    if not is_listed:
        asked = [
            (known, known.name, is_must)
            for known, is_must in requirements_in(f"{posting.title}\n\n{advert}", vocabulary)
        ]
    found: dict[str, Requirement] = {}
    for known, name, is_must in asked:
        found.setdefault(known.key, Requirement(name, is_must, known.skill, _grade(known.skill, as_of)))
    return Match(tuple(found.values()), is_listed)


def requirements_in(advert: str, vocabulary: Vocabulary) -> list[tuple[Known, bool]]:
    """Return the skills that the text of an advert asks for, each with whether it must be there.

    Where it lists requirements, those are what must be there, with what its other sentences ask for in so many words; else all
    that it names. What it calls nice to have is not.
    """
    sections = sections_of(advert)
    is_listed = bool(skills_named(sections.must, vocabulary))
    must = skills_named(f"{sections.must}\n\n{sections.asked}" if is_listed else sections.rest, vocabulary)
    taken = {known.key for known in must}
    nice = [known for known in skills_named(sections.nice, vocabulary) if known.key not in taken]
    return [(known, True) for known in must] + [(known, False) for known in nice]


def unjudged_in(advert: str, vocabulary: Vocabulary) -> list[str]:
    """Return what the lists of *advert* ask for in words that name no skill of *vocabulary*, in its order."""
    sections = sections_of(advert)
    asked = [line for part in (sections.must, sections.nice) for line in part.split("\n\n") if line.strip()]
    return [line for line in asked if not skills_named(line, vocabulary)]


def lists_requirements(advert: str, vocabulary: Vocabulary) -> bool:
    """Tell whether *advert* says apart what must be there, or what would be nice to have."""
    sections = sections_of(advert)
    return bool(skills_named(f"{sections.must}\n\n{sections.nice}", vocabulary))


def lead_with(match: Match, skills: SkillIndex, as_of: date) -> list[Item[Achievement]]:
    """Return up to five achievements that together prove most of what is asked for, the strongest first.

    Each is the one that adds most, by weight, to what those before it prove; then the one that is worth more.
    """
    weights = {asked.skill.path: asked.weight for asked in match.requirements if asked.skill}
    best: dict[frozenset[str], Item[Achievement]] = {}
    for item in _by_worth(match, as_of):
        best.setdefault(frozenset(ref.path for ref in skills.of(item.authored) if ref.path in weights), item)
    chosen: list[Item[Achievement]] = []
    while best and weights and len(chosen) < MOST_LEADS:
        proven = max(best, key=lambda paths: sum(weights.get(path, 0) for path in paths))
        if not any(path in weights for path in proven):
            break
        chosen.append(best.pop(proven))
        weights = {path: weight for path, weight in weights.items() if path not in proven}
    return chosen


def _by_worth(match: Match, as_of: date) -> list[Item[Achievement]]:
    """Return the achievements that prove anything that is asked for, those that are worth most first."""
    proofs = {item.id: item for asked in match.requirements if asked.skill for item in asked.skill.proofs[:_NEWEST]}
    keys = {
        id_: (-worth(item.authored, as_of, _HALF_LIFE_DAYS), age_days(item.authored, as_of), id_)
        for id_, item in proofs.items()
    }
    return sorted(proofs.values(), key=lambda item: keys[item.id])


def _grade(skill: SkillRef | None, as_of: date) -> str:
    if skill is None:
        return "missing"
    if not skill.proofs:
        return "claimed"
    return "proven" if age_days(skill.proofs[0].authored, as_of) <= PROVEN_DAYS else "dated"  # the newest stands first
