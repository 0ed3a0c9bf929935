"""Files: writes into a portfolio's sources, each file whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from bragfolio.edge.signals import uninterrupted


def write_files_atomically(root: Path, files: Mapping[str, str | bytes]) -> None:
    """Write *files*, text or bytes by path from *root*: all to temporary names first, then each to its own in one step.

    Raises OSError; then no temporary file is left, and every file is as it was.
    """
    waiting: list[tuple[Path, Path]] = []
    try:
        for path, data in files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary = target.with_name(f".{target.name}.{os.getpid()}.brag-new")
            waiting.append((temporary, target))
            temporary.write_bytes(data.encode() if isinstance(data, str) else data)
        with uninterrupted():
            _rename_all(waiting)
    except BaseException:
        for temporary, target in waiting:
            temporary.unlink(missing_ok=True)
            remove_empty_folders(target.parent, root)
        raise


def walk_files(folder: str, prefix: str = "") -> Iterator[str]:
    """Yield the path of each file and link below *folder*; text, not Path: this runs for each page."""
    try:
        with os.scandir(folder) as found:
            items = list(found)
    except OSError:
        return
    for item in items:
        if item.is_dir(follow_symlinks=False):
            yield from walk_files(item.path, f"{prefix}{item.name}/")
        else:
            yield prefix + item.name


def make_private_folder(folder: Path) -> None:
    """Make *folder*, readable by its owner alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def read_start(path: Path, size: int) -> bytes:
    """Return at most the first *size* bytes of a regular file, whatever its length. Raises OSError."""
    if not path.is_file() and path.exists() and not path.is_dir():
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    with path.open("rb") as file:
        return file.read(size)


def leads_out(root: Path, path: str) -> bool:
    """Tell whether a symbolic link on the way takes *path*, from *root*, out of it."""
    return not (root / path).resolve().is_relative_to(root.resolve())


def _rename_all(pairs: list[tuple[Path, Path]]) -> None:
    """Rename each first path to the second; where one fails, bring back what the second paths held before."""
    before: list[tuple[Path, bytes | None]] = []
    try:
        for temporary, target in pairs:
            old = target.read_bytes() if len(pairs) > 1 and target.exists() else None
            temporary.replace(target)
            before.append((target, old))
    except OSError:
        for target, data in before:
            if data is None:
                target.unlink()
            else:
                target.write_bytes(data)
        raise


def move_file(source: Path, target: Path) -> None:
    """Move one file, making the folders on the way; never over another file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links, such as exFAT
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        source.rename(target)
    else:
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
