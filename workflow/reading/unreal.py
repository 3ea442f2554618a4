"""
Days and quarters as printed that no calendar has: 31/11, 29/02/2025, quý V.

Whoever meets one asks where the text was written.
"""

import re
from collections.abc import Iterator

from workflow.patterns import expression
from workflow.reading.dates import days_in, exists
from workflow.reading.deadlines import dues_in
from workflow.reading.words import low

_LIKELY = expression(r"\d\s{0,3}[/.\-–]\s{0,3}\d|\d\s+(?:của\s+)?tháng\s+\d|tháng\s+\d")
_DAY = expression(r"\bngày\s+(\d{1,2})(?:/|\s+tháng\s+)(\d{1,2})(?!\d|/\d|\s*giờ)", re.IGNORECASE)


def unreal_days(text: str) -> Iterator[str]:
    """With a year, without one, and as deadlines; "số 45/13/2024" and "24/24 giờ" are no days."""
    if not _LIKELY.search(text):
        return
    told: set[int] = set()  # where a day was found already, letter by letter
    for day in days_in(text):
        if not text[max(0, day.start - 8) : day.start].rstrip().lower().endswith("số"):
            told.update(range(day.start, day.end + 1))
            if day.iso is None:
                yield day.raw
    for match in _DAY.finditer(text):
        number, month = int(match[1]), int(match[2])
        if told.isdisjoint(range(*match.span())) and number != month:
            told.update(range(*match.span()))
            if not exists(month, number):
                yield match[0]
    for due in dues_in(low(text)):
        if not due.possible and told.isdisjoint(range(due.start, due.end)):
            yield text[due.start : due.end]


_FIFTH = r"(?:v|vi{1,3}|ix|x)\b"
_BEYOND = rf"(?:{_FIFTH}|(?:0|0?[5-9]|\d\d)(?=\s{{0,2}}(?:/|-|năm)\s{{0,2}}20\d\d))"
_QUARTER = r"(?:iii|ii|iv|i|0?[1-4])\b"
_JOINED = r"\s{0,2}(?:,|và|;|-|–|đến(?: hết)?|&)\s{0,2}(?:quý\s+)?"
_NO_QUARTER = expression(
    rf"\bquý\s+(?:{_QUARTER}{_JOINED}){{0,3}}{_BEYOND}(?:\s{{0,2}}(?:/|-|năm)\s{{0,2}}20\d\d)?"
)


def unreal_quarters(text: str) -> Iterator[str]:
    """ "Quý V năm 2026", "Quý IV, V"; "mỗi quý 5 cuộc" names no quarter."""
    for match in _NO_QUARTER.finditer(low(text)):
        yield text[match.start() : match.end()]
