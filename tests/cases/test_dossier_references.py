"""Dossier references: a table of one broken reference each with its exact place; silence where the other file is missing."""

import pytest

from tests.insight.careers import deed, read_career
from tests.portfolios import achievement, assert_sound

PEOPLE = "- {id: petra, name: Petra V.}\n- {id: jan, name: Jan D.}\n"
GOALS = "- {id: conversion, title: Conversion up}\n"
LADDER = "id: swe\nlevels: [{id: senior}, {id: staff}]\n"
WHOLE = {
    "achievements/oven.md": deed("2026-07-20"),
    "roles/acme.md": "---\nemployer: Acme\n---\n",
    "private/people.yaml": PEOPLE,
    "private/goals.yaml": GOALS,
    "private/plan.yaml": "bets: [{id: reliability, title: Known for it}]\n",
    "private/questions.yaml": "- {id: conflict, text: Tell us about one}\n",
    "private/ladders/swe.yaml": LADDER,
    "private/postings/beta.md": "---\ntitle: Engineer\n---\n",
}
"""A portfolio with one of everything that can be named."""

BROKEN = [
    ("achievements/oven.md", deed("2026-07-20", "goals: [conversoin]"), "5:9", "conversion"),
    ("achievements/oven.md", deed("2026-07-20", "feedback: [{from: petr, quote: a}]"), "5:19", "petra"),
    ("private/achievements/oven.md", "---\ncollaborators: [jan, petar]\n---\n", "2:22", "petra"),
    ("private/achievements/oven.md", "---\ncollaborators: petar\n---\n", "2:16", "petra"),
    ("private/roles/acme.md", "---\nmanager: petar\n---\n", "2:10", "petra"),
    ("private/roles/acme.md", "---\nskip: petar\n---\n", "2:7", "petra"),
    ("campaigns/staff.md", "---\ntitle: a\naudience: public\nto: [petar]\n---\n", "4:6", "petra"),
    ("private/campaigns/staff.md", "---\ntitle: a\nto: [petar]\n---\n", "3:6", "petra"),
    ("private/people.yaml", PEOPLE + "- {id: a, name: A, employer: acne}\n", "3:30", "acme"),
    ("private/people.yaml", PEOPLE + "- {id: a, name: A, cares_about: [conversoin]}\n", "3:34", "conversion"),
    ("private/goals.yaml", GOALS + "- id: a\n  title: A\n  owner: petar\n", "4:10", "petra"),
    ("private/goals.yaml", GOALS + "- id: a\n  title: A\n  bet: relaibility\n", "4:8", "reliability"),
    ("private/promotion.yaml", "target: swe/stafff\n", "1:9", "swe/staff"),
    ("private/promotion.yaml", "target: sew/senior\n", "1:9", "swe/senior"),
    ("private/promotion.yaml", "decision_maker: petar\n", "1:17", "petra"),
    ("private/promotion.yaml", "voters: [petra, jam]\n", "1:17", "jan"),
    ("private/stories/a.md", "---\ntitle: a\nquestions: [conflcit]\n---\n", "3:13", "conflict"),
    ("private/stories/a.md", "---\ntitle: a\nachievements: [ovn]\n---\n", "3:16", "oven"),
    ("private/stories/a.md", "---\ntitle: a\nused: [{date: 2026, posting: betta}]\n---\n", "3:30", "beta"),
    ("stories/a.md", "---\ntitle: a\nachievements: [ovn]\n---\n", "3:16", "oven"),
    ("private/opportunities.csv", "date,posting\n2026-08-01,beta\n2026-08-02,betta\n", "3:1", "beta"),
]
"""A file of `WHOLE`, what it says instead, the place of its only mistake, and the name that was meant."""
PAST = [
    ("private/announcements.csv", "date,achievement\n2026-08-01,oven\n2026-08-02,stove\n", "3:1", "reference"),
    ("private/announcements.csv", "date,achievement,to\n2026-08-01,oven,jan petar\n", "2:1", "reference"),
    ("private/announcements.csv", "date,achievement,audience\n2026-08-01,oven,compnay\n", "2:1", "audience-unknown"),
    ("private/sent.csv", "date,campaign,to\n2026-08-01,long-gone,petar\n", "2:1", "reference"),
]


def said(files):
    """Return place, severity, code and hint of each problem of the private files in *files*."""
    _, problems = read_career(files)
    return [(str(problem.span), problem.severity.value, problem.code, problem.hint) for problem in problems]


@pytest.mark.parametrize(
    ("path", "text", "place", "meant"),
    BROKEN,
    ids=[f"{path}-{meant}-{i}" for i, (path, _, _, meant) in enumerate(BROKEN)],
)
def test_an_id_that_names_nothing_is_told_where_it_stands_with_the_nearest_name(path, text, place, meant):
    assert said({**WHOLE, path: text}) == [
        (f"site_content/{path}:{place}", "error", "reference", f"did you mean “{meant}”?")
    ]


@pytest.mark.parametrize(
    ("path", "text", "place", "code"), PAST, ids=[f"{path}-{i}" for i, (path, *_) in enumerate(PAST)]
)
def test_what_a_ledger_says_of_the_past_is_a_warning(path, text, place, code):
    found = said({**WHOLE, path: text})
    assert [(at, severity, what) for at, severity, what, _ in found] == [
        (f"site_content/{path}:{place}", "warning", code)
    ]


def test_a_misspelt_audience_of_a_person_is_told():
    people = PEOPLE + "- {id: a, name: A, audience: compnay}\n"
    assert said({**WHOLE, "private/people.yaml": people}) == [
        ("site_content/private/people.yaml:3:30", "error", "audience-unknown", "did you mean “company”?")
    ]


def test_references_that_name_something_are_fine():
    assert said({
        **WHOLE,
        "private/achievements/oven.md": "---\ngoals: [conversion]\ncollaborators: [jan]\n---\n",
        "private/promotion.yaml": "target: swe/staff\ndecision_maker: petra\nvoters: [petra, jan]\n",
        "private/stories/a.md": "---\ntitle: a\nquestions: [conflict]\nachievements: [oven]\nused: [{posting: beta}]\n---\n",
        "private/announcements.csv": "date,achievement,audience,to\n2026-08-01,oven,company,petra jan\n",
        "private/opportunities.csv": "date,posting\n2026-08-01,beta\n2026-08-02,\n",
    }) == []  # fmt: skip


NAMES_EVERYTHING = {
    "achievements/oven.md": deed("2026-07-20", "goals: [x]", "feedback: [{from: x, quote: a}]"),
    "campaigns/staff.md": "---\ntitle: a\naudience: public\nto: [x]\n---\n",
}
"""Public entries that name what is kept in private/."""


def test_public_entries_name_what_they_want_while_private_is_not_there():
    assert said(NAMES_EVERYTHING) == []
    found = said({**NAMES_EVERYTHING, "private/people.yaml": PEOPLE})
    assert [at for at, *_ in found] == ["site_content/achievements/oven.md:6:19", "site_content/campaigns/staff.md:4:6"]


@pytest.mark.parametrize("gone", ["private/people.yaml", "private/goals.yaml", "private/plan.yaml"])
def test_nothing_is_said_of_what_would_stand_in_a_file_that_is_missing_or_broken(gone):
    files = {
        **WHOLE,
        "private/promotion.yaml": "decision_maker: petra\n",
        "private/goals.yaml": GOALS + "- {id: a, title: A, owner: petra, bet: reliability}\n",
        "private/achievements/oven.md": "---\ngoals: [conversion]\n---\n",
    }
    assert said(files) == []
    assert said({path: text for path, text in files.items() if path != gone}) == []
    found = said({**files, gone: "- {id: petra, name: [\n"})
    assert [code for _, _, code, _ in found] == ["yaml-syntax"]


def test_an_achievement_in_private_can_be_named():
    files = {**WHOLE, "private/stories/a.md": "---\ntitle: a\nachievements: [stove]\n---\n"}
    assert [code for *_, code, _ in said(files)] == ["reference"]
    assert (
        said({**files, "private/achievements/stove.md": deed("2026-07-21").replace("visibility: public\n", "")}) == []
    )


def test_check_tells_what_is_wrong_in_and_between_the_private_files_and_a_build_reads_none(portfolio):
    portfolio.write({
        "site_content/achievements/x.md": achievement("goals: [speed]"),
        "site_content/private/people.yaml": "- {id: petra, nmae: Petra V.}\n",
        "site_content/private/goals.yaml": "- {id: sped, title: Faster}\n",
        "site_content/private/plan.yaml": "reviewed: soon\n",
        "site_content/private/ladders/swe.yaml": "id: swe\nlevels: senior\n",
        "site_content/private/postings/beta.md": "---\ntitle: Engineer\ncaptured: yesterday\n---\n",
        "site_content/private/postings/gamma.md": "Cook wanted\n\nWe are a small kitchen.\n",
        "site_content/private/stories/a.md": "---\ntitle: a\nquestoins: [b]\n---\n",
        "site_content/private/sent.csv": "date,campaign\nlately,staff\n",
    })  # fmt: skip
    outcome = portfolio.brag("check")
    assert_sound(outcome)
    assert outcome.code == 1
    assert outcome.errors == [
        ("site_content/achievements/x.md:5:9", "reference"),
        ("site_content/private/ladders/swe.yaml:2:9", "value-type"),
        ("site_content/private/people.yaml:1:3", "key-missing"),
        ("site_content/private/people.yaml:1:15", "key-unknown"),
        ("site_content/private/plan.yaml:1:11", "date"),
        ("site_content/private/postings/beta.md:3:11", "date"),
        ("site_content/private/sent.csv:2:1", "date"),
        ("site_content/private/stories/a.md:3:1", "key-unknown"),
    ]
    assert portfolio.build().code == 0
