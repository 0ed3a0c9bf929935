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
