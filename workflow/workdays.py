"""
Working days and deadlines as an agency in Việt Nam counts them; it never asks what time it is.

Instants carry a zone (ValueError without one) and are judged by their date in Asia/Ho_Chi_Minh. Holidays,
substitute days and working Saturdays come from the library `holidays`, loaded at first use, under our
corrections in definitions/catalogue/holidays.yaml. Calendars get corrected: store a deadline once computed.
"""

from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from workflow.periods import Period as Period
from workflow.periods import datable as datable
from workflow.periods import last_on_time as last_on_time
from workflow.periods import periods as periods
from workflow.shape import refuse, shape
from workflow.yaml_file import read_yaml

VN = ZoneInfo("Asia/Ho_Chi_Minh")
CORRECTIONS = Path(__file__).resolve().parents[1] / "definitions" / "catalogue" / "holidays.yaml"

_ONE = timedelta(days=1)
_SATURDAY = 5
_SHIFTS = ((time(8), time(12)), (time(13), time(17)))  # of an agency's working day


class Correction(Struct, frozen=True, forbid_unknown_fields=True):
    """A day on which the announced calendar differs from the library's: worked, or off."""

    day: date
    work: bool
    name: str
    source: str


class _Corrections(Struct, frozen=True, forbid_unknown_fields=True):
    days: tuple[Correction, ...]


def load_corrections(path: Path = CORRECTIONS) -> tuple[Correction, ...]:
    """DefinitionError lists every fault of the file: its shape, a day that stands twice or has no source."""
    days = shape(read_yaml(path), _Corrections, file=path.name).days
    faults, seen = [], set()
    for item in days:
        if item.day in seen:
            faults.append(f"days: {item.day} stands twice")
        if not item.source.strip() or not item.name.strip():
            faults.append(f"days: {item.day} has no name or no source")
        seen.add(item.day)
    refuse(faults, file=path.name)
    return days


def vn_date(instant: datetime) -> date:
    """The date in Việt Nam at an instant: 17:00 UTC is already tomorrow."""
    return _local(instant).date()


def vn_midnight(day: date) -> datetime:
    """The instant at which this date begins in Việt Nam: 17:00 UTC of the day before."""
    return datetime.combine(day, time(0), VN)


def is_workday(day: date) -> bool:
    """Whether public offices work on this date. TypeError for a datetime, which has no date of its own."""
    if isinstance(day, datetime):
        raise TypeError("a working day is a date; take vn_date of an instant")
    off, worked = _calendar(day.year)
    return day in worked or (day.weekday() < _SATURDAY and day not in off)


def next_workday(day: date) -> date:
    """The first working day after `day`."""
    return add_workdays(day, 1)


def previous_workday(day: date) -> date:
    """The last working day before `day`."""
    return add_workdays(day, -1)


def add_workdays(day: date, n: int) -> date:
    """The n-th working day after `day`, before it for negative n; `day` itself, worked or not, for 0."""
    step = _ONE if n > 0 else -_ONE
    left = abs(n)
    while left:
        day += step
        left -= is_workday(day)
    return day


def workdays_between(start: date, end: date) -> int:
    """
    How many working days one steps on in going from `start` (not counted) to `end` (counted); negative back.

    So workdays_between(day, add_workdays(day, n)) is n for every n.
    """
    step = _ONE if end > start else -_ONE
    count, day = 0, start
    while day != end:
        day += step
        count += is_workday(day)
    return count if end > start else -count


def working_hours_between(start: datetime, end: datetime) -> timedelta:
    """Working time (08:00–12:00 and 13:00–17:00 of working days) between two instants; negative backwards."""
    if end < start:
        return -working_hours_between(end, start)
    begin, finish = _local(start), _local(end)
    total, day = timedelta(0), begin.date()
    while day <= finish.date():
        if is_workday(day):
            for opens, closes in _SHIFTS:
                since = max(begin, datetime.combine(day, opens, VN))
                until = min(finish, datetime.combine(day, closes, VN))
                total += max(until - since, timedelta(0))
        day += _ONE
    return total


def aim_day(last_on_time: date) -> date:
    """The day reminders aim at: the last on-time day, or the working day before it if offices are closed."""
    return last_on_time if is_workday(last_on_time) else previous_workday(last_on_time)


def is_late(submitted: datetime, last_on_time: date) -> int:
    """Calendar days late, 0 if on time: judged by the date in Việt Nam, working day or not (domain.md 6)."""
    return max(0, (vn_date(submitted) - last_on_time).days)


def issue_aim(signed: datetime) -> date:
    """The day a signed document should go out: that same day, or the next working day after a day off."""
    day = vn_date(signed)
    return day if is_workday(day) else next_workday(day)


def issue_deadline(signed: datetime) -> date:
    """The last day a signed document may go out: the next working day (NĐ 30/2020, Điều 18 khoản 1)."""
    return next_workday(vn_date(signed))


@cache
def _calendar(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """(days off, days worked although at a weekend or on a holiday) of one year."""
    from holidays import country_holidays  # here, because it costs more than all the rest of the start

    library = country_holidays("VN", years=range(max(year - 1, 1), min(year + 1, 9999) + 1), expand=False)
    off, worked = set(library), set(library.weekend_workdays)
    for correction in _corrections():
        (worked if correction.work else off).add(correction.day)
        (off if correction.work else worked).discard(correction.day)
    return frozenset(day for day in off if day.year == year), frozenset(
        day for day in worked if day.year == year
    )


@cache
def _corrections() -> tuple[Correction, ...]:
    return load_corrections()


def _local(instant: datetime) -> datetime:
    if instant.utcoffset() is None:
        raise ValueError("an instant needs its zone")
    return instant.astimezone(VN)


def in_figures(day: date) -> str:
    """03/11/2026, 24/4/2026: a zero before days under 10 and months 1 and 2 (NĐ 30/2020, Phụ lục I)."""
    return f"{day.day:02d}/{_month(day)}/{day.year}"


def day_and_month(day: date) -> str:
    """03/11, 24/4: the same without the year."""
    return f"{day.day:02d}/{_month(day)}"


def _month(day: date) -> str:
    return f"{day.month:02d}" if day.month < 3 else str(day.month)
