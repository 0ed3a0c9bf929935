"""Fixtures of the web tests: the demo, built once for each worker."""

import datetime as dt
from pathlib import Path

import pytest

from bragfolio.app.build import BuildRequest, build
from tests.headquarters.showroom import pages_of_showroom
from tests.web.pages import AS_OF, BASE_URL, THEMES, Site


@pytest.fixture(scope="session")
def demo(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The public site of the demo portfolio."""
    output = tmp_path_factory.mktemp("web") / "output"
    report = build(BuildRequest(repository, as_of=dt.date.fromisoformat(AS_OF), base_url=BASE_URL, output=output))
    assert report.published, report.problems
    assert not report.problems
    return Site(output)


@pytest.fixture(scope="session")
def sites(repository: Path, demo: Site, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    """The demo in each theme: Ledger's as everybody sees it, the others' as their owner does, without PDFs."""
    found = {THEMES[0]: demo}
    for theme in THEMES[1:]:
        output = tmp_path_factory.mktemp(theme) / "output"
        day = dt.date.fromisoformat(AS_OF)
        request = BuildRequest(repository, "self", day, base_url=BASE_URL, output=output, with_pdf=False, theme=theme)
        report = build(request)
        assert report.published, report.problems
        found[theme] = Site(output)
    return found


@pytest.fixture(scope="session")
def docs_site(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The documentation, built from docs/."""
    output = tmp_path_factory.mktemp("docs") / "output"
    report = build(
        BuildRequest(repository / "docs", as_of=dt.date.fromisoformat(AS_OF), base_url=BASE_URL, output=output)
    )
    assert report.published, report.problems
    assert not report.problems
    return Site(output, fewest=15)


@pytest.fixture(scope="session")
def own_demo(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of the demo portfolio for its owner, headquarters and all; without PDFs."""
    output = tmp_path_factory.mktemp("own") / "output"
    day = dt.date.fromisoformat(AS_OF)
    report = build(BuildRequest(repository, "self", day, base_url=BASE_URL, output=output, with_pdf=False))
    assert report.published, report.problems
    return Site(output)


@pytest.fixture(scope="session")
def showroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of headquarters alone, with every shape of insight and of private file."""
    folder = tmp_path_factory.mktemp("showroom")
    for path, data in pages_of_showroom().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder
