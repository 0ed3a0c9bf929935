"""Postings: adverts as they are saved, from text, web pages and JSON; hostile ones are refused and never crash."""

import json
import time

import pytest

from bragfolio.core.importers.posting import read_saved_posting

SCHEMA = {
    "@context": "https://schema.org/", "@type": "JobPosting", "title": "Site <b>Reliability</b> Engineer", "datePosted": "2026-07-30",
    "validThrough": "2026-09-01T00:00:00+02:00", "hiringOrganization": {"@type": "Organization", "name": "Beta BV"},
    "jobLocation": {"@type": "Place", "address": {"addressLocality": "Amsterdam", "addressCountry": {"name": "NL"}}},
    "jobLocationType": "TELECOMMUTE", "industry": "fintech", "url": "https://example.org/jobs/1",
    "baseSalary": {"@type": "MonetaryAmount", "currency": "EUR", "value": {"minValue": 85000, "maxValue": 105000.0, "unitText": "YEAR"}},
    "description": "<p>Keep it <em>up</em>.</p><h2>Requirements</h2><ul><li>Kubernetes</li><li>Python &amp; Go</li></ul><script>alert(1)</script>",
    "skills": "Kubernetes, Terraform", "jobBenefits": "Fruit",
}  # fmt: skip


def page(*blocks, body="", title="Jobs"):
    escaped = (block.replace("</", r"<\/") for block in blocks)
    scripts = "".join(f'<script type="application/ld+json">{block}</script>' for block in escaped)
    return f"<!DOCTYPE html><html><head><title>{title}</title>{scripts}</head><body>{body}</body></html>"


def read(text, name="advert"):
    return read_saved_posting(name, text if isinstance(text, bytes) else text.encode())


def sound(text, name="advert"):
    found, problems = read(text, name)
    assert problems == []
    return found


@pytest.mark.parametrize("text", [
    json.dumps(SCHEMA), json.dumps([{"@type": "WebSite"}, SCHEMA]), json.dumps({"@graph": [{"@type": "WebPage", "mainEntity": SCHEMA}]}),
    page(json.dumps({"@type": "BreadcrumbList"}), json.dumps(SCHEMA), body="<h1>Other</h1>"),
    json.dumps({**SCHEMA, "@type": ["JobPosting"]}), json.dumps({**SCHEMA, "@type": "https://schema.org/JobPosting"}),
], ids=["json", "list", "graph", "page", "types", "long"])  # fmt: skip
def test_a_job_posting_is_read_whole(text):
    found = sound(text)
    posting = found.posting
    assert (posting.title, posting.employer, posting.url) == (
        "Site Reliability Engineer",
        "Beta BV",
        "https://example.org/jobs/1",
    )
    assert (str(posting.posted), str(posting.closes), posting.location, posting.remote) == (
        "2026-07-30",
        "2026-09-01",
        "Amsterdam, NL",
        "full",
    )
    salary = posting.salary
    assert (str(salary.min.number), str(salary.max.number), salary.currency, salary.period) == (
        "85000",
        "105000.0",
        "EUR",
        "year",
    )
    assert (posting.vertical, posting.must) == ("fintech", ("Kubernetes", "Terraform"))
    assert found.advert == (
        "Keep it up.\n\n## Requirements\n\n- Kubernetes\n- Python & Go\n\n## Benefits\n\n- Fruit\n\n## Skills\n\n- Kubernetes, Terraform\n"
    )


@pytest.mark.parametrize(("change", "key", "value"), [
    ({"hiringOrganization": "Beta"}, "employer", "Beta"), ({"hiringOrganization": ["Beta"]}, "employer", "Beta"), ({"hiringOrganization": None}, "employer", ""),
    ({"datePosted": "soon"}, "posted", None), ({"url": "javascript:alert(1)"}, "url", None), ({"baseSalary": "a lot"}, "salary", None),
    ({"jobLocation": [{"address": "Utrecht"}, {"address": "Utrecht"}, "Gouda"]}, "location", "Utrecht, Gouda"), ({"jobLocation": True}, "location", ""),
    ({"skills": ["A", {"name": "B"}, 3, None, "x" * 50]}, "must", ("A", "B", "3")), ({"skills": {"a": "b"}}, "must", ()), ({"jobLocationType": None}, "remote", None),
])  # fmt: skip
def test_other_shapes_are_read_or_left_out(change, key, value):
    assert getattr(sound(json.dumps({**SCHEMA, **change})).posting, key) == value


def test_markup_that_is_escaped_twice_is_no_text():
    change = {
        "description": "&lt;p&gt;We bake.&lt;/p&gt;&lt;ul&gt;&lt;li&gt;Rye&lt;/li&gt;&lt;/ul&gt;",
        "skills": None,
        "jobBenefits": None,
    }
    assert sound(json.dumps({**SCHEMA, **change})).advert == "We bake.\n\n- Rye\n"


def test_a_page_without_structured_data_is_read_as_it_shows():
    body = "<nav>Home</nav><h1>Baker</h1><p>We bake.</p><style>p {}</style><ul><li>Rye<li>Wheat</ul><footer>Imprint</footer>"
    found = sound(page(body=body, title="Baker | Jobs"))
    assert (found.posting.title, found.advert) == ("Baker", "## Baker\n\nWe bake.\n\n- Rye\n- Wheat\n")


def test_broken_structured_data_are_told_and_the_page_is_read():
    found, problems = read(page('{"@type": "JobPosting",', body="<h1>Baker at Corn</h1><p>Bake.</p>"))
    assert [(problem.code, problem.is_error) for problem in problems] == [("json-syntax", False)]
    assert (found.posting.title, found.posting.employer) == ("Baker", "Corn")


@pytest.mark.parametrize(("text", "title", "employer", "remote"), [
    ("Agent Engineer — Northwind AI (Remote, EU hours)\n\nWe build.", "Agent Engineer", "Northwind AI", "full"),
    ("Architect — Halgate (Hybrid, client sites)\n\nWe build.", "Architect", "Halgate", "hybrid"),
    ("Head baker at Corn & Co\n\nWe bake.", "Head baker", "Corn & Co", None),
    ("Baker\n\nWe bake at Noon.", "Baker", "", None),
    ("We are looking for a Senior Baker to join our team. You will bake, and\nthen bake more.", "Senior Baker", "", None),
    ("We are seeking an Oven Engineer.", "Oven Engineer", "", None),
    ("Baker\n\nCorn of Kilbrack is looking for a baker.", "Baker", "Corn of Kilbrack", None),
    ("Baker\n\nOur client is looking for a baker.", "Baker", "", None),
    ('{"jd": "Baker — Corn (Remote)\\n\\nBake."}', "Baker", "Corn", "full"),
    ("\ufeffB\u200baker\r\n\r\nBake.\x07", "Baker", "", None),
])  # fmt: skip
def test_title_and_employer_are_read_off_the_text(text, title, employer, remote):
    posting = sound(text).posting
    assert (posting.title, posting.employer, posting.remote) == (title, employer, remote)


@pytest.mark.parametrize(("text", "pay"), [
    ("$185k–$215k base", ("185000", "215000", "USD")), ("€ 85.000 - 105.000", ("85000", "105000", "EUR")), ("GBP 30,000 to 34,000", ("30000", "34000", "GBP")),
    ("€85-105k", ("85000", "105000", "EUR")), ("€ 20 - 25 an hour", None), ("a lot", None), ("$9k–$8k", None), ("CHF 120000 – 140000", ("120000", "140000", "CHF")),
])  # fmt: skip
def test_a_range_of_pay_is_read_off_the_text(text, pay):
    salary = sound(f"Baker\n\n{text}").posting.salary
    assert (pay is None) == (salary is None)
    assert salary is None or (salary.min.text, salary.max.text, salary.currency) == pay


@pytest.mark.parametrize(("data", "code"), [
    (b"", "value"), (b"  \n ", "value"), (b"x" * 5_000_001, "file-size"), (b"\xff\xfeB\0a\0k\0e\0r\0", "encoding"), (b"{", "json-syntax"), (b"[]", "json-value"),
    (b'{"a": 1}', "json-value"), (b'{"jd": ""}', "json-value"), (b'{"jd": 5}', "json-value"), (b"[" * 50_000, "yaml-depth"), (b'{"jd": NaN}', "json-syntax"),
    (b"<html><script>var a = 1</script>", "value"), (b"<!doctype html>", "value"), (b"---\ntitle: [x\n---\n", "yaml-syntax"),
])  # fmt: skip
def test_what_is_no_advert_is_a_problem(data, code):
    found, problems = read(data)
    assert (found, [problem.code for problem in problems]) == (None, [code])
    assert problems[0].hint


@pytest.mark.parametrize("text", [
    "<a " * 300_000, "<a " * 300_000 + ">", '<a b="' * 150_000 + ">", "<a b=\"'>" * 80_000, "<!--" * 300_000, "<![CDATA[" * 100_000, "<div>" * 150_000, "<" * 900_000,
    "</" * 400_000, "<script>" + "</scrip" * 100_000 + ">", "&#" * 300_000 + ";", "<li>" * 150_000, "<table><tr><td>" * 40_000,
    '<script type="application/ld+json">' + "[" * 300_000,
], ids=["a", "tag", "quote", "quotes", "comment", "cdata", "deep", "less", "end", "script", "entity", "items", "table", "data"])  # fmt: skip
def test_a_hostile_page_is_read_in_no_time(text):
    start = time.process_time()
    found, problems = read(f"<html><h1>Baker</h1>{text}")
    assert found or problems
    assert time.process_time() - start < 5


def test_a_long_advert_is_cut_and_told():
    found, problems = read("Baker\n\n" + "bread " * 40_000)
    assert [(problem.code, problem.is_error) for problem in problems] == [("file-size", False)]
    assert len(found.advert) == 100_001


def test_every_sample_is_read(samples):
    files = sorted((samples / "postings").iterdir())
    assert files
    titles = {file.name: sound(file.read_bytes(), file.name).posting.title for file in files}
    assert titles["backend-eng.txt"] == "Senior Backend Engineer"
    assert titles["sample.job.json"] == "Web Developer"
    assert all(titles.values())


def bring(portfolio, text, *words, name="advert.txt"):
    portfolio.write({name: text})
    return portfolio.brag("new", "posting", "--from", str(portfolio.root / name), *words)


MINE = "site_content/private/postings/"


def test_brag_new_posting_writes_what_the_advert_lists(portfolio):
    advert = "Baker — Corn (Hybrid)\n\nWe bake with Excel.\n\nRequirements:\n- Food safety\n- SQL\n\nNice to have:\n- German\n- SQL\n"
    outcome = bring(portfolio, advert, "--as-of", "2026-08-15")
    assert (outcome.code, outcome.problems) == (0, [])
    assert "brag match 2026-08-corn-baker" in outcome.text
    text = portfolio.page("2026-08-corn-baker.md", MINE)
    assert text == (
        "---\ntitle: Baker\nemployer: Corn\ncaptured: 2026-08-15\nremote: hybrid\nmust: [Food safety, SQL]\nnice: [German]\n---\n"
        + advert
    )
    assert portfolio.brag("check").code == 0
    assert portfolio.brag("coach", "demand", "--as-of", "2026-08-15").code == 0
    bring(portfolio, advert, "--as-of", "2026-08-15")
    bring(portfolio, advert.replace("German", "French"), "--as-of", "2026-08-15")
    assert sorted(path.name for path in (portfolio.root / MINE).iterdir()) == [
        "2026-08-corn-baker-2.md",
        "2026-08-corn-baker.md",
    ]


def test_what_the_author_types_is_the_title_and_no_list_stays_none(portfolio):
    outcome = bring(portfolio, "We bake with Excel.\n", "Baker", "in", "chief", "--as-of", "2026-08-15", "--json")
    assert json.loads(outcome.text)["file"] == f"{MINE}2026-08-baker-in-chief.md"
    assert "must" not in portfolio.page("2026-08-baker-in-chief.md", MINE)


@pytest.mark.parametrize(("words", "said"), [
    (["new", "posting"], "--from FILE"), (["new", "skill", "--from", "x", "Y"], "postings only"), (["new", "posting", "--from", "x", "--public"], "your eyes only"),
    (["new", "skill"], "TITLE"),
])  # fmt: skip
def test_wrong_usage_is_told(portfolio, words, said):
    outcome = portfolio.brag(*words)
    assert outcome.code == 2
    assert said in outcome.text


def test_a_broken_file_writes_nothing(portfolio):
    outcome = bring(portfolio, "{", name="advert.json")
    assert (outcome.code, [code for _, code in outcome.errors]) == (1, ["json-syntax"])
    missing = portfolio.brag("new", "posting", "--from", "nowhere.txt")
    assert (missing.code, [code for _, code in missing.errors]) == (1, ["not-found"])
    folder = portfolio.brag("new", "posting", "--from", ".")
    assert (folder.code, [code for _, code in folder.errors]) == (1, ["not-found"])
    assert not (portfolio.root / MINE).exists()
