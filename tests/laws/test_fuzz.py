"""Fuzz: whatever stands in a portfolio's files, Brag publishes a sound site or says what is wrong, and never breaks.

The mutations know the shape of the files: they delete, repeat, swap and replace keys, values, lines and signs, and put
in what has broken programs before. `make proof` runs thousands of them (goal R2).
"""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from bragfolio.app.build import BuildRequest, build
from bragfolio.app.check import check
from bragfolio.problems import CODES
from tests.laws.test_projection import AS_OF
from tests.portfolios import SITE, Portfolio, achievement

MAX_S = 2
"""Processor seconds for one portfolio, goal R2."""
NASTY = [
    "", "~", "null", "no", "0", "-1", "1e999", "nan", "9" * 400, "1,5", "2026-02-30", "9999-12-31", "2026-07-20T25:00", "T", "present", "a" * 5000,
    "'", '"', "'x", '"x', "[", "]", "{", "}", "[[", "[a, b]", "{a: b}", "&a x", "*a", "!x y", "!!binary x", "|", ">", "|2-", "? a", ": b", "- ", "---", "...",
    "# x", " #x", "%YAML 1.2", "\t", "\\", '"\\x00"', '"\\ud800"', '"\\uFFFE"', '"\\q"', "<<", "=", "@", "`", ",", "\x00", "\x1b[31m", "\x85", "\u2028", "\u202e",
    "\ufeff", "😀", "é", "../../x", "/etc/passwd", "con", "a/b", "javascript:x", "https://", "https://[::1", "http://x\\y", "//x", "mailto:", "x://y",
    "<script>alert(1)</script>", "]]>", "<!--", "{{ 7*7 }}", "{% x %}", "[[x]]", "[[achievement/x]]", "![](x.png)", "[a](b.md)", "[a](javascript:x)",
    "&#12;", "\r", "\r\n", "public", "pubic", "[public, private]", "self", "true", "yes please", "[" * 40, "{a: " * 40, "- " * 40,
]  # fmt: skip
ENTRY = achievement(
    "start: 2026-05-04", "type: improved", "role: acme", "position: lead", "project: queue", "skills: [Python, SQL, C#]", "scope: department",
    "stars: 4", "short: Queue cut", "impact: Fewer carts were left.", "my_part: I found the lock.", "tags: [speed]", "slug: queue-cut", "draft: false",
    "metrics:", "  - {name: wait, before: 38, after: 9, unit: min, better: lower, source: Grafana, date: 2026-07-20}",
    "  - {name: revenue, value: 1100000, unit: EUR/year, approximate: true, visibility: leadership}",
    "star:", "  situation: Long.", "  action: |", "    Cut.", "", "    Again.", "evidence:", "  - label: Report", "    url: https://example.org/",
    "feedback: [{from: maria, byline: M., quote: Good., date: 2026-07-26, consent: public}]", "featured: true", "publish_date: 2026-07-21",
    "expiry_date: 2030-01-01", "updated: 2026-07-22T10:00+02:00", "redirects: [old.html, a/b/]", "lang: en", "extra: {anything: [goes]}",
    body='# Story\n\nSee [[python]], [[y|the other]], [a link](https://example.org/ "t") and `code`.\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n> quote\n',
)  # fmt: skip
ROLE = (
    "---\nemployer: Acme\nvisibility: public\nlocation: Utrecht\nkind: job\nurl: https://example.org/\npositions:\n"
    "  - {id: lead, title: Lead, start: 2025-01, end: present, change: promotion}\n  - {id: first, title: First, start: 2022, end: 2024-12}\n---\nWords.\n"
)
OVERLAY = "---\nvisibility: leadership\nimpact: More.\neffort_days: 12\ncollaborators: [petra]\n---\nMore.\n"
CONFIG = (
    "format: 1\ntitle: Ada Quill\nurl: https://example.org/ada/\nlanguage: en\ntimezone: Europe/Dublin\ntheme: ledger\nperson:\n  name: Ada Quill\n"
    "  email: {value: ada@example.org, visibility: public}\n  profiles:\n    - {network: GitHub, url: 'https://example.org/x', username: x}\n"
    "  languages: [{name: English, fluency: native}]\n  interests: [bread]\naudiences:\n  team: {includes: [company], announce: true}\n"
    "theme_options: {accent: '#0b6e6e'}\nfreshness: {half_life_days: 90, half_life_by_type: {spoke: 30}}\ncheck: {ignore: [raw-html]}\n"
)
EDUCATION = "- institution: Trinity\n  area: Pharmacy\n  start: 2008-09\n  end: 2012-06\n  visibility: public\n- {institution: MIT, courses: [a, b]}\n"
CREDENTIALS = "- {kind: award, title: Prize, issuer: Board, date: 2025-10, visibility: public, url: 'https://example.org/', id: x-1}\n"
AUDIENCES = st.sampled_from(["public", "leadership", "self"])
FILES = {
    "achievements/x.md": ENTRY, "achievements/y.md": achievement(body="[[x]]"), "roles/acme.md": ROLE, "private/achievements/x.md": OVERLAY,
    "skills/python.md": "---\nname: Python\nsynonyms: [py]\ncategory: Data\nparent: Coding\nintent: lead\nsince: 2017\nvisibility: public\n---\n",
    "pages/about.md": "---\ntitle: About\nvisibility: public\n---\n## Me\n", "site.yaml": CONFIG, "education.yaml": EDUCATION,
    "credentials.yaml": CREDENTIALS, "private/site.yaml": "visibility: market\nperson:\n  phone: {value: '+353 1', visibility: private}\n",
}  # fmt: skip

KEYS = st.sampled_from(["title", "date", "visibility", "metrics", "name", "value", "url", "extra", "x"])
TREES = st.recursive(
    st.sampled_from(NASTY) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@st.composite
def mutations(draw, text):
    """Draw *text* after one to four changes."""
    for _ in range(draw(st.integers(1, 4))):
        text = draw(st.sampled_from([_change_line, _change_value, _change_span, _change_sign]))(draw, text)
    return text


def _change_line(draw, text):
    lines = text.split("\n")
    at, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
    kind = draw(st.sampled_from(["delete", "repeat", "move", "indent", "insert"]))
    line = lines.pop(at)
    if kind == "repeat":
        lines[at:at] = [line, line]
    elif kind == "move":
        lines.insert(other, line)
    elif kind == "indent":
        lines.insert(at, draw(st.sampled_from([" ", "  ", "\t", "- ", "# "])) + line)
    elif kind == "insert":
        lines[at:at] = [draw(st.sampled_from(NASTY)), line]
    return "\n".join(lines)


def _change_value(draw, text):
    lines = text.split("\n")
    at = draw(st.sampled_from([index for index, line in enumerate(lines) if ":" in line] or [0]))
    key, colon, _ = lines[at].partition(":")
    lines[at] = f"{key}{colon} {draw(st.sampled_from(NASTY) | st.text(max_size=12))}"
    return "\n".join(lines)


def _change_span(draw, text):
    start, end = sorted(draw(st.integers(0, len(text))) for _ in range(2))
    end = min(end, start + draw(st.sampled_from([0, 1, 5, 40])))
    return text[:start] + draw(st.sampled_from(NASTY)) + text[end:]


def _change_sign(draw, text):
    sign = draw(st.sampled_from(list(":-[]{},'\"#|>\n ")))
    return text.replace(sign, draw(st.sampled_from(["", sign * 2, *":-[]{},'\"#|>\n\t"])), draw(st.integers(1, 3)))


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory):
    """The portfolio that all examples share: each writes it anew."""
    return Portfolio(tmp_path_factory.mktemp("fuzzed"))


@pytest.mark.parametrize("path", FILES)
def test_a_mutated_file_is_published_or_refused(fuzzed, path):
    @settings(max_examples=max(8, settings().max_examples // len(FILES)))
    @given(mutations(FILES[path]), AUDIENCES)
    def holds(text, audience):
        fuzzed.write({f"site_content/{name}": content for name, content in FILES.items()})
        fuzzed.write({f"site_content/{path}": text.encode("utf-8", "surrogatepass")})
        assert_sound_site(fuzzed, audience)

    holds()


@pytest.mark.parametrize("path", ["achievements/x.md", "site.yaml", "education.yaml"])
def test_any_bytes_are_published_or_refused(fuzzed, path):
    @settings(max_examples=max(8, settings().max_examples // 4))
    @given(
        st.binary(max_size=400) | st.binary(max_size=60).map(lambda data: b"---\n" + data + b"\n---\n" + data),
        AUDIENCES,
    )
    def holds(data, audience):
        fuzzed.write({f"site_content/{name}": content for name, content in FILES.items()})
        fuzzed.write({f"site_content/{path}": data})
        assert_sound_site(fuzzed, audience)

    holds()


@given(TREES, AUDIENCES)
def test_any_shape_of_yaml_is_published_or_refused(fuzzed, tree, audience):
    """JSON is YAML, so any tree can stand in any file."""
    text = json.dumps(tree)
    fuzzed.write({f"site_content/{name}": content for name, content in FILES.items()})
    fuzzed.write(
        {
            "site_content/achievements/x.md": f"---\n{text}\n---\n",
            "site_content/site.yaml": SITE,
            "site_content/education.yaml": text,
        }
    )
    assert_sound_site(fuzzed, audience)


def assert_sound_site(portfolio, audience):
    """Build and check *portfolio*; look whether what is said is complete, and what is published well-formed."""
    started = time.process_time()
    report = build(BuildRequest(portfolio.root, audience, as_of=AS_OF, drafts=audience == "self", clean=True))
    problems = check(portfolio.root, AS_OF)
    assert time.process_time() - started < 2 * MAX_S
    for problem in [*report.problems, *problems]:
        assert problem.code in CODES
        assert problem.message
        assert problem.hint, problem
        assert problem.span.file
    assert (report.published is None) == any(problem.is_error for problem in report.problems)
    if report.published is None:
        return
    built = portfolio.built("output" if audience == "public" else f".brag/builds/{audience}")
    etree.fromstring(built["feed.xml"])
    json.loads(built["feed.json"])
    json.loads(built["resume.json"])
    for path in ("index.html", "achievements/queue-cut.html", "experience.html"):
        if path in built:
            page = html.document_fromstring(built[path], parser=html.HTMLParser(encoding="utf-8"))
            assert not page.xpath("//script[not(@type='application/ld+json') and not(@src)] | //@onclick | //@onerror")
