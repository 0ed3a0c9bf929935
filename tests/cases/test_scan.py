"""Scan: what is planted in a site is found, and what only looks like it is not."""

import io
import json
import zipfile

import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject, TextStringObject

from bragfolio.core.scan.search import is_enumeration
from tests.portfolios import SITE, achievement, assert_built
from tests.program import build, must

HIDDEN = {
    "private/achievements/deal-with-zeus.md": (
        "---\ntitle: Deal with Zeus Holdings\ndate: 2026-07-01\nimpact: They pay for three more years.\n"
        "metrics: [{name: margin on the deal, value: 4250000, unit: EUR}]\n"
        "feedback: [{from: petra, quote: Nobody else could have closed this one.}]\n"
        "evidence: [{label: Contract, url: 'https://intranet.acme.example/contracts/zeus-4711'}]\n---\n"
        "We sat in their office until midnight and gave up the second discount.\n"
    ),
    "private/people.yaml": "- {id: petra, name: Petra Vandersmissen, note: the zeus account review}\n",
    "private/goals.yaml": "- {id: g, title: Become head of key accounts by spring}\n",
    "private/announcements.csv": "date,achievement,channel,audience,to,url\n2026-07-02,deal-with-zeus,email,leadership,petra,https://mail.acme.example/thread/99173\n",
    "private/postings/rival.md": "---\ntitle: Account director\nemployer: Rival Industries NV\n---\nWe look for somebody who leaves their employer quietly.\n",
    "private/site.yaml": "person: {phone: {value: '+32 470 12 34 56', visibility: market}}\n",
    "private/education.yaml": "- {institution: Evening School of Negotiation, degree: Certificate in hard bargaining}\n",
    "private/campaigns/raise.md": "---\ntitle: Ask for a raise\naudience: leadership\ngoal: ninety thousand and a car\n---\n",
    "private/achievements/open.md": "---\nimpact: The client was Acme Rockets of Ghent.\n---\nTheir buyer owes me a favour now.\n",
    "achievements/open.md": achievement("impact: The client was happy.", "skills: [Selling]", body="A public story.\n"),
    "achievements/late.md": "---\ntitle: Promoted over everybody else\ndate: 2026-08-01\npublish_date: 2026-09-01\nvisibility: public\n---\n",
    "achievements/rough.md": "---\ntitle: A rough first sketch\ndate: 2026-08-01\ndraft: true\nvisibility: public\n---\n",
    "campaigns/quiet.md": "---\ntitle: For the few who know\naudience: public\nunlisted: true\nsummary: Handed over after dinner only.\n---\n",
}
HOME = '{{% extends "ledger/home.html" %}}{{% block foot %}}{}{{% endblock %}}'
SAID = "Deal with Zeus Holdings"


def docx(text):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", f"<w:t>{text.replace(' ', ' </w:t><w:t>')}</w:t>")
    return data.getvalue()


def pdf(**plant):
    """Return a PDF that says something in one place."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    if "text" in plant:
        from pypdf.generic import DecodedStreamObject, DictionaryObject

        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F"): font})}
        )
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F 9 Tf 9 99 Td ({plant['text']}) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
    if "title" in plant:
        writer.add_metadata({"/Title": plant["title"]})
    if "outline" in plant:
        writer.add_outline_item(title=plant["outline"], page_number=0)
    if "link" in plant:
        from pypdf.annotations import Link  # noqa: F401 - registers annotation types
        from pypdf.generic import ArrayObject, DictionaryObject, NumberObject

        note = DictionaryObject({
            NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/Rect"): ArrayObject([NumberObject(0)] * 4),
            NameObject("/A"): DictionaryObject({NameObject("/S"): NameObject("/URI"), NameObject("/URI"): TextStringObject(plant["link"])}),
        })  # fmt: skip
        page[NameObject("/Annots")] = ArrayObject([writer._add_object(note)])
    if "attachment" in plant:
        writer.add_attachment(plant["attachment"], b"x")
    if "password" in plant:
        writer.encrypt(plant["password"])
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def escaped(text, form):
    return "".join(form.format(ord(letter)) if letter.isalpha() else letter for letter in text)


PLANTED = {
    # name: (a file, what is in it, the published path that is named)
    "theme-text": ("themes/ledger/templates/home.html", HOME.format(f"<p>{SAID}</p>"), "index.html"),
    "theme-attribute": ("themes/ledger/templates/home.html", HOME.format(f'<p title="{SAID}"></p>'), "index.html"),
    "theme-comment": ("themes/ledger/templates/home.html", HOME.format(f"<!-- {SAID} -->"), "index.html"),
    "theme-inline-marks": ("themes/ledger/templates/home.html", HOME.format("<p>De<b>al with</b> Zeus <i>Hold</i>ings</p>"), "index.html"),
    "theme-lines": ("themes/ledger/templates/home.html", HOME.format("<p>Deal\nwith\n\n   Zeus\nHoldings</p>"), "index.html"),
    "theme-entities": ("themes/ledger/templates/home.html", HOME.format(f"<p>{escaped(SAID, '&#{};')}</p>"), "index.html"),
    "theme-backlink": ("themes/ledger/templates/home.html", HOME.format('<a href="achievements/deal-with-zeus.html">x</a>'), "index.html"),
    "theme-every-page": ("themes/ledger/templates/layout.html", '{% extends "base/layout.html" %}{% block foot %}gave up the second discount{% endblock %}', "index.html"),
    "theme-404": ("themes/ledger/templates/404.html", '{% extends "base/404.html" %}{% block main %}Petra Vandersmissen{% endblock %}', "404.html"),
    "style-sheet": ("themes/ledger/static/style.css", f'p::after {{ content: "{SAID}" }}', "assets/style-"),
    "style-escapes": ("themes/ledger/static/style.css", f'p::after {{ content: "{escaped(SAID, chr(92) + "{:04x} ")}" }}', "assets/style-"),
    "icon": ("themes/ledger/static/icon.svg", f'<svg xmlns="http://www.w3.org/2000/svg"><title>{SAID}</title></svg>', "assets/icon.svg"),
    "pdf-design": ("themes/ledger/onepager/classic.typ", f'#import "kit.typ": *\n#let doc(sheet, job) = {{ title("x"); [{SAID}] }}', "resume.pdf"),
    "pdf-keyword": ("themes/ledger/onepager/main.typ", '#import "design.typ": doc\n#let sheet = json("sheet.json")\n#let job = json("job.json")\n#set document(title: "x", keywords: ("zeus account", "the zeus account review"))\n#set page(height: if job.probe { auto } else { 297mm })\n#doc(sheet, job)\n#metadata(none)<end>', "resume.pdf"),
    "text-file": ("site_content/static/note.txt", "the client was acme rockets, of ghent!", "note.txt"),
    "json": ("site_content/static/data.json", json.dumps({"a": [{"b": "Certificate in hard bargaining"}]}), "data.json"),
    "json-key": ("site_content/static/data.json", json.dumps({"Evening School of Negotiation": 1}), "data.json"),
    "json-escapes": ("site_content/static/data.json", '{"a": "' + escaped("ninety thousand and a car", "\\u{:04x}") + '"}', "data.json"),
    "percent": ("site_content/static/x.html", '<a href="?q=Become%20head%20of%20key%20accounts%20by%20spring">', "x.html"),
    "search-index": ("site_content/static/search/9.js", f'(globalThis.searchIndex ??= []).push(\n["x.html","{SAID}"]\n);\n', "search/9.js"),
    "csv": ("site_content/static/x.csv", "a,b\n1,https://mail.acme.example/thread/99173\n", "x.csv"),
    "address": ("site_content/static/x.html", '<a href="//intranet.acme.example/contracts/zeus-4711">c</a>', "x.html"),
    "phone": ("site_content/static/x.html", "Call +32 (470) 12-34-56", "x.html"),
    "posting": ("site_content/static/x.txt", "somebody who leaves their employer quietly", "x.txt"),
    "employer": ("site_content/static/x.txt", "at RIVAL Industries N.V., Rival Industries NV", "x.txt"),
    "draft": ("site_content/static/x.txt", "A rough first sketch", "x.txt"),
    "embargo": ("site_content/static/x.txt", "promoted over everybody else", "x.txt"),
    "overlay-body": ("site_content/static/x.txt", "buyer owes me a favour now", "x.txt"),
    "quote": ("site_content/static/x.txt", "Nobody else could have closed this", "x.txt"),
    "metric": ("site_content/static/x.txt", "margin on the deal", "x.txt"),
    "file-name": ("site_content/static/deal-with-zeus-holdings.txt", "nothing", "…"),
    "folder-name": ("site_content/static/petra_vandersmissen/x.txt", "nothing", "…"),
    "utf-16": ("site_content/static/x.bin", SAID.encode("utf-16-le") + b"\0\1\2", "x.bin"),
    "binary": ("site_content/static/x.bin", b"\0\1\2" + SAID.encode() + b"\0\3", "x.bin"),
    "docx": ("site_content/static/offer.docx", docx(SAID), "offer.docx"),
    "attached-pdf-text": ("site_content/static/a.pdf", pdf(text=SAID), "a.pdf"),
    "attached-pdf-title": ("site_content/static/a.pdf", pdf(title="the zeus account review"), "a.pdf"),
    "attached-pdf-outline": ("site_content/static/a.pdf", pdf(outline=SAID), "a.pdf"),
    "attached-pdf-link": ("site_content/static/a.pdf", pdf(link="https://intranet.acme.example/contracts/zeus-4711"), "a.pdf"),
    "attached-pdf-attachment": ("site_content/static/a.pdf", pdf(attachment="Deal with Zeus Holdings.txt"), "a.pdf"),
    "encrypted-pdf": ("site_content/static/a.pdf", pdf(password="x"), "a.pdf"),
    "broken-zip": ("site_content/static/a.docx", b"PK\3\4 and no more", "a.docx"),
    "unlisted-elsewhere": ("themes/ledger/templates/home.html", HOME.format('<a href="campaigns/quiet.html">.</a>'), "index.html"),
    "unlisted-words": ("site_content/static/x.txt", "Handed over after dinner only", "x.txt"),
}  # fmt: skip


@pytest.fixture
def careful(portfolio):
    """A portfolio with something hidden of every kind."""
    for path, text in HIDDEN.items():
        portfolio.entry(text, path)
    return portfolio


def test_nothing_is_found_where_nothing_is_planted(careful):
    assert_built(careful.build())
    for audience in ("market", "company", "leadership", "self"):
        assert_built(careful.build("--audience", audience))


def test_there_are_enough_planted_leaks():
    assert len(PLANTED) >= 25


@pytest.mark.parametrize(("file", "content", "path"), PLANTED.values(), ids=PLANTED)
def test_a_planted_leak_is_caught_and_not_repeated(careful, file, content, path):
    assert_built(careful.build())
    assert (careful.root / ".brag/cache/scan/public").is_file(), "nothing was remembered"
    before = careful.built()
    careful.write({file: content})
    outcome = careful.build()
    assert outcome.code == 1, outcome.text
    assert {code for _, code in outcome.errors} == {"leak"}, outcome.text
    assert any(path in place for place, _ in outcome.errors), outcome.text
    assert careful.built() == before
    for secret in ("Zeus", "zeus", "Petra", "petra", "bargaining", "ninety", "470", "Ghent", "dinner", "4711"):
        assert secret not in outcome.text
    shown = careful.build("--show").text
    assert "error[leak]" in shown
    if path != "a.docx" and content != PLANTED["encrypted-pdf"][1]:
        assert "from site_content/" in shown


INNOCENT = [
    # what is hidden, and what is public: 30 overlaps that say nothing
    ("title: Contact", ""), ("title: Mark", ""), ("title: Launch", ""), ("title: About", ""), ("title: Improved", ""), ("title: Go", ""),
    ("title: R", ""), ("title: SQL", "SQL is here."), ("title: '2026'", ""), ("title: 20 July 2026", ""), ("title: July 2026", ""),
    ("title: Cut the queue", ""), ("title: The queue", "The queue is long."), ("title: Skip to the content", ""), ("title: Newest entry", ""),
    ("title: May", ""), ("title: Grace", ""), ("title: Summary", ""), ("title: New", ""), ("title: Reading lists", "I like reading lists."),
    ("impact: It was a good year for all of us.", "It was a good year for all of us."), ("impact: And so on.", "And so on and on."),
    ("impact: In the end, it was.", "In the end. It was late."), ("project: checkout", "The checkout works."), ("project: Web", ""),
    ("skills: [Baking]", "Baking is a skill."), ("tags: [private]", "A private matter."), ("metrics: [{name: queue, value: 5}]", "The queue."),
    ("evidence: [{label: x, url: 'https://example.org/'}]", ""), ("title: Ada Quill", ""), ("short: Achievements", ""), ("title: Home page", "My home page."),
    ("my_part: I led it.", "I led it."), ("scope: company", "The company."),
]  # fmt: skip


def test_there_are_enough_innocent_overlaps():
    assert len(INNOCENT) >= 30


@pytest.mark.parametrize(("hidden", "public"), INNOCENT)
def test_an_innocent_overlap_stops_nothing(portfolio, hidden, public):
    title = "" if hidden.startswith("title") else "title: Hidden\n"
    portfolio.entry(f"---\n{title}{hidden}\ndate: 2026-07-20\n---\n", "private/achievements/hidden.md")
    portfolio.entry(
        f"- {{id: mark, name: Mark}}\n- {{id: x, name: {hidden.partition(': ')[2]!r}}}\n"
        if "title" in hidden
        else "- {id: mark, name: Mark}\n",
        "private/people.yaml",
    )
    portfolio.entry(achievement(body=public))
    assert_built(portfolio.build())


def test_a_private_file_on_a_skill_that_everybody_sees_stops_nothing(portfolio):
    portfolio.entry(
        achievement("skills: [Arc welding]", body="I know [more](https://example.org/skills/lock-picking).")
    )
    portfolio.entry("---\nname: Arc welding\n---\n", "private/skills/arc-welding.md")
    assert_built(portfolio.build())
    assert "skills/arc-welding.html" in portfolio.built()
    portfolio.entry("---\nname: Opening doors\n---\n", "private/skills/lock-picking.md")
    assert {code for _, code in portfolio.build().errors} == {"leak"}


def test_what_the_script_of_the_search_page_says_is_no_secret(portfolio):
    for number in range(3):
        portfolio.entry(achievement(), f"achievements/deed-{number}.md")
    portfolio.entry("---\ntitle: Fewer\ndate: 2026-07-20\n---\n", "private/achievements/hidden.md")
    assert_built(portfolio.build())
    (script,) = [
        text for path, text in portfolio.built().items() if path.startswith("assets/find-") and path.endswith(".js")
    ]
    assert b"Fewer" in script


@pytest.mark.parametrize(("words", "is_row"), [
    ("electronic prescribing high alert medicines", True), ("prescribing high alert medicines audit", True), ("python sql", True),
    ("prescribing python high", True), ("electronic python", False), ("alert medicines high alert", True), ("python", False), ("medicines electronic alert", False),
])  # fmt: skip
def test_skills_in_a_row_are_an_enumeration(words, is_row):
    names = {("electronic", "prescribing"), ("high", "alert", "medicines"), ("audit",), ("python",), ("sql",)}
    assert is_enumeration(words.split(), names) == is_row


def test_an_advert_that_lists_what_everybody_sees_stops_nothing(portfolio):
    portfolio.entry(achievement("skills: [Electronic prescribing, High-alert medicines, Teaching]"))
    portfolio.entry(
        "---\ntitle: P\nemployer: E\n---\nYou know electronic prescribing, high-alert medicines and teaching.\n",
        "private/postings/p.md",
    )
    assert_built(portfolio.build())
    portfolio.write({"site_content/static/x.txt": "You know electronic prescribing, high-alert medicines"})
    assert portfolio.build().code == 1


def test_values_that_stand_beside_each_other_are_no_secret(portfolio):
    portfolio.entry(
        "---\nemployer: Dunne Electrical\nvisibility: public\npositions: [{title: Site Manager, start: 2020}]\n---\n",
        "roles/dunne.md",
    )
    portfolio.entry(achievement("role: dunne"))
    portfolio.entry(
        "---\ntitle: Electrical Site Manager\nemployer: Murphy Power\n---\nAsk for Joe.\n", "private/postings/p.md"
    )
    assert_built(portfolio.build())
    portfolio.entry(achievement("role: dunne", body="I want to be an electrical site manager."))
    assert_built(portfolio.build())
    portfolio.entry("---\nemployer: Dunne\nvisibility: public\n---\n", "roles/dunne.md")
    portfolio.entry(achievement("role: dunne"))
    portfolio.write({"site_content/static/x.txt": "electrical site manager"})
    assert portfolio.build().code == 1


@pytest.mark.parametrize(("visibility", "code"), [("leadership", 1), ("[company, public]", 0)])
def test_a_story_is_hidden_unless_it_says_that_it_is_not(portfolio, visibility, code):
    portfolio.write({"site_content/site.yaml": SITE + "repository: private\n"})
    story = f"---\ntitle: The outage\nvisibility: {visibility}\n---\nNobody in the whole house knew the password.\n"
    portfolio.entry(story, "stories/outage.md").entry(achievement())
    portfolio.write({"site_content/static/x.txt": "nobody in the whole house knew the password"})
    assert portfolio.build().code == code


def test_what_is_allowed_with_a_reason_is_passed_over(careful):
    careful.write({"site_content/static/note.txt": SAID})
    assert careful.build().code == 1
    careful.write(
        {"site_content/site.yaml": SITE + f"scan: {{allow: [{{text: {SAID}, why: it was in the newspaper}}]}}\n"}
    )
    assert_built(careful.build())


def test_a_leak_in_a_large_site_is_found_by_helpers_too(careful):
    for number in range(200):
        careful.entry(achievement("skills: [Selling]"), f"achievements/n{number}.md")
    careful.write(
        {
            "themes/ledger/templates/achievement.html": '{% extends "base/achievement.html" %}{% block foot %}'
            + SAID
            + "{% endblock %}"
        }
    )
    answer = build(careful.root)
    assert answer.code == 1
    assert set(answer.codes) == {"leak"}
    must(build(careful.root, "--audience", "self"))
