"""Further themes: what holds for Ledger holds for the others, on the pages that they make in their own way; `make proof` looks at all."""

import itertools
import json
import subprocess

import mf2py
import pytest
from axe_playwright_python.sync_playwright import Axe

from bragfolio.edge.bundled import themes_folder
from tests.paper.reading import Pdf
from tests.web.pages import BASE_URL, PAGE_TYPES
from tests.web.test_browser import MODES, MORE_MODES, PROOF, list_small_targets

THEMES = ("compact", "folio")
PAGES = {kind: path for kind, path in PAGE_TYPES.items() if kind != "404"} | {
    "headquarters": "headquarters/index.html",
    "reach": "headquarters/reach.html",
}
"""The 404 page, which opens on a server only, is base's in all of them."""
LOOKED_AT = (
    dict.fromkeys(THEMES, tuple(PAGES))
    if PROOF
    else {"compact": ("home", "experience"), "folio": ("home", "achievement")}
)
"""Pages that a theme makes in its own way."""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_these_are_all_themes_that_are_not_tested_elsewhere():
    assert {path.parent.name for path in themes_folder().glob("*/theme.toml")} == {"base", "ledger", *THEMES}


CASES = [
    (theme, kind, mode) for theme in THEMES for kind in LOOKED_AT[theme] for mode in (MODES | MORE_MODES if PROOF else ("light",))
]  # fmt: skip


@pytest.mark.parametrize(("theme", "kind", "mode"), [*CASES, *((theme, "headquarters", "dark") for theme in THEMES)])
def test_axe_finds_nothing(sites, browser, theme, kind, mode):
    with browser.new_context(**{**MODES, **MORE_MODES}[mode]) as context:
        page = context.new_page()
        page.goto((sites[theme].folder / PAGES[kind]).as_uri())
        if mode == "print":
            page.emulate_media(media="print")
        options = {"runOnly": ["color-contrast"]} if mode == "dark" and not PROOF else None
        results = Axe().run(page, options=options).response
    assert [(v["id"], [node["target"] for node in v["nodes"]][:3]) for v in results["violations"]] == []
    assert len(results["passes"]) > (0 if options else 10)


@pytest.mark.parametrize("theme", THEMES)
def test_nothing_is_wider_than_a_narrow_screen_or_smaller_than_a_finger(sites, browser, theme):
    kinds = PAGES if PROOF else (*LOOKED_AT[theme], "type", "skills", "timeline", "one-pager", "headquarters")
    with browser.new_context(viewport={"width": 320, "height": 640}) as context:
        page = context.new_page()
        for kind in kinds:
            page.goto((sites[theme].folder / PAGES[kind]).as_uri())
            assert page.evaluate(OVERFLOW) <= 0, kind
            assert list_small_targets(page) == [], kind
            page.evaluate(
                "for (const e of document.querySelectorAll('body *')) {"
                "e.style.letterSpacing='0.12em'; e.style.wordSpacing='0.16em'; e.style.lineHeight='1.5'}"
            )
            assert page.evaluate(OVERFLOW) <= 0, kind


@pytest.mark.parametrize("theme", THEMES)
def test_a_one_pager_prints_on_one_sheet_and_other_pages_black_on_white(sites, browser, theme):
    with browser.new_context(color_scheme="dark") as context:
        page = context.new_page()
        for kind in ("resume", "one-pager", "one-pager-brief"):
            page.goto((sites[theme].folder / PAGES[kind]).as_uri())
            assert Pdf(page.pdf(format="Letter", prefer_css_page_size=False)).pages == 1, kind
        page.goto((sites[theme].folder / PAGES["achievement"]).as_uri())
        page.emulate_media(media="print", color_scheme="dark")
        style = "(e => { const s = getComputedStyle(e); return [s.color, s.backgroundColor] })"
        assert page.evaluate(f"{style}(document.body)")[0] == "rgb(0, 0, 0)"
        for place in ("documentElement", "body", "querySelector('main')"):
            assert page.evaluate(f"{style}(document.{place})")[1] in {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}, place
        assert page.evaluate("getComputedStyle(document.querySelector('nav')).display") == "none"


def test_a_line_of_folio_has_60_to_66_letters_on_a_wide_screen(sites, browser):
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        page = context.new_page()
        page.goto((sites["folio"].folder / PAGES["achievement"]).as_uri())
        letters = page.evaluate(
            "(() => { const p = document.querySelector('.e-content > p'); const width = p.clientWidth;"
            "const text = [...document.querySelectorAll('.e-content > p')].map(e => e.textContent.trim()).join(' ');"
            "p.textContent = text; p.style.cssText = 'display:inline-block;white-space:nowrap;max-width:none';"
            "return text.length * width / p.getBoundingClientRect().width })()"
        )
    assert 60 <= letters <= 66


def test_the_validator_finds_no_error(sites, java, vnu_jar):
    pages = [
        path
        for theme in THEMES
        for path in (
            sites[theme].pages
            if PROOF
            else [sites[theme].folder / PAGES[kind] for kind in (*LOOKED_AT[theme], "reach")]
        )
    ]
    sheets = [path for site in sites.values() for path in site.folder.glob("assets/*.css")]
    command = [java, "-jar", vnu_jar, "--format", "json", "--also-check-css", *pages, *sheets]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    faults = [message for message in json.loads(answer.stderr)["messages"] if message["type"] == "error"]
    assert [(fault["url"].rpartition("/")[2], fault["message"]) for fault in faults] == []


@pytest.mark.parametrize("theme", THEMES)
def test_links_and_headings_are_sound(sites, theme):
    site = sites[theme]
    for page in site.pages if PROOF else [site.folder / path for path in PAGES.values()]:
        tree = site.parse(page)
        assert len(tree.xpath("//h1")) == 1, page
        levels = [int(h.tag[1]) for h in tree.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), page
        assert not tree.xpath("//*[@style] | //style | //*[@onclick]"), page
        for href in tree.xpath("//a/@href | //img/@src"):
            target = site.resolve(page, href)
            assert target is None or target.is_file(), (page, href)


@pytest.mark.parametrize("theme", THEMES)
def test_microformats_are_those_of_every_theme(sites, theme):
    def read(path, kind):
        page = (sites[theme].folder / path).read_text(encoding="utf-8")
        items = mf2py.parse(doc=page, url=BASE_URL + path)["items"]
        return next(item["properties"] for item in items if item["type"] == [kind])

    person = read("index.html", "h-card")
    assert (person["name"], person["url"][0]) == (["Orla Tarrant"], BASE_URL)
    assert person["email"] == ["mailto:orla.tarrant@example.org"]
    entry = read(PAGES["achievement"], "h-entry")
    assert entry["name"] == ["Anticoagulant errors down by almost two thirds"]
    assert entry["published"] == ["2025-06-13"]
    assert len(read(PAGES["experience"], "h-resume")["experience"]) > 5
