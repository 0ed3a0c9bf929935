"""Program: Brag as its users start it, in a process of its own, and what it leaves on disk."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from tests.portfolios import AS_OF, PROBLEM, Portfolio, Said
from tests.tools.system import runs_as_root

FAULTS: Final = Path(__file__).parent / "faults"
GENERATOR: Final = Path(__file__).parents[1] / "generator"
IS_PROOF: Final = bool(os.environ.get("BRAG_PROOF"))
"""Whether this is `make proof`, which takes its time."""
UNPRIVILEGED: Final = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
"""Words that take root's right to read and write everything from the program after them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a process said, and its exit code; -n for signal n."""

    code: int
    out: str
    err: str

    @property
    def problems(self) -> list[Said]:
        """The problems that it printed."""
        return [Said(**match.groupdict(default="")) for match in PROBLEM.finditer(self.err)]

    @property
    def codes(self) -> list[str]:
        """The code of each problem that it printed."""
        return [problem.code for problem in self.problems]


def start_brag(
    root: Path,
    *words: str,
    env: Mapping[str, str | None] | None = None,
    before: Sequence[str] = (),
    fault: str = "",
    umask: int = -1,
) -> subprocess.Popen[str]:
    """Start a command in *root*, as the leader of a process group of its own.

    *env* adds variables, and removes those that are None; *before* are words to start the program with (`unshare -n`).
    """
    paths = [str(GENERATOR), *([str(FAULTS)] if fault else [])]
    settings: dict[str, str | None] = {
        "NO_COLOR": "1", "PYTHONPATH": os.pathsep.join(paths),
        "SOURCE_DATE_EPOCH": None, "BRAG_FAULT": fault or None, **(env or {}),
    }  # fmt: skip
    environment = {**os.environ, **settings}
    return subprocess.Popen(
        [*before, sys.executable, "-m", "bragfolio", *words],
        cwd=root,
        env={name: value for name, value in environment.items() if value is not None},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
        umask=umask,
    )


def finish(process: subprocess.Popen[str], timeout_s: float = 60) -> Answer:
    """Wait for a process and for those that it forked; kill them all when they take too long, which is a failure."""
    try:
        out, err = process.communicate(timeout=timeout_s)
        wait_until(lambda: not has_processes(process.pid), timeout_s=5)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return Answer(process.returncode, out, err)


def brag(
    root: Path,
    *words: str,
    env: Mapping[str, str | None] | None = None,
    before: Sequence[str] = (),
    fault: str = "",
    umask: int = -1,
) -> Answer:
    """Run a command to its end, as `start_brag` starts it."""
    return finish(start_brag(root, *words, env=env, before=before, fault=fault, umask=umask))


def build(
    root: Path, *words: str, env: Mapping[str, str | None] | None = None, before: Sequence[str] = (), fault: str = ""
) -> Answer:
    """Run `brag build` on the day `AS_OF`."""
    return brag(root, "--as-of", AS_OF, "build", *words, env=env, before=before, fault=fault)


def start_build(root: Path, *words: str, fault: str = "") -> subprocess.Popen[str]:
    """Start `brag build` on the day `AS_OF`."""
    return start_brag(root, "--as-of", AS_OF, "build", *words, fault=fault)


def must(answer: Answer) -> Answer:
    """Return *answer* if the command succeeded."""
    assert answer.code == 0, answer
    return answer


def has_processes(group: int) -> bool:
    """Tell whether a process of this group is alive; one that nobody has buried is not."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, its_group = status.read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state != "Z":
                return True
    return False


def wait_until(holds: Callable[[], object], timeout_s: float = 10) -> None:
    """Look every millisecond until *holds*; fail when it takes too long."""
    end = time.monotonic() + timeout_s
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.001)


def tree_of(folder: Path) -> dict[str, bytes]:
    """Return all files below *folder*, the hidden ones too, by path; of a link, where it leads."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = os.fsencode(path.readlink())
        elif path.is_file():
            found[name] = path.read_bytes()
    return found


def leftovers(root: Path) -> list[str]:
    """Return what only a build in progress has: half-made trees beside output/, and who holds the lock."""
    return [path.name for path in (*root.glob(".*brag-*"), *(root / ".brag").glob("*.pid"))]


def write_many(portfolio: Portfolio, count: int, words: str = "before") -> Portfolio:
    """Write *count* public achievements; *words* stand on each page, so that other words change every page."""
    for number in range(count):
        lines = ("---", f"title: Deed {number}", "date: 2026-07-20", f"skills: [Skill {number % 40}]",
                 "visibility: public", "---", f"{words} {number}\n")  # fmt: skip
        portfolio.entry("\n".join(lines), f"achievements/deed-{number}.md")
    site = f"format: 1\ntitle: Ada Quill {words}\nperson: {{name: Ada Quill}}\n"
    return portfolio.write({"site_content/site.yaml": site})


def without_rights() -> tuple[str, ...]:
    """Return the words that start a program without root's rights; skip where root cannot lay them down."""
    if not runs_as_root():
        return ()
    if not shutil.which("setpriv") or not _works(*UNPRIVILEGED):
        pytest.skip("root may read and write everything, and there is no setpriv to forbid it")
    return UNPRIVILEGED


def without_network() -> tuple[str, ...]:
    """Return the words that start a program without a network; skip where the system does not let us."""
    wall = find_wall()
    if wall is None:
        pytest.skip("the network cannot be cut: unshare is missing or not allowed")
    return wall


def find_wall() -> tuple[str, ...] | None:
    """Return the words that start a program without a network; None where the system does not let us."""
    for words in (("unshare", "--net"), ("unshare", "--net", "--map-root-user")):
        if shutil.which("unshare") and _works(*words):
            return words
    return None


@contextlib.contextmanager
def mounted(folder: Path, *options: str) -> Iterator[Path]:
    """Mount an empty file system in memory on *folder*, for example with size=256k; skip where that is not allowed."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", ",".join(options or ("rw",)), "tmpfs", str(folder)]
    if not runs_as_root() or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a small disk needs the right to mount one")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@cache
def _works(*words: str) -> bool:
    return subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0
