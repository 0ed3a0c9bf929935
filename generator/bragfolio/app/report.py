"""Report: what came of a build; light to import, since a build that changes nothing imports little else."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bragfolio.model.held_back import HeldBack

if TYPE_CHECKING:
    from pathlib import Path

    from bragfolio.problems import Problem


class Published(NamedTuple):
    """What a publication changed."""

    written: int
    """Files whose bytes are new or different."""
    unchanged: int
    removed: int
    """Files of the old tree that the new one does not have."""
    kept: tuple[str, ...]
    """Files that Brag did not write, carried over."""


class BuildReport:
    """What came of it."""

    def __init__(self, output: Path, audience: str) -> None:
        self.output = output
        self.audience = audience
        self.problems: list[Problem] = []
        self.published: Published | None = None
        """None when nothing was."""
        self.archive: Path | None = None
        """The zip, where one was asked for and written."""
        self.is_archive_exposed = False
        """Whether git may come to track it."""
        self.held_back = HeldBack()
        self.pages = 0
        self.achievements = 0
        self.entries = 0
        """Items that were read, whoever may see them."""
        self.seconds = 0.0
        self.has_address = True
        """Whether the site knows where it will be, as sitemaps and previews need."""
        self.failure = ""
        """`environment` when the machine was in the way, not the portfolio."""
