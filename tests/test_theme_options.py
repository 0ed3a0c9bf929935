"""Theme options: colours that nobody could read are refused, with the nearest that can be read."""

import pytest

from bragfolio.core.render.contrast import contrast, faint_tokens, readable, spoken
from tests.portfolios import SITE, assert_built, assert_refused


@pytest.mark.parametrize(("one", "other", "ratio"), [
    ("#000000", "#ffffff", 21.0),
    ("#777777", "#ffffff", 4.48),
    ("#ffffff", "#0b6045", 7.57),
    ("#123456", "#123456", 1.0),
])  # fmt: skip
def test_the_contrast_is_that_of_the_standard(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize(("color", "grounds", "nearest"), [
    pytest.param("#767676", ["#ffffff"], "#767676", id="just passes and stays"),
    pytest.param("#777777", ["#ffffff"], "#767676", id="one step darker"),
    pytest.param("#ffffff", ["#ffffff"], "#767676", id="white on white"),
    pytest.param("#000000", ["#000000"], "#757575", id="black on black"),
    pytest.param("#ffcc00", ["#ffffff", "#f3f4f6"], "#886d00", id="keeps its hue, on the darker of two grounds"),
    pytest.param("#0b5f59", ["#131517"], "#4b8985", id="lighter on a dark ground"),
    pytest.param("#808080", ["#606060", "#a0a0a0"], "", id="there is none"),
])  # fmt: skip
def test_the_nearest_colour_that_can_be_read(color, grounds, nearest):
    assert readable(color, grounds) == nearest


@pytest.mark.parametrize(("ratio", "text"), [(4.499, "4.49"), (4.5, "4.5"), (3.0, "3"), (21.0, "21")])
def test_a_contrast_is_not_rounded_up(ratio, text):
    assert spoken(ratio) == text


def test_faint_tokens_are_found_by_mode_and_ground():
    colors = {
        "light": {"paper": "#ffffff", "wash": "#eeeeee", "ink": "#000000", "muted": "#757575", "line": "#fefefe"},
        "dark": {"paper": "#000000", "edge": "#333333"},
    }
    found = [(one.mode, one.token, one.ground, spoken(one.ratio)) for one in faint_tokens(colors)]
    assert found == [("light", "muted", "wash", "3.97"), ("dark", "edge", "paper", "1.66")]


@pytest.mark.parametrize(("theme", "option", "value", "told"), [
    ("ledger", "accent", "#ffcc00", ("#f1f2ec (light)", "#866b00")),
    ("ledger", "accent_dark", "#0b6045", ("#1a1e1c (dark)", "#55907d")),
    ("folio", "accent", "#c0603f", ("#f5f0e5 (light)", "#ab5538")),
    ("compact", "accent", "#2f80ed", ("#eef1f4 (light)", "#286cc9")),
])  # fmt: skip
def test_a_colour_that_cannot_be_read_is_refused_with_the_nearest_that_can(portfolio, theme, option, value, told):
    ground, nearest = told
    site = f"{SITE}theme: {theme}\ntheme_options: {{{option}: '%s'}}\n"
    portfolio.write({"site_content/site.yaml": site % value})
    outcome = portfolio.build()
    place = f"site_content/site.yaml:6:{len('theme_options: {') + len(option) + 3}"
    assert_refused(portfolio, outcome, (place, "theme-option"))
    assert ground in outcome.said("theme-option").message
    assert outcome.said("theme-option").hint == f'write "{nearest}", the nearest that can be read'
    portfolio.write({"site_content/site.yaml": site % nearest})
    assert_built(portfolio.build())


def test_an_option_of_a_theme_shows_in_its_pages(portfolio):
    portfolio.write(
        {"site_content/site.yaml": f"{SITE}theme: folio\ntheme_options: {{font: sturdy, density: dense}}\n"}
    )
    assert_built(portfolio.build())
    page = portfolio.page("index.html")
    assert 'data-font="sturdy"' in page
    assert 'data-density="dense"' in page
