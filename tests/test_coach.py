"""`brag coach`: what to do this week, an answer to each question, and the numbers behind one of them."""

import json

import pytest

from bragfolio.cli.coach import sparkline
from tests.portfolios import achievement

PEOPLE = "".join(
    f"- {{id: p{number}, name: Person {number}, relation: skip, audience: leadership}}\n" for number in range(3)
)


@pytest.fixture
def mine(portfolio):
    """Nine achievements that nobody of three people has heard of."""
    for number in range(9):
        text = achievement(f"stars: {number % 5 + 1}").replace(
            "Cut the queue", f"Deed {number} with a title of some length"
        )
        portfolio.entry(text, f"achievements/d{number}.md")
    return portfolio.entry(PEOPLE, "private/people.yaml")


def test_five_actions_come_first_the_most_valuable_on_top(mine):
    mine.entry("date,achievement,channel,audience,to,url\n2026-08-01,d0,talk,company,,\n", "private/announcements.csv")
    text = mine.brag("coach").text
    assert text.startswith("This week\n  1. say it: `brag announce d4 --channel email --audience leadership --log`\n")
    assert "  5. " in text
    assert "  6. " not in text
    gains = [action["gain"] for action in json.loads(mine.brag("coach", "--json").text)["actions"]]
    assert len(gains) > 5
    assert gains == sorted(gains, reverse=True)


def test_a_section_prints_every_table_of_its_answer_and_wide_ones_in_short(mine):
    lines = mine.brag("coach", "reach").text.splitlines()
    assert lines[0] == "Who knows what you did?  (reach)"
    assert lines[1] == "  Person 0 has heard of none of your 5 biggest wins of the last 180 days."
    assert [line for line in lines if line.startswith("  person")] == [
        "  person    relation  achievements  share of stars",
        "  person    " + "  ".join(f"Deed {number} with a t…" for number in (4, 3, 8, 2, 7, 1, 6, 0)),
    ]


def test_what_has_no_data_says_what_it_needs(portfolio):
    text = portfolio.brag("coach", "reach").text
    assert text == (
        "Not yet answered, for want of data:\n"
        "  Who knows what you did?  Write private/people.yaml: your boss, your boss's boss, and others whose opinion counts.\n"
    )
    assert portfolio.brag("coach", "-q", "reach").text == ""
    assert portfolio.brag("coach", "nonsense").code == 2


def test_since_tells_what_is_new_and_what_is_settled(portfolio):
    portfolio.entry(achievement().replace("2026-07-20", "2026-06-01"))
    portfolio.entry(
        PEOPLE.replace("audience: leadership", "last_contact: 2026-08-01, cadence_days: 10", 1), "private/people.yaml"
    )
    gap = "Nothing was written down for"
    assert portfolio.brag("coach", "--since", "2026-07-15", "freshness").text == "New: nothing\nSettled: nothing\n"
    text = portfolio.brag("coach", "--since", "2026-06-20").text
    assert f"  + {gap} 75 days.  (freshness)\n" in text
    assert "  + You last talked to Person 0 14 days ago, and want to every 10.  (reach)\n" in text
    portfolio.entry(achievement().replace("2026-07-20", "2026-08-10"), "achievements/y.md")
    data = json.loads(portfolio.brag("coach", "--since", "2026-08-05", "--json").text)
    assert [change["finding"]["code"] for change in data["changes"]["settled"]] == ["gap"]


def test_a_number_over_time_is_a_line_of_letters(portfolio):
    portfolio.entry(achievement("stars: 4"))
    line = next(line for line in portfolio.brag("coach").text.splitlines() if "█" in line)
    assert line == "  Goodwill over two years  " + "▁" * 23 + "██"


@pytest.mark.parametrize(("numbers", "letters"), [
    ([0, 0], "▁▁"), ([0, 1], "▁█"), ([1, 2, 4], "▃▅█"), ([7, 7], "██"), ([3], "█"),
])  # fmt: skip
def test_a_sparkline_is_as_high_as_its_numbers(numbers, letters):
    assert sparkline(numbers) == letters
