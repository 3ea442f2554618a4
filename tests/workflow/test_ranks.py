"""Nearest ranks and forecasts: always a value that was there, and none from too few."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.ranks import FEWEST, forecast, nearest_rank, outlasting, spread

spans = st.lists(st.integers(0, 10_000).map(lambda n: timedelta(minutes=n)), max_size=60)


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        ([15, 20, 35, 40, 50], 30, 20),
        ([15, 20, 35, 40, 50], 40, 20),
        ([15, 20, 35, 40, 50], 50, 35),
        ([15, 20, 35, 40, 50], 100, 50),
        ([3, 6, 7, 8, 8, 10, 13, 15, 16, 20], 50, 8),
        ([3, 6, 7, 8, 8, 10, 13, 15, 16, 20], 90, 16),
        ([7], 1, 7),
        ([7], 90, 7),
    ],
)
def test_ranks_are_those_of_the_rule(values, percent, expected):
    assert nearest_rank(values, percent) == expected


@given(st.lists(st.integers(), min_size=1), st.integers(1, 100))
def test_a_rank_is_the_smallest_value_that_enough_do_not_exceed(values, percent):
    ordered = sorted(values)
    rank = nearest_rank(ordered, percent)
    assert rank in values
    assert 100 * sum(value <= rank for value in values) >= percent * len(values)
    assert 100 * sum(value < rank for value in values) < percent * len(values)


@pytest.mark.parametrize("percent", [0, -1, 101])
def test_a_percent_outside_a_hundred_is_refused(percent):
    with pytest.raises(ValueError, match="percent"):
        nearest_rank([1], percent)


def test_nothing_has_no_rank():
    with pytest.raises(ValueError, match="values"):
        nearest_rank([], 50)
    assert spread([]).cases == 0
    assert spread([]).median is None


@given(spans)
def test_the_ninth_decile_is_never_below_the_median(values):
    found = spread(values)
    assert found.cases == len(values)
    if values:
        assert min(values) <= found.median <= found.p90 <= max(values)


@given(spans, st.integers(0, 10_000).map(lambda n: timedelta(minutes=n)))
def test_a_forecast_rests_only_on_what_lasted_longer(values, elapsed):
    ordered = sorted(values)
    longer = [value for value in ordered if value > elapsed]
    found = forecast(ordered, elapsed)
    assert list(outlasting(ordered, elapsed)) == longer
    assert found.cases == len(longer)
    if len(longer) < FEWEST:
        assert found.median is None
        assert found.p90 is None
    else:
        assert elapsed < found.median <= found.p90 <= longer[-1]


def test_waiting_longer_never_brings_the_forecast_nearer():
    ordered = [timedelta(hours=n) for n in range(1, 21)]
    told = [forecast(ordered, timedelta(hours=n)).median for n in range(15)]
    assert told == sorted(told)
    assert forecast(ordered, timedelta(hours=15)).median == timedelta(hours=18)
    assert forecast(ordered, timedelta(hours=16)).median is None
