"""Day: the one that everything is judged against."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from msgspec import Struct

from bragfolio.core.read.entries import located
from bragfolio.core.read.shape import Issue
from bragfolio.edge.clock import find_timezone, today

if TYPE_CHECKING:
    from bragfolio.model.entry import Portfolio
    from bragfolio.problems import Problem


class Day(Struct, frozen=True):
    """The day that everything is judged against, in the portfolio's time zone."""

    as_of: dt.date
    timezone: dt.tzinfo


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
