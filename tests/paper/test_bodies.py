"""Bodies: what a one-pager shows of an achievement's text, and where it may end."""

import json

import pytest

from bragfolio.app.one_pagers import Settings
from bragfolio.core.render.rich import plain
from tests.paper.press import read, set_one_pager
from tests.paper.reading import wins_of
from tests.paper.test_one_page import entry
from tests.portfolios import SITE, achievement

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
