"""`brag diff`: what the site of one audience shows and that of another does not."""

import json

import pytest

from tests.portfolios import SITE, achievement

HIDDEN = achievement().replace("public", "leadership").replace("Cut the queue", "zqsecret")


@pytest.fixture
def office(portfolio):
    """A portfolio in which leadership sees more than everybody, in every way."""
    portfolio.entry(achievement("metrics:", "  - {name: a, value: 1}", "  - {name: zqmetric, value: 2, visibility: company}",
                                "impact: Much", body="Words."))  # fmt: skip
    portfolio.entry(HIDDEN, "achievements/deal.md").entry(HIDDEN, "achievements/board.md")
    portfolio.entry("---\nemployer: Acme\nvisibility: leadership\n---\n", "roles/acme.md")
    overlay = "---\nvisibility: leadership\nimpact: zqimpact\n---\nzqbody."
    portfolio.entry(overlay, "private/achievements/x.md")
    schools = "- {institution: Old, visibility: public}\n- {institution: zqschool, visibility: leadership}\n"
    portfolio.entry(schools, "education.yaml")
    portfolio.entry("person: {phone: {value: '+353 1', visibility: leadership}}\n", "private/site.yaml")
    return portfolio


def test_everything_that_differs_is_said_in_sentences_then_named(office):
    outcome = office.brag("diff", "--audience", "leadership")
    assert outcome.code == 0, outcome.text
    head, _, files = outcome.text.partition("Files: ")
    assert head == (
        "The audience “leadership” sees 2 achievements, 1 role and 1 entry of education.yaml that the public does not, "
        "and 3 fields of 2 more.\n"
        "The public sees nothing that the audience “leadership” does not.\n"
        "1 field of 1 item says something else to each.\n"
        "Only for leadership:\n"
        "  achievement/board\n"
        "  achievement/deal\n"
        "  role/acme\n"
        "  education.yaml 2\n"
        "Different:\n"
        "  achievement/x: impact, metrics, body\n"
        "  site.yaml: person.phone\n"
    )
    assert "  + achievements/board.html\n" in files
    assert "  + achievements/role/acme.html\n" not in files
    assert "  - " not in files
    assert "zq" not in outcome.text


def test_the_other_way_round_says_the_same(office):
    text = office.brag("diff", "--audience", "public", "--against", "leadership").text
    assert text.startswith(
        "The public sees nothing that the audience “leadership” does not.\n"
        "The audience “leadership” sees 2 achievements, 1 role and 1 entry of education.yaml that the public does not, "
        "and 3 fields of 2 more.\n"
    )
    assert "  - achievements/board.html\n" in text


def test_values_are_printed_when_asked_for(office):
    text = office.brag("diff", "--audience", "leadership", "--show").text
    assert '    impact for leadership: "zqimpact"\n    impact for public: "Much"\n' in text
    assert (
        '    metrics for leadership: [{"name": "zqmetric", "value": "2", "visibility": ["company"]}]\n'
        "    metrics for public: nothing\n"
    ) in text
    assert '    body for leadership: ["zqbody."]\n    body for public: nothing\n' in text


def test_json_holds_all_of_it(office):
    words = ("diff", "--audience", "leadership", "--against", "public", "--json")
    data = json.loads(office.brag(*words).text)
    assert data["only"] == {
        "leadership": [{"kind": "achievement", "id": "board"}, {"kind": "achievement", "id": "deal"},
                       {"kind": "role", "id": "acme"}, {"kind": "education", "id": "education.yaml 2"}],
        "public": [],
    }  # fmt: skip
    assert data["different"][0] == {
        "kind": "achievement", "id": "x", "fields": [{"field": "impact"}, {"field": "metrics"}, {"field": "body"}]
    }  # fmt: skip
    shown = json.loads(office.brag(*words, "--show").text)["different"][0]["fields"][0]
    assert shown == {"field": "impact", "values": {"leadership": "zqimpact", "public": "Much"}}
    assert office.brag(*words).text == office.brag(*words).text


def test_the_files_are_those_of_two_builds(office):
    data = json.loads(office.brag("diff", "--audience", "leadership", "--json").text)["files"]
    assert office.build().code == office.build("--audience", "leadership").code == 0
    public, leadership = office.built(), office.built(".brag/builds/leadership")
    assert data["only"] == {
        "leadership": sorted(leadership.keys() - public.keys()), "public": sorted(public.keys() - leadership.keys())
    }  # fmt: skip
    both = public.keys() & leadership.keys()
    assert data["different"] == sorted(path for path in both if public[path] != leadership[path])
    assert data["same"] == len(both) - len(data["different"])


def test_audiences_beside_each_other_have_each_their_own(portfolio):
    portfolio.entry(achievement().replace("public", "market"), "achievements/m.md")
    portfolio.entry(achievement().replace("public", "company"), "achievements/c.md")
    text = portfolio.brag("diff", "--audience", "market", "--against", "company").text
    assert text.startswith(
        "The audience “market” sees 1 achievement that the audience “company” does not.\n"
        "The audience “company” sees 1 achievement that the audience “market” does not.\n"
        "Only for market:\n  achievement/m\nOnly for company:\n  achievement/c\nFiles: 1 only for market, 1 only for company"
    )


def test_you_see_who_said_it_and_drafts_show_to_neither(portfolio):
    portfolio.entry(achievement("feedback:", "  - {from: ann, quote: Good, consent: public}"))
    portfolio.entry(achievement("draft: true"), "achievements/draft.md")
    text = portfolio.brag("diff", "--audience", "self").text
    assert text.startswith(
        "You see nothing that the public does not.\nThe public sees nothing that you do not.\n"
        "1 field of 1 item says something else to each.\nDifferent:\n  achievement/x: feedback\n"
    )
    fields = portfolio.entry(achievement("goals: [g]")).brag("diff", "--audience", "self").text
    assert fields.startswith("You see 1 field of 1 item that the public does not.\n")


def test_an_audience_against_itself_has_nothing(office):
    text = office.brag("diff", "--audience", "company", "--against", "company").text
    assert "Different" not in text
    assert "Files: 0 only for company, 0 only for company, 0 different" in text


def test_a_new_order_is_a_difference(portfolio):
    portfolio.entry(achievement("tags: [a, b]"))
    portfolio.entry("---\nvisibility: company\ntags: [b, a]\n---\n", "private/achievements/x.md")
    text = portfolio.brag("diff", "--audience", "company", "--show").text
    assert '    tags for company: ["b", "a"]\n    tags for public: ["a", "b"]\n' in text


@pytest.mark.parametrize("words", [("--audience", "compny"), ("--audience", "self", "--against", "compny")])
def test_an_unknown_audience_is_a_wrong_word(portfolio, words):
    outcome = portfolio.entry(achievement()).brag("diff", *words)
    assert (outcome.code, outcome.text) == (2, "brag diff: there is no audience “compny”; did you mean “company”?\n")


def test_nothing_is_compared_where_nothing_could_be_built(portfolio):
    portfolio.entry(achievement("key: 1")).write(
        {"site_content/site.yaml": f"{SITE}audiences: {{team: {{includes: [x]}}}}\n"}
    )
    outcome = portfolio.brag("diff", "--audience", "leadership")
    assert outcome.code == 1
    assert [code for _, code in outcome.errors] == ["key-unknown", "audience-unknown"]
    assert outcome.text.endswith("Nothing was compared.\n")
    assert (
        json.loads(portfolio.brag("diff", "--audience", "leadership", "--json").text.partition("Nothing")[0])["files"]
        is None
    )
