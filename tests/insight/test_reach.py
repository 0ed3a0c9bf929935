"""Reach: who knows what, by whatever way; shares by stars; and the warnings about people."""

import pytest

from bragfolio.core.insight.hearing import known_by
from bragfolio.core.insight.reach import look_at_reach
from tests.insight.careers import career_of, deeds

PEOPLE = """
- {id: bo, name: Bo, relation: boss, audience: company}
- {id: petra, name: Petra V., relation: skip, audience: leadership, advocate: sponsor, last_contact: 2026-08-01}
- {id: pia, name: Pia, relation: peer, audience: company}
- {id: out, name: Out}
"""
TOLD = "date,achievement,channel,audience,to,url\n"
SENT = "date,campaign,to,file,sha256,channel,outcome\n"
MADE = "date,campaign,audience,page,template,file,sha256,achievements\n"


def career(*rows, told="", sent="", made="", people=PEOPLE, as_of="2026-08-15", **files):
    ledgers = {"announcements.csv": TOLD + told, "sent.csv": SENT + sent, "one-pagers.csv": MADE + made}
    private = {f"private/{name}": text for name, text in {**ledgers, "people.yaml": people}.items()}
    return career_of({**deeds(*rows), **private, **files}, as_of)


def look(*rows, **more):
    return look_at_reach(career(*rows, **more))


@pytest.mark.parametrize(("more", "knowers"), [
    ({"told": "2026-08-12,d0,slack,company,,\n"}, {"bo", "pia"}),  # of that audience; leadership need not have read it
    ({"told": "2026-08-12,d0,email,,petra,\n"}, {"petra"}),
    ({"told": "2026-08-12,d0,email,company,bo,\n"}, {"bo"}),  # a row that names people was for them alone
    ({"told": "2026-08-12,d0,email,company,bo pia,\n"}, {"bo", "pia"}),
    ({"told": "2026-08-12,d0,talk,,,\n"}, set()),  # an empty cell is nobody's audience, not even of who has none
    ({"told": "2026-08-16,d0,slack,company,,\n"}, set()),  # tomorrow
    ({"sent": "2026-08-12,raise,petra,a.pdf,abc,,\n", "made": "2026-08-11,raise,leadership,a4,x,a.pdf,abc,d0 d1\n"}, {"petra"}),
    ({"sent": "2026-08-12,raise,petra,a.pdf,abd,,\n", "made": "2026-08-11,raise,leadership,a4,x,a.pdf,abc,d0\n"}, set()),  # another file
    ({"sent": "2026-08-12,raise,petra,a.pdf,,,\n", "made": "2026-08-11,raise,leadership,a4,x,a.pdf,abc,d0\n"}, {"petra"}),  # by campaign and file
    ({"sent": "2026-08-12,rise,petra,a.pdf,,,\n", "made": "2026-08-11,raise,leadership,a4,x,a.pdf,abc,d0\n"}, set()),
    ({"sent": "2026-08-12,,petra,a.pdf,abc,,\n", "made": "2026-08-11,,public,a4,x,a.pdf,abc,d1\n"}, set()),  # it shows another
    ({"sent": "2026-08-20,raise,petra,a.pdf,abc,,\n", "made": "2026-08-11,raise,leadership,a4,x,a.pdf,abc,d0\n"}, set()),
])  # fmt: skip
def test_somebody_knows_what_they_were_told_or_sent(more, knowers):
    known = known_by(career(("2026-08-10",), ("2026-08-09",), **more))
    assert {person for person, ids in known.items() if "d0" in ids} == knowers


def test_of_two_pages_of_one_name_the_newest_was_sent_whatever_the_order_of_lines():
    lines = ["2026-08-01,raise,company,a4,x,a.pdf,abc,d0\n", "2026-08-02,raise,company,a4,x,a.pdf,abd,d1\n"]
    for made in ("".join(lines), "".join(lines[::-1])):
        known = known_by(career(("2026-08-10",), ("2026-08-09",), sent="2026-08-12,raise,petra,a.pdf,,,\n", made=made))
        assert known["petra"] == {"d1"}


@pytest.mark.parametrize(("feedback", "knows"), [
    ("{from: pia, quote: Yes}", True), ("{from: pia, quote: Yes, date: 2026-08-15}", True),
    ("{from: pia, quote: Yes, date: 2026-08-16}", False), ("{byline: Pia, quote: Yes}", False),
])  # fmt: skip
def test_who_gave_feedback_knows_whether_they_agree_to_be_quoted_or_not(feedback, knows):
    assert ("d0" in known_by(career(("2026-08-10", f"feedback: [{feedback}]")))["pia"]) is knows


def test_reach_is_the_share_of_the_stars_of_180_days():
    rows = [
        ("2026-08-10", "stars: 5"),
        ("2026-02-16", "stars: 2"),
        ("2026-02-15", "stars: 4"),
        ("2026-08-01", "stars: 1"),
    ]
    found = look(*rows, told="2026-08-12,d0,slack,company,,\n2026-03-01,d1,email,,bo,\n2026-03-01,d2,email,,bo,\n")
    assert [(one.person, one.known, str(one.share)) for one in found.people] == [
        ("bo", ("d0", "d1"), "87.50"),  # 7 of 8 stars
        ("petra", (), "0.00"), ("pia", ("d0",), "62.50"), ("out", (), "0.00"),
    ]  # fmt: skip
    assert [(name, str(share)) for name, share in found.relations] == [
        ("boss", "87.50"), ("skip", "0.00"), ("peer", "62.50"), ("other", "0.00"),
    ]  # fmt: skip


def test_a_relation_knows_what_one_of_its_people_knows():
    people = "- {id: a, name: A, relation: peer}\n- {id: b, name: B, relation: peer}\n"
    found = look(("2026-08-10", "stars: 3"), ("2026-08-09", "stars: 1"), ("2026-08-08", "stars: 4"), people=people,
                 told="2026-08-12,d0,email,,a,\n2026-08-12,d0,email,,b,\n2026-08-12,d1,email,,b,\n")  # fmt: skip
    assert [(name, str(share)) for name, share in found.relations] == [("peer", "50.00")]
    (row,) = found.tables[0].rows
    assert [cell.text for cell in row] == ["peer", "2", "2", "50.00 %"]
    assert [cell.entries for cell in row[1:3]] == [("person/a", "person/b"), ("achievement/d0", "achievement/d1")]


@pytest.mark.parametrize(("rows", "told", "answer"), [
    ([("2026-08-10", "stars: 5"), ("2026-08-09",), ("2026-08-08",)], "2026-08-12,d0,email,,petra,\n",
     "Petra V. has not heard of 2 of your 3 biggest wins of the last 180 days."),
    ([("2026-08-10",)] * 7, "", "Petra V. has heard of none of your 5 biggest wins of the last 180 days."),
    ([("2026-08-10",)], "", "Petra V. has not heard of your only win of the last 180 days."),
    ([("2026-08-10",)], "2026-08-12,d0,email,,petra,\n", "Petra V. knows your only win of the last 180 days."),
    ([("2026-08-10",)] * 2, "2026-08-12,d0,email,,petra,\n2026-08-12,d1,email,,petra,\n",
     "Petra V. knows all of your 2 biggest wins of the last 180 days."),
    ([("2025-08-10",)], "", "Nothing was delivered in the last 180 days that anybody could know of."),
])  # fmt: skip
def test_the_answer_is_about_who_matters_most(rows, told, answer):
    assert look(*rows, told=told).answer == answer


def test_who_decides_on_a_promotion_matters_most():
    promotion = {"private/promotion.yaml": "decision_maker: pia"}
    assert look(("2026-08-10",), **promotion).answer == "Pia has not heard of your only win of the last 180 days."


def codes(*rows, **more):
    return [finding.code for finding in look(*rows, **more).findings]


@pytest.mark.parametrize(("person", "warned"), [
    ("relation: skip, advocate: sponsor, last_contact: 2026-05-17", False),  # 90 days
    ("relation: skip, advocate: sponsor, last_contact: 2026-05-16", True),
    ("relation: exec, advocate: sponsor, last_contact: 2026-08-01", False),
    ("relation: boss, advocate: sponsor, last_contact: 2026-08-01", True),  # not above your boss
    ("relation: skip, advocate: supporter, last_contact: 2026-08-01", True),
    ("relation: skip, advocate: sponsor", True),
    ("relation: skip, advocate: sponsor, last_contact: 2026-08-01, cadence_days: 10", True),
    ("relation: skip, advocate: sponsor, last_contact: 2026-01-01, cadence_days: 300", False),
    ("relation: skip, advocate: sponsor, last_contact: 2026-08", False),
])  # fmt: skip
def test_a_sponsor_is_active_within_their_cadence(person, warned):
    assert ("no-sponsor" in codes(people=f"- {{id: a, name: A, {person}}}\n")) is warned


@pytest.mark.parametrize(("skip", "boss", "warned"), [
    (["d1"], ["d0"], False),  # 2 of 4: exactly half
    (["d2"], ["d0"], True),  # 1 of 4
    ([], ["d2"], True), ([], [], False), (["d0"], ["d2"], False),
])  # fmt: skip
def test_a_bosss_boss_should_know_at_least_half_of_what_the_boss_knows(skip, boss, warned):
    rows = [("2026-08-10", "stars: 4"), ("2026-08-10", "stars: 2"), ("2026-08-10", "stars: 1")]
    told = "".join(f"2026-08-12,{id_},email,,{who},\n" for who, ids in (("petra", skip), ("bo", boss)) for id_ in ids)
    assert ("skip-behind-boss" in codes(*rows, told=told)) is warned


def test_it_is_not_said_without_a_boss_and_a_bosss_boss():
    people = "- {id: bo, name: Bo, relation: boss}\n"
    assert "skip-behind-boss" not in codes(("2026-08-10",), told="2026-08-12,d0,email,,bo,\n", people=people)


@pytest.mark.parametrize(("stars", "to", "date", "warned"), [
    (4, "pia", "2026-08-10", True), (3, "pia", "2026-08-10", False), (5, "pia bo", "2026-08-10", False),
    (5, "pia out", "2026-08-10", False), (5, "", "2026-08-10", False), (5, "pia", "2026-02-15", False),
])  # fmt: skip
def test_a_big_win_known_to_peers_alone_is_told(stars, to, date, warned):
    found = look((date, f"stars: {stars}"), told=f"2026-08-12,d0,email,,{to},\n")
    assert [f.entries for f in found.findings if f.code == "peers-only"] == [("achievement/d0", "person/pia")] * warned


@pytest.mark.parametrize(("promotion", "told", "blind"), [
    ("decision_maker: petra", "", ["person/petra"]),
    ("decision_maker: petra", "2026-08-12,d0,email,,petra,\n", []),
    ("decision_maker: petra", "2026-08-12,d1,email,,petra,\n", ["person/petra"]),  # that was long ago
    ("decision_maker: petra\nvoters: [petra, bo]", "", ["person/petra", "person/bo"]),
    ("decision_maker: stranger", "", []),
])  # fmt: skip
def test_who_decides_should_have_seen_something(promotion, told, blind):
    rows = [("2026-08-10", "stars: 4"), ("2025-08-10", "stars: 5")]
    found = look(*rows, told=told, **{"private/promotion.yaml": promotion})
    assert [f.entries[0] for f in found.findings if f.code == "decision-maker-blind"] == blind


@pytest.mark.parametrize(("person", "overdue"), [
    ("last_contact: 2026-07-16, cadence_days: 30", False), ("last_contact: 2026-07-15, cadence_days: 30", True),
    ("cadence_days: 30", True), ("last_contact: 2020-01-01", False), ("last_contact: 2026-09-01, cadence_days: 1", False),
    ("last_contact: 2026-07, cadence_days: 15", False),  # 31 July
])  # fmt: skip
def test_contact_is_overdue_after_the_cadence(person, overdue):
    assert ("contact-overdue" in codes(people=f"- {{id: a, name: A, relation: peer, {person}}}\n")) is overdue


def test_charts_hold_what_they_count():
    rows = [("2026-08-10", "stars: 5"), ("2026-08-09", "stars: 3")]
    bars, grid = look(*rows, told="2026-08-12,d0,slack,company,,\n").charts
    assert [(bar.label, str(bar.parts[0].number), bar.parts[0].entries) for bar in bars.bars][:2] == [
        ("Bo", "62.50", ("achievement/d0",)), ("Petra V.", "0.00", ()),
    ]  # fmt: skip
    assert [[square.text for square in row.squares] for row in grid.rows][:2] == [["knows", "no"], ["no", "no"]]
    assert [[square.alarm for square in row.squares] for row in grid.rows] == [
        [False, True],
        [True, True],
        [False] * 2,
        [False] * 2,
    ]


def test_the_coach_is_silent_without_people():
    assert look(("2026-08-10",), people="") is None


def test_findings_can_be_followed_and_the_order_of_lines_changes_nothing():
    rows = [("2026-08-10", "stars: 4"), ("2026-08-09", "stars: 5")]
    lines = ["2026-08-12,d0,email,,pia,\n", "2026-08-12,d1,email,,bo,\n"]
    there, back = (look(*rows, told="".join(order)) for order in (lines, lines[::-1]))
    assert there == back
    assert there.findings
    assert all(f.sentence.endswith(".") and f.action and f.gain > 0 for f in there.findings)


@pytest.mark.parametrize(("person", "visibility", "action"), [
    ("relation: skip, audience: leadership", "leadership", "`brag announce d0 --channel email --to a --log`"),
    ("relation: skip, audience: company", "leadership", "A may not see it; see why: `brag explain d0 --audience company`"),
    ("relation: skip", "public", "say in private/people.yaml which audience A belongs to"),
])  # fmt: skip
def test_an_action_is_one_that_brag_will_not_refuse(person, visibility, action):
    text = deeds(("2026-08-10", "stars: 4"))["achievements/d0.md"].replace("public", visibility)
    found = look(
        people=f"- {{id: a, name: A, {person}}}\n",
        **{"achievements/d0.md": text, "private/promotion.yaml": "decision_maker: a"},
    )
    (blind,) = [finding for finding in found.findings if finding.code == "decision-maker-blind"]
    assert blind.action == f"begin with your biggest win: {action}"


def test_an_action_begins_with_the_biggest_win_that_may_be_heard_of():
    files = deeds(("2026-08-10", "stars: 5"), ("2026-08-09", "stars: 3"))
    files["achievements/d0.md"] = files["achievements/d0.md"].replace("public", "private")
    found = look(
        people="- {id: a, name: A, audience: company}\n", **files, **{"private/promotion.yaml": "decision_maker: a"}
    )
    (blind,) = [finding for finding in found.findings if finding.code == "decision-maker-blind"]
    assert (blind.entries, blind.gain) == (("person/a", "achievement/d1"), 3.0)


def test_a_day_later_only_days_change():
    people = PEOPLE + "- {id: di, name: Di, cadence_days: 5, last_contact: 2026-08-01}\n"
    rows = [("2026-08-10", "stars: 4"), ("2026-07-10", "stars: 3")]
    today, tomorrow = (look(*rows, people=people, as_of=day) for day in ("2026-08-15", "2026-08-16"))
    assert (today.people, today.relations, today.charts, today.answer) == (
        tomorrow.people, tomorrow.relations, tomorrow.charts, tomorrow.answer,
    )  # fmt: skip
    assert [f.sentence for f in today.findings] == ["You last talked to Di 14 days ago, and want to every 5."]
    assert [f.sentence for f in tomorrow.findings] == ["You last talked to Di 15 days ago, and want to every 5."]
