"""Charts: what is drawn is what the table says, nothing touches, and no word of an author is markup."""

import datetime as dt
import itertools
import re
from decimal import Decimal

import pytest
from lxml import etree

from bragfolio.core.insight.figures import Calendar, Grid, Line, Moment, Quadrant, Square
from bragfolio.core.render.charts.draw import draw
from bragfolio.core.render.charts.lettering import NARROW, WIDE, cut, width_of
from bragfolio.core.render.charts.scale import round_numbers, ticks_of
from tests.insight.samples import EMPTY, HOSTILE, LONG, bars, calendar, chart_of_each_kind, grid, line, quadrant

DAY = dt.date.fromisoformat
ONE_OF_EACH = {
    "line": line(["2.10"]),
    "bars": bars({"a": [("p", "1")]}),
    "grid": grid(["a"], {"r": ["1"]}),
    "quadrant": quadrant([("a", "1", "1", 1)]),
    "calendar": calendar([Moment("a", DAY("2026-09-01"))]),
}
NONE_OF_EACH = {
    "line": Line(title="T", description="D.", table=EMPTY, points=()),
    "bars": bars({}),
    "grid": grid([], {}),
    "quadrant": quadrant([]),
    "calendar": calendar([]),
}
HOSTILE_ONES = {
    "line": line(["1", "2"], HOSTILE),
    "bars": bars({HOSTILE: [(HOSTILE, "1"), ("b", "2")]}, "1"),
    "grid": grid([HOSTILE, "b"], {HOSTILE: [HOSTILE, "!" + HOSTILE]}),
    "quadrant": quadrant([(HOSTILE, "1", "2", 3)]),
    "calendar": calendar([Moment(HOSTILE, DAY("2026-09-01"), DAY("2026-09-09"))]),
}
FULL = {f"{type(chart).__name__.lower()}-{index}": chart for index, chart in enumerate(chart_of_each_kind())}
CHARTS = {
    **{f"full {name}": chart for name, chart in FULL.items()},
    **{f"one {name}": chart for name, chart in ONE_OF_EACH.items()},
    **{f"no {name}": chart for name, chart in NONE_OF_EACH.items()},
    **{f"hostile {name}": chart for name, chart in HOSTILE_ONES.items()},
    "many bars": bars({f"{LONG} {number}": [("p", str(number))] for number in range(300)}),
    "many squares": grid(["a", "b"], {f"{LONG} {number}": ["1", "!2"] for number in range(300)}),
    "many dots": quadrant([(f"{number} {LONG}", str(number % 17), str(number % 23), number % 5 + 1) for number in range(300)]),
    "many moments": calendar([Moment(LONG, DAY("2026-09-01"), alarm=True)] * 300),
    "many points": line([str(number % 40) for number in range(300)]),
}  # fmt: skip


def parse(chart):
    """Return what is drawn, as XML: everything that Brag makes of a chart is well-formed."""
    return etree.fromstring(f"<div>{draw(chart, 'c')}</div>")


def picture_of(chart):
    (picture,) = parse(chart).xpath("//svg[@role='img']")
    return picture


def shown(picture, screen="narrow"):
    """Return the texts that a screen shows, without what stands upright."""
    hidden = "broad" if screen == "narrow" else "narrow"
    return [text for text in picture.xpath("./text") if hidden not in text.get("class", "").split()]


def words_of(text):
    return "".join(text.xpath("./text()"))


def box_of(text, width):
    """Return left, top, right and bottom of a text in a picture of *width* pixels."""
    sizes = {"large": 16, "small": 11}
    room = width_of(
        words_of(text), next((sizes[kind] for kind in text.get("class", "").split() if kind in sizes), 12.5)
    )
    x = float(text.get("x").rstrip("%")) / 100 * width + float(text.get("dx", 0))
    left = {"start": x, "middle": x - room / 2, "end": x - room}[text.get("text-anchor", "start")]
    y = float(text.get("y"))
    return left, y - 10, left + room, y + 2


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_one_picture_with_a_name_and_a_description(name):
    picture = picture_of(CHARTS[name])
    ids = {element.get("id"): element.text for element in picture if element.tag in {"title", "desc"}}
    assert list(ids.values()) == [CHARTS[name].title, CHARTS[name].description]
    assert picture.get("aria-labelledby").split() == list(ids)
    assert not picture.xpath(".//a | .//*[@tabindex]"), "what stands in a picture cannot be followed"


@pytest.mark.parametrize("name", CHARTS)
def test_a_strict_policy_has_nothing_to_refuse(name):
    markup = str(draw(CHARTS[name], "c"))
    assert not re.search(r"<style|<script|\sstyle=|\son\w+=|href=|http", markup)


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize(("screen", "width"), [("narrow", NARROW), ("wide", WIDE)])
def test_no_text_touches_another_or_leaves_the_picture(name, screen, width):
    tree = parse(CHARTS[name])
    scrolled = tree.xpath("//div[@class='scroll']/div/@class")
    width = max(width, int(scrolled[0].removeprefix("wide-")) * 80) if scrolled else width
    boxes = [(box_of(text, width), words_of(text)) for text in shown(picture_of(CHARTS[name]), screen)]
    height = float(picture_of(CHARTS[name]).get("height"))
    for (left, top, right, bottom), words in boxes:
        assert left > -1, words
        assert right < width + 1, words
        assert top > -2, words
        assert bottom <= height, words
    for (one, words), (other, others) in itertools.combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (words, others)


@pytest.mark.parametrize("name", HOSTILE_ONES)
def test_words_of_authors_are_text(name):
    markup = str(draw(HOSTILE_ONES[name], "c"))
    assert "<script" not in markup
    assert "alert(1)" in "".join(parse(HOSTILE_ONES[name]).itertext())


def test_a_name_that_is_cut_is_whole_in_its_title():
    picture = picture_of(bars({LONG: [("p", "1")]}))
    cut_ones = picture.xpath("./text[title]")
    assert len(cut_ones) == 2
    assert {text.findtext("title") for text in cut_ones} == {LONG}
    assert all(words_of(text).endswith("…") and LONG.startswith(words_of(text)[:-1]) for text in cut_ones)


def test_a_line_says_its_newest_and_its_highest_number():
    texts = [words_of(text) for text in picture_of(line(["2.10", "3.00", "9.10", "4.00", "6.97"])).xpath("./text")]
    assert "6.97" in texts
    assert "most 9.10" in texts


def test_a_line_runs_through_its_numbers():
    (curve,) = picture_of(line(["0", "5", "10"])).xpath(".//polyline/@points")
    assert curve == "0,170 500,85 1000,0"


def test_a_line_may_fall_below_nothing():
    picture = picture_of(line(["-10", "10"]))
    assert picture.xpath(".//polyline/@points") == ["0,170 1000,0"]
    assert picture.xpath(".//line[@class='base']/@y1")[0] == "115"


def test_bars_are_as_long_as_their_numbers_and_say_them():
    chart = bars({"a": [("p", "1"), ("q", "3")], "b": [("p", "2")], "c": [("p", "0")]})
    picture = picture_of(chart)
    assert picture.xpath("./rect/@width") == ["25%", "75%", "50%"]
    assert picture.xpath("./rect/@x") == ["0%", "25%", "0%"]
    assert picture.xpath("./rect/title/text()") == ["p: 1", "q: 3", "p: 2"]
    totals = [words_of(text) for text in picture.xpath("./text[contains(@class, 'figure')]")]
    assert totals == ["4", "2", "0"] == [row[1].text for row in chart.table.rows]


def test_pieces_differ_in_more_than_colour_and_have_a_key():
    tree = parse(bars({"a": [(f"kind {number}", "1") for number in range(6)]}))
    fills = [(rect.get("class"), rect.get("fill")) for rect in tree.xpath("//svg[@role='img']/rect")]
    assert len(set(fills)) == 6
    assert [fill for _, fill in fills if fill] == [f"url(#c-fill-{number})" for number in (1, 2, 4, 5)]
    assert {f"c-fill-{number}" for number in (1, 2, 4, 5)} == set(tree.xpath("//pattern/@id"))
    assert [item.xpath("normalize-space()") for item in tree.xpath("//ul[@class='key']/li")] == [
        f"kind {n}" for n in range(6)
    ]


def test_the_mark_of_bars_stands_where_its_number_is():
    picture = picture_of(bars({"a": [("p", "10")]}, "4"))
    assert picture.xpath("./line[@class='mark']/@x1") == ["40%"]
    assert "half of the boss 4" in [words_of(text) for text in picture.xpath("./text")]


def test_a_square_says_its_word_and_frames_what_is_wrong():
    tree = parse(grid(["a", "b", "c"], {"r": ["told", "!due", "-"]}))
    squares = tree.xpath("//svg[@role='img']/rect")
    assert [square.findtext("title") for square in squares] == ["r, a: told", "r, b: due"]
    assert ["alarm" in square.get("class") for square in squares] == [False, True]
    assert tree.xpath("normalize-space(//ul[@class='key'])") == "needs attention"


@pytest.mark.parametrize(("level", "kind"), [(-1, "level-0"), (0, "level-0"), (4, "level-4"), (9, "level-4")])
def test_levels_beyond_the_scale_are_its_ends(level, kind):
    chart = Grid(title="T", description="D.", table=EMPTY, columns=("a",), rows=(grid(["a"], {"r": ["1"]}).rows[0],))
    from msgspec import structs

    row = structs.replace(chart.rows[0], squares=(Square("1", level),))
    (square,) = picture_of(structs.replace(chart, rows=(row,))).xpath("./rect")
    assert kind in square.get("class").split()


def test_a_wide_grid_scrolls_and_a_narrow_one_does_not():
    assert not parse(grid(["a"] * 8, {"r": ["1"] * 8})).xpath("//div")[1:]
    (region,) = parse(grid(["a"] * 20, {"r": ["1"] * 20})).xpath("//div[@role='group']")
    assert region.get("tabindex") == "0"
    assert region.get("aria-label") == "A matrix, to scroll"


def test_twelve_months_fit_on_a_small_screen():
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    tree = parse(grid(months, {"2026": ["3"] * 12}))
    assert not tree.xpath("//div")[1:]
    assert [words_of(text) for text in shown(picture_of(grid(months, {})))][:12] == months


def test_long_names_of_columns_stand_upright():
    (text, *_) = picture_of(grid(["Influence without authority"], {"r": ["1"]})).xpath(".//svg/text")
    assert text.get("transform") == "rotate(-90)"


def test_dots_stand_where_their_numbers_are_and_say_them():
    picture = picture_of(quadrant([("low", "0", "0", 1), ("high", "20", "6", 5)]))
    dots = {dot.findtext("title"): (dot.get("cx"), dot.get("cy")) for dot in picture.xpath("./circle")}
    assert dots == {
        "low: effort in days 0, people 0": ("5%", "326.6"),
        "high: effort in days 20, people 6": ("95%", "61.4"),
    }
    assert picture.xpath("./line[@class='split'][2]/@x1") == ["50%"]


def test_every_corner_is_named():
    texts = [words_of(text) for text in shown(picture_of(quadrant([])), "wide")]
    assert {"cheap and seen", "worth it", "not worth a word", "hard work, unseen"} <= set(texts)


def test_all_dots_in_one_place_are_no_mistake():
    chart = Quadrant(
        title="T", description="D.", table=EMPTY, x_label="x", y_label="y", x_split=Decimal(1), y_split=Decimal(1),
        corners=("a", "b", "c", "d"), dots=quadrant([("p", "1", "1", 3)] * 5).dots,
    )  # fmt: skip
    assert {dot.get("cx") for dot in picture_of(chart).xpath("./circle")} == {"50%"}


def test_days_and_spans_stand_along_time_with_today_across():
    picture = picture_of(calendar(
        [Moment("a", DAY("2026-07-11"), DAY("2026-07-21")), Moment("b", DAY("2026-07-31")), Moment("c", DAY("2027-01-01"))],
        "2026-07-01", "2026-07-31", "2026-07-16",
    ))  # fmt: skip
    (span,) = picture.xpath("./rect")
    assert (span.get("x"), span.get("width"), span.findtext("title")) == (
        "33.33%",
        "33.33%",
        "a: 2026-07-11 to 2026-07-21",
    )
    assert picture.xpath("./circle/@cx") == ["100%", "100%"]
    assert picture.xpath("./line[@class='mark']/@x1") == ["50%"]


def test_a_calendar_of_one_day_is_drawn():
    day = DAY("2026-07-01")
    chart = Calendar(
        title="T", description="D.", table=EMPTY, first_day=day, last_day=day, today=day, moments=(Moment("a", day),)
    )
    assert picture_of(chart).xpath("./circle/@cx") == ["100%"]


@pytest.mark.parametrize(("name", "more"), [("many bars", 260), ("many squares", 240), ("many moments", 260)])
def test_what_is_not_drawn_is_counted(name, more):
    texts = [words_of(text) for text in picture_of(CHARTS[name]).xpath("./text")]
    assert f"and {more} more, in the table" in texts


@pytest.mark.parametrize(("low", "high", "numbers"), [
    ("0", "9.1", "0 5 10"), ("0", "0", "0"), ("0", "1", "0 0.5 1"), ("0", "3", "0 1 2 3"), ("0", "36", "0 10 20 30 40"),
    ("-10", "10", "-10 -5 0 5 10"), ("-3", "9", "-5 0 5 10"), ("0", "1000", "0 500 1000"), ("0", "0.04", "0 0.01 0.02 0.03 0.04"),
])  # fmt: skip
def test_round_numbers_hold_the_data(low, high, numbers):
    found = round_numbers(Decimal(low), Decimal(high))
    assert " ".join(f"{number:f}" for number in found) == numbers


@pytest.mark.parametrize(("first", "last", "narrow"), [
    ("2026-07-01", "2026-12-31", "Jul 2026,Sep,Nov"),
    ("2024-11-30", "2026-11-20", "Jan 2025,Jul,Jan 2026,Jul"),
    ("2026-07-01", "2026-07-31", "1 Jul,8 Jul,15 Jul,22 Jul"),
    ("2006-05-01", "2026-08-15", "2010,2015,2020"),
    ("2026-07-01", "2026-07-01", ""),
])  # fmt: skip
def test_ticks_are_round_dates_that_do_not_touch(first, last, narrow):
    assert ",".join(tick.text for tick in ticks_of(DAY(first), DAY(last)) if tick.is_narrow) == narrow


@pytest.mark.parametrize(("text", "width", "kept"), [
    ("short", 100, "short"), ("two  spaces", 200, "two spaces"), ("abcdefghijkl", 50, "abcdefg…"), ("mmmmmmmm", 60, "mmmmm…"), ("漢字漢字漢字", 60, "漢字漢字…"),
    ("anything", 0, "…"), ("", 10, ""), ("end, of it", 36, "end…"),
])  # fmt: skip
def test_a_text_is_cut_where_its_letters_end(text, width, kept):
    assert cut(text, width, 10) == kept
