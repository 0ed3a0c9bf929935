"""Matches: coverage by hand, what to lead with, and when the coach speaks up; `brag match`."""

import json
import time

import pytest

from bragfolio.core.insight.match import lead_with, match_posting, requirements_in
from bragfolio.core.insight.matches import look_at_matches
from bragfolio.model.posting import Posting
from tests.insight.careers import career_of, deed, deeds

MINE = {
    "achievements/new.md": deed("2026-08-01", "skills: [Python, SQL]", "stars: 3", title="New"),
    "achievements/old.md": deed("2023-08-15", "skills: [Docker]", "stars: 5", title="Old"),  # 1,096 days
    "skills/rust.md": "---\nname: Rust\n---\n",
}


def posting(*lines, body=""):
    return "\n".join(["---", "title: Work", "employer: Beta", "captured: 2026-08-01", *lines, "---", body, ""])


def look(*rows, mine=MINE):
    files = {f"private/postings/p{n}.md": row if isinstance(row, str) else posting(*row) for n, row in enumerate(rows)}
    return look_at_matches(career_of({**mine, **files}))


@pytest.mark.parametrize(("lines", "covered"), [
    (["must: [Python]"], "1.00"), (["must: [Docker]"], "0.50"), (["must: [Rust]"], "0.25"), (["must: [Kotlin]"], "0.00"),
    (["must: [Python, Docker, Rust, Kotlin]"], "0.44"),  # 1.75 / 4
    (["must: [Python]", "nice: [Kotlin]"], "0.67"), (["must: [Kotlin]", "nice: [Python]"], "0.33"),
    (["must: [Python, python, PYTHON]"], "1.00"), (["nice: [Python]"], "1.00"), ([], "0.00"),
])  # fmt: skip
def test_must_weighs_two_and_grades_count(lines, covered):
    assert [str(found.coverage) for found in look(lines).postings] == [covered]


def test_nice_to_have_in_a_pasted_advert_is_not_required():
    career = career_of(MINE)
    advert = "Requirements:\n- Python\n- Kotlin\n\nNice to have:\n- Docker\n- Python\n\nWe offer SQL."
    match = match_posting(Posting(title="X"), advert, career.market.vocabulary, career.as_of)
    assert [(asked.name, asked.is_must, asked.grade) for asked in match.requirements] == [
        ("Python", True, "proven"), ("Kotlin", True, "missing"), ("Docker", False, "dated"),
    ]  # fmt: skip
    assert match.coverage == pytest.approx((2 + 0 + 0.5) / 5)
    assert not match.is_listed


def test_without_lists_all_that_is_named_is_required_but_for_wishes():
    vocabulary = career_of(MINE).market.vocabulary
    asked = requirements_in("We use Python and Docker. Kotlin is a plus.", vocabulary)
    assert [(known.name, is_must) for known, is_must in asked] == [
        ("Python", True),
        ("Docker", True),
        ("Kotlin", False),
    ]


def test_what_a_sentence_outside_the_lists_asks_for_is_required_with_them():
    vocabulary = career_of(MINE).market.vocabulary
    advert = "We run Rust. We are looking for somebody who knows Docker.\n\nRequirements\n- Python"
    assert [known.name for known, is_must in requirements_in(advert, vocabulary) if is_must] == ["Python", "Docker"]


@pytest.mark.parametrize(("lines", "count"), [
    (["status: saved"], 1), (["status: applied"], 1), (["status: interview"], 1), (["status: rejected"], 0), (["status: accepted"], 0),
    (["status: withdrawn"], 0), (["status: expired"], 0), (["closes: 2026-08-15"], 1), (["closes: 2026-08-14"], 0), (["closes: 2026-08"], 1),
    (["closes: 2026-08-14", "status: applied"], 1),
])  # fmt: skip
def test_a_posting_is_open_until_it_closes_or_is_answered(lines, count):
    assert len(look(lines).postings) == count


@pytest.mark.parametrize(("lines", "codes"), [
    (["must: [Python]"], ["posting-fits"]),
    (["must: [Python]", "status: applied"], []),
    (["must: [Python]", "closes: 2026-08-29"], ["posting-closes"]),
    (["must: [Python]", "closes: 2026-08-30"], ["posting-fits"]),
    (["must: [Docker]", "closes: 2026-08-15"], ["posting-closes"]),
    (["must: [Kotlin]", "closes: 2026-08-15"], []),
    (["must: [Python, Python, SQL, Rust]"], ["posting-fits", "posting-claimed"]),  # 2.25 / 3
    (["must: [Python, Kotlin]"], []),
], ids=str)  # fmt: skip
def test_the_coach_speaks_up(lines, codes):
    found = look(lines)
    assert [finding.code for finding in found.findings] == codes
    assert all(finding.sentence.endswith(".") and finding.action and finding.gain for finding in found.findings)


def test_the_best_covered_comes_first_then_the_newest():
    found = look(
        ["must: [Docker]"],
        ["must: [Python]"],
        posting("must: [Python]").replace("2026-08-01", "2026-08-02"),
        ["must: [Docker]"],
    )
    assert [one.posting for one in found.postings] == ["p2", "p1", "p0", "p3"]
    assert found.answer == "Of 4 open postings, you cover 2 to at least 70 %; the best is Work, Beta, with 100 %."


def test_postings_that_fit_are_one_action():
    (finding,) = look(
        ["must: [Python]"], ["must: [Python, SQL, Kotlin, Python]", "nice: [SQL]"], ["must: [SQL]"]
    ).findings
    assert finding.sentence == "You cover 100 % of Work, Beta, and at least 70 % of 1 other, and have not applied."
    assert finding.entries == ("posting/p0", "posting/p2")


def test_leads_add_to_each_other():
    files = deeds(
        ("2026-08-01", "skills: [Python]", "stars: 5"), ("2026-08-01", "skills: [Python, SQL]", "stars: 1"), ("2026-08-02", "skills: [Rust]", "stars: 2"),
        ("2020-01-01", "skills: [Kotlin]", "stars: 1"), ("2026-08-01", "skills: [Rust]", "stars: 2"), ("2026-08-01", "skills: [Baking]", "stars: 5"),
    )  # fmt: skip
    career = career_of(files)
    posting = Posting(title="X", must=("Python", "SQL", "Rust"), nice=("Kotlin",))
    match = match_posting(posting, "", career.market.vocabulary, career.as_of)
    assert [item.id for item in lead_with(match, career.linked.skills, career.as_of)] == ["d1", "d2", "d3"]
    nothing = match_posting(Posting(title="X", must=("Flute",)), "", career.market.vocabulary, career.as_of)
    assert lead_with(nothing, career.linked.skills, career.as_of) == []


def test_nothing_is_said_of_nothing():
    assert look() is None
    assert look(["status: rejected"]).answer == "No saved posting is open."
    assert look([]).answer == "You cover nothing of what 1 open posting asks for."


def test_shares_of_the_chart_are_of_the_weight():
    (bar,) = look(["must: [Python, Docker]", "nice: [Kotlin]"]).charts[0].bars
    assert [(part.name, str(part.number)) for part in bar.parts] == [
        ("proven", "40.00"),
        ("dated", "40.00"),
        ("missing", "20.00"),
    ]
    assert [part.entries for part in bar.parts] == [("skill/python",), ("skill/docker",), ("posting/p0",)]


def test_a_thousand_entries_take_no_time():
    rows = [("2026-01-01", f"skills: [Python, SQL, S{n % 90}]") for n in range(1000)]
    career = career_of(
        {**deeds(*rows), **{f"private/postings/p{n}.md": posting("must: [Python, SQL, Rust]") for n in range(60)}}
    )
    assert career.market.adverts
    start = time.process_time()
    look_at_matches(career)
    assert time.process_time() - start < 0.15


def test_brag_match_by_id_and_by_file(portfolio):
    portfolio.entry("---\ntitle: P\ndate: 2026-07-01\nskills: [Python]\nvisibility: public\n---\n", "achievements/p.md")
    portfolio.entry(
        "---\ntitle: Snake keeper\nmust: [Python, Rust]\nnice: [Docker]\n---\n", "private/postings/snakes.md"
    )
    outcome = portfolio.brag("match", "snakes")
    assert outcome.code == 0
    assert "Snake keeper: 40% covered" in outcome.text
    assert "Missing: Rust, Docker (nice)." in outcome.text
    portfolio.write({"advert.txt": "Snake keeper\n\nRequirements:\n- Python\n- Rust\n\nNice to have:\n- Docker\n"})
    data = json.loads(portfolio.brag("match", str(portfolio.root / "advert.txt"), "--json").text)
    assert (data["coverage"], data["listed"]) == (0.4, False)
    assert [(asked["name"], asked["must"], asked["grade"]) for asked in data["requirements"]] == [
        ("Python", True, "proven"), ("Rust", True, "missing"), ("Docker", False, "missing"),
    ]  # fmt: skip
    assert data["lead_with"] == [{"entry": "achievement/p", "title": "P", "proves": ["Python"]}]
    assert data["unjudged"] == []
    outcome = portfolio.brag("match", "snaks")
    assert (outcome.code, outcome.errors) == (1, [("brag match", "not-found")])
    assert "snakes" in outcome.text


def test_what_names_no_skill_that_brag_knows_is_said_to_be_unjudged(portfolio):
    portfolio.entry("---\ntitle: P\ndate: 2026-07-01\nskills: [Python]\nvisibility: public\n---\n")
    asked = "Requirements:\n- Python\n- Ten years of snakes\n- A calm hand\n\nNice to have:\n- Own boots\n- A rake\n"
    portfolio.write({"advert.txt": f"Snake keeper\n\nWe feed at noon.\n\n{asked}"})
    said = "no skill that Brag knows is in it: “Ten years of snakes”, “A calm hand”, “Own boots”, 1 more."
    assert said in portfolio.brag("match", "advert.txt").text
    assert said in portfolio.brag("pdf", "--posting", "advert.txt").text
    unjudged = ["Ten years of snakes", "A calm hand", "Own boots", "A rake"]
    assert json.loads(portfolio.brag("match", "advert.txt", "--json").text)["unjudged"] == unjudged
    assert (
        json.loads(portfolio.brag("pdf", "--posting", "advert.txt", "--json").text)["posting"]["unjudged"] == unjudged
    )
    assert "Snake keeper: 100% of the skills that its text names covered" in portfolio.brag("match", "advert.txt").text
    portfolio.entry("---\ntitle: Keeper\nmust: [Python]\n---\n- Ten years\n", "private/postings/keeper.md")
    assert json.loads(portfolio.brag("match", "keeper", "--json").text)["unjudged"] == []
