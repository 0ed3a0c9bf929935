"""Results: what `make lighthouse` measured last reaches the floors, and the READMEs say nothing else."""

import pytest

from tests.lighthouse import table
from tests.lighthouse.measure import CATEGORIES, PAGES, THEMES, Measured, missed, scores_of

ROWS = table.read_results()["rows"]


def test_every_page_in_every_theme_was_measured():
    assert [(row["theme"], row["page"]) for row in ROWS] == [(theme, page) for theme in THEMES for page in PAGES]
    assert {tuple(row["scores"]) for row in ROWS} == {CATEGORIES}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['theme']}-{row['page']}")
def test_every_page_reaches_the_floor(row):
    assert list(missed(Measured(**row))) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"scores": {"performance": 99, "seo": 100}}, []),
        ({"scores": {"performance": 98, "seo": 99}}, ["performance 98", "seo 99"]),
        ({"axe": {"light": 0, "dark": 1}}, ["axe 1"]),
        ({"hosts": 2, "vnu": 3}, ["other hosts 2", "vnu 3"]),
        ({"text_without_script": 0.9}, ["dark mode, text without scripts, or layout that moves"]),
        ({"page": "one-pager", "printed": 2}, ["2 printed pages"]),
    ],
)
def test_a_floor_that_is_missed_is_said(change, said):
    assert list(missed(Measured(**{**ROWS[0], **change}))) == said


def test_performance_is_the_median_and_everything_else_the_lowest():
    def report(**scores):
        return {"categories": {name.replace("_", "-"): {"score": score} for name, score in scores.items()}}

    first = report(performance=0.97, accessibility=1, best_practices=1, seo=0.92, agentic_browsing=1)
    scores = scores_of([first, report(performance=1), report(performance=0.99)])
    assert (scores["performance"], scores["seo"], scores["accessibility"]) == (99, 92, 100)


def test_the_readmes_show_what_was_measured(repository):
    results = table.read_results()
    assert table.README.read_text(encoding="utf-8") == table.readme(results), "run python -m tests.lighthouse.table"
    said = " ".join((repository / "README.md").read_text(encoding="utf-8").split())
    assert table.summary(results) in said
