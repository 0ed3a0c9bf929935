"""Builds: portfolios of several sizes built by each program in turns: cold, with nothing changed, and after one edit.

Whole processes. Cold: nothing remembered, no output. Edit: one more sentence in the body of one entry. Before a cold build the
old output is renamed away, not deleted: ext4 steps over freshly deleted inodes one by one, which would be charged to whoever
runs next. For the same reason nothing is deleted before all sizes are done. The first round warms up; memory is read in it.
"""

import statistics
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.benchmarks.entries import SKILLS
from tests.benchmarks.meter import Cost, measure
from tests.benchmarks.programs import Program, prepare
from tests.tools.system import Memory

JOBS: Final = ("cold", "same", "edit")
ROUNDS: Final[Mapping[int, int]] = {100: 7, 1_000: 5, 10_000: 3}
"""How often each size is measured unless somebody says otherwise."""
_HUGE: Final = 10_000
"""From so many entries on a slow peer takes part in one round only, without one to warm up."""


@dataclass(slots=True)
class Figures:
    """What one program did with one portfolio."""

    costs: dict[str, list[Cost]] = field(default_factory=lambda: {job: [] for job in JOBS})
    """By job, one for each round."""
    memory: Memory = field(default_factory=Memory)
    """The most of any job."""

    def wall_s(self, job: str) -> float:
        """The median on the clock."""
        return statistics.median(cost.wall_s for cost in self.costs[job])

    def processor_s(self, job: str) -> float:
        """The median of all processors."""
        return statistics.median(cost.processor_s for cost in self.costs[job])


def measure_builds(root: Path, programs: Sequence[Program], count: int, rounds: int) -> dict[str, Figures]:
    """Return the figures of each program for *count* entries; everything is made in *root* and left there."""
    figures = {program.name: Figures() for program in programs}
    for program in programs:
        prepare(program, root / program.name, count)
    for number in range(rounds + 1):
        for job in JOBS:
            for program in programs:
                its, is_only_one = figures[program.name], program.is_slow and count >= _HUGE
                if is_only_one and number:
                    continue
                _make_ready(program, root / program.name, job, number)
                cost = measure(program.command, root / program.name, with_memory=not number)
                _look(program, root / program.name, count)
                if number or is_only_one:
                    its.costs[job].append(cost)
                if not number:
                    its.memory = its.memory.most(cost.memory)
    return figures


def _make_ready(program: Program, home: Path, job: str, number: int) -> None:
    if job == "cold":
        for name in program.leaves:
            if (home / name).exists():
                (home / name).rename(home.with_name(f"{home.name}-{name}-{number}"))
    elif job == "edit":
        entries = sorted((home / program.entries).glob("*.md"))
        entry = entries[len(entries) // 2]
        entry.write_text(f"{entry.read_text()}\nOne more thing, in round {number}.\n")


def _look(program: Program, home: Path, count: int) -> None:
    """Exit unless there is a page for each entry and each skill, and the index: what makes less is no peer."""
    pages = sum(1 for _ in (home / program.leaves[0]).rglob("*.html"))
    if pages < count + len(SKILLS) + 1:
        sys.exit(f"{program.name} made {pages} pages of {count} entries")
