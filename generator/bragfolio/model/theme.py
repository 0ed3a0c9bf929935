"""Theme files: the layers of a theme as they were found on disk."""

from __future__ import annotations

from typing import Final

from msgspec import Struct, field

OWN_TEMPLATES: Final = frozenset({"headquarters.html", "question.html", "sources.html", "_headquarters.html"})
"""Of the headquarters, which `self` alone gets."""
OWN_STYLE: Final = "headquarters.css"
"""Their looks, which nobody else gets."""
FIND_STYLE: Final = "find.css"
"""Of the search page and of lists to filter."""


class ThemeLayer(Struct, frozen=True):
    """One folder of a theme: the portfolio's override, the theme, a parent, or base."""

    name: str
    """The folder's name; templates of this layer are `<name>/<file>`."""
    label: str
    """The folder as messages give it."""
    settings: bytes
    """theme.toml; empty when the layer has none."""
    templates: dict[str, str] = field(default_factory=dict)
    """Source by file name."""
    announce: dict[str, str] = field(default_factory=dict)
    """Templates of announcements by file name: plain text, from announce/."""
    static: dict[str, bytes] = field(default_factory=dict)
    """Content by path below static/."""
    paper: dict[str, bytes] = field(default_factory=dict)
    """Typst sources of one-pagers and cards by file name, from onepager/."""
    documents: dict[str, bytes] = field(default_factory=dict)
    """Typst sources of documents of several pages by file name, from documents/."""
    fonts: str = ""
    """The folder of fonts for paper on this disk; `""` when the layer has none."""
