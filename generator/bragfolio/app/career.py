"""Career: opens a portfolio for the coach: what its owner sees, and the private files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import structs

from bragfolio.app.prepare import Read, link_for, read
from bragfolio.core.insight.career import Career
from bragfolio.core.project.audiences import SELF
from bragfolio.core.project.projection import View, shown_achievements
from bragfolio.core.read.dossier import read_dossier
from bragfolio.core.read.dossier_references import check_dossier
from bragfolio.core.read.ladder_references import check_ladders
from bragfolio.edge.pool import without_collection
from bragfolio.model.achievement import Achievement

if TYPE_CHECKING:
    from bragfolio.core.link.references import Linked
    from bragfolio.model.common import Common
    from bragfolio.model.dossier import Dossier
    from bragfolio.model.entry import Entry
    from bragfolio.problems import Problem

_ANNOUNCED_TO: Final = ("company", "leadership")
"""Audiences that achievements are announced to unless site.yaml says otherwise."""


def open_career(root: Path, as_of: dt.date | None, *, as_it_was: bool = False) -> tuple[Career, list[Problem]]:
    """Return what the coach may look at in the portfolio in *root*, and everything that is wrong with it.

    *as_it_was* leaves out the achievements that are dated after *as_of*: then they had not been done.
    """
    with without_collection():
        return _open(root, as_of, as_it_was=as_it_was)


def _open(root: Path, as_of: dt.date | None, *, as_it_was: bool) -> tuple[Career, list[Problem]]:
    found = read(root, as_of, with_bodies=False)
    if as_it_was:
        entries = tuple(entry for entry in found.portfolio.entries if not _is_later(entry, found.day.as_of))
        found = structs.replace(found, portfolio=structs.replace(found.portfolio, entries=entries))
    linked, _, _ = link_for(found, SELF)
    career, problems = make_career(found, linked)
    return career, [*found.problems, *problems]


def _is_later(entry: Entry[Common], as_of: dt.date) -> bool:
    authored = entry.version.authored
    return isinstance(authored, Achievement) and authored.is_planned(as_of)


def make_career(found: Read, linked: Linked) -> tuple[Career, list[Problem]]:
    """Return the career of *found*, *linked* for `self`, with its private files, and what is wrong with those."""
    dossier, problems = read_private(found)
    audiences = tuple(found.audiences.sees)
    settings = found.portfolio.config.audiences
    announced = [name for name in audiences if (settings[name].announce if name in settings else name in _ANNOUNCED_TO)]

    def look(audience: str) -> frozenset[str]:
        view = View(audience, found.day.as_of, found.day.timezone)
        return shown_achievements(found.portfolio, found.audiences, view)

    return Career(linked, dossier, look, audiences, tuple(announced)), problems


def read_private(found: Read) -> tuple[Dossier, list[Problem]]:
    """Return the private files of *found*, and everything that is wrong in them and between them and the rest of it."""
    dossier, problems = read_dossier(found.tree)
    portfolio = found.portfolio
    broken = {problem.span.file for problem in problems if problem.is_error}
    audiences = list(found.audiences.sees) if portfolio.is_config_whole else []
    problems += check_dossier(dossier, portfolio, audiences, broken)
    return dossier, problems + check_ladders(dossier, portfolio, broken)
