"""Headings: the ids of a page's headings, and the list of the main ones."""

from __future__ import annotations

import re
from typing import Final

from markupsafe import Markup

from bragfolio.core.render import contexts
from bragfolio.model.slugs import slugify

_HEADING: Final = re.compile(r"<h([2-6])>(.*?)</h\1>", re.DOTALL)
"""As the Markdown reader writes them: without attributes, and never within another tag."""
_TAKEN: Final = frozenset({"main"})
"""Ids that the layout has."""
_FEWEST: Final = 3
"""Headings of a page that is worth a list of them."""


def name_headings(body: Markup) -> tuple[Markup, tuple[contexts.Heading, ...]]:
    """Return *body* with an id on each heading, and its main ones in order; none where they are fewer than three.

    An id is made from the heading's words; the second of the same words ends in `-2`.
    """
    taken = set(_TAKEN)
    headings: list[contexts.Heading] = []

    def name(match: re.Match[str]) -> str:
        level, inner = match[1], match[2]
        text = Markup(inner).striptags()  # noqa: S704 - made by the Markdown reader
        anchor = _free(slugify(text), taken)
        if level == "2":
            headings.append(contexts.Heading(text, anchor))
        return f'<h{level} id="{anchor}">{inner}</h{level}>'

    named = Markup(_HEADING.sub(name, body))  # noqa: S704 - as above; an anchor has letters, digits and hyphens
    return named, tuple(headings) if len(headings) >= _FEWEST else ()


def _free(wanted: str, taken: set[str]) -> str:
    anchor, count = wanted, 1
    while anchor in taken:
        count += 1
        anchor = f"{wanted}-{count}"
    taken.add(anchor)
    return anchor
