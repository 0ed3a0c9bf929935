"""Bundled: where the built-in themes and the example portfolio are, in a wheel and in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def themes_folder() -> Path:
    """Return the folder of the built-in themes."""
    return _find("themes", "themes")


def example_folder() -> Path:
    """Return the folder of the example portfolio's content."""
    return _find("example", "site_content")


def _find(bundled: str, checkout: str) -> Path:
    inside = _PACKAGE / "_bundled" / bundled
    return inside if inside.is_dir() else _PACKAGE.parent.parent / checkout
