"""Vocabulary: every name that a skill goes by, and which skills a text names."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.insight.well_known import well_known_skills
from bragfolio.model.slugs import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bragfolio.core.link.skills import SkillIndex, SkillRef

Words = tuple[str, ...]
"""A name or a text, taken apart by `_words_of`."""

_EXACT: Final = re.compile(r"[A-Z][a-z]?|[A-Za-z]?[#+.]+\w*|\w+[#+]+")
"""Names that are ordinary words, or parts of them, in any other spelling: C, C++, C#, .NET, Go, R."""
_WORD: Final = re.compile(
    r"""°\w+
    | (?<![^\W_]) [^\W_] [&+'-] [^\W_]+      # one letter tied to a word: R&D, C-level, T-SQL, C+E
    | (?<![\w.]) \. [^\W\d_] [^\W_]*         # .NET
    | [^\W_]+ (?: [#+]++ (?!\w) | (?<=\bC) \+\+ )?
    | [/&]
    | [,;:!?()\[\]{}<>|"“”…•·] | \.(?=\s|\Z) | \n\s*\n | \s[–—-]\s | \n[ \t]*[*+–-][ \t]   # where no name goes on
    """,
    re.VERBOSE,
)
_RANKS: Final = frozenset({
    "appendix", "band", "block", "building", "category", "categories", "class", "classes", "clause", "floor",
    "form", "gate", "grade", "hepatitis", "level", "licence", "license", "lot", "option", "part", "phase",
    "plan", "platform", "point", "room", "row", "schedule", "section", "team", "tier", "type", "unit",
    "vitamin", "wing", "zone",
})  # fmt: skip
"""Before a letter alone, which then is a label: grade R, category C."""
_ONWARD: Final = frozenset({
    "above", "ahead", "abroad", "away", "back", "beyond", "big", "deep", "down", "far", "fast", "for",
    "forward", "from", "further", "green", "home", "in", "into", "it", "live", "on", "out", "over", "straight",
    "the", "their", "there", "through", "to", "together", "towards", "up", "well", "where", "with", "your",
})  # fmt: skip
_NOT_BEFORE: Final = {"go": _ONWARD, "excel": frozenset({"as", "at", "in"}), "express": frozenset({"your", "interest"})}
"""Words behind which a name is an ordinary verb, as in `Go to market`."""


class Known(Struct, frozen=True):
    """A skill that has a name."""

    key: str
    """What tells skills apart."""
    name: str
    skill: SkillRef | None = None
    """The skill of the portfolio, when it has it."""

    @property
    def entry(self) -> str:
        """`skill/id` for a link; empty when the portfolio does not have it."""
        return entry_of(self.skill) if self.skill else ""


def entry_of(skill: SkillRef) -> str:
    """Return `skill/id`; of a skill without a file, its slug stands for the id."""
    return f"skill/{skill.item.id if skill.item else slugify(skill.name)}"


class Form(Struct, frozen=True):
    """One name of a skill."""

    known: Known
    spellings: frozenset[Words] | None = None
    """How it must be spelt; None when any case will do."""


class Vocabulary(Struct, frozen=True):
    """The names of all skills."""

    forms: dict[Words, Form]
    """By case-folded words."""
    lengths: dict[str, tuple[int, ...]]
    """By first word, in how many words names go on, the longest first."""

    def of(self, name: str) -> Known:
        """Return what *name*, written as the name of a skill, means; a skill of its own when nothing else goes by it."""
        form = self.forms.get(_folded(_words_of(name)))
        return form.known if form else Known(" ".join(name.casefold().split()), name)


def make_vocabulary(skills: SkillIndex, further: Iterable[str] = ()) -> Vocabulary:
    """Return the names of the portfolio's *skills*, of well-known ones, and *further* ones.

    A name of the portfolio weighs more than a well-known one: what its owner calls a synonym is one.
    """
    shipped = _shipped()
    forms: dict[Words, Form] = {}
    known_by_path = {ref.path: Known(f"/{ref.path}", ref.name, ref) for ref in skills.skills}
    own = [(ref.name, ref) for ref in skills.skills] + list(skills.by_name.items())
    own += [(name, ref) for ref in skills.skills if ref.item for name in ref.item.authored.synonyms]
    for name, ref in own:
        _add(forms, name, known_by_path[ref.path], shipped)
    for first, names in _well_known_names():
        known = next((forms[words].known for words, _ in names if words in forms), first)
        for words, spellings in names:
            forms.setdefault(words, Form(known, spellings))
    for name in further:
        _add(forms, name, Known(" ".join(name.casefold().split()), name), shipped)
    lengths: dict[str, set[int]] = {}
    for words in forms:
        lengths.setdefault(words[0], set()).add(len(words))
    return Vocabulary(forms, {word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()})


def skills_named(text: str, vocabulary: Vocabulary) -> list[Known]:
    """Return the skills that *text* names, in its order, each once: whole words, the longest name first.

    Short names, names with signs (C, C++, C#, .NET, Go, R) and names that are ordinary words otherwise are read as they
    are spelt, others in any case. A letter alone is no skill where it is a label (grade R, vitamin C) or part of a word (R&D).
    """
    words = _words_of(text)
    folded = _folded(words)
    found: dict[str, Known] = {}
    end = 0
    for at, word in enumerate(folded):
        lengths = vocabulary.lengths.get(word)
        if lengths and at >= end:
            known, length = _name_at(at, lengths, words, folded, vocabulary)
            end = at + length
            if known:
                found.setdefault(known.key, known)
    return list(found.values())


def _name_at(
    at: int, lengths: tuple[int, ...], words: Words, folded: Words, vocabulary: Vocabulary
) -> tuple[Known | None, int]:
    """Return the skill with the longest name that begins at *at*, and in how many words; None and 0 when none does."""
    for length in lengths:
        end = at + length
        form = vocabulary.forms.get(folded[at:end]) if end <= len(words) else None
        if form is None or (form.spellings is not None and words[at:end] not in form.spellings):
            continue
        if length > 1 or not _is_other(words, folded, at):
            return form.known, length
    return None, 0


def _is_other(words: Words, folded: Words, at: int) -> bool:
    """Tell whether the word at *at* is an ordinary verb, or a letter that is a label."""
    following = folded[at + 1] if at + 1 < len(folded) else ""
    if following in _NOT_BEFORE.get(folded[at], ()):
        return True
    if len(words[at]) > 1 or at == 0:
        return False
    before = folded[at - 1]
    is_row = before in {"and", "or", "/", "&", ","} and at > 1 and len(words[at - 2]) == 1 and words[at - 2].isupper()
    return before in _RANKS or (is_row and words[at - 2] not in {"C", "R"})


def _words_of(text: str) -> Words:
    return tuple(_WORD.findall(text.replace("’", "'")))


def _folded(words: Words) -> Words:
    return tuple(word.casefold() for word in words)


def _add(forms: dict[Words, Form], name: str, known: Known, shipped: dict[Words, frozenset[Words] | None]) -> None:
    """Add a *name* that somebody wrote, unless it is taken; a well-known one is spelt as it is well known, too."""
    words = _words_of(name)
    folded = _folded(words)
    if not words or folded in forms:
        return
    usual = shipped.get(folded)
    if usual is not None or _EXACT.fullmatch(name):
        forms[folded] = Form(known, (usual or frozenset()) | {words})
        return
    for plural in _with_plural(folded):
        forms.setdefault(plural, Form(known))


@cache
def _well_known_names() -> tuple[tuple[Known, tuple[tuple[Words, frozenset[Words] | None], ...]], ...]:
    """Return every well-known skill with its names, as words and as they must be spelt."""
    found = []
    for skill in well_known_skills():
        names = tuple(pair for name in (skill.name, *skill.synonyms) for pair in _spelt(name))
        name = skill.name.removesuffix("!")
        found.append((Known(name.casefold(), name), names))
    return tuple(found)


@cache
def _shipped() -> dict[Words, frozenset[Words] | None]:
    return {words: spellings for _, names in _well_known_names() for words, spellings in names}


def _spelt(name: str) -> Iterator[tuple[Words, frozenset[Words] | None]]:
    words = _words_of(name.removesuffix("!"))
    if name.endswith("!") or _EXACT.fullmatch(name):
        yield _folded(words), frozenset({words})
    else:
        yield from ((plural, None) for plural in _with_plural(_folded(words)))


def _with_plural(words: Words) -> Iterator[Words]:
    """Yield *words*, and their plural where an s makes it: adverts write `feature stores` and `a runbook`."""
    yield words
    last = words[-1]
    if len(last) > 3 and last.isalpha() and not last.endswith("s"):
        yield (*words[:-1], f"{last}s")


def says(text: str, phrases: Iterable[str]) -> list[str]:
    """Return those of *phrases* whose words *text* says one after another, in any case; each once, in their order."""
    said = " ".join(_folded(_words_of(text)))
    return [
        phrase
        for phrase in dict.fromkeys(phrases)
        if (words := " ".join(_folded(_words_of(phrase)))) and f" {words} " in f" {said} "
    ]
