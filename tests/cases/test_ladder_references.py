"""Ladder references: what entries name of a ladder that is there has to be there, too."""

import pytest

from bragfolio.core.insight.ladder import look_at_ladders
from tests.insight.careers import deed, read_career
from tests.insight.test_ladder import LADDER
from tests.portfolios import achievement

PATH = "private/ladders/swe.yaml"


def told(files):
    """Return place, code, message and hint of everything that is wrong."""
    _, problems = read_career(files)
    return [(str(problem.span), problem.code, problem.message, problem.hint) for problem in problems]


@pytest.mark.parametrize(("reference", "message", "hint"), [
    ("swe/staff/td11", "the level “swe/staff” has no criterion or competency “td11”", "did you mean “td1”?"),
    ("swe/staff/sd1", "the level “swe/staff” has no criterion or competency “sd1”", "did you mean “td1”?"),
    ("swe/senior/mentoring", "the level “swe/senior” has no criterion or competency “mentoring”", "write one of direction, sd1"),
    ("swe/stuff/td1", "the ladder “swe” has no level “stuff”", "did you mean “staff”?"),
    ("swee/staff/td1", "there is no ladder “swee” in private/ladders/", "did you mean “swe/staff/td1”?"),
    ("swe/staff", "“swe/staff” is not of the form ladder/level/criterion", "write for example swe/staff/direction"),
    ("swe/staff/td1/x", "“swe/staff/td1/x” is not of the form ladder/level/criterion", "write for example swe/staff/direction"),
    ("swe//td1", "“swe//td1” is not of the form ladder/level/criterion", "write for example swe/staff/direction"),
])  # fmt: skip
def test_what_a_ladder_lacks_is_an_error(reference, message, hint):
    files = {PATH: LADDER, "achievements/d.md": deed("2026-07-20", f"ladder: [swe/staff/td1, {reference}]")}
    assert told(files) == [("site_content/achievements/d.md:5:25", "reference", message, hint)]


@pytest.mark.parametrize(
    "reference", ["swe/staff/td1", "swe/staff/direction", " swe / senior / sd1 ", "gone/staff/td1"]
)
def test_what_is_there_or_of_another_ladder_is_fine(reference):
    files = {PATH: LADDER, "achievements/d.md": deed("2026-07-20", f"ladder: ['{reference}']")}
    assert told(files) == []


def test_nothing_is_said_without_ladders():
    assert told({"achievements/d.md": deed("2026-07-20", "ladder: [swe/staff/td9]")}) == []


def test_nothing_is_said_of_a_broken_ladder():
    files = {
        PATH: LADDER + "rules: {min_evidence: many}\n",
        "achievements/d.md": deed("2026-07-20", "ladder: [swe/x/y, swf/a/b]"),
    }
    assert [code for _, code, _, _ in told(files)] == ["value"]


def test_a_position_has_a_level_of_its_ladder():
    role = "---\nemployer: Acme\npositions:\n  - {title: A, level: swe/seniors}\n---\n"
    assert told({PATH: LADDER, "private/roles/acme.md": role}) == [
        ("site_content/private/roles/acme.md:4:23", "reference", "the ladder “swe” has no level “seniors”", "did you mean “senior”?"),
    ]  # fmt: skip


def test_an_overlay_is_checked_in_its_own_file():
    files = {
        PATH: LADDER, "achievements/d.md": deed("2026-07-20"),
        "private/achievements/d.md": "---\nladder: [swe/staff/td9]\n---\n",
    }  # fmt: skip
    assert [place for place, *_ in told(files)] == ["site_content/private/achievements/d.md:2:10"]


def test_a_ladder_keeps_to_its_own_levels_and_ids():
    ladder = """\
id: swe
levels: [{id: a}, {id: b}, {id: a}]
competencies:
  - {id: c, criteria: {a: [{id: x, text: X}, {id: x, text: Y}], bb: [{id: y, text: Y}]}}
  - {id: c}
"""
    assert told({PATH: ladder}) == [
        ("site_content/private/ladders/swe.yaml:2:33", "id-duplicate", "the id “a” stands here twice", "choose another id"),
        ("site_content/private/ladders/swe.yaml:5:10", "id-duplicate", "the id “c” stands here twice", "choose another id"),
        ("site_content/private/ladders/swe.yaml:4:51", "id-duplicate", "the id “x” stands here twice", "choose another id"),
        ("site_content/private/ladders/swe.yaml:4:65", "reference", "this ladder has no level “bb”", "did you mean “b”? Else add it to levels:"),
    ]  # fmt: skip


def test_a_level_that_has_criteria_need_not_be_listed():
    ladder = "id: swe\nlevels: [{id: senior}]\ncompetencies: [{id: c, criteria: {staff: [{id: x, text: X}]}}]\n"
    files = {PATH: ladder, "achievements/d.md": deed("2026-07-20", "ladder: [swe/staff/c]")}
    assert told(files) == []
    found = look_at_ladders(read_career({**files, "private/promotion.yaml": "target: swe/staff\n"})[0])
    assert found
    assert found.answer == "Of 1 criterion of staff: 1 partial."
    (grid,) = found.charts
    assert [column.text for column in grid.table.rows[0]] == ["c", "", "partial"]


def test_check_tells_of_them(portfolio):
    portfolio.entry(LADDER, PATH).entry(achievement("ladder: [swe/staff/td9]"))
    outcome = portfolio.brag("check")
    assert outcome.errors == [("site_content/achievements/x.md:5:10", "reference")]
    assert outcome.code == 1
    assert portfolio.build().code == 0
