"""Report: what came of a build; light to import, since a build that changes nothing imports little else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bragfolio.model.held_back import HeldBack

if TYPE_CHECKING:
    from pathlib import Path

    from bragfolio.problems import Problem


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication changed."""

    written: int
    """Files whose bytes are new or different."""
    unchanged: int
    removed: int
    """Files of the old tree that the new one does not have."""
    kept: tuple[str, ...]
    """Files that Brag did not write, carried over."""


@dataclass(slots=True)
class BuildReport:
    """What came of it."""

    output: Path
    audience: str
    problems: list[Problem] = field(default_factory=list)
    published: Published | None = None
    """None when nothing was."""
    archive: Path | None = None
    """The zip, where one was asked for and written."""
    is_archive_exposed: bool = False
    """Whether git may come to track it."""
    held_back: HeldBack = field(default_factory=HeldBack)
    pages: int = 0
    achievements: int = 0
    entries: int = 0
    """Items that were read, whoever may see them."""
    seconds: float = 0.0
    has_address: bool = True
    """Whether the site knows where it will be, as sitemaps and previews need."""
    failure: str = ""
    """`environment` when the machine was in the way, not the portfolio."""
