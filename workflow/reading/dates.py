"""
Days, months and years as written ("ngày 05 tháng 7 năm 2023", "24/4/2023") to ISO dates.

A day that does not exist gives no date, never the next one.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from workflow.patterns import expression

_BETWEEN = r"\s{0,3}[/.\-–]\s{0,3}"
DAY_MONTH_YEAR = expression(
    rf"(?:ngày\s{{1,3}})?(\d{{1,2}})(?:{_BETWEEN}|\s{{1,3}}tháng\s{{1,3}})(\d{{1,2}})(?:{_BETWEEN}|\s{{0,3}},?\s{{0,3}}năm\s{{1,3}})"
    rf"((?:1[89]|20|21)\d\d)(?!\d)"
)
DAY_MONTH = expression(r"(\d{1,2})(?:\s{0,2}[/\-]\s{0,2}|\s{1,3}tháng\s{1,3})(\d{1,2})(?![\d/])")


@dataclass(frozen=True)
class Day:
    """A date as printed: its numbers, whether they make a day, and where it stands."""

    day: int
    month: int
    year: int
    start: int
    end: int
    raw: str

    @property
    def iso(self) -> str | None:
        return iso(self.year, self.month, self.day)


def iso(year: int | None, month: int | None, day: int | None) -> str | None:
    """YYYY-MM-DD, or None where a part is missing or the day does not exist."""
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def exists(month: int, day: int, year: int = 2024) -> bool:
    """Whether a month has such a day (29/2 counts when no year is given)."""
    return iso(year, month, day) is not None


def last_day(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def day_before(year: int, month: int, day: int) -> date:
    return date(year, month, day) - timedelta(days=1)


def days_in(text: str, start: int = 0, end: int | None = None) -> list[Day]:
    """Every full date of a text, whether it exists or not."""
    found = []
    for match in DAY_MONTH_YEAR.finditer(text, start, len(text) if end is None else end):
        if match.start() and text[match.start() - 1] in "/0123456789":
            continue
        year = int(match[3])
        found.append(Day(int(match[1]), int(match[2]), year, match.start(), match.end(), match[0]))
    return found
