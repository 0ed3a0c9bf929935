"""Browser: a page in a real Chromium while its author works: reload, overlay, new style, another audience."""

import pytest

from tests.portfolios import achievement
from tests.program import wait_until
from tests.serve.live import served

BODY = "Paragraph.\n\n" * 120
SHEET = "themes/ledger/static/style.css"


@pytest.fixture
def site(portfolio):
    portfolio.entry(achievement(body=BODY))
    portfolio.entry("---\ntitle: Zebra secret\ndate: 2026-07-21\n---\n", "private/achievements/hidden.md")
    with served(portfolio) as live:
        yield live


@pytest.fixture
def page(browser, site):
    with browser.new_context() as context:
        opened = context.new_page()
        opened.faults = []
        opened.on("pageerror", lambda error: opened.faults.append(str(error)))
        opened.on(
            "console", lambda said: opened.faults.append(said.text) if said.type in {"error", "warning"} else None
        )
        opened.loads = []
        opened.on("load", lambda _: opened.loads.append(opened.url))
        opened.goto(f"{site.address}achievements/x.html")
        opened.locator("brag-live .status", has_text="live").wait_for()
        yield opened


def until(page, expression):
    """Wait until an expression is true; Playwright's own way would need the policy of the pages to allow eval."""
    wait_until(lambda: page.evaluate(expression))


def test_a_page_follows_its_author(site, page):
    portfolio = site.portfolio

    # A save: one reload, and the reader stays where they were.
    page.evaluate("scrollTo(0, 900)")
    portfolio.entry(achievement(body=BODY + "Freshly saved."))
    page.get_by_text("Freshly saved.").wait_for()
    page.wait_for_load_state("load")
    until(page, "scrollY === 900")
    assert len(page.loads) == 2

    # Something else: there is nothing of it to see here, so nothing happens.
    page.evaluate("window.sameDocument = true")
    portfolio.entry("Other notes.", "static/notes.txt")
    site.wait_for_builds(3)

    # A broken save: an overlay with the place, in letters and not in markup; the page below it stays.
    portfolio.entry("---\ntitle: Cut\ndate: <img src=x onerror=alert(1)>\nvisibility: public\n---\n")
    overlay = page.locator("brag-live .overlay")
    overlay.wait_for(state="visible")
    text = overlay.inner_text()
    assert "site_content/achievements/x.md:3:7" in text
    assert "date: <img src=x onerror=alert(1)>" in text
    assert page.locator("brag-live img").count() == 0
    assert page.locator("main").get_by_text("Freshly saved.").count() == 1

    # The same text again: the overlay goes, without a reload.
    portfolio.entry(achievement(body=BODY + "Freshly saved."))
    overlay.wait_for(state="hidden")
    assert page.evaluate("window.sameDocument")

    # Only a style sheet: it is exchanged, and the page stays.
    portfolio.write({SHEET: "body { outline: 3px solid rgb(1, 2, 3) }\n"})
    until(page, "getComputedStyle(document.body).outlineColor === 'rgb(1, 2, 3)'")
    portfolio.write({SHEET: "body { outline: 3px solid rgb(4, 5, 6) }\n"})
    until(page, "getComputedStyle(document.body).outlineColor === 'rgb(4, 5, 6)'")
    until(page, "document.querySelectorAll('link[rel=stylesheet]').length === 1")
    assert page.evaluate("window.sameDocument")
    assert len(page.loads) == 2

    # As the public sees it, and where its links lead.
    page.goto(f"{site.address}achievements/index.html")
    assert page.get_by_text("Zebra secret").count() == 1
    page.locator("brag-live select").select_option("public")
    page.wait_for_url("**/.brag/as/public/achievements/index.html")
    assert page.get_by_text("Zebra secret").count() == 0
    page.get_by_role("link", name="Cut the queue").first.click()
    page.wait_for_url("**/.brag/as/public/achievements/x.html")
    assert page.locator("brag-live select").input_value() == "/.brag/as/public/"
    assert page.faults == []
