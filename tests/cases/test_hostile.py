"""Hostile input: what once crashed Brag, took it minutes or was misread now gets an answer, with its place."""

import pytest

from bragfolio.core.link.addresses import encode_path
from bragfolio.core.read.svg import inspect_svg
from bragfolio.core.read.yaml_tree import parse_yaml
from bragfolio.edge.editor import open_in_editor
from bragfolio.model.scalars import Quantity, ScalarError, Url
from tests.portfolios import SITE, achievement, assert_built, assert_refused, assert_sound, run_process

X = "site_content/achievements/x.md"
SITE_FILE = "site_content/site.yaml"
TOML = "themes/mine/theme.toml"

QUANTITIES = {
    "+12%": ("12", "%"),
    "1 100 000": ("1100000", ""),
    "1,100,000": ("1100000", ""),
    "1\u202f100\u00a0000 km": ("1100000", "km"),
    "1'100.25": ("1100.25", ""),
    "2.4": ("2.4", ""),
    ".5": ("0.5", ""),
    "-53%": ("-53", "%"),
    "−53 %": ("-53", "%"),
    "3 min": ("3", "min"),
    "123456789012.345": ("123456789012.345", ""),
}


@pytest.mark.parametrize("text", QUANTITIES)
def test_a_number_keeps_its_meaning(text):
    quantity = Quantity.parse(text)
    assert (str(quantity.number), quantity.unit) == QUANTITIES[text]


@pytest.mark.parametrize(
    "text",
    ["3 4", "10, 20", "1 10", "1,10", "1234 567", "1 2345", "1  100", "1 100 00", "1234567890123456", "0.1234567890123456",
     "1" + " " * 30_000 + "x1", "1 " * 30_000, "9" * 100_000 + "x" * 20, "1" + " 000" * 20_000 + "!1", "." * 30_000],
    ids=lambda text: text[:20],
)  # fmt: skip
def test_what_is_not_one_number_is_refused_at_once(text):
    with pytest.raises(ScalarError) as refused:
        Quantity.parse(text)
    assert len(refused.value.message) < 100


COMMENTS = {
    "in-a-literal": ("impact: |\n  note: see #42\nshort: x\n", []),
    "in-a-folded-text": ("- impact: >-\n    note: see #42\n  short: x\n", []),
    "in-quotes": ('impact: "one\n  note: see #42"\n', []),
    "behind-a-literal": ("impact: |\n  note: see #42\nshort: about #43\n", [(3, 14)]),
    "behind-a-value": ("a: 1\nproject: C# at #b\n", [(2, 16)]),
    "behind-a-colon": ("project: #b\n", [(1, 10)]),
    "behind-a-sentence": ("title: We are # 1\n", [(1, 15)]),
    "long-line": ("a: 1\n# " + "a: b " * 12_000 + "\n", []),
    "long-value": ("a: '1'\nb: " + "a:b " * 12_000 + "\n", []),
    "many-lines": ("a: [\n" + "b,\n" * 20_000 + "]\n", []),
}


@pytest.mark.parametrize("case", COMMENTS)
def test_a_warning_of_comments_is_for_comments(case):
    text, places = COMMENTS[case]
    _, problems = parse_yaml(text, "f")
    assert [
        (problem.span.line, problem.span.column) for problem in problems if problem.code == "yaml-comment"
    ] == places


def svg(attributes="", inside="", before=""):
    return f'{before}<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'.encode()


SIZES = {
    "plain": ('width="20" height="10px"', (20, 10)),
    "box": ('viewBox="0 0 20,10"', (20, 10)),
    "digits": (f'width="{"9" * 400}" height="1"', (0, 0)),
    "infinite": ('viewBox="0 0 inf 1e999"', (0, 0)),
    "nan": ('viewBox="0 0 nan 1"', (0, 0)),
    "points": ('width="1.1.1" height="1"', (0, 0)),
    "negative": ('viewBox="0 0 -1 1"', (0, 0)),
}


@pytest.mark.parametrize("case", SIZES)
def test_the_size_of_a_drawing_is_a_size(case):
    attributes, size = SIZES[case]
    assert inspect_svg(svg(attributes)) == (size, "")


DRAWINGS = {
    "declared": svg(before='<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'),
    "mark": b"\xef\xbb\xbf" + svg(),
    "fragment": svg(inside='<g style="fill: url(#a)" mask="url( \'#b\')"/><style>a{fill:url(#a)}</style>'),
    "inkscape": svg(
        'xmlns:s="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"',
        '<s:namedview/><metadata><r:RDF r:about=""/></metadata>',
    ),
    "backslash": svg(inside='<text aria-label="C:\\temp">a\\b</text>'),
}


@pytest.mark.parametrize("data", DRAWINGS.values(), ids=DRAWINGS)
def test_a_drawing_that_only_draws_is_published(data):
    assert inspect_svg(data)[1] == ""


ACTIVE_DRAWINGS = {
    "unknown-encoding": svg(before='<?xml version="1.0" encoding="foo"?>'),
    "other-encoding": svg(before="<?xml version='1.0' encoding='iso-8859-1'?>"),
    "utf-7": svg(before='<?xml version="1.0" encoding = "utf-7"?>', inside="+ADw-script+AD4-"),
    "utf-16": svg().decode().encode("utf-16"),
    "utf-16-no-mark": svg().decode().encode("utf-16-le"),
    "latin-1": svg(inside="<text>é</text>").decode().encode("latin-1"),
    "style-sheet": svg(before='<?xml version="1.0"?><?xml-stylesheet href="https://evil.example/a.css"?>'),
    "instruction-inside": svg(inside="<?php x ?>"),
    "xhtml": svg(inside='<h:meta xmlns:h="http://www.w3.org/1999/xhtml" http-equiv="refresh"/>'),
    "xhtml-metadata": svg(inside='<metadata><h:img xmlns:h="http://www.w3.org/1999/xhtml"/></metadata>'),
    "style-escape": svg(inside="<style>a{fill:u\\72l(https://evil.example)}</style>"),
    "style-import": svg(inside="<style>@import 'https://evil.example'</style>"),
    "style-url": svg(inside="<style>a{fill:URL( 'https://evil.example')}</style>"),
    "style-image-set": svg(inside="<style>a{mask:image-set('https://evil.example' 1x)}</style>"),
    "style-expression": svg(inside="<style>a{width:expression(1)}</style>"),
    "style-split": svg(inside="<style>a{fill:u<!-- -->rl(https://evil.example)}</style>"),
    "style-attribute": svg(inside="<g style=\"mask:image-set('https://evil.example' 1x)\"/>"),
    "fill-escape": svg(inside='<g fill="u\\72l(https://evil.example)"/>'),
    "base": svg(inside='<g xml:base="https://evil.example/"/>'),
    "deep": b"<svg>" + b"<g>" * 200_000,
}


@pytest.mark.parametrize("data", ACTIVE_DRAWINGS.values(), ids=ACTIVE_DRAWINGS)
def test_a_drawing_that_does_more_is_refused(portfolio, data):
    portfolio.entry(achievement("image: a.svg", "image_alt: A")).write({"site_content/achievements/a.svg": data})
    assert_refused(portfolio, portfolio.build(), ("site_content/achievements/a.svg", "image-type"))


THEMES = {
    "deep": {TOML: f"x = {'[' * 5000}{']' * 5000}\n"},
    "long-number": {TOML: f"contract = {'9' * 5000}\n"},
    "mode": {TOML: '[colors.dusk]\nink = "#000000"\n'},
    "token-name": {TOML: '[colors.light]\n"in k" = "#000000"\n'},
    "scale-name": {TOML: '[scale]\nPage = "1rem"\n'},
    "scale-end": {TOML: '[scale]\npage = "1rem;} body{display:none"\n'},
    "scale-comment": {TOML: '[scale]\npage = "1rem/*"\n'},
    "scale-address": {TOML: "[scale]\npage = 'URL(https://evil.example)'\n"},
    "scale-image-set": {TOML: "[scale]\npage = \"image-set('https://evil.example' 1x)\"\n"},
    "default": {TOML: '[options.accent]\ntype = "color"\ndefault = "red"\n'},
    "parent": {TOML: f'extends = "{"a" * 300}"\n'},
    "parent-escape": {TOML: 'extends = "../../x"\n'},
}


@pytest.mark.parametrize("case", THEMES)
def test_a_theme_that_is_not_right_says_so(portfolio, case):
    portfolio.write({TOML: "", SITE_FILE: SITE + "theme: mine\n"}).write(THEMES[case])
    outcome = portfolio.build()
    assert_sound(outcome)
    assert outcome.code == 1
    assert {code for _, code in outcome.errors} == {"theme"}, outcome.text
    assert {place for place, _ in outcome.errors} <= {TOML, f"{SITE_FILE}:5:8"}


@pytest.mark.parametrize("name", ["a" * 300, "../base", "a b", "-", "base/", "größe" * 20])
def test_a_theme_with_such_a_name_does_not_exist(portfolio, name):
    portfolio.write({SITE_FILE: f"{SITE}theme: '{name}'\n"})
    assert_refused(portfolio, portfolio.build(), (f"{SITE_FILE}:5:8", "theme"))


def test_a_template_that_is_not_utf_8_is_named(portfolio):
    portfolio.write({SITE_FILE: SITE + "theme: mine\n", TOML: "", "themes/mine/templates/home.html": b"\xff"})
    assert_refused(portfolio, portfolio.build(), ("themes/mine/templates/home.html", "theme"))


TEMPLATES = {
    "key": "{{ 'a %(b)s' % {'c': 1} }}",
    "format": "{{ '{0} {1}'.format(1) }}",
    "index": "{{ ''|list|random }}",
    "surrogate": "{{ '\\ud800' }}",
    "lipsum": "{{ lipsum() }}",
    "random": "{{ [1, 2, 3]|random }}",
    "blocks": "{% for i in [1] %}" * 30 + "{% endfor %}" * 30,
    "recursion": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "memory": "{{ 'a'|center(10 ** 17) }}",
}


@pytest.mark.parametrize("source", TEMPLATES.values(), ids=TEMPLATES)
def test_a_template_that_fails_says_where(portfolio, source):
    portfolio.write({SITE_FILE: SITE + "theme: mine\n", TOML: "", "themes/mine/templates/home.html": source})
    assert_refused(portfolio, portfolio.build(), ("themes/mine/templates/home.html:1:1", "theme"))


SETTINGS = {
    "lately": ("freshness: {lately_days: 99999999999}\n", "5:26", "value"),
    "zero": ("freshness: {gap_days: 0}\n", "5:23", "value"),
    "negative": ("freshness: {half_life_days: -1}\n", "5:29", "value"),
    "type": ("freshness: {half_life_by_type: {talk: 36501}}\n", "5:39", "value"),
    "announce": ("announce: {due_days: 100000}\n", "5:22", "value"),
}


@pytest.mark.parametrize("case", SETTINGS)
def test_a_number_of_days_is_one_that_dates_can_move_by(portfolio, case):
    lines, place, code = SETTINGS[case]
    portfolio.write({SITE_FILE: SITE + lines})
    assert_refused(portfolio, portfolio.build(), (f"{SITE_FILE}:{place}", code))


@pytest.mark.parametrize("url", ["https://[::1/", "https://a]/", "https://[x]/", "https://a:99999/", "https://a:b/"])
def test_an_address_that_cannot_be_taken_apart_is_refused(portfolio, url):
    with pytest.raises(ScalarError):
        Url.parse(url)
    portfolio.write({SITE_FILE: f"title: A\nurl: '{url}'\n"})
    assert_refused(portfolio, portfolio.build(), (f"{SITE_FILE}:2:6", "value"))
    outcome = portfolio.write({SITE_FILE: SITE}).build("--base-url", url)
    assert (outcome.code, "--base-url" in outcome.text) == (2, True)


@pytest.mark.parametrize(
    "url", ["x", "javascript:alert(1)", "mailto:a@example.org", "https://a/?b", "https://a/#b", "//a"]
)
def test_a_base_url_is_as_strict_as_the_url_in_site_yaml(portfolio, url):
    outcome = portfolio.build("--base-url", url)
    assert (outcome.code, portfolio.built()) == (2, {}), outcome.text
    assert_built(portfolio.build("--base-url", "http://localhost:8000/ada"))


def test_folders_that_go_on_and_on_are_reported(portfolio):
    """Not a thousand of them, as pytest could not clear them away."""
    (portfolio.root / "site_content" / "static" / "/".join(["d"] * 150)).mkdir(parents=True)
    outcome = portfolio.build()
    assert_sound(outcome)
    assert [code for _, code in outcome.errors] == ["file-kind"]


def test_an_output_that_leads_in_a_circle_is_refused(portfolio):
    (portfolio.root / "loop").symlink_to("loop")
    for output in ("loop", "loop/site"):
        outcome = portfolio.build("--output", output)
        assert_sound(outcome)
        assert [code for _, code in outcome.errors] == ["output-folder"]


def test_an_editor_that_is_no_command_is_none(portfolio, monkeypatch):
    monkeypatch.setenv("VISUAL", '"')
    assert not open_in_editor(portfolio.root / SITE_FILE)


BODIES = {
    "wikilinks": " ".join(f"[[s{number}]]" for number in range(20_000)),
    "wikilinks-on-lines": "\n".join(f"[[s{number}]]" for number in range(20_000)),
    "links-that-cannot-be-found": "\n".join("[x](a&amp;b)" for _ in range(20_000)),
    "invisible-characters": "\u200b" * 40_000,
    "control-characters": "\x01" * 40_000,
}


@pytest.mark.parametrize("case", BODIES)
def test_the_place_of_each_of_many_problems_is_found_in_time(portfolio, case):
    portfolio.entry(achievement(body=BODIES[case] + "\n"))
    outcome, _ = run_process(portfolio.root, "check", timeout_s=30)
    assert_sound(outcome)
    assert outcome.problems


def test_the_same_link_twice_has_two_places(portfolio):
    portfolio.entry(achievement(body="[[a]] and [[a]]\nand [[a]]\n\n[![p](p.png)](q.md)\n"))
    outcome = portfolio.build()
    assert [place.removeprefix(f"{X}:") for place in (problem.place for problem in outcome.problems)] == [
        "6:1", "6:11", "7:5", "9:7", "9:15",
    ], outcome.text  # fmt: skip


def test_a_line_of_invisible_characters_is_one_problem(portfolio):
    portfolio.entry(achievement(body="a\u200bb\u200bc\n\n\u200b\n"))
    assert_built(portfolio.build(), (f"{X}:6:2", "bidi"), (f"{X}:8:1", "bidi"))


def test_a_colon_in_a_file_name_begins_no_scheme():
    assert encode_path("me:2.png") == "me%3A2.png"


def test_a_role_s_id_is_no_anchor_that_the_page_has_already(portfolio):
    portfolio.entry("---\nemployer: A\nvisibility: public\n---\n", "roles/main.md")
    portfolio.entry("---\nemployer: B\nvisibility: public\n---\n", "roles/education.md")
    assert_built(portfolio.build())
    page = portfolio.page("experience.html")
    ids = [part.partition('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))
    assert {"role-1", "role-2"} <= set(ids)
