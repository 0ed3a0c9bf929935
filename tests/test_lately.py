"""`brag lately`: the agenda for the next talk with one person, made of what that person may see."""

import json

import pytest

from tests.portfolios import achievement, assert_sound

PEOPLE = """
- {id: petra, name: Petra V., relation: skip, audience: leadership, cares_about: [shared], last_contact: 2026-07-10}
- {id: jan, name: Jan, relation: peer, audience: company}
- {id: mo, name: Mo}
"""
GOALS = """
- {id: hers, title: Conversion +2 points, owner: petra}
- {id: shared, title: Fewer queues, owner: jan}
- {id: past, title: Last year's, owner: petra, end: 2025-12-31}
- {id: idle, title: New ovens, owner: petra}
"""


def deed(title, date, *lines, visibility="public"):
    return achievement(*lines).replace("Cut the queue", title).replace("2026-07-20", date).replace("public", visibility)


@pytest.fixture
def shop(portfolio):
    """News for everybody and for leadership, something old, something that goes on, people, goals and what was told."""
    files = {
        "achievements/till.md": deed(
            "Moved the till", "2026-07-10", "stars: 2", "goals: [shared]",
            "metrics: [{name: wait, before: 9, after: 3, unit: min}, {name: zqmargin, value: 1, visibility: private}]"),
        "achievements/oven.md": deed("Mended the oven", "2026-08-01", "stars: 4", "goals: [hers, past]"),
        "achievements/old.md": deed("Baked bread", "2026-07-09", "stars: 3"),
        "achievements/told.md": deed("Sold the van", "2026-08-02", "stars: 5", "goals: [hers]"),
        "achievements/deal.md": deed("Signed the mill", "2026-08-03", "stars: 3", visibility="leadership"),
        "private/achievements/own.md": deed("zqsecret", "2026-08-03", "stars: 5", visibility="private"),
        "achievements/next.md": "---\ntitle: Rewire the shop\nstart: 2026-08\nongoing: true\nvisibility: public\ngoals: [shared]\n---\n",
        "private/achievements/oven.md": "---\ntitle: Mended the oven of zqcorp\ncollaborators: [jan]\n---\n",
        "private/people.yaml": PEOPLE,
        "private/goals.yaml": GOALS,
        "private/announcements.csv": "date,achievement,channel,audience,to,url\n2026-08-04,told,talk,,petra jan,\n",
    }  # fmt: skip
    for path, text in files.items():
        portfolio.entry(text, path)
    return portfolio


def agenda(shop, person, *words):
    outcome = shop.brag("lately", "--for", person, "--json", *words)
    assert outcome.code == 0, outcome.text
    return json.loads(outcome.text)["agenda"]


def ids(items):
    return [item["id"] for item in items]


def test_news_are_what_is_new_since_you_talked_and_not_heard_of_heaviest_first(shop):
    found = agenda(shop, "petra")
    assert (found["since"], found["contact_days"], found["audience"]) == ("2026-07-10", 36, "leadership")
    assert ids(found["news"]) == ["oven", "deal", "till"]


def test_nobody_gets_what_they_may_not_see(shop):
    assert ids(agenda(shop, "jan")["news"]) == ["oven", "old", "till"]  # 90 days back, since nobody noted a talk
    for person in ("petra", "jan", "mo"):
        for form in ((), ("--markdown",), ("--json",)):
            assert "zq" not in shop.brag("lately", "--for", person, *form).text


def test_who_is_in_no_audience_hears_what_everybody_may(shop):
    found = agenda(shop, "mo")
    assert found["audience"] == "public"
    assert ids(found["news"]) == ["told", "oven", "old", "till"]


@pytest.mark.parametrize(("since", "news"), [
    ("2026-08-02", ["deal"]), ("14d", ["oven", "deal"]), ("2026", ["oven", "deal", "old", "till"]), ("2026-09", []),
])  # fmt: skip
def test_since_may_be_a_day_or_a_span(shop, since, news):
    assert ids(agenda(shop, "petra", "--since", since)["news"]) == news


def test_goals_are_their_own_and_those_that_they_care_about(shop):
    goals = agenda(shop, "petra")["goals"]
    assert [(goal["goal"], ids(goal["achievements"])) for goal in goals] == [
        ("hers", ["told", "oven"]), ("shared", ["till", "next"]), ("idle", []),
    ]  # fmt: skip


@pytest.mark.parametrize(("person", "feedback", "asks"), [
    ("petra", "", ["told"]), ("jan", "", ["told", "oven"]),  # told of one, took part in the other
    ("petra", "feedback: [{from: petra, quote: Good}]", []), ("petra", "feedback: [{from: jan, quote: Good}]", ["told"]),
    ("mo", "", []),
])  # fmt: skip
def test_feedback_is_asked_of_who_can_judge_and_has_not_yet(shop, person, feedback, asks):
    shop.entry(deed("Sold the van", "2026-08-02", "stars: 5", *filter(None, [feedback])), "achievements/told.md")
    assert ids(agenda(shop, person)["asks"]) == asks


def test_five_questions_are_the_most_and_small_things_are_not_asked_about(shop):
    names = [f"more{number}" for number in range(6)]
    for name in (*names, "small"):
        shop.entry(deed(name, "2026-08-01", "stars: 3" if name != "small" else "stars: 1"), f"achievements/{name}.md")
    lines = "".join(f"2026-08-04,{name},talk,,mo,\n" for name in (*names, "small"))
    shop.entry("date,achievement,channel,audience,to,url\n" + lines, "private/announcements.csv")
    assert ids(agenda(shop, "mo")["asks"]) == names[:5]
    shop.entry("date,achievement,channel,audience,to,url\n2026-08-04,small,talk,,mo,\n", "private/announcements.csv")
    assert agenda(shop, "mo")["asks"] == []


def test_it_reads_like_notes(shop):
    assert (
        shop.brag("lately", "--for", "petra").text
        == """For Petra V., 15 August 2026
You last talked on 10 July 2026. Told as “leadership” may hear it, from 10 July 2026 on.

Not heard of yet
  - Mended the oven (1 Aug 2026)
  - Signed the mill (3 Aug 2026)
  - Moved the till (10 Jul 2026; wait: from 9 min to 3 min (−67\u202f%))

Their goals
  - Conversion +2 points
    - Sold the van (2 Aug 2026)
    - Mended the oven (1 Aug 2026)
  - Fewer queues
    - Moved the till (10 Jul 2026; wait: from 9 min to 3 min (−67\u202f%))
    - Rewire the shop (since Aug 2026)
  - New ovens: nothing since then

Ask what they think of
  - Sold the van (2 Aug 2026)

Next
  - Rewire the shop (since Aug 2026)
"""
    )


def test_markdown_has_headings_and_lists(shop):
    assert (
        shop.brag("lately", "--for", "mo", "--markdown", "--since", "2026-08-02").text
        == """# For Mo, 15 August 2026

You never noted a talk. Told as “public” may hear it, from 2 August 2026 on.

## Not heard of yet

- Sold the van (2 Aug 2026)

## Next

- Rewire the shop (since Aug 2026)
"""
    )


def test_nothing_new_is_said(shop):
    assert (
        "Not heard of yet\n  - Nothing: they know all of it.\n"
        in shop.brag("lately", "--for", "petra", "--since", "2026-08-15").text
    )


def test_who_is_not_known_is_told(shop):
    outcome = shop.brag("lately", "--for", "perta")
    assert_sound(outcome)
    assert (outcome.code, outcome.errors) == (1, [("brag lately", "not-found")])
    assert "did you mean “petra”?" in outcome.problems[0].hint


def test_an_audience_that_is_not_defined_is_told_where_it_stands(shop):
    shop.entry("- {id: odd, name: Odd, audience: nowhere}\n", "private/people.yaml")
    outcome = shop.brag("lately", "--for", "odd")
    assert outcome.code == 1
    assert ("site_content/private/people.yaml:1:34", "audience-unknown") in outcome.errors
    assert "Not heard of yet" not in outcome.text


@pytest.mark.parametrize(
    "words", [(), ("--for", "petra", "--since", "soon"), ("--for", "petra", "--since", "2026-13")], ids=" ".join
)
def test_wrong_words_are_told(shop, words):
    assert shop.brag("lately", *words).code == 2


def test_a_broken_entry_is_told_and_the_rest_is_said(shop):
    shop.entry("---\ntitle: x\nnonsense: y\n---\n", "achievements/bad.md")
    outcome = shop.brag("lately", "--for", "petra")
    assert outcome.code == 1
    assert "Mended the oven" in outcome.text


def test_what_is_planned_is_next_and_no_news(shop):
    shop.entry(deed("Open the second shop", "2026-09-01", "goals: [hers]"), "achievements/second.md")
    found = agenda(shop, "petra")
    assert ids(found["news"]) == ["oven", "deal", "till"]
    assert sorted(ids(found["next"])) == ["next", "second"]
