"""Finding: the list that filters itself and the search page, in a real browser, from a server and from the disk."""

import datetime as dt
import gzip
import re
from contextlib import contextmanager

import pytest

from bragfolio.app.build import load_renderer
from bragfolio.app.prepare import link_for, read
from bragfolio.core.read.markdown import words_in
from bragfolio.core.render.desk import make_desk
from bragfolio.core.render.engine import Engine
from bragfolio.core.render.pages.search import search_jobs
from bragfolio.edge.bundled import themes_folder
from tests.benchmarks.entries import write_for_brag
from tests.portfolios import Portfolio, assert_built
from tests.program import IS_PROOF
from tests.web.accessible import faults_of
from tests.web.server import Server

AS_OF = dt.date(2026, 11, 23)
LIST = "achievements/index.html"
SEARCH = "search.html"
SHOWN = "[...document.querySelectorAll('.row')].filter(row => row.checkVisibility()).length"
TRUSTED = '<meta http-equiv="Content-Security-Policy" content="require-trusted-types-for \'script\'">'


@pytest.fixture(scope="module")
def served(demo):
    """The address of the demo on the loopback."""
    with Server(demo.folder) as address:
        yield address


@contextmanager
def opened(browser, address, **options):
    """A page in a profile of its own, at *address*; nothing may be said on its console."""
    with browser.new_context(**options) as context:
        page = context.new_page()
        said = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address)
        yield page
        assert said == []


def titles(page):
    """Return what the search page found, the best first."""
    return page.locator("#found h3").all_inner_texts()


def status(page):
    """Return what is announced."""
    return page.locator(".find [role=status]").inner_text()


@pytest.fixture(params=["server", "disk"])
def base(request, served, demo):
    """Where the site is opened from."""
    return served if request.param == "server" else demo.folder.as_uri()


def test_words_and_facets_narrow_the_list_together_and_stand_in_the_address(base, browser):
    with opened(browser, f"{base}/{LIST}") as page:
        field = page.get_by_label("Filter by words")
        assert (page.evaluate(SHOWN), status(page)) == (36, "")
        field.fill("ANTICOÁG")
        assert (page.evaluate(SHOWN), status(page)) == (2, "2 of 36 shown")
        page.locator("summary", has_text="Type").click()
        page.locator(".facets a", has_text="Improved").click()
        assert status(page) == "1 of 36 shown"
        assert page.url.endswith("?q=ANTICO%C3%81G&type=improved")
        assert page.locator(".facets [aria-current=true]").inner_text().startswith("Improved")
        assert page.locator(".part:visible").count() == 1, "a year without a row is no heading"
        page.go_back()
        assert (status(page), field.input_value()) == ("2 of 36 shown", "ANTICOÁG")
        page.go_back()
        assert (page.evaluate(SHOWN), status(page), field.input_value()) == (36, "", "")
        page.go_forward()
        page.reload()
        assert (page.evaluate(SHOWN), field.input_value()) == (2, "ANTICOÁG")
        field.fill("no such words at all")
        assert (page.evaluate(SHOWN), status(page)) == (0, "None of 36 shown")
        assert page.locator(".facets details:visible").count() == 0
        page.get_by_role("link", name="Show all").click()
        assert page.evaluate(SHOWN) == 36
        assert page.evaluate("document.activeElement.id") == "q"
        assert "?" not in page.url


def test_facets_count_what_a_further_choice_would_leave_and_hide_what_is_empty(served, browser):
    with opened(browser, f"{served}/{LIST}?year=2025") as page:
        shown = page.evaluate(SHOWN)
        counts = page.evaluate(
            "[...document.querySelectorAll('.facets a[data-key]')].filter(a => !a.parentElement.hidden)"
            ".map(a => [a.dataset.key, Number(a.querySelector('.count').textContent), a.href])"
        )
        assert 0 < shown < 36
        assert {count for _, count, _ in counts} & {0} == set()
        assert sum(count for key, count, _ in counts if key.startswith("year/")) == 36, (
            "years stand instead of each other"
        )
        types = [(key, count, address) for key, count, address in counts if key.startswith("type/")]
        assert sum(count for _, count, _ in types) == shown
        for key, count, address in types:
            page.goto(address)  # as somebody does who opens it in another tab
            assert page.evaluate(SHOWN) == count, key
        page.locator("summary", has_text="Year").press("Enter")
        page.goto(f"{served}/{LIST}?year=2025")
        page.locator(".facets [aria-current=true]").press("Enter")
        assert page.evaluate(SHOWN) == 36, "choosing again takes the choice away"


def test_a_new_tab_gets_what_a_link_says(served, browser):
    with opened(browser, f"{served}/{LIST}") as page:
        with page.context.expect_page() as other:
            page.locator(".facets a", has_text="2024").click(modifiers=["Control"])
        assert page.evaluate(SHOWN) == 36
        other.value.wait_for_load_state()
        assert other.value.url.endswith("?year=2024")


def test_search_finds_prefixes_of_all_words_the_title_first_and_marks_them(base, browser):
    with opened(browser, f"{base}/{SEARCH}") as page:
        field = page.get_by_label("Words, or the beginnings of words")
        assert not page.locator("#found").is_visible()
        field.fill("medicat saf")
        found = titles(page)
        assert found[0] == "Medication safety"
        assert status(page).startswith(f"{len(found)} found")
        first = page.locator("#found li").first
        assert first.locator("h3 mark").all_inner_texts() == ["Medicat", "saf"]
        assert first.locator(".when").inner_text() == "Skill"
        inside = ["medicat" in text.casefold() or "saf" in text.casefold() for text in found]
        assert inside == sorted(inside, reverse=True), "titles weigh more than texts"
        field.fill("")
        assert (status(page), page.locator("#found").is_visible()) == ("", False)
        field.fill("zzzz")
        assert status(page).startswith("Nothing found.")
        page.goto(f"{base}/{SEARCH}?q=anticoagulant+errors")
        assert field.input_value() == "anticoagulant errors"
        page.locator("#found a").first.click()
        assert page.locator("h1").inner_text() == "Anticoagulant errors down by almost two thirds"
        page.go_back()
        assert titles(page)[0] == "Anticoagulant errors down by almost two thirds"


def test_every_word_of_every_body_leads_to_its_page(demo, served, browser):
    asked = {}
    for page in sorted((demo.folder / "achievements").glob("*.html")):
        texts = demo.parse(page).xpath("//div[contains(@class, 'e-content')]//p/text()")
        words = [word for word in words_in(" ".join(texts)).split() if len(word) > 8]
        if words:
            asked[f"achievements/{page.name}"] = words[:: max(1, len(words) // 3)][:3]
    assert len(asked) > 20
    asked = asked if IS_PROOF else dict(list(asked.items())[::4])
    with opened(browser, f"{served}/{SEARCH}") as page:
        for path, words in asked.items():
            page.get_by_role("searchbox").fill(" ".join(words))
            assert path in page.evaluate(
                "[...document.querySelectorAll('#found a')].map(a => a.getAttribute('href'))"
            ), words


STRANGE = {
    "accents": ("Crème brûlée für Łódź", "creme brulee fur lodz", ["Crème", "brûlée", "für", "Łódź"]),
    "decomposed": ("Cafe\u0301 opened", "café", ["Cafe\u0301"]),
    "sharp-s": ("Straße repaved", "strasse", ["Straße"]),
    "half-a-letter": ("Straße repaved", "stras", ["Straß"]),
    "final-sigma": ("ΟΔΟΣ", "οδος", ["ΟΔΟΣ"]),
    "signs": ("Wrote C++ and .NET", "c++ .net", ["C++", ".NET"]),
    "without-spaces": ("東京都で表彰", "表彰", ["表彰"]),
    "number": ("Saved €612,000 a year", "612,000", ["612,000"]),
    "pattern": ("Learned (a|b)* by heart", "(a|b)*", ["a|b)*"]),
    "quotes": ("Called it “done”", '"done"', ["done"]),
}
"""A title, what is typed, what is marked."""


@pytest.fixture(scope="module")
def strange(tmp_path_factory):
    """A site with titles that are hard to find."""
    portfolio = Portfolio(tmp_path_factory.mktemp("strange"))
    for name, (title, _, _) in STRANGE.items():
        lines = f"---\ntitle: '{title}'\ndate: 2026-07-20\nvisibility: public\n---\nIt was long.\n\nThe story &lt;b&gt; of {name}.\n"
        portfolio.entry(lines, f"achievements/{name}.md")
    assert_built(portfolio.build("--no-pdf"))
    return portfolio.root / "output"


def test_letters_of_all_kinds_are_found_and_marked_as_they_are_written(strange, browser):
    with opened(browser, (strange / SEARCH).as_uri()) as page:
        field = page.get_by_role("searchbox")
        for name, (title, typed, marks) in STRANGE.items():
            field.fill(f"{typed} {name}")
            assert titles(page) == [title], name
            assert page.locator("#found h3 mark").all_inner_texts() == marks, name
            assert "In the text:" in page.locator("#found li").inner_text(), name


def test_no_text_becomes_markup(strange, browser):
    with opened(browser, f"{(strange / SEARCH).as_uri()}?q=<b>+<img+src=x>") as page:
        page.get_by_role("searchbox").fill("<b>story")
        page.get_by_role("searchbox").fill("story")
        assert page.locator("#found li").count() == len(STRANGE)
        assert page.locator("main img, #found b").count() == 0


@pytest.mark.parametrize("path", [LIST, SEARCH])
def test_nothing_is_offered_without_scripts_and_all_is_reached_by_links(served, browser, path):
    with opened(browser, f"{served}/{path}", java_script_enabled=False) as page:
        assert page.locator(".find").is_visible() is False
        assert page.locator("input:visible, button:visible").count() == 0
        places = page.locator("main a:visible").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        assert any("/year/2025.html" in place for place in places)
        if path == SEARCH:
            assert page.locator("noscript").inner_text().startswith("Searching takes JavaScript")
            assert {"achievements/index.html", "skills/index.html", "experience.html"} <= set(places)


@pytest.mark.parametrize("path", [f"{LIST}?q=an&year=2025", f"{SEARCH}?q=medication"])
def test_axe_finds_nothing_while_something_is_found(served, browser, path):
    with opened(browser, f"{served}/{path}") as page:
        assert page.locator("mark, [aria-current=true]").count() > 0
        assert faults_of(page) == {}


@pytest.mark.parametrize("path", [LIST, SEARCH])
def test_the_policy_holds_with_trusted_types_too_and_nothing_moves(demo, tmp_path, browser, path):
    for file in (path, *(found.relative_to(demo.folder).as_posix() for found in demo.folder.glob("search/*.js"))):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text((demo.folder / file).read_text().replace("<head>", f"<head>{TRUSTED}"))
    (tmp_path / "assets").symlink_to(demo.folder / "assets")
    with Server(tmp_path) as address, browser.new_context() as context:
        page = context.new_page()
        said = []
        page.on("console", lambda message: said.append(message.text))
        page.add_init_script(
            "globalThis.moved = 0; new PerformanceObserver(list => { for (const one of list.getEntries()) moved += one.value })"
            ".observe({type: 'layout-shift', buffered: true})"
        )
        page.goto(f"{address}/{path}")
        assert page.locator(".find").is_visible()
        page.wait_for_timeout(100)
        assert page.evaluate("moved") == 0
        page.get_by_role("searchbox").fill("anti")
        page.get_by_role("searchbox").press("Enter")
        assert page.locator(".row:visible").count() > 0
        assert said == []


def test_a_long_list_and_a_long_title_fit_a_narrow_screen(strange, browser):
    with opened(browser, f"{(strange / SEARCH).as_uri()}?q=long", viewport={"width": 320, "height": 640}) as page:
        assert page.locator("#found li").count() == len(STRANGE)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_the_scripts_of_a_site_and_the_index_of_300_entries_weigh_little(tmp_path, demo):
    (script,) = demo.folder.glob("assets/*.js")
    assert len(gzip.compress(script.read_bytes())) <= 5_000
    assert {path.name for path in demo.folder.rglob("*.js")} == {
        script.name, *(f"{year}.js" for year in range(2020, 2027)), "more.js",
    }  # fmt: skip
    for path in demo.folder.glob("search/*.js"):
        assert re.fullmatch(
            r"\(globalThis\.searchIndex \?\?= \[\]\)\.push\(\n(\[.*\],\n)*\[.*\]\n\);\n", path.read_text()
        )
    assert (themes_folder() / "base/static/find.js").read_bytes() == script.read_bytes()
    write_for_brag(tmp_path, 300)
    found = read(tmp_path, AS_OF)
    linked, _, _ = link_for(found, "public")
    theme = load_renderer(tmp_path, found.portfolio.config, found.portfolio.config_source).theme
    assert theme
    engine = Engine(theme)
    _, *jobs = search_jobs(make_desk(linked, {}, theme, ""))
    parts = [str(engine.render(job.template, job.context())) for job in jobs]
    assert len(parts) == 13, "twelve years, and the rest"
    assert all("searchIndex" in part for part in parts)
    assert sum(len(gzip.compress(part.encode())) for part in parts) <= 60_000
