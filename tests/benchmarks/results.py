"""Results: what was measured, as the Markdown of results.md, whose first table README.md quotes, and against the goals."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tests.benchmarks.builds import JOBS, Figures

MARKS: Final = ("<!-- bench:begin -->\n", "<!-- bench:end -->")
"""What stands around the table that README.md quotes, there and here."""
GOALS: Final[Mapping[int, Mapping[str, float]]] = {
    100: {"cold": 1.8, "same": 0.4, "edit": 1.4},
    1_000: {"cold": 1.4, "same": 0.06, "edit": 0.35},
    10_000: {"cold": 1.4, "same": 0.03, "edit": 0.10},
}
"""The most that a build may take, as a ratio to Hugo's in the same run."""
MEMORY_MB: Final[Mapping[int, float]] = {1_000: 100, 10_000: 250}
"""The most that may lie in memory at one time."""
_WORDS: Final = {"cold": "from nothing", "same": "nothing changed", "edit": "one entry edited"}


@dataclass(frozen=True, slots=True)
class Single:
    """Something measured that has no peer."""

    name: str
    milliseconds: float
    goal: float | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """All of a run, or the parts that were asked for."""

    about: str
    """When, on what, which versions: one paragraph."""
    builds: dict[int, dict[str, Figures]] = field(default_factory=dict)
    """By number of entries, by program."""
    singles: list[Single] = field(default_factory=list)


def markdown(results: Results) -> str:
    """Return results.md."""
    parts = ["# Results", results.about]
    if results.builds:
        parts.append(f"{MARKS[0]}{_quoted(results.builds)}\n{MARKS[1]}")
    for count, figures in results.builds.items():
        parts += [f"## {count:,} entries", _table_of(figures)]
    rows = list(_against_goals(results))
    if rows:
        parts += ["## Goals", _table(("", "measured", "goal", ""), rows)]
    without = [(single.name, _ms(single.milliseconds)) for single in results.singles if single.goal is None]
    if without:
        parts += ["## Further", _table(("", "measured"), without)]
    return "\n\n".join(parts) + "\n"


def missed(results: Results) -> int:
    """Return how many goals were."""
    return sum(row[-1] == "missed" for row in _against_goals(results))


def quoted(text: str) -> str:
    """Return the table that stands between the marks in *text*."""
    return text.partition(MARKS[0])[2].partition(MARKS[1])[0]


def _quoted(builds: Mapping[int, Mapping[str, Figures]]) -> str:
    """Return the builds of programs that do the same job, in a small table."""
    large = {count: figures for count, figures in builds.items() if count >= 1_000} or builds
    names = [name for name in next(iter(large.values())) if "," not in name]
    rows = [
        (f"{count:,} entries, {_WORDS[job]}", *(_wall(figures[name], figures["Hugo"], job) for name in names))
        for count, figures in large.items()
        for job in JOBS
    ]
    rows += [
        (f"{count:,} entries, memory", *(f"{figures[name].memory.all_mb:.0f} MB" for name in names))
        for count, figures in large.items()
    ]
    return _table(("", *names), rows)


def _table_of(figures: Mapping[str, Figures]) -> str:
    heads = ("", *JOBS, *(f"{job}, processor" for job in JOBS), "MB", "MB, all")
    rows = []
    for name, its in figures.items():
        walls = [_wall(its, figures["Hugo"], job) for job in JOBS]
        rows.append((name, *walls, *(_seconds(its.processor_s(job)) for job in JOBS), *_memories(its)))
    return _table(heads, rows)


def _against_goals(results: Results) -> Iterator[tuple[str, ...]]:
    for count, figures in results.builds.items():
        brag, hugo = figures["Brag"], figures["Hugo"]
        for job, goal in GOALS.get(count, {}).items():
            ratio = _ratio(brag, hugo, job)
            yield f"{count:,} entries, {_WORDS[job]}", f"{ratio:.2f} x Hugo", f"{goal:.2f}", _verdict(ratio, goal)
        if count in MEMORY_MB:
            goal = MEMORY_MB[count]
            for most, whose in ((brag.memory.largest_mb, "the largest process"), (brag.memory.all_mb, "all processes")):
                name = f"{count:,} entries, memory of {whose}"
                yield name, f"{most:.0f} MB", f"{goal:.0f} MB", _verdict(most, goal)
    for single in results.singles:
        if single.goal is not None:
            verdict = _verdict(single.milliseconds, single.goal)
            yield single.name, _ms(single.milliseconds), _ms(single.goal), verdict


def _memories(figures: Figures) -> tuple[str, str]:
    return f"{figures.memory.largest_mb:.0f}", f"{figures.memory.all_mb:.0f}"


def _wall(figures: Figures, to: Figures, job: str) -> str:
    return f"{_seconds(figures.wall_s(job))} ({_ratio(figures, to, job):.2f})"


def _ratio(figures: Figures, to: Figures, job: str) -> float:
    return figures.wall_s(job) / to.wall_s(job)


def _verdict(measured: float, goal: float) -> str:
    return "met" if measured <= goal else "missed"


def _seconds(value: float) -> str:
    return f"{value:.2f} s" if value < 10 else f"{value:.1f} s"


def _ms(value: float) -> str:
    return f"{value:.0f} ms"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
