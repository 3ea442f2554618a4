"""Believable moments: inside working hours of working days, in order, never later than asked."""

from datetime import UTC, date, datetime, time, timedelta

from workflow.workdays import VN, is_workday

SHIFTS = ((time(8, 5), time(11, 20)), (time(13, 35), time(16, 50)))
STEP = timedelta(minutes=7)


def at(day: date, clock: time) -> datetime:
    """This time of this day in Việt Nam, as an instant in UTC."""
    return datetime.combine(day, clock, VN).astimezone(UTC)


def spread(start: datetime, end: datetime, count: int) -> list[datetime]:
    """
    `count` instants from `start` to `end`, evenly over the working hours between them.

    Where too few working hours lie between, those of the other days are taken; where these do not suffice
    either, the instants stand evenly at any hour. ValueError if `end` is before `start`.
    """
    if end < start:
        raise ValueError(f"{end} is before {start}")
    for any_day in (False, True):
        found = _slots(start, end, any_day=any_day)
        if len(found) >= count:
            return [found[(2 * place + 1) * len(found) // (2 * count)] for place in range(count)]
    return [start + (end - start) * place / count for place in range(count)]


def _slots(start: datetime, end: datetime, *, any_day: bool) -> list[datetime]:
    found = []
    day, last = start.astimezone(VN).date(), end.astimezone(VN).date()
    while day <= last:
        if any_day or is_workday(day):
            for opens, closes in SHIFTS:
                moment, until = at(day, opens), min(at(day, closes), end)
                while moment <= until:
                    if moment >= start:
                        found.append(moment)
                    moment += STEP
        day += timedelta(days=1)
    return found
