"""Press: one-pagers straight from a few files, without a command."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from bragfolio.app.day import Day
from bragfolio.app.one_pagers import Press, Result, Settings, make_one_pager
from bragfolio.app.prepare import Read, link_for
from bragfolio.app.themes import load_theme
from bragfolio.core.project.audiences import read_audiences
from bragfolio.core.read.portfolio import read_portfolio
from bragfolio.core.render.desk import make_desk
from bragfolio.core.render.theme import Theme
from bragfolio.model.tree import SourceFile, SourceTree
from tests.portfolios import AS_OF

DAY = dt.date.fromisoformat(AS_OF)


def read(files: Mapping[str, str]) -> Read:
    """Return the portfolio that *files*, by path from site_content/, make; whatever is wrong with it is a failure."""
    tree = SourceTree({path: SourceFile(path, len(text), text.encode()) for path, text in sorted(files.items())})
    portfolio, problems = read_portfolio(tree)
    assert not [problem for problem in problems if problem.is_error], problems
    audiences, _ = read_audiences(portfolio.config, portfolio.config_source)
    return Read(portfolio, audiences, Day(DAY, dt.UTC), ())


def theme_of(found: Read, root: Path) -> Theme:
    """Return the theme of a portfolio in *root*."""
    theme, problems = load_theme(root, found.portfolio.config, found.portfolio.config_source)
    assert theme is not None
    assert problems == []
    return theme


def set_one_pager(
    found: Read, press: Press, settings: Settings, campaign: str = "", audience: str = "public"
) -> Result:
    """Return the one-pager of *campaign*, or the resume."""
    linked, _, _ = link_for(found, audience)
    items = {item.id: item for item in linked.projection.campaigns}
    desk = make_desk(linked, {}, press.theme, found.portfolio.config.url or "")
    return make_one_pager(press.theme, press, desk, items[campaign] if campaign else None, settings)
