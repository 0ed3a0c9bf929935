"""Prepare: from the files of a portfolio to the linked projection of one audience; what build and check share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from bragfolio.app.bodies import parse_anew, start_parsing
from bragfolio.app.day import Day, settle_day
from bragfolio.core.link.references import Linked, link
from bragfolio.core.project.audiences import SELF, Audiences, read_audiences
from bragfolio.core.project.projection import View, project
from bragfolio.core.project.visibility import check_visibility
from bragfolio.core.read.portfolio import Parsing, read_portfolio
from bragfolio.core.read.shape import did_you_mean
from bragfolio.core.read.skill_slips import skill_slips, skills_twice
from bragfolio.core.read.yaml_tree import locate
from bragfolio.edge.pool import crew
from bragfolio.edge.tree import read_tree
from bragfolio.model.held_back import HeldBack
from bragfolio.model.tree import SourceTree
from bragfolio.problems import Problem, Span, warning

if TYPE_CHECKING:
    from bragfolio.core.read.entries import OpenUnit
    from bragfolio.core.read.portfolio import Work
    from bragfolio.core.read.remembered import Memory
    from bragfolio.model.entry import Portfolio


class UnknownAudience(Exception):  # noqa: N818 - an answer to a wrong option
    """An audience, given as an option, that the portfolio does not define."""


class Read(Struct, frozen=True):
    """A portfolio, read and checked, on a day."""

    portfolio: Portfolio
    audiences: Audiences
    day: Day
    problems: tuple[Problem, ...]
    tree: SourceTree = SourceTree()
    """The files that it was read from: the private ones among them are read for `self` alone."""


def read(
    root: Path,
    as_of: dt.date | None,
    meanwhile: Callable[[SourceTree], None] = lambda _: None,
    *,
    with_bodies: bool = True,
    is_kept: bool = False,
    memory: Memory | None = None,
) -> Read:
    """Return the portfolio in *root*. *meanwhile* gets its files once, while other processes parse their Markdown.

    Without their bodies, entries are read in an eighth of the time; what is wrong in a body is not told then.
    With *is_kept*, bodies are remembered for the next process; *memory* is of this one, which reads the same again and again.
    """
    tree, problems = read_tree(root, memory.files if memory else None)
    with crew() as helpers:

        def start(work: Work, units: list[OpenUnit]) -> Parsing:
            if not with_bodies:
                parsing = _no_bodies(units)
            elif memory and memory.entries:
                parsing = parse_anew(helpers, work, units)
            else:
                parsing = start_parsing(root, helpers, work, units, is_kept=is_kept)
            meanwhile(tree)
            return parsing

        portfolio, found = read_portfolio(tree, start, memory)
    problems += found
    audiences, found = read_audiences(portfolio.config, portfolio.config_source)
    problems += found
    found = check_visibility(portfolio, audiences)
    if not portfolio.is_config_whole:  # every audience that it defines seems misspelt
        found = [problem for problem in found if problem.code != "audience-unknown"]
    problems += found
    day, found = settle_day(portfolio, as_of)
    found += _future(portfolio, day) + skill_slips(portfolio.entries) + skills_twice(portfolio.entries)
    return Read(portfolio, audiences, day, tuple(problems + found), tree)


def _no_bodies(units: list[OpenUnit]) -> Parsing:
    return Parsing([None] * len(units), lambda _: [[] for _ in units])


def link_for(found: Read, audience: str, *, drafts: bool = False) -> tuple[Linked, HeldBack, list[Problem]]:
    """Return what *audience* sees, linked. Raise UnknownAudience when it is not defined."""
    if audience not in found.audiences.names:
        raise UnknownAudience(did_you_mean(audience, found.audiences.names))
    view = View(audience, found.day.as_of, found.day.timezone, drafts=drafts and audience == SELF)
    projection, held_back = project(found.portfolio, found.audiences, view)
    redaction = found.audiences.redactions.get(audience)
    rename = redaction.path if redaction else lambda path: path
    linked, problems = link(projection, found.portfolio.files, rename)
    return linked, held_back, problems


def without_ignored(problems: list[Problem], ignored: tuple[str, ...]) -> list[Problem]:
    """Return *problems* less the warnings that site.yaml says to pass over."""
    return [problem for problem in problems if problem.is_error or problem.code not in ignored]


def _future(portfolio: Portfolio, day: Day) -> list[Problem]:
    problems = []
    for entry in portfolio.entries:
        date = getattr(entry.version.authored, "date", None)
        if date and date.first_day > day.as_of:
            message = f"this is dated {date}, after {day.as_of}; it is shown as planned, not as done"
            hint = "use publish_date: to hold it back until then, or correct date:"
            source = entry.source
            span = Span(source.file, *locate(source.yaml, source.first_line, ("date",)))
            problems.append(warning("date-future", message, span, hint))
    return problems
