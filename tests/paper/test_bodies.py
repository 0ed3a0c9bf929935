"""Bodies: what a one-pager shows of an achievement's text, and where it may end."""

import json

import pytest
from lxml import html

from bragfolio.app.one_pagers import Settings
from bragfolio.core.read.markdown import fill, parse_markdown
from bragfolio.core.render.rich import paragraphs_of, plain
from tests.paper.press import read, set_one_pager
from tests.paper.reading import Pdf, squeezed, wins_of
from tests.paper.test_one_page import entry
from tests.portfolios import SITE, achievement, assert_built

THREE = "We changed **three things**:\n\n- the trolley\n- the round\n- the sheet\n\n"
LENGTHS = [
    # body, the texts that may be shown of it, the longest first
    ("One.\n\nTwo.\n\nThree.", ["One. | Two. | Three.", "One. | Two.", "One."]),
    ("All.\n\nDone:\n\n- a\n- b\n\nEnd.", ["All. | Done: | a | b | End.", "All. | Done: | a | b", "All."]),
    ("Done:\n\n- a\n- b\n\nEnd.", ["Done: | a | b | End.", "Done: | a | b"]),
    ("Done:\n\n- a\n- b", ["Done: | a | b"]),
    ("Done.\n\n1. a\n2. b", ["Done. | a | b", "Done."]),
    ("Done:\n\nWell.\n\nEnd.", ["Done: | Well. | End.", "Done: | Well."]),
    ("- a\n- b\n- c", ["a | b | c", "a | b", "a"]),  # a list that nothing introduces is what there is to say
    ("- a\n- b\n\nEnd.\n\n- c\n- d", ["a | b | End. | c | d", "a | b | End.", "a | b", "a"]),
]


def texts_of(press, body):
    """Return what a one-pager may show of *body*, the longest first, and the names of these lengths."""
    result = set_one_pager(
        read({"site.yaml": SITE, "achievements/x.md": achievement(body=body)}), press, Settings("impact", "a4", 0.8)
    )
    (texts,) = result.draft.texts
    shown = [" | ".join(plain(part.text) for part in text.paragraphs) for text in texts if text.paragraphs]
    return shown, [text.size.name for text in texts]


@pytest.mark.parametrize(("body", "wanted"), LENGTHS)
def test_a_list_and_the_sentence_before_it_are_shown_whole_or_not_at_all(press, body, wanted):
    assert texts_of(press, body)[0] == wanted


def test_the_name_of_a_length_says_of_how_much_it_is_a_part(press):
    body = f"One.\n\n{THREE}Two.\n\nThree.\n"
    assert texts_of(press, body)[1] == ["body", "3 of 4 paragraphs", "2 of 4 paragraphs", "first paragraph", "title"]


TABLE = "| a | b |\n| - | - |\n| c | d |"
FORMS = [
    # body, what is set: an item behind its sign, what belongs to it further in
    ("1. a\n2. b", "1. a, 2. b"),
    ("7. a\n8. b\n\n0) c", "7. a, 8. b, 0. c"),
    ("1. a\n   - b\n   - c\n2. d", "1. a, > - b, > - c, 2. d"),
    ("- a\n\n  b\n\n  1. c\n- d", "- a, > b, > 1. c, - d"),
    ("- a\n\nb\n\n- c", "- a, b, - c"),
    ("- - a\n  - b", "- a, - b"),  # nothing to stand below
    ("- `a`\n- **b**\n  - c", "- a, - b, > - c"),
    ("> - a\n>\n> b", "- a, b"),
    (f"a\n\nThen a table:\n\n{TABLE}\n\nb", "a, b"),
    (f"a\n\n{TABLE}\n\nb", "a, b"),
    ("a:\n\n```\nb\n```\n\nc", "c"),
    ("a:\n\n![b](b.png)\n\nc", "c"),
    (f"a:\n\nb\n\n{TABLE}", "a:, b"),  # the colon announces what is there
    (f"- a:\n\n  {TABLE.replace(chr(10), chr(10) + '  ')}\n- b", "- b"),
    ("a:\n\n## b\n\nc", "a:, c"),
]


@pytest.mark.parametrize(("body", "wanted"), FORMS)
def test_lists_keep_numbers_and_nesting_and_what_is_left_out_takes_its_announcement_along(body, wanted):
    prose, _ = parse_markdown(body, "achievements/x.md", 1)
    assert ", ".join(drawn(paragraphs_of(fill(prose.html, lambda *_: "")))) == wanted


def drawn(paragraphs, inset=""):
    """Return a line for each of *paragraphs* and of what stands below them."""
    lines = []
    for part in paragraphs:
        sign = "" if not part.bullet else "- " if part.number is None else f"{part.number}. "
        lines += [inset + sign + plain(part.text), *drawn(part.below, inset + "> ")]
    return lines


STEPS = (
    "So:\n\n3. The day tells the night\n   - what changed\n   - what worries us\n4. The night tells the day\n\nThey do.\n\nThe numbers:\n\n"
    + TABLE
)


@pytest.mark.parametrize("design", ["classic", "impact", "brief"])
def test_numbers_and_nesting_are_the_same_in_the_browser_and_on_paper(portfolio, design):
    portfolio.entry(f"{SITE}one_pager: {{template: {design}}}\n", "site.yaml").entry(achievement(body=STEPS))
    assert_built(portfolio.build())
    page = html.fromstring(portfolio.page("resume.html"))
    (steps,) = page.xpath("//article//ol")
    assert [(li.get("value"), " ".join(li.text_content().split())) for li in steps] == [
        ("3", "The day tells the night what changed what worries us"), ("4", "The night tells the day"),
    ]  # fmt: skip
    assert [li.text_content() for li in steps.xpath("li[1]/ul/li")] == ["what changed", "what worries us"]
    assert "The numbers" not in page.text_content()
    pdf = Pdf((portfolio.root / "output/resume.pdf").read_bytes())
    for text in pdf.texts.values():
        assert "3.Thedaytellsthenight" in squeezed(text)
        assert "4.Thenighttellstheday" in squeezed(text)
        assert "numbers" not in text
    starts = {line: start_of(pdf, line) for line in ("The day", "what changed", "They do")}
    assert starts["They do"] < starts["The day"] < starts["what changed"]
    assert pdf.failed_rules == []


def start_of(pdf, words):
    """Return how far from the left *words* begin."""
    read = "".join(letter.get_text() for letter in pdf.letters)
    return pdf.letters[read.index(words)].x0


@pytest.mark.parametrize("design", ["classic", "impact", "brief"])
def test_no_page_ends_in_the_middle_of_a_list(press, design):
    filler = "A sentence that takes some room on the page. " * 12
    seen = set()
    for lines in range(0, 30, 2):
        body = filler + "\n\n" + "So.\n\n" * lines + THREE * 9 + "And an end.\n"
        files = {
            "site.yaml": SITE,
            "achievements/x.md": entry({"title": "X", "date": "2026-07", "visibility": "public"}, body),
        }
        one = set_one_pager(read(files), press, Settings(design, "a4", 0.8)).one_pager
        assert one is not None
        (win,) = wins_of(one.sheet)
        said = [plain(part.text) for part in win.paragraphs]
        assert said.count("We changed three things:") == said.count("the sheet")
        seen.add(said.count("the sheet"))
    assert len(seen) > 1


def test_what_was_shortened_is_told(portfolio):
    for number in range(3):
        portfolio.entry(
            achievement("stars: 3", body="A sentence that takes some room. " * 20 + f"\n\n{THREE * 4}"),
            f"achievements/x{number}.md",
        )
    outcome = portfolio.brag("pdf", "--out", "x.pdf")
    assert "  Shortened for want of room: 2 achievements; --explain tells all." in outcome.text
    rows = json.loads(portfolio.brag("pdf", "--out", "x.pdf", "--json").text)["blocks"]
    assert [row["state"] for row in rows] == ["body", "2 of 5 paragraphs", "first paragraph"]
    assert [row["shortened"] for row in rows] == [False, True, True]
