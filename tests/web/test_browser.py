"""Browser: every page type in a real Chromium: accessible, quiet, narrow, dark, printed."""

import os
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.web.pages import PAGE_TYPES
from tests.web.server import Server

PROOF = bool(os.environ.get("BRAG_PROOF"))
MODES: dict[str, Any] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
}
MORE_MODES: dict[str, Any] = {
    "forced-colors": {"forced_colors": "active"},
    "contrast-more": {"contrast": "more"},
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "zoomed": {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2},
    "print": {},
}
"""Run by `make proof`."""


@pytest.fixture(scope="module")
def served(demo, tmp_path_factory):
    """The demo on the loopback, below /repo/ as its 404 page expects."""
    root = tmp_path_factory.mktemp("www")
    (root / "repo").symlink_to(demo.folder)
    with Server(root) as address:
        yield address


LOOKED_AT = PAGE_TYPES if PROOF else (
    "home", "achievements", "achievement", "achievement-bare", "skills", "skill", "experience", "timeline", "one-pager", "campaign", "search", "404",
)  # fmt: skip
"""Pages whose parts the others have, too: `make proof` looks at all of them, in every mode."""
IN_THE_DARK = (
    PAGE_TYPES if PROOF else ("home", "achievement", "skill", "experience", "timeline", "one-pager", "campaign")
)
CASES = [
    (kind, mode)
    for mode in (*MODES, *(MORE_MODES if PROOF else ()))
    for kind in (IN_THE_DARK if mode == "dark" else LOOKED_AT)
]


@pytest.mark.parametrize(("kind", "mode"), CASES)
def test_axe_finds_nothing(served, browser, kind, mode):
    with browser.new_context(**{**MODES, **MORE_MODES}[mode]) as context:
        page = context.new_page()
        _open(page, served, kind)
        if mode == "print":
            page.emulate_media(media="print")
        # Of what axe looks at only contrast depends on the colours; the rest was looked at in the light.
        options = {"runOnly": ["color-contrast"]} if mode == "dark" and not PROOF else None
        results = Axe().run(page, options=options).response
    found = [(v["id"], [node["target"] for node in v["nodes"]][:3]) for v in results["violations"]]
    assert found == []
    assert len(results["passes"]) > (0 if options else 10)


def list_small_targets(page):
    """List what a finger cannot hit: smaller than 24 pixels and too near to another; a rule that axe leaves out unasked."""
    asked = {"runOnly": ["target-size"], "rules": {"target-size": {"enabled": True}}}
    found = Axe().run(page, options=asked).response["violations"]
    return [node["html"] for violation in found for node in violation["nodes"]]


@pytest.mark.parametrize("kind", LOOKED_AT)
def test_nothing_is_wider_than_a_narrow_screen_or_smaller_than_a_finger(served, browser, kind):
    with browser.new_context(viewport={"width": 320, "height": 640}) as context:
        page = context.new_page()
        _open(page, served, kind)
        assert list_small_targets(page) == []
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(overflow) <= 0
        page.evaluate(
            "for (const e of document.querySelectorAll('body *')) {"
            "e.style.letterSpacing='0.12em'; e.style.wordSpacing='0.16em'; e.style.lineHeight='1.5'}"
        )
        assert page.evaluate(overflow) <= 0


@pytest.mark.parametrize("kind", LOOKED_AT)
def test_every_tab_stop_shows_where_it_is(served, browser, kind):
    with browser.new_context() as context:
        page = context.new_page()
        _open(page, served, kind)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')").startswith("#")  # the skip link comes first
        for _ in range(12):
            shown = page.evaluate(
                "(() => { const e = document.activeElement; if (e === document.body) return true;"
                "const s = getComputedStyle(e); const r = e.getBoundingClientRect();"
                "return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 && r.width > 0 && r.height > 0 })()"
            )
            assert shown, page.evaluate("document.activeElement.outerHTML")
            page.keyboard.press("Tab")


@pytest.mark.parametrize("base", ["/", "/repo/"])
def test_the_site_loads_nothing_from_elsewhere_and_breaks_no_policy(demo, browser, tmp_path, base):
    (tmp_path / "repo").symlink_to(demo.folder)
    folder = demo.folder if base == "/" else tmp_path
    with Server(folder) as address, browser.new_context() as context:
        page = context.new_page()
        requests, faults = [], []
        page.on("request", lambda request: requests.append(request.url))
        page.on("response", lambda response: faults.append(response.url) if response.status >= 400 else None)
        page.on(
            "console", lambda message: faults.append(message.text) if message.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda error: faults.append(str(error)))
        for kind, path in PAGE_TYPES.items():
            if kind == "404" and base == "/":
                continue  # built for /repo/
            page.goto(f"{address}{base}{path}")
    assert faults == []
    assert len(requests) >= len(PAGE_TYPES)
    assert all(url.startswith((address + base, "data:")) for url in requests), requests


def test_pages_open_from_the_disk_with_their_style(demo, browser):
    with browser.new_context() as context:
        page = context.new_page()
        failed = []
        # A navigation may cut the request for the icon short.
        page.on("requestfailed", lambda r: failed.append(r.url) if "ABORTED" not in str(r.failure) else None)
        for kind in PAGE_TYPES:
            if kind != "404":
                page.goto((demo.folder / PAGE_TYPES[kind]).as_uri())
                assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--color-ink')")
    assert failed == []


def test_print_is_black_on_white_even_from_dark_mode(served, browser):
    with browser.new_context(color_scheme="dark") as context:
        page = context.new_page()
        _open(page, served, "achievement")
        page.emulate_media(media="print", color_scheme="dark")
        style = page.evaluate(
            "(() => { const s = getComputedStyle(document.body); return [s.color, s.backgroundColor] })()"
        )
        nav = page.evaluate("getComputedStyle(document.querySelector('nav')).display")
    assert style[0] == "rgb(0, 0, 0)"
    assert style[1] in {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    assert nav == "none"


def _open(page, served, kind):
    page.goto(f"{served}/repo/{PAGE_TYPES[kind]}")
