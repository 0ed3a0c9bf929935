"""Announcements: eligible, told, due, overdue, lapsed; coverage by number and by stars; what comes first."""

import pytest

from bragfolio.core.insight.announcements import announcings, look_at_announcements
from tests.insight.careers import career_of, deed, deeds

HEAD = "date,achievement,channel,audience,to,url\n"
TOLD_ELSEWHERE = "2026-01-01,other,slack,company,,\n"
PEOPLE = "- {id: petra, name: Petra V., audience: leadership}\n- {id: jan, name: Jan, audience: company}\n- {id: mo, name: Mo}\n"


def career(*rows, lines="", as_of="2026-08-15", **files):
    ledger = {"private/announcements.csv": HEAD + TOLD_ELSEWHERE + lines, "private/people.yaml": PEOPLE}
    return career_of({**deeds(*rows), **ledger, **files}, as_of)


def look(*rows, **more):
    return look_at_announcements(career(*rows, **more))


def statuses(*rows, **more):
    return [(one.item.id, one.audience, one.status) for one in announcings(career(*rows, **more))]


def status(date, *lines, **more):
    """What leadership has of one achievement; None where there is nothing to announce."""
    return next((status for _, audience, status in statuses((date, *lines), **more) if audience == "leadership"), None)


@pytest.mark.parametrize(("date", "expected"), [
    ("2026-08-15", "due"), ("2026-08-01", "due"),  # 0 and 14 days
    ("2026-07-31", "overdue"), ("2026-05-17", "overdue"),  # 15 and 90 days
    ("2026-05-16", "lapsed"), ("2024-02-29", "lapsed"),
    ("2026-08", "due"), ("2026", "due"),  # their last days are not over
    ("2026-07", "overdue"),  # 31 July: 15 days
    ("2025", "lapsed"),
    ("2026-08-16", None), ("2026-09", None), ("2027", None),  # not done yet
])  # fmt: skip
def test_the_age_decides_what_is_due(date, expected):
    assert status(date) == expected


def test_a_leap_day_counts():
    assert status("2028-02-15", as_of="2028-02-29") == "due"
    assert status("2028-02-15", as_of="2028-03-01") == "overdue"  # 15 days


@pytest.mark.parametrize(("lines", "expected"), [
    (("stars: 1",), None), (("stars: 2",), "due"), (("scope: self",), None), ((), "due"),
    (("visibility: private",), None), (("visibility: leadership",), "due"),
], ids=str)  # fmt: skip
def test_what_is_eligible(lines, expected):
    text = deed("2026-08-10", *lines)
    if any(line.startswith("visibility") for line in lines):
        text = text.replace("visibility: public\n", "", 1)
    found = announcings(career(**{"achievements/d0.md": text}))
    assert {one.audience: one.status for one in found}.get("leadership") == expected


def test_what_only_leadership_sees_is_announced_to_nobody_else():
    text = deed("2026-08-10").replace("public", "leadership")
    assert [one.audience for one in announcings(career(**{"achievements/d0.md": text}))] == ["leadership"]


@pytest.mark.parametrize("day", ["start: 2026-01-01", "date: 2026-08-01"])
def test_work_in_progress_waits_until_it_is_done(day):
    text = f"---\ntitle: A\n{day}\nongoing: true\nvisibility: public\n---\n"
    assert announcings(career(**{"achievements/d0.md": text})) == []


@pytest.mark.parametrize(("line", "told"), [
    ("2026-08-12,d0,slack,company,,\n", {"company"}),  # leadership includes company, and was not told
    ("2026-08-12,d0,slack,leadership,,\n", {"leadership"}),
    ("2026-08-12,d0,email,,petra,\n", {"leadership"}),
    ("2026-08-12,d0,email,,petra jan,\n", {"company", "leadership"}),
    ("2026-08-12,d0,email,,mo,\n", set()),  # in no audience
    ("2026-08-12,d0,email,,nobody,\n", set()),
    ("2026-08-12,d0,slack,market,,\n", set()),
    ("2026-08-16,d0,slack,company,,\n", set()),  # tomorrow
    ("2026-08,d0,slack,company,,\n", {"company"}),
    ("2026-08-12,d1,slack,company,,\n", set()),
])  # fmt: skip
def test_a_row_names_exactly_the_audience_that_it_names(line, told):
    found = statuses(("2026-08-10",), lines=line)
    assert {audience for _, audience, status in found if status == "told"} == told
    assert {audience for _, audience, _ in found} == {"company", "leadership"}


def test_settings_say_who_when_and_from_which_weight():
    site = "title: A\nannounce: {due_days: 3, lapse_days: 10, min_stars: 4}\naudiences: {market: {announce: true, includes: [public]}, company: {includes: [public]}}\n"
    rows = [
        ("2026-08-11", "stars: 4"),
        ("2026-08-12", "stars: 4"),
        ("2026-08-04", "stars: 5"),
        ("2026-08-12", "stars: 3"),
    ]
    found = statuses(*rows, **{"site.yaml": site})
    assert [(id_, status) for id_, audience, status in found if audience == "market"] == [
        ("d1", "due"), ("d0", "overdue"), ("d2", "lapsed"),
    ]  # fmt: skip
    assert {audience for _, audience, _ in found} == {"market", "leadership"}


def test_coverage_counts_a_year_by_number_and_by_stars():
    rows = [
        ("2026-08-10", "stars: 5"),
        ("2026-01-10", "stars: 2"),
        ("2025-08-15", "stars: 2"),
        ("2025-08-14", "stars: 4"),
    ]
    found = look(*rows, lines="2026-08-12,d0,slack,company,,\n2026-01-12,d3,slack,company,,\n")
    company = found.coverage[0]
    assert (company.eligible, company.told, company.stars, company.stars_told) == (("d0", "d1", "d2"), ("d0",), 9, 5)
    assert [cell.text for cell in found.tables[0].rows[0]] == ["company", "1", "3", "33.33 %", "55.56 %"]
    assert found.answer == (
        "1 achievement should be announced this week. Announced in the last 365 days: "
        "33.33 % of what company may see (1 of 3) and 0 % of what leadership may see (0 of 3)."
    )


def test_what_waits_is_said_once_with_everybody_who_waits_and_the_heaviest_first():
    rows = [
        ("2026-08-10", "stars: 2"),
        ("2026-07-15", "stars: 4"),
        ("2026-08-13", "stars: 4"),
        ("2026-01-01", "stars: 5"),
    ]
    found = look(*rows, lines="2026-08-14,d2,slack,company,,\n")
    assert [(finding.code, finding.entries, finding.gain) for finding in found.findings] == [
        ("announce-due", ("achievement/d2",), 4.0),
        ("announce-overdue", ("achievement/d1",), 2.8),
        ("announce-due", ("achievement/d0",), 2.0),
    ]
    assert found.findings[0].sentence == "“Did it” was done 2 days ago, and leadership has not been told."
    assert found.findings[0].action == "say it: `brag announce d2 --channel email --audience leadership --log`"
    assert "--audience leadership" in found.findings[1].action  # where several wait, the one that weighs most
    assert found.findings[1].sentence == "“Did it” was done 31 days ago, and company and leadership have not been told."


def test_the_grid_shows_a_year_freshest_first_and_where_there_is_nothing_to_tell():
    rows = [("2026-08-10", "stars: 2"), ("2026-07-15", "stars: 4"), ("2025-08-14", "stars: 5")]
    secret = {"achievements/e.md": deed("2026-08-01", "stars: 5").replace("public", "leadership")}
    (grid,) = look(*rows, lines="2026-08-14,d1,slack,company,,\n", **secret).charts
    shown = [(row.entry, *(square and square.text for square in row.squares)) for row in grid.rows]
    assert grid.columns == ("company", "leadership")
    assert shown == [
        ("achievement/e", None, "due"),
        ("achievement/d1", "told", "overdue"),
        ("achievement/d0", "due", "due"),
    ]
    assert [square.alarm for square in grid.rows[1].squares] == [False, True]


def test_a_grid_has_at_most_25_rows():
    (grid,) = look(*[("2026-08-10",)] * 30).charts
    assert len(grid.rows) == 25


def test_the_coach_is_silent_until_something_was_noted():
    assert look_at_announcements(career_of(deeds(("2026-08-10",)))) is None
    assert look() is None


def test_the_order_of_lines_changes_nothing():
    lines = ["2026-08-12,d0,slack,company,,\n", "2026-08-13,d1,email,,petra,\n", "2026-08-14,d0,email,,petra jan,\n"]
    rows = [("2026-08-10",), ("2026-08-10", "stars: 4")]
    there, back = (look(*rows, lines="".join(order)) for order in (lines, lines[::-1]))
    assert there == back


def test_a_day_later_only_ages_change():
    rows = [("2026-08-10", "stars: 4"), ("2026-07-10", "stars: 3")]
    today, tomorrow = (look(*rows, as_of=day) for day in ("2026-08-15", "2026-08-16"))
    assert today.coverage == tomorrow.coverage
    assert [finding.gain for finding in today.findings] == [finding.gain for finding in tomorrow.findings]
    assert [dict(finding.numbers)["days"] for finding in today.findings] == ["5", "36"]
    assert [dict(finding.numbers)["days"] for finding in tomorrow.findings] == ["6", "37"]
