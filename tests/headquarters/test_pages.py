"""Pages: the headquarters are there for `self` alone, answer every question, and name the source of every number."""

import datetime as dt

import pytest
from lxml import html

from bragfolio.app.career import open_career
from bragfolio.core.insight.figures import Bars, Grid, Quadrant, Table
from bragfolio.core.insight.questions import QUESTIONS, answer
from bragfolio.core.render.advice import bound, coded
from bragfolio.core.render.sources import make_catalogue
from tests.headquarters.showroom import full_career, pages_of_showroom
from tests.insight.samples import HOSTILE, LONG
from tests.portfolios import achievement

OWN = ".brag/builds/self"


def parse(path):
    return html.fromstring(pages_of_showroom()[f"headquarters/{path}.html"].decode())


def words(tree, path):
    return [" ".join("".join(element.itertext()).split()) for element in tree.xpath(path)]


def pairs(tree, path):
    return [" ".join("".join(part.itertext()) for part in element) for element in tree.xpath(path)]


def test_the_owner_has_a_page_for_each_question_and_finds_it(portfolio):
    portfolio.entry(achievement())
    assert portfolio.build("--audience", "self", "--no-pdf").code == 0
    built = {path for path in portfolio.built(OWN) if path.startswith("headquarters/")}
    names = ["index", "sources", *(question.name for question in QUESTIONS)]
    assert built == {f"headquarters/{name}.html" for name in names}
    home = html.fromstring(portfolio.page("index.html", OWN))
    assert home.xpath("//nav[@aria-label='Main']//a[text()='Headquarters']/@href") == ["headquarters/index.html"]
    office = html.fromstring(portfolio.page("headquarters/index.html", OWN))
    rooms = office.xpath("//nav[@aria-label='Headquarters']//a/@href")
    assert [href.rpartition("/")[2] for href in rooms] == [
        "index.html",
        *(f"{q.name}.html" for q in QUESTIONS),
        "sources.html",
    ]
    assert office.xpath("//meta[@name='robots']/@content") == ["noindex"]


@pytest.mark.parametrize("audience", ["public", "market", "company", "leadership"])
def test_nobody_else_has_headquarters(portfolio, audience):
    portfolio.entry(achievement()).entry("- {id: petra, name: Petra Vandersmissen}\n", "private/people.yaml")
    assert portfolio.build("--audience", audience, "--no-pdf").code == 0
    folder = "output" if audience == "public" else f".brag/builds/{audience}"
    assert not [path for path in portfolio.built(folder) if "headquarters" in path]
    assert "headquarters" not in portfolio.everything(folder).casefold()


@pytest.mark.parametrize(("path", "text", "code"), [
    ("private/people.yaml", "- {id: petra}\n", "key-missing"),
    ("private/announcements.csv", "date,achievement\nyesterday,x\n", "date"),
    ("private/postings/x.md", "---\ntitle: X\nmust: {a: b}\n---\n", "value-type"),
])  # fmt: skip
def test_mistakes_in_private_files_are_the_owners_alone(portfolio, path, text, code):
    portfolio.entry(achievement()).entry(text, path)
    assert portfolio.build("--no-pdf").code == 0
    outcome = portfolio.build("--audience", "self", "--no-pdf")
    assert outcome.code == 1
    ((place, found),) = outcome.errors
    assert place.startswith(f"site_content/{path}:")
    assert found == code


def test_a_portfolio_without_anything_says_what_would_switch_each_question_on(portfolio):
    assert portfolio.build("--audience", "self", "--no-pdf").code == 0
    office = html.fromstring(portfolio.page("headquarters/index.html", OWN))
    assert 'Nothing can be said yet. Write down what you did last: brag add "What you did"' in words(office, "//p")
    assert len(office.xpath("//dl[@class='silent']/dt")) == len(QUESTIONS)
    page = html.fromstring(portfolio.page("headquarters/freshness.html", OWN))
    assert words(page, "//header//p") == [
        "Nobody can say yet: the data are missing.", "Write achievements/: an achievement with a date.",
    ]  # fmt: skip
    assert words(page, "//header//p/code") == ["achievements/"]


def test_drafts_are_not_counted_even_where_they_are_shown(portfolio):
    portfolio.entry(achievement()).entry(achievement("draft: true"), "achievements/later.md")
    assert portfolio.build("--audience", "self", "--no-pdf", "--drafts").code == 0
    assert "achievements/later.html" in portfolio.built(OWN)
    assert "later.html" not in portfolio.page("headquarters/freshness.html", OWN)


def test_a_theme_may_replace_a_page(portfolio):
    portfolio.entry(achievement()).write({
        "themes/ledger/templates/question.html": "{% extends 'base/question.html' %}{% block brand %}<b>Mine</b>{% endblock %}",
    })  # fmt: skip
    assert portfolio.build("--audience", "self", "--no-pdf").code == 0
    page = portfolio.page("headquarters/freshness.html", OWN)
    assert "<b>Mine</b>" in page
    assert "Goodwill stands at" in page


def test_the_overview_orders_the_week_and_answers_every_question():
    office = parse("index")
    assert words(office, "//p[@class='worth']") == [
        "worth 4 stars", "worth 3.5 stars", "worth 3 stars", "worth 2.5 stars", "worth 2 stars",
    ]  # fmt: skip
    assert "3 more stand on the pages below." in words(office, "//p")
    assert words(office, "//ol[@class='answers']/li/h3") == [
        "Who knows what you did?",
        " ".join(HOSTILE.split()),
        "What about calm?",
    ]
    assert words(office, "//ol[@class='answers']//p[@class='found']") == ["7 to look at", "1 to look at", "all well"]
    assert words(office, "//dl[@class='silent']/*") == [
        "What about silent?", "private/people.yaml: the people whose opinion counts",
    ]  # fmt: skip


def test_a_question_says_answer_findings_numbers_and_what_to_do_next():
    page = parse("reach")
    assert words(page, "//h1") == ["Who knows what you did?"]
    assert words(page, "//p[@class='answer']") == ["Petra has not heard of 3 of your 5 biggest wins."]
    (first, *_) = page.xpath("//li[@class='finding']")
    assert words(first, ".//p[@class='next']") == ["Next Tell her about the first: brag announce d0 --to petra"]
    assert words(first, ".//code") == ["brag announce d0 --to petra"]
    assert pairs(first, ".//dl/div") == ["biggest wins 5", "unheard 3"]
    assert len(page.xpath("//svg[@role='img']")) == 6
    assert len(page.xpath("//table")) == 7
    assert not page.xpath("//table[ancestor::template] | //table[@hidden]")


def test_what_is_behind_a_number_is_one_click_away():
    page = parse("reach")
    assert page.xpath("//li[@class='finding'][2]//p[@class='behind']/a/@href") == [
        "../achievements/d0.html", "../achievements/d1.html",
    ]  # fmt: skip
    row = page.xpath("//section[@aria-labelledby='table-1']//tr[3]")[0]
    assert row.xpath("./td/a/@href") == []
    assert row.xpath("./td/details/summary/text()") == ["2"]
    assert row.xpath("./td/details//a/@href") == ["../achievements/d0.html", "../achievements/d1.html"]
    assert page.xpath("//section[@aria-labelledby='table-1']//tr[2]/td/a/@href") == ["../achievements/d0.html"]


@pytest.mark.parametrize(("entry", "text", "path"), [
    ("achievement/d0", "Did it", "achievements/d0.html"),
    ("role/acme", "Acme", "experience.html"),
    ("campaign/staff", "Staff", "campaigns/staff.html"),
    ("skill/SQL", "SQL", "skills/sql.html"),
    ("skill/sql", "SQL", "skills/sql.html"),
    ("person/petra", "Petra", "headquarters/sources.html#person-petra"),
    ("goal/returns", "Halve the returns", "headquarters/sources.html#goal-returns"),
    ("plan/plan", "Systems that many need.", "headquarters/sources.html#plan-plan"),
    ("bet/calm", "Known for calm", "headquarters/sources.html#bet-calm"),
    ("promotion/promotion", "Promotion to swe/staff", "headquarters/sources.html#promotion-promotion"),
    ("cycle/autumn", "autumn", "headquarters/sources.html#cycle-autumn"),
    ("question/conflict", "Tell me about a conflict", "headquarters/sources.html#question-conflict"),
    ("story/queue", "The queue", "headquarters/sources.html#story-queue"),
    ("posting/beta", "Lead", "headquarters/sources.html#posting-beta"),
    ("ladder/swe", "Software engineer", "headquarters/sources.html#ladder-swe"),
    ("ladder/swe/staff", "Level: Staff", "headquarters/sources.html#ladder-swe-staff"),
    ("ladder/swe/staff/td1", "Sets direction", "headquarters/sources.html#ladder-swe-staff-td1"),
    ("ladder/swe/staff/direction", "Direction", "headquarters/sources.html#ladder-swe-direction"),
    ("announcement/2", "Did it to company (line 2)", "headquarters/sources.html#announcement-2"),
    ("sending/2", "Staff to Petra (line 2)", "headquarters/sources.html#sending-2"),
    ("making/2", "Staff (line 2)", "headquarters/sources.html#making-2"),
    ("opportunity/2", "Lead, Beta (line 2)", "headquarters/sources.html#opportunity-2"),
    ("person/nobody", "nobody", ""),
    ("nonsense", "nonsense", ""),
])  # fmt: skip
def test_everything_that_an_insight_may_count_has_a_place(entry, text, path):
    career = full_career()
    catalogue, _ = make_catalogue(career.linked, career.dossier)
    mention = catalogue.mention(entry)
    assert (mention.text, mention.path) == (text, path)
    anchor = path.partition("#")[2]
    assert not anchor or parse("sources").xpath("//*[@id=$anchor]", anchor=anchor)


def test_the_page_of_sources_says_what_the_files_say():
    page = parse("sources")
    petra = page.xpath("//*[@id='person-petra']")[0]
    assert pairs(petra, ".//dl/div") == ["relation skip", "employer Acme", "cares about Halve the returns"]
    assert petra.xpath(".//a/@href") == ["../experience.html", "../headquarters/sources.html#goal-returns"]
    posting = page.xpath("//*[@id='posting-beta']")[0]
    assert pairs(posting, ".//dl/div") == [
        "employer Beta", "salary min: 90000, max: 100000, currency: EUR", "must SQL, Knitting", "words We look for calm.",
    ]  # fmt: skip
    assert posting.xpath(".//a/text()") == ["SQL"]
    assert pairs(page, "//*[@id='announcement-2']//dl/div") == [
        "date 21 Jul 2026", "achievement Did it", "channel email", "audience company", "to Petra",
    ]  # fmt: skip
    assert LONG in words(page, "//h3")


def test_two_things_with_one_anchor_get_two():
    from tests.insight.careers import career_of

    career = career_of({"private/people.yaml": "- {id: a.b, name: One}\n- {id: a-b, name: Two}\n"})
    _, groups = make_catalogue(career.linked, career.dossier)
    assert [item.id for item in groups[0].items] == ["person-a-b", "person-a-b-2"]


@pytest.mark.parametrize(("text", "markup"), [
    ("run `brag add`", "run <code><span>brag</span> <span>add</span></code>"), ("a ` b", "a  b"),
    ("`a` and `b`", "<code><span>a</span></code> and <code><span>b</span></code>"),
    ("<b> `<i>`", "&lt;b&gt; <code><span>&lt;i&gt;</span></code>"), ("", ""),
])  # fmt: skip
def test_commands_of_an_action_are_code(text, markup):
    assert coded(text) == markup


def test_days_and_shares_do_not_break():
    assert bound("70 % on 2026-11-20, 7 of 10") == "70\u00a0% on 2026\u201111\u201120, 7 of 10"


def entries_of(insight):
    """Yield everything that *insight* counts, with where."""
    for finding in insight.findings:
        yield from ((finding.code, entry) for entry in finding.entries)
    for table in (*insight.tables, *(chart.table for chart in insight.charts)):
        assert isinstance(table, Table)
        for cell in (cell for row in table.rows for cell in row):
            yield from ((table.caption, entry) for entry in (*cell.entries, *([cell.entry] if cell.entry else [])))
    for chart in insight.charts:
        if isinstance(chart, Bars):
            yield from ((chart.title, entry) for bar in chart.bars for part in bar.parts for entry in part.entries)
            yield from ((chart.title, bar.entry) for bar in chart.bars if bar.entry)
        if isinstance(chart, Grid):
            squares = [square for row in chart.rows for square in row.squares if square]
            yield from ((chart.title, entry) for square in squares for entry in square.entries)
            yield from ((chart.title, row.entry) for row in chart.rows if row.entry)
        if isinstance(chart, Quadrant):
            yield from ((chart.title, dot.entry) for dot in chart.dots)


def test_every_number_of_the_demo_leads_to_its_source(repository):
    career, _ = open_career(repository, dt.date(2026, 11, 23))
    catalogue, _ = make_catalogue(career.linked, career.dossier)
    counted = [pair for insight in answer(career).insights.values() for pair in entries_of(insight)]
    assert len(counted) > 50
    assert [pair for pair in counted if not catalogue.mention(pair[1]).path] == []
