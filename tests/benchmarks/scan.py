"""Bench of the leak scan: what it adds to a cold build, and to one after one edit; `make bench-scan` runs it.

Whole processes, with the scan and without it in turns, each in a portfolio of its own with the same files, a fifth of
them hidden. Both start in the same way; the one without replaces what prepares the scan by what finds nothing to look for.
Old output is renamed away, not deleted, as bench.py explains. ARGS: `--entries 1000 --rounds 9 --strict`.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

REPOSITORY = Path(__file__).parents[2]
sys.path[:0] = [str(REPOSITORY)]

from tests.benchmarks.entries import write_for_brag  # noqa: E402 - after the path

START: Final = """
import sys
import bragfolio.app.build as build
from bragfolio.app.scan import Scan
if sys.argv.pop(1) == "without":
    build.prepare_scan = lambda *_: Scan()
from bragfolio.__main__ import main
main()
"""
GOALS: Final = {"cold": 0.35, "edit": 0.05}
"""The most that the scan may be of the wall time of a build."""
KINDS: Final = ("wall", "processor")
"""Processor time, of all processes of a build, swings less on a machine that is busy with other things."""


def main() -> int:
    """Print the table; 1 with --strict when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--strict", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="brag-bench-") as folder:
        roots = {name: Path(folder, name) for name in ("with", "without")}
        for root in roots.values():
            write_for_brag(root, arguments.entries, hidden=arguments.entries // 5)
        times = measure(roots, arguments.rounds)
    hidden = f"{arguments.entries} entries, {arguments.entries // 5} of them hidden"
    print(f"{hidden}; medians of {arguments.rounds} interleaved rounds (least behind), {os.cpu_count()} cores")
    missed = 0
    for build, kind in ((build, kind) for build in GOALS for kind in KINDS):
        goal = GOALS[build]
        scanned, plain = ([both[kind] for both in times[build, name]] for name in roots)
        share, of_least = (1 - pick(plain) / pick(scanned) for pick in (statistics.median, min))
        missed += share > goal and kind == "wall"
        said = "   ".join(
            f"{name} {statistics.median(seconds) * 1000:4.0f} ms ({min(seconds) * 1000:4.0f})"
            for name, seconds in (("with", scanned), ("without", plain))
        )
        print(f"{build:5} {kind:9} {said}   the scan is {share:6.1%} ({of_least:6.1%})   goal {goal:.0%}")
    return int(arguments.strict and missed > 0)


def measure(roots: dict[str, Path], rounds: int) -> dict[tuple[str, str], list[dict[str, float]]]:
    """Return the seconds of KINDS by build (`cold`, `edit`) and by `with` or `without`; one round more to warm up.

    Who goes first changes with each round.
    """
    times: dict[tuple[str, str], list[dict[str, float]]] = {(build, name): [] for build in GOALS for name in roots}
    for number in range(rounds + 1):
        for build in GOALS:
            for name in sorted(roots, reverse=number % 2 == 0):
                prepare(roots[name], build, number)
                seconds = run(roots[name], name)
                if number:
                    times[build, name].append(seconds)
    return times


def prepare(root: Path, build: str, number: int) -> None:
    """Take away what earlier builds left, or edit the body of a public entry."""
    if build == "cold":
        for folder in ("output", ".brag"):
            if (root / folder).exists():
                (root / folder).rename(root / f".old-{folder}-{number}")
        return
    entries = sorted((root / "site_content" / "achievements").glob("*.md"))
    entry = next(path for path in entries[number * 7 :] if "visibility: public" in path.read_text())
    entry.write_text(entry.read_text() + f"\nOne more sentence of round {number}.\n")


def run(root: Path, name: str) -> dict[str, float]:
    """Return the seconds of one build, by kind."""
    os.sync()
    command = [sys.executable, "-c", START, name, "-C", str(root), "--as-of", "2026-11-20", "build", "-q", "--no-pdf"]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"wall": wall, "processor": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime}


if __name__ == "__main__":
    sys.exit(main())
