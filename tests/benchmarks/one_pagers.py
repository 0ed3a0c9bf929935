"""Bench of one-pagers: the first of a process, each further one, one that drops, and the time of peers in the same run.

`make bench-paper` runs it. Brag's times are layout and export with the fit; peers do one page without one, and are
measured when they are there: `rendercv` and `weasyprint` on PATH, or in .venv/bench-paper/ (ARGS="--peers" brings them).
"""

import argparse
import datetime as dt
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
sys.path[:0] = [str(REPOSITORY)]

from bragfolio.app.one_pagers import Settings, make_one_pager, open_press  # noqa: E402 - after the path
from bragfolio.app.prepare import link_for, read  # noqa: E402
from bragfolio.app.themes import load_theme  # noqa: E402
from bragfolio.core.render.desk import make_desk  # noqa: E402
from tests.benchmarks.installed import brag  # noqa: E402
from tests.benchmarks.meter import environment  # noqa: E402

HOME = REPOSITORY / ".venv" / "bench-paper"
PEERS = {"rendercv": "rendercv[full]==2.*", "weasyprint": "weasyprint>=66"}
FIRST_S, FURTHER_S, DROPPING_S = 0.35, 0.060, 0.150
"""What each should take at most."""
AS_OF = dt.date(2026, 11, 20)


def main() -> int:
    """Print the table; 1 with --strict when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--peers", action="store_true", help="bring the peers from PyPI first")
    parser.add_argument("--strict", action="store_true")
    arguments = parser.parse_args()
    if arguments.peers:
        bring_peers()
    with tempfile.TemporaryDirectory(prefix="brag-bench-") as folder:
        root = Path(folder)
        shutil.copytree(REPOSITORY / "site_content", root / "site_content")
        first, peers = measure_processes(root, arguments.rounds)
        further, dropping = measure_further(root, arguments.rounds * 4)
    print(f"medians of {arguments.rounds} interleaved rounds, {os.cpu_count()} cores; slowest behind")
    missed = 0
    for name, times, goal in rows(first, further, dropping):
        median = statistics.median(times)
        missed += median > goal
        print(f"{name:40} {median * 1000:6.0f} ms  {max(times) * 1000:6.0f} ms   goal {goal * 1000:.0f} ms")
    for name, times in peers.items():
        median = statistics.median(times)
        ratio = median / statistics.median(first)
        print(
            f"{name + ', whole process, no fit':40} {median * 1000:6.0f} ms  {max(times) * 1000:6.0f} ms   {ratio:.1f} x Brag"
        )
    return int(arguments.strict and missed > 0)


def rows(first: list[float], further: list[float], dropping: list[float]) -> tuple[tuple[str, list[float], float], ...]:
    """Return what was measured with its name and the seconds that it should take at most."""
    return (
        ("whole process to the first fitted PDF", first, FIRST_S),
        ("each further one, nothing dropped", further, FURTHER_S),
        ("each further one, with dropping", dropping, DROPPING_S),
    )


def bring_peers() -> None:
    """Install the peers into a folder of their own."""
    newer = next((path for name in ("python3.13", "python3.12") if (path := shutil.which(name))), sys.executable)
    if not HOME.exists():
        subprocess.run([newer, "-m", "venv", str(HOME)], check=True)
    for package in PEERS.values():
        pip = [str(HOME / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check", "install", package]
        subprocess.run(pip, check=False)


def measure_processes(
    root: Path, rounds: int, peers: Iterable[str] = PEERS
) -> tuple[list[float], dict[str, list[float]]]:
    """Return the wall seconds of `brag pdf` and of each peer that is there, in turns; one round more to warm up."""
    own = [*brag(), "-C", str(root), "--as-of", str(AS_OF)]
    mine = environment(os.environ)
    subprocess.run([*own, "build", "-q"], check=True, env=mine)
    commands: dict[str, list[str]] = {"brag": [*own, "-q", "pdf", "regional-lead"]}
    for name in peers:
        found = shutil.which(name) or shutil.which(name, path=str(HOME / "bin"))
        command = prepare_peer(name, found, root) if found else []
        if command:
            commands[name] = command
        else:
            print(
                f"{name}: not here, or it does not work here (RenderCV loads a package from the network on its first run)"
            )
    times: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(
                command, check=True, cwd=root, env=mine, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            if number:
                times[name].append(time.perf_counter() - start)
    return times.pop("brag"), times


def prepare_peer(name: str, program: str, root: Path) -> list[str]:
    """Return the command that makes a comparable page with a peer; none when it does not start."""
    if name == "weasyprint":
        command = [program, str(root / "output" / "resume.html"), str(root / "peer.pdf")]
    else:
        subprocess.run([program, "new", "Ada Quill"], cwd=root, check=False, capture_output=True)
        files = [str(path) for path in root.glob("*_CV.yaml")]
        command = [program, "render", *files, "--dont-generate-png", "--dont-generate-html"]
    tried = subprocess.run(command, cwd=root, check=False, capture_output=True)
    return [] if tried.returncode else command


def measure_further(root: Path, number: int) -> tuple[list[float], list[float]]:
    """Return the seconds of further pages in one process, each with new content: one that drops nothing, one that does."""
    found = read(root, AS_OF)
    theme, _ = load_theme(root, found.portfolio.config, found.portfolio.config_source)
    linked, _, _ = link_for(found, "public")
    assert theme is not None
    campaign = next(item for item in linked.projection.campaigns if item.id == "programme-committee")
    times: tuple[list[float], list[float]] = ([], [])
    press = open_press(root, theme)
    assert press is not None
    for index in range(number + 1):
        desk = make_desk(linked, {}, theme, f"https://example.org/{index}/")
        for kept, item, design in ((times[0], campaign, "brief"), (times[1], None, "classic")):
            start = time.perf_counter()
            result = make_one_pager(theme, press, desk, item, Settings(design, "a4", 0.8))
            taken = time.perf_counter() - start
            assert result.one_pager is not None
            assert result.one_pager.pdf is not None
            if index:
                kept.append(taken)
    return times


if __name__ == "__main__":
    sys.exit(main())
