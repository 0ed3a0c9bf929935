"""Bench: everything that a goal is set for, in one run; `make bench` runs it and writes results.md, which README.md quotes.

`builds`: Brag beside Hugo, Pelican and MkDocs (builds.py); `serve`: a save until the fresh page stands in Chromium; `paper`:
one-pagers; `start`: `brag --help` and the coach. ARGS chooses: `builds --entries 1000 --rounds 2`. A run of a part prints its
tables and writes nothing. With `--strict` a missed goal is exit code 1.
"""

import argparse
import datetime as dt
import math
import os
import platform
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
sys.path[:0] = [str(REPOSITORY)]

from bragfolio import __version__  # noqa: E402 - after the path
from tests.benchmarks import one_pagers, serve  # noqa: E402
from tests.benchmarks.builds import ROUNDS, measure_builds  # noqa: E402
from tests.benchmarks.entries import write_for_brag  # noqa: E402
from tests.benchmarks.installed import brag  # noqa: E402
from tests.benchmarks.meter import measure  # noqa: E402
from tests.benchmarks.programs import PEERS, programs  # noqa: E402
from tests.benchmarks.results import Results, Single, markdown, missed  # noqa: E402

RESULTS = REPOSITORY / "tests" / "benchmarks" / "results.md"
PARTS = ("builds", "serve", "paper", "start")
SAVES = 50


def main() -> int:
    """Print what was measured; 1 with --strict when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", help=f"some of {', '.join(PARTS)}; all unless given")
    parser.add_argument("--entries", type=int, nargs="+", default=list(ROUNDS))
    parser.add_argument("--rounds", type=int, help="how often; unless given, the larger the portfolio, the fewer")
    parser.add_argument("--strict", action="store_true")
    arguments = parser.parse_args()
    parts = set(arguments.parts) or set(PARTS)
    if parts - set(PARTS):
        parser.error(f"there is no part {' '.join(parts - set(PARTS))}")
    results = Results(describe(arguments.rounds))
    with tempfile.TemporaryDirectory(prefix="brag-bench-") as folder:
        root = Path(folder)
        if "builds" in parts:
            measure_sizes(root, results, arguments.entries, arguments.rounds)
        if "serve" in parts:
            measure_saves(root / "serve", results, SAVES if arguments.rounds is None else arguments.rounds)
        if "paper" in parts:
            measure_paper(root / "paper", results, arguments.rounds or 9)
        if "start" in parts:
            measure_start(root / "start", results, arguments.rounds or 9)
        text = markdown(results)
        print(text)
        if parts == set(PARTS):
            RESULTS.write_text(text, encoding="utf-8")
            print("Written to tests/benchmarks/results.md; `make docs` quotes it in README.md.")
        print("Deleting what was built", flush=True)
    return int(arguments.strict and missed(results) > 0)


def describe(rounds: int | None) -> str:
    """Return when and on what this runs, and what its figures are."""
    versions = ", ".join(peer.replace("==", " ").capitalize().replace("Mkdocs", "MkDocs") for peer in PEERS)
    often = f"{rounds}" if rounds else ", ".join(f"{times} ({size:,})" for size, times in ROUNDS.items())
    return (
        f"Made by `make bench` on {dt.datetime.now(tz=dt.UTC):%Y-%m-%d}; do not edit. {os.cpu_count()} cores with a load of "
        f"{os.getloadavg()[0]:.1f} when it began, {platform.system()}, Python {platform.python_version()}; Brag {__version__}, {versions}.\n\n"
        f"The same entries for each program (`entries.py`), whole processes in turns, medians of so many rounds: {often}; of 10,000 entries Pelican and "
        "MkDocs build one round. Seconds on the clock, behind them the ratio to Hugo in the same run; processor time is that of all processes; "
        "memory is the most at one time, of the largest process and of all (what they share counted once). Brag is `brag build --no-pdf`, the leak scan included; it makes "
        "more pages than the others (types, a timeline, related work, two feeds, `resume.json`)."
    )


def measure_sizes(root: Path, results: Results, sizes: list[int], rounds: int | None) -> None:
    """Add the builds of each size; nothing is deleted meanwhile."""
    chosen = programs()
    for count in sizes:
        print(f"Building {count:,} entries", flush=True)
        results.builds[count] = measure_builds(root / str(count), chosen, count, rounds or ROUNDS.get(count, 3))


def measure_saves(root: Path, results: Results, rounds: int) -> None:
    """Add the time from a save to the fresh page."""
    print("Saving", flush=True)
    write_for_brag(root, 1_000)
    seconds = sorted(serve.measure(root, rounds))
    slow = seconds[math.ceil(0.95 * len(seconds)) - 1]
    name = "save to fresh page, 1,000 entries"
    results.singles.append(Single(f"{name}, 95 % of saves", slow * 1e3, serve.GOAL_S * 1e3))
    results.singles.append(Single(f"{name}, median", statistics.median(seconds) * 1e3))


def measure_paper(root: Path, results: Results, rounds: int) -> None:
    """Add the times of one-pagers."""
    print("Setting one-pagers", flush=True)
    shutil.copytree(REPOSITORY / "site_content", root / "site_content")
    first, _ = one_pagers.measure_processes(root, rounds, peers=())
    further, dropping = one_pagers.measure_further(root, rounds * 4)
    for name, times, goal in one_pagers.rows(first, further, dropping):
        results.singles.append(Single(f"one-pager: {name}", statistics.median(times) * 1e3, goal * 1e3))


def measure_start(root: Path, results: Results, rounds: int) -> None:
    """Add the times of commands that answer at once."""
    print("Asking", flush=True)
    write_for_brag(root / "1000", 1_000)
    shutil.copytree(REPOSITORY / "site_content", root / "example" / "site_content")
    for name, words, folder, goal in (
        ("brag --help", ["--help"], root, 100),
        ("brag coach, the example", ["coach"], root / "example", None),
        ("brag coach, 1,000 entries", ["coach"], root / "1000", None),
    ):
        times = [measure([*brag(), *words], folder).wall_s for _ in range(rounds + 1)][1:]
        results.singles.append(Single(name, statistics.median(times) * 1e3, goal))


if __name__ == "__main__":
    sys.exit(main())
