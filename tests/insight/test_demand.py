"""Demand: distinct employers, classes, advice; counted by hand."""

import random
import time

import pytest

from bragfolio.core.insight.demand import look_at_demand
from bragfolio.core.insight.employers import employer_of
from bragfolio.model.posting import Posting
from tests.insight.careers import career_of, deed, deeds

PYTHON = {"skills/python.md": "---\nname: Python\nsynonyms: [CPython]\n---\n"}


def posting(employer="", body="", *lines, captured="2026-08-01"):
    keys = [
        "---",
        "title: Work",
        *([f"employer: {employer}"] if employer else []),
        *([f"captured: {captured}"] if captured else []),
        *lines,
    ]
    return "\n".join([*keys, "---", body, ""])


def postings(*bodies, **options):
    """Return a posting of each of employers E0, E1 ..., with these texts."""
    return {f"private/postings/p{n}.md": posting(f"E{n}", body, **options) for n, body in enumerate(bodies)}


def look(files, as_of="2026-08-15", site="title: Ada Quill\n"):
    return look_at_demand(career_of({"site.yaml": site, **files}, as_of))


def row(found, name):
    (demand,) = [demand for demand in found.skills if demand.name == name]
    return len(demand.employers), demand.reach, demand.advice


def codes(found):
    return [finding.code for finding in found.findings]


@pytest.mark.parametrize(("employer", "same"), [
    ("Beta", "BETA"), ("Beta", "Beta BV"), ("Beta", "Beta B.V."), ("Beta", "Beta, B. V."), ("Beta", "Beta N.V."), ("Beta", "Beta Ltd"), ("Beta", "Beta Limited"),
    ("Beta", "Beta GmbH"), ("Beta", "Beta GmbH & Co. KG"), ("Beta", "Beta AG"), ("Beta", "Beta SE"), ("Beta", "Beta, Inc."), ("Beta", "Beta Inc"), ("Beta", "Beta LLC"),
    ("Beta", "Beta plc"), ("Beta", "Beta S.A."), ("Beta", "Beta SAS"), ("Beta", "Beta S.L."), ("Beta", "Beta AB"), ("Beta", "Beta A/S"), ("Beta", "Beta AS"),
    ("Beta", "Beta Oy"), ("Beta", "Beta Pty Ltd"), ("Beta", "Beta Pty. Ltd."), ("Beta", "Beta (Pty) Ltd"), ("Straße", "STRASSE GmbH"), ("Beta", "  beta  "),
])  # fmt: skip
def test_one_employer_however_it_is_written(employer, same):
    assert employer_of(Posting(title="X", employer=employer)) == employer_of(Posting(title="X", employer=same)) != ""


@pytest.mark.parametrize(
    ("employer", "other"),
    [("Beta", "Beta Bank"), ("SE", "AG"), ("Beta AGile", "Beta"), ("Oy", "Oy Oy Beta"), ("Beta A", "Beta")],
)
def test_other_employers(employer, other):
    assert employer_of(Posting(title="X", employer=employer)) != employer_of(Posting(title="X", employer=other))


def test_an_employer_id_weighs_more_than_a_name_and_a_recruiter_is_none():
    assert employer_of(Posting(title="X", employer="Beta", employer_id="Gamma")) == "gamma"
    assert employer_of(Posting(title="X", via="Hunters Ltd")) == ""


@pytest.mark.parametrize(("asking", "of", "reach"), [
    (4, 4, "insufficient"), (3, 5, "market"), (2, 5, "niche"), (1, 5, "captive"), (0, 5, "captive"), (3, 20, "market"), (3, 21, "niche"), (5, 34, "niche"), (6, 40, "market"),
])  # fmt: skip
def test_market_is_three_employers_and_fifteen_per_cent(asking, of, reach):
    found = look({**PYTHON, **postings(*["Python"] * asking, *["Nothing"] * (of - asking))})
    assert row(found, "Python")[:2] == (asking, reach)


@pytest.mark.parametrize(("employers", "is_enough"), [(4, False), (5, True)])
def test_of_fewer_than_five_employers_no_percentage_is_told(employers, is_enough):
    found = look(postings(*["Python"] * employers))
    assert (found.is_sufficient, "demand-insufficient" not in codes(found)) == (is_enough, is_enough)
    assert ("%" in str(found.tables + found.charts) or "%" in found.answer) == is_enough
    assert {demand.reach for demand in found.skills} == ({"market"} if is_enough else {"insufficient"})


@pytest.mark.parametrize(("evidence", "body", "advice"), [
    ("2026-08-01", "Python", "lead"),
    ("2025-02-13", "Python", "lead"),  # 548 days
    ("2025-02-12", "Python", "refresh"),
    ("2025-02", "Python", "lead"),  # 28 February
    ("", "Python", "learn"),
    ("2026-08-01", "Nothing", "retire"),
    ("", "Nothing", "retire"),
    ("2026-08-01", "cpython", "lead"),
])  # fmt: skip
def test_advice_goes_by_demand_and_evidence(evidence, body, advice):
    proofs = {"achievements/a.md": deed(evidence, "skills: [Python]")} if evidence else {}
    assert row(look({**PYTHON, **proofs, **postings(*[body] * 5)}), "Python")[2] == advice


def test_a_skill_of_nobody_is_learnt_and_never_retired():
    found = look(postings("Rust", "Rust", "Rust", "Kotlin", "Kotlin, Dart"))
    assert [row(found, name) for name in ("Rust", "Kotlin", "Dart")] == [
        (3, "market", "learn"),
        (2, "niche", ""),
        (1, "captive", ""),
    ]
    assert codes(found) == ["learn-skill"]


def test_a_second_posting_of_an_employer_changes_nothing():
    files = {**PYTHON, **postings(*["Python and Go"] * 3, "Rust", "Rust")}
    more = {
        **files,
        "private/postings/q.md": posting("E3 GmbH", "Python? No: Rust, still"),
        "private/postings/r.md": posting("e0", "Python"),
    }
    one, two = look(files), look(more)
    assert [(row(one, name), row(two, name)) for name in ("Go", "Rust")] == [
        ((3, "market", "learn"),) * 2,
        ((2, "niche", ""),) * 2,
    ]
    assert row(two, "Python")[0] == 4  # E3 now names it
    assert (one.employers, two.employers) == (5, 5)


@pytest.mark.parametrize(("keys", "counts"), [
    ({"captured": "2025-08-15"}, True), ({"captured": "2025-08-14"}, False), ({"captured": "2025-08"}, True), ({"captured": "2026-12-01"}, True),
    ({"captured": "2025"}, True), ({"captured": ""}, False),
])  # fmt: skip
def test_the_window_is_a_year(keys, counts):
    assert look(postings("Python", **keys)).employers == counts


def test_posted_counts_where_captured_is_absent_and_settings_are_kept():
    files = {"private/postings/a.md": posting("A", "Python", "posted: 2026-08-01", captured="")}
    assert look(files).employers == 1
    settings = "title: A\ndemand: {window_days: 7, min_employers: 1, market_min: 1, evidence_max_days: 1}\n"
    assert look(files, site=settings).employers == 0
    found = look(
        {**files, **PYTHON, "achievements/a.md": deed("2026-08-07", "skills: [Python]")},
        as_of="2026-08-08",
        site=settings,
    )
    assert row(found, "Python") == (1, "market", "lead")
    assert (
        row(
            look(
                {**files, **PYTHON, "achievements/a.md": deed("2026-08-06", "skills: [Python]")},
                as_of="2026-08-08",
                site=settings,
            ),
            "Python",
        )[2]
        == "refresh"
    )


def test_the_six_difficult_names():
    bodies = ["C and C++", "C# on .NET", "Go, R", "R&D for C-level, grade R: go to market", "c, r, net; ready to go"]
    found = look(postings(*bodies))
    assert {demand.name: len(demand.employers) for demand in found.skills} == {
        "C": 1, "C++": 1, "C#": 1, ".NET": 1, "Go": 1, "R": 1, "Go-to-market": 1,
    }  # fmt: skip


def test_a_posting_without_employer_or_date_is_told():
    files = {
        "private/postings/a.md": posting("", "Python"),
        "private/postings/b.md": posting("B", "Python", captured=""),
    }
    found = look(files)
    assert codes(found) == ["demand-insufficient", "posting-unplaced"]
    assert found.findings[1].entries == ("posting/a", "posting/b")
    assert found.employers == 0


def test_what_lists_ask_for_counts_too_and_empty_files_are_silent():
    files = {
        f"private/postings/p{n}.md": posting(f"E{n}", "", "must: [Underwater basket weaving]", "nice: [Rust]")
        for n in range(5)
    }
    found = look(files)
    assert row(found, "Underwater basket weaving") == (5, "market", "learn")
    assert row(found, "Rust") == (5, "market", "learn")
    assert look({"achievements/a.md": deed("2026-01-01", "skills: [Python]")}) is None
    assert look({"private/opportunities.csv": ""}) is None


def test_every_number_says_what_it_counts():
    found = look({**PYTHON, "achievements/a.md": deed("2026-08-01", "skills: [Python]"), **postings(*["Python"] * 5)})
    (bar,) = found.charts[0].bars
    assert (bar.entry, bar.parts[0].name, str(bar.parts[0].number)) == ("skill/python", "recent evidence", "5")
    assert bar.parts[0].entries == tuple(f"posting/p{n}" for n in range(5))
    assert [cell.text for cell in found.tables[0].rows[0]] == [
        "Python",
        "5",
        "100.00 %",
        "2026-08-01",
        "market",
        "lead with",
    ]
    assert found.findings[0].sentence == "Of 5 employers, 5 want Python: you proved that lately."
    assert found.answer == "Of 5 employers, several want 1 skill: 1 to lead with."


def test_many_skills_are_told_in_one_sentence():
    found = look(
        postings("Rust, Go, Kotlin, Dart", "Rust, Go, Kotlin, Dart", "Rust, Go, Kotlin, Dart", "Rust", "Nothing")
    )
    (finding,) = found.findings
    assert finding.sentence == (
        "Of 5 employers, 4 want Rust, 3 want Dart and 3 want Go: you have no evidence. The same goes for 1 more skill."
    )
    assert finding.numbers == (
        ("Rust", "4 employers"),
        ("Dart", "3 employers"),
        ("Go", "3 employers"),
        ("Kotlin", "3 employers"),
    )


def test_order_of_files_changes_nothing():
    files = {**PYTHON, **postings("Python, Go", "Go", "Rust and Python", "Dart", "Go", "Rust")}
    items = list(files.items())
    random.Random(4).shuffle(items)
    renamed = look(dict(items))
    assert look(files) == renamed


def test_a_thousand_entries_take_no_time():
    rows = [("2026-01-01", f"skills: [Python, S{n % 90}]") for n in range(1000)]
    career = career_of({**deeds(*rows), **postings(*["Requirements:\n- Python, Go and Rust\n- SQL"] * 60)})
    start = time.process_time()
    look_at_demand(career)
    assert time.process_time() - start < 0.3
    start = time.process_time()
    look_at_demand(career)  # the market is read
    assert time.process_time() - start < 0.06
