"""Locks: what generator/requirements pins, and with which digests."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "generator" / "requirements"
_LINE = re.compile(
    r"^([a-z0-9-]+)==([^\s;\\]+)(?: ; ([^\\\n]+?))? *\\\n((?: +--hash=sha256:[0-9a-f]{64} *\\?\n)+)", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Pin:
    """One library in one version."""

    name: str
    version: str
    marker: str
    """For which systems and versions of Python it is locked, as pip reads it; empty for all."""
    digests: tuple[str, ...]
    """The SHA-256 of each file that may be installed, in hexadecimal digits."""


def read_pins(purpose: str) -> list[Pin]:
    """Read a lock: "runtime", "build", "test", "release" or "lock"."""
    text = (FOLDER / f"{purpose}.txt").read_text(encoding="utf-8")
    pins = [
        Pin(name, version, marker, tuple(re.findall(r"sha256:([0-9a-f]{64})", digests)))
        for name, version, marker, digests in _LINE.findall(text)
    ]
    assert len(pins) == len(re.findall(r"^[^\s#]+==", text, re.MULTILINE)), (
        f"{purpose}.txt has a line that this does not read"
    )
    return pins


def write_pins(pins: Iterable[Pin], file: Path) -> Path:
    """Write a lock of these, for every system: without markers; return *file*."""
    hashes = {pin: " ".join(f"--hash=sha256:{digest}" for digest in pin.digests) for pin in pins}
    file.write_text("".join(f"{pin.name}=={pin.version} {words}\n" for pin, words in hashes.items()), encoding="utf-8")
    return file
