"""HTML: valid, linked, free of inline code, and the same wherever it is served."""

import itertools
import json
import re
import subprocess

import pytest

from tests.web.pages import PAGE_TYPES

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)


def test_the_validator_finds_no_error_in_any_page_or_style_sheet(demo, java, vnu_jar):
    command = [java, "-jar", vnu_jar, "--format", "json", "--also-check-css", "--skip-non-html", demo.folder]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(answer.stderr)["messages"]
    # The validator warns that the policy keeps JSON-LD from running; it is data and need not run.
    faults = [m for m in messages if m["type"] == "error" or "Content-Security-Policy" not in m["message"]]
    faults = [m for m in faults if m["type"] == "error"]
    assert [(m["url"].rpartition("/")[2], m["message"]) for m in faults] == []


@pytest.mark.parametrize("name", ["style", "onclick", "onload", "onerror"])
def test_no_page_has_inline_code(demo, name):
    for page in demo.pages:
        assert not demo.parse(page).xpath(f"//*[@{name}]"), page


def test_the_only_script_elements_are_data_and_files_that_wait_on_the_two_pages_that_find(demo):
    finding = {demo.folder / "search.html", demo.folder / "achievements/index.html"}
    for page in demo.pages:
        tree = demo.parse(page)
        for script in tree.xpath("//script[not(@type='application/ld+json')]"):
            assert dict(script.attrib).keys() == {"src", "defer"}
            assert not script.text
            assert page in finding
        assert not tree.xpath("//style")
    assert all(demo.parse(page).xpath("//script/@src") for page in finding)


def test_every_page_carries_the_strict_policy(demo):
    for page in demo.pages:
        policies = demo.parse(page).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policies == [CSP], page


def test_every_link_leads_to_a_file_and_every_fragment_to_an_element(demo):
    checked = 0
    for page in demo.pages:
        tree = demo.parse(page)
        for href in tree.xpath("//a/@href | //img/@src | //link[@rel!='canonical']/@href"):
            target = demo.resolve(page, href)
            if target is None:
                continue
            assert target.is_file(), f"{page.relative_to(demo.folder)} links to {href}"
            assert target.is_relative_to(demo.folder.resolve())
            checked += 1
            fragment = href.partition("#")[2]
            if fragment and target.suffix == ".html":
                assert demo.parse(target).xpath("//*[@id=$id]", id=fragment), href
    assert checked > 1000


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
        assert len(tree.xpath("//h1")) == 1, page
        assert tree.xpath("//html/@lang") == ["en"], page
        description = tree.xpath("//meta[@name='description']/@content")
        assert 1 <= len("".join(description)) <= 200, page
        titles += tree.xpath("//head/title/text()")
    assert max(map(len, titles)) <= 70, "the name of the site gives way"
    assert len(titles) == len(set(titles)) == len(demo.pages)


def test_headings_descend_without_gaps(demo):
    for page in demo.pages:
        levels = [int(h.tag[1]) for h in demo.parse(page).xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
        assert levels[0] == 1, page
        steps = [(a, b) for a, b in itertools.pairwise(levels) if b > a + 1]
        assert not steps, f"{page}: {levels}"


def test_pictures_have_a_text_and_a_size(demo):
    pictures = [(page, img) for page in demo.pages for img in demo.parse(page).xpath("//img")]
    assert len(pictures) >= 6
    for page, img in pictures:
        assert img.get("alt", "").strip(), page
        assert min(int(img.get("width")), int(img.get("height"))) > 0, page


def test_the_404_page_links_from_the_site_root(demo):
    tree = demo.parse("404.html")
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
