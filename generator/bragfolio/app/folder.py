"""Folder: where a portfolio keeps what is Brag's own, and where it is built."""

from __future__ import annotations

from pathlib import Path
from typing import Final

STATE: Final = ".brag"
"""Cache, locks, and the builds for other audiences; never published, git-ignored."""


def state_folder(root: Path) -> Path:
    """Return the folder of what Brag keeps to itself."""
    return root / STATE


def default_output(root: Path, audience: str) -> Path:
    """Return where the build for *audience* goes: output/ is for the public site and never anything else."""
    return root / "output" if audience == "public" else state_folder(root) / "builds" / audience
