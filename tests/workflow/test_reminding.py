"""The days of reminders: thirty, fourteen, seven, three days and one working day before, then every working day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.reminding import LATE, first_reminder, next_reminder, reminder_days, stage_on
from workflow.workdays import aim_day, is_workday, previous_workday

ONE = timedelta(days=1)
DEADLINES = st.dates(date(2023, 1, 1), date(2029, 12, 31))


def test_before_10_november_2026_is_said_on_five_days():
    """Due until Monday 9/11: 10/10 is a Saturday, so the first comes the day before; T-3 falls on T-1's Friday."""
    assert reminder_days(date(2026, 11, 9)) == {
        30: date(2026, 10, 9),
        14: date(2026, 10, 26),
        7: date(2026, 11, 2),
        1: date(2026, 11, 6),
    }


def test_a_deadline_on_a_day_off_is_aimed_at_from_the_working_day_before():
    """Due until Sunday 15/11/2026: offices close on Friday 13/11."""
    assert aim_day(date(2026, 11, 15)) == date(2026, 11, 13)
    assert reminder_days(date(2026, 11, 15))[1] == date(2026, 11, 12)
    assert stage_on(date(2026, 11, 14), date(2026, 11, 15)) == 1
    assert stage_on(date(2026, 11, 16), date(2026, 11, 15)) == LATE


def test_over_tet_only_the_nearest_of_the_reminders_on_one_day_is_said():
    """Tết 2026 closes offices from 14/2 to 22/2: what is due on the 23rd is said for the last time on the 13th."""
    days = reminder_days(date(2026, 2, 23))
    assert days[1] == date(2026, 2, 13)
    assert 3 not in days
    assert 7 not in days


@pytest.mark.parametrize(
    ("today", "stage"),
    [(date(2026, 10, 8), None), (date(2026, 10, 9), 30), (date(2026, 10, 25), 30), (date(2026, 10, 26), 14),
     (date(2026, 11, 6), 1), (date(2026, 11, 9), 1), (date(2026, 11, 10), LATE), (date(2026, 11, 14), None)],
)  # fmt: skip
def test_what_stands_to_be_said_on_a_day(today, stage):
    assert stage_on(today, date(2026, 11, 9)) == stage


@given(DEADLINES)
def test_every_reminder_falls_on_a_working_day_before_the_aimed_day(last):
    days = reminder_days(last)
    assert list(days.values()) == sorted(set(days.values()))
    assert list(days) == sorted(days, reverse=True)
    assert all(is_workday(day) and day < aim_day(last) for day in days.values())
    assert days[1] == previous_workday(aim_day(last))
    for stage in set(days) - {1}:
        named = aim_day(last) - timedelta(days=stage)
        assert days[stage] <= named
        assert not any(is_workday(day) for day in _between(days[stage], named))


@given(DEADLINES, st.integers(20, 60))
def test_one_who_looks_every_day_is_told_each_stage_once_and_each_late_working_day_once(last, ahead):
    told = _told(last, [last - timedelta(days=ahead) + n * ONE for n in range(ahead + 20)])
    stages = [stage for _, stage in told if stage != LATE]
    missed = {stage for stage, day in reminder_days(last).items() if day < last - timedelta(days=ahead)}
    assert len(stages) == len(set(stages))
    assert set(reminder_days(last)) - missed <= set(stages)
    late = [day for day, stage in told if stage == LATE]
    assert late == [last + n * ONE for n in range(1, 20) if is_workday(last + n * ONE)]


@given(DEADLINES, st.sets(st.integers(-60, 30), max_size=25))
def test_however_seldom_one_looks_no_stage_comes_twice_and_none_goes_back(last, offsets):
    told = _told(last, [last + n * ONE for n in sorted(offsets)])
    stages = [stage for _, stage in told if stage != LATE]
    assert stages == sorted(set(stages), reverse=True)
    assert len({day for day, _ in told}) == len(told)
    assert all(day > last for day, stage in told if stage == LATE)


@given(DEADLINES, st.integers(-60, 30))
def test_the_next_reminder_lies_ahead_and_nothing_new_stands_in_between(last, offset):
    today = last + offset * ONE
    following = next_reminder(today, last)
    assert following > today
    assert is_workday(following)
    assert first_reminder(last) <= last - 4 * ONE
    now = stage_on(today, last)
    for day in _between(today, following):
        assert stage_on(day, last) in ({now, None} if now != LATE else {None}), day


def _told(last: date, days: list[date]) -> list[tuple[date, int]]:
    """As the tick keeps it: spoken of at first sight, then not before the day that was noted."""
    following: date | None = None
    told = []
    for day in days:
        stage = stage_on(day, last)
        if stage is not None and (following is None or following <= day):
            told.append((day, stage))
            following = next_reminder(day, last)
    return told


def _between(start: date, end: date) -> list[date]:
    return [start + n * ONE for n in range(1, (end - start).days)]
