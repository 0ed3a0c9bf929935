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
import stat
import sys
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from bragfolio.edge.files import walk_files
from bragfolio.edge.signals import uninterrupted
from bragfolio.edge.target import GITIGNORE, GITIGNORE_TEXT, MANIFEST, Refusal, read_manifest

_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2
_NO_LINKS: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Follow no link, and wait for no pipe."""
_NEW: Final = ".brag-new"
_OLD: Final = ".brag-old"


class Stage:
    """A new tree in the making, beside the folder that it will replace. Leaves nothing behind when it is not published."""

    def __init__(self, target: Path, *, is_own: bool = False) -> None:
        self.target = target.resolve()
        self._is_own = is_own
        """Whether the old tree is what was published: nobody else writes there, or it looks as it was left."""
        self.folder = self.target.with_name(f".{self.target.name}{_NEW}-{os.getpid()}")
        self._made: set[str] = set()
        self._old = str(self.target)
        self._reuses_old = self.target.is_dir()
        self._published = (read_manifest(self.target) or {}) if is_own else {}

    def forget_old(self) -> None:
        """Write every file anew from here on."""
        self._reuses_old = False

    @contextlib.contextmanager
    def open(self) -> Iterator[Stage]:
        """Make the folder, which git ignores from the start; remove it in the end."""
        if self._reuses_old and not os.access(self.target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self.target))
        self.target.parent.mkdir(parents=True, exist_ok=True)
        try:
            self.folder.mkdir()
            self.write(GITIGNORE, GITIGNORE_TEXT.encode())
            yield self
        finally:
            with uninterrupted():
                _remove(self.folder)

    def write(self, path: str, data: bytes) -> bool:
        """Write *data* to *path* in the new tree; tell whether it differs from the old tree's file."""
        new = f"{self.folder}/{path}"  # text, not Path: this runs for each page
        self._make_folder(os.path.dirname(new))  # noqa: PTH120
        if self._reuses_old:
            old = self.target / path
            if _same(old, data) and _try_link(old, Path(new)):
                return False
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
        finally:
            os.close(descriptor)
        return True

    def reuse(self, path: str, expected: str) -> bytes | None:
        """Take over the old tree's file at *path*, and return its bytes; None unless it is there with the digest *expected*."""
        data = self._read_old(path, expected)
        if data is None:
            return None
        new = f"{self.folder}/{path}"  # text, not Path: this runs for each page
        self._make_folder(os.path.dirname(new))  # noqa: PTH120 - as above
        return data if _try_link(f"{self._old}/{path}", new) else None

    def _read_old(self, path: str, expected: str) -> bytes | None:
        if not self._reuses_old:
            return None
        old = f"{self._old}/{path}"
        try:
            descriptor = os.open(old, os.O_RDONLY | _NO_LINKS)
            with open(descriptor, "rb", buffering=0) as file:  # noqa: PTH123 - a descriptor
                is_regular = stat.S_ISREG(os.fstat(descriptor).st_mode)
                data = file.readall() if is_regular else b""
        except OSError:
            return None
        return data if is_regular and digest(data) == expected else None

    def take_over(self, path: str, expected: str) -> bool:
        """Take over the old tree's file at *path* unread, where the tree is what was published; tell whether that was done.

        The tree's own manifest has to know it with the digest *expected*: what is remembered elsewhere may be of another tree.
        """
        if not self._is_published(path, expected):
            return False
        new = f"{self.folder}/{path}"  # text, not Path: this runs for each page
        self._make_folder(os.path.dirname(new))  # noqa: PTH120 - as above
        return _try_link(f"{self._old}/{path}", new)

    def _is_published(self, path: str, its_digest: str) -> bool:
        return self._is_own and self._reuses_old and self._published.get(path) == its_digest

    def publish(self, digests: Mapping[str, str], stamp: Mapping[str, str]) -> tuple[int, tuple[str, ...]]:
        """Exchange the trees; return how many old files went, and which foreign ones were kept.

        *digests* are the files of the new tree; *stamp* says what they were built for.
        """
        self.write(MANIFEST, _manifest(digests, stamp))
        old = read_manifest(self.target) or {}
        kept = self._carry_over(set(old))
        removed = len(set(old) - set(digests))
        if not self.target.exists():
            self.folder.rename(self.target)
            return removed, kept
        shutil.copymode(self.target, self.folder)
        if not _exchange(self.folder, self.target):
            with uninterrupted():
                self._swap()
        return removed, kept

    def _carry_over(self, ours: set[str]) -> tuple[str, ...]:
        """Bring what Brag did not write into the new tree; links are brought as links."""
        kept = []
        for path in foreign_files(self.target, ours):
            old, new = self.target / path, self.folder / path
            if self._is_taken(path):
                message = f"{old} was not written by Brag and would be overwritten"
                raise Refusal(message, "move it away, or into site_content/static/")
            self._make_folder(str(new.parent))
            if not _try_link(old, new):
                shutil.copy2(old, new, follow_symlinks=False)
            kept.append(path)
        return tuple(sorted(kept))

    def _is_taken(self, path: str) -> bool:
        """Tell whether the new tree has something at *path*, or a file where *path* needs a folder."""
        parents = PurePosixPath(path).parents
        return os.path.lexists(self.folder / path) or any((self.folder / parent).is_file() for parent in parents)

    def _swap(self) -> None:
        aside = self.target.with_name(f".{self.target.name}{_OLD}")
        self.target.rename(aside)
        try:
            self.folder.rename(self.target)
        except OSError:
            aside.rename(self.target)
            raise
        _remove(aside)

    def _make_folder(self, folder: str) -> None:
        if folder not in self._made:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self._made.add(folder)


class Patch(Stage):
    """What is new in a tree that is there, and that its owner alone reads: renamed into it file by file, not exchanged at once.

    Of a rebuild after a save, linking a thousand pages that stay as they are, and removing the old tree, would be a fifth.
    """

    def __init__(self, target: Path) -> None:
        super().__init__(target, is_own=True)

    def write(self, path: str, data: bytes) -> bool:
        """Write *data* for *path* where it is new; tell whether it is."""
        return not self._is_published(path, digest(data)) and super().write(path, data)

    def reuse(self, path: str, expected: str) -> bytes | None:
        """Return the bytes of the tree's file at *path*; None unless it is there with the digest *expected*."""
        return self._read_old(path, expected)

    def take_over(self, path: str, expected: str) -> bool:
        """Leave the tree's file at *path* as it is where its digest is *expected*; tell whether it is."""
        return self._is_published(path, expected)

    def publish(self, digests: Mapping[str, str], stamp: Mapping[str, str]) -> tuple[int, tuple[str, ...]]:
        """Bring what is new into the tree; return how many old files went, and that no foreign one was kept.

        Where that fails, nobody could tell what the tree holds: it is removed.
        """
        super().write(MANIFEST, _manifest(digests, stamp))
        gone = set(self._published) - set(digests)
        try:
            for path in gone:
                self._drop(path)
            for path in walk_files(str(self.folder)):
                new = f"{self.target}/{path}"
                self._make_folder(os.path.dirname(new))  # noqa: PTH120 - as above
                os.replace(f"{self.folder}/{path}", new)  # noqa: PTH105 - as above
        except BaseException:
            with uninterrupted():
                _remove(self.target)
            raise
        return len(gone), ()

    def _drop(self, path: str) -> None:
        """Delete a file, and folders that become empty: a new file may have the name of one."""
        (self.target / path).unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            os.removedirs((self.target / path).parent)


def _manifest(digests: Mapping[str, str], stamp: Mapping[str, str]) -> bytes:
    manifest = {"made_by": "bragfolio", **stamp, "files": dict(sorted(digests.items()))}
    return (json.dumps(manifest, separators=(",\n", ": ")) + "\n").encode()  # with indent it would be made by Python


def recover(target: Path) -> None:
    """Undo what a killed build left beside *target*: bring the old tree back, remove half-made ones."""
    target = target.resolve()
    aside = target.with_name(f".{target.name}{_OLD}")
    if aside.exists() and not target.exists():
        aside.rename(target)
    if target.parent.is_dir():
        for path in list(target.parent.iterdir()):
            if path.name == aside.name or path.name.startswith(f".{target.name}{_NEW}-"):
                _remove(path)


def digest(data: bytes) -> str:
    """Return what the manifest holds of a file."""
    return hashlib.sha256(data).hexdigest()[:32]


def foreign_files(target: Path, ours: Collection[str]) -> Iterator[str]:
    """Yield the path of each file and link in *target* that is not among *ours*, the manifest, or what git reads there."""
    yield from (path for path in walk_files(str(target)) if path not in ours and path not in {MANIFEST, GITIGNORE})


def measure_site(target: Path) -> tuple[dict[str, int], list[str]]:
    """Return the size in bytes of each plain file in *target*, hidden ones too, and the paths of whatever else is in it.

    What marks the folder as Brag's is left out. Raises OSError.
    """
    sizes: dict[str, int] = {}
    odd = []
    for path in foreign_files(target, ()):
        status = (target / path).lstat()
        if stat.S_ISREG(status.st_mode):
            sizes[path] = status.st_size
        else:
            odd.append(path)
    return sizes, odd


def read_unchanged(target: Path, path: str, expected: str) -> bytes | None:
    """Return the file at *path* in *target*, None unless it is the one with the digest *expected*, at its own place."""
    file = target.resolve() / path
    try:
        if file.resolve() != file or not stat.S_ISREG(file.lstat().st_mode):
            return None
        data = file.read_bytes()
    except (OSError, RuntimeError, ValueError):
        return None
    return data if digest(data) == expected else None


def _same(old: Path, data: bytes) -> bool:
    """Tell whether the regular file *old* holds *data*."""
    try:
        status = old.lstat()
        return stat.S_ISREG(status.st_mode) and status.st_size == len(data) and old.read_bytes() == data
    except OSError:
        return False


def _try_link(old: str | Path, new: str | Path) -> bool:
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
        try:
            shutil.rmtree(folder)
        except PermissionError:
            _allow_removal(folder)
            shutil.rmtree(folder)


def _allow_removal(folder: Path) -> None:
    """Give the owner the right to remove what is in *folder*: from folders on Unix, files on Windows."""
    folder.chmod(stat.S_IRWXU)
    for path, folders, names in os.walk(folder):
        for name in folders + names if sys.platform == "win32" else folders:
            if not Path(path, name).is_symlink():
                Path(path, name).chmod(stat.S_IRWXU)
