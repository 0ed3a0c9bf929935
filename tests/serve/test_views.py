"""Views: the trees that a server shows, renewed file by file."""

import datetime as dt
import shutil

import pytest

from bragfolio.app.views import ServeRequest, Views
from tests.portfolios import achievement
from tests.program import tree_of


@pytest.fixture
def views(portfolio):
    """The sites of a portfolio with an entry and a file, as a server keeps them; that for everybody is built."""
    portfolio.entry(achievement(body="The first story."))
    portfolio.entry("Plain.\n", "static/notes")
    root = portfolio.root
    found = Views(ServeRequest(root, "public", as_of=dt.date(2026, 8, 15), with_pdf=False), root / ".brag/serve/1")
    assert found.build("public").published
    return found


def shown(views):
    """Return the files of the site after the last save."""
    report = views.build("public")
    assert report.published, report.problems
    return tree_of(report.output)


def test_a_file_becomes_a_folder_and_a_file_again(portfolio, views):
    portfolio.entry("Plain.\n", "static/later/deep/notes")
    first = shown(views)
    notes = portfolio.root / "site_content/static/notes"
    notes.unlink()
    shutil.rmtree(notes.with_name("later"))
    portfolio.entry("Deep.\n", "static/notes/deep/file.txt")
    portfolio.entry("A file.\n", "static/later")
    second = shown(views)
    assert second["notes/deep/file.txt"] == b"Deep.\n"
    assert second["later"] == b"A file.\n"
    assert not {"notes", "later/deep/notes"} & set(second)
    shutil.rmtree(notes)
    notes.with_name("later").unlink()
    portfolio.entry("Plain.\n", "static/notes")
    portfolio.entry("Plain.\n", "static/later/deep/notes")
    assert shown(views) == first


def test_what_is_remembered_of_another_tree_is_not_believed(portfolio, views):
    first = shown(views)
    (remembered,) = (portfolio.root / ".brag/cache/rendered").iterdir()
    old = remembered.read_bytes()
    portfolio.entry(achievement(body="The second story."))
    assert shown(views) != first
    remembered.write_bytes(old)
    portfolio.entry(achievement(body="The first story."))
    assert shown(views) == first


def test_a_tree_that_could_not_be_renewed_is_made_anew(portfolio, views):
    first = shown(views)
    folder = views.last("public").folder
    page = folder / "achievements/x.html"
    page.unlink()
    (page / "in the way").mkdir(parents=True)
    portfolio.entry(achievement(body="The second story."))
    report = views.build("public")
    assert (report.published, report.failure) == (None, "environment")
    assert not folder.exists()
    second = shown(views)
    assert b"The second story." in second["achievements/x.html"]
    assert set(second) == set(first)
