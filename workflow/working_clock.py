"""Working time between many instants at once, and the day on which some of it has passed; counted, never walked."""

from datetime import date, datetime, timedelta
from functools import cache
from itertools import accumulate

from workflow.workdays import VN, is_workday

DAY = timedelta(hours=8)
"""The working time of one working day (08:00–12:00 and 13:00–17:00)."""

_MORNING, _NOON, _AFTER, _EVENING = 8 * 3600, 12 * 3600, 13 * 3600, 17 * 3600
_ONE = timedelta(days=1)


def working_time(start: datetime, end: datetime) -> timedelta:
    """
    What `workdays.working_hours_between` gives, without walking the days: a page asks for thousands of spans.

    Instants carry a zone; negative backwards.
    """
    if end < start:
        return -working_time(end, start)
    begin, finish = start.astimezone(VN), end.astimezone(VN)
    days = _workdays_before(finish.date()) - _workdays_before(begin.date())
    if finish.year != begin.year:
        days += sum(_before(year)[-1] for year in range(begin.year, finish.year))
    return days * DAY + _within(finish) - _within(begin)


def day_after_working(start: datetime, span: timedelta) -> date:
    """The day in Việt Nam on which this much working time has passed since `start`; the day of `start` for none."""
    here = start.astimezone(VN)
    day, left = here.date(), span + _within(here)
    if span <= timedelta(0):
        return day
    while not is_workday(day) or left > DAY:
        left -= DAY if is_workday(day) else timedelta(0)
        day += _ONE
    return day


def _within(moment: datetime) -> timedelta:
    """The working time of this day that has passed by this moment on the clock of Việt Nam."""
    if not is_workday(moment.date()):
        return timedelta(0)
    at = moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1_000_000
    morning = min(max(at, _MORNING), _NOON) - _MORNING
    return timedelta(seconds=morning + min(max(at, _AFTER), _EVENING) - _AFTER)


def _workdays_before(day: date) -> int:
    """Working days of its year before this one."""
    return _before(day.year)[day.toordinal() - date(day.year, 1, 1).toordinal()]


@cache
def _before(year: int) -> tuple[int, ...]:
    """Of each day of the year how many working days lie before it; the last number is that of the whole year."""
    first = date(year, 1, 1)
    length = (date(year, 12, 31) - first).days + 1
    return (0, *accumulate(int(is_workday(first + timedelta(days=n))) for n in range(length)))
