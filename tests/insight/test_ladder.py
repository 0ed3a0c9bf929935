"""Ladder: when a criterion is sustained, partial, stale or missing, and what the coach says of the next level."""

import random

import pytest
from msgspec import structs

from bragfolio.core.insight.ladder import look_at_ladders
from bragfolio.core.insight.ladder_views import judge_career
from bragfolio.core.insight.proofs import outside_evidence
from bragfolio.model.achievement import Achievement, Evidence
from bragfolio.model.scalars import Url
from tests.insight.careers import career_of, deed, deeds

LADDER = """\
id: swe
name: Software engineer
levels:
  - {id: staff, name: Staff, order: 4}
  - {id: senior, name: Senior, order: 3}
competencies:
  - id: direction
    name: Technical direction
    criteria:
      senior: [{id: sd1, text: Decides well in the own code}]
      staff:
        - {id: td1, text: Sets direction beyond the own team}
        - {id: td2, text: Writes down why}
  - id: mentoring
    name: Mentoring
    criteria: {staff: [{id: m1, text: Grows others}]}
"""
TARGET = {"private/ladders/swe.yaml": LADDER, "private/promotion.yaml": "target: swe/staff\n"}
LINK = "evidence: [{url: 'https://example.com/post'}]"
FILE = "evidence: [{file: p99.png, kind: image, image_alt: A chart}]"
VOICE = "feedback: [{from: petra, quote: Great}]"
TD1 = "ladder: [swe/staff/td1]"


def make(*rows, as_of="2026-08-15", ladder=LADDER, **files):
    """Return a career with a ladder and achievements; each of *rows* is a date and more lines."""
    picture = {"achievements/p99.png": "x"}
    return career_of({**TARGET, "private/ladders/swe.yaml": ladder, **picture, **deeds(*rows), **files}, as_of)


def look(*rows, **more):
    """Return what is said of that career."""
    found = look_at_ladders(make(*rows, **more))
    assert found
    return found


def state_of(career, criterion="td1"):
    """Return the state of a criterion of the only ladder, and what it lacks."""
    (judged,) = [one for one in judge_career(career)[0].criteria if one.criterion.id == criterion]
    return judged.state, judged.lacks


@pytest.mark.parametrize(("rows", "state", "lacks"), [
    ([], "missing", ("proofs", "quarters", "corroboration")),
    ([("2026-07-20", TD1, LINK)], "partial", ("proofs", "quarters")),
    ([("2026-07-20", TD1, LINK), ("2026-06-30", TD1)], "sustained", ()),
    ([("2026-07-01", TD1, LINK), ("2026-06-30", TD1)], "sustained", ()),
    ([("2026-08-01", TD1, LINK), ("2026-07-01", TD1)], "partial", ("quarters",)),
    ([("2026-06-30", TD1, LINK), ("2025-06-30", TD1)], "sustained", ()),
    ([("2026-07-20", TD1), ("2026-06-30", TD1)], "partial", ("corroboration",)),
    ([("2026-07-20", TD1), ("2026-06-30", TD1, FILE)], "sustained", ()),
    ([("2026-07-20", TD1), ("2026-06-30", TD1, VOICE)], "sustained", ()),
    ([("2026-07-20", TD1), ("2026-06-30", TD1, "feedback: [{consent: none}]")], "partial", ("corroboration",)),
    ([("2025-08-15", TD1, LINK), ("2025-06-30", TD1)], "sustained", ()),
    ([("2025-08-14", TD1, LINK), ("2025-06-30", TD1)], "stale", ("freshness",)),
    ([("2025-08-14", TD1), ("2025-06-30", TD1)], "partial", ("corroboration", "freshness")),
    ([("2024-01-01", TD1, LINK)], "partial", ("proofs", "quarters", "freshness")),
    ([("2026-06", TD1, LINK), ("2026-04-01", TD1)], "partial", ("quarters",)),
    ([("2026-08", TD1, LINK), ("2026-06", TD1)], "sustained", ()),
    ([("2026", TD1, LINK), ("2026-07-01", TD1)], "partial", ("quarters",)),
    ([("2025", TD1, LINK), ("2025-10-01", TD1)], "partial", ("quarters",)),
    ([("2026-08-16", TD1, LINK), ("2026-06-30", TD1)], "partial", ("proofs", "quarters", "corroboration")),
    ([("2026-09", TD1, LINK)], "missing", ("proofs", "quarters", "corroboration")),
], ids=[
    "nothing", "one proof", "two in two quarters", "on both sides of a border", "two in one quarter",
    "the same quarter of two years", "nobody else", "a file", "somebody's words", "feedback that says nothing",
    "365 days", "366 days", "old, and nobody else", "one and old", "a month is its last day", "this month is today",
    "a year is never after today", "a year is its last day", "what is dated later is no proof yet", "nor what is dated next month",
])  # fmt: skip
def test_a_criterion_is_judged_by_its_proofs(rows, state, lacks):
    assert state_of(make(*rows)) == (state, lacks)


def test_a_leap_day_is_a_day():
    rows = [("2028-02-29", TD1, LINK), ("2027-06-30", TD1)]
    assert state_of(make(*rows, as_of="2029-02-28")) == ("sustained", ())
    assert state_of(make(*rows, as_of="2029-03-01")) == ("stale", ("freshness",))
    over_a_leap_day = [("2027-03-01", TD1, LINK), ("2026-06-30", TD1)]
    assert state_of(make(*over_a_leap_day, as_of="2028-02-29")) == ("sustained", ())
    assert state_of(make(*over_a_leap_day, as_of="2028-03-01")) == ("stale", ("freshness",))


def test_work_in_progress_is_a_proof_of_today():
    ongoing = "---\ntitle: A\nstart: 2024-01-01\nongoing: true\nladder: [swe/staff/td1]\n---\n"
    career = make(("2026-06-30", TD1, LINK), **{"private/achievements/a.md": ongoing})
    assert state_of(career) == ("sustained", ())


@pytest.mark.parametrize(("reference", "proven"), [
    ("swe/staff/td1", ["td1"]),
    ("swe/staff/direction", ["td1", "td2"]),
    ("swe/senior/direction", ["sd1"]),
    ("[swe/staff/td1, swe/staff/direction]", ["td1", "td2"]),
    (" swe / staff / m1 ", ["m1"]),
])  # fmt: skip
def test_a_competency_stands_for_its_criteria_at_that_level_and_no_other(reference, proven):
    criteria = judge_career(make(("2026-07-20", f"ladder: {reference}")))[0].criteria
    assert [one.criterion.id for one in criteria if one.proofs] == proven
    assert all(len(one.proofs) == 1 for one in criteria if one.proofs)


def test_the_ladder_has_rules_of_its_own():
    rules = "rules: {min_evidence: 1, min_quarters: 1, max_age_days: 30, corroborated: 0}\n"
    assert state_of(make(("2026-07-16", TD1), ladder=LADDER + rules)) == ("sustained", ())
    assert state_of(make(("2026-07-15", TD1), ladder=LADDER + rules)) == ("stale", ("freshness",))


@pytest.mark.parametrize(("url", "counts"), [
    ("https://example.com/x", True),
    ("https://example.org/adas", True),
    ("https://EXAMPLE.org/ada", False),
    ("https://example.org/ada/talks.html", False),
    ("mailto:petra@example.com", False),
])  # fmt: skip
def test_a_page_of_ones_own_site_is_no_outside_evidence(url, counts):
    achievement = Achievement(title="A", evidence=(Evidence(url=Url.parse(url)),))
    assert bool(outside_evidence(achievement, "https://example.org/ada/")) is counts


def codes_of(found):
    return [finding.code for finding in found.findings]


def test_without_proofs_everything_is_missing():
    found = look()
    assert found.answer == "Of 3 criteria of Staff: 3 missing."
    (finding,) = found.findings
    assert finding.code == "criterion-missing"
    assert (
        finding.sentence
        == "3 criteria of Staff have no proof: Technical direction (td1), Technical direction (td2) and Mentoring."
    )
    assert finding.action.endswith("with `ladder: [swe/staff/td1]`")
    assert round(finding.gain, 3) == 0.375  # 3 stars, half likely, no packet due


def test_a_proof_of_a_higher_level_proves_no_lower_one():
    rows = [("2026-07-20", "ladder: [swe/staff/direction]", LINK), ("2026-06-20", "ladder: [swe/staff/direction]")]
    found = look(*rows)
    assert state_of(make(*rows), "sd1") == ("missing", ("proofs", "quarters", "corroboration"))
    assert found.answer == "Of 3 criteria of Staff: 2 sustained, 1 missing."


PEOPLE = "- {id: petra, name: Petra V., relation: skip}\n- {id: jan, name: Jan B., relation: boss}\n"
GOALS = "- {id: q3, title: Conversion, owner: petra}\n"


@pytest.mark.parametrize(("lines", "files", "person"), [
    ((), {}, "somebody who saw it"),
    ((), {"private/people.yaml": PEOPLE}, "Jan B."),
    (("goals: [q3]",), {"private/people.yaml": PEOPLE, "private/goals.yaml": GOALS}, "Petra V."),
    (("goals: [q3]", "collaborators: [jan]"), {"private/people.yaml": PEOPLE, "private/goals.yaml": GOALS}, "Jan B."),
], ids=["nobody", "the boss", "who owns the goal", "who worked on it"])  # fmt: skip
def test_who_can_speak_for_a_proof_is_asked(lines, files, person):
    files = {
        **files,
        "private/achievements/d9.md": deed("2026-07-20", TD1, "stars: 4", *lines, title="Cut p99").replace(
            "visibility: public\n", ""
        ),
    }
    found = look(("2026-06-20", TD1), **files)
    (finding,) = [finding for finding in found.findings if finding.code == "criterion-alone"]
    assert finding.sentence == "“Sets direction beyond the own team” has 2 proofs, and nobody else speaks for it."
    assert finding.action == f"ask {person} for feedback on “Cut p99”, or link what shows it"
    assert finding.entries == ("achievement/d9", "achievement/d0")
    assert round(finding.gain, 2) == 0.8  # 4 stars, 0.8 likely, no packet due


def test_a_stale_criterion_needs_one_fresh_proof():
    found = look(("2025-08-14", TD1, LINK, "stars: 4"), ("2025-05-01", TD1))
    (finding,) = [finding for finding in found.findings if finding.code == "criterion-stale"]
    assert (
        finding.sentence
        == "“Sets direction beyond the own team” would be sustained, but its newest proof is 366 days old."
    )
    assert finding.action.startswith("one fresh proof is enough: name `swe/staff/td1`")
    assert round(finding.gain, 2) == 0.6


def test_gaps_weigh_more_as_the_packet_comes_near():
    gains = []
    for due in ("2026-11-13", "2026-09-14", "2026-08-15", "2026-08-14"):
        promotion = f"target: swe/staff\ncycles: [{{id: next, packet_due: {due}}}]\n"
        gains.append(round(look(**{"private/promotion.yaml": promotion}).findings[0].gain, 2))
    assert gains == [
        0.52,
        0.94,
        1.5,
        0.38,
    ]  # 1.5 stars, times 0.25 + 0.75 * 0.5^(days / 30) for 90, 30, 0 days, and none


ROLE = """\
---
employer: Acme
positions:
  - {{title: Engineer, level: {level}, start: 2025-01, end: present}}
  - {{title: Junior, start: 2020-01, end: 2024-12}}
---
"""


@pytest.mark.parametrize(("level", "target", "current"), [
    ("swe/senior", "swe/staff", "swe/senior"),
    ("swe/staff", "", "swe/staff"),
    ("other/senior", "", ""),
])  # fmt: skip
def test_without_a_target_the_level_above_is_wanted(level, target, current):
    files = {"private/ladders/swe.yaml": LADDER, "private/roles/acme.md": ROLE.format(level=level)}
    found = look_at_ladders(career_of(files))
    assert found
    assert (found.target, found.current) == (target, current)
    assert bool(found.findings) is bool(target)


def test_the_grid_marks_where_one_stands_and_what_is_wanted():
    found = look(
        ("2026-07-20", "ladder: [swe/staff/td1]", LINK),
        ("2026-06-20", TD1),
        **{"private/roles/acme.md": ROLE.format(level="swe/senior")},
    )
    (grid,) = found.charts
    assert grid.columns == ("Senior · now", "Staff · target")
    assert [(row.label, [square and (square.text, square.alarm) for square in row.squares]) for row in grid.rows] == [
        ("Technical direction", [("missing", False), ("partial 1/2", False)]),
        ("Mentoring", [None, ("missing", True)]),
    ]
    assert grid.rows[0].squares[1].entries == ("achievement/d0", "achievement/d1")
    assert [[cell.text for cell in row] for row in found.tables[0].rows] == [
        ["Sets direction beyond the own team", "Staff", "sustained", "2", "2", "1", "26 d", ""],
        ["Writes down why", "Staff", "missing", "0", "0", "0", "", "there is no proof yet"],
        ["Grows others", "Staff", "missing", "0", "0", "0", "", "there is no proof yet"],
    ]


def test_the_order_of_achievements_changes_nothing():
    rows = [(f"2026-0{month}-10", TD1, LINK, f"stars: {month % 3 + 1}") for month in range(1, 9)] * 2
    career = make(*rows)
    projection = career.linked.projection
    shuffled = random.Random(7).sample(projection.achievements, 16)
    linked = structs.replace(career.linked, projection=structs.replace(projection, achievements=tuple(shuffled)))
    assert look_at_ladders(structs.replace(career, linked=linked)) == look_at_ladders(career)


def test_entries_are_the_heaviest_then_the_newest_then_by_id():
    m1 = "ladder: [swe/staff/m1]"
    rows = [("2026-07-20", m1), ("2026-08-01", TD1), ("2026-08-01", m1), ("2026-07-01", m1, "stars: 5")]
    (finding,) = [finding for finding in look(*rows).findings if finding.code == "criterion-partial"]
    assert finding.entries == ("achievement/d3", "achievement/d1", "achievement/d2", "achievement/d0")


def test_a_day_later_only_ages_differ():
    rows = [("2026-07-20", TD1, LINK), ("2026-06-20", TD1), ("2026-05-20", "ladder: [swe/staff/m1]")]
    texts = [
        [[cell.text for cell in row] for row in look(*rows, as_of=day).tables[0].rows]
        for day in ("2026-08-15", "2026-08-16")
    ]
    differing = {(old, new) for before, after in zip(*texts, strict=True) for old, new in zip(before, after, strict=True)
                 if old != new}  # fmt: skip
    assert differing == {("26 d", "27 d"), ("87 d", "88 d")}
    assert look(*rows).answer == look(*rows, as_of="2026-08-16").answer


def test_nothing_is_said_without_a_ladder():
    assert look_at_ladders(career_of(deeds(("2026-07-20",)))) is None


def test_a_ladder_without_levels_has_nothing_to_say():
    found = look_at_ladders(career_of({"private/ladders/swe.yaml": "id: swe\n"}))
    assert found
    assert found.answer.startswith("No level is aimed at")
    assert found.findings == ()
