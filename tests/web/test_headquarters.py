"""Headquarters: the private pages in the validator and in a real browser: the demo's own, and a showroom of every shape."""

import itertools

import pytest
from lxml import html

from tests.headquarters.showroom import pages_of_showroom
from tests.program import IS_PROOF
from tests.web.accessible import WAYS, faults_of, take_scripts_away
from tests.web.server import Server
from tests.web.test_html import CSP
from tests.web.validator import validate

SHOWN = ("index", "reach", "hostile", "silent", "sources")
"""Pages of the showroom."""
WIDTHS = (390, 1440)


@pytest.fixture(scope="module")
def served(own_demo, showroom, tmp_path_factory):
    """The demo's own build below /repo/, the showroom below /showroom/."""
    root = tmp_path_factory.mktemp("www")
    (root / "repo").symlink_to(own_demo.folder)
    (root / "showroom").symlink_to(showroom)
    with Server(root) as address:
        yield address


def headquarters_of(site):
    return sorted((site.folder / "headquarters").glob("*.html"))


def test_the_validator_finds_no_error(own_demo, showroom):
    files = [*headquarters_of(own_demo), *sorted(showroom.rglob("*.html")), showroom / "assets" / "headquarters.css"]
    assert len(files) >= 8
    assert validate(files) == []


@pytest.mark.parametrize("has_scripts", [True, False] if IS_PROOF else [True])
def test_axe_finds_nothing(served, own_demo, browser, has_scripts):
    pages = [f"showroom/headquarters/{name}.html" for name in SHOWN]
    if IS_PROOF:  # of these, `make test` looks at the overview with the other pages of the demo
        pages += [f"repo/headquarters/{path.name}" for path in headquarters_of(own_demo)]
    found = {}
    with browser.new_context() as context:
        if not has_scripts:
            take_scripts_away(context)
        page = context.new_page()
        for path in pages:
            page.goto(f"{served}/{path}")
            found[path] = faults_of(page, WAYS if has_scripts and (IS_PROOF or "reach" in path) else ("light",))
    assert found == {path: {} for path in pages}


def test_nothing_is_wider_than_a_narrow_screen(served, browser):
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    with browser.new_context(viewport={"width": 320, "height": 640}) as context:
        page = context.new_page()
        for name in SHOWN:
            page.goto(f"{served}/showroom/headquarters/{name}.html")
            page.evaluate("for (const e of document.querySelectorAll('details')) e.open = true")
            assert page.evaluate(overflow) <= 0, name
            page.evaluate(
                "for (const e of document.querySelectorAll('body *')) {"
                "e.style.letterSpacing='0.12em'; e.style.wordSpacing='0.16em'; e.style.lineHeight='1.5'}"
            )
            assert page.evaluate(overflow) <= 0, name


def test_a_broad_table_is_cut_nowhere_and_each_of_its_values_says_what_it_is(served, browser):
    cut = "[...document.querySelectorAll('.table')].filter(box => box.scrollWidth > box.clientWidth).length"
    labels = "[...document.querySelectorAll('.stack td')].map(cell => getComputedStyle(cell, '::before').content)"
    for width, is_labelled in ((390, True), (1440, False)):
        with browser.new_context(viewport={"width": width, "height": 900}) as context:
            page = context.new_page()
            page.goto(f"{served}/repo/headquarters/match.html")
            said = page.evaluate(labels)
            assert len(said) > 30
            assert [text in {"none", "normal"} for text in said] == [not is_labelled] * len(said)
            assert page.evaluate(cut) == 0


TEXTS = """
[...document.querySelectorAll('svg.chart')].map(chart => {
  const frame = chart.getBoundingClientRect()
  return [...chart.querySelectorAll('text')].map(text => {
    const box = text.getBoundingClientRect()
    const words = [...text.childNodes].filter(node => node.nodeType === 3).map(node => node.data).join('')
    return {words, size: parseFloat(getComputedStyle(text).fontSize), left: box.left, right: box.right, top: box.top, bottom: box.bottom,
            start: frame.left, end: frame.right}
  }).filter(text => text.right > text.left)
})
"""


@pytest.mark.parametrize("width", WIDTHS)
def test_letters_of_charts_are_large_enough_and_touch_nothing(served, browser, width):
    with browser.new_context(viewport={"width": width, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{served}/showroom/headquarters/reach.html")
        charts = page.evaluate(TEXTS)
    assert len(charts) == 6
    for texts in charts:
        assert len(texts) > 3
        assert min(text["size"] for text in texts) >= 11
        for text in texts:
            assert text["left"] >= text["start"] - 1, text
            assert text["right"] <= text["end"] + 1, text
        for one, other in itertools.combinations(texts, 2):
            across = min(one["right"], other["right"]) - max(one["left"], other["left"])
            # The box of a letter is taller than its ink.
            along = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) - 4
            assert min(across, along) <= 0, (one["words"], other["words"])


def test_every_tab_stop_shows_where_it_is_and_wide_grids_are_among_them(served, browser):
    with browser.new_context(viewport={"width": 390, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{served}/showroom/headquarters/reach.html")
        reached = set()
        for _ in range(60):
            page.keyboard.press("Tab")
            reached.add(page.evaluate("document.activeElement.className"))
            shown = page.evaluate(
                "(() => { const e = document.activeElement; if (e === document.body) return true;"
                "const s = getComputedStyle(e); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 })()"
            )
            assert shown, page.evaluate("document.activeElement.outerHTML")
    assert {"scroll", "table"} <= reached


def test_the_policy_is_kept_and_nothing_comes_from_elsewhere(served, own_demo, browser):
    with browser.new_context() as context:
        page = context.new_page()
        requests, faults = [], []
        page.on("request", lambda request: requests.append(request.url))
        page.on("response", lambda response: faults.append(response.url) if response.status >= 400 else None)
        page.on("console", lambda said: faults.append(said.text) if said.type in {"error", "warning"} else None)
        for path in headquarters_of(own_demo):
            page.goto(f"{served}/repo/headquarters/{path.name}")
        for name in SHOWN:
            page.goto(f"{served}/showroom/headquarters/{name}.html")
    assert faults == []
    assert all(url.startswith((served, "data:")) for url in requests), requests


def test_every_link_of_the_demo_leads_to_a_file_and_every_fragment_to_an_element(own_demo):
    checked = 0
    for page in headquarters_of(own_demo):
        seen = own_demo.parse(page)
        assert not seen.xpath("//main//a[not(normalize-space())][not(ancestor::*[name()='svg'])]"), (
            f"{page.name} has a link of no size"
        )
        for href in seen.xpath("//a/@href | //link[@rel!='canonical']/@href"):
            target = own_demo.resolve(page, href)
            fragment = href.partition("#")[2]
            if target is None:
                target = page if href.startswith("#") else None
            if target is None:
                continue
            assert target.is_file(), f"{page.name} links to {href}"
            assert not fragment or own_demo.parse(target).xpath("//*[@id=$id]", id=fragment), f"{page.name}: {href}"
            checked += 1
    assert checked > 100


@pytest.mark.parametrize("name", SHOWN)
def test_pages_are_sound(name):
    tree = html.fromstring(pages_of_showroom()[f"headquarters/{name}.html"].decode())
    assert tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [CSP]
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert not tree.xpath("//@style | //style | //script[not(@type='application/ld+json')] | //@onclick | //@onerror")
    assert len(tree.xpath("//h1")) == 1
    levels = [int(heading.tag[1]) for heading in tree.xpath("//h1|//h2|//h3|//h4")]
    assert not [(a, b) for a, b in itertools.pairwise(levels) if b > a + 1]
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_print_shows_the_charts_in_black_on_white(served, browser):
    with browser.new_context(color_scheme="dark") as context:
        page = context.new_page()
        page.goto(f"{served}/showroom/headquarters/reach.html")
        page.emulate_media(media="print", color_scheme="dark")
        curve = page.evaluate("getComputedStyle(document.querySelector('.curve')).stroke")
        table = page.evaluate("getComputedStyle(document.querySelector('table')).display")
    assert curve == "rgb(0, 0, 0)"
    assert table == "table"
