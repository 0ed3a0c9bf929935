"""Meter: what a command costs: seconds on the clock, seconds of processors, and the memory of all its processes."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path
from typing import Final

from tests.tools.system import Memory, memory_of

REPOSITORY: Final = Path(__file__).parents[2]
_EVERY_S: Final = 0.01


@dataclass(frozen=True, slots=True)
class Cost:
    """What one command cost, with all processes that it started and waited for."""

    wall_s: float
    processor_s: float
    memory: Memory = field(default_factory=Memory)
    """The most that lay there at one time; 0 unless asked for."""


def measure(command: Sequence[str], folder: Path | None = None, *, with_memory: bool = False) -> Cost:
    """Run *command* to its end; exit when it fails. Memory is read from /proc a hundred times a second."""
    os.sync()
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, env=environment(os.environ))
    try:
        most = reduce(Memory.most, _sample(process.pid) if with_memory else (), Memory())
        _, status, used = os.wait4(process.pid, 0)
    except KeyboardInterrupt:
        process.kill()
        raise
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)}: exit code {process.returncode}")
    return Cost(wall, used.ru_utime + used.ru_stime, most)


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a user, whose Python keeps compiled modules beside what is installed."""
    return {
        name: value for name, value in given.items() if name not in {"PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"}
    }


def _sample(pid: int) -> Iterator[Memory]:
    """Yield what it has in memory, until it ends; it is left to be waited for."""
    while os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        yield memory_of(pid)
        time.sleep(_EVERY_S)
