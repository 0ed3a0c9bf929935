"""Publish: a new tree of files takes the place of the old one, whole or not at all.

The tree is written beside the old one and exchanged with it in one system call on Linux (renameat2 with
RENAME_EXCHANGE: no reader ever misses a file), by two renames with a way back elsewhere. A manifest in the folder says
which files Brag wrote; others are carried over and never deleted.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MANIFEST: Final = ".brag.json"
GITIGNORE: Final = ".gitignore"
GITIGNORE_TEXT: Final = "*\n!.gitignore\n"
_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2
_NEW: Final = ".brag-new"
_OLD: Final = ".brag-old"


@dataclass(frozen=True, slots=True)
class Refusal(Exception):  # noqa: N818 - an answer, not a failure
    """Why a folder is not written to."""

    message: str
    hint: str


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


def check_target(target: Path, project: Path, *, is_public: bool) -> None:
    """Raise Refusal when *target* is not a folder that may be replaced by a build of *project*."""
    hint = "choose an empty folder, for example --output site"
    real, root = target.resolve(), project.resolve()
    if real == Path(real.anchor) or real == Path.home().resolve():
        raise Refusal(f"{target} is not a folder to build into", hint)
    if root == real or root.is_relative_to(real):
        raise Refusal(f"{target} holds the portfolio itself", hint)
    for name in ("site_content", "themes", ".git"):
        if real.is_relative_to(root / name):
            raise Refusal(f"{target} lies inside {name}/ of the portfolio", hint)
    if not is_public and real == root / "output":
        raise Refusal("output/ holds the public site and never anything else", "leave --output out")
    if real.exists() and not real.is_dir():
        raise Refusal(f"{target} is a file", hint)
    if real.is_dir():
        if (real / ".git").exists():
            raise Refusal(f"{target} is a git repository", hint)
        foreign = [path.name for path in real.iterdir() if path.name not in {GITIGNORE, MANIFEST}]
        if foreign and _read_manifest(real) is None:
            raise Refusal(f"{target} holds files that Brag did not write, such as {min(foreign)}", hint)


class Stage:
    """A new tree in the making, beside the folder that it will replace. Leaves nothing behind when it is not published."""

    def __init__(self, target: Path) -> None:
        self.target = target.resolve()
        self.folder = self.target.with_name(f".{self.target.name}{_NEW}-{os.getpid()}")
        self._made: set[Path] = set()
        self._reuses_old = self.target.is_dir()

    def forget_old(self) -> None:
        """Write every file anew from here on."""
        self._reuses_old = False

    @contextlib.contextmanager
    def open(self) -> Iterator[Stage]:
        """Sweep what an interrupted build left, and make the empty folder; remove it in the end."""
        self.target.parent.mkdir(parents=True, exist_ok=True)
        self._restore()
        for left in self.target.parent.glob(f".{self.target.name}{_NEW}-*"):
            _remove(left)
        self.folder.mkdir()
        try:
            yield self
        finally:
            _remove(self.folder)

    def write(self, path: str, data: bytes) -> bool:
        """Write *data* to *path* in the new tree; tell whether it differs from the old tree's file."""
        new, old = self.folder / path, self.target / path
        self._make_folder(new.parent)
        if self._reuses_old and _same(old, data) and _try_link(old, new):
            return False
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
        finally:
            os.close(descriptor)
        return True

    def publish(self, digests: Mapping[str, str], stamp: Mapping[str, str]) -> tuple[int, tuple[str, ...]]:
        """Exchange the trees; return how many old files went, and which foreign ones were kept.

        *digests* are the files of the new tree; *stamp* says what they were built for.
        """
        manifest = {"made_by": "bragfolio", **stamp, "files": dict(sorted(digests.items()))}
        self.write(GITIGNORE, GITIGNORE_TEXT.encode())
        self.write(MANIFEST, (json.dumps(manifest, indent=0) + "\n").encode())
        old = _read_manifest(self.target) or {}
        kept = self._carry_over(set(old))
        removed = len(set(old) - set(digests))
        if not self.target.exists():
            self.folder.rename(self.target)
        elif not _exchange(self.folder, self.target):
            self._swap()
        return removed, kept

    def _carry_over(self, ours: set[str]) -> tuple[str, ...]:
        kept = []
        for folder, _, names in os.walk(self.target):
            for name in names:
                old = Path(folder, name)
                path = old.relative_to(self.target).as_posix()
                if path in ours or path in {MANIFEST, GITIGNORE}:
                    continue
                new = self.folder / path
                if new.exists():
                    message = f"{old} was not written by Brag and would be overwritten"
                    raise Refusal(message, "move it away, or into site_content/static/")
                self._make_folder(new.parent)
                shutil.copy2(old, new, follow_symlinks=False)
                kept.append(path)
        return tuple(sorted(kept))

    def _swap(self) -> None:
        aside = self.target.with_name(f".{self.target.name}{_OLD}")
        self.target.rename(aside)
        try:
            self.folder.rename(self.target)
        except OSError:
            aside.rename(self.target)
            raise
        _remove(aside)

    def _restore(self) -> None:
        """Bring the old tree back when a build was killed between two renames."""
        aside = self.target.with_name(f".{self.target.name}{_OLD}")
        if aside.exists():
            if self.target.exists():
                _remove(aside)
            else:
                aside.rename(self.target)

    def _make_folder(self, folder: Path) -> None:
        if folder not in self._made:
            folder.mkdir(parents=True, exist_ok=True)
            self._made.add(folder)


def digest(data: bytes) -> str:
    """Return what the manifest holds of a file."""
    return hashlib.sha256(data).hexdigest()[:32]


def _read_manifest(folder: Path) -> dict[str, str] | None:
    """Return the files that Brag wrote into *folder*, or None when it is not Brag's."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        return dict(manifest["files"]) if manifest["made_by"] == "bragfolio" else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _same(old: Path, data: bytes) -> bool:
    try:
        with old.open("rb") as file:
            return os.fstat(file.fileno()).st_size == len(data) and file.read() == data
    except OSError:
        return False


def _try_link(old: Path, new: Path) -> bool:
    """Hard-link an unchanged file; the old tree's name goes away with it."""
    try:
        os.link(old, new, follow_symlinks=False)
    except (OSError, NotImplementedError):
        return False
    return True


def _exchange(new: Path, old: Path) -> bool:
    """Exchange two paths in one step; False where the platform or the file system cannot."""
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        return False
    result = libc.renameat2(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(old), _RENAME_EXCHANGE)
    if result == 0:
        return True
    code = ctypes.get_errno()
    if code in {errno.EINVAL, errno.ENOSYS, errno.EPERM}:
        return False
    raise OSError(code, os.strerror(code), str(old))


def _remove(folder: Path) -> None:
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)
