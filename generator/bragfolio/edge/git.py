"""Git: what a repository tracks and ever held, read so that nothing which the repository names is run.

A portfolio may come from somebody else, and a repository's own settings name programs: monitors, hooks, pagers, filters,
signature checkers, transports. So only plumbing is called, that needs none of them, with the settings of the user and the
machine left out, and every transport closed. The repository is named to git, which then asks neither who owns it (as it
would in a container) nor whether its settings lay its files elsewhere. See git-config(1) and git(1).
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Final

from msgspec import Struct

from bragfolio.edge.git_place import find_program, find_top

_TIMEOUT_S: Final = 20
_HISTORY_TIMEOUT_S: Final = 600
MAX_BLOB: Final = 4 * 1024 * 1024
"""Bytes of the largest file whose content is read, as in `tree.MAX_TEXT`."""
_AT_ONCE: Final = 200
"""Blobs held in memory at a time."""
_ADDRESSES: Final = ("pushurl", "url")
"""The settings of a remote that say where it is pushed to; the first one counts, where it is there."""
_NOWHERE: Final = os.devnull
_SETTINGS: Final = (
    "core.fsmonitor=",
    f"core.hooksPath={_NOWHERE}",
    "core.pager=cat",
    f"core.attributesFile={_NOWHERE}",
    f"core.excludesFile={_NOWHERE}",
    "core.untrackedCache=false",
    "log.showSignature=false",
    "init.defaultBranch=main",
)
_ENVIRONMENT: Final = {
    "LC_ALL": "C",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": _NOWHERE,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",  # git before 2.44 does not know the line above, and its fetch finds no way out
}
_REGULAR: Final = ("100644", "100755")
"""Modes of files; the others are symbolic links and submodules, of which a repository holds a path and a number."""


class GitError(Exception):
    """Git did not answer: its own words."""

    def __init__(self, message: str, output: str = "") -> None:
        super().__init__(message)
        self.output = output
        """What it printed for programs before it gave up."""


class Staged(Struct, frozen=True):
    """A file in the index."""

    path: str
    """From the folder, with forward slashes; bytes that are not UTF-8 as surrogates."""
    blob: str
    """The id of its content."""


class Version(Struct, frozen=True):
    """A content that a file had."""

    path: str
    blob: str
    commit: str
    """The first that has it."""


class Repository(Struct, frozen=True):
    """A folder inside a repository."""

    git: str
    top: Path
    folder: Path

    def staged(self) -> list[Staged]:
        """Return the files below the folder that git tracks; one in a conflict once for each side. Raise GitError."""
        files = []
        for line in self._ask("ls-files", "--stage", "-z").split("\0")[:-1]:
            about, _, path = line.partition("\t")
            mode, blob, _ = about.split(" ")
            if mode in _REGULAR:
                files.append(Staged(path, blob))
        return files

    def untracked(self, path: str) -> list[str]:
        """Return what git neither tracks nor ignores at *path* and below, whole folders as one. Raise GitError."""
        words = ("ls-files", "--others", "--exclude-standard", "--directory", "--no-empty-directory", "-z", "--", path)
        return self._ask(*words).split("\0")[:-1]

    def is_committed(self) -> bool:
        """Tell whether the last commit holds what is staged. Raise GitError."""
        if not self._ask("for-each-ref", "--count=1"):
            return not self.staged()
        return not self._ask("diff-index", "--cached", "--raw", "-z", "--ignore-submodules=all", "HEAD", "--")

    def remotes(self) -> list[str]:
        """Return the names of the other repositories that this one knows. Raise GitError."""
        return self._ask("remote").split()

    def addresses(self, remote: str) -> list[str]:
        """Return where *remote*, one of `remotes`, is pushed to: what the repository says, as it says it. Raise GitError."""
        settings = [line.partition("\n") for line in self._ask("config", "--local", "-z", "--list").split("\0")]
        found = {
            name: [value for key, _, value in settings if key == f"remote.{remote}.{name}" and value]
            for name in _ADDRESSES
        }
        return next(filter(None, found.values()), [])

    def main_branch(self) -> str:
        """Return the branch that the others start from, as far as git knows; empty where there is none. Raise GitError.

        That is what origin's HEAD names, when it was cloned; else the only branch, `main` or `master`; else the current one.
        """
        heads = self._ask("for-each-ref", "--format=%(symref:lstrip=3)", "refs/remotes/origin/HEAD").split()
        if heads:
            return heads[0]
        branches = self._ask("for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads").split()
        if len(branches) == 1:
            return branches[0]
        usual = [name for name in ("main", "master") if name in branches]
        return usual[0] if usual else self._current_branch()

    def _current_branch(self) -> str:
        """Return the branch whose commits come next; empty for a detached HEAD."""
        try:
            return self._ask("symbolic-ref", "--quiet", "--short", "HEAD").strip()
        except GitError:
            return ""

    def is_pushed(self) -> bool:
        """Tell whether the remotes had every commit of every branch when they were last spoken to. Raise GitError."""
        return not self._ask("rev-list", "--max-count=1", "--branches", "--not", "--remotes", "--")

    def is_shallow(self) -> bool:
        """Tell whether older commits are missing here. Raise GitError."""
        return self._ask("rev-parse", "--is-shallow-repository").strip() == "true"

    def versions(self) -> list[Version]:
        """Return every content of every path below the folder in all commits of all refs, oldest first.

        What was only put aside (`git stash`) is left out, since it is never pushed. Raise GitError.
        """
        commits = self._ask(
            "rev-list", "--exclude=refs/stash", "--all", "--reverse", "--topo-order", timeout_s=_HISTORY_TIMEOUT_S
        )
        if not commits:
            return []
        options = ("-r", "-m", "--root", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv")
        words = ("diff-tree", "--stdin", *options, "--ignore-submodules=all", "--relative", "--", ".")
        answer = self._ask(*words, given=commits.encode(), timeout_s=_HISTORY_TIMEOUT_S)
        first: dict[tuple[str, str], str] = {}
        commit = ""
        tokens = iter(answer.split("\0"))
        for token in tokens:
            if not token.startswith(":"):
                commit = token.partition(" ")[0] or commit
                continue
            _, mode, _, blob, _ = token.split(" ")
            path = next(tokens)
            if mode in _REGULAR:
                first.setdefault((path, blob), commit)
        return [Version(path, blob, commit) for (path, blob), commit in first.items()]

    def contents(self, blobs: Iterable[str]) -> Iterator[tuple[str, bytes | None]]:
        """Yield each of *blobs* with its bytes, None for one that is too large or not here. Raise GitError."""
        wanted = list(dict.fromkeys(blobs))
        for start in range(0, len(wanted), _AT_ONCE):
            yield from self._contents(wanted[start : start + _AT_ONCE])

    def _contents(self, blobs: list[str]) -> Iterator[tuple[str, bytes | None]]:
        lines = self._ask("cat-file", "--batch-check", given=_lines(blobs)).splitlines()
        sizes = {words[0]: int(words[2]) for line in lines if (words := line.split(" "))[-1] != "missing"}
        small = [blob for blob in blobs if sizes.get(blob, MAX_BLOB + 1) <= MAX_BLOB]
        answer = self._answer("cat-file", "--batch", given=_lines(small)) if small else b""
        place = 0
        for blob in blobs:
            if blob not in small:
                yield blob, None
                continue
            place = answer.index(b"\n", place) + 1
            yield blob, answer[place : place + sizes[blob]]
            place += sizes[blob] + 1

    def _ask(self, *words: str, given: bytes = b"", timeout_s: int = _TIMEOUT_S) -> str:
        return self._answer(*words, given=given, timeout_s=timeout_s).decode("utf-8", "surrogateescape")

    def _answer(self, *words: str, given: bytes = b"", timeout_s: int = _TIMEOUT_S) -> bytes:
        places = (f"--git-dir={self.top / '.git'}", f"--work-tree={self.top}")
        return run_git([self.git, *places, *closed_settings(), *words], self.folder, given=given, timeout_s=timeout_s)


def find_repository(folder: Path) -> Repository | None:
    """Return the repository that *folder* lies in, None where there is none, or no git on this machine."""
    folder = folder.resolve()
    top = find_top(folder)
    program = find_program() if top else None
    return Repository(program, top, folder) if top and program else None


def has_git() -> bool:
    """Tell whether this machine has git."""
    return find_program() is not None


def start_repository(folder: Path) -> None:
    """Make *folder* a repository of its own; one that is there stays as it is. Raise GitError."""
    program = find_program()
    if program is None:
        raise GitError("there is no git on this machine")
    run_git([program, *closed_settings(), "init", "--quiet", "--template=", "--", str(folder.resolve())], folder)


def is_content(data: bytes, blob: str) -> bool:
    """Tell whether *blob* is the id of *data*, as it is or with the line feeds that git gives to Windows taken back."""
    return _blob_id(data, len(blob)) == blob or (
        b"\r\n" in data and _blob_id(data.replace(b"\r\n", b"\n"), len(blob)) == blob
    )


def _blob_id(data: bytes, length: int) -> str:
    """Return the id of a blob: 40 digits of SHA-1, or 64 of SHA-256 (git-hash-object(1), gitformat-pack(5))."""
    content = b"blob %d\0%b" % (len(data), data)
    if length == 64:
        return hashlib.sha256(content).hexdigest()
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


def closed_settings() -> list[str]:
    """Return the words that set what Brag needs and that switch off what would run programs."""
    return [word for setting in _SETTINGS for word in ("-c", setting)]


def _environment() -> Mapping[str, str]:
    if sys.platform == "win32":  # where no program starts without it
        return {**_ENVIRONMENT, "SYSTEMROOT": os.environ.get("SYSTEMROOT", "")}
    return _ENVIRONMENT


def run_git(
    command: list[str],
    folder: Path,
    *,
    given: bytes | BinaryIO = b"",
    timeout_s: int = _TIMEOUT_S,
    environment: Mapping[str, str] | None = None,
) -> bytes:
    """Return what *command*, run in *folder*, prints for *given*; in the closed environment unless another is named.

    Raise GitError, with the first line that it says which is no warning.
    """
    try:
        answer = subprocess.run(
            command,
            cwd=folder,
            env=_environment() if environment is None else environment,
            input=given if isinstance(given, bytes) else None,
            stdin=None if isinstance(given, bytes) else given,
            capture_output=True,
            timeout=timeout_s,
            check=False,
        )
    except subprocess.TimeoutExpired as failure:
        raise GitError(f"no answer within {timeout_s} seconds") from failure
    except OSError as failure:
        raise GitError(failure.strerror or str(failure)) from failure
    if answer.returncode:
        lines = answer.stderr.decode("utf-8", "replace").strip().splitlines()
        lines = [line for line in lines if not line.lower().startswith("warning: ")] or lines
        message = lines[0] if lines else f"it ended with {answer.returncode}"
        raise GitError(message, answer.stdout.decode("utf-8", "replace"))
    return answer.stdout


def _lines(blobs: list[str]) -> bytes:
    return "".join(f"{blob}\n" for blob in blobs).encode("ascii")
