"""Accessible: what axe finds on a page, in each way of looking at it."""

import re
from collections.abc import Iterable
from typing import Any, Final

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page, Route

from tests.program import IS_PROOF

_WIDE: Final = {"width": 1280, "height": 800}
_PLAIN: Final = {"media": "screen", "color_scheme": "light", "forced_colors": "none", "contrast": "no-preference"}
_EMULATED: Final[dict[str, dict[str, Any]]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "print": {"media": "print", "color_scheme": "dark"},
    "forced-colors": {"forced_colors": "active"},
    "contrast-more": {"contrast": "more"},
    "narrow": {"size": {"width": 320, "height": 640}},
    "zoomed": {"size": {"width": _WIDE["width"] // 2, "height": _WIDE["height"] // 2}},
}
"""By way of looking. What is enlarged to 200 % has half the room."""
WAYS: Final = tuple(_EMULATED) if IS_PROOF else ("light", "dark", "print")
"""The ways of this run; `make proof` looks at pages without scripts, too."""
_RUN: Final = """
options => axe.run(document, {resultTypes: ['violations'], ...options}).then(({violations, passes}) => ({
  faults: violations.map(({id, nodes}) => [id, nodes.slice(0, 3).map(node => node.target.join(' '))]), rules: passes.length
}))
"""
"""All that axe has to tell would be megabytes."""
_COLOURS: Final = ["color-contrast"]
_RECOLOURED: Final = frozenset() if IS_PROOF else frozenset({"dark", "print"})
"""Ways that are asked for colours alone, which are all that is new in them; but not in a proof."""


def take_scripts_away(context: BrowserContext) -> None:
    """Have the served pages of *context* opened as they are without scripts. To be looked at by axe, they have to allow one."""
    context.route("**/*", _without_scripts)


def _without_scripts(route: Route) -> None:
    answer = route.fetch()
    if "text/html" in answer.headers["content-type"]:
        route.fulfill(response=answer, body=re.sub(r"<script src.*?</script>|</?noscript>", "", answer.text()))
    else:
        route.fulfill(response=answer)


def look(page: Page, way: str) -> None:
    """Look at the open *page* in one way."""
    emulated = {**_PLAIN, **_EMULATED[way]}
    page.set_viewport_size(emulated.pop("size", _WIDE))
    page.emulate_media(**emulated)


def faults_of(page: Page, ways: Iterable[str] = WAYS) -> dict[str, list[Any]]:
    """Return what axe finds on *page*, as it is open: by way of looking, each rule with the first elements that break it."""
    page.evaluate(AXE_SCRIPT)
    found = {}
    for way in ways:
        look(page, way)
        is_brief = way in _RECOLOURED
        result = page.evaluate(_RUN, {"runOnly": _COLOURS} if is_brief else {})
        assert result["rules"] > (0 if is_brief else 10), "axe has looked at nothing"
        if result["faults"]:
            found[way] = result["faults"]
    return found


def small_targets(page: Page) -> list[str]:
    """Return what a finger cannot hit: smaller than 24 pixels and too near to another; a rule that axe leaves out unasked."""
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate(_RUN, {"runOnly": ["target-size"], "rules": {"target-size": {"enabled": True}}})
    return [target for _, targets in found["faults"] for target in targets]
