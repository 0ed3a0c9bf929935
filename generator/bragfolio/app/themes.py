"""Themes: the theme that a portfolio names, ready to print with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bragfolio.core.read.shape import did_you_mean
from bragfolio.core.read.yaml_tree import locate
from bragfolio.core.render.theme import Theme, resolve_theme
from bragfolio.edge.themes import read_layers
from bragfolio.problems import Problem, Span

if TYPE_CHECKING:
    from bragfolio.model.entry import Source
    from bragfolio.model.site import SiteConfig


def load_theme(root: Path, config: SiteConfig, source: Source) -> tuple[Theme | None, list[Problem]]:
    """Return the theme that *config*, which stands in *source*, names; None when there is no such theme."""
    at = Span(source.file, *locate(source.yaml, source.first_line, ("theme",)))
    layers, problems = read_layers(root, config.theme, at, did_you_mean)
    if not layers:
        return None, problems
    theme, found = resolve_theme(layers, config.theme_options, source)
    return theme, problems + found
