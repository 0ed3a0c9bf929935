"""Docs site: the documentation as Brag builds it: valid, linked, reachable, accessible, and readable on every screen."""

import itertools

import pytest

from tests.program import IS_PROOF
from tests.web.accessible import WAYS, faults_of, take_scripts_away
from tests.web.server import Server
from tests.web.validator import validate

LONG, GUIDE = "pages/site-yaml.html", "pages/achievements.html"
SHAPES = ("index.html", GUIDE, LONG, "pages/one-pagers.html")
"""Lists, a guide, tables, pictures: the others have no more."""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_the_validator_finds_no_error(docs_site):
    pages = docs_site.pages if IS_PROOF else [docs_site.folder / path for path in SHAPES]
    sheets = docs_site.folder.glob("assets/*.css")
    assert validate([*pages, *sheets]) == []


def test_every_link_leads_to_a_file_and_every_fragment_to_a_heading(docs_site):
    fragments = 0
    for page in docs_site.pages:
        tree = docs_site.parse(page)
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids)), page
        for href in tree.xpath("//a/@href | //img/@src | //link[@rel!='canonical']/@href"):
            target = page if href.startswith("#") else docs_site.resolve(page, href)
            if target is None:
                continue
            assert target.is_file(), (page, href)
            fragment = href.partition("#")[2]
            if fragment:
                assert docs_site.parse(target).xpath("//*[@id=$id]", id=fragment), (page, href)
                fragments += 1
    assert fragments > 50


def test_all_pages_are_on_the_way_from_the_first_to_the_last(docs_site):
    page, way = docs_site.folder / "pages" / "install.html", []
    while page:
        way.append(page)
        following = docs_site.parse(page).xpath("//a[@rel='next']/@href")
        page = docs_site.resolve(page, following[0]) if following else None
    assert sorted(way) == sorted((docs_site.folder / "pages").glob("*.html"))
    home = docs_site.parse("index.html").xpath("//main//a/@href")
    assert [(docs_site.folder / href) for href in home] == way


def test_headings_descend_without_gaps_and_titles_differ(docs_site):
    titles = []
    for page in docs_site.pages:
        tree = docs_site.parse(page)
        levels = [int(heading.tag[1]) for heading in tree.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), page
        assert not tree.xpath("//th[not(normalize-space())]"), page
        titles += tree.xpath("//title/text()")
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("has_scripts", [True, False] if IS_PROOF else [True])
@pytest.mark.parametrize("path", SHAPES)
def test_axe_finds_nothing(docs_site, browser, path, has_scripts):
    in_full = dict.fromkeys([*WAYS, "narrow"]) if IS_PROOF or path == GUIDE else ("light",)
    with Server(docs_site.folder) as address, browser.new_context() as context:
        if not has_scripts:
            take_scripts_away(context)
        page = context.new_page()
        page.goto(f"{address}/{path}")
        assert faults_of(page, in_full if has_scripts else ("light",)) == {}


def test_nothing_is_wider_than_a_narrow_screen(docs_site, browser):
    with browser.new_context(viewport={"width": 320, "height": 640}) as context:
        page = context.new_page()
        for path in (
            docs_site.pages if IS_PROOF else [docs_site.folder / name for name in (*SHAPES, "pages/commands.html")]
        ):
            page.goto(path.as_uri())
            assert page.evaluate(OVERFLOW) <= 0, path.name


@pytest.mark.parametrize(("width", "is_open"), [(390, False), (1440, True)])
def test_the_contents_stand_beside_the_text_where_there_is_room(docs_site, browser, width, is_open):
    with browser.new_context(viewport={"width": width, "height": 900}) as context:
        page = context.new_page()
        page.goto((docs_site.folder / GUIDE).as_uri())
        link = page.locator(".contents a", has_text="The habit")
        assert link.is_visible() == is_open
        if not is_open:
            page.click(".contents summary")
        link.click()
        assert page.url.endswith("#the-habit")
        assert page.locator("#the-habit").is_visible()


def test_it_can_be_searched(docs_site, browser):
    with browser.new_context() as context:
        page = context.new_page()
        page.goto((docs_site.folder / "search.html").as_uri())
        page.get_by_role("searchbox").fill("one-pag")
        assert "One-pagers" in " ".join(page.locator("#found h3").all_inner_texts())
        groups = page.locator(".lists dt").all_inner_texts()
    assert "Sections" in groups
    assert "By year" not in groups
