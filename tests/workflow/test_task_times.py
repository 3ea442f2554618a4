"""When a task is due, out of what plans really write; properties over any years."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from workflow.content import Time
from workflow.reading.times import read_time
from workflow.task_times import again, due_times, lacks_time

APRIL = date(2026, 4, 20)


def said(words: str, *, since: date = APRIL, until_year: int = 2027) -> list[tuple[str, str]]:
    """(period, last day) of each time; "" where there is none."""
    found = due_times(read_time(words), since=since, until_year=until_year)
    return [(due.period, due.last_day.isoformat() if due.last_day else "") for due in found]


@pytest.mark.parametrize(
    ("time", "lacks"),
    [
        (Time(), True),
        (Time("unspecified", "theo yêu cầu"), True),
        (Time("date_before", ""), True),
        (Time("quarters", " \n"), True),
        (Time("continuous", "Thường xuyên"), False),
        (Time("date_before", "Trước ngày 30/6/2026", None, "2026-06-29"), False),
    ],
)
def test_a_time_says_something_only_in_words(time, lacks):
    assert lacks_time(time) is lacks


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Quý III, IV năm 2026", [("2026-Q3", "2026-09-30"), ("2026-Q4", "2026-12-31")]),
        ("Quý I, Quý III năm 2026", [("2026-Q1", "2026-03-31"), ("2026-Q3", "2026-09-30")]),
        ("Quý I - Quý III năm 2026", [("2026-Q1", "2026-03-31"), ("2026-Q2", "2026-06-30"), ("2026-Q3", "2026-09-30")]),
        ("Quý IV năm 2026", [("2026-Q4", "2026-12-31")]),
        ("Năm 2026", [("2026", "2026-12-31")]),
        ("Tháng 02 năm 2028", [("2028-02", "2028-02-29")]),
        ("Trước ngày 30/6/2026", [("once", "2026-06-29")]),
        ("Thường xuyên", [("2026", "2026-12-31"), ("2027", "2027-12-31")]),
        ("Định kỳ và khi có yêu cầu", [("2026", "2026-12-31"), ("2027", "2027-12-31")]),
        ("Năm 2026 và các năm tiếp theo", [("2026", "2026-12-31"), ("2027", "2027-12-31")]),
        ("Hằng năm, trước ngày 15/11", [("2026", "2026-11-14"), ("2027", "2027-11-14")]),
        ("Hằng năm, trước ngày 01/3", [("2027", "2027-02-28")]),
        ("Trước ngày 01/01 hằng năm", [("2026", "2026-12-31"), ("2027", "2027-12-31")]),
        ("Sau khi có hướng dẫn của cấp có thẩm quyền", [("event", "")]),
        ("", [("once", "")]),
    ],
)  # fmt: skip
def test_what_plans_write_gives_these_times(words, expected):
    assert said(words) == expected


def test_a_task_without_a_date_is_never_late_and_one_that_waits_has_not_begun():
    (undated,) = due_times(Time(), since=APRIL, until_year=2026)
    assert (undated.starts_on, undated.last_day) == (APRIL, None)
    (waiting,) = due_times(Time("event", "Khi có thông báo"), since=APRIL, until_year=2026)
    assert (waiting.starts_on, waiting.year) == (None, None)


DAYS = some.dates(date(2000, 1, 1), date(2090, 12, 31))


@given(DAYS, some.sampled_from(["Thường xuyên", "Hằng năm, trước ngày 29/02", "Hằng năm, trước ngày 01/01"]))
def test_years_follow_one_another_without_a_gap_and_continuing_one_gives_the_next(since, words):
    found = due_times(read_time(words), since=since, until_year=since.year + 5)
    years = [due.year for due in found]
    assert years == list(range(years[0], years[0] + len(years)))
    assert years[-1] == since.year + 5
    for earlier, later in pairwise(found):
        next_one = again("yearly_before", earlier.last_day, later.year)
        assert (next_one.period, next_one.year, next_one.starts_on) == (
            later.period,
            later.year,
            later.starts_on,
        )
        assert abs(next_one.last_day - later.last_day) <= timedelta(days=1)  # the 29th of February


@given(DAYS, some.integers(0, 900))
def test_quarters_and_months_of_a_range_cover_it_once(first, length):
    last = first + timedelta(days=length)
    for kind in ("quarters", "month"):
        found = due_times(Time(kind, "", first.isoformat(), last.isoformat()), since=first, until_year=2026)
        assert len({due.period for due in found}) == len(found)
        assert found[0].starts_on <= first
        assert found[-1].last_day >= last
        for earlier, later in pairwise(found):
            assert later.starts_on == earlier.last_day + timedelta(days=1)
