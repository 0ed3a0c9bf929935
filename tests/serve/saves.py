"""Saves: how editors, tools and clouds write a file, step by step (as strace shows them)."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final


def vim(path: Path, text: str) -> None:
    """Probe the folder, keep the old file as a backup, write anew, drop the backup."""
    probe, backup = path.with_name("4913"), path.with_name(path.name + "~")
    probe.write_text("")
    probe.unlink()
    path.rename(backup)
    path.write_text(text)
    os.chmod(path, 0o644)  # noqa: PTH101 - as it does
    backup.unlink()


def emacs(path: Path, text: str) -> None:
    """Lock with a link that leads nowhere, autosave, move the old file away, write anew, unlock; the backup stays."""
    lock, autosave = path.with_name(f".#{path.name}"), path.with_name(f"#{path.name}#")
    lock.symlink_to("somebody@somewhere.1:1")
    autosave.write_text(text)
    path.rename(path.with_name(path.name + "~"))
    path.write_text(text)
    autosave.unlink()
    lock.unlink()


def vs_code(path: Path, text: str) -> None:
    """Empty the file, then write into it in two parts."""
    with path.open("r+b") as file:
        file.truncate(0)
        file.flush()
        data = text.encode()
        file.write(data[: len(data) // 2])
        file.flush()
        file.write(data[len(data) // 2 :])


def jetbrains(path: Path, text: str) -> None:
    """Safe write: a new file beside it, the old one moved away, the new one in its place, the old one deleted."""
    new, old = path.with_name(path.name + "___jb_tmp___"), path.with_name(path.name + "___jb_old___")
    new.write_text(text)
    path.rename(old)
    new.rename(path)
    old.unlink()


def sed(path: Path, text: str) -> None:
    """`sed -i`: a temporary file with the new text, renamed over the old one."""
    temporary = path.with_name("sedAb12Cd")
    temporary.write_text(text)
    os.chmod(temporary, path.stat().st_mode)  # noqa: PTH101 - as it does
    temporary.replace(path)


def git_checkout(path: Path, text: str) -> None:
    """Take the file out of a branch: git unlinks it and writes it anew, and touches its index."""
    root = next(folder for folder in path.parents if (folder / ".git").exists())
    where = path.relative_to(root).as_posix()
    run = ["git", "-C", str(root), "-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    blob = subprocess.run([*run, "hash-object", "-w", "--stdin"], input=text.encode(), capture_output=True, check=True)
    entry = f"100644,{blob.stdout.decode().strip()},{where}"
    subprocess.run([*run, "update-index", "--add", "--cacheinfo", entry], check=True)
    subprocess.run([*run, "checkout-index", "--force", where], check=True)


def cloud_sync(path: Path, text: str) -> None:
    """Download under another name elsewhere, then rename over the file, with the time of the other machine."""
    part = path.parent.parent / ".sync-part"
    part.write_text(text)
    os.utime(part, (1_700_000_000, 1_700_000_000))
    part.replace(path)


SAVES: Final[tuple[Callable[[Path, str], None], ...]] = (vim, emacs, vs_code, jetbrains, sed, git_checkout, cloud_sync)
