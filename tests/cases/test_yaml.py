"""YAML and front matter: cases Y01 to Y18, each with what Brag must say and where."""

import time

import pytest

from bragfolio.core.read.yaml_tree import parse_yaml
from tests.portfolios import AS_OF, achievement, assert_built, assert_refused, assert_sound, run_process

X = "site_content/achievements/x.md"
SITE = "site_content/site.yaml"
LAUGHS = "\n".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9) if before else 'lol'}]"
    for before, name in zip(["", *"abcdefgh"], "abcdefghi", strict=True)
)
"""Nine levels of nine aliases: 387 million words when expanded."""
DEEP = "[" * 20_000
DEEPER = "[" * 100_000
CODE = '!!python/object/apply:os.system ["touch pwned"]'


def fastest_s(work, times=3):
    """Return the processor's seconds of the fastest of a few runs: noise only ever adds."""
    spans = []
    for _ in range(times):
        started = time.process_time()
        work()
        spans.append(time.process_time() - started)
    return min(spans)


def test_y01_an_alias_bomb_is_refused_at_its_first_anchor(portfolio):
    portfolio.entry(achievement(LAUGHS))
    assert_refused(portfolio, portfolio.build(), (f"{X}:5:4", "yaml-alias"))


def test_y01_an_alias_bomb_is_refused_within_50_ms():
    tree, problems = parse_yaml(LAUGHS, X)
    assert (tree, [problem.code for problem in problems]) == ("", ["yaml-alias"])
    assert fastest_s(lambda: parse_yaml(LAUGHS, X)) < 0.05


def test_y02_20_000_brackets_are_refused_at_the_first_too_deep(portfolio):
    portfolio.entry(achievement(f"tags: {DEEP}"))
    assert_refused(portfolio, portfolio.build(), (f"{X}:5:38", "yaml-depth"))


def test_y02_20_000_brackets_are_refused_within_50_ms():
    assert fastest_s(lambda: parse_yaml(DEEP, X)) < 0.05


@pytest.mark.parametrize(
    ("content", "place", "code"),
    [
        ({X: achievement(f"tags: {DEEPER}")}, f"{X}:1:1", "frontmatter-size"),
        ({SITE: f"title: {DEEPER}"}, f"{SITE}:1:39", "yaml-depth"),
        ({"site_content/education.yaml": DEEPER}, "site_content/education.yaml:1:33", "yaml-depth"),
    ],
    ids=["Y03-entry", "Y03-site", "Y03-list"],
)
def test_100_000_brackets_do_not_crash_the_process(portfolio, content, place, code):
    portfolio.write(content)
    outcome, peak_mb = run_process(portfolio.root, "build", "--as-of", AS_OF)
    assert_refused(portfolio, outcome, (place, code))
    assert peak_mb < 150


def test_y04_a_list_that_holds_itself_is_refused(portfolio):
    portfolio.entry(achievement("tags: &a [*a]"))
    assert_refused(portfolio, portfolio.build(), (f"{X}:5:7", "yaml-alias"))


def test_y05_a_tag_is_refused_and_runs_nothing(portfolio):
    portfolio.entry(f"---\ntitle: {CODE}\n---\n")
    outcome, _ = run_process(portfolio.root, "build", "--as-of", AS_OF)
    assert_refused(portfolio, outcome, (f"{X}:2:8", "yaml-tag"))
    assert list(portfolio.root.rglob("pwned")) == []


def test_y06_no_is_norway_and_not_false(portfolio):
    portfolio.entry("---\ntitle: NO\ndate: 2026-07-20\nvisibility: public\nrole: oslo\ntags: [off]\n---\n")
    portfolio.entry(
        "---\nemployer: ON\nlocation: NO\nvisibility: public\npositions: [{title: OFF, start: 2024}]\n---\n",
        "roles/oslo.md",
    )
    assert_built(portfolio.build())
    assert "<title>NO · Ada Quill</title>" in portfolio.page()
    assert ">off<" in portfolio.page()
    assert "<title>NO</title>" in portfolio.page("feed.xml")
    assert '"location": "NO"' in portfolio.page("resume.json")
    assert "False" not in portfolio.everything()


@pytest.mark.parametrize("word", ["1.10", "0123", "12:30", "1e3", "~", "null"], ids=lambda word: f"Y07-{word}")
def test_a_word_that_looks_like_another_type_stays_text(portfolio, word):
    portfolio.entry(f"---\ntitle: {word}\ndate: 2026-07-20\nvisibility: public\ntags: [{word}]\n---\n")
    assert_built(portfolio.build())
    assert f"<title>{word} · Ada Quill</title>" in portfolio.page()
    assert f'<span class="p-category">{word}</span>' in portfolio.page()


def test_y07_an_empty_title_is_missing(portfolio):
    portfolio.entry("---\ntitle:\ndate: 2026-07-20\nvisibility: public\n---\n")
    assert_refused(portfolio, portfolio.build(), (f"{X}:2:1", "key-missing"))


@pytest.mark.parametrize(
    ("line", "place", "hint"),
    [
        ('impact: "Two days', f"{X}:5:9", 'close it with "'),
        ("impact: 'Two days", f"{X}:5:9", "close it with '"),
        ("tags: [a", f"{X}:5:7", "close it with ]"),
        ("tags: [", f"{X}:5:7", "close it with ]"),
        ("email: {value: a", f"{X}:5:8", "close it with }"),
        ("tags: [a, {b: c]", f"{X}:5:11", "close it with }"),
    ],
    ids=["Y08-double-quote", "Y08-single-quote", "Y08-bracket", "Y08-bare-bracket", "Y08-brace", "Y08-wrong-bracket"],
)
def test_what_is_not_closed_is_shown_where_it_opens(portfolio, line, place, hint):
    portfolio.entry(achievement(line, "draft: true"))
    outcome = portfolio.build()
    assert_refused(portfolio, outcome, (place, "yaml-syntax"))
    assert outcome.said("yaml-syntax").hint == hint


@pytest.mark.parametrize(
    ("line", "place", "hint"),
    [
        ("project:queue", f"{X}:5:1", "write key: value, with a space after the colon"),
        ('project: "\\q"', f"{X}:5:11", "put the value in single quotes, where a backslash is a backslash"),
        ("project: Won: 1st", f"{X}:5:13", "put the value in quotes"),
        ("project: 'it's'", f"{X}:5:14", "put the value in double quotes; in single ones an apostrophe is doubled"),
        ('project: "a "big" one"', f"{X}:5:14", 'write \\" for a quote within double quotes'),
        ("project: @home", f"{X}:5:10", "put the value in double quotes; in single ones an apostrophe is doubled"),
    ],
    ids=["Y08-no-space", "Y08-escape", "Y16-colon", "Y08-quote-in-quotes", "Y08-double-in-double", "Y08-at-sign"],
)
def test_a_slip_in_yaml_is_explained_where_it_stands(portfolio, line, place, hint):
    portfolio.entry(achievement(line, "draft: true"))
    outcome = portfolio.build()
    assert_refused(portfolio, outcome, (place, "yaml-syntax"))
    assert outcome.said("yaml-syntax").hint == hint


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("\tproject: queue", f"{X}:5:1"),
        ("star:\n\tsituation: long", f"{X}:6:1"),
        ("star:\n  \taction: short", f"{X}:6:3"),
    ],
    ids=["Y09-top", "Y09-nested", "Y09-after-spaces"],
)
def test_a_tab_is_no_indentation(portfolio, line, place):
    portfolio.entry(achievement(line))
    outcome = portfolio.build()
    assert_refused(portfolio, outcome, (place, "yaml-tab"))
    assert outcome.said("yaml-tab").hint == "use spaces"


@pytest.mark.parametrize(
    ("lines", "place", "first"),
    [
        (("title: Cut it again",), f"{X}:5:1", 2),
        (("metrics:", "  - {name: wait, value: 2, name: days}"), f"{X}:6:28", 6),
    ],
    ids=["Y10-top", "Y10-nested"],
)
def test_a_key_stands_once(portfolio, lines, place, first):
    portfolio.entry(achievement(*lines))
    outcome = portfolio.build()
    assert_refused(portfolio, outcome, (place, "yaml-duplicate"))
    assert outcome.said("yaml-duplicate").message.endswith(f"it was first set on line {first}")


@pytest.mark.parametrize(
    ("line", "place", "hint"),
    [
        ("darft: true", f"{X}:5:1", "did you mean “draft”?"),
        ("visibilty: private", f"{X}:5:1", "did you mean “visibility”?"),
        ("Title: Again", f"{X}:5:1", "did you mean “title”?"),
        ("metrics: [{nam: wait, name: wait, value: 2}]", f"{X}:5:12", "did you mean “name”?"),
        ("colour: red", f"{X}:5:1", "free keys of your own go under extra:"),
        ("situation: The queue was long.", f"{X}:5:1", "it belongs below star:, indented"),
        ("before: 38", f"{X}:5:1", "it belongs below metrics:, indented"),
        ("label: Report", f"{X}:5:1", "it belongs below evidence:, indented"),
        ("unt: min", f"{X}:5:1", "free keys of your own go under extra:"),
    ],
    ids=[
        "Y11-draft",
        "Y11-visibility",
        "Y11-capital",
        "Y11-nested",
        "Y11-nothing-near",
        "Y11-of-a-section",
        "Y11-of-a-list",
        "Y11-of-one-list-alone",
        "Y11-of-no-section",
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest(portfolio, line, place, hint):
    portfolio.entry(achievement(line))
    outcome = portfolio.build()
    assert_refused(portfolio, outcome, (place, "key-unknown"))
    assert outcome.said("key-unknown").hint == hint


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("name: Ada", "it belongs below person:, indented"),
        ("headline: Nurse", "it belongs below person:, indented"),
        ("email: ada@example.org", "it belongs below person:, indented"),
        ("half_life_days: 90", "it belongs below freshness:, indented"),
        ("theem: folio", "did you mean “theme”?"),
    ],
    ids=lambda text: f"Y11-{text.partition(':')[0]}" if ": " in text else None,
)
def test_a_key_of_one_section_of_site_yaml_is_told_where_it_belongs(portfolio, line, hint):
    portfolio.write({"site_content/site.yaml": f"title: Ada\n{line}\n"})
    outcome = portfolio.build()
    assert_refused(portfolio, outcome, ("site_content/site.yaml:2:1", "key-unknown"))
    assert outcome.said("key-unknown").hint == hint


def test_y11_a_key_of_several_sections_is_not_guessed(portfolio):
    portfolio.entry(achievement("from: maria"))
    outcome = portfolio.build()
    assert_refused(portfolio, outcome, (f"{X}:5:1", "key-unknown"))
    assert "below" not in outcome.said("key-unknown").hint


@pytest.mark.parametrize(
    ("line", "code", "hint"),
    [
        ("draft: yes please", "value", "write true or false"),
        ("scope: word", "value", "write one of company, department, industry, self, team"),
        ("stars: 6", "value", "write one of 1, 2, 3, 4, 5"),
    ],
    ids=["Y12-boolean", "Y12-choice", "Y12-number"],
)
def test_a_wrong_value_is_refused_with_the_right_ones(portfolio, line, code, hint):
    portfolio.entry(achievement(line))
    outcome = portfolio.build()
    assert_refused(portfolio, outcome, (f"{X}:5:{line.index(':') + 3}", code))
    assert outcome.said(code).hint == hint


def test_y12_a_misspelt_audience_is_refused(portfolio):
    portfolio.entry("---\ntitle: Cut the queue\ndate: 2026-07-20\nvisibility: pubic\n---\n")
    outcome = portfolio.build()
    assert_refused(portfolio, outcome, (f"{X}:4:13", "audience-unknown"))
    assert outcome.said("audience-unknown").hint == "did you mean “public”?"


def test_y12_a_misspelt_theme_is_refused_with_the_nearest(portfolio):
    portfolio.write({"site_content/site.yaml": "title: Ada\ntheme: leger\n"})
    outcome = portfolio.build()
    assert_refused(portfolio, outcome, ("site_content/site.yaml:2:8", "theme"))
    assert outcome.said("theme").hint == "did you mean “ledger”?"


def test_y13_front_matter_that_is_not_closed_is_refused(portfolio):
    portfolio.entry("---\ntitle: Cut the queue\ndate: 2026-07-20\ndraft: true\n\nThe body.\n")
    assert_refused(portfolio, portfolio.build(), (f"{X}:1:1", "frontmatter-unclosed"))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("# Cut the queue\n", "frontmatter-missing"),
        ("", "frontmatter-missing"),
        ("\n\n", "frontmatter-missing"),
        ("---", "frontmatter-missing"),
        ("---\n", "frontmatter-unclosed"),
        ("---\n---\n", "frontmatter-missing"),
        ("---\n# only a comment\n---\n", "frontmatter-missing"),
        ("---\njust words\n---\n", "value-type"),
    ],
    ids=["Y14-none", "Y14-empty", "Y14-blank", "Y14-bare", "Y14-open", "Y14-no-keys", "Y14-comment", "Y14-no-mapping"],
)
def test_a_file_without_front_matter_is_refused(portfolio, content, code):
    portfolio.entry(content)
    assert_refused(portfolio, portfolio.build(), (f"{X}:1:1", code))


@pytest.mark.parametrize(
    "lines",
    [["impact: " + "a" * 65 * 1024], [f"key{number}: a" for number in range(100_000)]],
    ids=["Y15-65-KiB", "Y15-100-000-keys"],
)
def test_front_matter_over_64_kib_is_refused(portfolio, lines):
    portfolio.entry(achievement(*lines))
    assert_refused(portfolio, portfolio.build(), (f"{X}:1:1", "frontmatter-size"))


def test_y15_thousands_of_unknown_keys_are_refused_within_two_seconds(portfolio):
    """What fits into 64 KiB is read whole, and every mistake in it is placed and counted."""
    portfolio.entry(achievement(*[f"key{number}: a" for number in range(6_000)]))
    started = time.process_time()
    outcome = portfolio.build()
    assert time.process_time() - started < 2
    assert outcome.code == 1
    assert outcome.errors[0] == (f"{X}:5:1", "key-unknown")
    assert "... and 5900 more; -v shows them all" in outcome.text


def test_y16_a_colon_that_opens_a_key_inside_a_value_is_explained(portfolio):
    portfolio.entry('---\ntitle: Won "C#" prize: 1st\ndate: 2026-07-20\nvisibility: public\n---\n')
    outcome = portfolio.build()
    assert_refused(portfolio, outcome, (f"{X}:2:22", "yaml-syntax"))
    assert outcome.said("yaml-syntax").hint == "put the value in quotes"


def test_y16_a_value_that_a_comment_cuts_is_warned_of(portfolio):
    portfolio.entry(achievement("project: Ticket #12"))
    outcome = portfolio.build()
    assert_built(outcome, (f"{X}:5:17", "yaml-comment"))
    assert "“#12” is read as a comment" in outcome.text


@pytest.mark.parametrize(
    "line", ["project: a # then b", 'project: "a #b"', "project: C#"], ids=["Y16-space", "Y16-quoted", "Y16-inside"]
)
def test_a_comment_or_a_sharp_sign_that_is_meant_is_left_alone(portfolio, line):
    portfolio.entry(achievement(line))
    assert_built(portfolio.build())


def test_y17_what_follows_the_second_line_of_dashes_is_body(portfolio):
    portfolio.entry(achievement(body="One.\n\n---\n\nTwo.\n"))
    assert_built(portfolio.build())
    assert "<p>One.</p>\n<hr />\n<p>Two.</p>" in portfolio.page()


def test_y17_keys_behind_the_closing_dashes_are_missed_and_said_so(portfolio):
    portfolio.entry("---\ntitle: Cut the queue\n---\ndate: 2026-07-20\nvisibility: public\n---\n")
    assert_refused(portfolio, portfolio.build(), (f"{X}:2:1", "key-missing"))


def test_y17_three_dots_close_too(portfolio):
    portfolio.entry("---\ntitle: Cut the queue\ndate: 2026-07-20\nvisibility: public\n...\nThe body.\n")
    assert_built(portfolio.build())
    assert "<p>The body.</p>" in portfolio.page()


def test_y17_a_second_document_in_a_yaml_file_is_refused(portfolio):
    portfolio.write({SITE: "title: Ada\n---\ntitle: Bob\n"})
    assert_refused(portfolio, portfolio.build(), (f"{SITE}:2:1", "yaml-syntax"))


@pytest.mark.parametrize(
    ("line", "place", "hint"),
    [
        ("tags: a, b", f"{X}:5:7", 'write [a, b] for a list, or ["a, b"] for one value with a comma'),
        ("tags: {a: b}", f"{X}:5:7", "write a line that starts with - for each"),
        ("project: [a]", f"{X}:5:10", "write it after the colon, without brackets or dashes"),
        ("metrics: 5", f"{X}:5:10", "write name: ... below it"),
        ("star: [a]", f"{X}:5:7", "write situation: ... below it"),
        ("extra: 5", f"{X}:5:8", "write key: value below it"),
    ],
    ids=["Y18-comma", "Y18-mapping", "Y18-list", "Y18-metric", "Y18-star", "Y18-extra"],
)
def test_a_value_of_the_wrong_shape_is_refused(portfolio, line, place, hint):
    portfolio.entry(achievement(line))
    outcome = portfolio.build()
    assert_refused(portfolio, outcome, (place, "value-type"))
    assert outcome.said("value-type").hint == hint


@pytest.mark.parametrize(
    ("line", "shown"),
    [("tags: 5", "5"), ("tags: []", ""), ("evidence: {}", ""), ("tags:", "")],
    ids=["Y18-one", "Y18-none", "Y18-empty", "Y18-absent"],
)
def test_one_value_is_a_list_of_one_and_nothing_is_no_list(portfolio, line, shown):
    portfolio.entry(achievement(line))
    outcome = portfolio.build()
    assert_sound(outcome)
    assert_built(outcome)
    assert ("<dt>Tags</dt>" in portfolio.page()) == bool(shown)
    assert f'<span class="p-category">{shown}</span>' in portfolio.page() or not shown


@pytest.mark.parametrize(
    ("front", "place", "message", "hint"),
    [
        ("title: “Rest: at night”\ndate: 2026-07-20", "2:13", "this colon makes YAML expect a new key", 'in straight quotes, "like this"'),
        ("title: Rest: at night\ndate: 2026-07-20", "2:12", "this colon makes YAML expect a new key", "put the value in quotes"),
        ("  title: Rest\ndate: 2026-07-20", "3:1", "this line begins further left than those above it", "in the first column"),
        ("title: Rest\n date: 2026-07-20", "3:6", "this line does not fit to the lines above it", "start each key in the same column"),
        ("title: X\ndate: 2026-07-20\nmetrics: [{name: x, before: 3,5, after: 4}]", "4:31", "“3,5” is not a number", "write 3.5, with a decimal point"),
        ("title: X\ndate: 2026-07-20\nmetrics: [{name: x, before: 3, 2nd: 4}]", "4:32", "there is no key “2nd” here", "write one of"),
    ],
    ids=["curly quotes", "no quotes", "first key too far right", "second key too far right", "decimal comma", "a key"],
)  # fmt: skip
def test_what_is_wrong_with_yaml_is_told_in_words_that_lead_on(portfolio, front, place, message, hint):
    portfolio.entry(f"---\n{front}\nvisibility: public\n---\n")
    (problem,) = [problem for problem in portfolio.brag("check").problems if problem.severity == "error"]
    assert (problem.place, problem.message) == (f"{X}:{place}", message)
    assert hint in problem.hint
