"""Growth: first proofs of skills, changes of position, and what is being learned without a proof."""

import pytest

from bragfolio.core.insight.growth import look_at_growth
from tests.insight.careers import career_of, deeds


def look(*rows, as_of="2026-08-15", **files):
    return look_at_growth(career_of({**deeds(*rows), **files}, as_of))


def test_a_skill_is_new_on_the_day_of_its_first_proof():
    found = look(("2026-08-01", "skills: [Python, SQL]"), ("2024-02-29", "skills: [SQL]"), ("2025", "skills: [Go]"))
    assert [(proof.name, str(proof.day), proof.entry, proof.achievement) for proof in found.proofs] == [
        ("Python", "2026-08-01", "skill/python", "d0"),
        ("Go", "2025-12-31", "skill/go", "d2"),
        ("SQL", "2024-02-29", "skill/sql", "d1"),
    ]
    assert [(bar.label, str(bar.parts[0].number), bar.parts[0].entries) for bar in found.charts[0].bars] == [
        ("2024", "1", ("skill/sql",)), ("2025", "1", ("skill/go",)), ("2026", "1", ("skill/python",)),
    ]  # fmt: skip
    assert found.answer == "2 skills proven for the first time in the last 365 days."


def test_a_synonym_is_not_new():
    skill = {"skills/sql.md": "---\nname: SQL\nsynonyms: [PostgreSQL]\nvisibility: public\n---\n"}
    found = look(("2026-08-01", "skills: [PostgreSQL]"), ("2024-01-01", "skills: [SQL]"), **skill)
    assert [(proof.name, proof.day.year) for proof in found.proofs] == [("SQL", 2024)]


@pytest.mark.parametrize(("date", "said"), [("2025-08-15", False), ("2025-08-14", True)])
def test_a_year_without_a_new_skill_is_told(date, said):
    found = look((date, "skills: [SQL]"), ("2026-08-01",))
    assert ([finding.code for finding in found.findings] == ["no-new-skill"]) is said


@pytest.mark.parametrize(("intent", "date", "said"), [
    ("learn", "2026-02-16", False), ("learn", "2026-02-15", True), ("grow", "2026-02-15", True), ("keep", "2025-01-01", False),
    ("learn", None, True),
])  # fmt: skip
def test_what_is_learned_should_be_proven(intent, date, said):
    skill = {"skills/sql.md": f"---\nname: SQL\nintent: {intent}\nvisibility: public\n---\n"}
    rows = [("2026-08-01", "skills: [Other]"), *([(date, "skills: [SQL]")] if date else [])]
    found = look(*rows, **skill)
    assert ([finding.entries for finding in found.findings] == [("skill/sql",)]) is said


def test_positions_are_steps_newest_first():
    role = """---
employer: Acme
visibility: public
positions:
  - {id: a, title: Junior, level: swe/junior, start: 2020-03, end: 2021-12}
  - {id: b, title: Engineer, level: swe/engineer, start: 2022-01}
  - {id: c, title: Staff, level: swe/staff, start: 2026-07-01, change: promotion}
  - {id: d, title: Head, start: 2027-01}
---
"""
    found = look(("2026-08-01", "skills: [SQL]"), **{"roles/acme.md": role})
    assert [(str(step.day), step.title, step.change) for step in found.steps] == [
        ("2026-07-01", "Staff", "promotion"), ("2022-01-01", "Engineer", "new level"), ("2020-03-01", "Junior", "new employer"),
    ]  # fmt: skip
    assert found.answer.endswith("The last change of position was on 2026-07-01: Staff.")


def test_at_most_ten_years_are_shown():
    found = look(("2026-08-01", "skills: [A]"), ("2001-01-01", "skills: [B]"))
    assert [bar.label for bar in found.charts[0].bars] == [str(year) for year in range(2017, 2027)]


def test_the_coach_is_silent_without_skills():
    assert look(("2026-08-01",)) is None
