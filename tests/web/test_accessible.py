"""Accessible: a fault that shows in one way of looking at a page is found in that way, and in no other."""

import pytest

from tests.program import IS_PROOF
from tests.web.accessible import WAYS, faults_of, take_scripts_away
from tests.web.server import Server

PAGE = """<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"><title>One</title><style>
p {{ color: #000; background: #fff; forced-color-adjust: none }} @media {media} {{ p {{ color: #999 }} }}
</style></head><body><main><h1>One</h1><p>Words.</p><noscript><img src="data:,"></noscript></main></body></html>"""
MEDIA = {
    "light": "screen and (prefers-color-scheme: light) and (prefers-contrast: no-preference) and (forced-colors: none) and (width > 640px)",
    "dark": "screen and (prefers-color-scheme: dark)",
    "print": "print",
    "forced-colors": "(forced-colors: active)",
    "contrast-more": "(prefers-contrast: more) and (forced-colors: none)",
    "narrow": "screen and (width <= 320px)",
    "zoomed": "screen and (320px < width <= 640px)",
}


@pytest.mark.parametrize("way", WAYS)
def test_pale_words_are_found_in_the_way_in_which_they_are_pale(browser, way):
    with browser.new_context() as context:
        page = context.new_page()
        page.set_content(PAGE.format(media=MEDIA[way]))
        assert faults_of(page) == {way: [["color-contrast", ["p"]]]}


@pytest.mark.parametrize("way", WAYS if IS_PROOF else ["light"])  # only a proof asks for all rules in every way
def test_a_field_without_a_label_is_found_in_the_way_in_which_it_is_shown(browser, way):
    style = f"</p><style>input {{ display: none }} @media {MEDIA[way]} {{ input {{ display: block }} }}</style><input>"
    with browser.new_context() as context:
        page = context.new_page()
        page.set_content(PAGE.format(media="not all").replace("</p>", style))
        assert faults_of(page) == {way: [["label", ["input"]]]}


@pytest.mark.parametrize(("has_scripts", "rule"), [(True, "button-name"), (False, "image-alt")])
def test_a_page_without_scripts_is_another_one(browser, tmp_path, has_scripts, rule):
    script = '<script src="late.js" defer></script></head>'
    (tmp_path / "page.html").write_text(PAGE.format(media="print").replace("</head>", script))
    (tmp_path / "late.js").write_text("document.querySelector('main').append(document.createElement('button'))")
    with Server(tmp_path) as address, browser.new_context() as context:
        if not has_scripts:
            take_scripts_away(context)
        page = context.new_page()
        page.goto(f"{address}/page.html")
        assert [found for found, _ in faults_of(page, ("light",))["light"]] == [rule]
