"""Fixtures of the tests of `brag serve`: one portfolio that is served for a whole file."""

import pytest

from tests.portfolios import Portfolio, achievement
from tests.serve.live import served

PAGE = "/ada/achievements/x.html"


@pytest.fixture(scope="module")
def live(tmp_path_factory):
    """A portfolio with a public, a private and a draft entry, served for self."""
    portfolio = Portfolio(tmp_path_factory.mktemp("live"))
    portfolio.entry(achievement(body="The first story."))
    portfolio.entry(achievement("draft: true", body="Not yet."), "achievements/draft.md")
    portfolio.entry("---\ntitle: Zebra secret\ndate: 2026-07-21\n---\n", "private/achievements/hidden.md")
    portfolio.entry("Plain.\n", "static/notes.txt")
    with served(portfolio) as serving:
        yield serving
