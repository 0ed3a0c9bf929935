"""Effort: what took long, who above knows it, and whether the boss and the boss's boss care about it."""

import pytest

from bragfolio.core.insight.effort import look_at_effort
from tests.insight.careers import career_of, deed

PEOPLE = """
- {id: bo, name: Bo, relation: boss, audience: company}
- {id: petra, name: Petra, relation: skip, audience: leadership, cares_about: [shared]}
- {id: pia, name: Pia, relation: peer, cares_about: [hers]}
"""
GOALS = """
- {id: shared, title: Both, owner: bo}
- {id: his, title: His, owner: bo}
- {id: hers, title: Hers, owner: petra}
- {id: mine, title: Mine}
- {id: odd, title: Odd, owner: nobody}
"""


def look(*works, told="", people=PEOPLE, as_of="2026-08-15"):
    """Works are a date, stars, effort_days and the goals that were served."""
    files = {"private/people.yaml": people, "private/goals.yaml": GOALS,
             "private/announcements.csv": "date,achievement,channel,audience,to,url\n" + told}  # fmt: skip
    for number, (date, stars, days, goals) in enumerate(works):
        files[f"achievements/d{number}.md"] = deed(date, f"stars: {stars}", f"goals: [{goals}]")
        if days is not None:
            files[f"private/achievements/d{number}.md"] = f"---\neffort_days: {days}\n---\n"
    return look_at_effort(career_of(files, as_of))


@pytest.mark.parametrize(("goals", "smart", "for_nobody"), [
    ("shared", "100.00", "0.00"),
    ("his, hers", "100.00", "0.00"),  # one of the boss, one of the boss's boss: both care about the work
    ("his", "0.00", "0.00"), ("hers", "0.00", "0.00"),
    ("mine", "0.00", "100.00"), ("odd", "0.00", "100.00"), ("unknown", "0.00", "100.00"), ("", "0.00", "100.00"),
])  # fmt: skip
def test_smart_work_is_what_both_care_about(goals, smart, for_nobody):
    found = look(("2026-08-01", 3, 4, goals))
    assert (str(found.smart), str(found.for_nobody)) == (smart, for_nobody)


def test_shares_are_of_the_days_of_a_year():
    works = [
        ("2026-08-01", 3, 4, "shared"),
        ("2025-08-15", 2, 2.5, ""),
        ("2025-08-14", 5, 50, ""),
        ("2026-01-01", 5, None, ""),
    ]
    found = look(*works, ("2026-01-02", 1, 0, ""))
    assert (str(found.days), str(found.smart)) == ("6.50", "61.54")
    assert found.answer == (
        "61.54 % of the last year's effort served goals that both your boss and your boss's boss care about (4 of 6.5 days)."
    )


@pytest.mark.parametrize(("goals", "told", "reach"), [
    ("", "", "0.00"), ("", "2026-08-12,d0,email,,bo,\n", "1.50"), ("", "2026-08-12,d0,email,,bo petra,\n", "3.00"),
    ("", "2026-08-12,d0,email,,pia,\n", "0.00"), ("shared", "", "3.00"), ("his", "", "0.00"),
])  # fmt: skip
def test_reach_is_the_stars_times_those_above_who_know(goals, told, reach):
    found = look(("2026-08-01", 3, 4, goals), told=told)
    assert [str(dot.y) for dot in found.charts[0].dots] == [reach]


@pytest.mark.parametrize(
    ("days", "split"), [([3], "3.00"), ([1, 5, 2], "2.00"), ([1, 2, 3, 10], "2.50"), ([2, 2], "2.00")], ids=str
)
def test_long_is_the_median_or_more(days, split):
    found = look(*[("2026-08-01", 2, number, "") for number in days])
    assert str(found.charts[0].x_split) == split


def test_what_took_long_and_nobody_above_knows_is_told_longest_first():
    works = [
        ("2026-08-01", 2, 4, "shared"),
        ("2026-08-01", 5, 9, ""),
        ("2026-08-01", 4, 8, ""),
        ("2026-08-01", 4, 3, ""),
    ]
    found = look(*works, told="2026-08-12,d1,email,,petra,\n2026-08-12,d2,email,,pia,\n")
    unseen = [finding for finding in found.findings if finding.code == "effort-unseen"]
    assert [(finding.entries, finding.gain) for finding in unseen] == [(("achievement/d2",), 2.4)]  # median: 6 days
    assert unseen[0].sentence == "“Did it” took 8 days, and neither your boss nor anybody above knows of it."


def test_the_median_is_long_what_goes_on_is_not_told_and_five_are_the_most():
    assert [finding.code for finding in look(("2026-08-01", 2, 3, "his")).findings] == ["effort-unseen"]
    found = look(*[("2026-08-01", 2, 3, "his")] * 7)
    assert [finding.code for finding in found.findings] == ["effort-unseen"] * 5
    files = {"achievements/a.md": "---\ntitle: A\nstart: 2026-01-01\nongoing: true\ngoals: his\nvisibility: public\n---\n",
             "private/achievements/a.md": "---\neffort_days: 9\n---\n", "private/people.yaml": PEOPLE, "private/goals.yaml": GOALS}  # fmt: skip
    going_on = look_at_effort(career_of(files))
    assert going_on
    assert (str(going_on.days), going_on.findings) == ("9.00", ())


@pytest.mark.parametrize(("for_nobody", "said"), [(1, False), (2, True)])
def test_more_than_a_third_for_nobody_is_told(for_nobody, said):
    found = look(("2026-08-01", 2, 2, "his"), ("2026-08-01", 2, for_nobody, ""))
    assert ("effort-for-nobody" in [finding.code for finding in found.findings]) is said


def test_the_coach_is_silent_without_effort_or_without_anybody_above():
    assert look(("2026-08-01", 2, None, "")) is None
    assert look(("2026-08-01", 2, 3, ""), people="- {id: pia, name: Pia, relation: peer}\n") is None
