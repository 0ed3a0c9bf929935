"""Encodings and characters: cases E01 to E11, each with what Brag must say and where."""

import unicodedata

import pytest
from lxml import etree, html

from tests.portfolios import achievement, assert_built, assert_refused, assert_sound

X = "site_content/achievements/x.md"
BODY = "Intro.\n\n```\none\ntwo\n```\n\n- a\n- b\n\nThe end.\n"


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        (achievement(body="Café\n").encode("latin-1"), f"{X}:6:4", "byte 68 (0xe9) is not UTF-8"),
        (b"---\r\ntitle: Caf\xe9\r\n---\r\n", f"{X}:2:11", "byte 15 (0xe9) is not UTF-8"),
        (b"---\ntitle: \xc3\xa9\xe9\n---\n", f"{X}:2:9", "byte 13 (0xe9) is not UTF-8"),
        (b"\xef\xbb\xbf---\ntitle: \x80\n---\n", f"{X}:2:8", "byte 14 (0x80) is not UTF-8"),
        (b"---\ntitle: \xed\xa0\xbd\n---\n", f"{X}:2:8", "byte 11 (0xed) is not UTF-8"),
    ],
    ids=["E01-body", "E01-title", "E01-after-another-letter", "E01-after-a-mark", "E11-surrogate"],
)
def test_what_is_not_utf_8_is_refused_where_it_stands(portfolio, content, place, message):
    portfolio.entry(content)
    outcome = portfolio.build()
    assert_refused(portfolio, outcome, (place, "encoding"))
    assert outcome.said("encoding").message == message
    assert outcome.said("encoding").hint == "save the file as UTF-8 in your editor"


@pytest.mark.parametrize("path", ["achievements/x.md", "site.yaml", "education.yaml"], ids=lambda path: f"E01-{path}")
def test_every_kind_of_file_is_utf_8(portfolio, path):
    portfolio.entry(b"\xe9", path)
    assert_refused(portfolio, portfolio.build(), (f"site_content/{path}:1:1", "encoding"))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"], ids=lambda name: f"E02-{name}")
def test_utf_16_is_named(portfolio, encoding):
    portfolio.entry(achievement(body="Café\n").encode(encoding))
    outcome = portfolio.build()
    assert_refused(portfolio, outcome, (f"{X}:1:1", "encoding"))
    assert outcome.said("encoding").message == "the file is UTF-16, not UTF-8"
    assert outcome.said("encoding").hint == "save it as UTF-8"


@pytest.mark.parametrize(
    ("line", "shown"),
    [("draft: true", False), ("visibility: private", False), ("visibility: public", True)],
    ids=["E03-draft", "E03-private", "E03-public"],
)
def test_a_byte_order_mark_hides_no_key(portfolio, line, shown):
    portfolio.entry(f"\ufeff---\n{line}\ntitle: Cut the queue\ndate: 2026-07-20\n---\n")
    assert_built(portfolio.build())
    assert ("Cut the queue" in portfolio.everything()) == shown


@pytest.mark.parametrize("ends", ["\r\n", "\r", "mixed"], ids=["E04-crlf", "E04-cr", "E04-mixed"])
def test_line_ends_change_nothing(portfolio, ends):
    text = achievement("summary: >", "  folded", "  text", body=BODY)
    portfolio.entry(text)
    assert_built(portfolio.build())
    expected = portfolio.built()
    lines = text.split("\n")
    written = text.replace("\n", ends) if ends != "mixed" else "\r\n".join(lines[:6]) + "\n" + "\r".join(lines[6:])
    portfolio.entry(written.encode())
    assert_built(portfolio.build())
    assert portfolio.built() == expected
    assert "<pre><code>one\ntwo\n</code></pre>" in portfolio.page()


@pytest.mark.parametrize(
    ("sign", "shown"),
    [("\0", "\\x00"), ("\x0b", "\\x0b"), ("\x0c", "\\x0c"), ("\x1b", "\\x1b"), ("\x7f", "\\x7f"), ("\x92", "\\x92"), ("\ufffe", "\\ufffe"), ("\uffff", "\\uffff")],
    ids=["E05-nul", "E06-vertical-tab", "E06-form-feed", "E06-escape", "E06-delete", "E06-windows-quote", "E06-fffe", "E06-ffff"],
)  # fmt: skip
@pytest.mark.parametrize("place", ["title", "body"])
def test_a_control_character_is_refused_where_it_stands(portfolio, sign, shown, place):
    title, body = (f"Cut{sign}", "") if place == "title" else ("Cut", f"ab{sign}\n")
    portfolio.entry(f"---\ntitle: {title}\ndate: 2026-07-20\nvisibility: public\n---\n{body}")
    outcome = portfolio.build()
    assert_refused(portfolio, outcome, (f"{X}:2:11" if place == "title" else f"{X}:6:3", "control-character"))
    assert outcome.said("control-character").message == f"the control character {shown} cannot be published"


@pytest.mark.parametrize(
    "escape", [r"\0", r"\x1b", r"\v", r"\uFFFE", r"\e", r"\x7f"], ids=lambda text: f"E06-{text[1:]}"
)
def test_a_control_character_that_yaml_spells_out_is_refused(portfolio, escape):
    portfolio.entry(f'---\ntitle: "Cut {escape}"\ndate: 2026-07-20\nvisibility: public\n---\n')
    assert_refused(portfolio, portfolio.build(), (f"{X}:2:8", "control-character"))


@pytest.mark.parametrize("escape", [r"\ud83d", r"\uDC00"], ids=["E11-high", "E11-low"])
def test_a_lone_surrogate_that_yaml_spells_out_is_refused(portfolio, escape):
    portfolio.entry(f'---\ntitle: "Cut {escape}"\ndate: 2026-07-20\nvisibility: public\n---\n')
    outcome = portfolio.build()
    assert_sound(outcome)
    assert outcome.code == 1
    assert outcome.errors[0][0].startswith(f"{X}:2:")


def test_e11_a_lone_surrogate_on_the_command_line_is_refused(portfolio):
    outcome = portfolio.brag("add", "Cut \udce9 the queue", "--public")
    assert_sound(outcome)
    assert outcome.code == 1
    assert [problem.code for problem in outcome.problems] == ["encoding"]
    assert list(portfolio.root.rglob("*.md")) == []


@pytest.mark.parametrize("entity", ["&#12;", "&#xC;", "&#11;", "&#27;", "&#0;", "&#xFFFE;", "&#xD800;", "&#2;0&#3;"], ids=lambda text: f"E06-{text}")  # fmt: skip
def test_a_control_character_that_html_spells_out_breaks_no_feed(portfolio, entity):
    portfolio.entry(achievement(body=f"Before {entity} after, see [a](mailto:a@example.org).\n"))
    assert_built(portfolio.build())
    etree.fromstring(portfolio.built()["feed.xml"])
    text = portfolio.everything()
    assert not {sign for sign in text if unicodedata.category(sign) in {"Cc", "Cs"} and sign != "\n"}


@pytest.mark.parametrize(
    "title",
    [
        "🎉 Launched",
        "שלום עולם",
        "結帳更快",
        "Cafe\u0301 opened",
        "\uff21\uff44\uff41",
        "Zoë’s “best” – 63 %",
        "👩🏽‍🚀 in space",
    ],
    ids=["E07-emoji", "E07-hebrew", "E07-chinese", "E07-combining", "E07-wide", "E07-typography", "E07-joined"],
)
def test_letters_of_every_script_are_published_as_written(portfolio, title):
    portfolio.entry(f"---\ntitle: {title}\ndate: 2026-07-20\nvisibility: public\n---\n\n{title}\n")
    assert_built(portfolio.build("--no-pdf"))
    page = html.document_fromstring(portfolio.page(), parser=html.HTMLParser(encoding="utf-8"))
    assert [heading.text for heading in page.iter("h1")] == [title]
    feed = etree.fromstring(portfolio.built()["feed.xml"])
    assert feed.findtext("{*}entry/{*}title") == title


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("🎉 Launched", "launched"),
        ("שלום עולם", "shlvm-vlm"),
        ("結帳更快", "jie-zhang-geng-kuai"),
        ("Cafe\u0301 opened", "cafe-opened"),
        ("Café opened", "cafe-opened"),
        ("Größe", "grosse"),
        ("C# over C++", "c-sharp-over-c-plus-plus"),
    ],
    ids=["E07-emoji", "E07-hebrew", "E07-chinese", "E07-decomposed", "E07-composed", "E07-german", "E07-signs"],
)
def test_a_title_gives_the_same_file_name_every_time(portfolio, title, name):
    outcome = portfolio.brag("add", title, "--public")
    assert f"Wrote site_content/achievements/2026/{name}.md" in outcome.text


def test_e08_titles_of_emoji_alone_get_names_of_their_own(portfolio):
    for title in ("🎉", "🚀"):
        assert portfolio.brag("add", title, "--public").code == 0
    assert_built(portfolio.build("--no-pdf"))
    pages = [path for path in portfolio.built() if path.startswith("achievements/x-")]
    assert pages == ["achievements/x-6146299c.html", "achievements/x-ebbc0b28.html"]


def test_e09_composed_and_decomposed_names_are_one_name(portfolio):
    composed, decomposed = (unicodedata.normalize(form, "café") for form in ("NFC", "NFD"))
    for name in (composed, decomposed):
        portfolio.entry(achievement(), f"achievements/{name}.md")
    if len(list((portfolio.root / "site_content/achievements").iterdir())) == 1:
        return  # the disk has decided it already, as on macOS
    outcome = portfolio.build()
    assert_refused(portfolio, outcome, (f"site_content/achievements/{composed}.md:1:1", "path-duplicate"))
    assert f"site_content/achievements/{decomposed}.md" in outcome.text


@pytest.mark.parametrize(
    ("sign", "shown"),
    [("\u202e", "\\u202e"), ("\u2066", "\\u2066"), ("\u200b", "\\u200b"), ("\u200f", "\\u200f"), ("\u2060", "\\u2060"), ("\ufeff", "\\ufeff")],
    ids=["E10-override", "E10-isolate", "E10-zero-width", "E10-mark", "E10-joiner", "E10-inner-mark"],
)  # fmt: skip
@pytest.mark.parametrize("place", ["title", "link"])
def test_an_invisible_character_is_warned_of_and_never_printed_raw(portfolio, sign, shown, place):
    title, body = (f"Cut{sign}", "") if place == "title" else ("Cut", f"[ab{sign}](https://example.org/)\n")
    portfolio.entry(f"---\ntitle: {title}\ndate: 2026-07-20\nvisibility: public\n---\n{body}")
    outcome = portfolio.build()
    assert_built(outcome, (f"{X}:2:11" if place == "title" else f"{X}:6:4", "bidi"))
    assert f"the invisible character {shown} " in outcome.text
    assert sign not in outcome.text


def test_e10_an_invisible_character_that_yaml_spells_out_is_meant(portfolio):
    portfolio.entry('---\ntitle: "Cut \\u200e"\ndate: 2026-07-20\nvisibility: public\n---\n')
    assert_built(portfolio.build())


@pytest.mark.parametrize("text", ["👩‍🚀", "می‌خواهم"], ids=["E10-emoji", "E10-persian"])
def test_joiners_that_a_script_needs_are_left_alone(portfolio, text):
    portfolio.entry(achievement(f"project: {text}"))
    assert_built(portfolio.build())
