"""
Out of "Quý III, IV năm 2026" or "Thường xuyên": the times at which a task is due, no holidays, no units.

Pure calendar arithmetic over the typed time and the words beside it. A task without a date has no last day, and is
never overdue; one that waits for an event has no first day either, until somebody says that it came.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from workflow.content import Time
from workflow.folding import fold
from workflow.periods import last_on_time

REPEATS = ("continuous", "periodic", "year_onward", "yearly_before")
"""Kinds that come again every year until the plan is closed."""
AWAITS = ("event", "relative")
"""Kinds whose day nobody knows before something happened."""

_QUARTER = re.compile(r"\b(iii|ii|iv|i|[1-4])\b")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_SPAN = re.compile(r"\b(?:iii|ii|iv|i|[1-4])\s*(?:-|–|den)(?:\s|het|quy)*(?:iii|ii|iv|i|[1-4])\b")
_DAY_MONTH = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])")
_INCLUSIVE = re.compile(r"cham nhat|muon nhat|khong (?:muon|cham) hon|den het|han cuoi")


@dataclass(frozen=True)
class Due:
    """
    One time a task is due. `period` names it once within the task: 2026-Q3 · 2026-11 · 2026 · once · event.

    `last_day` is the last day on which it is done in time.
    """

    period: str
    year: int | None
    starts_on: date | None
    last_day: date | None


def lacks_time(time: Time) -> bool:
    """No kind of time, or one of which nothing is said yet: "date_before" without a day prints no line."""
    return time.kind == "unspecified" or not time.raw.strip()


def due_times(time: Time, *, since: date, until_year: int) -> list[Due]:
    """
    Every time from `since`, the day of issue, on; those that repeat up to and including `until_year`.

    What the text puts before the day of issue stays: it was due, and the plan says so.
    """
    return list(_times(time, since, until_year))


def again(kind: str, last_day: date | None, year: int) -> Due:
    """The time in `year` of a task that repeats; `last_day` is that of any earlier year."""
    last = date(year, 12, 31) if last_day is None else _in_year(last_day, year)
    return Due(str(year), year, date(year, 1, 1), last)


def _times(time: Time, since: date, until_year: int) -> Iterator[Due]:
    first, last = _day(time.from_), _day(time.to)
    if time.kind in AWAITS:
        yield Due("event", None, None, None)
    elif time.kind in REPEATS:
        yield from _yearly(time, first, since, until_year)
    elif first is None and last is None:
        yield Due("once", since.year, since, None)
    elif time.kind == "quarters" and first and last:
        yield from _quarters(time.raw, first, last)
    elif time.kind == "month" and first and last:
        yield from _months(first, last)
    elif time.kind == "year" and first and last:
        for year in range(first.year, last.year + 1):
            yield Due(str(year), year, date(year, 1, 1), date(year, 12, 31))
    else:
        day = last or first
        assert day is not None
        yield Due("once", day.year, first if first and last else min(since, day), last)


def _yearly(time: Time, first: date | None, since: date, until_year: int) -> Iterator[Due]:
    month_day = _month_day(time) if time.kind == "yearly_before" else None
    month, day, inclusive = month_day or (12, 31, True)
    begins = max(since, first) if first else since
    for written in range(begins.year, until_year + 2):
        last = last_on_time(month, day, written, inclusive=inclusive)
        # "Trước ngày 01/01" is due in the year before; and as with reports, the first is the first after issue.
        if since <= last and last.year <= until_year:
            yield Due(str(last.year), last.year, max(since, date(last.year, 1, 1)), last)


def _month_day(time: Time) -> tuple[int, int, bool] | None:
    """As "hằng năm, trước ngày 15/11" has it: the month, the day, whether that day still counts."""
    found = _DAY_MONTH.search(time.raw)
    if found is None or not (1 <= int(found[2]) <= 12 and 1 <= int(found[1]) <= 31):
        return None
    return int(found[2]), int(found[1]), _INCLUSIVE.search(fold(time.raw)) is not None


def _quarters(raw: str, first: date, last: date) -> Iterator[Due]:
    """Those named; all of the range where the words give no names, or a span of them."""
    words = fold(raw)
    named = {_QUARTERS.get(sign) or int(sign) for sign in _QUARTER.findall(words)}
    every = not named or _SPAN.search(words) is not None or first.year != last.year
    for year in range(first.year, last.year + 1):
        for quarter in range(1, 5):
            starts = date(year, quarter * 3 - 2, 1)
            if first <= _month_end(year, quarter * 3) and starts <= last and (every or quarter in named):
                yield Due(f"{year}-Q{quarter}", year, starts, _month_end(year, quarter * 3))


def _months(first: date, last: date) -> Iterator[Due]:
    for index in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        year, month = index // 12, index % 12 + 1
        yield Due(f"{year}-{month:02d}", year, date(year, month, 1), _month_end(year, month))


def _month_end(year: int, month: int) -> date:
    return last_on_time(month, "last", year, inclusive=True)


def _in_year(day: date, year: int) -> date:
    """The same day of another year; the last of February for its twenty-ninth."""
    return last_on_time(day.month, day.day, year, inclusive=True)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
