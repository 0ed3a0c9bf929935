"""Partial dates: one order, the one of the days that they may mean."""

import contextlib
import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from bragfolio.model.role import End
from bragfolio.model.scalars import Moment, PartialDate, ScalarError

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))


@st.composite
def partial_dates(draw):
    """Draw a date of any precision, close enough to others to tie with them."""
    day = draw(DAYS | st.sampled_from([dt.date(2024, 1, 31), dt.date(2024, 2, 29), dt.date(2024, 12, 31)]))
    return PartialDate.parse(draw(st.sampled_from([f"{day:%Y}", f"{day:%Y-%m}", f"{day:%Y-%m-%d}"])))


@given(partial_dates())
def test_a_date_is_printed_as_it_was_written(date):
    assert PartialDate.parse(str(date)) == date
    assert date.first_day <= date.last_day
    assert str(date.first_day).startswith(str(date))
    assert str(date.last_day).startswith(str(date))
    assert not str(date.last_day + dt.timedelta(1)).startswith(str(date))


@given(partial_dates(), partial_dates(), partial_dates())
def test_dates_have_one_order(one, two, three):
    assert (one < two) + (one == two) + (one > two) == 1
    assert (one == two) == (str(one) == str(two))
    assert one == two or hash(one) != hash(two) or str(one) != str(two)
    if one <= two <= three:
        assert one <= three
    assert sorted([one, two, three]) == sorted([three, one, two])


@given(partial_dates(), partial_dates())
def test_a_later_last_day_is_later_and_of_one_last_day_the_vaguer_comes_first(one, two):
    if one.last_day != two.last_day:
        assert (one < two) == (one.last_day < two.last_day)
    elif len(str(one)) < len(str(two)):
        assert one < two


@given(partial_dates())
def test_present_ends_after_every_date(date):
    assert date < End.parse("present")


@given(st.datetimes(dt.datetime(1900, 1, 2), dt.datetime(2199, 12, 30)), st.integers(-14 * 60, 14 * 60))  # noqa: DTZ001 - made aware below
def test_an_instant_falls_on_the_day_that_the_clock_of_the_zone_shows(time, minutes):
    zone = dt.timezone(dt.timedelta(minutes=minutes))
    moment = Moment.parse(time.replace(microsecond=0, tzinfo=zone).isoformat())
    assert moment.day(zone) == time.date()
    assert abs(moment.day(dt.UTC) - time.date()) <= dt.timedelta(1)


@given(st.text(max_size=12) | st.from_regex(r"[0-9]{1,5}(-[0-9]{1,3}){0,3}", fullmatch=True))
def test_text_is_a_date_or_refused_and_never_breaks_the_parser(text):
    for kind in (PartialDate, End, Moment):
        with contextlib.suppress(ScalarError):
            date = kind.parse(text)
            assert kind is not PartialDate or str(date) == text
