"""`brag explain`: every rule with its place and what it decided, what is cut, and each file that shows an entry."""

import datetime as dt
import json

import pytest
from hypothesis import given
from msgspec import structs

from bragfolio.core.project.audiences import SELF, Audiences
from bragfolio.core.project.explain import explain, grants
from bragfolio.core.project.projection import View, project, see_entry
from tests.laws.test_projection import AS_OF, portfolios, read
from tests.portfolios import SITE, Portfolio, achievement

FILE = "site_content/achievements/x.md"
NARROW = (
    "metrics:",
    "  - {name: zqspeed, value: 1}",
    "  - {name: zqmargin, value: 2, visibility: leadership}",
    "evidence:",
    "  - {label: zqreport, url: 'https://example.org/r', visibility: company}",
    "feedback:",
    "  - {from: ann, quote: zqsilent}",
    "  - {from: bob, quote: Fine, consent: public}",
    "  - {from: cat, quote: zqboard, consent: leadership}",
    "goals: [g1]",
    "effort_days: 3",
)


def rules(outcome):
    """Return the lines of the rule chain, without their marks."""
    return [
        (line[2:5].strip(), line[7:]) for line in outcome.text.splitlines() if line.startswith(("  yes  ", "  no   "))
    ]


def hiding(outcome):
    """Return the rules that hide."""
    return [text for mark, text in rules(outcome) if mark == "no"]


def without(outcome):
    """Return the fields that are cut, each with its reason and place."""
    return outcome.text.partition("Without these fields:\n")[2].partition("Files that")[0].splitlines()


def asked(portfolio, *words):
    """Return what --json says."""
    outcome = portfolio.brag("explain", *words, "--json")
    assert outcome.code == 0, outcome.text
    return json.loads(outcome.text)


@given(portfolios())
def test_what_is_explained_is_what_is_projected(files):
    portfolio, audiences, _ = read(files)
    assert portfolio.entries
    for audience in audiences.names:
        view = View(audience, AS_OF, dt.UTC)
        items = {(item.kind, item.id): item for item in project(portfolio, audiences, view)[0].items}
        for entry in portfolio.entries:
            said = explain(portfolio, audiences, view, entry)
            item = items.get((entry.kind, entry.id))
            assert said.is_shown == (item is not None)
            if item:
                whole = see_entry(entry, audiences, SELF)
                whole = structs.replace(
                    whole, authored=structs.replace(whole.authored, visibility=item.authored.visibility)
                )
                is_whole = (whole.authored, len(whole.bodies)) == (item.authored, len(item.bodies))
                assert is_whole == (not said.cuts)


def test_a_public_entry_is_explained_to_the_last_line(portfolio):
    portfolio.entry(achievement("skills: [SQL]"))
    outcome = portfolio.brag("explain", "x")
    assert outcome.code == 0
    assert outcome.text == (
        "Everybody sees it.\n"
        f"  yes  The file lies outside private/. ({FILE})\n"
        f"  yes  `visibility:` names public. ({FILE}:4:13)\n"
        "  yes  That is everybody.\n"
        "  yes  It is no draft.\n"
        "  yes  No day is named before which it would not show.\n"
        "  yes  No day is named from which it would not show.\n"
        "With all of its fields.\n"
        "Files that show it: 12:\n"
        "  achievements/index.html\n"
        "  achievements/x.html\n"
        "  achievements/year/2026.html\n"
        "  feed.json\n"
        "  feed.xml\n"
        "  index.html\n"
        "  lately.html\n"
        "  resume.html\n"
        "  resume.pdf\n"
        "  sitemap.xml\n"
        "  skills/sql.html\n"
        "  timeline.html\n"
    )


def test_what_hides_is_said_with_its_place_all_of_it_at_once(portfolio):
    keys = ("draft: true", "publish_date: 2027-02-01")
    portfolio.entry(achievement(*keys).replace("public", "company"), "private/achievements/x.md")
    file = "site_content/private/achievements/x.md"
    outcome = portfolio.brag("explain", "achievement/x")
    assert outcome.text.startswith("The public does not see it.\n")
    assert rules(outcome) == [
        ("no", f"The file lies in private/, which is never for everybody. ({file})"),
        ("yes", f"`visibility:` names company. ({file}:4:13)"),
        ("no", "The public sees what is for public, and nothing else."),
        ("no", f"It is a draft, which only `brag build --audience self --drafts` shows. ({file}:5:8)"),
        ("no", f"It does not show before 2027-02-01, and this is 2026-08-15. ({file}:6:15)"),
        ("yes", "No day is named from which it would not show."),
    ]
    assert "Without" not in outcome.text
    assert outcome.text.endswith("Files that show it: none.\n")


@pytest.mark.parametrize(
    ("audience", "verdict", "grant"),
    [("leadership", "The audience “leadership” sees it.",
      "“leadership” sees what is for “company”, and “company” sees what is for “public”."),
     ("market", "The audience “market” sees it.", "“market” sees what is for “public”."),
     ("self", "You see it.", "You see everything.")],
)  # fmt: skip
def test_the_grants_lead_from_the_audience_to_the_visibility(portfolio, audience, verdict, grant):
    outcome = portfolio.entry(achievement()).brag("explain", "x", "--audience", audience)
    assert outcome.text.partition("\n")[0] == verdict
    assert rules(outcome)[2] == ("yes", grant)


def test_own_audiences_are_followed_and_placed(portfolio):
    site = f"{SITE}audiences:\n  team: {{includes: [company]}}\n  board: {{includes: [team, market]}}\n"
    portfolio.write({"site_content/site.yaml": site}).entry(achievement().replace("public", "[market, company]"))
    outcome = portfolio.brag("explain", "x", "--audience", "board")
    assert rules(outcome)[1:3] == [
        ("yes", f"`visibility:` names market and company. ({FILE}:4:13)"),
        ("yes", "“board” sees what is for “market”. (site_content/site.yaml:7:10)"),
    ]
    portfolio.entry(achievement().replace("public", "company"))
    outcome = portfolio.brag("explain", "x", "--audience", "board")
    assert rules(outcome)[2][1].startswith("“board” sees what is for “team”, and “team” sees what is for “company”.")
    portfolio.entry(achievement().replace("public", "board"))
    hidden = portfolio.brag("explain", "x", "--audience", "team")
    assert hiding(hidden) == ["The audience “team” sees what is for team, company and public, and nothing else."]


def test_a_way_of_grants_takes_no_short_cut_past_an_audience():
    sees = {"public": {"public"}, "a": {"a", "public"}, "b": {"a", "b", "public"}, "c": {"a", "b", "c", "public"}}
    audiences = Audiences({name: frozenset(names) for name, names in sees.items()})
    assert grants(audiences, "c", "public") == ("c", "b", "a", "public")
    assert grants(audiences, "c", "c") == ("c",)
    assert grants(audiences, "a", "b") == ()


@pytest.mark.parametrize(
    ("site", "path", "rule", "shown"),
    [(SITE, "achievements/x.md", ("default", "private", None), False),
     (f"{SITE}default_visibility: public\n", "achievements/x.md", ("default", "public", 5), True),
     (f"{SITE}default_visibility: public\n", "private/achievements/x.md", ("visibility", "nobody but you", None), False)],
    ids=["shipped", "chosen", "private"],
)  # fmt: skip
def test_what_counts_where_nothing_is_said(portfolio, site, path, rule, shown):
    portfolio.write({"site_content/site.yaml": site}).entry("---\ntitle: T\ndate: 2026-07-20\n---\n", path)
    said = asked(portfolio, "x")
    step = said["steps"][1]
    assert (step["rule"], said["shown"]) == (rule[0], shown)
    assert rule[1] in step["text"]
    assert (step.get("line"), step.get("file")) == (rule[2], "site_content/site.yaml" if rule[2] else None)


def test_cut_fields_are_named_with_their_reason_and_never_printed(portfolio):
    outcome = portfolio.entry(achievement(*NARROW)).brag("explain", "x")
    assert without(outcome) == [
        f"  metrics 2: visibility: leadership ({FILE}:7:5)",
        f"  goals: for you alone ({FILE}:14:8)",
        f"  evidence 1: visibility: company ({FILE}:9:5)",
        f"  feedback 1: no consent to show it ({FILE}:11:5)",
        f"  feedback 2 from: for you alone ({FILE}:12:12)",
        f"  feedback 3: consent: leadership ({FILE}:13:5)",
        f"  effort_days: only for those who get an overlay ({FILE}:15:14)",
    ]
    assert "zq" not in outcome.text
    leadership = [
        line.partition(": ")[0] for line in without(portfolio.brag("explain", "x", "--audience", "leadership"))
    ]
    assert leadership == ["  goals", "  feedback 1", "  feedback 2 from", "  feedback 3 from", "  effort_days"]
    assert "With all of its fields." in portfolio.brag("explain", "x", "--audience", "self").text


def test_an_overlay_is_told_to_be_there_and_who_gets_it(portfolio):
    portfolio.entry(achievement("impact: Much", body="Words."))
    portfolio.entry(
        "---\nvisibility: leadership\nimpact: Acme\neffort_days: 2\ngoals: [g]\n---\nMore.", "private/achievements/x.md"
    )
    overlay = "site_content/private/achievements/x.md"
    company = portfolio.brag("explain", "x", "--audience", "company")
    told = f"Its overlay in private/ names leadership beside you; the audience “company” does not get it. ({overlay})"
    assert rules(company)[3] == ("yes", told)
    assert [line.partition(":")[0].strip() for line in without(company)] == ["impact", "goals", "effort_days", "body"]
    assert f"({overlay}:3:9)" in company.text
    leadership = portfolio.brag("explain", "x", "--audience", "leadership")
    assert "the audience “leadership” gets it." in rules(leadership)[3][1]
    assert without(leadership) == [f"  goals: for you alone ({overlay}:5:8)"]
    assert "you get it." in rules(portfolio.brag("explain", "x", "--audience", "self"))[3][1]


def test_an_overlay_may_be_what_makes_it_a_draft(portfolio):
    portfolio.entry(achievement()).entry("---\nvisibility: company\ndraft: true\n---\n", "private/achievements/x.md")
    assert hiding(portfolio.brag("explain", "x")) == []
    (text,) = hiding(portfolio.brag("explain", "x", "--audience", "company"))
    assert text.endswith("(site_content/private/achievements/x.md:3:8)")


def test_days_that_have_come_are_told_too(portfolio):
    portfolio.entry(achievement("publish_date: 2026-08-15", "expiry_date: 2026-08-16"))
    outcome = portfolio.brag("explain", "x")
    assert rules(outcome)[4:] == [
        ("yes", f"It shows from 2026-08-15 on. ({FILE}:5:15)"),
        ("yes", f"It shows until it expires on 2026-08-16. ({FILE}:6:14)"),
    ]
    assert hiding(portfolio.brag("explain", "x", "--as-of", "2026-08-14"))
    expired = portfolio.brag("explain", "x", "--as-of", "2026-08-16")
    assert hiding(expired) == [f"It expired on 2026-08-16, and this is 2026-08-16. ({FILE}:6:14)"]


def test_a_campaign_has_an_audience_a_start_and_an_end(portfolio):
    keys = (
        "title: Panel\naudience: market\nstart: 2026-09\nend: 2026-10\ngoal: Win\nclaims: [{text: I ship, proof: [x]}]"
    )
    portfolio.entry(achievement()).entry(f"---\n{keys}\n---\n", "private/campaigns/panel.md")
    file = "site_content/private/campaigns/panel.md"
    words = ("explain", "panel", "--audience", "market")
    before = portfolio.brag(*words)
    assert rules(before)[1] == ("yes", f"`audience:` names market. ({file}:3:11)")
    assert hiding(before) == [f"It does not show before 2026-09-01, and this is 2026-08-15. ({file}:4:8)"]
    during = portfolio.brag(*words, "--as-of", "2026-09-15")
    assert without(during) == [f"  goal: for you alone ({file}:6:7)"]
    files = asked(portfolio, "panel", "--audience", "market", "--as-of", "2026-09-15")["files"]
    shown = {"campaigns/panel.html", "one-pagers/panel.html", "one-pagers/panel.pdf", "cards/campaigns/panel.png"}
    assert shown < set(files)
    assert "resume.pdf" not in files
    after = portfolio.brag(*words, "--as-of", "2026-11-01")
    assert rules(after)[-1] == ("yes", f"Its last day was 2026-10, so its page leads home. ({file}:5:6)")
    assert "one-pagers/panel.pdf" in asked(portfolio, "x", "--audience", "market", "--as-of", "2026-09-15")["files"]


def test_all_files_that_hold_a_title_that_nothing_else_holds_are_found(portfolio):
    title = "Zqueue cut"
    portfolio.write({"site_content/site.yaml": SITE.replace("url: https://example.org/ada/\n", "")})
    keys = (
        "role: acme",
        "skills: [SQL]",
        "image: chart.svg",
        "image_alt: A chart",
        "redirects: [old.html]",
        "type: fixed",
    )
    portfolio.entry(achievement(*keys).replace("Cut the queue", title), "achievements/x/index.md")
    portfolio.entry("<svg xmlns='http://www.w3.org/2000/svg'/>", "achievements/x/chart.svg")
    portfolio.entry(achievement(body="See [[x|that]].").replace("Cut the queue", "Else"), "achievements/y.md")
    portfolio.entry("---\nemployer: Acme\nvisibility: public\n---\n", "roles/acme.md")
    found = set(asked(portfolio, "x")["files"])
    assert portfolio.build().code == 0
    built = portfolio.built()
    holding = {
        path for path, data in built.items() if path.endswith((".html", ".xml", ".json")) and title.encode() in data
    }
    assert {"feed.json", "feed.xml", "resume.json", "achievements/role/acme.html", "old.html"} < holding
    assert holding <= found
    assert found - holding == {"achievements/x/chart.svg", "achievements/y.html", "resume.pdf"} - holding
    assert found <= set(built)


def test_roles_and_skills_are_found_by_name_where_nothing_links(portfolio):
    portfolio.entry(achievement("role: acme", "skills: [SQL]"))
    portfolio.entry("---\nemployer: Acme\nvisibility: public\n---\n", "roles/acme.md")
    portfolio.entry("---\nname: SQL\nvisibility: public\n---\n", "skills/sql.md")
    assert {"experience.html", "resume.json", "resume.pdf", "resume.html"} < set(asked(portfolio, "acme")["files"])
    assert {"skills/sql.html", "resume.json", "achievements/x.html"} < set(asked(portfolio, "skills/sql")["files"])


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [("quee", "there is no entry “quee”, or it has errors", "did you mean “queue”?"),
     ("zzz", "there is no entry “zzz”, or it has errors", "`brag list` shows all ids"),
     ("role/queue", "there is no entry “role/queue”, or it has errors", "did you mean “queue”?"),
     ("both", "“both” is the id of more than one entry", "write achievement/both or page/both"),
     ("education/1", "what stands in education.yaml has no id, so it cannot be explained alone", None),
     ("credential", "what stands in credentials.yaml has no id, so it cannot be explained alone", None)],
)  # fmt: skip
def test_what_is_no_entry_is_said_with_a_way_on(portfolio: Portfolio, name, message, hint):
    portfolio.entry(achievement(), "achievements/queue.md").entry(achievement(), "achievements/both.md")
    portfolio.entry("---\ntitle: Both\nvisibility: public\n---\n", "pages/both.md")
    outcome = portfolio.brag("explain", name)
    assert outcome.code == 1
    said = outcome.said("not-found")
    assert said.message == message
    assert said.hint == (hint or said.hint)
    data = json.loads(portfolio.brag("explain", name, "--json").text)
    assert (data["shown"], [problem["code"] for problem in data["problems"]]) == (None, ["not-found"])


@pytest.mark.parametrize("has_file", [True, False])
def test_the_name_of_a_skill_is_shown_though_its_file_is_not(portfolio, has_file):
    portfolio.entry(achievement("skills: [Bedside manner]"))
    if has_file:
        portfolio.entry("---\nname: Bedside manner\n---\nHow I learned it.\n", "private/skills/bedside-manner.md")
    said = portfolio.brag("explain", "bedside-manner")
    assert said.code == 0, said.text
    start = (
        "Its name is shown all the same" if has_file else "The skill “Bedside manner” has no file; its name is shown"
    )
    assert f"{start}, as what these achievements prove: x." in said.text
    assert ("The public does not see it." in said.text) == has_file
    listed = asked(portfolio, "bedside-manner")
    assert listed["files"] == []
    assert portfolio.build("--no-pdf").code == 0
    shown = {
        path
        for path, data in portfolio.built().items()
        if path.endswith((".html", ".json")) and b"Bedside manner" in data
    }
    assert {path for path in listed["name"]["files"] if path.endswith((".html", ".json"))} == shown
    assert "skills/bedside-manner.html" in shown
    assert portfolio.brag("explain", "bedside-manner", "--audience", "self").code == 0
    nobody = portfolio.entry(achievement().replace("public", "private")).brag("explain", "bedside-manner")
    assert ("Its name" in nobody.text, nobody.code) == (False, 0 if has_file else 1)


def test_an_unknown_audience_is_a_wrong_word(portfolio):
    outcome = portfolio.entry(achievement()).brag("explain", "x", "--audience", "compny")
    assert (outcome.code, outcome.text) == (2, "brag explain: there is no audience “compny”; did you mean “company”?\n")


def test_errors_are_told_and_the_rules_all_the_same(portfolio):
    portfolio.entry(achievement()).entry(achievement().replace("public", "compny"), "achievements/y.md")
    outcome = portfolio.brag("explain", "x")
    assert (outcome.code, outcome.errors) == (1, [("site_content/achievements/y.md:4:13", "audience-unknown")])
    assert "Everybody sees it." in outcome.text
    assert "No site is built before the errors above are gone." in outcome.text


def test_audiences_in_a_circle_are_an_error_and_not_a_hang(portfolio):
    site = f"{SITE}audiences:\n  a: {{includes: [b]}}\n  b: {{includes: [a]}}\n"
    outcome = (
        portfolio.write({"site_content/site.yaml": site})
        .entry(achievement())
        .brag("explain", "x", "--audience", "company")
    )
    assert (outcome.code, [code for _, code in outcome.errors]) == (1, ["audience-cycle"])
    assert "“company” sees what is for “public”." in outcome.text


def test_nothing_is_published_by_explaining(portfolio):
    portfolio.entry(achievement())
    assert portfolio.brag("explain", "x").code == portfolio.brag("diff", "--audience", "self").code == 0
    assert portfolio.built() == {}
    assert {path.name for path in (portfolio.root / ".brag").iterdir()} <= {"paper", "cache"}
