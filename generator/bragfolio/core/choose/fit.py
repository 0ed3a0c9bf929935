"""Fit: what a page keeps, in which length and how tight, so that it is exactly one.

The order is the promise: the longest texts at the normal size; then tighter, within comfort; then shorter texts, the
least valuable first; then fewer blocks, the least valuable first; and when only what is pinned is left, as tight as
can be read. The page itself is measured by whoever sets it: this module only decides what to ask for next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from msgspec import Struct

MIN_SIZE: Final = 9.0
"""Points: nothing on a page is smaller."""
MIN_MARGIN: Final = 12.0
"""Millimetres."""


_NEARLY: Final = 1.35
"""A page that overflows by more cannot be tightened within comfort: nobody needs to measure that."""
_TIGHTER: Final = 0.86
"""What the tightest comfortable page needs of the normal one's height (measured)."""


class Step(Struct, frozen=True):
    """How tight a page is set."""

    size: float
    """Of the text, in points."""
    space: float
    """Of everything vertical, 1 being normal."""
    margin: float
    """On all sides, in millimetres."""


AIRY: Final = (Step(10.5, 1.3, 18), Step(10.5, 1.22, 18), Step(10.5, 1.15, 18), Step(10.5, 1.07, 18))
COMFORT: Final = (
    Step(10.5, 1.0, 18), Step(10.5, 0.95, 17), Step(10.5, 0.9, 16), Step(10.25, 0.9, 16), Step(10.0, 0.9, 16),
)  # fmt: skip
FLOOR: Final = (
    Step(9.75, 0.88, 15), Step(9.5, 0.85, 14), Step(9.25, 0.82, 13), Step(MIN_SIZE, 0.8, MIN_MARGIN),
    Step(MIN_SIZE, 0.76, MIN_MARGIN),
)  # fmt: skip
STEPS: Final = (*AIRY, *COMFORT, *FLOOR)
"""From the loosest to the tightest."""


class Size(Struct, frozen=True):
    """A length of a block's text."""

    name: str
    """`body`, `summary`, `short` ...: for the explanation."""
    rank: int
    """Sizes of one rank go from all blocks before any block loses the next: 0 the whole, 1 its start, 2 a summary, 3 a line."""
    lines: float
    """About how many, at the normal size: a first guess only."""


class Block(Struct, frozen=True):
    """Something that a page shows, shortens or drops as a whole."""

    key: str
    """`achievement/p99-cut`."""
    name: str
    value: float
    is_pinned: bool
    """Shortened, never dropped."""
    sizes: tuple[Size, ...]
    """The longest first."""
    is_held: bool = False
    """Dropped after everything that is not, whatever its value."""
    is_spare: bool = False
    """Shown only when the page would be empty without it."""

    @property
    def dropped(self) -> int:
        """The level of a block that is not on the page."""
        return len(self.sizes)


Levels = tuple[int, ...]
"""For each block, which of its sizes is shown; `len(sizes)` when none is."""
Measure = Callable[[Levels, Step], float]
"""How much of the page these levels fill when set like this: at most 1 when they fit."""


class Fitted(Struct, frozen=True):
    """A page that fits."""

    levels: Levels
    step: Step
    fill: float


Cut = tuple[int, int, int]
"""A block, its level before and its level after."""


def fit(blocks: Sequence[Block], measure: Measure, fill_min: float) -> Fitted | None:
    """Return the fullest page in the order of this module, or None when not even what is pinned fits."""
    return _Fitting(blocks, measure, fill_min).run()


def shortest(blocks: Iterable[Block]) -> Levels:
    """Return the levels of what is pinned, each as short as can be, and nothing else."""
    return tuple(block.dropped - 1 if block.is_pinned else block.dropped for block in blocks)


def cuts_of(blocks: Sequence[Block], levels: Levels) -> list[Cut]:
    """Return every cut from *levels* down to `shortest`, in the order in which they are made."""
    now = list(levels)
    cuts: list[Cut] = []
    order = sorted(range(len(blocks)), key=lambda index: (blocks[index].value, -index))
    ranks = sorted({size.rank for block in blocks for size in block.sizes})
    for rank in ranks[1:]:
        for index in order:
            sizes = blocks[index].sizes
            while now[index] + 1 < len(sizes) and sizes[now[index]].rank < rank and sizes[now[index] + 1].rank <= rank:
                cuts.append((index, now[index], now[index] + 1))
                now[index] += 1
    for index in sorted(order, key=lambda index: blocks[index].is_held):
        if not blocks[index].is_pinned and now[index] < blocks[index].dropped:
            cuts += [(index, now[index], blocks[index].dropped)]
    return cuts


class _Fitting:
    def __init__(self, blocks: Sequence[Block], measure: Measure, fill_min: float) -> None:
        self.blocks = blocks
        self.fill_min = fill_min
        self._measure = measure
        self._known: dict[tuple[Levels, Step], float] = {}
        self.start: Levels = tuple(block.dropped if block.is_spare else 0 for block in blocks)

    def run(self) -> Fitted | None:
        tightest = COMFORT[-1]
        levels, cuts, made = self.start, [], 0
        step: Step | None = COMFORT[0]
        if not self._fits(levels, COMFORT[0]):
            step = self._loosest(levels, COMFORT) if self._fill(levels, COMFORT[0]) <= _NEARLY else None
        if step is None:
            cuts = cuts_of(self.blocks, self.start)
            made = self._fewest(cuts)
            levels = self._after(cuts, made)
            step = tightest if self._fits(levels, tightest) else self._loosest(levels, FLOOR)
        if step is None:
            return None
        levels = self._grow(levels, cuts[:made], step)
        if self._fill(levels, step) < self._roomy():
            step = self._loosest(levels, STEPS[: STEPS.index(step) + 1]) or step
        return Fitted(levels, step, self._fill(levels, step))

    def _roomy(self) -> float:
        """Return the fill from which on white is better left as it is."""
        return max(0.95, self.fill_min)

    def _fill(self, levels: Levels, step: Step) -> float:
        key = (levels, step)
        if key not in self._known:
            self._known[key] = self._measure(levels, step)
        return self._known[key]

    def _fits(self, levels: Levels, step: Step) -> bool:
        return self._fill(levels, step) <= 1

    def _loosest(self, levels: Levels, steps: Sequence[Step]) -> Step | None:
        """Return the first of *steps*, which get tighter, at which *levels* fit, or None."""
        low, high = 0, len(steps) - 1
        if not self._fits(levels, steps[high]):
            return None
        while low < high:
            middle = (low + high) // 2
            if self._fits(levels, steps[middle]):
                high = middle
            else:
                low = middle + 1
        return steps[low]

    def _after(self, cuts: Sequence[Cut], number: int) -> Levels:
        levels = list(self.start)
        for index, _, after in cuts[:number]:
            levels[index] = after
        return tuple(levels)

    def _lines(self, levels: Levels) -> float:
        return sum(self._lines_of(index, level) for index, level in enumerate(levels))

    def _lines_of(self, index: int, level: int) -> float:
        sizes = self.blocks[index].sizes
        return sizes[level].lines if level < len(sizes) else 0.0

    def _fewest(self, cuts: Sequence[Cut]) -> int:
        """Return how many of *cuts* it takes until the page fits when it is as tight as is comfortable; all when none do."""
        step = COMFORT[-1]
        low, high = 0, len(cuts)  # low does not fit; high does, or is all there is
        while high - low > 1:
            guess = self._guess(cuts, low, high)
            if self._fits(self._after(cuts, guess), step):
                high = guess
            else:
                low = guess
        return high

    def _guess(self, cuts: Sequence[Cut], low: int, high: int) -> int:
        """Return a number between *low* and *high*: where the page should fit, judged by the nearest page measured."""
        step = COMFORT[-1]
        ends = (self._after(cuts, low), self._after(cuts, high))
        known = {levels: self._known[levels, step] for levels in ends if (levels, step) in self._known}
        known.setdefault(self.start, self._known[self.start, COMFORT[0]] * _TIGHTER)
        nearest = min(known, key=lambda levels: abs(known[levels] - 1))
        fill, lines = known[nearest], self._lines(nearest)
        fixed = 6.0  # the head of the page
        wanted = (lines + fixed) / fill - fixed
        guess = low + 1
        left = self._lines(self._after(cuts, low))
        for number in range(low, high):
            index, before, after = cuts[number]
            left -= self._lines_of(index, before) - self._lines_of(index, after)
            guess = number + 1
            if left <= wanted:
                break
        if guess in (low, high):
            return high - 1 if guess == high else low + 1
        return guess

    def _grow(self, levels: Levels, made: Sequence[Cut], step: Step) -> Levels:
        """Undo cuts, the last first, then bring in what is spare, while the page is emptier than it should be."""
        growth = [(index, after, before) for index, before, after in reversed(made)]
        spare = [i for i, block in enumerate(self.blocks) if block.is_spare]
        spare.sort(key=lambda index: -self.blocks[index].value)
        growth += [(index, self.blocks[index].dropped, self._summary_of(index)) for index in spare]
        at = 0
        while at < len(growth) and self._fill(levels, step) < self.fill_min:
            number = self._batch(growth[at:], levels, step)
            while True:
                grown = self._grown(levels, growth[at : at + number])
                if self._fits(grown, step):
                    levels = grown
                    at += number
                    break
                if number == 1:
                    at += 1  # this one is too large; the next may not be
                    break
                number //= 2
        return levels

    def _summary_of(self, index: int) -> int:
        """Return the level at which a spare block comes in."""
        sizes = self.blocks[index].sizes
        return next((level for level, size in enumerate(sizes) if size.rank >= 2), len(sizes) - 1)

    def _grown(self, levels: Levels, growth: Sequence[Cut]) -> Levels:
        grown = list(levels)
        for index, before, after in growth:
            if grown[index] == before:
                grown[index] = after
        return tuple(grown)

    def _batch(self, growth: Sequence[Cut], levels: Levels, step: Step) -> int:
        """Return how many of *growth* should fill the page enough."""
        fill = max(self._fill(levels, step), 0.05)
        wanted = (self._lines(levels) + 6) * (max(self.fill_min, 0.9) / fill - 1)
        number = 0
        while number < len(growth) and wanted > 0:
            index, before, after = growth[number]
            wanted -= self._lines_of(index, after) - self._lines_of(index, before)
            number += 1
        return max(number, 1)
