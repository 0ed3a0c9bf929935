"""Paper: the parts of X01, X02, X08 and B14 to B16 that speak of PDFs, and Q01, Q03 and Q06.

Q02, Q04 and Q05 are in tests/paper/, beside what they read.
"""

import pytest

from tests.cases.test_injection import LINKS, PAYLOADS, everywhere
from tests.paper.reading import Pdf, squeezed
from tests.portfolios import AS_OF, SITE, achievement, assert_built
from tests.program import brag, build, must, without_network

HOSTILE = {
    **PAYLOADS,
    "X08-read": '#read("/etc/passwd")',
    "X08-eval": '#eval("read(\\"sheet.json\\")")',
    "X08-for": "#for x in range(9) [boom]",
    "X08-import": '#import "@preview/cetz:0.3.0"',
    "X08-tag": "#hackathon and <tag> and @ref and $x^2$",
    "X08-signs": "\\ * _ ` ~ = + - / // /* */ [ ] { } ( ) ; ' \"",
    "X08-escape": '") #panic("boom") ("',
    "X08-raw": '```typ #read("x") ```',
}


def one_pagers(portfolio):
    """Return the PDFs that were built."""
    return {path: Pdf(data) for path, data in portfolio.built().items() if path.endswith(".pdf")}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_text_in_any_field_is_set_as_text(portfolio, text):
    portfolio.write(everywhere(text))
    portfolio.entry(
        f"---\ntitle: {quoted(text)}\naudience: public\nsummary: {quoted(text)}\nclaims: [{{text: {quoted(text)}, proof: [x]}}]\none_pager: {{template: brief}}\n---\n",
        "campaigns/c.md",
    )
    outcome = portfolio.build()
    assert outcome.code == 0, outcome.text
    assert {problem.code for problem in outcome.problems} <= {"raw-html"}, outcome.text
    built = one_pagers(portfolio)
    assert set(built) == {"resume.pdf", "one-pagers/c.pdf"}
    for pdf in built.values():
        assert pdf.pages == 1
        assert pdf.failed_rules == []
        read = pdf.texts["pdftotext"]
        assert squeezed(text) in squeezed(read)
        assert "root:" not in read
        assert "boom" not in read.replace(text, "") or "boom" in text
        assert all(link.startswith(("https://", "http://", "mailto:", "tel:")) for link in pdf.links)


def quoted(text):
    """Return *text* as YAML."""
    import json

    return json.dumps(text)


@pytest.mark.parametrize("address", LINKS.values(), ids=[f"X02-{name}" for name in LINKS])
def test_q03_no_link_of_a_body_leads_elsewhere_in_a_pdf(portfolio, address):
    portfolio.entry(achievement(body=f"Words, [here]({address}), and [there](https://example.org/there).\n"))
    outcome = portfolio.build()
    assert outcome.code in {0, 1}
    if outcome.code == 0:
        links = Pdf(portfolio.built()["resume.pdf"]).links
        assert "https://example.org/there" in links
        assert {link for link in links if "example.org" not in link} == set()


def test_q01_more_than_a_page_is_one_page_and_says_what_is_not_on_it(portfolio):
    for number in range(60):
        portfolio.entry(achievement(body="Many words. " * 60), f"achievements/x{number}.md")
    outcome = portfolio.brag("pdf", "--out", "x.pdf", "--explain")
    assert Pdf((portfolio.root / "x.pdf").read_bytes()).pages == 1
    assert outcome.text.count("achievement/x") == 60


def test_q06_what_others_may_not_see_is_in_no_stream_of_a_pdf(portfolio):
    portfolio.write(
        {
            "site_content/site.yaml": SITE.replace(
                "name: Ada Quill", "name: Ada Quill, phone: {value: CANARY0, visibility: market}"
            )
        }
    )
    portfolio.entry(achievement("skills: [Baking]", "metrics: [{name: CANARY1, value: 5, visibility: leadership}]", "goals: [CANARY2]",
                                "feedback: [{from: CANARY3, quote: CANARY4}]"))  # fmt: skip
    portfolio.entry(
        "---\ntitle: CANARY5\ndate: 2026-08-14\nskills: [CANARY6]\nstars: 5\n---\nCANARY7\n",
        "private/achievements/y.md",
    )
    portfolio.entry("---\nimpact: CANARY8\n---\nCANARY9\n", "private/achievements/x.md")
    portfolio.entry("---\ntitle: Shop\naudience: public\ngoal: CANARY10\nto: [CANARY11]\n---\n", "campaigns/c.md")
    portfolio.entry("---\nemployer: CANARY12\npositions: [{title: CANARY13, start: 2020}]\n---\n", "private/roles/r.md")
    portfolio.entry("- {institution: CANARY14, degree: CANARY15}\n", "private/education.yaml")
    assert_built(portfolio.build())
    for pdf in one_pagers(portfolio).values():
        everything = "".join(pdf.texts.values()) + str(pdf.info) + pdf.xmp + "".join(pdf.links)
        streams = b"".join(
            found.get_data() for number in range(1, pdf.reader.xref_objStm.__len__() + len(pdf.reader.xref.get(0, {})) + 1)
            if hasattr(found := pdf.reader.get_object(number), "get_data")
        )  # fmt: skip
        assert len(streams) > 5000
        assert "CANARY" not in everything
        assert b"CANARY" not in streams
    assert "CANARY0" in "".join(Pdf(_resume_for(portfolio, "market")).texts.values())


def _resume_for(portfolio, audience):
    assert portfolio.brag("pdf", "--audience", audience, "--out", "m.pdf").code == 0
    return (portfolio.root / "m.pdf").read_bytes()


@pytest.fixture
def small(portfolio):
    portfolio.entry(achievement("skills: [Baking]", body="Words.\n"))
    portfolio.entry("---\ntitle: Shop\naudience: public\n---\n", "campaigns/shop.md")
    return portfolio


def test_b14_the_same_page_in_two_time_zones_and_two_hash_seeds(small):
    pages = set()
    for number, (zone, seed) in enumerate((("Pacific/Kiritimati", "1"), ("America/Adak", "2"))):
        env = {"TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C"}
        must(brag(small.root, "--as-of", AS_OF, "pdf", "shop", "--out", f"{number}.pdf", env=env))
        pages.add((small.root / f"{number}.pdf").read_bytes())
    assert len(pages) == 1


def test_b15_neither_a_network_nor_a_home_is_needed_for_a_page(small):
    env = {"HOME": None, "USER": None, "XDG_CACHE_HOME": None, "XDG_DATA_HOME": None}
    must(brag(small.root, "--as-of", AS_OF, "pdf", "shop", "--out", "a.pdf"))
    must(brag(small.root, "--as-of", AS_OF, "pdf", "shop", "--out", "b.pdf", before=without_network(), env=env))
    assert (small.root / "a.pdf").read_bytes() == (small.root / "b.pdf").read_bytes()


def test_b15_a_theme_cannot_fetch_a_package(small):
    small.write(
        {"themes/ledger/onepager/classic.typ": '#import "@preview/cetz:0.3.0": canvas\n#let doc(sheet, job) = []\n'}
    )
    answer = must(build(small.root, before=without_network()))
    assert answer.codes == ["theme"]
    answer = must(build(small.root))
    assert answer.codes == ["theme"]
    assert not (small.root / "output/resume.pdf").exists()


def test_b16_without_the_engine_the_site_is_built_and_says_so(small):
    answer = must(build(small.root, fault="absent=typst"))
    assert answer.codes == ["engine"]
    assert "prints from the browser" in answer.err or "print from the browser" in answer.err
    built = small.built()
    assert not [path for path in built if path.endswith((".pdf", ".png"))]
    assert b".pdf" not in built["index.html"]
    assert b"Cut the queue" in built["resume.html"]
    assert b"Cut the queue" in built["one-pagers/shop.html"]
    alone = brag(small.root, "--as-of", AS_OF, "pdf", fault="absent=typst")
    assert alone.code == 3
    assert alone.codes == ["engine"]


def test_b16_no_pdf_makes_none_and_links_to_none(small):
    must(build(small.root))
    assert (small.root / "output/resume.pdf").exists()
    must(build(small.root, "--no-pdf"))
    built = small.built()
    assert not [path for path in built if path.endswith((".pdf", ".png"))]
    assert b".pdf" not in b"".join(built.values())


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("#let doc(sheet, job) = sheet.nope\n", ":1"),
        ("#let doc(sheet, job) = {\n", ":1"),
        ("#let nothing = 1\n", "main"),
        ("#let doc(sheet, job) = { while true { } }\n", ":1"),
        ("#let doc(sheet, job) = doc(sheet, job)\n", ":1"),
        ('#let doc(sheet, job) = panic("no")\n', ":1"),
        ('#let doc(sheet, job) = read("/etc/passwd")\n', ":1"),
        ('#let doc(sheet, job) = read("../../site.yaml")\n', ":1"),
        ("#let doc(sheet, job) = [#pagebreak() two]\n", ""),
        ("#let doc(sheet, job) = image(bytes((1, 2)))\n", ":1"),
    ],
    ids=["field", "syntax", "nothing", "endless", "recursion", "panic", "absolute", "up", "two-pages", "image"],
)
def test_b16_a_design_that_fails_costs_its_pdf_and_not_the_site(small, source, place):
    small.write({"themes/ledger/onepager/classic.typ": source})
    outcome = small.build()
    assert outcome.code == 0, outcome.text
    (problem,) = [problem for problem in outcome.problems if problem.code == "theme"]
    assert problem.severity == "warning"
    where = "themes/base/onepager/main.typ:" if place == "main" else f"themes/ledger/onepager/classic.typ{place}"
    assert problem.place.startswith(where)
    assert "root:" not in outcome.text
    assert not (small.root / "output/resume.pdf").exists()
    assert "Cut the queue" in small.page("resume.html")
    assert small.brag("pdf").code == 1
