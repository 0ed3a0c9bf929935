"""Folder: where a portfolio lives, and which day it is there."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.read.entries import located
from bragfolio.core.read.shape import Issue
from bragfolio.edge.clock import find_timezone, today

if TYPE_CHECKING:
    from bragfolio.model.entry import Portfolio
    from bragfolio.problems import Problem

STATE: Final = ".brag"
"""Cache, locks, and the builds for other audiences; never published, git-ignored."""


class Day(Struct, frozen=True):
    """The day that everything is judged against, in the portfolio's time zone."""

    as_of: dt.date
    timezone: dt.tzinfo


def state_folder(root: Path) -> Path:
    """Return the folder of what Brag keeps to itself."""
    return root / STATE


def default_output(root: Path, audience: str) -> Path:
    """Return where the build for *audience* goes: output/ is for the public site and never anything else."""
    return root / "output" if audience == "public" else state_folder(root) / "builds" / audience


def settle_day(portfolio: Portfolio, as_of: dt.date | None) -> tuple[Day, list[Problem]]:
    """Return *as_of*, or today in the portfolio's time zone."""
    name = portfolio.config.timezone
    timezone = find_timezone(name)
    problems = []
    if timezone is None:
        issue = Issue(
            ("timezone",), "value", f"there is no time zone “{name}”", "write for example Europe/Dublin, or UTC"
        )
        problems = located([issue], portfolio.config_source)
        timezone = dt.UTC
    return Day(as_of or today(timezone), timezone), problems
