"""Target: which folders a build may replace, and what marks one as ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

MANIFEST: Final = ".brag.json"
GITIGNORE: Final = ".gitignore"
GITIGNORE_TEXT: Final = "*\n!.gitignore\n"
_CHOOSE: Final = "choose an empty folder, for example --output site"


class Refusal(Exception):  # noqa: N818 - an answer, not a failure
    """Why a folder is not written to."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def check_target(target: Path, project: Path, audience: str, *, is_public: bool) -> None:
    """Raise Refusal when *target* is not a folder that may be replaced by a build of *project* for *audience*."""
    real, root = _resolved(target), project.resolve()
    if real == Path(real.anchor) or real == _home():
        raise Refusal(f"{target} is not a folder to build into", _CHOOSE)
    if root.is_relative_to(real):
        raise Refusal(f"{target} holds the portfolio itself", _CHOOSE)
    for name in ("site_content", "themes", ".git"):
        if real.is_relative_to((root / name).resolve()):
            raise Refusal(f"{target} lies inside {name}/ of the portfolio", _CHOOSE)
    state = root / ".brag"
    if real.is_relative_to(state) and real.parent != state / "builds" and real.parent.parent != state / "serve":
        raise Refusal(f"{target} lies inside .brag/, where Brag keeps what is its own", _CHOOSE)
    if not is_public and real.is_relative_to((root / "output").resolve()):
        raise Refusal("output/ holds the public site and never anything else", "leave --output out")
    around = next((folder for folder in real.parents if read_manifest(folder) is not None), None)
    if around:
        raise Refusal(f"{target} lies inside {around}, which another build replaces", _CHOOSE)
    _check_content(target, real)
    built_for = read_stamp(real).get("audience", "")
    if built_for not in {"", audience}:
        raise Refusal(
            f"{target} holds the site of the audience “{built_for}”", "choose another folder, or delete it first"
        )


def _resolved(target: Path) -> Path:
    refusal = Refusal(f"{target} is a symbolic link that leads in a circle", _CHOOSE)
    try:
        real = target.resolve()
    except RuntimeError:  # before Python 3.13
        raise refusal from None
    if real.is_symlink():
        raise refusal
    return real


def read_manifest(folder: Path) -> dict[str, str] | None:
    """Return the files that Brag wrote into *folder*, or None when it is not Brag's."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        return dict(manifest["files"]) if manifest["made_by"] == "bragfolio" else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def read_stamp(folder: Path) -> dict[str, str]:
    """Return what the site in *folder* was built for: its `audience`, and `as_of`, a day; less where it does not say.

    Also the options it was built with: `base_url`, and `pdf`, which is `no`, where they were given.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        return {key: str(manifest[key]) for key in ("audience", "as_of", "base_url", "pdf") if key in manifest}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _check_content(target: Path, real: Path) -> None:
    if not real.exists():
        return
    if not real.is_dir():
        raise Refusal(f"{target} is a file", _CHOOSE)
    if (real / ".git").exists():
        raise Refusal(f"{target} is a git repository", _CHOOSE)
    if read_manifest(real) is None:
        foreign = [path.name for path in real.iterdir() if not _is_ours(path)]
        if foreign:
            raise Refusal(f"{target} holds files that Brag did not write, such as {min(foreign)}", _CHOOSE)


def _is_ours(path: Path) -> bool:
    """Tell whether a file of a folder without manifest is the .gitignore of an output (git may have changed its line ends)."""
    return path.name == GITIGNORE and path.is_file() and path.read_bytes().split() == GITIGNORE_TEXT.encode().split()


def _home() -> Path | None:
    try:
        return Path.home().resolve()
    except RuntimeError:  # a user without a home: HOME is not set and the system knows no such user
        return None
