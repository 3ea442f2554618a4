"""
When a report is due, and over which days it tells: dates out of "trước ngày 10/11 hằng năm", no holidays.

Pure calendar arithmetic. Which document discharges a period is not known here.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from workflow.content import Recurrence

Day = int | Literal["last"]
Months = int | Sequence[int] | None

_MONTHS_OF = {"yearly": 12, "half_yearly": 6, "quarterly": 3, "monthly": 1}
_CUT_OFF = 14  # a window runs from the 15th to the 14th (NĐ 09/2019/NĐ-CP, thời gian chốt số liệu)
_LEAD = {"yearly": 3, "half_yearly": 1, "quarterly": 0}
_LEAD_DAYS = 7


@dataclass(frozen=True)
class Period:
    """
    One period of an obligation.

    `year` is the year in which it falls due: "trước ngày 01/01/2027" is due on 31/12/2026, so it belongs to
    2026. `key` names the window of data, once in an obligation: 2026 · 2026-H1 · 2026-Q3 · 2026-11 · once.
    """

    year: int
    key: str
    data_from: date
    data_to: date
    last_on_time: date


def last_on_time(month: int, day: Day, year: int, *, inclusive: bool) -> date:
    """
    The last day on which a report is on time; `year` is the year of the date as written.

    Inclusive ("chậm nhất là ngày 10/11") gives that day, otherwise ("trước ngày 10/11") the day before: for
    "trước ngày 01/01" that lies in the year before. A day the month does not have counts as the end of the
    month: "trước ngày 31" leaves all of February. Raises ValueError for no month or day at all.
    """
    length = monthrange(year, month)[1]
    number = length if day == "last" else day
    if not 1 <= number <= 31:
        raise ValueError(f"no month has a day {day!r}")
    if not inclusive:
        number -= 1
    return date(year, month, 1) + timedelta(days=min(number, length) - 1)


def counted_until(data_from: date, data_to: date, *, on: date) -> date:
    """
    Up to which day a report drawn up on this day counts. Many a window ends after its report is due ("trước ngày 10/11"
    for the year up to 14/12): of days that are yet to come no report says anything.
    """
    return max(data_from, min(data_to, on))


def datable(recurrence: Recurrence, *, due_month: Months, due_day: Day | None) -> bool:
    """Whether the text gives enough to compute dates; if not, the obligation `needs_date` or is ad hoc."""
    try:
        _months(recurrence, due_month, due_day)
    except ValueError:
        return False
    return True


def periods(
    recurrence: Recurrence,
    *,
    due_month: Months,
    due_day: Day | None,
    inclusive: bool,
    first_after: date,
    until: date,
) -> list[Period]:
    """
    The periods with a last on-time day after `first_after` (the plan's issue) and not after `until`.

    What a period is follows from its due date alone, so asking again, or in pieces, gives the same ones, and
    windows follow one another without a gap. Only `once` hangs on `first_after`: it is the first due date
    after it, and its window begins on it. Without months a report is due in the last month of its quarter or
    half-year; one month stands for itself and its repetitions; several must be as many as a year has periods,
    except that a `monthly` report is due in the given months only.

    Raises ValueError, with the reason, if the obligation is not `datable`.
    """
    months = _months(recurrence, due_month, due_day)
    assert due_day is not None  # _months has refused it
    dues = (
        (year, rank, last_on_time(month, due_day, year, inclusive=inclusive))
        for year in range(first_after.year, until.year + 2)
        for rank, month in enumerate(months)
    )
    due = [(year, rank, last) for year, rank, last in dues if first_after < last]
    if recurrence == "once":
        return [Period(last.year, "once", first_after, last, last) for *_, last in due[:1] if last <= until]
    return [
        _period(recurrence, _end_month(recurrence, months, rank, year, due_day), last)
        for year, rank, last in due
        if last <= until
    ]


def _months(recurrence: Recurrence, due_month: Months, due_day: Day | None) -> tuple[int, ...]:
    """The months of a year in which a report is due, in order; ValueError says why there are none."""
    step = 12 if recurrence == "once" else _MONTHS_OF.get(recurrence)
    if step is None or due_day is None or (due_month is None and step == 12):
        raise ValueError(
            f"a report that is {recurrence} in month {due_month} on day {due_day} has no due date"
        )
    if due_day != "last" and not 1 <= due_day <= 31:
        raise ValueError(f"no month has a day {due_day!r}")
    if due_month is None:
        return tuple(range(step, 13, step))
    given: Iterable[int] = (due_month,) if isinstance(due_month, int) else due_month
    months = tuple(sorted(given))
    if not months or len(set(months)) < len(months) or not all(1 <= month <= 12 for month in months):
        raise ValueError(f"{due_month} are no months")
    if recurrence == "monthly":
        return months
    if len(months) == 1:
        return tuple(sorted((months[0] - 1 + shift) % 12 + 1 for shift in range(0, 12, step)))
    if len(months) != 12 // step:
        raise ValueError(f"a {recurrence} report is not due in {len(months)} months of a year")
    ends = (_end_month(recurrence, months, rank, 0, 1) for rank in range(len(months)))
    if any(month - 1 <= end - step for month, end in zip(months, ends, strict=True)):
        raise ValueError(f"months {months} ask for a report before its window has begun")
    return months


def _end_month(recurrence: Recurrence, months: tuple[int, ...], rank: int, year: int, due_day: Day) -> int:
    """
    The month in which the window of this due date ends, counted from month 0 of year 0.

    A report is about the window that ends in its month or ended before. A yearly one may come up to three
    months ahead of the cut-off (in November for the year, as the plans ask), a half-yearly one a month, a
    monthly one a week; the report is then `partial`. This is our judgement: the decree sets the windows only.
    Only the first due date of a year is judged, the others follow it, so that months spaced unevenly
    (3, 6, 9, 11) still give each quarter once.
    """
    if recurrence == "monthly":
        early = due_day != "last" and due_day <= _CUT_OFF - _LEAD_DAYS
        return year * 12 + months[rank] - 1 - (1 if early else 0)
    step = _MONTHS_OF[recurrence]
    return (year * 12 + months[0] + _LEAD[recurrence]) // step * step - 1 + rank * step


def _period(recurrence: Recurrence, end_month: int, last: date) -> Period:
    step = _MONTHS_OF[recurrence]
    start = end_month - step
    year, month = end_month // 12, end_month % 12 + 1
    names = {
        "yearly": "",
        "half_yearly": f"-H{month // 6}",
        "quarterly": f"-Q{month // 3}",
        "monthly": f"-{month:02}",
    }
    return Period(
        year=last.year,
        key=f"{year}{names[recurrence]}",
        data_from=date(start // 12, start % 12 + 1, _CUT_OFF + 1),
        data_to=date(year, month, _CUT_OFF),
        last_on_time=last,
    )
