"""Installed: Brag as its users have it: the wheel of this checkout and the locked libraries, in an environment with nothing else.

In the environment of its developers, other tools slow it down: a library that is there is imported by those that can use it.
"""

import subprocess
import sys
import tempfile
import venv
from functools import cache
from pathlib import Path

from tests.benchmarks.meter import REPOSITORY

_HOME = REPOSITORY / ".venv" / "bench-brag"
_LOCK = REPOSITORY / "generator" / "requirements" / "runtime.txt"


@cache
def brag() -> tuple[str, ...]:
    """Return how Brag is started; installed anew once in each run."""
    print("Installing the wheel of this checkout into .venv/bench-brag", flush=True)
    stamp = _HOME / "made-of.txt"
    pip = [str(_HOME / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    if not stamp.exists() or stamp.read_text() != _LOCK.read_text():
        venv.create(_HOME, clear=True, with_pip=True)
        subprocess.run([*pip, "--require-hashes", "--only-binary", ":all:", "--requirement", str(_LOCK)], check=True)
        stamp.write_text(_LOCK.read_text())
    with tempfile.TemporaryDirectory(prefix="brag-bench-") as folder:
        build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, "."]
        subprocess.run(build, cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL)
        (wheel,) = Path(folder).glob("*.whl")
        subprocess.run([*pip, "--no-deps", "--force-reinstall", str(wheel)], check=True)
    return (str(_HOME / "bin" / "brag"),)
