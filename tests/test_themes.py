"""Themes: the contract with templates, the contrast of tokens, and what a theme's mistakes look like."""

import itertools
import re
import tomllib
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from jinja2 import Environment, meta, nodes

from bragfolio.core.read.shape import did_you_mean
from bragfolio.core.render import contexts
from bragfolio.core.render.announce import LIMITS
from bragfolio.core.render.theme import SECTIONS, resolve_theme
from bragfolio.core.render.theme_check import CONTEXT_OF
from bragfolio.edge.bundled import themes_folder
from bragfolio.edge.themes import read_layers
from bragfolio.model.entry import Source
from bragfolio.problems import Span

THEMES = sorted(path.parent.name for path in themes_folder().glob("*/theme.toml"))


def test_there_are_themes():
    assert THEMES == ["base", "compact", "folio", "ledger"]


def test_base_has_a_template_for_every_context():
    assert set(CONTEXT_OF) <= {path.name for path in (themes_folder() / "base" / "templates").glob("*.html")}


@pytest.mark.parametrize("theme", THEMES)
def test_templates_use_documented_variables_only(theme):
    environment = Environment()
    for path in sorted((themes_folder() / theme / "templates").glob("*.html")):
        tree = environment.parse(path.read_text(encoding="utf-8"))
        imported = {
            name if isinstance(name, str) else name[1]
            for node in tree.find_all(nodes.FromImport)
            for name in node.names
        }
        imported |= {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
        names = meta.find_undeclared_variables(tree) - imported
        context = CONTEXT_OF.get(path.name)
        allowed = set(context.__struct_fields__) if context else {"site", "page"}
        assert names <= allowed, path


@pytest.mark.parametrize("theme", THEMES)
def test_texts_use_documented_variables_only_and_base_has_one_for_every_channel(theme):
    environment = Environment()
    paths = sorted((themes_folder() / theme / "announce").glob("*.txt"))
    assert theme != "base" or {path.stem for path in paths} == set(LIMITS)
    for path in paths:
        names = meta.find_undeclared_variables(environment.parse(path.read_text(encoding="utf-8")))
        assert names <= set(contexts.AnnouncementContext.__struct_fields__), path


def luminance(color: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_contrast_formula_is_the_standard_one():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("theme", "mode"), list(itertools.product(THEMES, ["light", "dark", "print"])))
def test_w03_every_pair_of_tokens_can_be_read(theme, mode):
    colors = tomllib.loads((themes_folder() / theme / "theme.toml").read_text(encoding="utf-8"))["colors"][mode]
    for ground in ("paper", "wash"):
        assert contrast(colors["ink"], colors[ground]) >= 7, ground
        assert contrast(colors["muted"], colors[ground]) >= 4.5, ground
        assert contrast(colors["accent"], colors[ground]) >= 4.5, ground
        assert contrast(colors["edge"], colors[ground]) >= 3, ground


@pytest.mark.parametrize(("theme", "mode"), list(itertools.product(THEMES, ["light", "dark", "print"])))
def test_the_words_in_the_squares_of_grids_can_be_read(theme, mode):
    colors = tomllib.loads((themes_folder() / theme / "theme.toml").read_text(encoding="utf-8"))["colors"][mode]
    sheet = (themes_folder() / "base" / "static" / "headquarters.css").read_text(encoding="utf-8")
    shares = [
        int(share) for share in re.findall(r"\.level-\d\{fill:color-mix\(in srgb,var\(--color-ink\) (\d+)%", sheet)
    ]
    assert len(shares) == 4
    darkest = mixed(colors["ink"], colors["paper"], shares.pop())
    assert contrast(colors["paper"], darkest) >= 4.5
    for share in shares:
        assert contrast(colors["ink"], mixed(colors["ink"], colors["paper"], share)) >= 4.5, share
    assert contrast(colors["muted"], colors["wash"]) >= 4.5  # level 0


def mixed(one: str, other: str, share: int) -> str:
    """Return *share* per cent of a colour in another, as color-mix in srgb does."""
    channels = ((int(one[i : i + 2], 16) * share + int(other[i : i + 2], 16) * (100 - share)) / 100 for i in (1, 3, 5))
    return "#" + "".join(f"{round(channel):02x}" for channel in channels)


def build_with(root: Path, files: dict[str, str]):
    import datetime as dt

    from bragfolio.app.build import BuildRequest, build
    from bragfolio.app.start import capture, start_portfolio
    from bragfolio.model.scalars import PartialDate

    start_portfolio(root, "A. Person", example=False)
    capture(root, "Did something", PartialDate(2026, 1, 2), public=True)
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return build(BuildRequest(root, as_of=dt.date(2026, 2, 1)))


def test_a_file_of_the_portfolio_overrides_the_theme_and_may_extend_it(tmp_path):
    template = "{% extends 'base/page.html' %}"
    report = build_with(
        tmp_path,
        {
            "themes/ledger/templates/lately.html": "{% extends 'layout.html' %}{% block main %}<h1>Mine</h1>{% endblock %}",
            "themes/ledger/templates/page.html": template,
            "themes/ledger/templates/home.html": "{% extends 'ledger/home.html' %}{% block brand %}<b>Mine</b>{% endblock %}",
            "themes/ledger/static/extra.txt": "mine",
        },
    )
    assert report.problems == []
    assert "<h1>Mine</h1>" in (tmp_path / "output/lately.html").read_text()
    home = (tmp_path / "output/index.html").read_text()
    assert "<b>Mine</b>" in home
    assert "Did something" in home
    assert (tmp_path / "output/assets/extra.txt").read_text() == "mine"


def test_a_theme_may_be_one_style_sheet(tmp_path):
    report = build_with(
        tmp_path,
        {
            "themes/mine/theme.toml": "name = 'mine'\n",
            "themes/mine/static/style.css": "h1 { color: #123456 }\n",
            "site_content/site.yaml": "format: 1\ntitle: T\ntheme: mine\n",
        },
    )
    assert report.problems == []
    sheet = next((tmp_path / "output/assets").glob("style-*.css")).read_text()
    assert "#123456" in sheet
    assert "--color-ink" in sheet


@pytest.mark.parametrize(("name", "source", "line"), [
    ("undefined", "line one\n{{ page.no_such_field }}", 2),
    ("syntax", "one\ntwo\n{% if %}", 3),
    ("missing", "{% include 'nowhere.html' %}", 1),
    ("unsafe", "\n{{ ''.__class__.__mro__ }}", 2),
])  # fmt: skip
def test_a_theme_mistake_names_file_and_line_and_publishes_nothing(tmp_path, name, source, line):
    path = "themes/ledger/templates/lately.html"
    report = build_with(tmp_path, {path: source})
    assert report.published is None, name
    (problem,) = report.problems
    assert (problem.code, problem.span.file, problem.span.line) == ("theme", path, line)
    assert not (tmp_path / "output/index.html").exists()


@pytest.mark.parametrize("option", ["accent: red", 'accent: "#12345"', "accent: 'red}body{x:y'", "colour: '#123456'"])
def test_a_wrong_theme_option_is_refused(tmp_path, option):
    report = build_with(tmp_path, {"site_content/site.yaml": f"format: 1\ntitle: T\ntheme_options:\n  {option}\n"})
    assert [problem.code for problem in report.problems] == ["theme-option"]


def test_an_unknown_theme_is_refused_with_the_known_ones(tmp_path):
    report = build_with(tmp_path, {"site_content/site.yaml": "format: 1\ntitle: T\ntheme: ../../etc\n"})
    assert [problem.code for problem in report.problems] == ["theme"]
    assert "ledger" in report.problems[0].hint


LETTERS = (
    *range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x391, 0x3A2), *range(0x3A3, 0x3CF), *range(0x400, 0x460), 0x490, 0x491,
    *(ord(sign) for sign in "ȘșȚțẞ–—‘’“”„…•\u2039\u203a€−×÷±≤≥≈→←↑↓½¼¾²³°µ‰₂\u202f"),
)  # fmt: skip
"""Latin with its accents, Greek, Cyrillic, and the signs that numbers come with; without the soft hyphen and a deprecated letter."""


@pytest.mark.parametrize(("theme", "family", "most", "letters"), [
    ("base", "Inter", 950_000, LETTERS),
    ("folio", "Literata", 400_000, [letter for letter in LETTERS if letter < 0x17F]),
])  # fmt: skip
def test_fonts_of_paper_have_their_letters_their_licence_and_little_weight(theme, family, most, letters):
    folder = themes_folder() / theme / "fonts"
    fonts = sorted(folder.glob("*.ttf"))
    assert len(fonts) >= 3
    assert sum(file.stat().st_size for file in folder.iterdir()) <= most
    licence = (folder / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Reserved Font Name" not in licence.partition("-----")[0], "a subset may not keep a reserved name"
    for path in fonts:
        font = TTFont(path)
        missing = [f"U+{letter:04X}" for letter in letters if letter not in {0xAD, 0x149, *font.getBestCmap()}]
        assert missing == [], path.name
        assert font["name"].getBestFamilyName() == family


@pytest.mark.parametrize("theme", THEMES)
def test_style_sheets_weigh_no_more_than_they_may(theme):
    layers, _ = read_layers(themes_folder().parent, theme, Span("site.yaml"), did_you_mean)
    resolved, _ = resolve_theme(layers, {}, Source("site.yaml", "", 1))
    assert len(resolved.static[resolved.style]) <= 20_000
    assert len(resolved.static["assets/one-pager.css"]) <= 6_000
    assert len(resolved.static["assets/chapter.css"]) <= 2_000


@pytest.mark.parametrize("theme", THEMES)
def test_every_design_is_there_and_names_sections_that_exist(theme):
    layers, problems = read_layers(themes_folder().parent, theme, Span("site.yaml"), did_you_mean)
    resolved, found = resolve_theme(layers, {}, Source("site.yaml", "", 1))
    assert problems + found == []
    assert set(resolved.paper.designs) == {"impact", "classic", "brief"}
    for name, design in resolved.paper.designs.items():
        assert design.description
        assert set(design.sections) <= set(SECTIONS)
        assert f"{name}.typ" in resolved.paper.sources
