"""Git's place: where the repository around a folder is, and the program that reads it."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def find_top(folder: Path) -> Path | None:
    """Return the folder of the repository that *folder*, which is resolved, lies in; None where there is none."""
    return next((place for place in (folder, *folder.parents) if _is_top(place)), None)


def index_of(top: Path) -> Path:
    """Return the file in which the repository at *top* keeps what is staged."""
    inside = top / ".git"
    if inside.is_file():
        leads = inside.read_text(encoding="utf-8", errors="surrogateescape").removeprefix("gitdir: ").strip("\n")
        return top / leads / "index"
    return inside / "index"


def find_program() -> str | None:
    """Return the absolute path of git. Only absolute folders of PATH count: the portfolio may hold a program, too."""
    name = "git.exe" if sys.platform == "win32" else "git"
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        found = Path(folder) / name
        if found.is_absolute() and found.is_file() and os.access(found, os.X_OK):
            return str(found)
    return None


def _is_top(place: Path) -> bool:
    """Tell whether *place* has a repository, or the file that leads a worktree or a submodule to its own."""
    inside = place / ".git"
    try:
        if inside.is_file():
            with inside.open("rb") as file:
                return file.read(8) == b"gitdir: "
        return os.path.lexists(inside / "HEAD") and (inside / "objects").is_dir()
    except OSError:
        return False
