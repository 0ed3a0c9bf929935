"""Job: a page that waits to be rendered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from msgspec import Struct


@dataclass(frozen=True, slots=True)
class Job:
    """A template and what makes its context, so that the work is done where the page is rendered."""

    path: str
    """From the site's root."""
    template: str
    context: Callable[[], Struct]
    """Returns the struct of `contexts` that belongs to the template."""
    is_indexed: bool = True
    """Whether search engines are told of it."""
