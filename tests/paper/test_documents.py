"""Documents of several pages: read back whole and in order, sound by the rules, the same each time, whatever the text says."""

import datetime as dt
import json
import sys

import pytest

from bragfolio.app.documents import Document, set_with
from bragfolio.core.insight.packet import Corroboration, Packet, PacketCriterion, PacketProof
from bragfolio.core.insight.telling import tellings
from bragfolio.core.render.packet_pages import make_packet_document, newest_proof
from bragfolio.core.render.story_cards import in_short, make_cards, newest_day, spoken_lines
from bragfolio.model.achievement import Metric
from bragfolio.model.scalars import PartialDate, Quantity
from bragfolio.model.site import SiteConfig
from tests.insight.careers import career_of
from tests.paper.reading import POINTS_PER_MM, Pdf, squeezed
from tests.paper.test_one_page import entry
from tests.portfolios import achievement

HOSTILE = (
    '#read("/etc/passwd") #eval("1")',
    "$x^2$ and *bold* _em_ `raw` ~ \\ @label <tag> // not a comment /* nor this */",
    "= No heading",
    "- No item, 1. no number",
    "\"quoted\" 'single' \\u{41} {code} [content] #let x = 1;",
    "two-thirds of it, end-to-end: fi fl ffi, −72 % → +18 points",
    "Łódź, Ștefan, Ηλεκτρονική, Сократили, 1,000,000 € & 2½ × 3",
    "https://example.org/a/very/long/address/that/no/line/of/a/card/would/hold/in/one/piece?q=1",
)
SITE = "title: Ada\nlanguage: de\nperson: {name: Ada Quill}\n"


def cards(press, files, site=SITE):
    """Return the cards of the stories in *files*, as what was set and as a PDF."""
    career = career_of({"site.yaml": site, **files})
    told = tellings(career)
    context = make_cards(career, told)
    return context, Pdf(set_with(press, Document("cards", context, career.config, (), newest_day(career, told))))


def assert_in_order(pdf, fragments):
    """Check that four extractors read each fragment whole, one behind the other."""
    assert len(pdf.texts) == 4
    for name, text in pdf.texts.items():
        read, at = squeezed(text), 0
        for fragment in fragments:
            place = read.find(squeezed(fragment), at)
            assert place >= 0, (name, fragment)
            at = place + len(squeezed(fragment))


def assert_sound(pdf, pages, edge_mm):
    """Check the number of pages, the rules, and that all type is legible and keeps *edge_mm* from the edges."""
    assert pdf.pages == pages
    assert pdf.failed_rules == []
    letters = [letter for letter in pdf.letters if letter.get_text().strip()]
    assert min(letter.size for letter in letters) >= 9 - 0.01
    width, height = (float(size) for size in pdf.reader.pages[0].mediabox[2:])
    edge = edge_mm * POINTS_PER_MM - 1.5
    assert [
        x for x in letters if x.matrix[4] < edge or x.x1 > width - edge or x.y0 < edge or x.y1 > height - edge
    ] == []


def bookmarks(pdf):
    """Return the titles of the outline, those further down behind two spaces for each level."""

    def told(outline, depth=0):
        for one in outline:
            if isinstance(one, list):
                yield from told(one, depth + 1)
            else:
                yield "  " * depth + one.title

    return list(told(pdf.reader.outline))


def told_story(text, number=0):
    parts = {
        name: f"{name.title()} {number}: {text}" for name in ("situation", "task", "action", "result", "reflection")
    }
    keys = {
        "title": f"{text} {number}",
        "questions": [f"q{number}"],
        "competencies": [f"shown {number}"],
        "star": parts,
    }
    return entry(keys, "")


# --- cards -----------------------------------------------------------------------------------------------------------


def test_whatever_stories_say_is_text_and_comes_out_in_order(press):
    files = {f"stories/s{number}.md": told_story(text, number) for number, text in enumerate(HOSTILE)}
    questions = [{"id": f"q{number}", "text": f"Why {number}? {text}"} for number, text in enumerate(HOSTILE)]
    files["private/questions.yaml"] = json.dumps(questions, ensure_ascii=False)
    _, pdf = cards(press, files)
    fragments = []
    for number, text in enumerate(HOSTILE):
        fragments += [f"Why {number}? {text}", f"{text} {number}", f"Result {number}: {text}"]
        fragments += [f"{label} {label} {number}: {text}" for label in ("Situation", "Task", "Action", "Reflection")]
        fragments += [f"shows shown {number}"]
    assert_in_order(pdf, fragments)
    assert_sound(pdf, 4, 9)
    assert [squeezed(title) for title in bookmarks(pdf)] == [
        squeezed(f"{text} {number}") for number, text in enumerate(HOSTILE)
    ]
    assert pdf.links == []


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (2, 1), (3, 2), (30, 15)])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_two_cards_stand_on_a_page(press, count, pages, paper):
    files = {f"stories/s{number:02}.md": told_story("Said", number) for number in range(count)}
    _, pdf = cards(press, files, f"{SITE}one_pager: {{page: {paper}}}\n")
    assert pdf.pages == pages
    assert len(bookmarks(pdf)) == count
    assert f"1 / {pages}" in pdf.reader.pages[0].extract_text()


@pytest.mark.parametrize("star", [True, False])
def test_a_story_without_an_end_is_cut_to_its_card(press, star):
    long = "We tried and we tried again, for as long as it took, and then some more of it. " * 90
    text = told_story(long) if star else entry({"title": "All that was ever said " * 12}, f"{long}\n\n" * 30)
    files = {"stories/a.md": text, "stories/b.md": told_story("Short", 1)}
    context, pdf = cards(press, files)
    assert len(context.cards[0].texts) > 3
    assert_sound(pdf, 1, 9)
    assert_in_order(pdf, ["We tried", "Short 1", "Result 1: Short"])


def test_the_pdf_says_whose_it_is_and_is_the_same_each_time(press):
    files = {
        "stories/a.md": entry({"title": "A", "achievements": ["d"], "used": [{"date": "2026-07-30"}]}, "Said."),
        "achievements/d.md": achievement().replace("date: 2026-07-20", "date: 2026-07"),
    }
    _, pdf = cards(press, files)
    assert pdf.info["Title"] == "Ada Quill – interview stories"
    assert pdf.info["Author"] == "Ada Quill"
    assert pdf.info["CreationDate"] == "D:20260731000000Z"
    assert pdf.catalog["/Lang"] == "de"
    assert bool(pdf.catalog["/MarkInfo"]["/Marked"])
    assert cards(press, dict(reversed(files.items())))[1].data == pdf.data


def test_a_card_shows_the_number_the_length_and_where_it_was_told(press):
    files = {
        "private/postings/p.md": "---\ntitle: SRE\nemployer: Beta BV\n---\n",
        "achievements/d.md": achievement(
            "metrics:", "  - {name: mistakes, before: 1, after: 2, better: lower}",
            "  - {name: queue, before: 38, after: 9, unit: min, better: lower}",
        ),
        "stories/a.md": entry(
            {"title": "A", "achievements": ["d"], "used": [{"posting": "p", "date": "2026-07-30", "round": "final"}]},
            "word " * 210,
        ),
    }  # fmt: skip
    context, pdf = cards(press, files)
    assert [one.value for one in context.cards[0].numbers] == ["38 → 9 min"]  # what got worse is nothing to show
    assert_in_order(pdf, ["A", "38 → 9 min", "−76 %", "queue", "word word", "1.5 minutes, 210 words", "told to Beta BV 30 Jul 2026 (final)"])  # fmt: skip


@pytest.mark.parametrize(("text", "limit", "short"), [
    ("Short.", 20, "Short."),
    ("One. Two three four five.", 20, "One. Two three…"),
    ("One and two. Three four five.", 20, "One and two."),
    ("One two three four five six", 14, "One two…"),
    ("He said “no.” And then a lot more", 20, "He said “no.”"),
])  # fmt: skip
def test_texts_are_cut_behind_a_sentence_where_that_says_enough(text, limit, short):
    assert in_short(text, limit) == short


def test_markdown_is_said_without_its_signs():
    body = "# Why\n\n- **One** of [two](https://example.org/)\n- 2 * 3 <!-- not\n\nthis -->\n\n> `code` and snake_case"
    assert spoken_lines(body) == ["Why", "One of two 2 * 3", "code and snake_case"]


# --- packet ----------------------------------------------------------------------------------------------------------


def proof(name, text, date="2026-07", stars=3, **more):
    year, month = date.split("-")
    return PacketProof(
        id=name, title=f"Title {text}", date=PartialDate(int(year), int(month)), stars=stars, impact=f"Impact {text}",
        my_part=f"Mine {text}", **{"metrics": (), "corroborations": (), **more},
    )  # fmt: skip


def criterion(text, *proofs, competency="Direction", state="sustained", gap=""):
    return PacketCriterion(id="x", text=f"Criterion {text}", competency=competency, state=state, proofs=proofs, gap=gap)


def packet(*criteria, has_gaps=False):
    return Packet(
        person="Ada Quill", headline="Engineer", ladder="Software", level="Staff engineer", level_path="swe/staff",
        summary="Sets direction.", position="Senior engineer", since=PartialDate(2024, 3), cycle="2026-H2",
        due=dt.date(2026, 9, 22), audience="leadership", as_of=dt.date(2026, 8, 15), criteria=criteria, has_gaps=has_gaps,
    )  # fmt: skip


def pages(press, given, lang="en"):
    config = SiteConfig(language=lang)
    return Pdf(set_with(press, Document("packet", make_packet_document(given), config, (), newest_proof(given))))


def test_a_packet_reads_criterion_by_criterion(press):
    metrics = (
        Metric(name="worse", before=Quantity.parse("1"), after=Quantity.parse("2"), better="lower"),
        Metric(name="queue", before=Quantity.parse("38"), after=Quantity.parse("9"), unit="min", better="lower"),
    )
    sources = (
        Corroboration(kind="link", text="Report", url="https://example.org/report"),
        Corroboration(kind="file", text="chart.png"),
        Corroboration(kind="feedback", text="It works", byline="Petra"),
    )
    first = proof("a", "one", metrics=metrics, corroborations=sources)
    given = packet(
        criterion("first", first, proof("b", "two", "2025-02")),
        criterion("second", first),
        criterion("third", competency="Mentoring", state="missing", gap="Two proofs are missing."),
    )
    pdf = pages(press, given)
    assert_sound(pdf, 2, 12)
    assert_in_order(pdf, [
        "Ada Quill", "Engineer", "Staff engineer", "Promotion packet", "Software", "Sets direction.", "Now Senior engineer since March 2024",
        "For 2026-H2, packet due 22 September 2026", "As of 15 August 2026", "38 → 9 min", "2 achievements for 2 criteria",
        "Direction · 2 criteria · 3 proofs", "1 / 2", "Ada Quill – Staff engineer", "Direction", "Criterion first", "Title one · Jul 2026",
        "38 → 9 min −76 % queue", "Impact one", "My part Mine one", "Link Report", "File chart.png", "“It works” Petra", "Title two · Feb 2025",
        "Criterion second", "Title one · Jul 2026 · told above", "2 / 2",
    ])  # fmt: skip
    everything = pdf.texts["pdftotext"]
    for hidden in ("Mentoring", "missing", "Sustained", "worse"):
        assert hidden not in everything
    assert bookmarks(pdf)[0].strip() == "Direction"
    assert "  Criterion first" in bookmarks(pdf)
    assert pdf.links == ["https://example.org/report"]
    assert pdf.info["CreationDate"] == "D:20260731000000Z"
    assert pages(press, given).data == pdf.data


def test_gaps_are_printed_where_they_were_asked_for(press):
    given = packet(
        criterion("first", proof("a", "one")), criterion("second", state="missing", gap="Two proofs are missing."),
        has_gaps=True,
    )  # fmt: skip
    assert_in_order(pages(press, given), [
        "1 of 2 criteria sustained, 1 with proof, 1 achievement in all", "Criterion first", "Sustained", "Title one",
        "Criterion second", "Missing", "Two proofs are missing.",
    ])  # fmt: skip


def test_whatever_a_packet_says_is_text(press):
    given = packet(*(
        criterion(text, proof(f"p{number}", text, corroborations=(Corroboration(kind="feedback", text=text, byline=text),)), competency=text)
        for number, text in enumerate(HOSTILE)
    ))  # fmt: skip
    pdf = pages(press, given)
    fragments = [
        part
        for text in HOSTILE
        for part in (text, f"Criterion {text}", f"Title {text}", f"Impact {text}", f"Mine {text}", text, text)
    ]
    assert_in_order(pdf, ["As of 15 August 2026", *(f"{text} · 1 criterion" for text in HOSTILE), *fragments])
    assert pdf.failed_rules == []


def test_an_empty_packet_is_a_page(press):
    pdf = pages(press, packet())
    assert_sound(pdf, 1, 12)
    assert "0 achievements for 0 criteria" in pdf.texts["pypdf"]


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def teller(portfolio):
    """A portfolio with a story, a question, and a posting where it was told."""
    return portfolio.write({
        "site_content/stories/queue.md": "---\ntitle: The queue\ncompetencies: [calm]\nquestions: [why]\n"
        "used: [{posting: beta, date: 2026-07-01}]\n---\nI halved it. *Truly.*\n",
        "site_content/private/questions.yaml": "- {id: why, text: Why you, competencies: [calm]}\n",
        "site_content/private/postings/beta.md": "---\ntitle: SRE\nemployer: Beta\nmust: [Go]\n---\nBe calm.\n",
    })  # fmt: skip


def test_the_matrix_is_printed(teller):
    outcome = teller.brag("stories")
    assert outcome.code == 0, outcome.text
    assert "You have 1 story for 1 of 1 question" in outcome.text
    assert ["Why", "you", "●"] in [line.split() for line in outcome.text.splitlines()]
    data = json.loads(teller.brag("stories", "--json").text)
    assert data["stories"]["questions"] == [{"id": "why", "text": "Why you", "first": ["queue"], "fits": []}]
    assert (data["file"], data["interview"], data["problems"]) == (None, None, [])


def test_what_a_posting_has_heard_is_a_warning(teller):
    outcome = teller.brag("stories", "--for", "beta")
    assert outcome.code == 0, outcome.text
    assert "SRE at Beta asks for Go." in outcome.text
    assert "They have heard “The queue” already, on 2026-07-01." in outcome.text
    data = json.loads(teller.brag("stories", "--for", "beta", "--json").text)["interview"]
    assert data["questions"] == [
        {"id": "why", "likely": True, "story": None, "first_choice": False, "told_there": ["story/queue"]}
    ]
    refused = teller.brag("stories", "--for", "betta")
    assert refused.errors == [("brag stories", "not-found")]
    assert "did you mean “beta”?" in refused.text
    assert "You have" not in refused.text
    assert refused.code == 1


def test_cards_land_in_private_or_where_they_are_told_to(teller):
    outcome = teller.brag("stories", "--cards")
    assert outcome.code == 0, outcome.text
    made = teller.root / "site_content/private/one-pagers/ada-quill-interview-stories.pdf"
    assert "I halved it. Truly." in Pdf(made.read_bytes()).texts["pypdf"]
    assert "keep it out of git" not in outcome.text
    outside = teller.brag("stories", "--cards", "--out", "c.md")
    assert outside.code == 0
    assert "keep it out of git" in outside.text
    assert (teller.root / "c.md").read_text(encoding="utf-8") == (
        "# Ada Quill – interview stories\n\n## The queue\n\n> Why you\n\nI halved it. Truly.\n\n"
        "0.03 minutes, 4 words; calm; Beta 1 Jul 2026\n"
    )
    published = teller.brag("stories", "--cards", "--out", "output/c.pdf")
    assert published.errors == [("output/c.pdf", "output-folder")]
    assert teller.brag("stories", "--out", "c.pdf").code == 2


def test_a_letter_that_no_font_has_is_named_with_its_place(teller):
    teller.entry("---\ntitle: 速い\n---\nSaid.\n", "private/stories/quick.md")
    outcome = teller.brag("stories", "--cards", "--out", "c.pdf")
    assert outcome.code == 1
    assert {code for _, code in outcome.errors} == {"glyph"}
    assert outcome.errors[0][0].startswith("site_content/private/stories/quick.md:2:")
    assert not (teller.root / "c.pdf").exists()
    assert teller.brag("stories", "--cards", "--out", "c.md").code == 0


def test_without_an_engine_there_is_markdown(teller, monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    outcome = teller.brag("stories", "--cards", "--out", "c.pdf")
    assert (outcome.code, outcome.errors) == (3, [("brag stories", "engine")])
    assert "end the name of --out in .md" in outcome.text
    assert teller.brag("stories", "--cards", "--out", "c.md").code == 0


def test_a_theme_of_your_own_sets_the_cards(teller):
    teller.write({"themes/ledger/documents/cards.typ": "#let doc(sheet, job) = [My own: #sheet.cards.len()]"})
    assert teller.brag("stories", "--cards", "--out", "c.pdf").code == 0
    assert "My own: 1" in Pdf((teller.root / "c.pdf").read_bytes()).texts["pypdf"]
    teller.write({"themes/ledger/documents/cards.typ": "#let doc(sheet, job) = {\n  sheet.nothing\n}"})
    broken = teller.brag("stories", "--cards", "--out", "c.pdf")
    assert broken.errors == [("themes/ledger/documents/cards.typ:2:8", "theme")]


def test_a_story_is_started_like_an_entry(portfolio):
    outcome = portfolio.brag("new", "story", "The queue: halved")
    assert outcome.code == 0, outcome.text
    path = portfolio.root / "site_content/private/stories/the-queue-halved.md"
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["---", 'title: "The queue: halved"']
    path.write_text("\n".join(line.removeprefix("# ") for line in lines), encoding="utf-8")
    assert portfolio.brag("stories").errors == []  # the hints are sound


def test_a_packet_is_a_pdf_unless_it_is_told_otherwise(portfolio, monkeypatch):
    portfolio.entry(
        "id: swe\nlevels: [{id: staff, name: Staff}]\n"
        "competencies: [{id: d, name: Direction, criteria: {staff: [{id: td, text: Sets direction}]}}]\n",
        "private/ladders/swe.yaml",
    )
    portfolio.entry(
        achievement("ladder: [swe/staff/td]", "impact: Nobody waits.", "evidence: [{url: 'https://example.org/r'}]")
    )
    outcome = portfolio.brag("packet", "staff")
    assert outcome.code == 0, outcome.text
    (made,) = (portfolio.root / "site_content/private/packets").iterdir()
    assert made.name == "swe-staff-leadership-2026-08-15.pdf"
    pdf = Pdf(made.read_bytes())
    assert_in_order(
        pdf,
        [
            "Ada Quill",
            "Staff",
            "Direction",
            "Sets direction",
            "Cut the queue",
            "Nobody waits.",
            "Link https://example.org/r",
        ],
    )
    assert pdf.links == ["https://example.org/r"]
    assert pdf.failed_rules == []
    assert portfolio.brag("packet", "staff").code == 0  # over its own
    (portfolio.root / "letter.pdf").write_text("Dear sir")
    assert portfolio.brag("packet", "staff", "--out", "letter.pdf").errors == [("letter.pdf", "output-folder")]
    assert portfolio.brag("packet", "staff", "--markdown", "--out", "p.pdf").errors == [("p.pdf", "output-folder")]
    monkeypatch.setitem(sys.modules, "typst", None)
    outcome = portfolio.brag("packet", "staff", "--out", "p.pdf")
    assert (outcome.code, outcome.errors) == (3, [("brag packet", "engine")])
    assert portfolio.brag("packet", "staff", "--markdown").code == 0
