"""Job: a page that waits to be rendered."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Job:
    """A template and what fills it."""

    path: str
    """From the site's root."""
    template: str
    context: object
    """The dataclass of `contexts` that belongs to the template."""
