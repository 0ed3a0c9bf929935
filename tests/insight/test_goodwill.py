"""Goodwill: stars, age and half-life; bands, gap, streak, and when the coach speaks up."""

import pytest

from bragfolio.core.insight.goodwill import look_at_goodwill
from tests.insight.careers import career_of, deeds


def look(*rows, as_of="2026-08-15", site="title: Ada Quill\n"):
    return look_at_goodwill(career_of({"site.yaml": site, **deeds(*rows)}, as_of))


@pytest.mark.parametrize(("rows", "goodwill"), [
    ([("2026-07-20", "stars: 4")], "3.62"),
    ([("2026-02-01", "stars: 2")], "0.94"),
    ([("2024-11-30", "stars: 5")], "0.45"),
    ([("2026-07-20", "stars: 4"), ("2026-02-01", "stars: 2"), ("2024-11-30", "stars: 5")], "5.02"),
    ([("2026-08-15", "scope: self")], "1.00"),
    ([("2026-08-15", "scope: industry")], "5.00"),
    ([("2026-08-15",)], "2.00"),
    ([("2026-02-16", "stars: 4")], "2.00"),  # 180 days
    ([("2026-08", "stars: 3")], "3.00"),  # the month's last day is not over: as fresh as the day
    ([("2026", "stars: 3")], "3.00"),
    ([("2025", "stars: 4")], "1.67"),  # 31 December 2025: 227 days
    ([("2026-09-01", "stars: 5"), ("2026-08-15",)], "2.00"),  # what is dated later is not done
], ids=str)  # fmt: skip
def test_goodwill_is_stars_halved_every_half_life(rows, goodwill):
    assert str(look(*rows).goodwill) == goodwill


def test_work_in_progress_is_as_fresh_as_the_day():
    files = {"achievements/a.md": "---\ntitle: A\nstart: 2024-01-01\nongoing: true\nstars: 3\n---\n"}
    found = look_at_goodwill(career_of(files))
    assert found
    assert (str(found.goodwill), found.gap_days) == ("3.00", 0)


def test_a_leap_day_counts():
    assert look(("2028-02-28",), as_of="2028-03-01").gap_days == 2


def test_a_type_has_a_half_life_of_its_own():
    site = "title: A\nfreshness: {half_life_days: 100, half_life_by_type: {published: 400}}\n"
    found = look(("2026-05-07", "type: published", "stars: 4"), ("2026-05-07", "stars: 4"), site=site)  # 100 days
    assert [row[-1].text for row in found.tables[0].rows] == ["3.36", "2.00"]
    assert str(found.goodwill) == "5.36"


@pytest.mark.parametrize(("date", "band"), [
    ("2026-07-16", "fresh"), ("2026-07-15", "warm"), ("2026-05-17", "warm"), ("2026-05-16", "cooling"), ("2026-02-16", "cooling"), ("2026-02-15", "cold"),
    ("1900-01-01", "cold"),
])  # fmt: skip
def test_bands_end_after_30_90_and_180_days(date, band):
    assert {name for name, count in look((date,)).bands if count} == {band}


@pytest.mark.parametrize(("dates", "streak"), [
    (["2026-08-01", "2026-07-31", "2026-06-15"], 3),
    (["2026-07-31", "2026-06-15"], 2),  # this month may still come
    (["2026-06-15", "2026-05-01"], 0),
    (["2026-08-01", "2026-06-15"], 1),
    (["2026-08-01", "2026-08-02"], 1),
])  # fmt: skip
def test_a_streak_is_months_in_a_row_that_end_this_month_or_last(dates, streak):
    assert look(*[(date,) for date in dates]).streak == streak


@pytest.mark.parametrize(("rows", "codes"), [
    ([("2026-08-14",)], []),
    ([("2026-07-16",)], []),  # 30 days are no gap
    ([("2026-07-15",)], ["gap"]),
    ([("2026-07-20",), ("2026-06-20",), ("2026-05-20",)], ["streak"]),
    ([("2026-08-01",), ("2026-07-20",), ("2026-06-20",), ("2026-05-20",)], []),
    ([("2026-03-01", "stars: 5"), ("2026-08-14", "stars: 1")], []),
    ([*[("2026-03-01", "stars: 5")] * 3, ("2026-07-20", "stars: 1")], ["goodwill-falls"]),
], ids=str)  # fmt: skip
def test_the_coach_speaks_up(rows, codes):
    found = look(*rows)
    assert [finding.code for finding in found.findings] == codes
    assert all(finding.sentence.endswith(".") and finding.action for finding in found.findings)


def test_nothing_is_said_of_nothing():
    assert look_at_goodwill(career_of({})) is None


def test_history_ends_today_and_months_with_this_one():
    found = look(("2026-07-20", "stars: 4"), ("2026-06-30", "stars: 4"))
    assert [(str(point.day), str(point.goodwill)) for point in found.history[-3:]] == [
        ("2026-06-30", "4.00"), ("2026-07-31", "7.38"), ("2026-08-15", "6.97"),
    ]  # fmt: skip
    assert len(found.months) == 24
    assert found.months[-2].entries == ("achievement/d0",)


def test_the_charts_show_what_the_numbers_say():
    found = look(("2026-08-01",), ("2026-07-20", "stars: 4"), ("2026-07-02",), ("2024-01-01",))
    history, months, bands = found.charts
    assert [str(number) for _, number in history.points] == [str(point.goodwill) for point in found.history]
    assert [(cell.text, cell.entries) for cell in history.table.rows[0]] == [
        ("2026-08-15", ()), (str(found.goodwill), ()), ("1", ("achievement/d0",)),
    ]  # fmt: skip
    assert [row.label for row in months.rows] == ["2026", "2025", "2024"]
    assert [square.text if square else None for square in months.rows[0].squares] == [
        "·", "·", "·", "·", "·", "·", "2", "1", None, None, None, None,
    ]  # fmt: skip
    assert [square is None for square in months.rows[2].squares] == [True] * 8 + [False] * 4
    assert months.rows[0].squares[6].entries == ("achievement/d1", "achievement/d2")
    assert "the streak is 2 months long" in months.description
    assert [(bar.label, [str(part.number) for part in bar.parts]) for bar in bands.bars] == [
        ("fresh, up to 30 days", ["2"]), ("warm, up to 90 days", ["1"]), ("cooling, up to 180 days", ["0"]), ("cold, older", ["1"]),
    ]  # fmt: skip
    assert bands.description == "Of 4 achievements, 3 are not cold yet."
