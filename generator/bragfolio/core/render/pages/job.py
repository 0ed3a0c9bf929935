"""Job: a page that waits to be rendered."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from bragfolio.core.link.addresses import Key


class Job(Struct, frozen=True):
    """A template and what makes its context, so that the work is done where the page is rendered."""

    path: str
    """From the site's root."""
    template: str
    context: Callable[[], Struct]
    """Returns the struct of `contexts` that belongs to the template."""
    is_indexed: bool = True
    """Whether search engines are told of it."""
    bodies: tuple[Key, ...] | None = None
    """The entries whose bodies stand on it, where bodies are nothing else to it than that; None where nobody knows."""
