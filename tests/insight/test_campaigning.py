"""Campaigning: windows, claims as their audience sees them, and who got the one-pager."""

import pytest

from bragfolio.core.insight.campaigning import look_at_campaigns
from tests.insight.careers import career_of, deed, deeds

PEOPLE = "- {id: petra, name: Petra}\n- {id: jan, name: Jan}\n"
SENT = "date,campaign,to,file,sha256,channel,outcome\n"


def campaign(*lines):
    return "\n".join(["---", "title: Raise", "audience: company", *lines, "---", ""])


def look(*lines, sent="", as_of="2026-08-15", **files):
    base = {"campaigns/raise.md": campaign(*lines), "private/people.yaml": PEOPLE, "private/sent.csv": SENT + sent}
    return look_at_campaigns(
        career_of({**deeds(("2026-08-01",), ("2026-07-01",), ("2025-01-01",)), **base, **files}, as_of)
    )


@pytest.mark.parametrize(("end", "left", "codes", "answer"), [
    ("2026-08-30", 15, [], "1 campaign runs. “Raise” ends in 15 days."),
    ("2026-08-29", 14, ["campaign-ending"], "1 campaign runs. “Raise” ends in 14 days."),
    ("2026-08-15", 0, ["campaign-ending"], "1 campaign runs. “Raise” ends today."),
    ("2026-08", 16, [], "1 campaign runs. “Raise” ends in 16 days."),
    ("2026-08-14", 0, ["campaign-over"], "No campaign runs."),
])  # fmt: skip
def test_a_window_ends_on_its_last_day(end, left, codes, answer):
    found = look(f"end: {end}")
    assert (found.pushes[0].days_left, [finding.code for finding in found.findings], found.answer) == (
        left,
        codes,
        answer,
    )


def test_a_campaign_without_an_end_runs():
    found = look()
    assert (found.answer, found.pushes[0].days_left, found.findings) == ("1 campaign runs.", None, ())


@pytest.mark.parametrize(("proof", "codes"), [
    ("d0, d1", []), ("d0", ["claim-thin"]), ("d2, d2", ["claim-thin", "claim-stale"]), ("d0, secret", ["claim-thin"]),
])  # fmt: skip
def test_claims_stand_on_what_their_audience_sees(proof, codes):
    secret = {"achievements/secret.md": deed("2026-08-02").replace("public", "leadership")}
    found = look(f"claims: [{{text: Cuts cost, proof: [{proof}]}}]", **secret)
    assert [finding.code for finding in found.findings] == codes


@pytest.mark.parametrize(("sent", "missing"), [
    ("", ("petra", "jan")), ("2026-08-10,raise,petra,a.pdf,x,,\n", ("jan",)), ("2026-08-10,other,petra,a.pdf,x,,\n", ("petra", "jan")),
    ("2026-08-16,raise,petra,a.pdf,x,,\n", ("petra", "jan")), ("2026-08-10,raise,petra jan,a.pdf,x,,\n", ()),
])  # fmt: skip
def test_whoever_it_is_meant_for_should_get_its_one_pager(sent, missing):
    found = look("to: [petra, jan]", sent=sent)
    assert found.pushes[0].not_sent_to == missing
    assert [finding.entries[1:] for finding in found.findings] == [tuple(f"person/{id_}" for id_ in missing)] * bool(
        missing
    )


def test_the_calendar_spans_all_windows_and_today():
    other = {"campaigns/other.md": campaign("start: 2026-05-10", "end: 2026-06-30").replace("Raise", "Old")}
    (calendar,) = look(
        "start: 2026-07-01", "end: 2026-08-20", sent="2026-08-10,raise,petra,a.pdf,x,,\n", **other
    ).charts
    assert (str(calendar.first_day), str(calendar.last_day), str(calendar.today)) == (
        "2026-05-01",
        "2026-08-21",
        "2026-08-15",
    )
    assert [(moment.label, str(moment.first_day), moment.alarm) for moment in calendar.moments] == [
        ("Old", "2026-05-10", False), ("Raise", "2026-07-01", True),
    ]  # fmt: skip
    assert [[cell.text for cell in row][-2:] for row in calendar.table.rows] == [["over", "nobody"], ["5 d", "Petra"]]


def test_the_coach_is_silent_without_campaigns():
    assert look_at_campaigns(career_of(deeds(("2026-08-01",)))) is None
