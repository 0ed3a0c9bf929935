"""Tree: reads the files of a portfolio from disk; follows no link out of it, opens nothing but regular files."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from bragfolio.edge.passed_over import is_ignored
from bragfolio.model.private_files import LEDGERS
from bragfolio.model.tree import CONTENT, SourceFile, SourceTree, label
from bragfolio.problems import Problem, Span, error, printable, warning

MAX_TEXT: Final = 4 * 1024 * 1024
"""Bytes of a Markdown or YAML file, or of a ledger."""
_TEXT: Final = (".md", ".yaml")
MAX_DEPTH: Final = 100
"""Folders inside each other."""
Seen = dict[str, tuple[tuple[int, int, int, int], SourceFile]]
"""Text files by path, each with which file it is, its size, and when it was written and changed, in nanoseconds.

For a process that reads again only when a save is over for some milliseconds: within a tick of the disk's clock two contents may look the same.
"""


def read_tree(root: Path, seen: Seen | None = None) -> tuple[SourceTree, list[Problem]]:
    """Return all files below *root*/site_content, the text files with their bytes, and what cannot be read.

    What looks as it was *seen* last is not read again; then *seen* is what there is now.
    """
    reader = _Reader((root / CONTENT).resolve(), {} if seen is None else seen)
    if reader.base.is_dir():
        reader.walk(str(reader.base), "")
    if seen is not None:
        seen.clear()
        seen.update(reader.now)
    return SourceTree(dict(sorted(reader.files.items()))), reader.problems


class _Reader:
    def __init__(self, base: Path, seen: Seen) -> None:
        self.base = base
        self.seen, self.now = seen, Seen()
        self.files: dict[str, SourceFile] = {}
        self.problems: list[Problem] = []

    def walk(self, folder: str, prefix: str) -> None:
        if prefix.count("/") > MAX_DEPTH:
            message = f"folders lie inside each other more than {MAX_DEPTH} deep"
            self._report("file-kind", prefix.rstrip("/"), message, "move it up")
            return
        try:
            found = sorted(os.scandir(folder), key=lambda item: item.name)
        except PermissionError:
            self._report("permission", prefix.rstrip("/"), "this folder cannot be read", "give yourself the right to")
            return
        except FileNotFoundError:
            self._report("file-missing", prefix.rstrip("/"), "this folder vanished while it was read", "build again")
            return
        for item in found:
            path = prefix + item.name
            if is_ignored(item.name):
                if path == "static/.well-known":
                    self.walk(item.path, path + "/")
                elif path == "static/.nojekyll":
                    self._file(item, path)
                continue
            if item.is_symlink() and not self._is_inside(item, path):
                continue
            if item.is_dir():
                self.walk(item.path, path + "/")
            else:
                self._file(item, path)

    def _is_inside(self, item: os.DirEntry[str], path: str) -> bool:
        """Tell whether a symbolic link leads to a regular file below site_content/, and say so where it does not."""
        try:
            target = Path(item.path).resolve(strict=True)
        except (OSError, RuntimeError):
            self._report("symlink", path, "this symbolic link leads nowhere, or in a circle", "delete it")
            return False
        if not target.is_relative_to(self.base):
            hint = "copy the file itself into the portfolio"
            self._report("symlink", path, "this symbolic link leads out of the portfolio", hint)
            return False
        if target.is_dir():
            hint = "move the folder itself here"
            self.problems.append(
                warning("symlink", "a symbolic link to a folder is not followed", self._span(path), hint)
            )
            return False
        return True

    def _file(self, item: os.DirEntry[str], path: str) -> None:
        if not (path.isascii() and path.isprintable()) and (printable(path) != path or not _is_encodable(path)):
            self._report("file-kind", path, "this file's name has characters that no address can hold", "rename it")
            return
        try:
            status = item.stat()
            if not stat.S_ISREG(status.st_mode):
                self._report("file-kind", path, "this is not a regular file", "delete it, or move it out")
                return
            if not path.endswith(_TEXT) and path not in LEDGERS:
                self.files[path] = SourceFile(path, status.st_size)
            elif status.st_size > MAX_TEXT:
                hint = "split it, or attach the long part as a file"
                self._report("file-size", path, f"the file has {status.st_size / 1e6:.0f} MB; 4 MB are the limit", hint)
            else:
                mark = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
                before, file = self.seen.get(path, (None, None))
                if before != mark or file is None:
                    file = SourceFile(path, status.st_size, read_whole(item.path))
                self.files[path], self.now[path] = file, (mark, file)
        except FileNotFoundError:
            self._report("file-missing", path, "this file vanished while it was read", "build again")
        except PermissionError:
            self._report("permission", path, "this file cannot be read", "give yourself the right to")

    def _report(self, code: str, path: str, message: str, hint: str) -> None:
        self.problems.append(error(code, message, self._span(path), hint))

    @staticmethod
    def _span(path: str) -> Span:
        return Span(printable(label(path)))


def read_whole(path: str) -> bytes:
    """Return the bytes of the file at *path*: text, not Path, since this runs for each entry. Raises OSError."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - as above
        return file.read()


def _is_encodable(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True
