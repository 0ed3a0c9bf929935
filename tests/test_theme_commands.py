"""brag theme: a new theme shows at once, a file taken over changes nothing until it is changed, and mistakes have their place."""

import json
import re
import tomllib
from textwrap import dedent

import pytest

from bragfolio.edge.bundled import themes_folder
from tests.portfolios import SITE, achievement, assert_built, assert_sound

BUILT_IN = ["base", "compact", "folio", "ledger"]


@pytest.fixture
def site(portfolio):
    """A portfolio with an achievement."""
    return portfolio.entry(achievement("metrics: [{name: queue, before: 38, after: 9, unit: min, better: lower}]"))


def choose(portfolio, theme):
    portfolio.write({"site_content/site.yaml": f"{SITE}theme: {theme}\n"})


def style(portfolio):
    (path,) = [path for path in portfolio.built() if path.startswith("assets/style-")]
    return portfolio.page(path)


def test_the_list_has_every_theme_and_says_which_is_active_and_which_are_yours(site):
    site.brag("theme", "new", "mine", "--extends", "folio")
    site.write({"themes/ledger/static/style.css": "h1{color:red}\n"})
    themes = json.loads(site.brag("theme", "list", "--json").text)["themes"]
    assert [(t["name"], t["place"], t["is_active"]) for t in themes] == [
        ("base", "built-in", False),
        ("compact", "built-in", False),
        ("folio", "built-in", False),
        ("ledger", "built-in, changed by you", True),
        ("mine", "yours", False),
    ]
    assert all(theme["description"].endswith(".") for theme in themes)
    assert "*  ledger" in site.brag("theme", "list").text


@pytest.mark.parametrize("parent", BUILT_IN)
def test_a_new_theme_builds_shows_and_passes_its_check(site, parent):
    choose(site, "mine")
    outcome = site.brag("theme", "new", "mine", "--extends", parent)
    assert outcome.text.splitlines() == [
        "Wrote themes/mine/theme.toml",
        "Wrote themes/mine/static/style.css",
        "See it: brag serve",
    ]
    assert_built(site.build("--no-pdf"))
    sheet = style(site)
    assert "--color-accent:#5b3a8c;" in sheet
    assert sheet.rstrip().endswith("}")
    assert "h1 { color: var(--color-accent) }" in sheet
    checked = site.brag("theme", "check")
    assert (checked.code, checked.text) == (0, "Nothing is wrong with this theme.\n")


def test_a_new_theme_has_every_colour_of_its_parent_at_hand(site):
    site.brag("theme", "new", "mine", "--extends", "folio")
    settings = site.root / "themes/mine/theme.toml"
    at_hand = tomllib.loads(re.sub(r"(?m)^# (?=[a-z]+ = \"#)", "", settings.read_text()))["colors"]
    parent = tomllib.loads((themes_folder() / "folio/theme.toml").read_text())["colors"]
    assert {mode: {**colors, "accent": ""} for mode, colors in at_hand.items()} == {
        mode: {**colors, "accent": ""} for mode, colors in parent.items()
    }


def test_the_ten_minutes_of_the_readme_make_another_site(site):
    """Written as it stands there; the name of a file is the comment that each block begins with."""
    text = (themes_folder() / "README.md").read_text(encoding="utf-8")
    section = text.partition("## Ten minutes\n")[2].partition("\n## ")[0]
    blocks = re.findall(r"(?m)(?:^    .*\n|^\n(?=    ))+", section)
    files = {
        match[0]: dedent(block).strip() + "\n" for block in blocks if (match := re.search(r"themes/mine/\S+", block))
    }
    assert list(files) == [
        "themes/mine/theme.toml",
        "themes/mine/static/style.css",
        "themes/mine/templates/layout.html",
    ]
    site.brag("theme", "new", "mine")
    choose(site, "mine")
    site.write(files)
    checked = site.brag("theme", "check")
    assert (checked.code, checked.text) == (0, "Nothing is wrong with this theme.\n")
    assert_built(site.build("--no-pdf"))
    assert all(rule in style(site) for rule in ("--color-paper:#fbf3e4;", "--page:60rem;", "font-style: italic"))
    home = site.page("index.html")
    assert home.index("Newest entry") < home.index("<p>Set in Georgia, on cream.</p>")
    named = set(re.findall(r"(?<=`)\.([a-z-]+)", section.partition("| class | is |")[2]))
    pages = "".join(path.read_text() for path in sorted((themes_folder() / "base/templates").glob("*.html")))
    used = {word for words in re.findall(r'class="([^"{]*)', pages) for word in words.split()}
    assert len(named) > 20
    assert named - used == {"page-home", "page-achievement"}


@pytest.mark.parametrize(("words", "code", "said"), [
    (["new", "folio"], 1, "there is a theme “folio” already"),
    (["new", "../x"], 1, "“../x” is no name for a theme"),
    (["new", "Mine"], 1, "“Mine” is no name for a theme"),
    (["new", "mine", "--extends", "foli"], 1, "did you mean “folio”?"),
    (["new"], 2, "how shall it be called?"),
    (["eject", "hom.html"], 1, "did you mean “home.html”?"),
    (["eject", "../../site_content/site.yaml"], 1, "has no file"),
    (["eject", "main.typ"], 1, "write documents/main.typ or onepager/main.typ"),
    (["list", "x"], 2, "list takes no name"),
    (["check", "foli"], 1, "there is no theme “foli”"),
])  # fmt: skip
def test_what_cannot_be_done_is_said_and_writes_nothing(site, words, code, said):
    outcome = site.brag("theme", *words)
    assert_sound(outcome)
    assert (outcome.code, said in outcome.text) == (code, True), outcome.text
    assert not (site.root / "themes").exists()


@pytest.mark.parametrize(("file", "target"), [
    ("home.html", "themes/ledger/templates/home.html"),
    ("templates/_parts.html", "themes/ledger/templates/_parts.html"),
    ("style.css", "themes/ledger/static/style.css"),
    ("headquarters.css", "themes/ledger/static/headquarters.css"),
    ("slack.txt", "themes/ledger/announce/slack.txt"),
    ("impact.typ", "themes/ledger/onepager/impact.typ"),
])  # fmt: skip
def test_a_file_taken_over_is_yours_and_changes_nothing_yet(site, file, target):
    assert_built(site.build("--no-pdf"))
    before = site.built()
    assert site.brag("theme", "eject", file).text == f"Wrote {target}\n"
    assert_built(site.build("--no-pdf"))
    after = site.built()
    if file != "style.css":  # has a comment more, and so another name
        assert after == before
    again = site.brag("theme", "eject", file)
    assert (again.code, [problem.place for problem in again.problems]) == (1, [target])


def test_a_changed_copy_shows(site):
    site.brag("theme", "eject", "lately.html")
    path = site.root / "themes/ledger/templates/lately.html"
    path.write_text(path.read_text().replace("<h1>", "<h1>Mine: "))
    assert_built(site.build("--no-pdf"))
    assert "<h1>Mine: " in site.page("lately.html")


def test_without_a_name_the_files_that_can_be_taken_over_are_listed(site):
    lines = site.brag("theme", "eject").text.splitlines()
    assert "templates/home.html           of ledger" in lines
    assert "templates/layout.html         of base" in lines


@pytest.mark.parametrize(("place", "text", "message", "hint"), [
    pytest.param("templates/lately.html:2:1", "one\n{{ recnt }}", "this template gets no “recnt”", "did you mean “recent”?", id="name"),
    pytest.param("templates/home.html:2:1", "\n{% if false %}{{ cards }}{% endif %}", "this template gets no “cards”",
                 "see themes/README.md for what it gets", id="name-that-no-page-reaches"),
    pytest.param("templates/page.html:1:1", "{% extends 'layuot.html' %}", "there is no template “layuot.html”",
                 "did you mean “layout.html”?", id="parent"),
    pytest.param("templates/lately.html:3:1", "\n\n{{ page.titel }}", "titel", "see themes/README.md", id="field"),
    pytest.param("announce/slack.txt:2:1", "{{ title }}\n{{ wage }}", "this template gets no “wage”", "see themes", id="text"),
    pytest.param("theme.toml", "[colors.light]\nmuted = '#999999'\n",
                 "muted #999999 cannot be read on paper #fbfbf7 (light): its contrast is 2.74, it needs 4.5",
                 'write muted = "#6e6e6e" in [colors.light]', id="contrast"),
])  # fmt: skip
def test_the_check_finds_a_mistake_at_its_place(site, place, text, message, hint):
    site.write({f"themes/ledger/{place.partition(':')[0]}": text})
    outcome = site.brag("theme", "check")
    assert_sound(outcome)
    assert outcome.code == 1
    problem = outcome.problems[0]
    assert (problem.place, problem.code) == (f"themes/ledger/{place}", "theme"), outcome.text
    assert message in problem.message
    assert problem.hint.startswith(hint)


def test_a_missing_parent_is_told_where_it_is_named(site):
    choose(site, "mine")
    site.write({"themes/mine/theme.toml": "name = 'mine'\nextends = 'slate'\n"})
    outcome = site.brag("theme", "check")
    assert [(p.place, p.message) for p in outcome.problems] == [("themes/mine/theme.toml", "there is no theme “slate”")]
    assert site.build().code == 1


def test_another_theme_than_the_active_one_can_be_checked(site):
    site.write({"themes/mine/theme.toml": "name = 'mine'\n", "themes/mine/templates/404.html": "{{ nothing }}"})
    assert site.brag("theme", "check").code == 0
    assert site.brag("theme", "check", "mine").errors == [("themes/mine/templates/404.html:1:1", "theme")]
