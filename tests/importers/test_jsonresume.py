"""JSON Resume: cases I01 to I12 as they concern it, the samples from the field, and two laws."""

import datetime as dt
import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, FormatChecker

from bragfolio.app.prepare import link_for, read
from bragfolio.app.start import UNNAMED, starter_site
from bragfolio.core.importers.jsonresume import read_jsonresume
from bragfolio.core.importers.merge import Terms, merge_plan
from bragfolio.core.link.references import link
from bragfolio.core.project.audiences import PUBLIC, SELF, read_audiences
from bragfolio.core.project.projection import View, project
from bragfolio.core.project.visibility import check_visibility
from bragfolio.core.read.portfolio import read_portfolio
from bragfolio.model.tree import SourceFile, SourceTree
from bragfolio.problems import CODES
from tests.portfolios import AS_OF, assert_built, assert_sound

SAMPLES = ("complete", "null-dates", "sample", "senior-engineer")
SCHEMA = Path(__file__).with_name("jsonresume-v1.schema.json")
STARTER = {"site_content/site.yaml": starter_site(UNNAMED)}
JOB = {"name": "Acme Corp", "position": "Engineer", "startDate": "2020-01", "endDate": "2021-06"}


def bring(portfolio, resume, *words):
    """Import *resume*, a value or the bytes of a file."""
    data = resume if isinstance(resume, bytes) else json.dumps(resume, indent=1).encode()
    portfolio.write({"resume.json": data})
    outcome = portfolio.brag("import", "jsonresume", "resume.json", *words)
    assert_sound(outcome)
    return outcome


def content(portfolio):
    """Return the files of the portfolio, by path from site_content/."""
    base = portfolio.root / "site_content"
    return {path.relative_to(base).as_posix(): path.read_bytes() for path in sorted(base.rglob("*")) if path.is_file()}


def projection_of(portfolio, audience):
    """Return what *audience* sees; nothing may be wrong with it."""
    found = read(portfolio.root, dt.date.fromisoformat(AS_OF))
    linked, _, problems = link_for(found, audience)
    assert [problem for problem in (*found.problems, *problems) if problem.is_error] == []
    return linked.projection


def jobs(*more, **keys):
    """Return a resume of one job with *keys*, and *more* jobs."""
    return {"basics": {"name": "Ada Quill"}, "work": [{**JOB, **keys}, *more]}


# --- what becomes of each section ------------------------------------------------------------------------------------


def test_an_achievement_of_a_finished_job_has_the_day_of_its_end(portfolio):
    assert bring(portfolio, jobs(highlights=["Cut the queue by 63 %."])).code == 0
    assert content(portfolio)["private/achievements/cut-the-queue-by-63.md"].decode() == (
        "---\n"
        "title: Cut the queue by 63 %\n"
        "date: 2021-06\n"
        "role: acme-corp\n"
        'imported: {from: jsonresume, id: work/0/highlights/0, date: 2026-08-15, digest: "0"}\n'
        "---\n"
    ).replace('"0"', re.findall(r"digest: (\w+)", content(portfolio)["private/achievements/cut-the-queue-by-63.md"].decode())[0])  # fmt: skip


@pytest.mark.parametrize(
    ("keys", "date"),
    [
        ({"startDate": "2020-01", "endDate": "2021-06-30"}, "2021-06-30"),
        ({"startDate": "2020-01", "endDate": None}, "2020-01"),
        ({"startDate": "2020-01", "endDate": ""}, "2020-01"),
        ({"startDate": "2020-01", "endDate": "Present"}, "2020-01"),
        ({"startDate": "2020-01", "endDate": "2019"}, "2020-01"),
        ({"startDate": "", "endDate": 2021}, "2021"),
        ({"startDate": "2020-02-30", "endDate": "2021-06-30T00:00:00Z"}, "2021-06-30"),
    ],
    ids=["end", "no end", "empty end", "present", "end before start", "number", "no such start"],
)
def test_the_date_of_an_achievement_is_the_best_that_its_job_has(portfolio, keys, date):
    bring(portfolio, jobs(**keys, highlights=["Cut the queue"]))
    (achievement,) = projection_of(portfolio, "self").achievements
    assert str(achievement.authored.date) == date


def test_without_any_date_the_highlights_stay_in_the_text_of_the_role(portfolio):
    outcome = bring(portfolio, jobs(startDate=None, endDate=None, highlights=["Cut the queue", "[x](y)"]))
    assert [(said.code, said.message) for said in outcome.problems] == [
        ("date", "/work/0/highlights: there is no date, which an achievement needs; the highlights stand in the text of the role"),
    ]  # fmt: skip
    projection = projection_of(portfolio, "self")
    assert projection.achievements == ()
    assert projection.roles[0].bodies[0].html == "<ul>\n<li>Cut the queue</li>\n<li>[x](y)</li>\n</ul>\n"


def test_jobs_at_one_employer_are_positions_of_one_role(portfolio):
    resume = jobs(
        {**JOB, "name": "ACME  corp", "position": "Lead", "startDate": "2021-07", "endDate": None, "location": "Oslo",
         "summary": "Led.", "highlights": ["Shipped it"]},
        {**JOB, "name": "Other"},
        highlights=["Built it"], summary="Built.", description="Makes anvils", location="Bergen", url="https://acme.example",
    )  # fmt: skip
    bring(portfolio, resume)
    projection = projection_of(portfolio, "self")
    assert [role.id for role in projection.roles] == ["acme-corp", "other"]
    acme = projection.roles[0]
    assert [(p.id, p.title, str(p.start), p.end.is_present) for p in acme.authored.positions] == [  # newest first
        ("lead", "Lead", "2021-07", True),
        ("engineer", "Engineer", "2020-01", False),
    ]
    assert (acme.authored.employer, acme.authored.location, acme.authored.url) == (
        "Acme Corp", "Bergen", "https://acme.example")  # fmt: skip
    assert "<strong>Lead, Oslo</strong>" in acme.bodies[0].html
    assert {item.id: item.authored.position for item in projection.achievements} == {
        "built-it": "engineer",
        "shipped-it": "lead",
    }


def test_keywords_of_a_project_are_skills_of_its_achievements_or_its_tags(portfolio):
    projects = [
        {"name": "Anvil", "startDate": "2020", "highlights": ["Cast it"], "keywords": ["Iron"], "roles": ["Smith"]},
        {"name": "Bellows", "keywords": ["Leather"], "entity": "Acme", "type": "tool"},
    ]
    bring(portfolio, {"projects": projects})
    projection = projection_of(portfolio, "self")
    anvil, bellows = (role.authored for role in projection.roles)
    assert (anvil.kind, anvil.tags, anvil.positions[0].title) == ("project", (), "Smith")
    assert (bellows.tags, bellows.extra, bellows.positions) == (("Leather",), {"entity": "Acme", "type": "tool"}, ())
    assert projection.achievements[0].authored.skills == ("Iron",)
    assert [skill.authored.name for skill in projection.skills] == ["Leather"]


def test_skills_have_the_category_of_their_group_and_no_level(portfolio):
    skills = [
        {"name": "Data", "level": "Master", "keywords": ["SQL", "C#", "C++", "C"]},
        {"name": "Rowing", "level": 5},
        {"name": "Other", "keywords": ["sql", "SQL"]},
        "Sailing",
    ]
    outcome = bring(portfolio, {"skills": skills})
    assert {skill.authored.name: skill.authored.category for skill in projection_of(portfolio, "self").skills} == {
        "SQL": "Data", "C#": "Data", "C++": "Data", "C": "Data", "Rowing": "", "Sailing": "",
    }  # fmt: skip
    assert sorted(said.message for said in outcome.problems) == [
        "/skills/0/level: Brag has no self-rated levels; they were left out (2 of them)",
        "/skills/2/keywords/0: “sql” is a skill already, of “Data”; it was left out",
        "/skills/2/keywords/1: “SQL” is a skill already, of “Data”; it was left out",
        "/skills/3: this is a text, not an object; it was taken as its “name”",
    ]


def test_contact_data_and_references_are_private_whatever_the_visibility(portfolio):
    portfolio.write(STARTER)
    basics = {
        "name": "Ada Quill", "email": "ada@mail.example", "phone": "+47 5550188", "summary": "I mend clocks. And bells.",
        "location": {"address": "1 Secret Lane\nBack door", "postalCode": 50031, "city": "Bergen", "countryCode": "NO"},
    }  # fmt: skip
    references = [{"name": "Bo Hush", "reference": "Ada whispers well."}]
    outcome = bring(portfolio, {"basics": basics, "references": references}, "--visibility", "public")
    assert "References stay in private/, whatever the visibility" in outcome.text
    person = projection_of(portfolio, "self").config.person
    assert (person.email.value, person.phone.value, person.street.value) == (
        "ada@mail.example", "+47 5550188", "1 Secret Lane, Back door, 50031")  # fmt: skip
    assert_built(portfolio.build())
    everything = portfolio.everything()
    for secret in ("ada@mail", "5550188", "Secret Lane", "50031", "Bo Hush", "whispers"):
        assert secret not in everything
    assert "I mend clocks." in portfolio.page("index.html")
    assert "And bells." in portfolio.page("pages/about.html")


def test_a_file_of_the_old_schema_is_read_too(portfolio):
    resume = {"basics": {"name": "Ada Quill", "website": "https://ada.example"},
              "work": [{"company": "Acme", "website": "https://acme.example", "position": "Smith", "startDate": "2010"}],
              "volunteer": [{"organization": "Choir", "position": "Alto", "website": "https://choir.example"}],
              "publications": [{"name": "On iron", "website": "https://iron.example"}]}  # fmt: skip
    assert bring(portfolio, resume).problems == []
    projection = projection_of(portfolio, "self")
    assert [role.authored.url for role in projection.roles] == ["https://acme.example", "https://choir.example"]
    assert projection.credentials[0].url == "https://iron.example"


# --- the person and site.yaml ----------------------------------------------------------------------------------------


def test_an_untouched_site_gets_the_name_and_keeps_its_comments(portfolio):
    portfolio.write(STARTER)
    bring(portfolio, {"basics": {"name": "Ada: Quill", "label": "Clockmaker"}})
    files = content(portfolio)
    assert files["site.yaml"].decode() == starter_site("Ada: Quill")
    assert files["private/site.yaml"].decode() == "person: {headline: Clockmaker}\n"


def test_a_public_import_fills_in_what_the_site_does_not_say(portfolio):
    portfolio.write(STARTER)
    bring(
        portfolio, {"basics": {"name": "Ada", "label": "Clockmaker", "email": "a@b.example"}}, "--visibility", "public"
    )
    assert "  name: Ada\n  headline: Clockmaker\n  # headline: what you are" in content(portfolio)["site.yaml"].decode()
    assert content(portfolio)["private/site.yaml"].decode() == (
        "person:\n  email: {value: a@b.example, visibility: private}\n"
    )


def test_what_the_site_says_otherwise_stays_and_is_reported(portfolio):
    site = "title: Mine\nperson:\n  headline: Bellfounder   # since 2020\n  name: Ada Quill\n"
    portfolio.write({"site_content/site.yaml": site})
    outcome = bring(portfolio, {"basics": {"name": "Ada Quill", "label": "Clockmaker"}})
    assert [(said.place, said.code, said.message) for said in outcome.problems] == [
        ("resume.json:4:12", "import-conflict",
         "/basics/label was not taken: site_content/site.yaml says something else about “headline”, or cannot be added to"),
    ]  # fmt: skip
    assert content(portfolio) == {"site.yaml": site.encode()}


def test_an_overlay_for_others_gets_nothing_but_contact_data(portfolio):
    portfolio.entry(
        "visibility: market\nperson:\n  # mine\n  phone: {value: '1', visibility: market}\n", "private/site.yaml"
    )
    outcome = bring(portfolio, {"basics": {"name": "Ada Quill", "label": "Clockmaker", "email": "a@b.example"}})
    assert [said.code for said in outcome.problems] == ["import-conflict"]
    assert content(portfolio)["private/site.yaml"].decode() == (
        "visibility: market\nperson:\n  # mine\n  email: {value: a@b.example, visibility: private}\n"
        "  phone: {value: '1', visibility: market}\n"
    )


# --- I01: hostile and broken -----------------------------------------------------------------------------------------

HOSTILE = {
    "basics": {"name": "<script>alert(1)</script>", "url": "javascript:alert(2)", "lable": "Smith", "email": 7,
               "summary": "One.\n\n# Two\n<script>alert(3)</script> [[x]] ![](y.png) [z](javascript:alert(4)) \u0000\u001b[31m"},
    "work": [
        {"name": "<img src=x onerror=alert(5)>", "position": "Smith", "url": "java\nscript:alert(6)", "startDate": "2020-13",
         "endDate": "soonish", "summary": {"a": 1}, "highlights": "Did it", "salary": 1},
        {"name": "Acme", "startDate": "2021-01-01", "endDate": "2020-01-01", "url": "data:text/html,x",
         "highlights": ["{{ 7*7 }} <script>alert(8)</script>", None, "", 5, ["x"]]},
        "a text", 7,
    ],
    "education": {"institution": "X"},
    "awards": [{"date": "2024-02-30"}],
    "profiles": [],
    "hobbies": ["x"],
}  # fmt: skip
LISTED = {
    "/basics/url": "url-scheme", "/basics/lable": "json-unknown", "/basics/email": "json-value",
    "/basics/summary": "control-character", "/work/0/url": "value", "/work/0/startDate": "date", "/work/0/endDate": "date",
    "/work/0/summary": "json-value", "/work/0/highlights": "date", "/work/0/salary": "json-unknown",
    "/work/1/endDate": "date-order", "/work/1/url": "url-scheme", "/work/1/highlights/3": "json-value",
    "/work/1/highlights/4": "json-value", "/work/2": "json-value", "/work/3": "json-value", "/education": "json-value",
    "/awards/0": "json-value", "/awards/0/date": "date", "/hobbies": "json-unknown",
}  # fmt: skip


def test_what_is_wrong_is_listed_with_its_pointer_and_the_rest_is_kept_private_i01(portfolio):
    portfolio.write(STARTER)
    outcome = bring(portfolio, HOSTILE)
    assert outcome.code == 0
    listed = {(said.message.partition(": ")[0], said.code) for said in outcome.problems}
    assert listed == {*LISTED.items(), ("/work/0/highlights", "json-value")}
    assert all(re.fullmatch(r"resume\.json:\d+:\d+", said.place) for said in outcome.problems)
    assert [path for path in content(portfolio) if not path.startswith("private/")] == ["site.yaml"]
    self_view, public = projection_of(portfolio, "self"), projection_of(portfolio, "public")
    assert [item.authored.title for item in self_view.achievements] == ["5", "{{ 7*7 }} <script>alert(8)</script>"]
    assert (public.achievements, public.roles, public.skills, public.credentials) == ((), (), (), ())


def test_nothing_hostile_is_active_on_the_site_i01_public(portfolio):
    portfolio.write(STARTER)
    bring(portfolio, HOSTILE, "--visibility", "public")
    outcome = portfolio.build()
    assert outcome.errors == []
    everything = "".join(data.decode() for path, data in portfolio.built().items() if path.endswith((".html", ".xml")))
    for active in ("<script>alert", "<img src=x", 'href="javascript', 'href="data', "\x1b", "49 &lt;script"):
        assert active not in everything
    assert "&lt;script&gt;alert(8)&lt;/script&gt;" in everything


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"[]", "json-value"), (b"{", "json-syntax"), (b"[" * 100_000, "yaml-depth"), (b" " * 50_000_000, "file-size")],
    ids=["I02-list", "I02-broken", "I02-deep", "I02-50-MB"],
)
def test_what_is_no_resume_leaves_the_portfolio_as_it_was(portfolio, data, code):
    before = content(portfolio)
    outcome = bring(portfolio, data)
    assert (outcome.code, [problem[1] for problem in outcome.errors]) == (1, [code])
    assert content(portfolio) == before


def test_of_a_flood_of_entries_the_first_thousands_are_read_i02_flood():
    work = [{"name": f"Job {job}", "startDate": "2020", "highlights": ["Did it"] * 1100} for job in range(60)]
    data = json.dumps({"work": work}).encode()
    begin = time.process_time()
    plan = read_jsonresume("resume.json", data)
    assert time.process_time() - begin < 2
    assert len(plan.entries) == 5000
    assert [problem.code for problem in plan.problems].count("file-size") == 1
    assert len({(entry.kind, entry.id) for entry in plan.entries}) == 5000


def test_a_file_that_is_not_there_is_named(portfolio):
    outcome = portfolio.brag("import", "jsonresume", "nowhere.json")
    assert (outcome.code, outcome.errors) == (1, [("nowhere.json", "not-found")])


# --- I04, I05: again -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", [(), ("--visibility", "public"), ("--visibility", "market")], ids=lambda w: f"I04-{w[-1:]}"
)
@pytest.mark.parametrize("starts_fresh", [True, False], ids=["starter", "own-site"])
def test_importing_again_changes_nothing(portfolio, samples, words, starts_fresh):
    portfolio.write(STARTER if starts_fresh else {})
    resume = (samples / "jsonresume" / "complete.resume.json").read_bytes()
    assert bring(portfolio, resume, *words).code == 0
    before = content(portfolio)
    outcome = bring(portfolio, resume, *words, "--as-of", "2026-12-24")
    assert content(portfolio) == before
    assert re.search(r"resume\.json: 60 as before\.", outcome.text)


def test_an_edited_entry_is_left_alone_until_force_is_said_i05(portfolio):
    resume = jobs(highlights=["Cut the queue"])
    bring(portfolio, resume)
    path = "private/achievements/cut-the-queue.md"
    edited = content(portfolio)[path].decode().replace("date: 2021-06\n", "date: 2020-11-03\n")
    portfolio.entry(edited, path)
    for newer in (resume, jobs(highlights=["Cut the queues"])):
        outcome = bring(portfolio, newer)
        assert outcome.code == 0
        assert [(said.place, said.code) for said in outcome.problems] == [("resume.json:12:5", "import-conflict")]
        assert "--force" in outcome.said("import-conflict").hint
        assert content(portfolio)[path].decode() == edited
    assert bring(portfolio, resume, "--force").problems == []
    assert "date: 2021-06\n" in content(portfolio)[path].decode()


def test_what_changed_in_the_source_alone_is_brought_up_to_date(portfolio):
    bring(portfolio, jobs(highlights=["Cut the queue", "Trained two"], summary="Old"))
    before = content(portfolio)
    newer = jobs(highlights=["Wrote the book", "Cut the queues", "Trained two"], summary="New")
    newer["work"].insert(0, {"name": "Later", "startDate": "2022", "highlights": ["Sang"]})
    bring(portfolio, newer, "--as-of", "2026-12-24")
    after = content(portfolio)
    assert after["private/achievements/trained-two.md"] == before["private/achievements/trained-two.md"]
    role = after["private/roles/acme-corp.md"].decode()
    assert "summary: New\n" in role
    assert "date: 2026-08-15" in role
    new = {path for path in after if path not in before}
    assert new == {
        "private/roles/later.md", "private/achievements/sang.md", "private/achievements/wrote-the-book.md",
        "private/achievements/cut-the-queues.md",
    }  # fmt: skip


def test_a_mended_title_keeps_its_file(portfolio):
    bring(portfolio, jobs(highlights=["Cut teh queue"]))
    bring(portfolio, jobs(highlights=["Cut the queue"]))
    files = [path for path in content(portfolio) if "/achievements/" in path]
    assert files == ["private/achievements/cut-teh-queue.md"]
    assert [item.authored.title for item in projection_of(portfolio, "self").achievements] == ["Cut the queue"]


def test_another_resume_does_not_replace_the_first(portfolio):
    bring(portfolio, jobs(highlights=["Cut the queue"]))
    bring(portfolio, {"work": [{"name": "Bolt Ltd", "startDate": "2022", "highlights": ["Doubled the harvest"]}]})
    titles = {item.authored.title for item in projection_of(portfolio, "self").achievements}
    assert titles == {"Cut the queue", "Doubled the harvest"}


def test_a_published_entry_is_no_edited_one(portfolio):
    resume = jobs(highlights=["Cut the queue"])
    bring(portfolio, resume)
    portfolio.brag("publish", "cut-the-queue", "role/acme-corp")
    before = content(portfolio)
    assert "achievements/cut-the-queue.md" in before
    assert bring(portfolio, resume).problems == []
    assert content(portfolio) == before
    bring(portfolio, jobs(highlights=["Cut the queue"], endDate="2021-07"))
    assert "date: 2021-07\n" in content(portfolio)["achievements/cut-the-queue.md"].decode()
    assert [item.id for item in projection_of(portfolio, "public").achievements] == ["cut-the-queue"]


def test_what_is_the_users_own_is_never_overwritten(portfolio):
    role = "---\nemployer: Acme Corp, of old\nvisibility: public\npositions: [{id: smith, title: Smith}]\n---\n"
    skill = "---\nname: PostgreSQL\nsynonyms: [Postgres]\nvisibility: public\n---\n"
    portfolio.entry(role, "roles/acme-corp.md").entry(skill, "skills/pg.md")
    resume = jobs({**JOB, "position": "Lead"}, highlights=["Cut the queue"]) | {"skills": [{"name": "Postgres"}]}
    outcome = bring(portfolio, resume, "--force")
    assert [(said.code, said.message) for said in outcome.problems] == [
        ("import-conflict", "you have site_content/roles/acme-corp.md already, which was not imported; it was left as it is"),
    ]  # fmt: skip
    files = content(portfolio)
    assert (files["roles/acme-corp.md"].decode(), files["skills/pg.md"].decode()) == (role, skill)
    assert [path for path in files if path.startswith("private/")] == ["private/achievements/cut-the-queue.md"]
    (achievement,) = projection_of(portfolio, "self").achievements
    assert (achievement.authored.role, achievement.authored.position) == ("acme-corp", "")


def test_items_of_lists_are_added_below_what_is_there(portfolio):
    own = "# My papers\n  - {kind: award, title: Best bell,   issuer: Guild}   # in gold\n"
    portfolio.entry(own, "private/credentials.yaml")
    resume = {"awards": [{"title": "Best Bell", "awarder": "Guild", "date": "2020"}, {"title": "Best clock"},
                         {"title": "Best clock", "date": "2021"}]}  # fmt: skip
    for _ in range(2):
        outcome = bring(portfolio, resume)
        assert [(said.place, said.code) for said in outcome.problems] == [("resume.json:3:3", "import-conflict")]
        assert content(portfolio)["private/credentials.yaml"].decode() == (
            own + "  - {kind: award, title: Best clock}\n  - {kind: award, title: Best clock, date: 2021}\n"
        )


def test_a_dry_run_writes_nothing_and_names_the_files(portfolio):
    before = content(portfolio)
    outcome = bring(portfolio, jobs(highlights=["Cut the queue"]), "--dry-run")
    assert content(portfolio) == before
    assert "Would write 2 files:\n  site_content/private/achievements/cut-the-queue.md\n" in outcome.text


def test_an_audience_that_does_not_exist_is_a_wrong_word(portfolio):
    outcome = bring(portfolio, jobs(), "--visibility", "pubic")
    assert outcome.code == 2
    assert "there is no audience “pubic”; did you mean “public”?" in outcome.text


def test_an_audience_gets_what_is_new_and_stays_out_of_the_public_place(portfolio):
    bring(portfolio, jobs(highlights=["Cut the queue"]), "--visibility", "market")
    assert [item.id for item in projection_of(portfolio, "market").achievements] == ["cut-the-queue"]
    assert projection_of(portfolio, "public").achievements == ()
    assert [path for path in content(portfolio) if not path.startswith("private/")] == ["site.yaml"]


# --- I10: names ------------------------------------------------------------------------------------------------------

NAMES = ("../../etc/passwd", "/abs", "C:\\x", "..", ".", "con", "NUL", "index", "a" * 400, "😀", "Ünï cödé", "a/b", "a b", "A-B",
         "%2e%2e", "x\x00y", "~", "-rf", "name.md", "İ", "\uff46\uff55")  # fmt: skip


def test_names_of_files_are_plain_and_unique_whatever_the_titles_i10(portfolio):
    resume = {
        "work": [{"name": name, "startDate": "2020", "highlights": [name, name]} for name in NAMES],
        "projects": [{"name": name, "startDate": "2020", "highlights": [name]} for name in NAMES],
        "skills": [{"name": name} for name in NAMES],
    }
    bring(portfolio, resume)
    names = [path for path in content(portfolio) if path != "site.yaml"]
    assert all(re.fullmatch(r"private/(achievements|roles|skills)/[a-z0-9]+(-[a-z0-9]+)*\.md", name) for name in names)
    assert not {"con", "nul", "index", "com1"} & {Path(name).stem for name in names}
    assert {path.name for path in portfolio.root.iterdir()} == {"site_content", "resume.json"}
    projection = projection_of(portfolio, "self")
    assert len(projection.achievements) == 3 * len(NAMES)
    before = content(portfolio)
    bring(portfolio, resume)
    assert content(portfolio) == before


# --- I12: half-way ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "block",
    ["private/skills", "private/skills/zither.md/x"],
    ids=["I12-no-folder", "I12-last-rename"],
)
def test_a_crash_half_way_leaves_nothing_behind(portfolio, block):
    resume = jobs(highlights=["Cut the queue"]) | {"skills": [{"name": "Abacus"}, {"name": "Zither"}]}
    portfolio.entry("in the way", block)
    before = content(portfolio)
    outcome = bring(portfolio, resume)
    assert outcome.code == 3
    assert content(portfolio) == before


def test_a_crash_half_way_brings_back_what_was_overwritten_i12(portfolio):
    bring(portfolio, jobs(highlights=["Cut the queue"]))
    portfolio.entry("in the way", "private/skills/zither.md/x")
    before = content(portfolio)
    outcome = bring(portfolio, jobs(highlights=["Cut the queue"], endDate="2021-07") | {"skills": ["Zither"]})
    assert outcome.code == 3
    assert content(portfolio) == before


def test_a_link_that_leads_out_is_not_followed_i12_link(portfolio, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (portfolio.root / "site_content" / "private").symlink_to(elsewhere)
    outcome = bring(portfolio, jobs())
    assert (outcome.code, {code for _, code in outcome.errors}) == (1, {"symlink"})
    assert list(elsewhere.iterdir()) == []


# --- the samples -----------------------------------------------------------------------------------------------------


def wanted(resume):
    """Return everything of a resume that must be found again, by section."""

    def names(section, *keys):
        return {tuple(row.get(key) or "" for key in keys) for row in resume.get(section) or ()}

    return {
        "jobs": names("work", "name", "position", "startDate", "summary")
        | names("volunteer", "organization", "position", "startDate", "summary"),
        "projects": names("projects", "name", "startDate", "description", "url"),
        "highlights": {text for section in ("work", "volunteer", "projects") for row in resume.get(section) or ()
                       for text in row["highlights"]},
        "skills": {word for row in resume["skills"] for word in row["keywords"]},
        "education": names("education", "institution", "studyType", "area", "startDate", "endDate", "score"),
        "credentials": {("award", *row) for row in names("awards", "title", "awarder", "date", "summary")}
        | {("certificate", *row, "") for row in names("certificates", "name", "issuer", "date")}
        | {("publication", *row) for row in names("publications", "name", "publisher", "releaseDate", "summary")},
        "languages": names("languages", "language", "fluency"),
    }  # fmt: skip


def found(projection):
    """Return the same of a projection."""

    def text(value):
        return str(value or "")

    roles = [role.authored for role in projection.roles]
    return {
        "jobs": {(role.employer, p.title, text(p.start), role.summary)
                 for role in roles if role.kind != "project" for p in role.positions},
        "projects": {(role.employer, text(role.positions[0].start), role.summary, text(role.url))
                     for role in roles if role.kind == "project"},
        "highlights": {item.authored.title for item in projection.achievements},
        "skills": {skill.authored.name for skill in projection.skills},
        "education": {(e.institution, e.degree, e.area, text(e.start), text(e.end), e.score)
                      for e in projection.education},
        "credentials": {(c.kind, c.title, c.issuer, text(c.date), c.summary) for c in projection.credentials},
        "languages": {(language.name, language.fluency) for language in projection.config.person.languages},
    }  # fmt: skip


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize(
    ("words", "audience"), [((), "self"), (("--visibility", "public"), "public")], ids=["self", "public"]
)
def test_everything_in_a_sample_is_found_in_the_projection(portfolio, samples, name, words, audience):
    portfolio.write(STARTER)
    data = (samples / "jsonresume" / f"{name}.resume.json").read_bytes()
    outcome = bring(portfolio, data, *words)
    assert outcome.code == 0
    left_out = {said.message.partition(": ")[0] for said in outcome.problems}
    assert left_out <= {"/basics/image", "/skills/0/level"}
    projection = projection_of(portfolio, audience)
    resume = json.loads(data)
    assert found(projection) == wanted(resume)
    person = projection.config.person
    basics = resume["basics"]
    assert (person.name, person.headline, person.website) == (basics["name"], basics["label"], basics["url"])
    assert {(p.network, p.username, p.url) for p in person.profiles} == {
        (p["network"], p["username"], p["url"]) for p in basics["profiles"]
    }
    assert basics["summary"].split(". ")[-1] in projection.pages[0].bodies[0].html.replace("&amp;", "&")


FORMATS = FormatChecker()
FORMATS.checks("uri")(lambda value: bool(re.match(r"[a-z][a-z0-9+.-]*://[^\s/]+|mailto:|tel:", str(value))))


def assert_valid(resume):
    """Check a resume against the schema, formats too."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft7Validator.check_schema(schema)
    assert [error.message for error in Draft7Validator(schema, format_checker=FORMATS).iter_errors(resume)] == []


@pytest.mark.parametrize("name", SAMPLES)
def test_the_resume_that_is_built_from_a_sample_is_valid_and_says_the_same(portfolio, samples, name):
    portfolio.write(STARTER)
    data = (samples / "jsonresume" / f"{name}.resume.json").read_bytes()
    bring(portfolio, data, "--visibility", "public")
    assert_built(portfolio.build("--base-url", "https://example.org/"))
    built, resume = json.loads(portfolio.page("resume.json")), json.loads(data)
    assert_valid(built)
    for section, key in (("work", "name"), ("volunteer", "organization"), ("projects", "name"), ("education", "institution"),
                         ("awards", "title"), ("certificates", "name"), ("publications", "name"), ("languages", "language")):  # fmt: skip
        assert {row[key] for row in built.get(section, ())} == {row[key] for row in resume.get(section) or ()}
    for section in ("work", "volunteer", "projects"):
        assert {text for row in built.get(section, ()) for text in row["highlights"]} == {
            text for row in resume.get(section) or () for text in row["highlights"]
        }
    keywords = {word for row in resume["skills"] for word in row["keywords"]}
    assert keywords <= {word for row in built["skills"] for word in row.get("keywords", [row["name"]])}


def test_the_resume_of_every_section_is_valid(portfolio):
    portfolio.write(STARTER)
    row = {"url": "https://x.example", "startDate": "2020", "endDate": "2021-02", "summary": "S", "highlights": ["H."]}
    resume = {
        "basics": {"name": "Ada", "label": "Smith", "email": "a@b.example", "phone": "1", "url": "https://a.example",
                   "summary": "S", "location": {"city": "C"}, "profiles": [{"network": "N", "url": "https://n.example"}]},
        "work": [{**row, "name": "W", "position": "P"}], "volunteer": [{**row, "organization": "V", "position": "P"}],
        "education": [{"institution": "E", "area": "A", "studyType": "B", "startDate": "2001-09-01", "score": "1"}],
        "awards": [{"title": "A", "date": "2020"}], "certificates": [{"name": "C", "date": "2020-01", "issuer": "I"}],
        "publications": [{"name": "P", "releaseDate": "2020-01-02", "publisher": "P"}],
        "skills": [{"name": "G", "keywords": ["K"]}, {"name": "L"}], "languages": [{"language": "Norse"}],
        "interests": [{"name": "I", "keywords": ["K"]}], "references": [{"name": "R", "reference": "T"}],
        "projects": [{**row, "name": "J", "keywords": ["K"], "description": "D", "summary": None}],
    }  # fmt: skip
    assert_valid(resume)
    bring(portfolio, resume, "--visibility", "public")
    assert_built(portfolio.build("--base-url", "https://example.org/"))
    built = json.loads(portfolio.page("resume.json"))
    assert_valid(built)
    assert set(resume) - {"references"} <= set(built)


# --- laws ------------------------------------------------------------------------------------------------------------

TEXT = st.text(max_size=12) | st.sampled_from([
    "Acme", "---", "# x", "a: b", "[[x]]", "![](x.png)", "<b>", "- x", "2020", "2020-01-05", "2020-02-30", "present", "con", "\x00",
    "javascript:x", "https://a.example", "a.example", "\u202e", "x" * 2000, "x " * 900, "One. Two.", "a\n\nb", "```\nx", "\\", "&#12;",
])  # fmt: skip
NOISE = (
    st.none()
    | st.booleans()
    | st.integers()
    | TEXT
    | st.lists(TEXT, max_size=2)
    | st.dictionaries(TEXT, TEXT, max_size=2)
)
KEYS = ("name", "organization", "institution", "title", "language", "position", "startDate", "endDate", "date", "url", "summary",
        "description", "highlights", "keywords", "level", "reference", "location", "roles", "courses", "fluency", "x")  # fmt: skip
ROW = st.dictionaries(st.sampled_from(KEYS), TEXT | st.lists(TEXT, max_size=3) | NOISE, max_size=8)
SECTIONS = ("work", "volunteer", "education", "awards", "certificates", "publications", "skills", "languages", "interests",
            "references", "projects", "meta")  # fmt: skip
BASICS = st.dictionaries(
    st.sampled_from(("name", "label", "email", "url", "summary", "location", "profiles", "image")), NOISE
)
RESUME = st.builds(
    lambda rows, basics: {**rows, "basics": basics},
    st.dictionaries(st.sampled_from(SECTIONS), st.lists(ROW | NOISE, max_size=4) | NOISE, max_size=6),
    BASICS | NOISE,
)


def tree_of(files):
    """Return *files*, text by path, as they are read from disk."""
    return SourceTree({path: SourceFile(path, len(text), text.encode()) for path, text in sorted(files.items())})


@given(resume=RESUME, visibility=st.sampled_from(["private", "public", "market"]))
def test_whatever_is_imported_reads_without_an_error_and_only_once(resume, visibility):
    plan = read_jsonresume("resume.json", json.dumps(resume).encode())
    assert all(p.code in CODES and p.message and p.hint and p.span.line and not p.is_error for p in plan.problems)
    terms = Terms(dt.date(2026, 8, 15), visibility, placeholder=UNNAMED)
    files = {"site.yaml": starter_site(UNNAMED)}
    first = merge_plan(plan, tree_of(files), terms)
    files |= first.files
    portfolio, problems = read_portfolio(tree_of(files))
    audiences, _ = read_audiences(portfolio.config, portfolio.config_source)
    problems += check_visibility(portfolio, audiences)
    for audience in (SELF, PUBLIC):
        projection, _ = project(portfolio, audiences, View(audience, terms.today, dt.UTC))
        problems += link(projection, portfolio.files)[1]
    assert [problem for problem in problems if problem.is_error] == []
    again = merge_plan(plan, tree_of(files), terms)
    assert (again.files, again.new, again.updated) == ({}, 0, 0)


@given(resume=RESUME)
def test_no_highlight_is_lost(resume):
    plan = read_jsonresume("resume.json", json.dumps(resume).encode())
    merged = merge_plan(plan, tree_of({"site.yaml": starter_site(UNNAMED)}), Terms(dt.date(2026, 8, 15)))
    told = {said.partition(":")[0] for said in (problem.message for problem in (*plan.problems, *merged.problems))}
    for section in ("work", "volunteer", "projects"):
        for index, row in enumerate(resume.get(section) if isinstance(resume.get(section), list) else ()):
            texts = row.get("highlights") if isinstance(row, dict) else None
            for number, text in enumerate(texts if isinstance(texts, list) else ()):
                place = f"{section}/{index}/highlights"
                is_made = any(f"id: {place}/{number}," in file for file in merged.files.values())
                is_told = {f"/{place}", f"/{place}/{number}"} & told
                assert (
                    is_made or is_told or not str(text).strip("\x00\x1f \n\t\r\x0b\x0c\x1c\x1d\x1e\x85\xa0\u2028\u2029")
                )
