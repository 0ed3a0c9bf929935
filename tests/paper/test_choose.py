"""Choose: what an achievement is worth on a one-pager, what a campaign selects, and what a posting asks for."""

import datetime as dt

import pytest

from bragfolio.app.prepare import link_for
from bragfolio.core.choose.one_pager import Terms, choose_achievements
from bragfolio.core.insight.match import match_posting
from bragfolio.core.insight.vocabulary import make_vocabulary, skills_named
from bragfolio.model.posting import Posting
from bragfolio.model.scalars import ScalarError, Since
from tests.paper.press import read
from tests.paper.test_one_page import entry
from tests.portfolios import SITE

DAY = dt.date(2026, 8, 15)


def deed(**keys):
    return entry({"title": "Deed", "date": "2026-08-15", "visibility": "public", **keys}, "")


def chosen(files, campaign=None, limit=8, wins="list"):
    """Return the choices for a campaign's keys, or for the resume."""
    files = {"site.yaml": SITE, **files}
    if campaign is not None:
        files["campaigns/c.md"] = entry({"title": "C", "audience": "public", **campaign}, "")
    linked, _, _ = link_for(read(files), "public")
    items = linked.projection.campaigns
    terms = Terms(items[0].authored if items else None, limit, wins)
    return choose_achievements(linked.projection, linked.skills, terms)


def ids(choices, *, spare=False):
    return [choice.item.id for choice in choices if choice.is_spare == spare]


VALUES = [
    # keys, campaign, value: stars * 0.5^(age / half-life) * pin, by hand
    ({"stars": 4}, None, 4.0),
    ({"stars": 4, "date": "2021-08-16"}, None, 2.0),  # 1,825 days: five years for the resume
    ({"stars": 4, "date": "2024-08-15"}, {}, 2.0),  # 730 days: two years for a campaign
    ({"stars": 4, "date": "2026-05-17"}, {"one_pager": {"half_life_days": 90}}, 2.0),
    ({"scope": "company", "date": "2024-08-15"}, {}, 2.0),
    ({"date": "2024-08-15"}, {}, 1.0),  # two stars when nothing says
    ({"stars": 3, "pin": True}, None, 6.0),
    ({"stars": 5, "date": "2026-08"}, None, 5.0),  # a month is its last day, never after today
    ({"stars": 5, "start": "2020", "ongoing": True, "date": None}, None, 5.0),
]


@pytest.mark.parametrize(("keys", "campaign", "value"), VALUES)
def test_the_value_of_an_achievement(keys, campaign, value):
    keys = {key: value for key, value in keys.items() if value is not None} | (
        {"date": ""} if "date" in keys and keys["date"] is None else {}
    )
    (choice,) = chosen({"achievements/x.md": deed(**keys)}, campaign)
    assert choice.value == pytest.approx(value, abs=1e-9)


FILES = {
    "achievements/a.md": deed(stars=5, date="2026-08-01", skills=["SQL"], tags=["data"], type="improved", role="acme"),
    "achievements/b.md": deed(stars=4, date="2026-01-01", skills=["Baking"], type="led"),
    "achievements/c.md": deed(stars=3, date="2025-02-14", skills=["structured query language"], tags=["old"]),
    "achievements/d.md": deed(stars=2, date="2020", tags=["old", "data"]),
    "skills/sql.md": entry({"name": "SQL", "synonyms": ["structured query language"], "visibility": "public"}, ""),
    "roles/acme.md": entry({"employer": "Acme", "visibility": "public"}, ""),
}
SELECTIONS = [
    ({}, "abcd"),
    ({"select": {"skills": ["sql"]}}, "ac"),
    ({"select": {"skills": ["Structured Query Language", "Baking"]}}, "abc"),
    ({"select": {"skills": ["Fishing"]}}, ""),
    ({"select": {"tags": ["old"]}}, "cd"),
    ({"select": {"tags": ["old"], "skills": ["SQL"]}}, "c"),
    ({"select": {"types": ["led", "improved"]}}, "ab"),
    ({"select": {"roles": ["acme"]}}, "a"),
    ({"select": {"since": "18m"}}, "ab"),  # from 2025-02-15 on: not c
    ({"select": {"since": "2025-02-14"}}, "abc"),
    ({"select": {"since": "2026"}}, "ab"),
    ({"select": {"stars_min": 4}}, "ab"),
    ({"select": {"stars_min": 4, "include": ["d"]}}, "abd"),
    ({"select": {"include": ["d"]}}, "d"),
    ({"select": {"exclude": ["a"]}}, "bcd"),
    ({"select": {"stars_min": 5}, "claims": [{"text": "X", "proof": ["d"]}]}, "ad"),
    ({"select": {"limit": 2}}, "ab"),
    ({"select": {"limit": 1}, "claims": [{"text": "X", "proof": ["d"]}]}, "d"),
]


@pytest.mark.parametrize(("campaign", "wanted"), SELECTIONS)
def test_what_a_campaign_selects(campaign, wanted):
    assert sorted(ids(chosen(FILES, campaign))) == sorted(wanted)


ORDERS = [("value", "abcd"), ("date", "abcd"), ("stars", "abcd"), ("manual", "dbac")]


@pytest.mark.parametrize(("order", "wanted"), ORDERS)
def test_the_order_of_a_campaign(order, wanted):
    campaign = {"order": order, "select": {"include": ["d", "b"], "stars_min": 1}}
    assert "".join(ids(chosen(FILES, campaign))) == wanted


def test_beyond_what_a_design_is_made_for_all_is_spare_unless_pinned():
    files = {**FILES, "achievements/e.md": deed(stars=1, date="2019", pin=True)}
    choices = chosen(files, limit=2)
    assert ids(choices) == ["a", "b", "e"]
    assert ids(choices, spare=True) == ["c", "d"]


def test_each_role_keeps_its_best_where_achievements_stand_below_roles():
    files = {f"achievements/n{n}.md": deed(stars=5, role="acme") for n in range(6)}
    files |= {"achievements/old.md": deed(stars=1, date="2012", role="beta"), "roles/acme.md": FILES["roles/acme.md"]}
    files["roles/beta.md"] = entry({"employer": "Beta", "visibility": "public"}, "")
    choices = chosen(files, limit=3, wins="role")
    assert "old" in ids(choices)
    assert [choice.item.id for choice in choices if choice.is_only] == ["n0", "old"]


def test_a_claim_keeps_its_best_proof():
    campaign = {"claims": [{"text": "X", "proof": ["d", "c"]}, {"text": "Y", "proof": []}]}
    assert [choice.item.id for choice in chosen(FILES, campaign) if choice.is_pinned] == ["c"]


SINCE = [
    ("18m", dt.date(2025, 2, 15)), ("1m", dt.date(2026, 7, 15)), ("2y", dt.date(2024, 8, 15)), ("90d", dt.date(2026, 5, 17)),
    ("2025", dt.date(2025, 1, 1)), ("2025-07", dt.date(2025, 7, 1)), ("2025-07-03", dt.date(2025, 7, 3)), ("999y", dt.date(1900, 1, 15)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day"), SINCE)
def test_since_is_a_day(text, day):
    assert Since.parse(text).day(DAY) == day


def test_a_month_that_is_too_short_ends_on_its_last_day():
    assert Since.parse("1m").day(dt.date(2026, 3, 31)) == dt.date(2026, 2, 28)
    assert Since.parse("1y").day(dt.date(2024, 2, 29)) == dt.date(2023, 2, 28)


@pytest.mark.parametrize("text", ["18x", "m18", "0m", "-3m", "18", "soon", "18 m", "99999d"])
def test_what_is_no_span(text):
    with pytest.raises(ScalarError):
        Since.parse(text)


NAMED = [
    ("C", "You write C and Go.", True), ("C", "You write c and go.", False), ("C", "C++ only", False), ("C", "C# only", False),
    ("C++", "C and C++.", True), ("C#", "in C#, or F#", True), (".NET", "the .NET stack", True), (".NET", "the internet", False),
    ("Go", "Go!", True), ("Go", "ready to go", False), ("Go", "Google", False), ("R", "R or SAS", True), ("R", "R&D", False), ("R", "our team", False),
    ("SQL", "sql", True), ("SQL", "MySQL", False), ("Change management", "the management of change", False),
    ("Change management", "CHANGE MANAGEMENT, please", True), ("Python", "pythonic", False), ("Node.js", "node.js", True),
]  # fmt: skip


@pytest.mark.parametrize(("skill", "advert", "named"), NAMED)
def test_a_skill_is_named_as_whole_words(skill, advert, named):
    files = {"site.yaml": SITE, "achievements/x.md": deed(skills=[skill])}
    linked, _, _ = link_for(read(files), "public")
    assert [known.name for known in skills_named(advert, make_vocabulary(linked.skills)) if known.skill] == (
        [skill] if named else []
    )


def test_the_longest_name_is_read_first():
    files = {"site.yaml": SITE, "achievements/x.md": deed(skills=["Management", "Change management"])}
    linked, _, _ = link_for(read(files), "public")
    assert [ref.name for ref in skills_named("Change management", make_vocabulary(linked.skills))] == [
        "Change management"
    ]


def test_grades_and_coverage_by_hand():
    files = {
        "site.yaml": SITE,
        "achievements/new.md": deed(skills=["A", "B"], date="2023-08-16"),  # 1,095 days: just within three years
        "achievements/old.md": deed(skills=["D"], date="2023-08-15"),
        "skills/k.md": entry({"name": "K", "visibility": "public"}, ""),
    }
    linked, _, _ = link_for(read(files), "public")
    posting = Posting(title="P", must=("A", "D", "a", "Nothing"), nice=("B", "K"))
    match = match_posting(posting, "", make_vocabulary(linked.skills), DAY)
    assert [(r.name, r.grade) for r in match.requirements] == [
        ("A", "proven"), ("D", "dated"), ("Nothing", "missing"), ("B", "proven"), ("K", "claimed"),
    ]  # fmt: skip
    assert match.coverage == pytest.approx((2 * 1 + 2 * 0.5 + 2 * 0 + 1 + 0.25) / 8)
    new = next(item.authored for item in linked.projection.achievements if item.id == "new")
    assert match.of(new, linked.skills) == pytest.approx(3 / 8)
    assert match_posting(Posting(title="P"), "Nothing here.", make_vocabulary(linked.skills), DAY).coverage == 0
