"""
When a task is due, as fields a person can fill, and the words those fields make; it judges nothing.

What nobody touched comes back as it was stored. Words typed by hand win over words made from the fields.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec

from workflow.content import Time
from workflow.numerals import romans
from workflow.reading.times import read_time

QUARTERS = romans(4)
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_DAY_MONTH = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})(?![\d/])")
_YEAR = re.compile(r"(?<!\d)((?:19|20|21)\d\d)(?!\d)")
_MONTH = re.compile(r"tháng\s+(\d{1,2})", re.IGNORECASE)
_LATEST = re.compile(r"chậm nhất|muộn nhất|không muộn hơn|đến hết|hạn cuối", re.IGNORECASE)


@dataclass(frozen=True)
class When:
    """The fields of one time as typed; which of them count depends on `kind`."""

    kind: str = "unspecified"
    quarters: tuple[str, ...] = ()
    month: str = ""
    year: str = ""
    day: str = ""
    inclusive: bool = False
    since: dt.date | None = None
    until: dt.date | None = None
    words: str = ""


def fields_of(time: Time) -> When:
    """The fields that say this time; `words` only where the fields would not make the same."""
    when = _guessed(time)
    return (
        when if made_of(replace(when, words="")) == time else replace(when, words=" ".join(time.raw.split()))
    )


def time_of(when: When, stood: str = "") -> Time:
    """
    The time these fields say. `stood` is the time they were drawn from, as `stood_of` wrote it: untouched fields
    give it back exactly, and words left over from it do not outlive a change of the fields.
    """
    before = _stood(stood)
    if before is not None:
        drawn = fields_of(before)
        if when == drawn:
            return before
        if when.words and when.words == drawn.words:
            when = replace(when, words="")
    if when.words and when.kind == "unspecified":
        return read_time(when.words)
    return made_of(when)


def stood_of(time: Time) -> str:
    return msgspec.json.encode(time, order="sorted").decode()


def made_of(when: When) -> Time:
    """The typed value, with the words that will be printed. Fields that are missing leave it without dates."""
    words, since, until = _said(when)
    raw = when.words or words
    return Time(when.kind, raw, _iso(since), _iso(until))  # type: ignore[arg-type]


Said = tuple[str, dt.date | None, dt.date | None]


def _said(when: When) -> Said:
    year = int(when.year) if re.fullmatch(r"(?:19|20|21)\d\d", when.year) else None
    match when.kind:
        case "quarters":
            return _quarters(when.quarters, year)
        case "year" if year:
            return f"Năm {year}", dt.date(year, 1, 1), dt.date(year, 12, 31)
        case "year_onward" if year:
            return f"Năm {year} và các năm tiếp theo", dt.date(year, 1, 1), None
        case "month" if when.month.isdecimal() and len(when.month) < 4 and 1 <= int(when.month) <= 12:
            return _month(int(when.month), year)
        case "date_before" if when.until:
            last = when.until if when.inclusive else when.until - dt.timedelta(days=1)
            return f"{_before(when.inclusive)} {_vi(when.until)}", None, last
        case "yearly_before" if when.day:
            return f"{_before(when.inclusive)} {when.day} hằng năm", None, None
        case "range":
            return _range(when.since, when.until)
        case "continuous":
            whole = (dt.date(year, 1, 1), dt.date(year, 12, 31)) if year else (None, None)
            return (f"Thường xuyên trong năm {year}" if year else "Thường xuyên"), *whole
        case "periodic":
            return "Định kỳ và khi có yêu cầu", None, None
    return "", None, None


def _quarters(chosen: Sequence[str], year: int | None) -> Said:
    numbers = sorted({int(one) for one in chosen if one in ("1", "2", "3", "4")})
    if not numbers:
        return "", None, None
    names = ", ".join(QUARTERS[number - 1] for number in numbers)
    if year is None:
        return f"Quý {names}", None, None
    start, end = dt.date(year, numbers[0] * 3 - 2, 1), _month_end(year, numbers[-1] * 3)
    return f"Quý {names} năm {year}", start, end


def _month(month: int, year: int | None) -> Said:
    if year is None:
        return f"Tháng {month}", None, None
    return f"Tháng {month}/{year}", dt.date(year, month, 1), _month_end(year, month)


def _range(since: dt.date | None, until: dt.date | None) -> Said:
    if since and until:
        return f"Từ ngày {_vi(since)} đến ngày {_vi(until)}", since, until
    if since:
        return f"Từ ngày {_vi(since)}", since, None
    return "", None, until


def _before(inclusive: bool) -> str:
    return "Chậm nhất là ngày" if inclusive else "Trước ngày"


def _guessed(time: Time) -> When:
    """The fields as far as the words and the dates give them."""
    when = When(kind=time.kind, inclusive=bool(_LATEST.search(time.raw)))
    since, until = _day(time.from_), _day(time.to)
    year = _YEAR.search(time.raw)
    if time.kind in ("quarters", "year", "year_onward", "month", "continuous") and year:
        when = replace(when, year=year[1])
    match time.kind:
        case "quarters" if since and until and since.year == until.year:
            first, last = (since.month - 1) // 3 + 1, (until.month - 1) // 3 + 1
            when = replace(when, quarters=tuple(str(number) for number in range(first, last + 1)))
            named = {place for place, name in enumerate(QUARTERS, 1) if re.search(rf"\b{name}\b", time.raw)}
            if named and {first, last} <= named:
                when = replace(when, quarters=tuple(str(number) for number in sorted(named)))
        case "quarters":
            named = {place for place, name in enumerate(QUARTERS, 1) if re.search(rf"\b{name}\b", time.raw)}
            when = replace(when, quarters=tuple(str(number) for number in sorted(named)))
        case "month":
            found = _MONTH.search(time.raw)
            when = replace(when, month=str(int(found[1])) if found else "")
        case "date_before":
            found = _DAY.search(time.raw)
            written = _iso_day(int(found[3]), int(found[2]), int(found[1])) if found else None
            when = replace(when, until=written or (until + dt.timedelta(days=1) if until else None))
            if until and written is None and when.inclusive:
                when = replace(when, until=until)
        case "yearly_before":
            found = _DAY_MONTH.search(time.raw)
            when = replace(when, day=found[0] if found else "")
        case "range":
            when = replace(when, since=since, until=until, inclusive=False)
        case _:
            when = replace(when, inclusive=False)
    return when if time.kind in ("date_before", "yearly_before") else replace(when, inclusive=False)


def _stood(text: str) -> Time | None:
    try:
        return msgspec.json.decode(text, type=Time) if text else None
    except (msgspec.DecodeError, ValueError):
        return None


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, 12, 31) if month == 12 else dt.date(year, month + 1, 1) - dt.timedelta(days=1)


def _vi(day: dt.date) -> str:
    """As on the paper: 05/01/2026, 10/4/2026."""
    return (
        f"{day.day:02d}/{day.month:02d}/{day.year}"
        if day.month < 3
        else f"{day.day:02d}/{day.month}/{day.year}"
    )


def _iso_day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _day(iso: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(iso) if iso else None
    except ValueError:
        return None


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
