"""brag pdf and brag sent: what somebody gets on the morning of an interview."""

import csv
import hashlib
import json

import pytest
from lxml import html

from tests.paper.reading import Pdf, squeezed
from tests.portfolios import achievement, assert_sound
from tests.tools.system import require_tool

MINE = "site_content/private/one-pagers"
LEDGER = "site_content/private/one-pagers.csv"


def rows_of(portfolio, name):
    """Return the lines of a ledger."""
    with (portfolio.root / "site_content/private" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def refuses(outcome, *errors):
    """Check that a command said these errors and no others, with places and codes, and did nothing else."""
    assert_sound(outcome)
    assert outcome.errors == list(errors), outcome.text
    assert outcome.code == 1


@pytest.fixture
def baker(portfolio):
    """A portfolio with three achievements, two skills, a role and a campaign for leadership."""
    portfolio.write({
        "site_content/achievements/oven.md": achievement(
            "stars: 5", "skills: [Baking]", "impact: The first tram has fresh rolls.", "role: mill",
            "metrics: [{name: first loaf, before: 7, after: 5, unit: h, better: lower}]",
        ).replace("Cut the queue", "Bread out of the oven at five"),
        "site_content/achievements/sour.md": achievement("stars: 3", "skills: [Baking, C]").replace("Cut the queue", "A sourdough that sells out"),
        "site_content/achievements/old.md": "---\ntitle: Kept the books\ndate: 2019\nstars: 1\nskills: [Bookkeeping]\nvisibility: public\n---\n",
        "site_content/roles/mill.md": "---\nemployer: Mill Lane Bakery\nvisibility: public\npositions: [{title: Head baker, start: 2021, end: present}]\n---\n",
        "site_content/skills/latin.md": "---\nname: Latin\nvisibility: public\n---\n",
        "site_content/private/campaigns/raise.md": (
            "---\ntitle: Master baker\naudience: leadership\nclaims: [{text: Early, proof: [oven, sour]}]\none_pager: {template: brief}\n---\n"
        ),
    })  # fmt: skip
    return portfolio


def test_the_resume_lands_in_private_and_is_one_page(baker):
    outcome = baker.brag("pdf")
    assert outcome.code == 0, outcome.text
    made = baker.root / MINE / "ada-quill-resume.pdf"
    assert str(made) in outcome.text
    assert "one page" in outcome.text
    pdf = Pdf(made.read_bytes())
    assert pdf.pages == 1
    assert "Mill Lane Bakery" in pdf.texts["pdftotext"]
    assert baker.build().code == 0
    assert (baker.root / "output/resume.pdf").read_bytes() == made.read_bytes()  # the same page, wherever it is made
    assert baker.brag("check").text == "Nothing is wrong.\n"  # what lies in private/one-pagers is no riddle


def test_a_campaign_is_seen_with_the_eyes_of_its_audience(baker):
    baker.entry("---\ntitle: Only I know\ndate: 2026-08\nstars: 5\n---\n", "private/achievements/secret.md")
    baker.entry(
        "---\ntitle: Fit for leadership\ndate: 2026-08\nvisibility: leadership\n---\n", "private/achievements/told.md"
    )
    outcome = baker.brag("pdf", "raise", "--out", "out.pdf")
    assert outcome.code == 0, outcome.text
    assert "hand it to nobody else" in outcome.text
    text = Pdf((baker.root / "out.pdf").read_bytes()).texts["pdftotext"]
    assert "Fit for leadership" in text
    assert "Only I know" not in text


CLAIMS = [
    ("", ["Selected results"]),
    ("claims: [{text: Early, proof: [nobody-knows]}]", ["Selected results"]),
    ("claims: [{text: Early, proof: [oven]}]", ["Early", "Also"]),
]


@pytest.mark.parametrize(("claims", "headings"), CLAIMS)
def test_what_belongs_to_no_claim_comes_also_only_behind_one(baker, claims, headings):
    baker.entry("---\ntitle: Nobody knows\ndate: 2026-08\n---\n", "achievements/nobody-knows.md")
    baker.entry(f"---\ntitle: C\naudience: public\none_pager: {{template: brief}}\n{claims}\n---\n", "campaigns/c.md")
    assert baker.build().code == 0
    known = ["Early", "Also", "Selected results"]
    page = html.fromstring(baker.page("one-pagers/c.html"))
    pdf = Pdf((baker.root / "output/one-pagers/c.pdf").read_bytes())
    for lines in ([title.text_content() for title in page.iter("h2")], pdf.texts["pdftotext"].splitlines()):
        assert [line for line in lines if line in known] == headings
    assert pdf.failed_rules == []


def test_a_campaign_that_is_a_draft_or_to_come_can_be_printed_already(baker):
    baker.entry("---\ntitle: Later\naudience: public\nstart: 2027-01\ndraft: true\n---\n", "campaigns/later.md")
    assert baker.brag("pdf", "later", "--out", "later.pdf").code == 0
    assert "Later" in Pdf((baker.root / "later.pdf").read_bytes()).texts["pypdf"]


def test_the_explanation_lists_every_block_with_value_and_state(baker):
    for number in range(60):
        baker.entry(achievement("stars: 2", f"summary: {'words and more ' * 12}"), f"achievements/more-{number}.md")
    outcome = baker.brag("pdf", "--explain")
    assert outcome.code == 0
    lines = {line.split()[0]: line for line in outcome.text.splitlines() if line.startswith(("achievement/", "role/"))}
    assert len([line for line in lines if line.startswith("achievement/")]) == 63
    assert "short" in lines["achievement/oven"] or "summary" in lines["achievement/oven"]
    assert "not needed" in outcome.text
    assert "pt (10.5 is normal" in outcome.text
    data = json.loads(baker.brag("pdf", "--json").text)
    blocks = {block["key"]: block for block in data["blocks"]}
    assert blocks["achievement/oven"]["value"] == 4.95  # 5 stars, 26 days old, half-life 5 years
    assert blocks["achievement/old"]["state"] == "not needed"
    assert data["problems"] == []
    assert 0.8 <= data["fill"] <= 1
    assert 9 <= data["size_pt"] <= 10.5
    assert data["sha256"] == hashlib.sha256((baker.root / MINE / "ada-quill-resume.pdf").read_bytes()).hexdigest()


def test_what_is_pinned_stays_and_is_shortened_last_resort(baker):
    baker.entry(
        "---\ntitle: An old pride\ndate: 2003\nstars: 1\npin: true\nvisibility: public\n---\n", "achievements/pride.md"
    )
    for number in range(90):
        baker.entry(achievement("stars: 5"), f"achievements/more-{number}.md")
    assert baker.brag("pdf", "--out", "p.pdf").code == 0
    assert "An old pride" in Pdf((baker.root / "p.pdf").read_bytes()).texts["pdftotext"]


def test_what_cannot_fit_leaves_the_old_file_and_lists_the_cuts(baker):
    assert baker.brag("pdf", "--out", "x.pdf").code == 0
    before = (baker.root / "x.pdf").read_bytes()
    for number in range(90):
        baker.entry(achievement("pin: true"), f"achievements/pinned-{number}.md")
    outcome = baker.brag("pdf", "--out", "x.pdf")
    refuses(outcome, ("site_content/site.yaml:1:1", "page-overflow"))
    assert "pinned-7" in outcome.text
    assert "achievement/old" in outcome.text
    assert "The old one is as it was." in outcome.text
    assert (baker.root / "x.pdf").read_bytes() == before
    site = baker.build()
    assert site.code == 0
    assert ("site_content/site.yaml:1:1", "page-overflow") in site.warnings
    assert not (baker.root / "output/resume.pdf").exists()


def test_q02_a_letter_that_no_font_has_is_named_with_its_place(baker):
    baker.entry(achievement("stars: 5", "short: 速い means fast"), "achievements/quick.md")
    outcome = baker.brag("pdf", "--out", "x.pdf")
    places = [place for place, code in outcome.errors if code == "glyph"]
    assert places == ["site_content/achievements/quick.md:6:9", "site_content/achievements/quick.md:6:8"]
    assert "“速” (U+901F)" in outcome.text
    assert not (baker.root / "x.pdf").exists()
    site = baker.build()
    assert site.code == 0
    assert [code for _, code in site.warnings] == ["glyph"]
    assert "resume.pdf" not in baker.page("index.html")


def test_q02_addresses_on_the_page_keep_no_letter_from_being_named(baker):
    person = "person: {name: Ada Quill, profiles: [{network: Code, url: 'https://example.org/ada'}], email: {value: ada@example.org, visibility: public}}\n"
    baker.write({"site_content/site.yaml": f"format: 1\ntitle: Ada\nurl: https://example.org/\n{person}"})
    baker.entry(achievement("stars: 5", "short: 速い means fast"), "achievements/quick.md")
    site = baker.build()
    assert site.code == 0
    assert [code for _, code in site.warnings] == ["glyph"]


def test_out_never_overwrites_what_brag_did_not_make(baker):
    (baker.root / "letter.pdf").write_text("Dear sir")
    refuses(baker.brag("pdf", "--out", "letter.pdf"), ("letter.pdf", "output-folder"))
    assert (baker.root / "letter.pdf").read_text() == "Dear sir"
    refuses(baker.brag("pdf", "--out", "letter.docx"), ("letter.docx", "output-folder"))


def test_words_that_name_nothing(baker):
    outcome = baker.brag("pdf", "rais")
    refuses(outcome, ("brag pdf", "not-found"))
    assert "did you mean “raise”?" in outcome.text
    refuses(baker.brag("pdf", "--posting", "nowhere.txt"), ("brag pdf", "not-found"))
    assert baker.brag("pdf", "--audience", "leadrship").code == 2


def test_a_picture_of_the_page(baker):
    assert baker.brag("pdf", "--png", "--out", "page.png").code == 0
    data = (baker.root / "page.png").read_bytes()
    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20]) == 1191  # A4 at 144 dots an inch
    assert not (baker.root / LEDGER).exists()


def test_letter_paper(baker):
    assert baker.brag("pdf", "--page", "letter", "--out", "x.pdf").code == 0
    assert [float(x) for x in Pdf((baker.root / "x.pdf").read_bytes()).reader.pages[0].mediabox[2:]] == [612, 792]


ADVERT = """Head baker at Corn & Co

We want somebody who lives for baking, keeps the bookkeeping in order, and reads latin.
Cats are welcome. Call us.
"""


def test_a_posting_ranks_by_match_and_its_coverage_is_printed(baker):
    baker.write({"advert.txt": ADVERT})
    outcome = baker.brag("pdf", "--posting", "advert.txt", "--out", "x.pdf", "--explain")
    assert outcome.code == 0, outcome.text
    assert "“Head baker” names 3 skills; 58% is covered" in outcome.text  # (1 + 0.5 + 0.25) / 3
    said = [line.split() for line in outcome.text.splitlines()]
    assert ["Baking", "must", "proven:"] in [words[:3] for words in said]
    assert ["Bookkeeping", "must", "dated:"] in [words[:3] for words in said]
    assert ["Latin", "must", "claimed:"] in [words[:3] for words in said]
    assert "chosen and judged by what everybody may see. A resume for others: --audience NAME." in outcome.text
    plain = json.loads(baker.brag("pdf", "--json", "--out", "y.pdf").text)["blocks"]
    matched = json.loads(baker.brag("pdf", "--json", "--out", "x.pdf", "--posting", "advert.txt").text)["blocks"]
    values = [{block["key"]: block["value"] for block in blocks} for blocks in (plain, matched)]
    assert values[1]["achievement/oven"] == pytest.approx(values[0]["achievement/oven"] * (1 + 1 / 3), abs=0.01)
    text = squeezed(Pdf((baker.root / "x.pdf").read_bytes()).texts["pdftotext"])
    for invented in ("Corn", "Cats", "lives"):
        assert invented not in text


def test_a_posting_with_keys_and_a_campaign_that_names_it(baker):
    baker.entry(
        "---\ntitle: Bookkeeper\nemployer: Ledger & Sons\nmust: [bookkeeping, typing]\nnice: [C]\n---\nDo books.\n",
        "private/postings/books.md",
    )
    data = json.loads(baker.brag("pdf", "--posting", "books", "--json").text)
    grades = {asked["name"]: (asked["must"], asked["grade"]) for asked in data["posting"]["requirements"]}
    assert grades == {"bookkeeping": (True, "dated"), "typing": (True, "missing"), "C": (False, "proven")}
    assert data["posting"]["coverage"] == 0.4  # (2 x 0.5 + 1 x 1) / 5
    assert data["file"].endswith("ada-quill-resume-books.pdf")
    baker.entry("---\ntitle: Books\naudience: market\nposting: books\n---\n", "private/campaigns/books.md")
    blocks = {b["key"]: b["value"] for b in json.loads(baker.brag("pdf", "books", "--json").text)["blocks"]}
    assert blocks["achievement/old"] == pytest.approx(1 * 0.5 ** (2419 / 730) * 1.4, abs=0.005)  # 31 December 2019
    assert baker.build("--audience", "market").code == 0
    assert "Ledger" not in baker.everything(".brag/builds/market")


def test_a_broken_posting_is_told(baker):
    baker.write({"advert.md": "---\ntitle: Baker\nmust: {a: b}\n---\n"})
    refuses(baker.brag("pdf", "--posting", "advert.md"), ("advert.md:3:7", "value-type"))


def test_sent_tells_what_a_file_is_and_notes_who_got_it(baker):
    assert baker.brag("pdf", "raise", "--out", "raise.pdf").code == 0
    (line,) = rows_of(baker, "one-pagers.csv")
    assert (line["campaign"], line["audience"], line["date"]) == ("raise", "leadership", "2026-08-15")
    assert line["achievements"].split()[:2] == ["oven", "sour"]
    outcome = baker.brag("sent", "raise.pdf")
    assert outcome.code == 0
    assert "the one-pager of the campaign raise for the audience “leadership”, made on 2026-08-15" in outcome.text
    assert "oven, sour" in outcome.text
    assert not (baker.root / "site_content/private/sent.csv").exists()
    assert baker.brag("sent", "raise.pdf", "--log", "--to", "petra", "--channel", "email").code == 0
    (sent,) = rows_of(baker, "sent.csv")
    assert list(sent) == ["date", "campaign", "to", "file", "sha256", "channel", "outcome"]
    assert (sent["campaign"], sent["to"], sent["channel"], sent["sha256"]) == (
        "raise",
        "petra",
        "email",
        line["sha256"],
    )
    assert "Sent on 2026-08-15 to petra by email" in baker.brag("sent", "raise.pdf").text
    assert baker.brag("pdf", "raise", "--out", "again.pdf").code == 0
    assert len(rows_of(baker, "one-pagers.csv")) == 1  # the same bytes are the same page


def test_sent_knows_what_a_build_made_and_nothing_else(baker):
    assert baker.build().code == 0
    outcome = baker.brag("sent", "output/resume.pdf")
    assert "This is the resume for the audience “public”" in outcome.text
    (baker.root / "other.pdf").write_bytes(b"%PDF-1.7 something else")
    refuses(baker.brag("sent", "other.pdf", "--log", "--to", "x"), ("other.pdf", "not-found"))
    refuses(baker.brag("sent", "nowhere.pdf"), ("nowhere.pdf", "not-found"))
    assert baker.brag("sent", "output/resume.pdf", "--log").code == 2


def test_sent_checks_the_receiver_where_people_are_known_and_keeps_the_ledger_as_it_is(baker):
    baker.entry("- {id: petra, name: Petra V.}\n", "private/people.yaml")
    ledger = 'to,date,note,campaign,file,sha256\n"jan, the boss",2025-01-01,"said ""yes""",x,y,z'
    baker.entry(ledger, "private/sent.csv")
    assert baker.brag("pdf").code == 0
    file = f"{MINE}/ada-quill-resume.pdf"
    refused = baker.brag("sent", file, "--log", "--to", "perta")
    refuses(refused, ("brag sent", "not-found"))
    assert "did you mean “petra”?" in refused.text
    assert (baker.root / "site_content/private/sent.csv").read_text() == ledger
    assert baker.brag("sent", file, "--log", "--to", "petra").code == 0
    text = (baker.root / "site_content/private/sent.csv").read_text()
    assert text.startswith(ledger + "\n")
    assert rows_of(baker, "sent.csv")[1]["to"] == "petra"


def test_fonts_are_embedded_and_subset(baker):
    import subprocess

    assert baker.brag("pdf", "--out", "x.pdf").code == 0
    told = subprocess.run([require_tool("pdffonts"), baker.root / "x.pdf"], capture_output=True, text=True, check=True)
    fonts = [line for line in told.stdout.splitlines()[2:] if line]
    assert fonts
    assert all("+Inter" in line for line in fonts)
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts)  # embedded, subset, with letters


@pytest.mark.parametrize(("broken", "place", "code"), [
    (b"\xff\xfe,to\n", ":1:1", "encoding"), (b'"' + b"x" * 200_000 + b'"\n', ":1:1", "value"), (b"to,from\n1,2\n", ":1:1", "key-missing"),
], ids=["bytes", "huge", "columns"])  # fmt: skip
def test_a_broken_ledger_costs_nobody_the_page_and_is_left_as_it_is(baker, broken, place, code):
    for name in ("one-pagers.csv", "sent.csv"):
        (baker.root / "site_content/private" / name).write_bytes(broken)
    outcome = baker.brag("pdf", "--out", "x.pdf")
    assert outcome.code == 0
    assert outcome.warnings == [(LEDGER + place, code)]
    assert (baker.root / LEDGER).read_bytes() == broken
    (baker.root / LEDGER).unlink()
    assert baker.brag("pdf", "--out", "x.pdf").code == 0
    told = ("", "value") if code == "key-missing" else (place, code)  # a line is added to whatever names the columns
    refuses(baker.brag("sent", "x.pdf", "--log", "--to", "petra"), (f"site_content/private/sent.csv{told[0]}", told[1]))
    assert (baker.root / "site_content/private/sent.csv").read_bytes() == broken


def test_a_ledger_as_another_spreadsheet_saves_it_is_read_and_added_to_as_it_is(baker):
    baker.entry("\ufeffdate;campaign;to;file;sha256;channel;outcome\r\n2026-08;;jan;y;z;;\r\n", "private/sent.csv")
    assert baker.brag("pdf", "--out", "x.pdf").code == 0
    assert baker.brag("sent", "x.pdf", "--log", "--to", "petra").code == 0
    lines = (baker.root / "site_content/private/sent.csv").read_bytes().decode().splitlines()
    assert lines[:2] == ["\ufeffdate;campaign;to;file;sha256;channel;outcome", "2026-08;;jan;y;z;;"]
    assert lines[2].startswith("2026-08-15;;petra;x.pdf;")
    assert "Sent on 2026-08-15 to petra." in baker.brag("sent", "x.pdf").text


def test_a_broken_line_is_told_and_the_others_count(baker):
    assert baker.brag("pdf", "--out", "x.pdf").code == 0
    with (baker.root / LEDGER).open("a") as ledger:
        ledger.write("yesterday,,public,a4,x,y.pdf,z,d\n")
    outcome = baker.brag("sent", "x.pdf")
    refuses(outcome, (LEDGER + ":3:1", "date"))
    assert "This is the resume for the audience “public”" in outcome.text


def test_a_page_for_somebody_is_not_put_where_everybody_looks(baker):
    assert baker.build().code == 0
    for out in ("output/x.pdf", "site_content/static/brief.pdf", "site_content/achievements/x.pdf"):
        refuses(baker.brag("pdf", "raise", "--out", out), (out, "output-folder"))
        assert not (baker.root / out).exists()
    assert baker.brag("pdf", "--out", "site_content/static/cv.pdf").code == 0
    (baker.root / "letter").write_text("x")
    refuses(baker.brag("pdf", "--out", "letter/x.pdf"), ("letter/x.pdf", "output-folder"))
    assert baker.brag("pdf", "--out", "new/folder/x.pdf").code == 0


def test_words_that_contradict_each_other(baker):
    assert baker.brag("pdf", "raise", "--audience", "market").code == 2
    assert baker.brag("pdf", "--png", "--out", "x.pdf").code == 2
    assert baker.brag("pdf", "--out", "x.png").code == 0
    assert (baker.root / "x.png").read_bytes().startswith(b"\x89PNG")


def test_what_is_included_comes_first_and_what_is_not_chosen_is_counted(baker):
    for number in range(70):
        baker.entry(achievement("stars: 5"), f"achievements/more-{number}.md")
    baker.entry(
        "---\ntitle: C\naudience: public\nselect: {stars_min: 1, limit: 3, include: [old]}\n---\n", "campaigns/c.md"
    )
    outcome = baker.brag("pdf", "c", "--out", "c.pdf")
    assert "Kept the books" in Pdf((baker.root / "c.pdf").read_bytes()).texts["pypdf"]
    baker.entry("---\ntitle: D\naudience: public\none_pager: {template: impact}\n---\n", "campaigns/d.md")
    assert "more not chosen" in baker.brag("pdf", "d", "--out", "d.pdf").text
    assert outcome.code == 0


@pytest.mark.parametrize("select", ["skills: [Juggling]", "since: 3d", "types: [taught]"])
def test_a_campaign_that_selects_nothing_says_so(baker, select):
    baker.entry(f"---\ntitle: C\naudience: public\nselect: {{{select}}}\n---\nMy ask.\n", "campaigns/c.md")
    assert [code for _, code in baker.brag("check").warnings] == ["claim-thin", "campaign-empty"][1:]
    outcome = baker.brag("pdf", "c", "--out", "c.pdf")
    assert [code for _, code in outcome.warnings] == ["campaign-empty"]
    assert "It shows no achievement" in outcome.text
    assert "My ask." in Pdf((baker.root / "c.pdf").read_bytes()).texts["pypdf"]


def test_an_advert_is_read_from_a_pdf_and_as_windows_writes_it(baker):
    from tests.cases.test_scan import pdf

    baker.write(
        {
            "advert.pdf": pdf(text="We need Baking"),
            "old.txt": "Baking \x96 daily, caf\xe9".encode("latin-1"),
            "broken.pdf": b"%PDF-1.7 no",
        }
    )
    for advert in ("advert.pdf", "old.txt"):
        assert "names 1 skill" in baker.brag("pdf", "--posting", advert, "--out", "x.pdf").text
    refuses(baker.brag("pdf", "--posting", "broken.pdf"), ("broken.pdf", "encoding"))


@pytest.mark.parametrize(
    ("campaign", "error"),
    [("audience: market\nposting: nowhere", "reference"), ("audience: pubic", "audience-unknown")],
)
def test_a_campaign_with_a_mistake_is_told_whoever_the_build_is_for(baker, campaign, error):
    baker.entry(f"---\ntitle: Wrong\n{campaign}\n---\n", "private/campaigns/wrong.md")
    for words in (("check",), ("build",), ("build", "--audience", "self"), ("pdf", "wrong")):
        outcome = baker.brag(*words)
        assert_sound(outcome)
        assert [code for _, code in outcome.errors] == [error], words
        assert outcome.code == 1
