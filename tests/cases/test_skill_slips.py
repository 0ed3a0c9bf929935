"""Slips: names of skills that were misspelt, and names that only look so."""

from collections import Counter

import pytest

from bragfolio.core.read.skill_slips import slipped
from tests.portfolios import achievement, assert_built


@pytest.mark.parametrize(
    ("described", "named", "expected"),
    [
        (["Negotiation"], {"Negotation": 3}, {"Negotation": "Negotiation"}),
        (["Negotiation"], {"negotiatoin": 1, "NEGOTIATION": 1}, {"negotiatoin": "Negotiation"}),
        ([], {"Queueing": 4, "Queuing": 1}, {"Queuing": "Queueing"}),
        ([], {"Reading": 1, "Readng": 1}, {"Readng": "Reading"}),
        ([], {"Dashboards": 1, "Dashboard": 2}, {"Dashboards": "Dashboard"}),
        (["Node.js"], {"Nodejs": 1}, {"Nodejs": "Node.js"}),
        (["Modelling", "Modeling"], {"Modeling": 1}, {}),
        ([], {"Reading": 2, "Leading": 1}, {}),
        ([], {"ISO 9001": 2, "ISO 9002": 1, "Python 3": 1, "Python": 2}, {}),
        ([], {"Java": 2, "Lava": 1, "Go": 1, "C": 1, "C#": 1, "R": 1}, {}),
        ([], {"Teaching": 2, "Coaching": 1, "Testing": 1, "Writing": 1, "Wiring": 1}, {}),
        ([], {"Überblick": 2, "Uberblick": 1}, {}),
    ],
    ids=["lost", "swapped", "more-named", "as-many", "plural", "dot", "both-described", "begin", "digits", "short", "apart", "one-slug"],
)  # fmt: skip
def test_a_slip_is_told_from_two_names(described, named, expected):
    assert slipped(described, Counter(named)) == expected


def test_a_slip_is_a_warning_with_its_place_and_what_was_meant(portfolio):
    portfolio.entry("---\nname: Negotiation\nvisibility: public\n---\n", "skills/negotiation.md")
    portfolio.entry("---\ntitle: Deed\ndate: 2026-07-20\nvisibility: public\nskills: [Reading, Negotation]\n---\n")
    outcome = portfolio.build()
    assert_built(outcome, ("site_content/achievements/x.md:5:19", "skill-slip"))
    said = outcome.said("skill-slip")
    assert (said.message, said.hint) == (
        "“Negotation” is a letter away from the skill “Negotiation”",
        "did you mean “Negotiation”? If both are meant, give each a file: `brag new skill NAME`",
    )
    assert said.place == "site_content/achievements/x.md:5:19"


def test_of_two_names_that_are_as_long_and_as_common_none_is_taken_for_right(portfolio):
    portfolio.entry(achievement("skills: [Pharmacokinetics]"), "achievements/a.md")
    portfolio.entry(achievement("skills: [Pharmacokinetcis]"), "achievements/b.md")
    hint = portfolio.build().said("skill-slip").hint
    assert (
        hint == "write the right one of the two everywhere. If both are meant, give each a file: `brag new skill NAME`"
    )


@pytest.mark.parametrize(
    ("other", "is_twice"),
    [("name: wound  CARE", True), ("name: Wound management\nsynonyms: [Wound care]", True), ("name: Wound", False)],
)
def test_two_files_for_one_skill_are_a_warning_at_the_private_one(portfolio, other, is_twice):
    portfolio.entry(f"---\n{other}\nvisibility: public\n---\n", "skills/z.md")
    portfolio.entry("---\nname: Wound care\n---\n", "private/skills/a.md")
    found = [problem for problem in portfolio.brag("check").problems if problem.code == "skill-twice"]
    assert [problem.place for problem in found] == ["site_content/private/skills/a.md:2:7"] * is_twice
    assert [problem.message for problem in found] == [
        "“Wound care” is a skill already, in site_content/skills/z.md"
    ] * is_twice


def test_a_skill_is_not_started_twice(portfolio):
    assert portfolio.brag("new", "skill", "Wound care", "--public").code == 0
    again = portfolio.brag("new", "skill", "Wound Care")
    assert (again.code, again.said("id-duplicate").message) == (1, "there is a skill “wound-care” already")
    assert len(list(portfolio.root.rglob("wound*.md"))) == 1


def test_a_skill_with_a_file_of_its_own_is_no_slip(portfolio):
    for name in ("Modelling", "Modeling"):
        portfolio.entry(f"---\nname: {name}\nvisibility: public\n---\n", f"skills/{name.lower()}.md")
    portfolio.entry("---\ntitle: Deed\ndate: 2026-07-20\nvisibility: public\nskills: [Modeling]\n---\n")
    assert portfolio.build().problems == []
