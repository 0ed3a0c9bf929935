"""Theme check: a theme looked through, and every page of the portfolio made with it, written nowhere."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from msgspec.structs import replace

from bragfolio.app.build import load_renderer
from bragfolio.app.explain import rehearse
from bragfolio.app.prepare import read
from bragfolio.core.project.audiences import SELF
from bragfolio.core.render.theme_check import check_theme
from bragfolio.problems import Problem, has_errors, in_order


def check_with_theme(root: Path, name: str, as_of: dt.date | None) -> list[Problem]:
    """Return what is wrong with the theme *name*, or the active one for `""`: as such, and with what the portfolio holds.

    Mistakes of the portfolio itself are for `brag check`; with errors among them, its pages are not tried.
    """
    found = read(root, as_of)
    config = found.portfolio.config
    if name not in {"", config.theme}:
        config = replace(config, theme=name, theme_options={})
    renderer = load_renderer(root, config, found.portfolio.config_source)
    problems = list(renderer.problems)
    if renderer.theme:
        problems += check_theme(renderer.theme)
    if not has_errors([*problems, *found.problems]):
        problems += rehearse(root, found, renderer, SELF).problems
    return in_order(problems)
