"""Counted working time is the walked one, at every edge of a day, a weekend, Tết and a year."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.workdays import VN, is_workday, vn_date, working_hours_between
from workflow.working_clock import DAY, day_after_working, working_time

instants = st.datetimes(datetime(2022, 12, 1), datetime(2027, 2, 28)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001


def at(day: int, hour: int, minute: int = 0, month: int = 4) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VN)


@given(instants, st.timedeltas(-timedelta(days=90), timedelta(days=90)))
def test_it_agrees_with_the_walk_to_the_microsecond(start, span):
    gap = working_time(start, start + span) - working_hours_between(start, start + span)
    assert abs(gap) <= timedelta(microseconds=2)


def test_it_agrees_over_two_turns_of_the_year():
    start, end = datetime(2024, 11, 29, 3, tzinfo=UTC), datetime(2026, 2, 27, 9, 30, tzinfo=UTC)
    assert working_time(start, end) == working_hours_between(start, end)


@pytest.mark.parametrize(
    ("start", "span", "day"),
    [
        (at(20, 8), timedelta(0), 20),
        (at(20, 8), timedelta(hours=8), 20),  # a Monday: till 17:00
        (at(20, 8), timedelta(hours=8, minutes=1), 21),
        (at(20, 16), timedelta(hours=1), 20),
        (at(20, 16), timedelta(hours=2), 21),
        (at(24, 16), timedelta(hours=2), 28),  # Friday; Monday 27/4 stands in for Giỗ Tổ
        (at(25, 10), timedelta(minutes=1), 28),  # begun on a Saturday
        (at(20, 23), timedelta(hours=1), 21),
    ],
)
def test_the_day_is_the_one_on_which_that_time_has_passed(start, span, day):
    assert day_after_working(start, span) == date(2026, 4, day)


@given(instants, st.timedeltas(timedelta(minutes=1), timedelta(hours=400)))
def test_the_day_is_worked_and_the_first_that_is_enough(start, span):
    day = day_after_working(start, span)
    ends = datetime(day.year, day.month, day.day, 23, 59, tzinfo=VN)
    before = datetime(day.year, day.month, day.day, tzinfo=VN)
    assert is_workday(day)
    assert day >= vn_date(start)
    assert working_time(start, ends) >= span - timedelta(microseconds=5)
    assert before < start or working_time(start, before) < span + timedelta(microseconds=5)


def test_a_working_day_is_eight_hours():
    assert working_time(at(20, 0), at(21, 0)) == DAY == timedelta(hours=8)
