"""Data: what the site tells programs: JSON-LD, microformats, feeds, the sitemap, robots.txt, resume.json."""

import json
import re

import atoma
import mf2py
import pytest
from lxml import etree

from tests.program import IS_PROOF
from tests.web.pages import BASE_URL, PAGE_TYPES, THEMES

ATOM = "{http://www.w3.org/2005/Atom}"


TYPES = dict.fromkeys(PAGE_TYPES, "WebPage") | {
    "home": "ProfilePage",
    **dict.fromkeys(("experience", "resume", "one-pager", "one-pager-brief"), "ProfilePage"),
    **dict.fromkeys(("achievement", "achievement-bare"), "CreativeWork"),
    **dict.fromkeys(
        ("achievements", "year", "type", "role", "skills", "skill", "timeline", "lately"), "CollectionPage"
    ),
}
"""What schema.org calls the pages."""
PAGE = {"name", "url", "description", "inLanguage", "about", "author"}
PROPERTIES = {
    "WebPage": PAGE,
    "CollectionPage": PAGE,
    "ProfilePage": {*PAGE, "mainEntity", "dateModified"},
    "CreativeWork": {"name", "url", "datePublished", "abstract", "keywords", "image", "author"},
    "DefinedTerm": {"name", "alternateName", "inDefinedTermSet"},
    "Person": {"name", "url", "jobTitle", "description", "image", "email", "sameAs", "knowsAbout", "knowsLanguage", "worksFor", "alumniOf"},
    "Organization": {"name", "url"},
    "EducationalOrganization": {"name", "url"},
}  # fmt: skip
"""Those of schema.org that we use, of the things that have them there."""


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


def things(data):
    """List everything in *data* that has a type."""
    inner = [thing for value in data.values() for thing in (value if isinstance(value, list) else [value])]
    return [data, *(found for thing in inner if isinstance(thing, dict) for found in things(thing))]


@pytest.mark.parametrize("theme", THEMES)
def test_w13_every_page_says_what_it_is_and_whose_in_words_of_schema_org(sites, theme):
    site = sites[theme]
    kinds = {path: kind for kind, path in PAGE_TYPES.items()}
    for page in site.pages:
        path = page.relative_to(site.folder).as_posix()
        (data,) = json_ld(site, path)
        assert data.pop("@context") == "https://schema.org"
        assert data["@type"] == TYPES.get(kinds.get(path, ""), data["@type"]), path
        assert data.get("url", "") == "".join(site.parse(page).xpath("//link[@rel='canonical']/@href")), path
        assert "Orla Tarrant" in {thing["name"] for thing in things(data) if thing["@type"] == "Person"}, path
        for thing in things(data):
            assert thing.keys() - {"@type"} <= PROPERTIES[thing["@type"]], path
            assert all(thing.values()), path


@pytest.mark.parametrize("theme", THEMES)
def test_w13_every_page_has_an_h_card_and_every_entry_a_name_a_url_and_a_date(sites, theme):
    site = sites[theme]
    counted = 0
    for path in [page.relative_to(site.folder).as_posix() for page in site.pages] if IS_PROOF else PAGE_TYPES.values():
        items = [thing for item in microformats(site, path)["items"] for thing in nested(item)]
        cards = [item["properties"] for item in items if "h-card" in item["type"]]
        assert any(card["name"] == ["Orla Tarrant"] and BASE_URL in urls_of(card) for card in cards), path
        for entry in (item["properties"] for item in items if "h-entry" in item["type"]):
            counted += 1
            assert entry["name"][0], path
            assert urls_of(entry)[0].startswith(BASE_URL), path
            assert entry.get("published") or path.startswith("pages/"), path
    assert counted > 100


def urls_of(properties):
    """The addresses of a thing; an index is its folder."""
    return [url.removesuffix("index.html") for url in properties["url"]]


def nested(item):
    """List *item* and every item in it."""
    inner = [
        value
        for values in item["properties"].values()
        for value in values
        if isinstance(value, dict) and "type" in value
    ]
    return [item, *(found for thing in [*item.get("children", ()), *inner] for found in nested(thing))]


def test_a_skill_is_a_term_of_the_list_of_skills(demo):
    (data,) = json_ld(demo, PAGE_TYPES["skill"])
    assert data["about"]["@type"] == "DefinedTerm"
    assert data["about"]["name"] == "Medication safety"
    assert data["about"]["inDefinedTermSet"] == BASE_URL + "skills/"


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
