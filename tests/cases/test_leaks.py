"""Leaks: ways by which something private got, or nearly got, into what everybody sees."""

import pytest

from tests.portfolios import AS_OF, achievement, assert_refused

X = "site_content/achievements/x.md"
PRIVATE = "---\ntitle: Deal with Zeus\ndate: 2026-07-01\n---\n"


@pytest.mark.parametrize("target", ["../site.yaml", "../education.yaml", "../stories/s.md", "../private/site.yaml"])
def test_a_link_publishes_no_source_file(portfolio, target):
    portfolio.write(
        {
            "site_content/education.yaml": "- {institution: Hidden, visibility: private}\n",
            "site_content/stories/s.md": "---\ntitle: s\n---\n",
            "site_content/private/site.yaml": "person: {claim: secret}\n",
        }
    )
    portfolio.entry(achievement(body=f"[c]({target})"))
    outcome = portfolio.build()
    assert not any(path.endswith((".yaml", ".md")) for path in portfolio.built()), outcome.text


def test_evidence_publishes_no_source_of_another_entry(portfolio):
    portfolio.entry(PRIVATE, "achievements/b.md")
    portfolio.entry(achievement("evidence: [{label: l, file: b.md}]"))
    assert_refused(portfolio, portfolio.build(), (f"{X}:5:29", "path-escape"))


def test_a_photo_of_the_public_site_never_comes_from_private(portfolio):
    portfolio.write(
        {
            "site_content/site.yaml": "title: A\nurl: https://example.org/\nperson: {name: A, photo: private/static/me.png}\n",
            "site_content/private/static/me.png": b"x",
        }
    )
    assert_refused(portfolio, portfolio.build(), ("site_content/site.yaml:3:26", "image-missing"))


def test_publish_moves_no_other_entry(portfolio):
    portfolio.entry(PRIVATE, "private/achievements/2026/other.md")
    portfolio.entry("---\ntitle: I\ndate: 2026-07-01\n---\n", "private/achievements/2026/index.md")
    outcome = portfolio.brag("publish", "2026")
    assert outcome.code == 1
    assert (portfolio.root / "site_content/private/achievements/2026/other.md").exists()
    assert (portfolio.root / "site_content/private/achievements/2026/index.md").exists()


@pytest.mark.parametrize("line", [
    "effort_days: 12", "collaborators: [maria]", "goals: [q3]", "feedback: [{from: maria, quote: Good}]",
    "metrics: [{name: pay, value: 1, visibility: leadership}]",
])  # fmt: skip
def test_publish_refuses_a_file_that_says_what_is_for_few(portfolio, line):
    portfolio.entry(f"---\ntitle: T\ndate: 2026-07-01\n{line}\n---\n", "private/achievements/x.md")
    outcome = portfolio.brag("publish", "x")
    assert outcome.code == 1
    assert outcome.said("private-public").hint
    assert (portfolio.root / "site_content/private/achievements/x.md").exists()


def test_an_embargo_until_a_time_of_day_holds_that_whole_day(portfolio):
    portfolio.entry(achievement(f"publish_date: {AS_OF}T23:59+00:00"))
    assert "Held back: 1 until 2026-08-16" in portfolio.build().text


def test_a_role_that_only_private_knows_cannot_be_named_outside_and_is_never_guessed(portfolio):
    portfolio.entry("---\nemployer: Zeus\n---\n", "private/roles/project-zeus.md")
    portfolio.entry(achievement("role: project-zeuss"))
    outcome = portfolio.build()
    assert_refused(portfolio, outcome, (f"{X}:5:7", "reference"))
    assert "project-zeus”" not in outcome.said("reference").hint


def test_a_warning_in_a_private_file_is_nobodys_business_in_a_public_build(portfolio):
    portfolio.entry(PRIVATE + "<b>salary 100k</b>\n", "private/achievements/s.md")
    portfolio.entry(achievement())
    outcome = portfolio.build("--strict")
    assert outcome.code == 0, outcome.text
    assert "salary" not in outcome.text
    assert "raw-html" in portfolio.build("--audience", "self").text


def test_a_comment_over_two_paragraphs_is_refused_and_not_published(portfolio):
    portfolio.entry(achievement(body="Hello <!-- todo\n\nsalary 100k -->\n"))
    assert_refused(portfolio, portfolio.build(), (f"{X}:6:7", "raw-html"))


def test_one_folder_serves_one_audience(portfolio):
    portfolio.entry(achievement())
    assert portfolio.build("--output", "site").code == 0
    outcome = portfolio.build("--audience", "self", "--output", "site")
    assert outcome.code == 1
    assert outcome.said("output-folder").message == "site holds the site of the audience “public”"


def test_two_files_at_one_address_are_refused(portfolio):
    portfolio.write({"site_content/static/achievements/f.txt": "a"})
    portfolio.entry("b", "achievements/f.txt")
    portfolio.entry(achievement(body="[f](f.txt)"))
    assert [code for _, code in portfolio.build().errors] == ["path-duplicate"]


@pytest.mark.parametrize("path", ["achievements/index.md", "skills/index.md"])
def test_nothing_is_called_index(portfolio, path):
    portfolio.entry(
        "---\ntitle: T\nname: T\ndate: 2026-01-01\nvisibility: public\n---\n".replace(
            "name: T\n" if path.startswith("achievements") else "date: 2026-01-01\n", ""
        ),
        path,
    )
    assert_refused(portfolio, portfolio.build(), (f"site_content/{path}:1:1", "name-reserved"))


def test_a_position_without_an_end_lasts_until_the_next_one(portfolio):
    portfolio.entry(
        "---\nemployer: Acme\nvisibility: public\npositions:\n  - {title: Senior, start: 2020-01}\n"
        "  - {title: Junior, start: 2015-01}\n---\n",
        "roles/acme.md",
    )
    portfolio.entry(achievement("role: acme"))
    assert portfolio.build().code == 0
    assert "Senior" in portfolio.page()
    resume = portfolio.page("resume.json")
    assert resume.index('"Senior"') < resume.index("Cut the queue") < resume.index('"Junior"')
    assert "January 2015 – January 2020" in portfolio.page("experience.html")


def test_units_that_differ_are_refused(portfolio):
    portfolio.entry(achievement("metrics: [{name: k, before: 3 min, after: 50 s}]"))
    assert_refused(portfolio, portfolio.build(), (f"{X}:5:43", "value-rule"))


def test_a_summary_has_the_text_of_its_links(portfolio):
    portfolio.entry(achievement(), "achievements/falls.md")
    portfolio.entry(achievement(body="Led to [[falls]] and [[falls|less]], see [it](falls.md)."))
    assert portfolio.build().code == 0
    assert "Led to Cut the queue and less, see it." in portfolio.page("feed.json")
