"""Opportunities: the reply clock, outcomes, and the words of the plan."""

import pytest

from bragfolio.core.insight.opportunities import look_at_opportunities
from tests.insight.careers import career_of

HEAD = "date,source,employer,title,posting,responded,outcome,notes\n"
PLAN = "want: [small team]\navoid: [single-vendor stack]\nmust: [two days at home]\n"


def look(*rows, plan="", **files):
    found = {"private/opportunities.csv": HEAD + "".join(f"{row}\n" for row in rows), **files}
    return look_at_opportunities(career_of({**found, **({"private/plan.yaml": plan} if plan else {})}))


def codes(found):
    return [finding.code for finding in found.findings]


@pytest.mark.parametrize(("row", "days", "is_late"), [
    ("2026-08-08,recruiter,Beta,Lead,,,,", 7, False), ("2026-08-07,recruiter,Beta,Lead,,,,", 8, True), ("2026-08-07,referral,Beta,Lead,,,,", 8, True),
    ("2026-08-07,,Beta,Lead,,,,", 8, True), ("2026-08-07,recruiter,Beta,Lead,,2026-08-14,,", None, False), ("2026-08-07,recruiter,Beta,Lead,,,declined,", None, False),
    ("2026-08-07,own,Beta,Lead,,,,", None, False), ("2026-08,recruiter,Beta,Lead,,,,", 0, False), ("2026-07,recruiter,Beta,Lead,,,,", 15, True),
    ("2026-09-01,recruiter,Beta,Lead,,,,", 0, False), ("2024-02-29,recruiter,Beta,Lead,,,,", 898, True),
])  # fmt: skip
def test_who_asked_has_an_answer_within_a_week(row, days, is_late):
    found = look(row)
    assert found.contacts[0].waiting_days == days
    assert codes(found) == (["reply-overdue"] if is_late else [])


def test_the_longest_waits_first_and_is_told():
    found = look("2026-08-01,recruiter,Beta,Lead,,,,", "2026-07-01,recruiter,Gamma,Head,,,,")
    assert found.answer == "2 contacts wait longer than 7 days for your answer, 45 days at the most."
    assert [finding.sentence for finding in found.findings] == [
        "Head, Gamma has waited 45 days for your answer.", "Lead, Beta has waited 14 days for your answer.",
    ]  # fmt: skip
    assert "line 3 of" in found.findings[0].action
    assert [contact.opportunity.employer for contact in found.contacts] == ["Beta", "Gamma"]


@pytest.mark.parametrize(("notes", "verdict", "codes_", "words"), [
    ("Two days at home and a small team", "good", ["opportunity-fits"], "two days at home, small team"),
    ("two days at home", "good", [], ""),
    ("a small team", "poor", ["opportunity-poor-fit"], "“two days at home”"),
    ("two days at home; Single vendor stack", "avoid", ["opportunity-avoid"], "“single-vendor stack”"),
    ("small teams, two days, at home", "poor", ["opportunity-poor-fit"], ""),  # a comma is not the phrase
    ("", "poor", ["opportunity-poor-fit"], ""),
])  # fmt: skip
def test_the_words_of_the_plan_are_looked_for(notes, verdict, codes_, words):
    found = look(f'2026-08-14,recruiter,Beta,Lead,,,,"{notes}"', plan=PLAN)
    assert found.contacts[0].fit.verdict == verdict
    assert codes(found) == codes_
    assert all(word in found.findings[0].sentence for word in words.split(", ") if word)


def test_the_posting_is_read_too_and_stands_behind_what_is_said():
    files = {
        "private/postings/lead.md": "---\ntitle: Lead\nemployer: Beta\nremote: full\n---\nTwo days at home. Small team.\n"
    }
    found = look("2026-08-14,recruiter,,,lead,,,", plan=PLAN, **files)
    assert found.contacts[0].label == "Lead, Beta"
    assert found.findings[0].entries == ("posting/lead",)
    assert found.findings[0].action == "hold it against what you can prove: `brag match lead`"


def test_what_is_over_is_not_judged_and_outcomes_are_counted():
    found = look(
        "2026-08-01,own,A,X,,,rejected,",
        "2026-08-02,own,B,X,,,rejected,",
        "2026-08-03,own,C,X,,,,two days at home",
        plan=PLAN,
    )
    assert codes(found) == []
    assert [[cell.text for cell in row] for row in found.tables[1].rows] == [["rejected", "2"], ["open", "1"]]
    assert found.answer == "Of 3 opportunities, none waits for your answer."


def test_without_a_plan_nothing_is_judged_and_an_unknown_posting_is_none():
    found = look("2026-08-14,recruiter,Beta,Lead,nowhere,,,single-vendor stack")
    assert (found.contacts[0].fit.verdict, found.contacts[0].posting) == ("open", "")
    assert found.answer == "1 contact waits for your answer, none longer than 7 days."


def test_empty_files_are_silent():
    assert look() is None
    assert look_at_opportunities(career_of({"private/opportunities.csv": ""})) is None
    assert look_at_opportunities(career_of({"private/plan.yaml": PLAN})) is None
