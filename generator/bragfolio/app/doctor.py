"""Doctor: whether this machine and this portfolio have what Brag needs."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import yaml
from msgspec import Struct

from bragfolio import __version__
from bragfolio.app.folder import STATE
from bragfolio.edge.bundled import example_folder, themes_folder
from bragfolio.edge.clock import find_timezone
from bragfolio.edge.git import GitError, Repository, find_repository, is_content
from bragfolio.edge.pool import processes
from bragfolio.model.tree import CONTENT, PRIVATE

_LIBRARIES: Final = ("jinja2", "markdown-it-py", "pyyaml", "msgspec", "python-slugify", "pillow", "filelock")


class Finding(Struct, frozen=True):
    """One thing that was looked at."""

    is_good: bool
    subject: str
    state: str
    hint: str = ""


def examine(root: Path) -> Iterator[Finding]:
    """Yield what was found, the machine first, then the portfolio in *root*."""
    yield Finding(True, "Brag", f"{__version__} on Python {platform.python_version()}")
    for name in _LIBRARIES:
        try:
            yield Finding(True, name, version(name))
        except PackageNotFoundError:
            yield Finding(False, name, "missing", "install Brag again: pipx reinstall bragfolio")
    fast = hasattr(yaml, "CSafeLoader")
    yield Finding(fast, "YAML", "the C reader" if fast else "the slow reader", "install PyYAML from a wheel")
    has_engine = find_spec("typst") is not None
    state = f"Typst {version('typst')}" if has_engine else "no Typst for this platform"
    yield Finding(True, "PDFs", state, "" if has_engine else "one-pagers print from the browser")
    yield Finding(True, "processes", f"{processes()} for large portfolios")
    knows_zones = find_timezone("Europe/Dublin") is not None
    yield Finding(knows_zones, "time zones", "known" if knows_zones else "missing", "install the package tzdata")
    bundled = themes_folder().is_dir() and example_folder().is_dir()
    yield Finding(bundled, "themes", "found" if bundled else "missing", "install Brag again: pipx reinstall bragfolio")
    yield _command()
    yield from _portfolio(root)


def _command() -> Finding:
    found = shutil.which("brag")
    if found is None:
        hint = "`python -m bragfolio` and `bragfolio` do the same"
        return Finding(True, "command", "`brag` is not on PATH", hint)
    if _is_own(Path(found)):
        return Finding(True, "command", found)
    return Finding(
        False, "command", f"{found} is another program", "use `bragfolio`, which is the same as Brag's `brag`"
    )


def _is_own(program: Path) -> bool:
    """Tell whether *program* starts Brag: a script that names it, or on Windows a launcher beside this Python."""
    if sys.platform == "win32":
        return program.resolve().parent == Path(sys.executable).resolve().parent
    try:
        with program.open("rb") as file:
            return b"bragfolio.__main__" in file.read(4096)
    except OSError:
        return False


def _portfolio(root: Path) -> Iterator[Finding]:
    if not (root / CONTENT / "site.yaml").is_file():
        yield Finding(True, "portfolio", f"none in {root}", "`brag init my-site` starts one")
        return
    yield Finding(True, "portfolio", str(root))
    if (root / ".git").exists() and (root / CONTENT / PRIVATE).is_dir():
        ignored = (
            (root / ".gitignore").read_text(encoding="utf-8", errors="replace")
            if (root / ".gitignore").is_file()
            else ""
        )
        lines = {line.strip().strip("/") for line in ignored.splitlines()}
        kept_out = f"{CONTENT}/{PRIVATE}".strip("/") in lines
        state = "git ignores it" if kept_out else ".gitignore does not name it"
        hint = f"add /{CONTENT}/{PRIVATE} to .gitignore, unless the repository is private and stays so"
        yield Finding(kept_out, PRIVATE, state, hint)
    yield from _backup(root / CONTENT / PRIVATE)
    state_folder = root / STATE
    if state_folder.is_dir():
        closed = sys.platform == "win32" or not state_folder.stat().st_mode & 0o077
        yield Finding(closed, STATE, "yours alone" if closed else "others can read it", f"chmod 700 {state_folder}")


def _backup(private: Path) -> Iterator[Finding]:
    """Yield whether anything but this disk has what is in private/, as far as this disk knows."""
    if not private.is_dir() or not any(path.name[0] != "." for path in private.iterdir()):
        return
    if not _holds_own(private):
        yield Finding(True, "backup", f"nothing in {PRIVATE} is your own yet")
        return
    try:
        repository = find_repository(private)
        if repository and repository.top == repository.folder:
            yield _own_backup(repository)
        elif repository and repository.staged() and not repository.untracked("."):
            yield Finding(True, "backup", f"git tracks {PRIVATE} with the rest")
        else:
            hint = "`brag init --private-repository` makes it a git repository of its own; push that to a private place"
            yield Finding(False, "backup", f"only this disk has {PRIVATE}", hint)
    except (GitError, OSError) as failure:
        yield Finding(False, "backup", f"git does not answer: {failure}", "`git status` tells more")


def _holds_own(private: Path) -> bool:
    """Tell whether *private* holds any file that is not as the example brought it."""
    example = example_folder() / PRIVATE
    files = (path for path in private.rglob("*") if path.is_file() and path.relative_to(private).parts[0] != ".git")
    return any(not _is_same(path, example / path.relative_to(private)) for path in files)


def _is_same(path: Path, other: Path) -> bool:
    return other.is_file() and path.read_bytes() == other.read_bytes()


def _own_backup(repository: Repository) -> Finding:
    there = f"git -C {CONTENT}/{PRIVATE.rstrip('/')}"
    remotes = repository.remotes()
    if not remotes:
        hint = f"`{there} remote add origin ADDRESS`, of a place that only you can read, and push"
        return Finding(False, "backup", f"{PRIVATE} is a repository that knows no other", hint)
    if repository.untracked(".") or not _is_staged(repository) or not repository.is_committed():
        hint = f"`{there} add --all`, `{there} commit`, `{there} push`"
        return Finding(False, "backup", f"{PRIVATE} has changes that are not committed", hint)
    if not repository.is_pushed():
        return Finding(False, "backup", f"{PRIVATE} has commits that are not pushed", f"`{there} push`")
    return Finding(True, "backup", f"{PRIVATE} is pushed to {', '.join(remotes)}")


def _is_staged(repository: Repository) -> bool:
    """Tell whether the files on disk are as they are staged; `git status` might run a filter that the folder names."""
    for file in repository.staged():
        path = repository.folder / file.path
        if not path.is_file() or not is_content(path.read_bytes(), file.blob):
            return False
    return True
