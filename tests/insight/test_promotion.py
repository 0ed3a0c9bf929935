"""Promotion: days to the next cycle, months in the level, sponsors, and who of those who decide knows the proofs."""

import datetime as dt

import pytest

from bragfolio.core.insight.promotion import look_at_promotion, look_with_knowledge
from bragfolio.core.insight.standing import hurry, months_between
from tests.insight.careers import career_of, deeds
from tests.insight.test_ladder import LADDER, LINK, ROLE, TD1

CYCLE = "cycles: [{id: 2026-H2, opens: 2026-09-01, packet_due: 2026-09-22, decision: 2026-10-15}]\n"
SENIOR = ROLE.format(level="swe/senior")
PEOPLE = """\
- {id: petra, name: Petra V., relation: skip, audience: leadership, advocate: supporter}
- {id: jan, name: Jan B., relation: boss, advocate: sponsor}
- {id: eva, name: Eva K., relation: exec, advocate: sponsor}
- {id: tom, name: Tom D., relation: peer, advocate: sponsor}
"""


def look(promotion=CYCLE, *rows, as_of="2026-08-15", known=None, role=SENIOR, people=PEOPLE):
    files = {
        "private/promotion.yaml": "target: swe/staff\n" + promotion, "private/ladders/swe.yaml": LADDER,
        "private/people.yaml": people, "private/roles/acme.md": role, **deeds(*rows),
    }  # fmt: skip
    found = look_with_knowledge(career_of(files, as_of), known)
    assert found
    return found


def codes_of(found):
    return [finding.code for finding in found.findings]


@pytest.mark.parametrize(("as_of", "answer", "codes"), [
    ("2026-07-23", "opens in 40 days (2026-09-01), wants the packet in 61 days (2026-09-22) and decides in 84 days (2026-10-15)", []),
    ("2026-07-24", "opens in 39 days (2026-09-01), wants the packet in 60 days (2026-09-22) and decides in 83 days (2026-10-15)",
     ["packet-due"]),
    ("2026-09-22", "wants the packet today (2026-09-22) and decides in 23 days (2026-10-15)", ["packet-due"]),
    ("2026-09-23", "decides in 22 days (2026-10-15)", []),
    ("2026-10-15", "decides today (2026-10-15)", []),
])  # fmt: skip
def test_the_days_are_counted_down(as_of, answer, codes):
    found = look(as_of=as_of)
    assert found.answer == f"The cycle 2026-H2 {answer}. 0 of 3 criteria of Staff are sustained."
    assert codes_of(found) == codes


def test_after_the_last_cycle_none_is_to_come():
    found = look(as_of="2026-10-16")
    assert found.answer == "No cycle is to come. 0 of 3 criteria of Staff are sustained."
    assert codes_of(found) == ["cycle-unknown"]
    assert found.charts == ()


@pytest.mark.parametrize(("cycles", "id_"), [
    ("[{id: b, decision: 2026-12-01}, {id: a, decision: 2026-10-15}, {id: old, decision: 2026-08-14}]", "a"),
    ("[{id: b, decision: 2026-10-15}, {id: a, decision: 2026-10-15}]", "a"),
    ("[{id: month, packet_due: 2026-08-01, decision: 2026-08}, {id: b, decision: 2026-10-15}]", "month"),
    ("[{id: empty}, {id: b, opens: 2026-10-15}]", "b"),
    ("[{id: year, decision: 2026}]", "year"),
], ids=["the nearest", "a tie", "a month ends on its last day", "one without days", "a year"])  # fmt: skip
def test_the_next_cycle_is_the_one_that_decides_first(cycles, id_):
    assert look(f"cycles: {cycles}\n").round.id == id_


def test_a_packet_due_in_a_month_is_due_on_its_first_day():
    found = look("cycles: [{id: a, packet_due: 2026-09, decision: 2026-10}]\n")
    assert (str(found.round.due), str(found.round.decision)) == ("2026-09-01", "2026-10-31")


def test_the_packet_weighs_more_as_its_day_comes_near():
    gains = [round(look(as_of=day).findings[0].gain, 2) for day in ("2026-07-24", "2026-08-23", "2026-09-22")]
    assert gains == [1.75, 2.5, 4.0]  # 5 stars, 0.8 likely, times 0.25 + 0.75 * 0.5^(days / 30) for 60, 30 and 0 days
    assert hurry(None) == 0.25


def test_the_packet_names_what_is_open():
    found = look(CYCLE, ("2026-07-20", TD1, LINK), ("2026-06-20", TD1))
    finding = found.findings[0]
    assert finding.sentence == "The packet is due in 38 days, and 2 of 3 criteria are not sustained."
    assert finding.action.startswith("write it: `brag packet swe/staff`")
    assert (found.sustained, str(found.coverage)) == ((1, 3), "33.33")


@pytest.mark.parametrize(("first", "last", "months"), [
    ("2026-01-15", "2026-01-15", 0),
    ("2026-01-15", "2026-02-14", 0),
    ("2026-01-15", "2026-02-15", 1),
    ("2026-01-31", "2026-02-27", 0),
    ("2026-01-31", "2026-02-28", 1),
    ("2024-01-31", "2024-02-28", 0),
    ("2024-02-29", "2025-02-28", 12),
    ("2024-02-29", "2025-02-27", 11),
    ("2025-12-31", "2026-01-30", 0),
])  # fmt: skip
def test_months_are_whole(first, last, months):
    assert months_between(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) == months


@pytest.mark.parametrize(("positions", "months"), [
    ("- {title: A, level: swe/senior, start: 2025-01, end: present}", 18),  # from 31 January 2025
    ("- {title: A, level: swe/senior, start: 2025, end: present}", 7),
    ("- {title: A, level: swe/senior, start: 2026, end: present}", 0),
    ("- {title: A, level: swe/senior, start: 2025-08-15}", 12),
    ("- {title: A, level: swe/senior, start: 2025-08-16}", 11),
    ("- {title: B, level: swe/senior, start: 2025-01-01}\n- {title: A, level: swe/senior, start: 2024-01-01}", 31),
    ("- {title: B, level: swe/staff, start: 2025-01-01}\n- {title: A, level: swe/senior, start: 2024-01-01}", 19),
    ("- {title: B, start: 2026-09-01}\n- {title: A, level: swe/senior, start: 2024-01-01}", 31),
    ("- {title: A, level: swe/senior, end: present}", None),
    ("- {title: A, level: swe/senior, start: 2020-01, end: 2026-08-14}", None),
    ("- {title: A, level: swe/senior, start: 2020-01-01, end: 2026-08}", 79),
], ids=[
    "a month", "a year", "this year", "to the day", "a day less", "a new title at the same level", "promoted",
    "the next one has not begun", "no start", "left yesterday", "leaves this month",
])  # fmt: skip
def test_months_in_a_level(positions, months):
    role = f"---\nemployer: Acme\npositions:\n{positions}\n---\n"
    assert look(role=role).months == months


@pytest.mark.parametrize(("least", "codes"), [(20, []), (21, ["level-too-young"])])
def test_the_level_has_to_be_old_enough_on_the_day_of_the_decision(least, codes):
    found = look(f"min_months_in_level: {least}\n" + CYCLE, as_of="2026-06-01")  # 31 January 2025 to 15 October 2026
    assert codes_of(found) == codes
    sentences = ["On 2026-10-15 you will have been in your level for 20 months; 21 are asked for."] if codes else []
    assert [finding.sentence for finding in found.findings] == sentences


@pytest.mark.parametrize(("voting", "sponsors"), [
    ("", ("eva",)),
    ("voters: [jan]\n", ("jan", "eva")),
    ("decision_maker: jan\n", ("jan", "eva")),
    ("voters: [petra, tom, jan]\n", ("jan", "eva", "tom")),
])  # fmt: skip
def test_a_sponsor_votes_or_is_above_the_boss(voting, sponsors):
    assert look(voting + CYCLE).sponsors == sponsors


def test_the_warmest_of_those_who_are_heard_is_asked_to_be_a_sponsor():
    found = look("sponsors_required: 2\n" + CYCLE, as_of="2026-06-01")
    (finding,) = found.findings
    assert finding.sentence == "2 sponsors are needed, and you have 1 (Eva K.)."
    assert finding.action.startswith("ask Petra V. to speak for you")
    assert finding.entries == ("person/petra", "person/eva")
    alone = look("sponsors_required: 1\n" + CYCLE, as_of="2026-06-01", people="")
    assert [finding.sentence for finding in alone.findings] == ["1 sponsor is needed, and you have none."]


def test_who_decides_and_knows_nothing_is_told():
    rows = [("2026-05-20", TD1, LINK, "stars: 4"), ("2026-03-20", TD1, "stars: 5")]
    deciding = "decision_maker: petra\nvoters: [jan, petra]\n" + CYCLE
    found = look(deciding, *rows, as_of="2026-06-01", known={"jan": frozenset({"d0", "other"})})
    assert [(one.id, one.part, one.known) for one in found.aware] == [
        ("petra", "decides", ()), ("jan", "votes", ("achievement/d0",)),
    ]  # fmt: skip
    (finding,) = found.findings
    assert finding.sentence == "Petra V. decides, and knows of none of the 2 achievements that prove Staff."
    assert "`brag announce d1 --channel talk --to petra --log`" in finding.action
    assert finding.entries == ("person/petra", "achievement/d1", "achievement/d0")


def test_who_knows_what_is_asked_once_something_was_announced():
    files = {
        "private/promotion.yaml": "target: swe/staff\ndecision_maker: petra\n" + CYCLE, "private/people.yaml": PEOPLE,
        "private/ladders/swe.yaml": LADDER, **deeds(("2026-05-20", TD1)),
    }  # fmt: skip
    found = look_at_promotion(career_of(files))
    assert found
    assert found.aware is None
    told = "date,achievement,channel,audience,to,url\n2026-05-21,d0,email,,petra,\n"
    found = look_at_promotion(career_of({**files, "private/announcements.csv": told}))
    assert found
    assert found.aware
    assert [(one.id, one.known) for one in found.aware] == [("petra", ("achievement/d0",))]
    assert "decider-unaware" not in codes_of(found)


def test_the_rules_are_held_against_what_there_is():
    found = look("min_months_in_level: 12\nsponsors_required: 2\n" + CYCLE)
    assert [[cell.text for cell in row] for row in found.tables[0].rows] == [
        ["months in level", "12", "18", "yes"], ["sponsors", "2", "1", "not yet"], ["criteria sustained", "3", "0", "not yet"],
    ]  # fmt: skip


def test_the_calendar_alarms_while_the_packet_is_due():
    (calendar,) = look().charts
    assert (str(calendar.first_day), str(calendar.today), str(calendar.last_day)) == (
        "2026-08-15",
        "2026-08-15",
        "2026-10-15",
    )
    assert [(moment.label, str(moment.first_day), moment.alarm) for moment in calendar.moments] == [
        ("opens", "2026-09-01", False), ("packet due", "2026-09-22", True), ("decision", "2026-10-15", False),
    ]  # fmt: skip


def test_nothing_is_said_without_a_promotion():
    assert look_at_promotion(career_of(deeds(("2026-07-20",)))) is None


def test_an_empty_promotion_asks_for_nothing():
    found = look_at_promotion(career_of({"private/promotion.yaml": "voters: []\n"}))
    assert found
    assert found.answer == "No cycle is to come. The next level has no criteria in private/ladders/ yet."
    assert (found.coverage, found.months, found.sponsors) == (None, None, ())
