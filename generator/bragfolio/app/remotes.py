"""Remotes: which addresses a site may be pushed to, and how they are told without the passwords in them."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

from msgspec import Struct

from bragfolio.core.read.shape import did_you_mean
from bragfolio.edge.git import GitError, find_repository, has_git
from bragfolio.model.tree import CONTENT
from bragfolio.problems import Problem, Span, error, printable

_HELPER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9+.-]*::")
"""What stands before the words for a program that git runs: `ext::sh -c ...` (gitremote-helpers(7))."""
_WITH_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/]*)")
_ON_GITHUB: Final = re.compile(
    r"(?:https://(?:[^/@]*@)?|ssh://git@|git@)github\.com[:/]([A-Za-z0-9-]+)/([\w.-]+?)(?:\.git)?/?", re.IGNORECASE
)
_LIKE_SCP: Final = re.compile(r"[^/:]*:")
_DRIVE: Final = re.compile(r"[A-Za-z]:")


class Target(Struct, frozen=True):
    """Where a site goes."""

    address: str
    is_local: bool
    """Whether it is a folder of this machine."""


def find_target(root: Path, remote: str) -> Target | Problem:
    """Return where *remote* of the repository around the portfolio in *root* is, or why nothing can be pushed there."""
    place = Span(remote)
    repository = find_repository(root / CONTENT)
    if repository is None:
        return _no_repository(root)
    try:
        names = repository.remotes()
        addresses = repository.addresses(remote)
    except GitError as failure:
        return error("remote", f"git does not say what it knows: {failure}", place, "`git status` tells more")
    if not addresses:
        hint = did_you_mean(remote, names) or f"make one: git remote add {remote} URL"
        return error("remote", "git knows no remote of this name", place, hint)
    if len(addresses) > 1:
        message = "this remote has several addresses, and older builds would stay at all but one"
        return error("remote", message, place, "make a remote with one address, and name it with --remote")
    address = addresses[0]
    if not is_address_allowed(address):
        message = f"Brag does not push to {told_address(address)}"
        return error("remote", message, place, "use https://, ssh://, git@host:path, or a folder")
    is_local = is_address_local(address)
    if is_local and "://" not in address:
        address = str(repository.top / address)
    return Target(address, is_local)


def _no_repository(root: Path) -> Problem:
    if not has_git():
        return error("engine", "there is no git on this machine", Span(str(root)), "install git")
    hint = "make one: git init, then git remote add origin URL"
    return error(
        "remote", "the portfolio is in no git repository, so there is nowhere to push to", Span(str(root)), hint
    )


def is_address_allowed(address: str) -> bool:
    """Tell whether git may be given *address*: https, ssh (also as `user@host:path`), or a folder of this machine."""
    if not address or address.startswith("-") or printable(address) != address or _HELPER.match(address):
        return False
    with_scheme = _WITH_SCHEME.match(address)
    if with_scheme:
        return with_scheme[1].lower() in {"https", "ssh", "file"} and not _is_option(with_scheme[2])
    return is_address_local(address) or not _is_option(address)


def is_address_local(address: str) -> bool:
    """Tell whether *address* leads to a folder of this machine: git-push(1), "GIT URLS"."""
    with_scheme = _WITH_SCHEME.match(address)
    if with_scheme:
        return with_scheme[1].lower() == "file"
    return not _LIKE_SCP.match(address) or (sys.platform == "win32" and bool(_DRIVE.match(address)))


def pages_address(address: str) -> str:
    """Return where GitHub Pages shows the site of the repository at *address*; empty for one that is not on GitHub.

    A domain of the owner's replaces it. Source: GitHub's documentation, "What is GitHub Pages?".
    """
    found = _ON_GITHUB.fullmatch(address)
    if not found:
        return ""
    host = f"{found[1].lower()}.github.io"
    return f"https://{host}/" if found[2].lower() == host else f"https://{host}/{found[2]}/"


def told_address(address: str) -> str:
    """Return *address* without user and password; of ssh the user stays."""
    with_scheme = _WITH_SCHEME.match(address)
    if not with_scheme or "@" not in with_scheme[2]:
        return address
    user, _, host = with_scheme[2].rpartition("@")
    kept = user.partition(":")[0] + "@" if with_scheme[1].lower() == "ssh" else ""
    return f"{with_scheme[1]}://{kept}{host}{address[with_scheme.end() :]}"


def told_message(message: str, address: str) -> str:
    """Return *message*, in git's words, without what `told_address` leaves out of *address*."""
    with_scheme = _WITH_SCHEME.match(address)
    message = message.replace(address, told_address(address))
    if with_scheme and "@" in with_scheme[2] and with_scheme[1].lower() != "ssh":
        message = message.replace(with_scheme[2].rpartition("@")[0] + "@", "")
    return message


def _is_option(host: str) -> bool:
    """Tell whether ssh might take *host*, which a user may stand before, for an option."""
    return host.startswith("-") or host.partition("/")[0].rpartition("@")[2].startswith("-")
