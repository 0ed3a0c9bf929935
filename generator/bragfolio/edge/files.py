"""Files: writes into a portfolio's sources, each file whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def write_files_atomically(root: Path, files: Mapping[str, str]) -> None:
    """Write *files*, text by path from *root*: all to temporary names first, then each to its own in one step.

    Raises OSError; then no temporary file is left.
    """
    waiting: list[tuple[Path, Path]] = []
    try:
        for path, text in files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary = target.with_name(f".{target.name}.{os.getpid()}.brag-new")
            waiting.append((temporary, target))
            temporary.write_bytes(text.encode())
        for temporary, target in waiting:
            temporary.replace(target)
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)


def move_file(source: Path, target: Path) -> None:
    """Move one file, making the folders on the way; never over another file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    os.link(source, target)
    source.unlink()


def copy_folder(source: Path, target: Path) -> None:
    """Copy the regular files of a folder, without their times and rights."""
    for path in sorted(source.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            new = target / path.relative_to(source)
            new.parent.mkdir(parents=True, exist_ok=True)
            new.write_bytes(path.read_bytes())


def remove_empty_folders(folder: Path, stop: Path) -> None:
    """Remove *folder* and the empty ones around it, up to but not including *stop*."""
    while folder != stop and folder.is_relative_to(stop) and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
