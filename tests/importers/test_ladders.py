"""Ladders: each shape that `brag import ladder` reads, what it refuses, and that it never overwrites what was edited."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bragfolio.core.importers.emit import authored_keys
from bragfolio.core.importers.ladders import read_ladder
from bragfolio.problems import CODES
from tests.portfolios import assert_sound

MONZO = """\
---
path: "/engineering/backend"
title: "🛠️ Backend Engineering"
sidebarGroup: "engineering"
levels: 3
homepage: true
topics:
  - name: "impact"
    title: "💥 Impact"
    content:
      - level: 10
        criteria: ["Turns a vague wish into a plan"]
      - level: 2
        criteria:
          - "Finishes what was agreed"
          - "Says early when it will be late"
        exampleCriteria:
          - criteria: "Measures what changed"
            examples: ["A chart in the weekly mail"]
  - name: "communication"
    title:
    content:
      - level: 1
        criteria: "Asks when stuck"
        exampleCriteria:
---

Words for people.
"""
TABLE = """\
# Our ladder

| Level | Competency | Criteria | Examples |
|-------|:----------:|----------|----------|
| Senior | Technical direction | Decides well in the own code | |
| Staff | Technical direction | Sets direction \\| beyond the own team | An ADR |
| Staff | Technical direction | Writes down why | |
| Staff | Mentoring | Grows others | |
"""
CSV = """\
competency;level;criterion
Technical direction;Senior;"Decides well; in the own code"
Technical direction;Staff;Sets direction
;;
"""


def plain(text, file="swe.md"):
    """Return the levels and the criteria of a ladder, as short as can be, and what is wrong."""
    plan = read_ladder(file, text if isinstance(text, bytes) else text.encode())
    if plan.ladder is None:
        return None, [problem.code for problem in plan.problems]
    levels = [(level.id, level.name) for level in plan.ladder.levels]
    criteria = {
        f"{level}/{criterion.id}": (criterion.text, *criterion.examples)
        for competency in plan.ladder.competencies
        for level, group in competency.criteria.items()
        for criterion in group
    }
    return (plan.ladder.id, plan.ladder.name, levels, criteria), [problem.code for problem in plan.problems]


def test_monzo_has_topics_with_numbered_levels():
    assert plain(MONZO, "backend.md") == ((
        "backend", "Backend Engineering", [("1", "Level 1"), ("2", "Level 2"), ("10", "Level 10")],
        {
            "2/impact-1": ("Finishes what was agreed",),
            "2/impact-2": ("Says early when it will be late",),
            "2/impact-3": ("Measures what changed", "A chart in the weekly mail"),
            "10/impact": ("Turns a vague wish into a plan",),
            "1/communication": ("Asks when stuck",),
        },
    ), [])  # fmt: skip
    ladder = read_ladder("b.md", MONZO.encode()).ladder
    assert ladder
    names = [competency.name for competency in ladder.competencies]
    assert names == ["Impact", "Communication"]
    as_yaml = MONZO.split("---\n")[1]
    assert plain(as_yaml, "backend.yaml") == plain(MONZO, "backend.md")


def test_a_markdown_table_is_a_ladder():
    found, codes = plain(TABLE)
    assert codes == []
    assert found == (
        "swe", "", [("senior", "Senior"), ("staff", "Staff")],
        {
            "senior/technical-direction": ("Decides well in the own code",),
            "staff/technical-direction-1": ("Sets direction | beyond the own team", "An ADR"),
            "staff/technical-direction-2": ("Writes down why",),
            "staff/mentoring": ("Grows others",),
        },
    )  # fmt: skip
    assert plain("---\ntitle: Ours\n---\n" + TABLE) == (found, [])


@pytest.mark.parametrize("text", [CSV, "\ufeff" + CSV.replace("\n", "\r\n"), CSV.replace(";Staff", " ; Staff ")])
def test_csv_is_a_ladder(text):
    assert plain(text, "swe.csv") == ((
        "swe", "", [("senior", "Senior"), ("staff", "Staff")],
        {"senior/technical-direction": ("Decides well; in the own code",), "staff/technical-direction": ("Sets direction",)},
    ), [])  # fmt: skip


def test_the_financial_times_has_themes(samples):
    plan = read_ladder("ft-engineering.yml", (samples / "ladders/ft-engineering.yml").read_bytes())
    ladder = plan.ladder
    assert ladder
    assert plan.problems == ()
    assert (ladder.id, ladder.name) == ("ft-engineering", "Engineering")
    assert [level.id for level in ladder.levels] == [
        "junior", "engineer", "senior-1", "senior-2-ic", "senior-2-pm", "principal-ic", "principal-pm", "tech-director",
    ]  # fmt: skip
    assert len(ladder.competencies) == 9
    assert all(len(competency.criteria) == 8 for competency in ladder.competencies)
    technical = ladder.competencies[-1]
    assert [criterion.id for criterion in technical.criteria["junior"]] == ["technical-1", "technical-2"]
    assert technical.criteria["junior"][1].text.startswith("Uses tooling and systems at a basic level")
    communication = next(one for one in ladder.competencies if one.id == "communication")
    (only,) = communication.criteria["junior"]
    assert only.text == (
        "Presents their work clearly and talks about progress concisely in meetings, explaining their approach."
    )
    assert "\u200b" not in str(authored_keys(ladder))


def test_ladderline_has_a_current_and_a_next_level(samples):
    found, codes = plain((samples / "ladders/ladderline-generic.yaml").read_bytes(), "generic.yaml")
    assert codes == []
    assert found[:3] == (
        "generic", "Generic — Mid-level to Senior Engineer", [("current", "Mid-level"), ("next", "Senior Engineer")],
    )  # fmt: skip
    assert found[3]["next/reliability"] == ("Owns outcomes, including the parts nobody assigned",)
    assert len(found[3]) == 8


FT = "themes: [{{id: t, name: T}}]\nlevels: [{{id: a}}]\ncompetencies: {}\n"


@pytest.mark.parametrize(("text", "codes"), [
    ("", ["value"]),
    ("# Words\n\nNo table.\n", ["value"]),
    ("hello: world\n", ["value"]),
    ("- a\n- b\n", ["value"]),
    ("themes: [\n", ["yaml-syntax"]),
    ("a: &x 1\nb: *x\n", ["yaml-alias"]),
    ("themes: !!python/object:os.system []\ncompetencies: []\n", ["yaml-tag"]),
    ("a: 1\na: 2\n", ["yaml-duplicate"]),
    (b"\xff\xfet\x00", ["encoding"]),
    (b"level,competency,criterion\na,b,\xff\n", ["encoding"]),
    ("level,competency,criterion\na,b,\x07\n", ["control-character"]),
    ("level,competency,criterion\n", ["value"]),
    ("level,competency,criterion\na,b\n,c,d\na,b,c\n", ["value", "value"]),
    (FT.format("[]"), ["value"]),
    (FT.format("[{level: b, theme: t, summary: x}]"), ["reference"]),
    (FT.format("[{level: a, theme: u, summary: x}]"), ["reference"]),
    (FT.format("[[1, 2]]"), ["value-type"]),
    (FT.format("{a: b}"), ["value-type"]),
    (FT.format("[{level: {x: y}, theme: t, summary: x}]"), ["value-type", "reference"]),
    (FT.format('[{level: a, theme: t, summary: "x\\a"}]'), ["control-character"]),
    ("topics: [{name: a, content: [{level: 1, criteria: [[x]]}]}]\n", ["value-type"]),
    ("x" * 1_000_001, ["file-size"]),
    ("level,competency,criterion\n" + "a,b,c\n" * 2001, ["file-size"]),
    ("level,competency,criterion\n" + "".join(f"a{n},b,c\n" for n in range(501)), ["file-size", "reference"]),
    ('level,competency,criterion\n"' + "x" * 200_000, ["value"]),
], ids=[
    "empty", "prose", "something else", "a list", "broken", "alias", "tag", "duplicate", "UTF-16", "no UTF-8",
    "a control character", "no rows", "rows with holes", "no criteria", "an unknown level", "an unknown theme",
    "a list for a row", "a row for a list", "a level that is no text", "an escaped control character",
    "a criterion that is no text", "too large", "too many criteria", "too many levels", "an endless cell",
])  # fmt: skip
def test_what_is_no_ladder_is_a_problem(text, codes):
    plan = read_ladder("x.yaml", text if isinstance(text, bytes) else text.encode())
    assert plan.ladder is None
    assert [problem.code for problem in plan.problems] == codes
    assert all(problem.code in CODES and problem.hint for problem in plan.problems)


@pytest.mark.parametrize("text", [
    "|" + "-" * 900_000 + "x\n", "ladder: " + "— " * 400_000 + "\ncompetencies: [{current_level: a}]\n",
    "themes: []\ncompetencies: []\nlevels: [" + "{id: a}, " * 60_000 + "]\n", "\n" * 900_000 + "1. x",
    "topics: [{name: a, content: [{level: 1, criteria: ['" + "1. x " * 150_000 + "']}]}]\n",
], ids=["a rule of a table", "a title", "levels of one name", "empty lines", "numbers in a line"])  # fmt: skip
def test_hostile_files_take_no_time(text):
    before = time.process_time()
    read_ladder("x.md", text.encode())
    assert time.process_time() - before < 5


WORDS = st.sampled_from(["levels", "themes", "competencies", "topics", "content", "level", "theme", "id", "name", "title",
                         "criteria", "exampleCriteria", "examples", "summary", "current_level", "next_level", "a", "1", ""])  # fmt: skip
TREES = st.recursive(
    WORDS | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=5),
    max_leaves=25,
)


@given(st.dictionaries(WORDS, TREES, max_size=6))
def test_whatever_the_keys_hold_is_a_ladder_or_a_problem(tree):
    plan = read_ladder("x.yaml", json.dumps(tree).encode())
    assert (plan.ladder is None) == any(problem.is_error for problem in plan.problems)


@given(st.text(alphabet="abc,;|-\t\n\"'#: levelcompetencycriterion\x00\ufeff", max_size=80))
def test_whatever_a_table_holds_is_a_ladder_or_a_problem(text):
    plan = read_ladder("x.csv", ("level,competency,criterion\n" + text).encode())
    assert (plan.ladder is None) == any(problem.is_error for problem in plan.problems)


def test_names_of_one_slug_stay_apart():
    text = "level,competency,criterion\nStaff,C#,x\nStaff,C sharp,y\nstaff,index,z\n"
    assert plain(text, "con.csv")[0] == (
        "x-con", "", [("staff", "Staff"), ("staff-2", "staff")],
        {"staff/c-sharp": ("x",), "staff/c-sharp-2": ("y",), "staff-2/x-index": ("z",)},
    )  # fmt: skip


PATH = "site_content/private/ladders/swe.yaml"


def bring(portfolio, text=TABLE, *words):
    portfolio.write({"swe.md": text})
    outcome = portfolio.brag("import", "ladder", "swe.md", *words)
    assert_sound(outcome)
    return outcome


def test_importing_again_changes_nothing(portfolio):
    outcome = bring(portfolio)
    assert (outcome.code, outcome.problems) == (0, [])
    assert "1 new" in outcome.text
    assert "`ladder: [swe/staff/technical-direction]`" in outcome.text
    first = (portfolio.root / PATH).read_bytes()
    outcome = portfolio.brag("--as-of", "2026-12-24", "import", "ladder", "swe.md")
    assert "1 as before" in outcome.text
    assert (portfolio.root / PATH).read_bytes() == first
    assert portfolio.brag("check").code == 0


def test_a_new_version_replaces_what_nobody_edited(portfolio):
    bring(portfolio)
    assert "1 brought up to date" in bring(portfolio, TABLE.replace("Grows others", "Grows everybody")).text
    assert "Grows everybody" in portfolio.page("ladders/swe.yaml", "site_content/private")


def test_what_was_edited_stays_until_forced(portfolio):
    bring(portfolio)
    edited = (portfolio.root / PATH).read_text().replace("Grows others", "Grows friends")
    portfolio.write({PATH: edited})
    outcome = bring(portfolio)
    assert outcome.said("import-conflict").hint == "--force overwrites it"
    assert "1 left as you have them" in outcome.text
    assert (portfolio.root / PATH).read_text() == edited
    assert "1 brought up to date" in bring(portfolio, TABLE, "--force").text
    assert "Grows others" in (portfolio.root / PATH).read_text()


@pytest.mark.parametrize("path", ["swe.yaml", "other.yaml"])
def test_a_ladder_of_ones_own_is_never_overwritten(portfolio, path):
    own = "id: swe\nname: Mine"
    portfolio.entry(own, f"private/ladders/{path}")
    outcome = bring(portfolio, TABLE, "--force")
    assert outcome.said("import-conflict").hint == "choose another id with --id"
    assert (portfolio.root / "site_content/private/ladders" / path).read_text() == own
    assert "1 new" in bring(portfolio, TABLE, "--id", "Their Ladder").text
    assert (portfolio.root / "site_content/private/ladders/their-ladder.yaml").exists()


def test_a_dry_run_writes_nothing(portfolio):
    outcome = bring(portfolio, TABLE, "--dry-run")
    assert "Would write" in outcome.text
    assert not (portfolio.root / PATH).exists()


@pytest.mark.parametrize("words", [
    ("import", "ladder", "swe.md", "--visibility", "public"), ("import", "jsonresume", "swe.md", "--id", "x"),
])  # fmt: skip
def test_wrong_words_are_refused(portfolio, words):
    portfolio.write({"swe.md": TABLE})
    assert portfolio.brag(*words).code == 2


def test_a_missing_file_is_told(portfolio):
    assert portfolio.brag("import", "ladder", "gone.yaml").said("not-found").severity == "error"
