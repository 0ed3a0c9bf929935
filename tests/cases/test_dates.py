"""Dates: cases D01 to D07, each with what Brag must say and where."""

import pytest

from tests.portfolios import achievement, assert_built, assert_refused, run_process

X = "site_content/achievements/x.md"
SITE = "site_content/site.yaml"
FORMS = "write YYYY-MM-DD, YYYY-MM or YYYY, for example 2026-07-20"


def dated(date, *lines, title="Cut the queue"):
    """Return a public achievement of this date, which stands at 3:7."""
    return "\n".join(["---", f"title: {title}", f"date: {date}", "visibility: public", *lines, "---", ""])


@pytest.mark.parametrize(
    ("date", "message", "hint"),
    [
        ("2024-02-30", "there is no such day as 2024-02-30", "check the month and the day"),
        ("2023-02-29", "there is no such day as 2023-02-29", "check the month and the day"),
        ("2024-13", "there is no such day as 2024-13", "check the month and the day"),
        ("2024-00-10", "there is no such day as 2024-00-10", "check the month and the day"),
        ("soonish", "“soonish” is not a date", FORMS),
        ("20.07.2026", "“20.07.2026” is not a date", "write 2026-07-20"),
        ("2024-5-1", "“2024-5-1” is not a date", "write 2024-05-01"),
        ("2024/05/01", "“2024/05/01” is not a date", "write 2024-05-01"),
        ("07.20.2026", "“07.20.2026” is not a date", FORMS),
        ("7/8/2026", "“7/8/2026” is not a date", FORMS),
        ("24-05-01", "“24-05-01” is not a date", FORMS),
        ("\uff12\uff10\uff12\uff14-05-01", "“\uff12\uff10\uff12\uff14-05-01” is not a date", FORMS),
        ("2024-05-01T10:00", "“2024-05-01T10:00” is not a date", FORMS),
    ],
    ids=["D01-leap", "D01-no-leap", "D01-month-13", "D01-month-0", "D02-word", "D02-dots", "D03-no-zeros", "D03-slashes", "D02-month-20", "D03-which-month", "D03-short-year",
         "D03-wide-digits", "D03-time"],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_the_forms_that_are(portfolio, date, message, hint):
    portfolio.entry(dated(date))
    outcome = portfolio.build()
    assert_refused(portfolio, outcome, (f"{X}:3:7", "date"))
    assert (outcome.said("date").message, outcome.said("date").hint) == (message, hint)


@pytest.mark.parametrize(
    ("date", "machine", "person"),
    [
        ("2024", "2024", "2024"),
        ("2024-05", "2024-05", "May 2024"),
        ("2024-05-01", "2024-05-01", "1 May 2024"),
        ('"2024-02-29"', "2024-02-29", "29 February 2024"),
    ],
    ids=["D03-year", "D03-month", "D03-day", "D03-leap-day"],
)
def test_a_date_is_printed_as_precisely_as_it_was_written(portfolio, date, machine, person):
    portfolio.entry(dated(date))
    assert_built(portfolio.build())
    assert f'<time class="dt-published" datetime="{machine}">{person}</time>' in portfolio.page()


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles"], ids=lambda zone: f"D04-{zone}")
def test_an_instant_falls_on_the_day_of_the_portfolios_time_zone_wherever_it_is_built(portfolio, monkeypatch, zone):
    portfolio.entry(dated("2024-05", "publish_date: 2024-05-01T23:30-08:00"))
    monkeypatch.setenv("TZ", zone)
    # 07:30 on 2 May in UTC: the first day that lies wholly after it is the 3rd.
    for day, held_back in (("2024-05-02", "Held back: 1 until 2024-05-03."), ("2024-05-03", "")):
        outcome, _ = run_process(portfolio.root, "build", "--as-of", day)
        assert outcome.code == 0, outcome.text
        assert ("Held back" in outcome.text) == bool(held_back)
        assert held_back in outcome.text


def test_d04_the_portfolios_time_zone_decides(portfolio):
    portfolio.write({SITE: "title: Ada\nurl: https://example.org/\ntimezone: America/Los_Angeles\n"})
    portfolio.entry(dated("2024-05", "publish_date: 2024-05-01T23:30-07:00"))
    assert "Held back: 1 until 2024-05-02." in portfolio.build("--as-of", "2024-05-01").text
    assert "Held back" not in portfolio.build("--as-of", "2024-05-02").text


@pytest.mark.parametrize(
    ("line", "place", "code"),
    [
        ("start: 2026-08-01", f"{X}:3:7", "date-order"),
        ("start: 0000", f"{X}:5:8", "date"),
        ("start: 9999-01-01", f"{X}:5:8", "date"),
        ("start: 1899-12-31", f"{X}:5:8", "date"),
        ("publish_date: 0001-01-01", f"{X}:5:15", "date"),
    ],
    ids=["D05-order", "D05-year-0", "D05-year-9999", "D05-year-1899", "D05-moment"],
)
def test_an_end_before_the_start_and_a_year_out_of_range_are_refused(portfolio, line, place, code):
    portfolio.entry(dated("2026-07-20", line))
    assert_refused(portfolio, portfolio.build(), (place, code))


@pytest.mark.parametrize(
    ("path", "content", "place"),
    [
        ("roles/acme.md", "---\nemployer: Acme\npositions:\n  - {title: CTO, start: 2024-05, end: 2024-03}\n---\n",
         "site_content/roles/acme.md:4:39"),
        ("education.yaml", "- {institution: MIT, start: 2014, end: 2010}\n", "site_content/education.yaml:1:40"),
        ("pages/about.md", "---\ntitle: About\npublish_date: 2026-05-02\nexpiry_date: 2026-05-01\n---\n",
         "site_content/pages/about.md:4:14"),
    ],
    ids=["D05-position", "D05-education", "D05-expiry"],
)  # fmt: skip
def test_d05_holds_for_everything_with_two_dates(portfolio, path, content, place):
    portfolio.entry(content, path)
    assert_refused(portfolio, portfolio.build(), (place, "date-order"))


def test_d05_a_start_and_an_end_in_the_same_year_are_in_order(portfolio):
    portfolio.entry(dated("2026", "start: 2026-08-01"))
    assert_built(portfolio.build())


def test_d06_an_achievement_of_the_future_is_shown_and_said(portfolio):
    portfolio.entry(dated("2026-08-16"))
    outcome = portfolio.build()
    assert_built(outcome, (f"{X}:3:7", "date-future"))
    assert (
        outcome.said("date-future").message
        == "this is dated 2026-08-16, after 2026-08-15; it is shown as planned, not as done"
    )
    assert "planned for" in portfolio.page()


def test_d06_what_is_planned_is_not_among_what_was_done_lately(portfolio):
    """It stands where the future stands, and proves no skill; month and year of today are no future."""
    number = "metrics: [{name: wait, before: 38, after: 9, unit: min}]"
    portfolio.entry(dated("2026-08-16", "skills: [Sewing]", "featured: true", number, title="Speak at the congress"))
    portfolio.entry(dated("2026-08-14", "skills: [Baking]", title="Bake a cake"), "achievements/done.md")
    portfolio.entry(dated("2026-08", title="Fix the oven"), "achievements/month.md")
    assert_built(portfolio.build(), (f"{X}:3:7", "date-future"))
    home, lately = portfolio.page("index.html"), portfolio.page("lately.html")
    assert "Speak at the congress" not in home
    assert 'Newest entry <time datetime="2026-08">' in home
    assert "Bake a cake" in home
    done, planned = lately.split('<h2 id="planned">')
    assert ("Bake a cake" in done, "Fix the oven" in done, "Speak at the congress" in done) == (True, True, False)
    assert ("Bake a cake" in planned, "Speak at the congress" in planned) == (False, True)
    assert "No proof yet" in portfolio.page("skills/sewing.html")
    assert "1 proof" in portfolio.page("skills/baking.html")
    assert "Speak at the congress" not in portfolio.page("resume.html")
    assert "Bake a cake" in portfolio.page("resume.html")
    assert "Speak at the congress" in portfolio.page("achievements/index.html")
    for feed in ("feed.xml", "feed.json"):
        assert "Bake a cake" in portfolio.page(feed)
        assert "Speak at the congress" not in portfolio.page(feed)


def test_d06_a_home_with_nothing_done_shows_what_is_planned(portfolio):
    portfolio.entry("---\ntitle: Speak at the congress\ndate: 2027-03-01\nvisibility: public\n---\n")
    assert portfolio.build().code == 0
    home = portfolio.page("index.html")
    assert "Speak at the congress" in home
    assert "planned for" in home


def test_d06_a_month_or_a_year_that_has_begun_is_not_of_the_future(portfolio):
    portfolio.entry(dated("2026-08"), "achievements/month.md")
    portfolio.entry(dated("2026"), "achievements/year.md")
    assert_built(portfolio.build())


def test_d06_what_is_held_back_until_a_day_is_counted(portfolio):
    portfolio.entry(dated("2026-08-01", "publish_date: 2026-08-16"))
    assert "Held back: 1 until 2026-08-16." in portfolio.build().text
    assert "Cut the queue" not in portfolio.everything()


def test_d07_neither_locale_nor_time_zone_nor_a_lost_hour_changes_a_byte(portfolio, monkeypatch):
    """2026-03-29 has no 02:30 in Berlin, and no 02:00 to 03:00 in any zone of central Europe."""
    portfolio.entry(dated("2026-03-29", "updated: 2026-03-29T02:30", "metrics: [{name: calls, value: 1234567.5}]"))
    trees = []
    for settings in ({"LC_ALL": "C", "TZ": "UTC"}, {"LC_ALL": "de_DE.UTF-8", "TZ": "Europe/Berlin"}):
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        outcome, _ = run_process(portfolio.root, "build", "--clean", "--as-of", "2026-03-29")
        assert outcome.code == 0, outcome.text
        trees.append(portfolio.built())
    assert len(trees[0]) > 10
    assert trees[0] == trees[1]


def test_d07_a_lost_hour_in_the_portfolios_own_zone_is_taken_as_written(portfolio):
    portfolio.write({SITE: "title: Ada\nurl: https://example.org/\ntimezone: Europe/Berlin\n"})
    portfolio.entry(achievement("updated: 2026-03-29T02:30", "publish_date: 2026-03-29 02:30"))
    assert_built(portfolio.build())
    assert "<updated>2026-03-29T00:00:00Z</updated>" in portfolio.page("feed.xml")
