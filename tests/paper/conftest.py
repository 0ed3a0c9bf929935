"""Fixtures of the paper tests: a press of the shipped theme."""

import pytest

from bragfolio.app.one_pagers import open_press
from tests.paper.press import read, theme_of
from tests.portfolios import SITE


@pytest.fixture(scope="session")
def press(tmp_path_factory):
    """Typst with the fonts and designs of the theme."""
    root = tmp_path_factory.mktemp("press")
    with open_press(root, theme_of(read({"site.yaml": SITE}), root)) as opened:
        assert opened is not None
        yield opened
