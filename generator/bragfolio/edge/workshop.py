"""Workshop: a git repository that exists while one branch elsewhere is replaced; the portfolio's own stays untouched.

Commits are made in it with the settings of nobody. What talks to the remote runs with the settings and the environment of
the user and the machine, since credentials, keys and proxies are there; of the portfolio's repository it has the address
alone. See git-fast-import(1), git-push(1) and gitremote-helpers(7).
"""

from __future__ import annotations

import contextlib
import os
import shlex
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

from bragfolio.edge.files import make_private_folder
from bragfolio.edge.git import GitError, closed_settings, run_git
from bragfolio.edge.git_place import find_program

MAX_SMALL: Final = 1024
"""Bytes of the largest file that is fetched, a CNAME being one; servers that cannot choose send all."""
_DEPTH: Final = 20
"""Commits fetched of a branch: GitHub adds one whenever somebody changes the domain in its settings."""
_TIMEOUT_S: Final = 1800
_REMOTE: Final = "brag"
_PROTOCOLS: Final = "https:ssh:file"
_AUTHOR: Final = "Brag <brag@localhost>"
_NOT_THE_USERS: Final = frozenset(
    {
        "GIT_DIR", "GIT_COMMON_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE", "GIT_SHALLOW_FILE",
        "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_QUARANTINE_PATH", "GIT_TEMPLATE_DIR",
    }
)  # fmt: skip
"""Variables with which git leads its own hooks to another repository (`git rev-parse --local-env-vars`)."""
_SILENT: Final = (
    "gc.auto=0", "maintenance.auto=false", "receive.autogc=false", "receive.denyCurrentBranch=refuse",
    "core.alternateRefsCommand=true",
)  # fmt: skip
"""More settings that keep a repository from running programs; the last one names a program that does nothing."""


class Tip(Struct, frozen=True):
    """What a branch elsewhere holds."""

    commit: str
    is_ours: bool
    """Whether Brag made it, or what was there before it."""


class Workshop(Struct, frozen=True):
    """A bare repository with one remote."""

    git: str
    folder: Path
    is_local: bool
    """Whether the remote lies on this machine, so that git works there as this user."""

    def tip(self, branch: str) -> Tip | None:
        """Return what *branch* of the remote holds, None where it is not there. Raise GitError."""
        ref = f"refs/heads/{branch}"
        lines = self._ask_remote("ls-remote", *self._remotely("upload-pack"), "--", _REMOTE, ref).splitlines()
        if not any(line.partition("\t")[2] == ref for line in lines):
            return None
        what = (f"--depth={_DEPTH}", f"--filter=blob:limit={MAX_SMALL + 1}", "--no-tags")
        self._ask_remote("fetch", "--quiet", *what, *self._remotely("upload-pack"), "--", _REMOTE, f"+{ref}:refs/tip")
        commits = self._ask("rev-list", "--first-parent", f"--max-count={_DEPTH}", "refs/tip", "--").split()
        is_ours = any(f"\ncommitter {_AUTHOR} " in self._ask("cat-file", "commit", commit) for commit in commits)
        return Tip(commits[0], is_ours)

    def read_small(self, tip: Tip, path: str) -> bytes | None:
        """Return the file at *path* in what a branch holds, None where it is not there or larger than `MAX_SMALL`."""
        try:
            data = run_git([self.git, *self._place(), "cat-file", "blob", f"{tip.commit}:{path}"], self.folder)
        except GitError:  # also for a file that was too large to be fetched
            return None
        return data if len(data) <= MAX_SMALL else None

    def write_commit(self, files: Iterable[tuple[str, bytes]], message: str, seconds: int, *, base: str = "") -> str:
        """Make a commit without a parent, of *files* and of those that the commit *base* holds; return its id.

        *seconds* since 1970 are its time: the same files, words and time are the same commit. Raises GitError and OSError.
        """
        stream = self.folder / "stream"
        with stream.open("wb") as file:
            text = message.encode()
            file.write(b"commit refs/made\ncommitter %b %d +0000\n" % (_AUTHOR.encode(), seconds))
            file.write(b"data %d\n%b\n" % (len(text), text))
            if base:
                tree = self._ask("rev-parse", "--verify", f"{base}^{{tree}}").strip()
                file.write(b'M 040000 %b ""\n' % tree.encode())
            for path, data in files:
                file.write(b"M 100644 inline %b\ndata %d\n%b\n" % (_quoted(path), len(data), data))
            file.write(b"done\n")
        with stream.open("rb") as file:
            words = (*self._place(), "fast-import", "--quiet", "--done", "--force", "--date-format=raw")
            run_git([self.git, *words], self.folder, given=file, timeout_s=_TIMEOUT_S)
        stream.unlink()
        return self._ask("rev-parse", "--verify", "refs/made").strip()

    def replace(self, branch: str, commit: str, tip: str) -> None:
        """Make *branch* of the remote hold *commit* and nothing else, if it still holds *tip* (`""`: nothing).

        Raises `Rejected` when the remote refuses, else GitError.
        """
        ref = f"refs/heads/{branch}"
        options = ("--porcelain", "--quiet", "--no-verify", "--no-signed", "--no-follow-tags")
        lease = f"--force-with-lease={ref}:{tip}"
        where = (*self._remotely("receive-pack"), "--", _REMOTE, f"{commit}:{ref}")
        try:
            self._ask_remote("push", *options, "--recurse-submodules=no", lease, *where)
        except GitError as failure:
            refused = [line.split("\t")[-1] for line in failure.output.splitlines() if line.startswith("!")]
            if not refused:
                raise
            said = str(failure)
            raise Rejected(f"{refused[0]}, {said}" if said.startswith("remote: ") else refused[0]) from failure

    def _remotely(self, service: str) -> list[str]:
        """Return the option that has git work in a repository on this machine without running what that one names."""
        if not self.is_local:
            return []
        settings = shlex.join([self.git, *_settings(), service])
        return [f"--{service}=GIT_ALLOW_PROTOCOL= GIT_NO_LAZY_FETCH=1 {settings}"]

    def _ask(self, *words: str) -> str:
        return run_git([self.git, *self._place(), *words], self.folder).decode("utf-8", "surrogateescape")

    def _ask_remote(self, *words: str) -> str:
        kept = {name: value for name, value in os.environ.items() if name not in _NOT_THE_USERS}
        environment = {**kept, "LC_ALL": "C", "GIT_ALLOW_PROTOCOL": _PROTOCOLS}
        answer = run_git([self.git, *self._place(), *words], self.folder, timeout_s=_TIMEOUT_S, environment=environment)
        return answer.decode("utf-8", "surrogateescape")

    def _place(self) -> list[str]:
        return [f"--git-dir={self.folder / 'git'}", *_settings()]


class Rejected(Exception):  # noqa: N818 - an answer, not a failure
    """The remote does not take a commit: why."""


@contextlib.contextmanager
def open_workshop(state: Path, address: str, *, is_local: bool) -> Iterator[Workshop]:
    """Make a workshop in *state* whose remote is at *address*; remove it in the end. Raises GitError and OSError.

    It lies in the portfolio, so that settings of the user's that hold for some folders (`includeIf`) hold for it too.
    """
    program = find_program()
    if program is None:
        raise GitError("there is no git on this machine")
    make_private_folder(state)
    with tempfile.TemporaryDirectory(dir=state.resolve(), prefix="deploy-") as name:
        workshop = Workshop(program, Path(name), is_local)
        run_git([program, *closed_settings(), "init", "--quiet", "--bare", "--template=", "--", "git"], workshop.folder)
        place = f"--git-dir={workshop.folder / 'git'}"
        run_git([program, *closed_settings(), place, "config", f"remote.{_REMOTE}.url", address], workshop.folder)
        yield workshop


def is_branch_name(name: str) -> bool:
    """Tell whether git takes *name* for a branch, and no program for an option; any other one where there is no git.

    Source: git-check-ref-format(1).
    """
    if name.startswith("-") or name == "HEAD":
        return False
    program = find_program()
    if program is None:
        return True
    try:
        run_git([program, "check-ref-format", f"refs/heads/{name}"], Path.cwd())
    except GitError:
        return False
    return True


def _settings() -> list[str]:
    return [*closed_settings(), *(word for setting in _SILENT for word in ("-c", setting))]


def _quoted(path: str) -> bytes:
    """Return *path* as git-fast-import(1) reads it whatever is in it."""
    return b'"%b"' % path.encode().replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
