"""Review: what falls into the window, in which group it is told, what its audience sees, and how it reads."""

import datetime as dt
import json

import pytest

from bragfolio.core.exporters.markdown import paragraph
from bragfolio.core.insight.review import Window, review
from bragfolio.core.render.review import review_markdown
from tests.insight.careers import career_of, deed, deeds, seen_by
from tests.portfolios import achievement

GOALS = (
    "- {id: b, title: Goal B, owner: petra, level: company}\n- {id: a, title: Goal A}\n"
    "- {id: mine, title: Be promoted, level: own}\n- {id: idle, title: Nothing done}\n"
)
PRIVATE = {"private/goals.yaml": GOALS, "private/people.yaml": "- {id: petra, name: Petra V.}\n"}


def look(files, since="2026-01-01", until="2026-06-30", *, by="goal", audience="company", as_of="2026-08-15"):
    window = Window(dt.date.fromisoformat(since), dt.date.fromisoformat(until))
    return review(career_of(files, as_of), seen_by(audience, files, as_of), window, by)


@pytest.mark.parametrize(("lines", "is_in"), [
    (("2026-01-01",), True), (("2025-12-31",), False), (("2026-06-30",), True), (("2026-07-01",), False),
    (("2026-06",), True),  # its last day
    (("2026-01",), True), (("2025-12",), False), (("2025",), False),
    (("2026",), False),  # in August it may still come: 15 August
    (("2026-03-01", "ongoing: true"), False),
], ids=str)  # fmt: skip
def test_an_achievement_counts_on_the_last_day_that_its_date_may_mean(lines, is_in):
    assert [item.id for item in look(deeds(lines)).done] == ["d0"] * is_in


def test_what_is_planned_is_not_done_whatever_the_window_says():
    assert [
        item.id for item in look(deeds(("2026-08-16",), ("2026-08-15",), ("2026-08",)), until="2026-12-31").done
    ] == ["d1", "d2"]


def test_a_leap_day_is_a_day():
    files = deeds(("2028-02-29",), ("2028-02",), ("2028-03-01",))
    found = look(files, "2028-02-29", "2028-02-29", as_of="2028-06-01")
    assert [item.id for item in found.done] == ["d0", "d1"]


def test_goals_come_in_their_order_and_each_achievement_is_told_once():
    files = {
        **PRIVATE,
        **deeds(
            ("2026-02-01", "goals: [a]"), ("2026-03-01", "goals: [a, b]"), ("2026-04-01", "goals: [mine]"),
            ("2026-05-01",), ("2026-05-02", "goals: [gone]"),
        ),
    }  # fmt: skip

    def groups(audience):
        found = look(files, audience=audience)
        return [
            (group.title, group.owner, [x.id for x in group.items], [(x.id, told) for x, told in group.also])
            for group in found.groups
        ]

    told = [("Goal B", "Petra V.", ["d1"], []), ("Goal A", "", ["d0"], [("d1", "Goal B")])]
    assert groups("company") == [*told, ("", "", ["d4", "d3", "d2"], [])]
    assert groups("market") == [("", "", ["d4", "d3", "d2", "d1", "d0"], [])]
    assert groups("self") == [*told, ("Be promoted", "", ["d2"], []), ("", "", ["d4", "d3"], [])]


def test_competencies_come_by_their_stars_whatever_their_spelling():
    files = deeds(
        ("2026-02-01", "competencies: [calm, Leading-Change]", "stars: 1"),
        ("2026-03-01", "competencies: [leading change]", "stars: 2"),
        ("2026-04-01", "competencies: [analysis]", "stars: 3"),
        ("2026-05-01", "stars: 5"),
    )
    found = look(files, by="competency")
    assert [(group.title, [x.id for x in group.items], [x.id for x, _ in group.also]) for group in found.groups] == [
        ("analysis", ["d2"], []), ("leading change", ["d1", "d0"], []), ("calm", [], ["d0"]), ("", ["d3"], []),
    ]  # fmt: skip
    assert [item.id for item in found.biggest] == ["d3", "d2", "d1", "d0"]


def test_only_what_the_audience_sees_is_in_it():
    files = {
        **PRIVATE,
        "private/achievements/secret.md": "---\ntitle: Secret\ndate: 2026-02-01\ngoals: [a]\nskills: [Hidden]\n---\n",
        "achievements/a.md": deed(
            "2026-02-02", "skills: [Go]", "metrics: [{name: cost, value: 4711, visibility: leadership}]",
            "feedback: [{from: petra, quote: Whispered}]",
        ),
        "achievements/b.md": deed("2026-02-03").replace("public", "leadership"),
        "achievements/old.md": deed("2025-02-02", "skills: [SQL]"),
        "achievements/more.md": deed("2026-03-02", "skills: [SQL]"),
        "achievements/now.md": "---\ntitle: Still at it\nstart: 2026-05\nongoing: true\nvisibility: company\n---\n",
        "skills/rust.md": "---\nname: Rust\nintent: learn\nvisibility: public\n---\n",
    }  # fmt: skip
    found = look(files)
    assert [item.id for item in found.done] == ["more", "a"]
    assert [ref.name for ref in found.first_proven] == ["Go"]
    assert [item.id for item in found.ongoing] == ["now"]
    assert [ref.name for ref in found.growing] == ["Rust"]
    text = review_markdown(found)
    for hidden in ("Secret", "Hidden", "4711", "Whispered"):
        assert hidden not in text
    assert "Secret" in review_markdown(look(files, audience="self"))


def test_it_reads_like_this():
    files = {
        **PRIVATE,
        "site.yaml": "title: x\nperson: {name: Ada Quill}\n",
        "achievements/a.md": deed(
            "2026-02-02", "goals: [b]", "impact: Nobody waits.", "my_part: I moved the desk.", "stars: 4", "skills: [Go]",
            "metrics: [{name: queue, before: 38, after: 9, unit: min, better: lower, source: Clock}]",
            "evidence: [{label: Report, url: 'https://example.org/r'}]",
            "feedback: [{quote: It works, byline: A nurse, consent: company}]",
            title="Halved the *queue*",
        ),
        "achievements/b.md": deed("2026-03", title="Plain"),
        "achievements/now.md": "---\ntitle: Still at it\nstart: 2026-05\nongoing: true\nvisibility: company\n---\n",
    }  # fmt: skip
    assert review_markdown(look(files)) == (
        "# Self-assessment, Ada Quill, 1 January 2026 to 30 June 2026\n\n## Summary\n\n"
        "2 achievements; 1 of them serves 1 goal. 1 measured, 1 with evidence or feedback.\n\nBiggest results:\n\n"
        "- Halved the \\*queue\\* – queue: 38 → 9 min (−76 %)\n- Plain\n\n"
        "Skills first shown in this time: Go.\n\n## Goal: Goal B (Petra V.)\n\n"
        "### Halved the \\*queue\\* (2 February 2026)\n\nNobody waits.\n\n- queue: 38 → 9 min (−76 %), Clock\n\n"
        "My part: I moved the desk.\n\nEvidence:\n\n- Report: <https://example.org/r>\n- “It works”, A nurse\n\n"
        "## Other achievements\n\n### Plain (March 2026)\n\n## What comes next\n\n- Still at it, since May 2026\n"
    )


def test_nothing_done_is_said_plainly():
    assert review_markdown(look({"site.yaml": "title: ''\n"})) == (
        "# Self-assessment, 1 January 2026 to 30 June 2026\n\n## Summary\n\nNothing is written down for this time.\n"
    )


def test_the_order_of_the_files_changes_nothing():
    files = {**PRIVATE, **deeds(("2026-02-01", "goals: [a]"), ("2026-02-01", "goals: [b]"), ("2026-02-01",))}
    assert review_markdown(look(dict(reversed(files.items())))) == review_markdown(look(files))


@pytest.mark.parametrize(("text", "line"), [
    ("Cut p99 by 63 %", "Cut p99 by 63 %"),
    ("*a* `b` [c](d) <e> ~f~", "\\*a\\* \\`b\\` \\[c\\](d) \\<e> \\~f\\~"),
    ("snake_case and _em_", "snake_case and \\_em\\_"),
    ("back\\slash &amp; A & B", "back\\\\slash \\&amp; A & B"),
    ("# no heading", "\\# no heading"), ("- no item", "\\- no item"), ("+ no item", "\\+ no item"), ("> no quote", "\\> no quote"),
    ("1. no item", "1\\. no item"), ("2026) x", "2026\\) x"), ("3.5 times", "3.5 times"), ("=== x", "\\=== x"),
    ("two\nlines\u2028here", "two lines here"), ("", ""),
], ids=repr)  # fmt: skip
def test_markdown_says_the_text_and_nothing_else(text, line):
    assert paragraph(text) == line


# --- the command -----------------------------------------------------------------------------------------------------


def test_it_is_printed_or_written(portfolio):
    portfolio.entry(achievement()).entry(achievement().replace("2026-07-20", "2025-08-15"), "achievements/old.md")
    outcome = portfolio.brag("review")
    assert outcome.code == 0, outcome.text
    assert "# Self-assessment, Ada Quill, 16 August 2025 to 15 August 2026" in outcome.text
    written = portfolio.brag("review", "--since", "2026-07-01", "--until", "2026-07-31", "--out", "r.md")
    assert written.code == 0
    assert "keep it out of git" in written.text
    text = (portfolio.root / "r.md").read_text(encoding="utf-8")
    assert "1 July 2026 to 31 July 2026" in text
    data = json.loads(portfolio.brag("review", "--by", "competency", "--json").text)
    assert (data["since"], data["biggest"], data["audience"]) == ("2025-08-16", ["x"], "company")
    (portfolio.root / "letter.md").write_text("Dear sir")
    refused = portfolio.brag("review", "--out", "letter.md")
    assert refused.errors == [("letter.md", "output-folder")]
    assert (portfolio.root / "letter.md").read_text() == "Dear sir"
    assert portfolio.brag("review", "--out", "output/r.md").errors == [("output/r.md", "output-folder")]
    assert portfolio.brag("review", "--since", "2026-07-02", "--until", "2026-07-01").code == 2
    assert portfolio.brag("review", "--audience", "compny").code == 2


def test_what_its_reader_does_not_see_is_counted_beside_it(portfolio):
    portfolio.entry(achievement("skills: [Baking]"))
    portfolio.entry("---\ntitle: Quiet\ndate: 2026-07-01\n---\n", "private/achievements/quiet.md")
    outcome = portfolio.brag("review")
    assert "Quiet" not in outcome.text
    assert "“company” does not see 1 more achievement of that time: write `visibility: company`" in outcome.text
    assert "does not see" not in portfolio.brag("review", "--audience", "self").text
