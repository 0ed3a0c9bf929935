"""`brag announce`: what an audience may hear and nothing else, in the length of its channel, noted once it was said."""

import csv
import json

import pytest

from tests.portfolios import SITE, achievement, assert_sound

LEDGER = "site_content/private/announcements.csv"
DEED = """---
title: Cut the queue from 38 to 9 minutes
date: 2026-08-10
visibility: public
stars: 4
skills: [Lean production, SQL, "C#", Baking]
impact: Customers come back. They did not before.
my_part: "I moved the till."
short: "Queue 38 to 9 min"
metrics:
  - {name: waiting time, before: 38, after: 9, unit: min, better: lower}
  - {name: margin, value: 17, unit: "%", visibility: leadership}
evidence:
  - {label: Photo, url: "https://example.org/photo"}
  - {label: zqledger, url: "https://example.org/zqledger", visibility: leadership}
feedback:
  - {from: jan, quote: zqpraise, consent: leadership}
  - {from: jan, quote: zqnever}
  - {from: jan, quote: It works., byline: The till, consent: public}
---
zqbody
"""
PEOPLE = """
- {id: petra, name: Petra V., relation: skip, audience: leadership}
- {id: jan, name: Jan, relation: peer, audience: company}
- {id: mo, name: Mo}
"""


@pytest.fixture
def shop(portfolio):
    """A portfolio with something for everybody that says more to leadership, something for leadership alone, and people."""
    portfolio.entry(DEED, "achievements/queue.md")
    portfolio.entry(achievement().replace("public", "leadership"), "achievements/deal.md")
    return portfolio.entry(PEOPLE, "private/people.yaml")


def said(shop, *words, id_="queue"):
    """What Brag wrote."""
    outcome = shop.brag("announce", id_, "--json", *words)
    assert outcome.code == 0, outcome.text
    return json.loads(outcome.text)


def rows(shop):
    path = shop.root / LEDGER
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(("channel", "text"), [
    ("slack", """*Cut the queue from 38 to 9 minutes*
waiting time: from 38 min to 9 min (−76\u202f%)
Customers come back. They did not before.
https://example.org/ada/achievements/queue.html"""),
    ("status", "Cut the queue from 38 to 9 minutes (waiting time −76\u202f%) https://example.org/ada/achievements/queue.html"),
    ("talk", "Cut the queue from 38 to 9 minutes.\nCustomers come back.\nI moved the till."),
    ("email", """Subject: Queue 38 to 9 min

Hello Jan,

Cut the queue from 38 to 9 minutes.

Customers come back. They did not before.

waiting time: from 38 min to 9 min (−76\u202f%)

My part: I moved the till.

“It works.” (The till)

More: https://example.org/ada/achievements/queue.html
Photo: https://example.org/photo

Best regards
Ada Quill"""),
    ("linkedin", """Cut the queue from 38 to 9 minutes

waiting time: from 38 min to 9 min (−76\u202f%)

Customers come back. They did not before.

I moved the till.

“It works.” (The till)

https://example.org/ada/achievements/queue.html

#LeanProduction #SQL #C"""),
])  # fmt: skip
def test_each_channel_has_a_form_of_its_own(shop, channel, text):
    assert said(shop, "--channel", channel, "--audience", "company", "--to", "jan")["text"] == text


@pytest.mark.parametrize("channel", ["slack", "email", "linkedin", "status", "talk"])
def test_what_an_audience_does_not_see_it_is_not_told(shop, channel):
    text = said(shop, "--channel", channel, "--audience", "company")["text"]
    assert "queue" in text
    for hidden in ("margin", "17", "zq"):
        assert hidden not in text


def test_leadership_is_told_more(shop):
    text = said(shop, "--channel", "email", "--to", "petra")["text"]
    assert "margin: 17 %" in text
    assert "zqledger: https://example.org/zqledger" in text
    assert "“zqpraise”" in text
    assert "zqnever" not in text
    assert "Hello Petra," in text


def test_an_overlay_speaks_to_those_that_it_names_alone(shop):
    overlay = "---\nvisibility: leadership\ntitle: Cut the queue of zqcorp\n---\n"
    shop.entry(overlay, "private/achievements/queue.md")
    assert "zqcorp" in said(shop, "--channel", "slack", "--audience", "leadership")["text"]
    assert "zqcorp" not in said(shop, "--channel", "slack", "--audience", "company")["text"]


def test_a_page_that_the_public_does_not_see_has_no_address(shop):
    text = said(shop, "--channel", "slack", "--audience", "leadership", id_="deal")["text"]
    assert text == "*Cut the queue*"


@pytest.mark.parametrize(("words", "place", "code", "hint"), [
    (("deal", "--audience", "company"), "brag announce", "unseen", "`brag explain deal --audience company` says why"),
    (("queu", "--audience", "company"), "brag announce", "not-found", "did you mean “queue”?"),
    (("queue", "--to", "perta"), "brag announce", "not-found", "did you mean “petra”?"),
    (("queue", "--to", "mo"), "brag announce", "audience-unknown", "write audience: there, or name one with --audience"),
    (("queue", "--to", "jan", "--audience", "leadership"), "brag announce", "value-rule",
     "leave --audience out, and it is written for “company”"),
])  # fmt: skip
def test_what_cannot_be_told_is_refused_and_not_noted(shop, words, place, code, hint):
    outcome = shop.brag("announce", *words, "--channel", "slack", "--log")
    assert_sound(outcome)
    assert (outcome.code, outcome.errors) == (1, [(place, code)])
    assert hint in outcome.problems[0].hint
    assert rows(shop) == []
    assert "*Cut" not in outcome.text


def test_what_is_planned_is_not_announced_as_done(shop):
    shop.entry(DEED.replace("2026-08-10", "2026-08-16"), "achievements/queue.md")
    outcome = shop.brag("announce", "queue", "--audience", "company", "--channel", "slack", "--log")
    assert (outcome.code, outcome.errors) == (1, [("brag announce", "value-rule")])
    assert outcome.problems[0].message == "“queue” is planned for 2026-08-16, so there is nothing to announce yet"
    assert rows(shop) == []


@pytest.mark.parametrize("words", [
    (), ("queue",), ("queue", "--channel", "slack"), ("queue", "--audience", "company"), ("--due", "queue"),
    ("queue", "--channel", "pigeon", "--audience", "company"), ("queue", "--channel", "slack", "--audience", "compny"),
    ("queue", "--channel", "slack", "--audience", "self"), ("--due", "--audience", "self"), ("--due", "--log"),
    ("queue", "--channel", "slack", "--audience", "company", "--url", "https://example.org/x"),
    ("queue", "--channel", "slack", "--audience", "company", "--log", "--url", "javascript:x"),
], ids=" ".join)  # fmt: skip
def test_wrong_words_are_told(shop, words):
    outcome = shop.brag("announce", *words)
    assert outcome.code == 2, outcome.text
    assert rows(shop) == []


def test_a_missing_channel_is_told_with_those_that_there_are(shop):
    assert "--channel how it goes out: slack, email, linkedin, status, talk" in shop.brag("announce", "queue").text


def test_leadership_may_be_written_to_as_company(shop):
    text = said(shop, "--channel", "email", "--to", "petra", "--audience", "company")["text"]
    assert "margin" not in text


def test_what_was_said_is_noted_and_what_waits_is_listed(shop):
    before = shop.brag("announce", "--due")
    assert before.text == (
        "due: Cut the queue from 38 to 9 minutes (company, 5 days old, 4 stars)\n"
        "  brag announce queue --channel email --audience company --log\n"
        "due: Cut the queue from 38 to 9 minutes (leadership, 5 days old, 4 stars)\n"
        "  brag announce queue --channel email --audience leadership --log\n"
        "overdue: Cut the queue (leadership, 26 days old, 2 stars)\n"
        "  brag announce deal --channel email --audience leadership --log\n"
    )
    logged = said(shop, "--channel", "slack", "--audience", "company", "--log", "--url", "https://example.org/x")
    assert logged["logged"] == rows(shop)[0] == {
        "date": "2026-08-15", "achievement": "queue", "channel": "slack", "audience": "company", "to": "", "url": "https://example.org/x",
    }  # fmt: skip
    assert shop.brag("announce", "queue", "--channel", "talk", "--to", "petra", "--log").code == 0
    assert (rows(shop)[1]["audience"], rows(shop)[1]["to"]) == ("leadership", "petra")
    waiting = json.loads(shop.brag("announce", "--due", "--json").text)["waiting"]
    assert [(one["achievement"], one["audience"], one["status"]) for one in waiting] == [
        ("deal", "leadership", "overdue")
    ]
    assert shop.brag("announce", "--due", "--audience", "company").text == "Nothing waits to be announced.\n"
    assert shop.brag("coach", "announcements").code == 0


def test_nothing_is_noted_without_being_asked(shop):
    said(shop, "--channel", "slack", "--audience", "company")
    assert rows(shop) == []


def test_a_ledger_that_cannot_be_added_to_stays_as_it_is(shop):
    shop.entry("date,channel\n2026-01-01,talk\n", "private/announcements.csv")
    outcome = shop.brag("announce", "queue", "--channel", "slack", "--audience", "company", "--log")
    assert outcome.code == 1
    assert (shop.root / LEDGER).read_text() == "date,channel\n2026-01-01,talk\n"


@pytest.mark.parametrize(
    ("channel", "limit"), [("slack", 600), ("email", 3000), ("linkedin", 3000), ("status", 280), ("talk", 500)]
)
def test_a_text_keeps_to_the_length_of_its_channel(portfolio, channel, limit):
    long = " ".join(["word"] * 900)
    portfolio.entry(achievement(f"impact: {long}", f"my_part: {long}", f"summary: {long}"))
    told = said(portfolio, "--channel", channel, "--audience", "public", id_="x")
    assert told["limit"] == limit
    assert len(told["text"]) <= limit
    assert "Cut the queue" in told["text"]
    assert told["dropped"] or channel == "status"


@pytest.mark.parametrize("channel", ["slack", "email", "linkedin", "status", "talk"])
def test_a_title_that_is_too_long_alone_is_cut_at_a_word(portfolio, channel):
    portfolio.entry(achievement().replace("Cut the queue", " ".join(["Word"] * 900)))
    told = said(portfolio, "--channel", channel, "--audience", "public", id_="x")
    assert len(told["text"]) <= told["limit"]
    assert "Word…" in told["text"]


def test_a_status_is_one_line_and_a_subject_is_short(portfolio):
    portfolio.entry(achievement().replace("title: Cut the queue", 'title: "Cut\\nthe queue ' + "again " * 20 + '"'))
    assert "\n" not in said(portfolio, "--channel", "status", "--audience", "public", id_="x")["text"]
    subject = said(portfolio, "--channel", "email", "--audience", "public", id_="x")["text"].splitlines()[0]
    assert subject.startswith("Subject: Cut the queue again")
    assert len(subject) <= 78


@pytest.mark.parametrize(("lines", "sentences"), [
    ((), ["Cut the queue.", "I finished it on 20 July 2026.", "Ask me how it was done, and I will show you."]),
    (("impact: Dr. Who came. And left.",), ["Cut the queue.", "Dr. Who came.", "Ask me how it was done, and I will show you."]),
    (("metrics: [{name: time, before: 38, after: 19, unit: min}]",),
     ["Cut the queue.", "time: from 38 min to 19 min (−50\u202f%).", "Ask me how it was done, and I will show you."]),
    (("ongoing: true", "start: 2026-07", "my_part: I plan"),
     ["I am working on this: Cut the queue.", "I plan.", "Ask me how it was done, and I will show you."]),
], ids=str)  # fmt: skip
def test_a_talk_is_three_sentences(portfolio, lines, sentences):
    text = achievement(*lines)
    portfolio.entry(text.replace("date: 2026-07-20\n", "") if "ongoing: true" in lines else text)
    assert said(portfolio, "--channel", "talk", "--audience", "public", id_="x")["text"].splitlines() == sentences


def test_a_theme_may_say_it_otherwise_and_extend_what_it_replaces(shop):
    template = '{% extends "ledger/slack.txt" %}'
    shop.write({"themes/ledger/announce/slack.txt": "Done & dusted: {{ title }} <{{ audience }}>"})
    assert said(shop, "--channel", "slack", "--audience", "company")["text"] == (
        "Done & dusted: Cut the queue from 38 to 9 minutes <company>"
    )
    shop.write({"themes/ledger/announce/slack.txt": template.replace("ledger", "base")})
    assert said(shop, "--channel", "slack", "--audience", "company")["text"].startswith("*Cut the queue")


@pytest.mark.parametrize(("template", "line"), [
    ("one\n{{ nothing }}", 2), ("{% if %}", 1), ("{{ ''.__class__.__mro__ }}", 1), ("{% include 'layout.html' %}", 1),
])  # fmt: skip
def test_a_mistake_in_a_template_has_a_place(shop, template, line):
    shop.write({"themes/ledger/announce/slack.txt": template})
    outcome = shop.brag("announce", "queue", "--channel", "slack", "--audience", "company", "--log")
    assert_sound(outcome)
    assert outcome.errors == [(f"themes/ledger/announce/slack.txt:{line}:1", "theme")]
    assert rows(shop) == []


def test_a_template_that_is_longer_than_its_channel_is_a_mistake(shop):
    shop.write({"themes/ledger/announce/status.txt": "x" * 281})
    outcome = shop.brag("announce", "queue", "--channel", "status", "--audience", "company")
    assert outcome.errors == [("announce/status.txt", "theme")]


def test_a_site_with_announcement_templates_publishes_none_of_them(shop):
    shop.write({"themes/ledger/announce/slack.txt": "zqtemplate", "site_content/site.yaml": SITE})
    assert shop.build("--no-pdf").code == 0
    assert "zqtemplate" not in shop.everything()


def test_a_person_of_no_such_audience_is_a_mistake_in_people_yaml(shop):
    shop.entry("- {id: odd, name: Odd, audience: nowhere}\n", "private/people.yaml")
    outcome = shop.brag("announce", "queue", "--channel", "slack", "--to", "odd", "--log")
    assert outcome.code == 1
    assert ("site_content/private/people.yaml:1:34", "audience-unknown") in outcome.errors
    assert rows(shop) == []


def test_errors_are_told_first(shop):
    shop.entry("---\ntitle: x\nnonsense: y\n---\n", "achievements/bad.md")
    outcome = shop.brag("announce", "queue", "--channel", "slack", "--audience", "company", "--log")
    assert outcome.code == 1
    assert rows(shop) == []


def test_what_is_noted_already_is_not_noted_again(shop):
    for _ in range(2):
        assert shop.brag("announce", "queue", "--channel", "slack", "--audience", "company", "--log").code == 0
    assert len(rows(shop)) == 1
