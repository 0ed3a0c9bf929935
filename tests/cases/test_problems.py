"""Problems: a gold table of mistakes with the exact place, code and hint (goal R3), and the promises around it."""

import re

import pytest

from bragfolio.problems import CODES
from tests.portfolios import SITE, achievement, assert_sound

X = "site_content/achievements/x.md"


def entry(*lines, body=""):
    """Return the files of a portfolio with one public achievement."""
    return {X: achievement(*lines, body=body)}


def site(text):
    """Return the files of a portfolio with this site.yaml."""
    return {"site_content/site.yaml": text}


def named(path, text):
    """Return the files of a portfolio with one more file."""
    return {f"site_content/{path}": text}


GOLD = [
    # YAML and front matter
    (entry('impact: "open'), f"{X}:5:9", "yaml-syntax"),
    (entry("tags: [a"), f"{X}:5:7", "yaml-syntax"),
    (entry("star: {action: a"), f"{X}:5:7", "yaml-syntax"),
    (entry("impact: Won: 1st"), f"{X}:5:12", "yaml-syntax"),
    (entry("impact:x"), f"{X}:5:1", "yaml-syntax"),
    (entry("impact: @x"), f"{X}:5:9", "yaml-syntax"),
    (entry("impact: 'it's'"), f"{X}:5:13", "yaml-syntax"),
    (entry("star:\n\taction: a"), f"{X}:6:1", "yaml-tab"),
    (entry("impact: &a x"), f"{X}:5:9", "yaml-alias"),
    (entry("impact: *a"), f"{X}:5:9", "yaml-alias"),
    (entry("impact: !x y"), f"{X}:5:9", "yaml-tag"),
    (entry("title: Again"), f"{X}:5:1", "yaml-duplicate"),
    (entry("project: a #b"), f"{X}:5:12", "yaml-comment"),
    (entry("extra: " + "[" * 40), f"{X}:5:39", "yaml-depth"),
    ({X: "no front matter\n"}, f"{X}:1:1", "frontmatter-missing"),
    ({X: "---\ntitle: a\n"}, f"{X}:1:1", "frontmatter-unclosed"),
    # keys
    (entry("darft: true"), f"{X}:5:1", "key-unknown"),
    (entry("star: {acton: a}"), f"{X}:5:8", "key-unknown"),
    (entry("metrics:\n  - {name: a, vaule: 1, value: 2}"), f"{X}:6:15", "key-unknown"),
    ({X: "---\ndate: 2026-01\n---\n"}, f"{X}:2:1", "key-missing"),
    ({X: "---\ntitle: a\n---\n"}, f"{X}:2:1", "key-missing"),
    (entry("metrics: [{value: 1}]"), f"{X}:5:11", "key-missing"),
    (
        named("roles/a.md", "---\nemployer: A\npositions: [{start: 2024}]\n---\n"),
        "site_content/roles/a.md:3:13",
        "key-missing",
    ),
    (named("education.yaml", "- {area: a}\n"), "site_content/education.yaml:1:3", "key-missing"),
    # values
    (entry("draft: maybe"), f"{X}:5:8", "value"),
    (entry("type: fixd"), f"{X}:5:7", "value"),
    (entry("scope: planet"), f"{X}:5:8", "value"),
    (entry("stars: 9"), f"{X}:5:8", "value"),
    (entry("effort_days: many"), f"{X}:5:14", "value"),
    (entry("metrics: [{name: a, value: lots}]"), f"{X}:5:28", "value"),
    (entry("metrics: [{name: a, value: '1,5'}]"), f"{X}:5:28", "value"),
    (entry("slug: Not A Slug"), f"{X}:5:7", "value"),
    (entry(f"short: {'a' * 91}"), f"{X}:5:8", "value"),
    (entry("tags: a, b"), f"{X}:5:7", "value-type"),
    (entry("project: [a]"), f"{X}:5:10", "value-type"),
    (entry("star: a"), f"{X}:5:7", "value-type"),
    (entry("metrics:\n  - just text"), f"{X}:6:5", "value-type"),
    (entry("metrics: [{name: a, before: 1}]"), f"{X}:5:11", "value-rule"),
    (entry("evidence: [{label: a}]"), f"{X}:5:12", "value-rule"),
    (site("title: a\nformat: one\n"), "site_content/site.yaml:2:9", "value"),
    (site("title: a\ntimezone: Mars/Base\n"), "site_content/site.yaml:2:11", "value"),
    (site("title: a\nlanguage: German\n"), "site_content/site.yaml:2:11", "value"),
    (site("title: a\nrepository: secret\n"), "site_content/site.yaml:2:13", "value"),
    (site("title: a\nformat: 2\n"), "site_content/site.yaml:2:9", "format"),
    (site("language: en\n"), "site_content/site.yaml:1:1", "key-missing"),
    (named("education.yaml", "institution: a\n"), "site_content/education.yaml:1:1", "value-type"),
    (named("credentials.yaml", "- {kind: prize, title: a}\n"), "site_content/credentials.yaml:1:10", "value"),
    # dates
    (entry("start: soonish"), f"{X}:5:8", "date"),
    (entry("start: 2026-02-30"), f"{X}:5:8", "date"),
    (entry("publish_date: tomorrow"), f"{X}:5:15", "date"),
    (entry("start: 2026-07-21"), f"{X}:3:7", "date-order"),
    ({X: "---\ntitle: a\ndate: 2027-01-01\n---\n"}, f"{X}:3:7", "date-future"),
    (
        named("education.yaml", "- {institution: a, start: 2014, end: 2010}\n"),
        "site_content/education.yaml:1:38",
        "date-order",
    ),
    # addresses and files
    (entry("evidence: [{label: a, url: 'javascript:x'}]"), f"{X}:5:28", "url-scheme"),
    (entry("evidence: [{label: a, url: example.org}]"), f"{X}:5:28", "url-scheme"),
    (entry("image: ../../a.png", "image_alt: a"), f"{X}:5:8", "path-escape"),
    (entry("image: gone.png", "image_alt: a"), f"{X}:5:8", "image-missing"),
    (entry("evidence: [{label: a, file: gone.pdf}]"), f"{X}:5:29", "link"),
    (entry("redirects: [../x]"), f"{X}:5:13", "path-escape"),
    (entry("slug: a/b"), f"{X}:5:7", "path-escape"),
    (entry("slug: con"), f"{X}:5:7", "name-reserved"),
    (entry("role: acme"), f"{X}:5:7", "reference"),
    (site("title: a\nperson: {photo: me.jpg}\n"), "site_content/site.yaml:2:17", "image-missing"),
    # audiences
    (entry("metrics: [{name: a, value: 1, visibility: pubic}]"), f"{X}:5:43", "audience-unknown"),
    ({X: "---\ntitle: a\ndate: 2026\nvisibility: [market, pubic]\n---\n"}, f"{X}:4:22", "audience-unknown"),
    (entry("feedback: [{quote: a, consent: yes}]"), f"{X}:5:32", "audience-unknown"),
    (
        named("private/pages/a.md", "---\ntitle: a\nvisibility: public\n---\n"),
        "site_content/private/pages/a.md:3:13",
        "private-public",
    ),
    (site("title: a\ndefault_visibility: pubic\n"), "site_content/site.yaml:2:21", "audience-unknown"),
    (site("title: a\naudiences:\n  team: {includes: [pubic]}\n"), "site_content/site.yaml:3:21", "audience-unknown"),
    (
        site("title: a\naudiences: {a: {includes: [b]}, b: {includes: [a]}}\n"),
        "site_content/site.yaml:2:12",
        "audience-cycle",
    ),
    (
        site("title: a\nperson: {email: {value: a, visibility: pubic}}\n"),
        "site_content/site.yaml:2:40",
        "audience-unknown",
    ),
    (site("title: a\ntheme: legder\n"), "site_content/site.yaml:2:8", "theme"),
    (site("title: a\ntheme_options: {acent: red}\n"), "site_content/site.yaml:2:17", "theme-option"),
    (site("title: a\ntheme_options: {accent: red}\n"), "site_content/site.yaml:2:25", "theme-option"),
    # bodies
    (entry(body="One.\n\nTwo [[gone]].\n"), f"{X}:8:5", "link"),
    (entry(body="See [a](gone.pdf).\n"), f"{X}:6:9", "link"),
    (entry(body="![a](gone.png)\n"), f"{X}:6:6", "image-missing"),
    (entry(body="![a](https://example.org/a.png)\n"), f"{X}:6:6", "image-missing"),
    (entry(body="[a](javascript:x)\n"), f"{X}:6:5", "link-scheme"),
    (entry(body="- item\n- <br>\n"), f"{X}:7:3", "raw-html"),
    (entry(body="a\u202eb\n"), f"{X}:6:2", "bidi"),
    (entry(body="a\x07b\n"), f"{X}:6:2", "control-character"),
    ({X: achievement(body="Café").encode("latin-1")}, f"{X}:6:4", "encoding"),
    # whole files
    ({X: achievement(), "site_content/achievements/2025/x.md": achievement()}, f"{X}:1:1", "id-duplicate"),
    (named("achievements/con.md", achievement()), "site_content/achievements/con.md:1:1", "name-reserved"),
]
"""Files, the exact place of the first problem, and its code."""
PLACE = re.compile(r"site_content/\S+\.(md|yaml):[1-9]\d*:[1-9]\d*")


@pytest.mark.parametrize(
    ("files", "place", "code"), GOLD, ids=[f"R3-{code}-{i}" for i, (_, _, code) in enumerate(GOLD)]
)
def test_a_mistake_is_reported_exactly_where_it_is(portfolio, files, place, code):
    portfolio.write({"site_content/site.yaml": SITE, **files})
    outcome = portfolio.brag("check")
    assert_sound(outcome)
    assert (place, code) == (outcome.problems[0].place, outcome.problems[0].code), outcome.text
    assert {(problem.place, problem.code) for problem in outcome.problems} == {(place, code)}, outcome.text


def test_r3_the_gold_table_is_large_and_98_percent_of_it_has_line_and_column():
    assert len(GOLD) >= 60
    assert len({code for _, _, code in GOLD}) >= 35
    assert sum(bool(PLACE.fullmatch(place)) for _, place, _ in GOLD) >= 0.98 * len(GOLD)
    assert {code for _, _, code in GOLD} <= set(CODES)


def test_r3_all_mistakes_of_all_files_are_reported_in_one_run(portfolio):
    """But for a YAML file that breaks off: what follows the break cannot be read."""
    expected = set()
    for number, (files, place, code) in enumerate(GOLD):
        if list(files) != [X] or code in {
            "control-character",
            "encoding",
            "frontmatter-missing",
            "frontmatter-unclosed",
        }:
            continue
        path = X.replace("x.md", f"x{number}.md")
        portfolio.write({path: files[X]})
        expected.add((place.replace(X, path), code))
    outcome = portfolio.brag("check", "-v")
    assert_sound(outcome)
    assert expected <= {(problem.place, problem.code) for problem in outcome.problems}
    assert len(expected) > 45


def test_b18_a_hundred_and_fifty_mistakes_are_counted_and_a_hundred_shown(portfolio):
    for number in range(150):
        portfolio.entry("---\ntitle: a\ndate: soon\n---\n", f"achievements/x{number:03}.md")
    outcome = portfolio.build()
    assert len(outcome.problems) == 100
    assert [problem.place for problem in outcome.problems] == [
        f"site_content/achievements/x{n:03}.md:3:7" for n in range(100)
    ]
    assert "... and 50 more; -v shows them all" in outcome.text
    assert "Nothing was published: 150 errors." in outcome.text


@pytest.mark.parametrize(
    ("language", "hint"),
    [
        ("German", "write de"), ("deutsch", "write de"), ("Português", "write pt"), ("english", "write en"), ("Klingon", "write its code"),
        ("en_GB", "write its code"), ("e", "write its code"), ("de", ""), ("pt-BR", ""), ("zh-Hant-TW", ""), ("es-419", ""), ("gsw", ""),
    ],
)  # fmt: skip
def test_a_language_is_a_code_and_its_name_is_told_which(portfolio, language, hint):
    outcome = (
        portfolio.write({"site_content/site.yaml": f"title: Ada\nlanguage: {language}\n"})
        .entry(achievement())
        .brag("check")
    )
    assert [problem.hint[: len(hint)] for problem in outcome.problems if problem.severity == "error"] == [hint] * bool(
        hint
    )


@pytest.mark.parametrize(
    ("photo", "message"),
    [("me.jpg", "“me.jpg” lies where nothing is published"), ("you.jpg", "there is no file “you.jpg”")],
)
def test_a_photo_that_lies_elsewhere_is_told_from_one_that_is_missing(portfolio, photo, message):
    site = f"title: Ada\nperson: {{name: Ada, photo: {photo}}}\n"
    said = portfolio.write({"site_content/site.yaml": site}).entry(b"x", "me.jpg").brag("check").said("image-missing")
    assert (said.message, "photo: static/me.jpg" in said.hint) == (message, True)
