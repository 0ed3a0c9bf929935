"""Fixtures of the paper tests: a press of the shipped theme."""

import datetime as dt

import pytest

from bragfolio.app.build import BuildRequest, build
from bragfolio.app.one_pagers import open_press
from tests.paper.press import read, theme_of
from tests.portfolios import SITE
from tests.web.pages import AS_OF as DEMO_DAY
from tests.web.pages import BASE_URL, Site


@pytest.fixture(scope="session")
def press(tmp_path_factory):
    """Typst with the fonts and designs of the theme."""
    root = tmp_path_factory.mktemp("press")
    opened = open_press(root, theme_of(read({"site.yaml": SITE}), root))
    assert opened is not None
    return opened


@pytest.fixture(scope="session")
def demo(repository, tmp_path_factory):
    """The public site of the example, built once."""
    output = tmp_path_factory.mktemp("print") / "output"
    report = build(BuildRequest(repository, as_of=dt.date.fromisoformat(DEMO_DAY), base_url=BASE_URL, output=output))
    assert report.published, report.problems
    return Site(output)
