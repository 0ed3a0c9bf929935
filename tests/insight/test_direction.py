"""Direction: which bet work serves, how much of it serves one, which bet lies idle, and when the plan is read again."""

import pytest

from bragfolio.core.insight.direction import look_at_direction
from tests.insight.careers import career_of, deeds

PLAN = """
bets:
  - {id: reliable, title: Known for reliability, skills: [PostgreSQL], tags: [Ops]}
  - {id: people, title: People grow, until: 2027}
reviewed: 2026-08-01
"""
GOALS = "- {id: uptime, title: Uptime, bet: reliable}\n- {id: team, title: Team, bet: people}\n- {id: other, title: Other}\n"


def look(*rows, plan=PLAN, as_of="2026-08-15", **files):
    private = {"private/plan.yaml": plan, "private/goals.yaml": GOALS}
    return look_at_direction(career_of({**deeds(*rows), **private, **files}, as_of))


@pytest.mark.parametrize(("line", "serves"), [
    ("goals: [uptime]", True), ("goals: [other]", False), ("goals: [other, team]", True), ("goals: [nothing]", False),
    ("skills: [PostgreSQL]", True), ("skills: [postgresql]", True), ("skills: [Python]", False),
    ("tags: [ops]", True), ("tags: [op]", False), ("project: x", False),
])  # fmt: skip
def test_work_serves_a_bet_by_goal_skill_or_tag(line, serves):
    found = look(("2026-08-01", line, "stars: 3"))
    latest = found.quarters[-1]
    assert (latest.stars, latest.serving) == (3, 3 * serves)


def test_a_synonym_of_a_skill_serves_too():
    skill = {"skills/postgresql.md": "---\nname: PostgreSQL\nsynonyms: [psql]\nvisibility: public\n---\n"}
    assert look(("2026-08-01", "skills: [psql]"), **skill).quarters[-1].serving == 2


def test_quarters_are_those_of_the_calendar_and_eight_of_them():
    rows = [("2026-07-01", "stars: 1"), ("2026-06-30", "stars: 2", "tags: [ops]"), ("2024-10-01", "stars: 4"),
            ("2024-09-30", "stars: 5"), ("2026-06", "stars: 3"), ("2026", "stars: 5")]  # fmt: skip
    found = look(*rows)
    assert [str(quarter.first_day) for quarter in found.quarters] == [
        "2024-10-01", "2025-01-01", "2025-04-01", "2025-07-01", "2025-10-01", "2026-01-01", "2026-04-01", "2026-07-01",
    ]  # fmt: skip
    assert [quarter.stars for quarter in found.quarters] == [4, 0, 0, 0, 0, 0, 5, 6]
    assert str(found.quarters[-2].share) == "40.00"
    assert found.answer == "0 % of the stars of 2026 Q3 serve a bet (0 of 6)."


def test_a_quarter_without_work_is_passed_over_in_the_answer():
    assert look(("2026-06-30", "tags: [ops]")).answer == "100 % of the stars of 2026 Q2 serve a bet (2 of 2)."
    assert look().answer == "Nothing was done in two years that could serve a bet."


def test_pieces_add_up_and_the_first_bet_gets_what_serves_two():
    found = look(("2026-08-01", "stars: 3", "tags: [ops]", "goals: [team]"), ("2026-07-01", "stars: 1"))
    (bars,) = found.charts
    assert [(part.name, str(part.number), part.entries) for part in bars.bars[-1].parts] == [
        ("Known for reliability", "3", ("achievement/d0",)), ("People grow", "0", ()), ("no bet", "1", ("achievement/d1",)),
    ]  # fmt: skip
    assert [finding.code for finding in found.findings] == ["work-off-plan"]  # and neither bet is idle


@pytest.mark.parametrize(("date", "idle"), [("2026-05-17", False), ("2026-05-16", True), (None, True)])
def test_a_bet_is_idle_after_90_days(date, idle):
    rows = [(date, "tags: [ops]", "goals: [team]")] if date else []
    assert [f.code for f in look(*rows).findings] == ["bet-idle"] * 2 * idle


def test_a_bet_that_is_over_is_not_idle():
    plan = (
        "bets:\n- {id: a, title: A, until: 2026-08-14}\n- {id: b, title: B, until: 2026-08-15}\nreviewed: 2026-08-01\n"
    )
    assert [f.sentence for f in look(plan=plan).findings] == ["Nothing has served your bet “B” yet."]


@pytest.mark.parametrize(("row", "told"), [
    (("2026-05-17", "stars: 2"), True), (("2026-05-16", "stars: 2"), False), (("2026-08-01", "stars: 3"), False),
    (("2026-08-01", "stars: 2", "tags: [ops]"), False), (("2026-08-01", "stars: 1", "goals: [other]"), True),
], ids=str)  # fmt: skip
def test_small_work_off_the_plan_is_told(row, told):
    assert ("work-off-plan" in [finding.code for finding in look(row).findings]) is told


@pytest.mark.parametrize(("plan", "due"), [
    ("reviewed: 2026-05-18", False),  # 89 days
    ("reviewed: 2026-05-17", True), ("reviewed: 2026-05", False), ("principle: x", True),
    ("{reviewed: 2026-08-08, review_every_days: 7}", True), ("{reviewed: 2026-08-09, review_every_days: 7}", False),
    ("reviewed: 2027-01-01", False),
])  # fmt: skip
def test_the_plan_is_read_again_when_the_time_is_up(plan, due):
    found = look(plan=plan)
    assert ("plan-review" in [finding.code for finding in found.findings]) is due
    assert found.quarters == ()


def test_the_coach_is_silent_without_a_plan():
    assert look_at_direction(career_of(deeds(("2026-08-01",)))) is None
