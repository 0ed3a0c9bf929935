"""Data: what the site tells programs: JSON-LD, microformats, feeds, the sitemap, robots.txt, resume.json."""

import json
import re

import atoma
import mf2py
import pytest
from lxml import etree

from tests.web.pages import BASE_URL, PAGE_TYPES

ATOM = "{http://www.w3.org/2005/Atom}"


def json_ld(site, path):
    blocks = site.parse(path).xpath("//script[@type='application/ld+json']/text()")
    return [json.loads(block) for block in blocks]


def microformats(site, path):
    text = (site.folder / path).read_text(encoding="utf-8")
    return mf2py.parse(doc=text, url=BASE_URL + path)


def test_home_is_a_profile_page_of_a_person(demo):
    (data,) = json_ld(demo, "index.html")
    assert data["@type"] == "ProfilePage"
    person = data["mainEntity"]
    assert person["@type"] == "Person"
    assert person["name"] == "Orla Tarrant"
    assert person["url"] == BASE_URL
    assert person["sameAs"]
    assert "Medication safety" in person["knowsAbout"]


def test_an_achievement_is_a_creative_work_of_its_author(demo):
    (data,) = json_ld(demo, PAGE_TYPES["achievement"])
    assert data["@type"] == "CreativeWork"
    assert data["url"] == BASE_URL + PAGE_TYPES["achievement"]
    assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", data["datePublished"])
    assert data["author"]["name"] == "Orla Tarrant"


def test_home_has_an_h_card(demo):
    cards = [item for item in microformats(demo, "index.html")["items"] if "h-card" in item["type"]]
    assert cards[0]["properties"]["name"] == ["Orla Tarrant"]
    assert cards[0]["properties"]["url"][0].startswith(BASE_URL)


def test_every_achievement_is_an_h_entry_with_name_url_and_date(demo):
    pages = [page for page in (demo.folder / "achievements").glob("*.html") if page.name != "index.html"]
    assert len(pages) == 36
    for page in pages:
        path = page.relative_to(demo.folder).as_posix()
        entry = next(item for item in microformats(demo, path)["items"] if "h-entry" in item["type"])
        assert entry["properties"]["name"][0]
        assert entry["properties"]["url"][0] == BASE_URL + path
        assert entry["properties"]["published"][0]
        assert entry["properties"]["author"][0]


def test_the_experience_page_is_an_h_resume(demo):
    (resume,) = [item for item in microformats(demo, "experience.html")["items"] if "h-resume" in item["type"]]
    assert len(resume["properties"]["experience"]) >= 4
    assert len(resume["properties"]["education"]) == 3


def test_the_atom_feed_is_well_formed_and_newest_first(demo):
    data = (demo.folder / "feed.xml").read_bytes()
    feed = atoma.parse_atom_bytes(data)
    assert feed.title.value
    assert len(feed.entries) == 20
    published = [entry.published for entry in feed.entries]
    assert published == sorted(published, reverse=True)
    assert all(entry.links[0].href.startswith(BASE_URL) for entry in feed.entries)
    assert len({entry.id_ for entry in feed.entries}) == 20
    assert etree.fromstring(data).find(f"{ATOM}updated").text.endswith("Z")


def test_the_json_feed_says_the_same(demo):
    feed = json.loads((demo.folder / "feed.json").read_text(encoding="utf-8"))
    atom = etree.parse(demo.folder / "feed.xml").getroot()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["title"] for item in feed["items"]] == [e.text for e in atom.findall(f"{ATOM}entry/{ATOM}title")]
    assert all(item["id"] and item["url"] and item["content_html"] for item in feed["items"])


@pytest.mark.parametrize("name", ["feed.xml", "feed.json"])
def test_feeds_hold_no_link_that_works_on_the_site_only(demo, name):
    text = (demo.folder / name).read_text(encoding="utf-8")
    assert not re.search(r"(href|src)=(&#34;|\\?\")(?!https?:|mailto:|#)", text)


def test_the_sitemap_lists_every_indexed_page_by_its_canonical_address(demo):
    root = etree.parse(demo.folder / "sitemap.xml").getroot()
    listed = {element.text for element in root.iter("{*}loc")}
    canonical = {address for page in demo.pages for address in demo.parse(page).xpath("//link[@rel='canonical']/@href")}
    assert listed == canonical
    unlisted = {page for page in demo.pages if demo.parse(page).xpath("//meta[@name='robots'][@content='noindex']")}
    assert {page.name for page in unlisted} == {"programme-committee.html"}
    assert len(listed) == len(demo.pages) - len(unlisted) - len(["404.html"])


def test_robots_names_the_sitemap(demo):
    assert f"Sitemap: {BASE_URL}sitemap.xml" in (demo.folder / "robots.txt").read_text()


def test_resume_json_has_the_whole_visible_career(demo):
    resume = json.loads((demo.folder / "resume.json").read_text(encoding="utf-8"))
    assert resume["basics"]["name"] == "Orla Tarrant"
    assert "phone" not in resume["basics"]
    assert len(resume["work"]) == 7
    assert len(resume["volunteer"]) == 1
    assert sum(len(job.get("highlights", [])) for job in resume["work"]) >= 30
    assert len(resume["education"]) == 3
    assert resume["publications"]
    assert resume["certificates"]
    assert resume["awards"]
    assert resume["skills"]
    assert resume["languages"]
