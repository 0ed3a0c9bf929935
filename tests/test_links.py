"""Links: whatever an entry, a page or a headquarters links to is there."""

import pytest

from tests.portfolios import achievement, assert_built


def test_a_role_without_achievements_is_found_among_all_roles(portfolio):
    portfolio.entry("---\nemployer: Acme\nvisibility: public\n---\n", "roles/acme.md")
    portfolio.entry("---\nemployer: Bolt\nvisibility: public\nredirects: [/old/bolt/]\n---\n", "roles/bolt.md")
    portfolio.entry(
        "---\ntitle: Done\ndate: 2026-07-01\nvisibility: public\n---\nAt [[acme]].\n", "achievements/done.md"
    )
    assert portfolio.build().code == 0
    assert '<a href="../experience.html">Acme</a>' in portfolio.page("achievements/done.html")
    assert "experience.html" in portfolio.page("old/bolt/index.html")
    assert portfolio.brag("check").problems == []


@pytest.mark.parametrize("name", ["big-win.docx", "notes.TXT", "folder/cv.pages", "old.odt", "old.doc", "any.rtf"])
@pytest.mark.parametrize("place", ["", "private/"])
def test_a_text_of_another_program_beside_entries_is_said(portfolio, place, name):
    path = f"{place}achievements/{name}"
    portfolio.entry("words", path).entry("words", "static/words.txt").entry(achievement())
    outcome = portfolio.build()
    assert_built(outcome, (f"site_content/{path}", "file-unknown"))
    assert "brag new achievement" in outcome.said("file-unknown").hint


@pytest.mark.parametrize("place", ["", "private/"])
@pytest.mark.parametrize(
    "shown", ["---\n[All of it](more/words.txt)", "evidence: [{label: All of it, file: more/words.txt}]\n---\n"]
)
def test_a_text_that_an_entry_shows_is_not(portfolio, place, shown):
    portfolio.entry("words", f"{place}achievements/more/words.txt")
    portfolio.entry(f"---\ntitle: Deed\ndate: 2026-07-20\n{shown}", f"{place}achievements/y.md")
    assert_built(portfolio.entry(achievement()).build())


@pytest.mark.parametrize(
    ("body", "places", "hint"),
    [
        ("![](foto übergabe.jpg)", ["5:5"], "write ![](<foto übergabe.jpg>)"),
        ('![The card](IMG 1.HEIC "A card")', ["5:13"], "write ![The card](<IMG 1.HEIC>)"),
        ("One.\n\n- See [my poster](poster final.docx).", ["7:19"], "write [my poster](<poster final.docx>)"),
        ("**[a](b c.pdf#page=2)** and [d](e f.md)", ["5:7", "5:33"], "write [a](<b c.pdf#page=2>)"),
        ("`![](a b.jpg)` and [1] (see a.jpg below) and [x](said so)\n\n    ![](a b.jpg)\n", [], ""),
        ("[a](b " + "x " * 50_000, [], ""),
    ],
    ids=["picture", "with a title", "in a list", "two", "what is none", "much"],
)
def test_an_address_with_a_blank_is_told_before_it_is_read_as_text(portfolio, body, places, hint):
    outcome = portfolio.entry(f"---\ntitle: Deed\ndate: 2026-07-20\n---\n{body}\n").brag("check")
    found = [problem for problem in outcome.problems if problem.code == "link-blank"]
    assert [problem.place for problem in found] == [f"site_content/achievements/x.md:{place}" for place in places]
    assert not found or found[0].hint.startswith(hint)
