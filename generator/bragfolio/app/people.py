"""People: whom a command may name."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bragfolio.core.read.dossier import read_dossier
from bragfolio.core.read.shape import did_you_mean
from bragfolio.model.tree import CONTENT, PRIVATE, SourceFile, SourceTree
from bragfolio.problems import Problem, Span, error

_PEOPLE: Final = f"{PRIVATE}people.yaml"


def unknown_person(root: Path, person: str, at: Span) -> Problem | None:
    """Return that private/people.yaml does not name *person*; None when it does, and where there is no such file."""
    path = root / CONTENT / _PEOPLE
    if not path.is_file():
        return None
    data = path.read_bytes()
    dossier, _ = read_dossier(SourceTree({_PEOPLE: SourceFile(_PEOPLE, len(data), data)}))
    return missing_person([kept.id for kept in dossier.people], person, at)


def missing_person(ids: list[str], person: str, at: Span) -> Problem | None:
    """Return that *person* is none of *ids*, those of people.yaml; None when they are."""
    if person in ids:
        return None
    hint = did_you_mean(person, ids) or "add the person there"
    return error("not-found", f"there is no person “{person}” in private/people.yaml", at, hint)
