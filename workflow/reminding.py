"""On which days a report that is owed is brought to mind: pure arithmetic over working days, no clock, no rows."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from workflow.workdays import add_workdays, aim_day, is_workday, next_workday, previous_workday

AHEAD = (30, 14, 7, 3)
"""Calendar days before the aimed day; one that is a day off moves to the working day before (domain.md 4.6)."""

LAST = 1
"""The last working day before the aimed day."""

LATE = 0
"""Every working day after the last on-time day, until the report is there."""


@lru_cache(maxsize=4096)
def reminder_days(last_on_time: date) -> Mapping[int, date]:
    """
    Stage → its day, each a working day, in the order of time. Where several stages fall on one day, as before
    a long holiday, only the nearest to the deadline stands: nobody is told the same thing twice on a day.
    """
    aim = aim_day(last_on_time)
    days = {stage: _worked(aim - timedelta(days=stage)) for stage in AHEAD}
    days[LAST] = add_workdays(aim, -LAST)
    nearest = {day: stage for stage, day in days.items()}
    return MappingProxyType({stage: day for day, stage in sorted(nearest.items())})


def stage_on(today: date, last_on_time: date) -> int | None:
    """
    What stands to be said today: the latest stage whose day has come, LATE after the deadline. None before the
    first, and on days off once it is late. Stages missed while nothing ran are not made up for.
    """
    if today > last_on_time:
        return LATE if is_workday(today) else None
    come = [stage for stage, day in reminder_days(last_on_time).items() if day <= today]
    return come[-1] if come else None


def next_reminder(today: date, last_on_time: date) -> date:
    """The first day after `today` on which there is something to say if the report is still not there."""
    coming = [day for day in reminder_days(last_on_time).values() if day > today]
    return coming[0] if coming else next_workday(max(today, last_on_time))


def first_reminder(last_on_time: date) -> date:
    """The day of the earliest stage."""
    return next(iter(reminder_days(last_on_time).values()))


def _worked(day: date) -> date:
    return day if is_workday(day) else previous_workday(day)
