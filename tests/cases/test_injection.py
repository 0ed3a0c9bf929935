"""Injection: cases X01 to X08. What an author writes is text everywhere and never markup, code or a hidden address.

The parts of X01, X02 and X08 that speak of PDFs are in test_paper.py; those of the search file come with it.
"""

import json
import re

import pytest
from lxml import etree, html

from tests.portfolios import Portfolio, achievement, assert_built, assert_refused

X = "site_content/achievements/x.md"
SCRIPT = "<script>alert(1)</script>"
SCHEMES = {"http", "https", "mailto", "tel", ""}
"""What an address on a page may start with; "" is a relative one."""


def everywhere(text):
    """Return a portfolio's files with *text* in every field that holds words."""
    quoted = json.dumps(text, ensure_ascii=False)
    site = (
        f"title: {quoted}\ndescription: {quoted}\nurl: https://example.org/\nperson:\n  name: {quoted}\n  headline: {quoted}\n"
        f"  claim: {quoted}\n  location: {quoted}\n  profiles: [{{network: {quoted}, url: 'https://example.org/', username: {quoted}}}]\n"
        f"  email: {{value: {quoted}, visibility: public}}\n  languages: [{{name: {quoted}, fluency: {quoted}}}]\n  interests: [{quoted}]\n"
    )
    entry = achievement(
        f"summary: {quoted}", f"project: {quoted}", "role: acme", f"skills: [{quoted}, known]", f"short: {quoted}", f"impact: {quoted}",
        f"my_part: {quoted}", f"tags: [{quoted}]", "featured: true", "redirects: [old.html]",
        f"metrics: [{{name: {quoted}, before: 2, after: 1, unit: {quoted}, source: {quoted}}}, {{name: {quoted}, value: 3}}]",
        f"star: {{situation: {quoted}, task: {quoted}, action: {quoted}, result: {quoted}}}",
        f"evidence: [{{label: {quoted}, url: 'https://example.org/', kind: {quoted}}}]",
        f"feedback: [{{byline: {quoted}, quote: {quoted}, consent: public}}]",
        body="" if set(text) & set("\n|*_[]") else f"See [[x|{text}]], [{text}](https://example.org/).\n",
    ).replace("title: Cut the queue", f"title: {quoted}")  # fmt: skip
    return {
        "site_content/site.yaml": site,
        X: entry,
        "site_content/skills/known.md": f"---\nname: {quoted}\nsynonyms: [known]\ncategory: {quoted}\nsummary: {quoted}\nvisibility: public\n---\n",
        "site_content/roles/acme.md": (
            f"---\nemployer: {quoted}\nlocation: {quoted}\nvertical: {quoted}\nvisibility: public\n"
            f"positions: [{{title: {quoted}, start: 2024, end: present, change: {quoted}}}]\n---\n"
        ),
        "site_content/pages/about.md": f"---\ntitle: {quoted}\nsummary: {quoted}\nvisibility: public\n---\n",
        "site_content/education.yaml": f"- {{institution: {quoted}, area: {quoted}, degree: {quoted}, score: {quoted}, visibility: public}}\n",
        "site_content/credentials.yaml": f"- {{kind: award, title: {quoted}, issuer: {quoted}, visibility: public}}\n",
    }


def pages(portfolio):
    """Return every built page as a tree, by path."""
    parser = html.HTMLParser(encoding="utf-8")
    found = {path: data for path, data in portfolio.built().items() if path.endswith(".html")}
    assert len(found) > 5
    return {path: html.document_fromstring(data, parser=parser) for path, data in found.items()}


def shapes(trees):
    """Return what pages consist of: elements with their attributes."""
    return {(element.tag, *sorted(element.attrib)) for tree in trees.values() for element in tree.iter(etree.Element)}


@pytest.fixture(scope="module")
def innocent(tmp_path_factory):
    """The shapes of the pages of a portfolio that uses every field and all that Markdown has, innocently."""
    portfolio = Portfolio(tmp_path_factory.mktemp("innocent"))
    portfolio.write(everywhere("plain words"))
    portfolio.entry(
        achievement(f"impact: well-known {'long' * 10}", body="Plain **words**.\n\n| a |\n| - |\n| b |\n\n## Part\n"),
        "achievements/y.md",
    )
    assert_built(portfolio.build())
    return shapes(pages(portfolio))


PAYLOADS = {
    "X01-script": SCRIPT,
    "X01-image": "<img src=x onerror=alert(1)>",
    "X01-svg": "<svg/onload=alert(1)>",
    "X05-end-of-script": "</script><script>alert(1)</script>",
    "X05-comment": "<!-- <script> -->",
    "X05-cdata": "]]>",
    "X05-separator": "a\u2028b\u2029c",
    "X06-quote": '" onmouseover="alert(1)',
    "X06-apostrophe": "' onmouseover='alert(1)",
    "X06-backtick": "`onmouseover=alert(1)",
    "X06-and": "&lt;script&gt; &amp; &quot;",
    "X06-line": "a\nb onclick=alert(1)",
    "X07-expression": "{{ 7*7 }}",
    "X07-statement": "{% include 'layout.html' %}{# gone #}",
    "X07-shell": "${7*7} #{7*7} <%= 7*7 %>",
    "X08-typst": '#read("/etc/passwd") #eval("1") C# #1 #hackathon',
    "X08-latex": "\\input{/etc/passwd} $x^2$ @me * _a_ ~",
}


@pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS)
def test_text_in_any_field_is_shown_as_text(portfolio, innocent, text):
    portfolio.write(everywhere(text))
    outcome = portfolio.build()
    assert outcome.code == 0, outcome.text
    assert {problem.code for problem in outcome.problems} <= {"raw-html"}
    shown = " ".join(text.split())
    trees = pages(portfolio)
    assert shapes(trees) <= innocent
    page = trees["achievements/x.html"]
    assert " ".join(page.find(".//h1").text_content().split()) == shown
    both = f"{text} · {text}"
    assert " ".join(page.find(".//title").text.split()) == " ".join((both if len(both) <= 70 else text).split())
    assert " ".join(page.xpath("string(//meta[@property='og:title']/@content)").split()) == shown
    assert "49" not in page.text_content()
    (script,) = page.iter("script")
    assert json.loads(script.text)["name"] == text
    assert not re.search("[<>\u2028\u2029]", script.text)
    feed = etree.fromstring(portfolio.built()["feed.xml"])
    assert " ".join(feed.findtext("{*}entry/{*}title").split()) == shown
    assert json.loads(portfolio.page("feed.json"))["items"][0]["title"] == text
    assert json.loads(portfolio.page("resume.json"))["basics"]["name"] == text


LINKS = {
    "plain": "javascript:alert(1)",
    "case": "JaVaScRiPt:alert(1)",
    "entity": "javascript&#58;alert(1)",
    "hex-entity": "&#x6A;avascript:alert(1)",
    "named-entity": "javascript&colon;alert(1)",
    "percent": "java%73cript:alert(1)",
    "tab": "<java&#9;script:alert(1)>",
    "line": "<java&#10;script:alert(1)>",
    "leading-control": "<&#1;javascript:alert(1)>",
    "leading-space": "< javascript:alert(1)>",
    "vbscript": "vbscript:msgbox(1)",
    "data": "data:text/html;base64,PHNjcmlwdD4=",
    "data-image": "data:image/svg+xml;base64,PHN2Zz4=",
    "file": "file:///etc/passwd",
    "feed": "feed:javascript:alert(1)",
    "view-source": "view-source:https://example.org/",
    "blob": "blob:https://example.org/1",
    "host": "//evil.example/x",
    "backslash-host": "\\\\\\\\evil.example/x",
    "slash-backslash": "/\\\\evil.example/x",
}


@pytest.mark.parametrize("address", LINKS.values(), ids=[f"X02-{name}" for name in LINKS])
def test_a_link_that_is_no_plain_address_never_reaches_a_page(portfolio, address):
    """It is dropped or refused, with its place; with a control character in front it is a file that does not exist."""
    portfolio.entry(achievement(body=f"[x]({address})\n\n[y][a]\n\n[a]: {address}\n"))
    outcome = portfolio.build()
    assert {problem.code for problem in outcome.problems} <= {"link-scheme", "link", "path-escape"}, outcome.text
    assert {problem.place for problem in outcome.problems} <= {
        f"{X}:{at}" for at in ("6:1", "6:5", "6:6", "6:7", "8:1")
    }
    assert outcome.problems or f"[x]({address})" in html.document_fromstring(portfolio.page()).text_content()
    if outcome.code == 0:
        assert_only_plain_addresses(portfolio)


def test_x02_a_picture_is_a_file_of_the_portfolio(portfolio):
    portfolio.entry(achievement(body="\n\n".join(f"![x]({address})" for address in LINKS.values())))
    outcome = portfolio.build()
    assert outcome.code == 1
    assert {problem.code for problem in outcome.problems} <= {"image-missing", "path-escape"}
    assert len(outcome.problems) >= len(LINKS) - 1


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"], ids=lambda text: f"X02-{text}"
)
def test_a_bare_address_in_angle_brackets_is_no_link_either(portfolio, address):
    portfolio.entry(achievement(body=f"<{address}>\n"))
    assert_built(portfolio.build(), (f"{X}:6:2", "link-scheme"))
    assert_only_plain_addresses(portfolio)


@pytest.mark.parametrize(
    "address", ["https://example.org/a?b=c&d=%20", "mailto:a@example.org", "tel:+353209150142", "HTTPS://EXAMPLE.ORG/", "#part"],
    ids=lambda text: f"X02-{text}",
)  # fmt: skip
def test_plain_addresses_are_left_alone(portfolio, address):
    portfolio.entry(achievement(body=f"[x]({address})\n"))
    assert_built(portfolio.build())
    (link,) = pages(portfolio)["achievements/x.html"].xpath("//*[contains(@class, 'e-content')]//a")
    assert link.get("href") == address
    assert (link.get("rel") == "noopener") == address.lower().startswith("http")


def assert_only_plain_addresses(portfolio):
    """Check every address of every page, and of the pages inside the feeds."""
    trees = list(pages(portfolio).values())
    feed = etree.fromstring(portfolio.built()["feed.xml"])
    trees += [html.fragment_fromstring(content.text, create_parent=True) for content in feed.iter("{*}content")]
    for tree in trees:
        for element, attribute, address, _ in tree.iterlinks():
            cleaned = re.sub(r"[\x00-\x20]", "", address).lower()
            scheme = re.match(r"[a-z][a-z0-9+.-]*(?=:)", cleaned)
            assert (scheme[0] if scheme else "") in SCHEMES, (element.tag, attribute, address)
            assert not re.match(r"[/\\]{2}", cleaned), (element.tag, attribute, address)


BAD_URLS = ("javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://example.org/", "//example.org/x",
            "example.org", "/etc/passwd")  # fmt: skip
FIELDS = {
    "evidence": (X, achievement("evidence: [{label: a, url: 'URL'}]"), f"{X}:5:28"),
    "role": ("site_content/roles/a.md", "---\nemployer: A\nurl: 'URL'\n---\n", "site_content/roles/a.md:3:6"),
    "education": ("site_content/education.yaml", "- institution: A\n  url: 'URL'\n", "site_content/education.yaml:2:8"),
    "credential": (
        "site_content/credentials.yaml",
        "- {kind: award, title: A, url: 'URL'}\n",
        "site_content/credentials.yaml:1:32",
    ),
    "website": ("site_content/site.yaml", "title: A\nperson: {website: 'URL'}\n", "site_content/site.yaml:2:19"),
    "profile": (
        "site_content/site.yaml",
        "person:\n  profiles:\n    - {network: A, url: 'URL'}\n",
        "site_content/site.yaml:3:25",
    ),
    "site": ("site_content/site.yaml", "title: A\nurl: 'URL'\n", "site_content/site.yaml:2:6"),
}


@pytest.mark.parametrize("field", FIELDS)
def test_an_address_in_a_field_is_http_mailto_or_tel(portfolio, field):
    path, content, place = FIELDS[field]
    for url in BAD_URLS:
        portfolio.write({path: content.replace("URL", url)})
        assert_refused(portfolio, portfolio.build(), (place, "url-scheme"))


@pytest.mark.parametrize(
    "url",
    ["https://", "https://exa mple.org/", "https://example.org/<x>", 'https://example.org/"x'],
    ids=lambda url: f"X03-{url}",
)
def test_x03_an_address_with_signs_that_break_out_of_it_is_refused(portfolio, url):
    portfolio.entry(achievement(f"evidence: [{{label: a, url: '{url}'}}]"))
    assert_refused(portfolio, portfolio.build(), (f"{X}:5:28", "value"))


RAW = {
    "script": SCRIPT,
    "handler": "<img src=x onerror=alert(1)>",
    "frame": '<iframe src="https://evil.example/"></iframe>',
    "inline": "before <b onclick=alert(1)>bold</b> after",
    "style": "<style>body{display:none}</style>",
    "block": "<div>\n\n**bold**\n\n</div>",
    "unclosed": "<script>alert(1)",
    "instruction": "<?php echo 1 ?>",
    "declaration": "<!DOCTYPE html>",
    "cdata": "<![CDATA[ <script>alert(1)</script> ]]>",
    "table": "| a |\n| - |\n| <img src=x onerror=alert(1)> |",
    "heading": "# <svg onload=alert(1)>",
    "base": '<base href="https://evil.example/">',
    "meta": '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
}


@pytest.mark.parametrize("body", RAW.values(), ids=[f"X04-{name}" for name in RAW])
def test_html_in_markdown_is_shown_as_text(portfolio, innocent, body):
    portfolio.entry(achievement(body=body + "\n"))
    outcome = portfolio.build()
    assert outcome.code == 0, outcome.text
    assert {problem.code for problem in outcome.problems} == {"raw-html"}
    assert outcome.problems[0].place.startswith(f"{X}:")
    trees = pages(portfolio)
    assert shapes(trees) <= innocent
    shown = re.findall(r"<[^>\n]*>?", body)
    assert shown[0] in trees["achievements/x.html"].xpath("string(//*[contains(@class, 'e-content')])")


def test_x04_an_html_comment_is_dropped_without_a_word(portfolio):
    portfolio.entry(achievement(body="Before <!-- salary: 1 --> after.\n\n<!-- todo\nmore -->\n\nEnd.\n"))
    assert_built(portfolio.build())
    assert "salary" not in portfolio.everything()
    assert "todo" not in portfolio.everything()
    assert "Before  after." in portfolio.page()


@pytest.mark.parametrize(
    "text", ['a "b" c', "a 'b' c", "a `b` c", "a &amp; b", "a > b", "a\tb"], ids=lambda text: f"X06-{text!r}"
)
def test_a_text_alternative_and_a_link_title_are_quoted(portfolio, text):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
    portfolio.write({"site_content/achievements/a.svg": svg})
    escaped = text.replace("&", "&amp;").replace('"', "&quot;").replace("`", "&#96;")
    body = f'![{escaped}](a.svg) [x](https://example.org/ "{escaped}")\n'
    portfolio.entry(achievement("image: a.svg", f"image_alt: {json.dumps(text)}", body=body))
    assert_built(portfolio.build())
    page = pages(portfolio)["achievements/x.html"]
    assert {" ".join(image.get("alt").split()) for image in page.iter("img")} == {" ".join(text.split())}
    (link,) = page.xpath("//a[@title]")
    assert link.get("title") == text
    assert {tuple(sorted(image.attrib)) for image in page.iter("img")} <= {
        ("alt", "decoding", "height", "loading", "src", "width"), ("alt", "decoding", "height", "src", "width"),
    }  # fmt: skip
