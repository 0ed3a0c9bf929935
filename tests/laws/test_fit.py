"""Fit: the order of the cuts, tried on pages of made-up lines."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bragfolio.core.choose.fit import (
    AIRY,
    COMFORT,
    FLOOR,
    MIN_MARGIN,
    MIN_SIZE,
    STEPS,
    Block,
    Size,
    cuts_of,
    fit,
    shortest,
)

NAMES = (("body", 0), ("first paragraph", 1), ("summary", 2), ("short", 3))


@st.composite
def pages(draw):
    """Draw blocks, and how many lines a page holds."""
    blocks = []
    for index in range(draw(st.integers(1, 30))):
        names = sorted(draw(st.sets(st.sampled_from(NAMES), min_size=1)), key=lambda name: name[1])
        lines = sorted(draw(st.lists(st.integers(1, 30), min_size=len(names), max_size=len(names))), reverse=True)
        sizes = tuple(Size(name, rank, float(n)) for (name, rank), n in zip(names, lines, strict=True))
        pinned, spare, held = draw(st.sampled_from([(0, 0, 0), (0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1)]))
        blocks.append(
            Block(f"b{index}", "", draw(st.integers(1, 50)) / 10, bool(pinned), sizes, bool(held), bool(spare))
        )
    return blocks, draw(st.integers(3, 200)), draw(st.sampled_from([0.5, 0.8, 0.95]))


def paper(blocks, lines):
    """Return what measures a page of so many lines at the normal size, and counts how often it was asked."""
    asked = []

    def measure(levels, step):
        asked.append((levels, step))
        used = sum(
            block.sizes[level].lines for block, level in zip(blocks, levels, strict=True) if level < block.dropped
        )
        return (used + 2) * step.size * step.space / (10.5 * lines * (297 - 2 * step.margin) / (297 - 36))

    return measure, asked


@given(pages())
def test_what_is_returned_fits_and_only_the_impossible_is_refused(page):
    blocks, lines, fill_min = page
    measure, asked = paper(blocks, lines)
    fitted = fit(blocks, measure, fill_min)
    if fitted is None:
        assert measure(shortest(blocks), STEPS[-1]) > 1
        return
    assert fitted.fill == measure(fitted.levels, fitted.step) <= 1
    assert all(level < block.dropped for block, level in zip(blocks, fitted.levels, strict=True) if block.is_pinned)
    assert len(set(asked)) == len(asked) - 1, "the same page is not measured twice"
    assert len(asked) < 60


@given(pages())
def test_nothing_is_cut_while_it_fits_and_nothing_is_small_while_something_can_go(page):
    blocks, lines, fill_min = page
    measure, _ = paper(blocks, lines)
    fitted = fit(blocks, measure, fill_min)
    whole = tuple(block.dropped if block.is_spare else 0 for block in blocks)
    if measure(whole, COMFORT[-1]) <= 1:
        assert fitted is not None
        assert all(level <= start for level, start in zip(fitted.levels, whole, strict=True))
        assert fitted.step in (*AIRY, *COMFORT)
    elif fitted and fitted.step in FLOOR:
        assert measure(shortest(blocks), COMFORT[-1]) > 1


@given(pages())
def test_cuts_go_down_one_by_one_to_what_is_pinned(page):
    blocks, _, _ = page
    start = tuple(block.dropped if block.is_spare else 0 for block in blocks)
    levels = list(start)
    dropping = False
    for index, before, after in cuts_of(blocks, start):
        assert levels[index] == before
        assert after > before
        levels[index] = after
        dropped = after == blocks[index].dropped
        assert dropped or not dropping, "texts are shortened before anything is dropped"
        dropping = dropping or dropped
    assert tuple(levels) == tuple(
        level if block.is_spare else short for block, level, short in zip(blocks, start, shortest(blocks), strict=True)
    ) or all(level >= short for level, short in zip(levels, shortest(blocks), strict=True))


def test_the_least_valuable_gives_way_first():
    sizes = tuple(Size(name, rank, 4.0 - rank) for name, rank in NAMES)
    blocks = [Block("low", "", 1, False, sizes), Block("held", "", 0.5, False, sizes, is_held=True),
              Block("high", "", 9, False, sizes), Block("pin", "", 0.1, True, sizes)]  # fmt: skip
    cuts = cuts_of(blocks, (0, 0, 0, 0))
    assert [blocks[index].key for index, _, after in cuts if after == 1] == ["pin", "held", "low", "high"]
    assert [blocks[index].key for index, _, after in cuts if after == 4] == ["low", "high", "held"]


def test_the_steps_are_from_loose_to_tight_and_end_at_what_can_be_read():
    for looser, tighter in pairwise(STEPS):
        assert (looser.size, looser.space, looser.margin) > (tighter.size, tighter.space, tighter.margin)
        assert looser.size >= tighter.size
        assert looser.margin >= tighter.margin
    assert COMFORT[0].size == 10.5
    assert (COMFORT[-1].size, COMFORT[-1].space) == (10, 0.9)
    assert (STEPS[-1].size, STEPS[-1].margin) == (MIN_SIZE, MIN_MARGIN) == (9, 12)


def test_a_page_that_is_too_empty_takes_in_what_is_spare():
    size = (Size("short", 3, 2.0),)
    blocks = [
        Block("main", "", 5, False, size),
        *(Block(f"s{n}", "", n, False, size, is_spare=True) for n in range(30)),
    ]
    measure, _ = paper(blocks, 40)
    fitted = fit(blocks, measure, 0.8)
    assert fitted is not None
    assert fitted.fill >= 0.8
    kept = [block.key for block, level in zip(blocks, fitted.levels, strict=True) if level < block.dropped]
    assert kept[-1] == "s29"
    assert "s0" not in kept
