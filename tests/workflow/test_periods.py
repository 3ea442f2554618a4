"""Due dates and data windows: by table where the plans give them, by property everywhere."""

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.periods import Period, counted_until, datable, last_on_time, periods

ONE = timedelta(days=1)


def found(recurrence, month, day, *, inclusive=False, after="2025-12-31", until="2027-12-31"):
    return periods(
        recurrence,
        due_month=month,
        due_day=day,
        inclusive=inclusive,
        first_after=date.fromisoformat(after),
        until=date.fromisoformat(until),
    )


def keys(*args, **kwargs):
    return [item.key for item in found(*args, **kwargs)]


@pytest.mark.parametrize(
    ("month", "day", "year", "before", "at_the_latest"),
    [
        (11, 10, 2026, "2026-11-09", "2026-11-10"),
        (11, 15, 2026, "2026-11-14", "2026-11-15"),
        (12, 1, 2026, "2026-11-30", "2026-12-01"),
        (1, 1, 2027, "2026-12-31", "2027-01-01"),
        (3, 1, 2026, "2026-02-28", "2026-03-01"),
        (3, 1, 2028, "2028-02-29", "2028-03-01"),
        (2, 29, 2026, "2026-02-28", "2026-02-28"),
        (2, 29, 2028, "2028-02-28", "2028-02-29"),
        (2, 31, 2026, "2026-02-28", "2026-02-28"),
        (4, 31, 2026, "2026-04-30", "2026-04-30"),
        (12, "last", 2026, "2026-12-30", "2026-12-31"),
        (2, "last", 2026, "2026-02-27", "2026-02-28"),
        (2, "last", 2028, "2028-02-28", "2028-02-29"),
    ],
)
def test_before_a_day_ends_the_day_before_and_at_the_latest_ends_on_it(
    month, day, year, before, at_the_latest
):
    assert last_on_time(month, day, year, inclusive=False) == date.fromisoformat(before)
    assert last_on_time(month, day, year, inclusive=True) == date.fromisoformat(at_the_latest)


@pytest.mark.parametrize(("month", "day"), [(0, 1), (13, 1), (1, 0), (1, 32), (1, -1)])
def test_no_such_month_or_day_is_refused(month, day):
    with pytest.raises(ValueError, match="month"):
        last_on_time(month, day, 2026, inclusive=True)


@given(st.integers(1, 12), st.integers(1, 31), st.integers(2000, 2100))
def test_a_day_the_month_has_is_taken_as_written(month, day, year):
    if day <= monthrange(year, month)[1]:
        assert last_on_time(month, day, year, inclusive=True) == date(year, month, day)
        assert last_on_time(month, day, year, inclusive=False) == date(year, month, day) - ONE


def test_the_first_period_is_the_first_due_date_after_the_plan():
    """The plan of May 2023 that asks for reports before 10/11 and 15/11 each year."""
    assert keys("yearly", 11, 10, after="2023-05-25", until="2026-11-21") == ["2023", "2024", "2025", "2026"]
    assert keys("yearly", 11, 10, after="2023-11-08", until="2023-12-31") == ["2023"]
    assert keys("yearly", 11, 10, after="2023-11-09", until="2023-12-31") == []
    assert keys("yearly", 11, 10, after="2023-11-10", until="2024-11-09") == ["2024"]
    assert keys("yearly", 11, 10, after="2023-11-10", until="2024-11-08") == []


def told_early(item: Period) -> bool:
    """Whether the report, drawn up on its last day, counts less than its window."""
    return counted_until(item.data_from, item.data_to, on=item.last_on_time) < item.data_to


@pytest.mark.parametrize(
    ("on", "until"),
    [("2025-12-01", "2025-12-15"), ("2026-11-10", "2026-11-10"), ("2026-12-14", "2026-12-14"),
     ("2027-02-01", "2026-12-14")],
)  # fmt: skip
def test_a_report_counts_up_to_the_day_it_is_drawn_up_and_never_past_its_window(on, until):
    window = date(2025, 12, 15), date(2026, 12, 14)
    assert counted_until(*window, on=date.fromisoformat(on)) == date.fromisoformat(until)


def test_a_yearly_report_tells_of_15_12_to_14_12_and_says_when_it_comes_before_the_end():
    (tier_one,) = found("yearly", 11, 10, until="2026-12-31")
    (tier_two,) = found("yearly", 12, 20, until="2026-12-31")
    for period in (tier_one, tier_two):
        assert (period.year, period.key) == (2026, "2026")
        assert (period.data_from, period.data_to) == (date(2025, 12, 15), date(2026, 12, 14))
    assert (tier_one.last_on_time, told_early(tier_one)) == (date(2026, 11, 9), True)
    assert (tier_two.last_on_time, told_early(tier_two)) == (date(2026, 12, 19), False)


def test_before_the_first_of_january_belongs_to_the_year_that_ends():
    (period,) = found("yearly", 1, 1, after="2026-06-01", until="2026-12-31")
    assert (period.year, period.key, period.last_on_time) == (2026, "2026", date(2026, 12, 31))
    assert period.data_to == date(2026, 12, 14)


def test_a_yearly_report_early_in_a_year_tells_of_the_year_before():
    (period,) = found("yearly", 1, 15, until="2026-12-31")
    assert (period.year, period.key, period.data_to) == (2026, "2025", date(2025, 12, 14))


@pytest.mark.parametrize(
    ("month", "day", "expected"),
    [
        (None, 15, [("2026-Q1", "2025-12-15", "2026-03-14"), ("2026-Q2", "2026-03-15", "2026-06-14"),
                    ("2026-Q3", "2026-06-15", "2026-09-14"), ("2026-Q4", "2026-09-15", "2026-12-14")]),
        ((3, 6, 9, 11), 20, [("2026-Q1", "2025-12-15", "2026-03-14"), ("2026-Q2", "2026-03-15", "2026-06-14"),
                             ("2026-Q3", "2026-06-15", "2026-09-14"),
                             ("2026-Q4", "2026-09-15", "2026-12-14")]),
        (4, 5, [("2025-Q4", "2025-09-15", "2025-12-14"), ("2026-Q1", "2025-12-15", "2026-03-14"),
                ("2026-Q2", "2026-03-15", "2026-06-14"), ("2026-Q3", "2026-06-15", "2026-09-14")]),
    ],
)  # fmt: skip
def test_quarters_run_from_the_15th_to_the_14th(month, day, expected):
    got = found("quarterly", month, day, until="2026-12-31")
    assert [(item.key, str(item.data_from), str(item.data_to)) for item in got] == expected


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        (None, ["2026-H1", "2026-H2"]),
        (6, ["2026-H1", "2026-H2"]),
        (12, ["2026-H1", "2026-H2"]),
        ((6, 11), ["2026-H1", "2026-H2"]),
        ([7, 1], ["2025-H2", "2026-H1"]),
    ],
)
def test_half_years_run_from_15_12_to_14_6_and_on_to_14_12(month, expected):
    got = found("half_yearly", month, 20, until="2026-12-31")
    assert [item.key for item in got] == expected
    windows = {
        "2025-H2": (date(2025, 6, 15), date(2025, 12, 14)),
        "2026-H1": (date(2025, 12, 15), date(2026, 6, 14)),
        "2026-H2": (date(2026, 6, 15), date(2026, 12, 14)),
    }
    assert [(item.data_from, item.data_to) for item in got] == [windows[key] for key in expected]


def test_months_run_from_the_15th_of_the_month_before():
    year = found("monthly", None, 20, until="2026-12-31")
    assert [item.key for item in year] == [f"2026-{month:02}" for month in range(1, 13)]
    assert (year[0].data_from, year[0].data_to) == (date(2025, 12, 15), date(2026, 1, 14))
    assert (year[2].data_from, year[2].data_to) == (date(2026, 2, 15), date(2026, 3, 14))


def test_a_monthly_report_in_the_first_week_tells_of_the_month_before():
    (early,) = found("monthly", None, 5, after="2026-10-31", until="2026-11-30")
    assert (early.key, early.last_on_time, told_early(early)) == ("2026-10", date(2026, 11, 4), False)
    (later,) = found("monthly", None, 10, after="2026-10-31", until="2026-11-30")
    assert (later.key, later.last_on_time, told_early(later)) == ("2026-11", date(2026, 11, 9), True)


def test_the_last_day_of_each_month_follows_the_month():
    days = [
        item.last_on_time.day for item in found("monthly", None, "last", inclusive=True, until="2026-04-30")
    ]
    assert days == [31, 28, 31, 30]
    assert found("monthly", None, 31, inclusive=True) == found("monthly", None, "last", inclusive=True)


def test_a_monthly_report_may_be_due_in_some_months_only():
    assert keys("monthly", (1, 2, 4, 5), 25, until="2026-12-31") == [
        "2026-01",
        "2026-02",
        "2026-04",
        "2026-05",
    ]


def test_once_is_the_first_such_date_after_the_plan_and_tells_since_then():
    (period,) = found("once", 11, 15, after="2026-11-14", until="2030-12-31")
    assert (period.year, period.key, period.last_on_time) == (2027, "once", date(2027, 11, 14))
    assert (period.data_from, period.data_to) == (date(2026, 11, 14), date(2027, 11, 14))
    assert found("once", 11, 15, after="2026-11-14", until="2027-11-13") == []
    assert found("once", 1, 1, after="2026-12-30", until="2026-12-31")[0].year == 2026


@pytest.mark.parametrize("recurrence", ["yearly", "quarterly", "monthly", "once"])
def test_nothing_is_due_in_a_span_that_ends_before_it_begins(recurrence):
    assert found(recurrence, 11, 10, after="2027-01-01", until="2025-01-01") == []


@pytest.mark.parametrize(
    ("recurrence", "month", "day"),
    [("ad_hoc", 11, 10), ("unspecified", 11, 10), ("yearly", None, 10), ("yearly", 11, None),
     ("once", None, 1), ("monthly", None, None), ("quarterly", 3, None)],
)  # fmt: skip
def test_an_obligation_without_a_date_is_never_silently_dropped(recurrence, month, day):
    assert not datable(recurrence, due_month=month, due_day=day)
    with pytest.raises(ValueError, match="no due date"):
        found(recurrence, month, day)


@pytest.mark.parametrize(
    ("recurrence", "month"),
    [("yearly", (6, 12)), ("once", (6, 12)), ("half_yearly", (3, 6, 9)), ("quarterly", (3, 9)),
     ("yearly", 13), ("quarterly", (9, 10, 11, 12)), ("half_yearly", (5, 6)),
     ("yearly", 0), ("monthly", (1, 1)), ("quarterly", (3, 6, 9, 9)), ("yearly", ())],
)  # fmt: skip
def test_months_that_do_not_fit_the_recurrence_are_refused(recurrence, month):
    assert not datable(recurrence, due_month=month, due_day=10)
    with pytest.raises(ValueError, match="month"):
        found(recurrence, month, 10)


@pytest.mark.parametrize("day", [0, 32, -1])
def test_a_day_that_no_month_has_gives_no_dates(day):
    assert not datable("yearly", due_month=11, due_day=day)
    with pytest.raises(ValueError, match="no month has"):
        found("yearly", 11, day)


MONTH = st.integers(1, 12)


@st.composite
def any_obligation(draw):
    recurrence = draw(st.sampled_from(["yearly", "half_yearly", "quarterly", "monthly"]))
    count = {"yearly": 1, "half_yearly": 2, "quarterly": 4, "monthly": 12}[recurrence]
    several = st.lists(MONTH, min_size=count, max_size=count, unique=True).map(tuple)
    one = MONTH if recurrence != "monthly" else st.none()
    none = st.none() if recurrence != "yearly" else MONTH
    return {
        "recurrence": recurrence,
        "due_month": draw(one | several | none),
        "due_day": draw(st.integers(1, 31) | st.just("last")),
        "inclusive": draw(st.booleans()),
    }


def makes_sense(obligation):
    return datable(obligation["recurrence"], due_month=obligation["due_month"], due_day=obligation["due_day"])


OBLIGATIONS = any_obligation().filter(makes_sense)
SPANS = st.tuples(*[st.dates(date(2019, 1, 1), date(2029, 12, 31))] * 3).map(sorted)
PER_YEAR = {"yearly": 1, "half_yearly": 2, "quarterly": 4, "monthly": 12}


@given(OBLIGATIONS, SPANS)
def test_windows_follow_one_another_without_gap_or_overlap(obligation, span):
    got = periods(**obligation, first_after=span[0], until=span[2])
    for one, two in pairwise(got):
        assert two.data_from == one.data_to + ONE
        assert one.last_on_time < two.last_on_time
    assert len({item.key for item in got}) == len(got)


@given(OBLIGATIONS, SPANS)
def test_asking_in_pieces_gives_the_same_periods(obligation, span):
    first, middle, last = span
    whole = periods(**obligation, first_after=first, until=last)
    assert whole == periods(**obligation, first_after=first, until=last)
    parts = periods(**obligation, first_after=first, until=middle) + periods(
        **obligation, first_after=middle, until=last
    )
    assert parts == whole


@given(OBLIGATIONS, SPANS)
def test_due_dates_stay_within_the_span_and_near_their_window(obligation, span):
    length = 366 // PER_YEAR[obligation["recurrence"]] + 2
    # A list may space its months unevenly; a single month, or none, spaces them evenly.
    latest = 366 if isinstance(obligation["due_month"], tuple) else length
    for item in periods(**obligation, first_after=span[0], until=span[2]):
        assert span[0] < item.last_on_time <= span[2]
        assert item.year == item.last_on_time.year
        assert (item.data_from.day, item.data_to.day) == (15, 14)
        assert item.data_from <= item.last_on_time <= item.data_to + latest * ONE
        assert told_early(item) == (item.last_on_time < item.data_to)
        assert counted_until(item.data_from, item.data_to, on=item.last_on_time) <= item.last_on_time


@given(OBLIGATIONS, st.integers(2019, 2028))
def test_every_year_brings_as_many_windows_as_it_has(obligation, year):
    got = periods(**obligation, first_after=date(year - 2, 1, 1), until=date(year + 2, 12, 31))
    assert sum(item.key.startswith(str(year)) for item in got) == PER_YEAR[obligation["recurrence"]]
