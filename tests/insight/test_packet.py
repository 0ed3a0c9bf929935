"""Packet: what each criterion asks for and what proves it, as its readers may see it, and as Markdown."""

import json

import pytest

from tests.insight.test_ladder import LADDER, ROLE
from tests.portfolios import assert_sound

PROMOTION = "target: swe/staff\ncycles: [{id: 2026-H2, packet_due: 2026-09-22, decision: 2026-10-15}]\n"
SITE = "title: Ada Quill\nperson: {name: Ada Quill, headline: Makes slow things fast}\nrepository: private\n"
CUT = """\
---
title: Cut checkout p99
date: 2026-07-20
visibility: company
impact: Fewer carts are left.
my_part: I found the lock.
ladder: [swe/staff/td1, swe/staff/td2]
metrics:
  - {name: p99, before: 2.4, after: 0.9, unit: s}
  - {name: revenue, value: 1100000, unit: EUR/year, approximate: true}
  - {name: margin, value: 4, visibility: self}
evidence:
  - {label: Post-mortem, url: "https://example.com/post"}
  - {label: Secret plan, url: "https://example.com/plan", visibility: private}
feedback:
  - {from: petra, byline: Director of shops, quote: The calmest sale ever, consent: company}
  - {from: jan, quote: Only between us}
---
"""
HIDDEN = "---\ntitle: Fired the vendor\ndate: 2026-05-02\nladder: [swe/staff/mentoring, swe/staff/td1]\n---\n"
EARLIER = "---\ntitle: Wrote <the> plan\ndate: 2026-04\nvisibility: leadership\nladder: [swe/staff/direction]\n---\n"
FILES = {
    "site.yaml": SITE, "private/ladders/swe.yaml": LADDER, "private/promotion.yaml": PROMOTION,
    "private/people.yaml": "- {id: petra, name: Petra V.}\n- {id: jan, name: Jan B.}\n",
    "achievements/cut.md": CUT, "achievements/plan.md": EARLIER, "private/achievements/vendor.md": HIDDEN,
    "roles/acme.md": ROLE.format(level="swe/senior").replace("employer", "visibility: company\nemployer"),
}  # fmt: skip
PACKET = """\
# Ada Quill – Staff

Makes slow things fast

Software engineer: Staff.

Now Engineer, at this level since 2025-01. For the cycle 2026-H2, packet due on 2026-09-22. As of 2026-08-15.

## Technical direction

### Sets direction beyond the own team

- **Cut checkout p99** (2026-07-20). Fewer carts are left. I found the lock.
  - p99: 2.4 → 0.9 s (−63\u202f%)
  - revenue: about 1,100,000 EUR/year
  - [Post-mortem](<https://example.com/post>)
  - “The calmest sale ever” – Director of shops
- **Wrote \\<the> plan** (2026-04).

### Writes down why

- **Cut checkout p99** (2026-07-20), see above
- **Wrote \\<the> plan** (2026-04), see above
"""
FOLDER = "site_content/private/packets"


@pytest.fixture
def filled(portfolio):
    for path, text in FILES.items():
        portfolio.entry(text, path)
    return portfolio


def write(portfolio, *words):
    outcome = portfolio.brag("packet", *words)
    assert_sound(outcome)
    return outcome


def test_a_packet_holds_what_its_readers_see(filled):
    outcome = write(filled, "--markdown")
    assert outcome.code == 0, outcome.text
    text = (filled.root / FOLDER / "swe-staff-leadership-2026-08-15.md").read_text(encoding="utf-8")
    assert text == PACKET.replace("−", "\u2212")
    assert "2 achievements for 2 of the 3 criteria of Staff" in outcome.text
    assert "does not see vendor" in outcome.text
    assert filled.brag("check").problems == []


@pytest.mark.parametrize(("audience", "never"), [
    ("leadership", ("Fired", "vendor", "Only between us", "Jan", "Petra", "plan>", "Secret", "margin", "missing", "lacks", "partial")),
    ("company", ("Wrote", "Fired")),
    ("public", ("Cut", "Wrote", "Fired", "Engineer,")),
])  # fmt: skip
def test_what_readers_may_not_see_is_not_in_it(filled, audience, never):
    assert write(filled, "swe/staff", "--audience", audience, "--out", "packet.md").code == 0
    text = (filled.root / "packet.md").read_text(encoding="utf-8")
    assert [word for word in never if word in text] == []
    assert "Mentoring" not in text


def test_what_is_hidden_changes_no_byte(filled):
    write(filled, "--out", "with.md")
    (filled.root / "site_content/private/achievements/vendor.md").unlink()
    write(filled, "--out", "without.md")
    assert (filled.root / "with.md").read_bytes() == (filled.root / "without.md").read_bytes()


def test_for_oneself_it_says_what_is_missing(filled):
    assert write(filled, "--audience", "self", "--out", "mine.md").code == 0
    text = (filled.root / "mine.md").read_text(encoding="utf-8")
    assert "### Sets direction beyond the own team\n\n**Sustained.**\n\n- **Cut checkout p99**" in text
    assert "“Only between us” – Jan B." in text
    assert (
        "### Grows others\n\n**Partial.** It lacks 1 more proof, proofs from 2 quarters instead of 1 and a link, a file or "
        "somebody's feedback beside 1 proof.\n\n- **Fired the vendor** (2026-05-02), see above"
    ) in text


def test_gaps_are_those_that_the_readers_see(filled):
    assert write(filled, "--gaps", "--out", "gaps.md").code == 0
    text = (filled.root / "gaps.md").read_text(encoding="utf-8")
    assert "### Grows others\n\n**Missing.** There is no proof yet.\n" in text
    assert "Fired" not in text
    assert "hidden" not in text


@pytest.mark.parametrize(("level", "wrong", "hint"), [
    ("swe/stuff", "there is no level “swe/stuff”", "did you mean “swe/staff”?"),
    ("principal", "there is no level “principal”", "write one of swe/senior, swe/staff"),
])  # fmt: skip
def test_an_unknown_level_is_told(filled, level, wrong, hint):
    outcome = write(filled, level)
    assert (outcome.said("not-found").message, outcome.said("not-found").hint) == (wrong, hint)
    assert outcome.code == 1
    assert not (filled.root / FOLDER).exists()


def test_a_level_of_one_ladder_needs_no_path(filled):
    assert write(filled, "senior", "--markdown").code == 0
    text = (filled.root / FOLDER / "swe-senior-leadership-2026-08-15.md").read_text(encoding="utf-8")
    assert text.endswith("There is no proof yet.\n")
    filled.entry(LADDER.replace("id: swe", "id: other"), "private/ladders/other.yaml")
    outcome = write(filled, "senior")
    assert outcome.said("not-found").hint == "write one of other/senior, swe/senior"


def test_without_a_ladder_or_a_target_it_says_what_to_do(portfolio):
    assert "brag import ladder" in write(portfolio).said("not-found").hint
    portfolio.entry(LADDER, "private/ladders/swe.yaml")
    assert "target:" in write(portfolio).said("not-found").hint


def test_an_edited_packet_is_kept(filled):
    path = filled.root / FOLDER / "swe-staff-leadership-2026-08-15.md"
    write(filled, "--markdown")
    assert write(filled, "--markdown").code == 0  # the same again
    path.write_text("mine", encoding="utf-8")
    outcome = write(filled, "--markdown")
    assert outcome.said("output-folder").hint.startswith("--force")
    assert path.read_text(encoding="utf-8") == "mine"
    assert write(filled, "--markdown", "--force").code == 0
    assert path.read_text(encoding="utf-8").startswith("# Ada Quill")


@pytest.mark.parametrize(
    "out", ["output/p.md", "site_content/p.md", "p.txt", "site_content", "site_content/site.yaml/p.md"]
)
def test_a_packet_is_never_written_where_it_is_published(filled, out):
    outcome = write(filled, "--out", out)
    assert outcome.code == 1
    assert outcome.said("output-folder").hint


def test_a_packet_that_git_may_track_is_told(filled):
    assert "keep it out of git" in write(filled, "--out", "p.md").text
    assert "keep it out of git" not in write(filled, "--markdown").text


def test_an_unknown_audience_is_wrong_usage(filled):
    assert write(filled, "--audience", "leaders").code == 2


def test_with_an_error_nothing_is_written(filled):
    filled.entry(CUT.replace("td1", "td7"), "achievements/cut.md")
    outcome = write(filled)
    assert [code for _, code in outcome.errors] == ["reference"]
    assert not (filled.root / FOLDER).exists()


def test_json_holds_the_packet(filled):
    outcome = filled.brag("packet", "--json", "--out", "p.md", "-q")
    found = json.loads(outcome.text)
    assert (found["file"], found["left_out"], found["hidden"]) == ("p.md", 1, ["vendor"])
    first = found["packet"]["criteria"][0]
    assert (first["id"], first["state"], first["gap"]) == ("td1", "", "")
    assert first["proofs"][0]["corroborations"][0]["url"] == "https://example.com/post"
    assert first["proofs"][1]["date"] == "2026-04"
