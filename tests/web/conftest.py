"""Fixtures of the web tests: the demo, built once for each worker."""

import datetime as dt
from pathlib import Path

import pytest

from bragfolio.app.build import BuildRequest, build
from tests.web.pages import AS_OF, BASE_URL, Site


@pytest.fixture(scope="session")
def demo(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The public site of the demo portfolio."""
    output = tmp_path_factory.mktemp("web") / "output"
    report = build(BuildRequest(repository, as_of=dt.date.fromisoformat(AS_OF), base_url=BASE_URL, output=output))
    assert report.published, report.problems
    assert not report.problems
    return Site(output)
