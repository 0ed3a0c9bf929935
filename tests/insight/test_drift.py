"""Drift: tenure, pay, captive skills, verticals; hand-computed."""

import datetime as dt
import time
from fractions import Fraction

import pytest

from bragfolio.core.insight.drift import look_at_drift
from bragfolio.core.insight.tenure import months_before, whole_months
from tests.insight.careers import career_of, deed, deeds


def role(*positions, vertical="retail", employer="Acme", kind="job"):
    lines = "\n".join(f"  - {{{position}}}" for position in positions)
    return f"---\nemployer: {employer}\nkind: {kind}\nvertical: {vertical}\npositions:\n{lines}\n---\n"


def look(files, as_of="2026-08-15"):
    return look_at_drift(career_of(files, as_of))


def codes(found):
    return [finding.code for finding in found.findings]


def position(start, end="", level="", title="T"):
    return ", ".join(
        filter(None, [f"title: {title}", f"start: {start}", end and f"end: {end}", level and f"level: {level}"])
    )


@pytest.mark.parametrize(("positions", "months", "is_long"), [
    ([position("2024-08-15")], 24, False),
    ([position("2024-08-14")], 24, True),
    ([position("2024-08")], 23, False),  # 31 August
    ([position("2024-07")], 24, True),
    ([position("2023")], 31, True),  # 31 December
    ([position("2026-08")], 0, False),
    ([position("2020-01", "2025-12", "swe/senior"), position("2026-01", "present", "swe/staff")], 6, False),
    ([position("2020-01", "2025-12", "swe/senior"), position("2026-01", "present", "swe/senior")], 78, True),  # sideways
    ([position("2020-01", "2025-12"), position("2026-01", "present")], 6, False),  # no level is told: a step
    ([position("2020-01", "2026-07")], None, False),  # over
    ([position("2020-01", "2026-12")], 78, True),  # its end is planned
    ([position("2020-01", "2026-12"), position("2026-09")], 78, True),  # not begun yet
], ids=str)  # fmt: skip
def test_more_than_24_months_without_a_change_are_long(positions, months, is_long):
    found = look({"roles/acme.md": role(*positions, vertical="")})
    assert found.months_unchanged == months
    assert codes(found) == (["stayed-long"] if is_long else [])
    assert any(moment.alarm for moment in found.charts[0].moments) == is_long


def test_another_employer_is_a_change_and_a_volunteer_is_none():
    files = {
        "roles/a.md": role(position("2020-01", "2026-01", "x/senior")),
        "roles/b.md": role(position("2026-02", "", "x/senior"), employer="Beta"),
    }
    assert look(files).months_unchanged == 5
    files["roles/b.md"] = role(position("2026-02"), employer="Club", kind="volunteer")
    assert look(files).months_unchanged is None


@pytest.mark.parametrize(("rows", "months"), [
    ([("2025-01-01", "scope: team"), ("2026-06-15", "scope: company")], 2),
    ([("2025-01-01", "scope: company"), ("2026-06-15", "scope: team")], 78),
    ([("2025-01-01", "scope: team"), ("2026-06-15", "scope: team")], 78),
    ([("2026-06-15", "scope: company")], 78),  # nothing to compare with
    ([("2024-06-15", "scope: team"), ("2026-06-15", "scope: company")], 2),  # just 24 months
    ([("2024-06-14", "scope: team"), ("2026-06-15", "scope: company")], 78),
    ([("2023-01-01", "scope: industry"), ("2025-01-01", "scope: team"), ("2026-06-15", "scope: company")], 2),
], ids=str)  # fmt: skip
def test_a_wider_scope_is_a_change(rows, months):
    found = look({"roles/acme.md": role(position("2020-01"), vertical=""), **deeds(*rows)})
    assert found.months_unchanged == months


def test_months_and_leap_days():
    assert months_before(dt.date(2024, 2, 29), 12) == dt.date(2023, 2, 28)
    assert months_before(dt.date(2026, 3, 31), 1) == dt.date(2026, 2, 28)
    assert months_before(dt.date(2026, 12, 31), 0) == dt.date(2026, 12, 31)
    assert [whole_months(dt.date(2024, 2, 29), dt.date(2025, 2, day)) for day in (27, 28)] == [11, 12]
    assert whole_months(dt.date(2026, 8, 15), dt.date(2026, 8, 15)) == 0


PAID = {
    "private/roles/acme.md": "---\npay: {amount: 100000, currency: EUR, period: year}\n---\n",
    "roles/acme.md": role(position("2026-01", "", "swe/staff"), vertical=""),
}


def offers(*pays, must="[Python]", **more):
    """Return a posting of each of employers E0, E1 ... that pays so."""
    return {
        f"private/postings/p{n}.md": f"---\ntitle: Work\nemployer: {more.get('employer', f'E{n}')}\ncaptured: 2026-08-{n + 1:02}\nmust: {must}\nlevel: {more.get('level', '')}\nsalary: {{{pay}}}\n---\n"
        for n, pay in enumerate(pays)
    }


def eur(least, most):
    return f"min: {least}, max: {most}, currency: EUR, period: year"


MATCHED = {**PAID, "achievements/a.md": deed("2026-08-01", "skills: [Python]")}


@pytest.mark.parametrize(("pays", "median", "is_under"), [
    ([eur(90000, 140000)] * 5, "115000.00", False),  # just 15 % above
    ([eur(90000, 140002)] * 5, "115001.00", True),
    ([eur(90000, 140002)] * 4, "None", False),
    ([eur(200000, 200000)] * 2 + [eur(100000, 100000)] * 3, "100000.00", False),
    ([eur(100000, 100000), eur(110000, 110000), eur(120000, 120000), eur(130000, 130000)] * 2, "115000.00", False),
    (["min: 130000, currency: eur, period: Year"] * 5, "130000.00", True),
    (["max: 130000, currency: EUR, period: year"] * 5, "130000.00", True),
    ([eur(130000, 130000)] * 4 + ["min: 130000, max: 130000, currency: USD, period: year"], "None", False),
    ([eur(130000, 130000)] * 4 + ["min: 13000, max: 13000, currency: EUR, period: month"], "None", False),
    ([eur(130000, 130000)] * 4 + ["min: 130000, max: 130000"], "None", False),
], ids=str)  # fmt: skip
def test_pay_is_the_median_of_five_employers_in_one_currency(pays, median, is_under):
    found = look({**MATCHED, **offers(*pays)})
    assert str(found.pay.median) == median
    assert ("underpaid" in codes(found)) == is_under


def test_one_employer_twice_counts_once_with_its_newest_posting():
    twice = {name.replace("p", "q", 1): text for name, text in offers(eur(300000, 300000), employer="E3 GmbH").items()}
    found = look(
        {**MATCHED, **offers(*[eur(120000, 120000)] * 5), "private/postings/z.md": twice["qrivate/postings/p0.md"]}
    )
    assert (len(found.pay.offers), str(found.pay.median)) == (5, "120000.00")


@pytest.mark.parametrize(("must", "level", "matches"), [
    ("[Python]", "", 5), ("[Python, Kotlin]", "", 5), ("[Python, Kotlin, Dart]", "", 0), ("[Kotlin]", "staff", 5), ("[Kotlin]", "swe/staff", 5), ("[Kotlin]", "Senior", 0),
])  # fmt: skip
def test_a_matching_posting_is_half_covered_or_of_the_same_level(must, level, matches):
    assert len(look({**MATCHED, **offers(*[eur(1, 1)] * 5, must=must, level=level)}).pay.offers) == matches


def test_pay_is_drawn_against_your_own_and_nothing_is_said_without_it():
    found = look({**MATCHED, **offers(*[eur(120000, 130000)] * 5)})
    bars = found.charts[1]
    assert (str(bars.mark), bars.mark_label, bars.unit) == ("100000", "your pay", "EUR per year")
    assert [(bar.entry, str(bar.parts[0].number)) for bar in bars.bars][:2] == [
        ("posting/p0", "125000.00"),
        ("posting/p1", "125000.00"),
    ]
    (finding,) = [finding for finding in found.findings if finding.code == "underpaid"]
    assert (
        finding.sentence
        == "The median of 5 employers whose postings match you is EUR 125,000 a year, 25 % above your EUR 100,000 a year."
    )
    unpaid = {path: text for path, text in MATCHED.items() if not path.startswith("private")}
    assert look({**unpaid, **offers(*[eur(1, 1)] * 5)}).pay is None


@pytest.mark.parametrize(("rows", "share"), [
    ([("2026-08-01", "skills: [Flute]", "stars: 2"), ("2026-08-01", "skills: [Python]", "stars: 3")], "40.00"),
    ([("2026-08-01", "skills: [Flute]", "stars: 3"), ("2026-08-01", "skills: [Python]", "stars: 3")], "50.00"),
    ([("2026-08-01", "skills: [Flute, Python]", "stars: 5")], "50.00"),
    ([("2026-08-01", "stars: 5")], "0.00"),
    ([("2021-08-15", "skills: [Flute]", "stars: 5"), ("2026-08-01", "skills: [Python]", "stars: 5")], "50.00"),
    ([("2021-08-14", "skills: [Flute]", "stars: 5"), ("2026-08-01", "skills: [Python]", "stars: 5")], "0.00"),
    ([], "None"),
], ids=str)  # fmt: skip
def test_stars_on_captive_skills_are_shared_among_the_skills(rows, share):
    files = {"roles/acme.md": role(position("2026-01"), vertical=""), **offers(*[eur(1, 1)] * 5), **deeds(*rows)}
    found = look(files)
    assert str(found.captive_share) == share
    assert ("captive-work" in codes(found)) == (share == "50.00")


def test_of_too_few_employers_no_skill_is_captive():
    files = {
        "roles/acme.md": role(position("2026-01"), vertical=""),
        **offers(*[eur(1, 1)] * 4),
        **deeds(("2026-08-01", "skills: [Flute]")),
    }
    assert look(files).captive_share is None


@pytest.mark.parametrize(("roles", "months", "is_one"), [
    ([("2022-09", "")], {"retail": 48}, False),
    ([("2022-08", "")], {"retail": 49}, True),
    ([("2010", "")], {"retail": 60}, True),
    ([("2021-09-30", "2022-08-01")], {"retail": 12}, False),
    ([("2010", "2021-08")], {}, False),
], ids=str)  # fmt: skip
def test_more_than_48_of_60_months_are_one_vertical(roles, months, is_one):
    found = look({f"roles/r{n}.md": role(position(*row)) for n, row in enumerate(roles)})
    assert {name: int(number) for name, number in found.verticals} == months
    assert ("one-vertical" in codes(found)) == is_one


def test_a_month_in_two_verticals_counts_half_for_each():
    files = {
        "roles/a.md": role(position("2026-07")),
        "roles/b.md": role(position("2026-08"), vertical="Fintech"),
        "roles/c.md": role(position("2026-08")),
    }
    assert [(name, str(number)) for name, number in look(files).verticals] == [("retail", "1.50"), ("fintech", "0.50")]
    assert Fraction(3, 2) + Fraction(1, 2) == 2


def hiring(*verticals):
    return {
        f"private/postings/v{n}.md": f"---\ntitle: W\nemployer: E{n}\ncaptured: 2026-08-01\nvertical: {name}\n---\nWork\n"
        for n, name in enumerate(verticals)
    }


@pytest.mark.parametrize(("verticals", "alone"), [
    (["fintech"] * 4 + ["Retail"], True), (["fintech"] * 3 + ["retail"] * 2, True), (["fintech"] * 2 + ["retail"] * 3, False), (["fintech"] * 4, False),
])  # fmt: skip
def test_work_where_few_hire_is_told(verticals, alone):
    work = {"achievements/a.md": deed("2026-08-01", "role: acme")}
    found = look({"roles/acme.md": role(position("2026-01")), **work, **hiring(*verticals)})
    assert ("vertical-without-market" in codes(found)) == alone


def test_unanswered_contacts_are_a_sign():
    files = {
        "roles/acme.md": role(position("2026-01"), vertical=""),
        "private/opportunities.csv": "date,source\n2026-08-07,recruiter\n2026-08-08,recruiter\n",
    }
    found = look(files)
    assert [finding.sentence for finding in found.findings] == [
        "1 contact from the market waits longer than 7 days for your answer."
    ]


def test_nothing_is_said_of_nothing():
    assert look({}) is None
    assert look({"roles/acme.md": "---\nemployer: Acme\n---\n"}) is None
    assert look({"roles/acme.md": role("title: T")}) is None
    assert look({"roles/acme.md": role(position("2026-09"))}) is None


def test_a_day_changes_only_dated_numbers_and_order_changes_nothing():
    files = {**MATCHED, **offers(*[eur(120000, 130000)] * 5)}
    one, two, again = look(files), look(files, "2026-08-16"), look(dict(reversed(files.items())))
    assert one == again
    assert (codes(one), one.pay.median, one.verticals) == (codes(two), two.pay.median, two.verticals)


def test_a_thousand_entries_take_no_time():
    rows = [("2026-01-01", "scope: team", f"skills: [Python, S{n % 90}]") for n in range(1000)]
    career = career_of({**MATCHED, **deeds(*rows), **offers(*[eur(1, 1)] * 20)})
    assert career.market.adverts
    start = time.process_time()
    look_at_drift(career)
    assert time.process_time() - start < 0.15
