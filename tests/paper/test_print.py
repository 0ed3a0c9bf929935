"""Print: the page of a one-pager, printed from a real browser, is one sheet of A4 and of Letter."""

import pytest

from tests.paper.reading import Pdf, squeezed
from tests.portfolios import achievement, assert_built
from tests.program import IS_PROOF
from tests.web.pages import PAGE_TYPES

PAPERS = ["A4", "Letter"]
CROWDED = PAPERS if IS_PROOF else ["Letter"]  # the shorter one
ONE_PAGERS = [path for name, path in PAGE_TYPES.items() if name == "resume" or name.startswith("one-pager")]


def printed(browser, file, paper):
    """Return *file* as the browser prints it."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(file.as_uri())
    data = page.pdf(format=paper, prefer_css_page_size=False, print_background=False)
    context.close()
    return Pdf(data)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("path", ONE_PAGERS)
def test_the_example_prints_on_one_sheet(browser, demo, path, paper):
    pdf = printed(browser, demo.folder / path, paper)
    assert pdf.pages == 1
    text = squeezed(pdf.texts["pdftotext"])
    assert "OrlaTarrant" in text
    assert "Skiptothecontent" not in text
    assert "Achievements" not in text  # the navigation stays on the screen


METRIC = "metrics: [{name: a number with a long name that may well wrap, before: 138.25, after: 9, unit: minutes, better: lower}]"
CROWDS = {
    "long-titles": lambda number: achievement(f"impact: {'It changed much for many. ' * 6}", METRIC, f"role: r{number % 12}").replace(
        "Cut the queue", f"{number} " + "word and word " * 20
    ),
    "short-lines": lambda number: achievement("stars: 3", f"short: Ninety characters of good news, every one of them counted. {number}"),
    "stories": lambda number: achievement(METRIC, body="A sentence that tells a part of it. " * 30 + f"\n\n1. And more {number}.\n   - And more.\n2. And more.\n"),
    "wide": lambda number: achievement(f"role: r{number % 12}").replace("Cut the queue", f"WWWW MMMM {number} " * 5),
}  # fmt: skip


@pytest.mark.parametrize("engine", ["--clean", "--no-pdf"])
@pytest.mark.parametrize("crowd", CROWDS)
def test_a_crowd_prints_on_one_sheet_with_and_without_the_engine(browser, portfolio, crowd, engine):
    for number in range(60):
        portfolio.entry(CROWDS[crowd](number), f"achievements/x{number}.md")
    for number in range(12):
        steps = f"positions: [{{title: Head of everything {number}, start: 2020, end: present}}, {{title: Hand, start: 2015}}]"
        portfolio.entry(f"---\nemployer: Employer {number}\nvisibility: public\n{steps}\n---\n", f"roles/r{number}.md")
    for design in ("impact", "classic", "brief"):
        portfolio.entry(
            f"---\ntitle: {design}\naudience: public\none_pager: {{template: {design}}}\nclaims: [{{text: One, proof: [x1, x2]}}, {{text: Two, proof: [x3, x4, x5]}}]\n---\n",
            f"campaigns/{design}.md",
        )
    assert_built(portfolio.build(engine))
    for design in ("impact", "classic", "brief"):
        for paper in CROWDED:
            pdf = printed(browser, portfolio.root / f"output/one-pagers/{design}.html", paper)
            assert pdf.pages == 1, (design, paper)
