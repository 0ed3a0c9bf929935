"""Namesakes: a skill that was renamed, and that achievements still call by its other, well-known name."""

import pytest

from tests.portfolios import achievement, assert_built

WOUNDS = "---\nname: Wound management\nvisibility: public\n---\n"
FILE = "site_content/skills/wounds.md"


@pytest.mark.parametrize("named", ["Wound care", "wound-care", "WOUND CARE"])
def test_a_renamed_skill_is_told_where_its_proofs_are(portfolio, named):
    portfolio.entry(WOUNDS, "skills/wounds.md").entry(achievement(f"skills: [{named}]"))
    outcome = portfolio.brag("check")
    assert outcome.warnings == [(f"{FILE}:2:7", "skill-synonym")]
    said = outcome.said("skill-synonym")
    assert said.message == f"no achievement names this skill, but 1 names “{named}”, another name for it"
    assert said.hint == f"if it is here, too, say so: `synonyms: [{named}]`"
    assert_built(portfolio.build())
    portfolio.entry(WOUNDS.replace("visibility", f"synonyms: [{named}]\nvisibility"), "skills/wounds.md")
    assert portfolio.brag("check").problems == []


def test_all_that_name_it_are_counted(portfolio):
    portfolio.entry(WOUNDS, "skills/wounds.md").entry(
        "---\nname: Triage\nsynonyms: [ICU]\n---\n", "private/skills/t.md"
    )
    for number in range(3):
        portfolio.entry(achievement("skills: [Wound care, Intensive care]"), f"achievements/x{number}.md")
    outcome = portfolio.brag("check")
    assert [place for place, _ in outcome.warnings] == ["site_content/private/skills/t.md:2:7", f"{FILE}:2:7"]
    assert "but 3 name “Intensive care”" in outcome.text


@pytest.mark.parametrize("files", [
    {"achievements/x.md": achievement("skills: [Triage]")},
    {"achievements/x.md": achievement("skills: [Wound care, Wound management]")},
    {"achievements/x.md": achievement("skills: [Wound care]"), "skills/wound-care.md": "---\nname: Wound care\nvisibility: public\n---\n"},
    {},
])  # fmt: skip
def test_what_has_proofs_or_a_file_of_its_own_is_left_alone(portfolio, files):
    portfolio.entry(WOUNDS, "skills/wounds.md")
    for path, text in files.items():
        portfolio.entry(text, path)
    assert portfolio.brag("check").problems == []
