"""Redact: an audience reads other words, everywhere; where they cannot be replaced nothing is published."""

import io
import posixpath
import random
import re

import pytest
from lxml import html
from PIL import Image

from bragfolio.core.scan.decode import texts_of
from tests.portfolios import SITE, achievement, assert_built, assert_refused

ROGUE = "https://acme.example/x"
SITE_PRIVATE = SITE + "repository: private\n"
RULES = (
    "redact:\n  - {text: Acme Corp, with: a European retailer, for: [public, market]}\n"
    "  - {text: acme, with: the client}\n  - {text: Project Zeus}\n"
)
WORDS = {
    "achievements/acme-corp-move.md": achievement(
        "summary: ACME-Corp moved.", "skills: [Acme tools, Planning]", "project: Project Zeus", "impact: Acme's carts.",
        "image: acme.svg", "image_alt: Where Acme Corp stood", "role: acme", "tags: [Acme]", "redirects: [old/acme.html, old/other.html]",
        f"evidence: [{{label: Report, url: '{ROGUE}'}}, {{label: Acme again, url: 'https://example.org/a'}}]",
        "metrics: [{name: Acme carts, before: 5, after: 4}]",
        body=f"We moved *Acme Corp* with [a link]({ROGUE}) and [[other|Acme others]], see [[skills/acme-tools]].\n\n![Acme's hall](acme.svg)\n",
    ).replace("Cut the queue", "Moved Acme Corp & Sons"),
    "achievements/acme.svg": '<svg xmlns="http://www.w3.org/2000/svg"><title>A hall</title></svg>',
    "achievements/third.md": achievement(body="So can it be searched: [[acme-corp-move]].\n\nAcme-Corp liked it."),
    "achievements/other.md": achievement(body="It followed [[acme-corp-move]] and [that](acme-corp-move.md)."),
    "roles/acme.md": f"---\nemployer: Acme Corp\nurl: {ROGUE}\nvisibility: public\npositions: [{{title: Head of Acme, start: 2020}}]\n---\n",
    "campaigns/acme.md": "---\ntitle: For Acme Corp\naudience: public\nclaims: [{text: Acme moves, proof: [acme-corp-move, other]}]\n---\n",
    "education.yaml": "- {institution: Acme Corp Academy, visibility: public}\n",
}  # fmt: skip
BY_HAND = {
    "achievements/a-european-retailer-move.md": achievement(
        "summary: a European retailer moved.", "skills: [the client tools, Planning]", "project: …", "impact: the client's carts.",
        "image: the-client.svg", "image_alt: Where a European retailer stood", "role: the-client", "tags: [the client]", "redirects: [old/other.html]",
        "evidence: [{label: the client again, url: 'https://example.org/a'}]",
        "metrics: [{name: the client carts, before: 5, after: 4}]",
        body="We moved *a European retailer* with a link and [[other|the client others]], see [[skills/the-client-tools]].\n\n![the client's hall](the-client.svg)\n",
    ).replace("Cut the queue", "Moved a European retailer & Sons"),
    "achievements/the-client.svg": '<svg xmlns="http://www.w3.org/2000/svg"><title>A hall</title></svg>',
    "achievements/third.md": achievement(body="So can it be searched: [[a-european-retailer-move]].\n\na European retailer liked it."),
    "achievements/other.md": achievement(body="It followed [[a-european-retailer-move]] and [that](a-european-retailer-move.md)."),
    "roles/the-client.md": "---\nemployer: a European retailer\nvisibility: public\npositions: [{title: Head of the client, start: 2020}]\n---\n",
    "campaigns/the-client.md": "---\ntitle: For a European retailer\naudience: public\nclaims: [{text: the client moves, proof: [a-european-retailer-move, other]}]\n---\n",
    "education.yaml": "- {institution: a European retailer Academy, visibility: public}\n",
}  # fmt: skip


@pytest.fixture
def redacted(portfolio):
    """A portfolio that says the words in every kind of place."""
    portfolio.write({"site_content/site.yaml": SITE_PRIVATE + RULES})
    for path, text in WORDS.items():
        portfolio.entry(text, path)
    return portfolio


def test_l22_a_redacted_site_is_the_site_of_who_wrote_the_other_words_by_hand(redacted, tmp_path_factory):
    """Names of files and pages, pictures, cards and PDFs included."""
    from tests.portfolios import Portfolio

    assert_built(redacted.build())
    by_hand = Portfolio(tmp_path_factory.mktemp("by-hand"))
    by_hand.write({"site_content/site.yaml": SITE_PRIVATE})
    for path, text in BY_HAND.items():
        by_hand.entry(text, path)
    assert_built(by_hand.build())
    one, other = redacted.built(), by_hand.built()
    assert sorted(one) == sorted(other)
    assert [path for path in one if one[path] != other[path]] == []
    assert not any("acme" in path for path in one)
    assert b"liked" in one["search/2026.js"]
    assert "acme" not in redacted.everything().casefold()
    assert "zeus" not in redacted.everything().casefold()


def test_who_is_not_named_reads_the_words(redacted):
    assert_built(redacted.build("--audience", "company"))
    company = redacted.page("achievements/the-client-corp-move.html", ".brag/builds/company")
    assert "Moved the client Corp &amp; Sons" in company
    assert "Moved a European" not in company, "only the campaign is shown as the public sees it"
    assert_built(redacted.build("--audience", "self"))
    own = redacted.page("achievements/acme-corp-move.html", ".brag/builds/self")
    assert "Moved Acme Corp &amp; Sons" in own
    assert "Moved a European" not in own


@pytest.mark.parametrize("text", [
    "body: We moved Ac**me** Corp.", "static: Acme Corp", "svg: Acme", "file: Acme Corp",
])  # fmt: skip
def test_words_that_cannot_be_replaced_keep_the_site_from_being_published(redacted, text):
    kind, _, said = text.partition(": ")
    files = {
        "body": {"achievements/split.md": achievement(body=said)},
        "static": {"static/note.txt": said},
        "svg": {"achievements/acme.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><title>{said}</title></svg>'},
        "file": {"achievements/split.md": achievement(body="[a](list.csv)"), "achievements/list.csv": said},
    }[kind]
    for path, content in files.items():
        redacted.entry(content, path)
    outcome = redacted.build()
    assert {code for _, code in outcome.errors} == {"leak"}, outcome.text
    assert "cme" not in outcome.text
    assert redacted.built() == {}


@pytest.mark.parametrize(("rules", "place", "code"), [
    ("repository: public\nredact: [{text: Acme, with: x}]", "6:1", "value-rule"),
    ("repository: private\nredact: [{text: '!?', with: x}]", "6:17", "value"),
    ("repository: private\nredact: [{text: Acme, with: the acme group}]", "6:29", "value-rule"),
    ("repository: private\nredact: [{text: Acme, for: [pubilc]}]", "6:29", "audience-unknown"),
    ("repository: private\nredact: [{text: Acme, wiht: x}]", "6:23", "key-unknown"),
    ("repository: private\nredact: [{with: x}]", "6:10", "key-missing"),
])  # fmt: skip
def test_a_wrong_rule_is_refused(portfolio, rules, place, code):
    portfolio.write({"site_content/site.yaml": f"{SITE}{rules}\n"})
    portfolio.entry(achievement())
    assert_refused(portfolio, portfolio.build(), (f"site_content/site.yaml:{place}", code))


@pytest.mark.parametrize(
    ("container", "options"),
    [
        ("JPEG", {}),
        ("JPEG", {"progressive": True}),
        ("PNG", {}),
        ("GIF", {}),
        ("WEBP", {}),
        ("WEBP", {"lossless": True}),
    ],
)
def test_the_pixels_of_a_picture_say_no_word(portfolio, container, options):
    portfolio.write({"site_content/site.yaml": SITE_PRIVATE + "redact:\n  - {text: 4B, with: a ward}\n"})
    pixels = random.Random(3).randbytes(900 * 700 * 3)
    file = io.BytesIO()
    Image.frombytes("RGB", (900, 700), pixels).save(file, container, **options)
    data = file.getvalue()
    assert re.search(rb"(?i)[^0-9a-z]4b[^0-9a-z]", data), "some bytes read like the word"
    name = f"photo.{container.lower()}"
    portfolio.entry(data, f"achievements/{name}").entry(achievement(f"image: {name}", "image_alt: A ward"))
    outcome = portfolio.build("--no-pdf")
    assert (outcome.code, outcome.errors) == (0, []), outcome.text


@pytest.mark.parametrize("where", ["profile", "comment", "behind the end"])
def test_what_stands_beside_the_pixels_is_read(where):
    file = io.BytesIO()
    words = b"Written on ward 4B by hand"
    told = {"profile": {"icc_profile": words}, "comment": {"comment": words}}.get(where, {})
    Image.new("RGB", (8, 8)).save(file, "JPEG", **told)
    data = file.getvalue() + (words if where == "behind the end" else b"")
    assert any("ward 4B" in text for text in texts_of("photo.jpg", data))


def test_explain_says_where_other_words_are_read(redacted):
    said = redacted.brag("explain", "acme-corp-move").text
    for field in ("title", "summary", "impact", "image_alt", "evidence", "body", "id"):
        assert f"{field}" in said
    assert "other words are read here" in said
    assert "a-european-retailer-move" in said
    assert "other words" not in redacted.brag("explain", "acme-corp-move", "--audience", "self").text


def test_a_pdf_is_noted_with_the_ids_that_its_owner_knows(redacted):
    assert redacted.brag("pdf", "acme").code == 0
    row = (redacted.root / "site_content/private/one-pagers.csv").read_text(encoding="utf-8").splitlines()[1]
    assert ",acme,public," in row
    assert "acme-corp-move" in row


def test_every_link_of_a_build_that_reads_more_words_leads_somewhere(redacted):
    """Its campaigns are shown as narrower eyes see them, with the addresses that those know."""
    assert_built(redacted.build("--audience", "self"))
    built = set(redacted.built(".brag/builds/self"))
    links = set()
    for path in built:
        if path.endswith(".html") and path != "404.html":
            page = html.fromstring(redacted.page(path, ".brag/builds/self"))
            links |= {
                posixpath.normpath(posixpath.join(posixpath.dirname(path), target.partition("#")[0]))
                for _, _, target, _ in page.iterlinks()
                if "://" not in target and not target.startswith(("#", "mailto:"))
            }
    assert len(links) > 10
    assert sorted(links - built) == []
