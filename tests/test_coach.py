"""`brag coach`: what to do this week, an answer to each question, and the numbers behind one of them."""

import json

import pytest

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
