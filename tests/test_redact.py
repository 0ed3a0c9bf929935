"""Redact: an audience reads other words, everywhere; where they cannot be replaced nothing is published."""

import io
import posixpath
import random
import zipfile
import zlib

import pytest
from lxml import html
from PIL import Image

from tests.cases.test_images import chunk, extension, save, segment
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


SHORT = "redact: [{text: 4B, with: a ward, for: [public]}]\n"
NOISE = random.Random(1).randbytes(3 * 600 * 600)
PHOTO = Image.frombytes("RGB", (600, 600), NOISE)
PICTURES = {
    "a.jpg": save(PHOTO, "jpeg", quality=95), "a.png": save(PHOTO, "png"), "a.webp": save(PHOTO, "webp", lossless=True),
    "a.gif": save(PHOTO, "gif"), "a.avif": save(PHOTO, "avif", quality=95),
}  # fmt: skip
SAID = b"Ward 4B moves"
PACKED = zlib.compress(SAID)


def after(data, place, piece):
    """Return *data* with *piece* at *place*."""
    return data[:place] + piece + data[place:]


def riff(chunks):
    return b"RIFF" + (len(chunks) + 4).to_bytes(4, "little") + b"WEBP" + chunks


def webp_chunk(name, content):
    return name + len(content).to_bytes(4, "little") + content + bytes(len(content) % 2)


NOTED = {
    "jpeg-exif": after(PICTURES["a.jpg"], 2, segment(0xE1, b"Exif\0\0II*\0" + SAID + b"\0")),
    "jpeg-xmp": after(PICTURES["a.jpg"], 2, segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>" + SAID + b"</x>")),
    "jpeg-iptc": after(PICTURES["a.jpg"], 2, segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\x1c\x02\x50\0\x0d" + SAID)),
    "jpeg-comment": after(PICTURES["a.jpg"], 2, segment(0xFE, SAID)),
    "jpeg-wide": after(PICTURES["a.jpg"], 2, segment(0xE1, b"Exif\0\0" + SAID.decode().encode("utf-16-le"))),
    "jpeg-end": PICTURES["a.jpg"] + b"\0" + SAID,
    "jpeg-broken": PICTURES["a.jpg"][:999] + b"\0" + SAID,
    "png-text": after(PICTURES["a.png"], 33, chunk(b"tEXt", b"Comment\0" + SAID)),
    "png-packed": after(PICTURES["a.png"], 33, chunk(b"zTXt", b"Comment\0\0" + PACKED)),
    "png-xmp": after(PICTURES["a.png"], 33, chunk(b"iTXt", b"Title\0\1\0en\0Titel\0" + PACKED)),
    "png-profile": after(PICTURES["a.png"], 33, chunk(b"iCCP", b"icc\0\0" + PACKED)),
    "png-unknown": after(PICTURES["a.png"], 33, chunk(b"prVw", SAID)),
    "png-end": PICTURES["a.png"] + SAID,
    "gif-comment": after(PICTURES["a.gif"], len(PICTURES["a.gif"]) - 1, extension(0xFE, SAID[:6], SAID[6:])),
    "gif-xmp": after(PICTURES["a.gif"], len(PICTURES["a.gif"]) - 1, b"!\xff\x0bXMP DataXMP" + SAID.ljust(0x57, b".") + b"\0"),
    "gif-end": PICTURES["a.gif"] + SAID,
    "webp-xmp": riff(PICTURES["a.webp"][12:] + webp_chunk(b"XMP ", SAID)),
    "webp-frame": riff(PICTURES["a.webp"][12:] + webp_chunk(b"ANMF", bytes(16) + webp_chunk(b"note", SAID))),
    "webp-end": PICTURES["a.webp"] + SAID,
    "avif": PICTURES["a.avif"] + b"\0" + SAID + b"\0",
    "unknown": NOISE + b"\0" + SAID + b"\0" + NOISE,
}  # fmt: skip


def packed(name, data):
    """Return an archive that holds a file as it is: a picture of its own goes without notes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr(name, data)
    return written.getvalue()


@pytest.mark.parametrize("name", [*PICTURES, "a.bin"])
def test_a_short_word_among_pixels_is_none(portfolio, name):
    data = PICTURES.get(name, NOISE)
    portfolio.write({"site_content/site.yaml": SITE_PRIVATE + SHORT})
    portfolio.entry(achievement(f"image: {name}", "image_alt: A") if name in PICTURES else achievement())
    portfolio.entry(data, f"achievements/{name}" if name in PICTURES else f"static/{name}")
    portfolio.entry(packed(name, data), "static/photos.zip")
    assert_built(portfolio.build())


@pytest.mark.parametrize("data", NOTED.values(), ids=NOTED)
def test_a_short_word_beside_the_pixels_is_found(portfolio, data):
    portfolio.write({"site_content/site.yaml": SITE_PRIVATE + SHORT})
    portfolio.entry(achievement()).entry(packed("notes.dat", data), "static/photos.zip")
    assert_refused(portfolio, portfolio.build(), ("photos.zip", "leak"))


@pytest.mark.parametrize(("said", "is_found"), [
    (b"Ward 4B", True), (b"see (4B), Wards", True), (b"/home/ward-4b/", True), (b"it is on 4B as of 9", True), (b"x = 4B; y = 1", False),
    (b"4B\xc3\xa44B", False), ("die Küche auf 4B".encode(), True), ("Küche auf 4B liegt".encode("cp1252"), True),
])  # fmt: skip
def test_a_short_word_in_a_file_of_an_unknown_kind_counts_where_words_stand(portfolio, said, is_found):
    portfolio.write({"site_content/site.yaml": SITE_PRIVATE + SHORT})
    portfolio.entry(achievement()).entry(b"\0\1" + said + b"\0\2", "static/a.bin")
    outcome = portfolio.build()
    assert outcome.errors == ([("a.bin", "leak")] if is_found else []), outcome.text
