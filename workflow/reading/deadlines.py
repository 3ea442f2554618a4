"""
"Trước ngày 15/11 hằng năm", "chậm nhất ngày 20 của tháng cuối quý": the day a report is due, as written.

`last_on_time` is worked out from it: the day before where the words are "trước ngày".
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from workflow.content import Recurrence
from workflow.patterns import expression
from workflow.reading.dates import day_before, exists, last_day

_HOUR = r"(?:\d{1,2}\s?(?:giờ|g|h)\s?\d{0,2}(?:\s?phút)?,?\s{0,2}(?:của\s)?)"
_LEAD = (
    r"(?P<lead>chậm nhất(?: là)?(?: vào)?(?: trước)?|muộn nhất(?: là)?(?: vào)?(?: trước)?|không (?:muộn|chậm) "
    r"hơn|hạn cuối(?: là)?"
    r"|thời hạn(?: là)?(?: trước)?|xong trước|trước|đến hết|vào)\s{1,2}"
)
_DAY = r"(?:(?:các\s)?(?:ngày|mùng|mồng)\s{1,2})?"
_DATED = (
    r"(?P<day>\d{1,2})(?:\s{0,2}/\s{0,2}|\s{1,2}tháng\s{1,2})(?P<month>\d{1,2})(?!\d)(?:(?:\s{0,2}/\s{0,2}"
    r"|\s{1,2}năm\s{1,2})(?P<year>20\d\d))?(?!\d|/\d)"
)
_LISTED = (
    r"(?P<lday>\d{1,2})\s{1,2}(?:của\s)?(?:các\s)?tháng\s{1,2}(?P<months>\d{1,2}(?:\s{0,2}(?:,|và"
    r"|;)\s{0,2}(?:tháng\s)?\d{1,2}(?!\d|/|\s?tháng)){1,11})"
)
_QUARTER_END = (
    r"(?P<qday>\d{1,2})\s{1,2}(?:của\s)?tháng\s(?:cuối|thứ ba|thứ 3)(?:\scùng)?(?:\scủa)?(?:\s(?:mỗi"
    r"|các|từng))?\s(?P<unit>quý|kỳ báo cáo|kỳ)"
)
_QUARTER_NEXT = (
    r"(?P<nday>\d{1,2})\s{1,2}(?:của\s)?tháng\sđầu(?:\stiên)?(?:\scủa)?(?:\smỗi)?\squý(?:\s(?:sau"
    r"|tiếp theo|kế tiếp|liền kề))?"
)
_MONTHLY = (
    r"(?P<mday>\d{1,2})\s{1,2}(?:của\s)?(?:hàng tháng|mỗi tháng|tháng sau|tháng báo cáo|tháng tiếp theo"
    r"|trong tháng|tháng kế tiếp|tháng(?=\s?[,.;)]|$))"
)
_ONLY = r"(?P<oday>\d{1,2})(?=\s?\)|\s?$)"
_LAST = (
    r"(?P<last>cuối cùng|cuối)\s(?:của\s)?(?:(?P<lmonth>tháng\s\d{1,2})(?!\d)|(?P<lquarter>tháng cuối quý"
    r"|mỗi quý|hàng quý|quý)|(?P<levery>mỗi tháng|hàng tháng|tháng)|(?P<lyear>năm))"
)
_CORE = rf"(?:{_LISTED}|{_DATED}|{_QUARTER_END}|{_QUARTER_NEXT}|{_MONTHLY}|{_LAST}|{_ONLY})"
_DUE = expression(rf"(?<!\w){_LEAD}(?P<hour>{_HOUR})?{_DAY}{_CORE}")
_MONTH_ONLY = expression(
    r"(?<!\w)(?P<lead>trước|trong)\s(?P<month>tháng)\s(?P<number>\d{1,2})(?!\d)(?:(?:/|\snăm\s)(?P<year>20\d\d))?"
)
_BARE = expression(rf"(?<!\w)ngày\s{{1,2}}(?:{_DATED}(?=\s{{0,2}},?\s?(?:hàng|mỗi) năm)|{_MONTHLY})")
_TWICE = expression(
    rf"(?<!\w){_LEAD}{_DAY}(?P<days>\d{{1,2}}(?:\s{{0,2}}(?:,|và|hoặc)\s{{1,2}}(?:ngày\s{{1,2}})?\d{{1,2}}){{1,3}})"
    r"\s{1,2}(?:của\s)?(?:hàng tháng|mỗi tháng)"
)
# "05 ngày trước ngày 15/12", "kể từ ngày 15/6", "số liệu tính đến hết ngày 10/12": a day to count from.
_COUNTED = expression(
    r"(?:\d{1,3}\s{0,2}(?:\([^()]{1,20}\)\s{0,2})?(?:ngày|tuần)(?: làm việc)?\s{1,2}$(?P<span>)"
    r"|(?<!\w)(?:từ|sau|quá)\s{1,2}$(?P<since>)"
    r"|(?<!\w)(?:tính|chốt|lấy số liệu|số liệu từ)(?!\w)[^.;,()]{0,50}$(?P<figures>))"
)
_MORE = expression(rf"\s{{0,2}}(?:\([^()]{{0,40}}\)\s{{0,2}})?(?:,|và|;|hoặc)\s{{1,2}}{_DAY}{_DATED}")


@dataclass(frozen=True)
class Due:
    """A day of the year (or of every month) by which something is due; `raw_at` its place in the text."""

    start: int
    end: int
    day: int | Literal["last"] | None
    months: tuple[int, ...]
    inclusive: bool
    year: int | None = None
    period: bool = False
    only: bool = False  # a day without a month: "hằng tháng (trước ngày 25)"

    @property
    def possible(self) -> bool:
        if self.day == "last" or self.day is None:
            return all(1 <= month <= 12 for month in self.months)
        if not self.months:
            return 1 <= self.day <= 31
        return all(1 <= month <= 12 and exists(month, self.day, self.year or 2024) for month in self.months)

    def last_on_time(self) -> list[str]:
        """ "MM-DD" of each month; "*-DD" when it is every month; empty where no one day says it."""
        if not self.possible:
            return []
        if not self.months:
            day = self.day if self.inclusive else (self.day - 1 if isinstance(self.day, int) else None)
            return [f"*-{day:02d}"] if isinstance(day, int) and day >= 1 else []
        return [item for month in self.months if (item := self._in_month(month))]

    def _in_month(self, month: int) -> str | None:
        # Without a year, 28 February is the last day that is on time in every year.
        year = self.year or 2023
        if self.day is None:
            return None
        day = last_day(year, month) if self.day == "last" else self.day
        if self.inclusive:
            return f"{month:02d}-{day:02d}"
        if self.day != "last" and not exists(month, day, year):
            return f"{month:02d}-{day - 1:02d}"
        before: date = day_before(year, month, day)
        return f"{before.month:02d}-{before.day:02d}"


def dues_in(text: str) -> list[Due]:
    """Every deadline of a text already in `low` form, in order; impossible ones too (`possible` tells)."""
    matches = [match for pattern in (_DUE, _BARE, _MONTH_ONLY) for match in pattern.finditer(text)]
    twice = list(_TWICE.finditer(text))
    within = {at for one in twice for at in range(*one.span())}
    matches = [*twice, *(one for one in matches if one.start() not in within and not _counts(text, one))]
    matches.sort(key=lambda match: (match.start(), -match.end()))
    found: list[Due] = []
    at = 0
    for match in matches:
        if "days" in match.groupdict() and match.start() >= at:
            inclusive = "trước" not in match["lead"]
            days = re.findall(r"\d{1,2}", match["days"])
            found += [Due(*match.span(), int(day), (), inclusive) for day in days]
            at = match.end()
            continue
        due = _due(match) if match.start() >= at else None
        if due is None:
            continue
        found.append(due)
        at = match.end()
        more = _MORE.match(text, at)
        while more:
            day, month, year = int(more["day"]), int(more["month"]), _year(more["year"])
            found.append(Due(more.start("day"), more.end(), day, (month,), due.inclusive, year))
            at = more.end()
            more = _MORE.match(text, at)
    return found


def _counts(text: str, match: re.Match[str]) -> bool:
    """Whether a day is not the last one, but one that others are counted from."""
    found = _COUNTED.search(text, max(0, match.start() - 90), match.start())
    if found is None:
        return False
    lead = match.groupdict().get("lead") or ""
    if found["span"] is not None:
        return lead.startswith("trước")
    return not lead if found["since"] is not None else not lead or lead.startswith(("đến hết", "vào"))


def _year(text: str | None) -> int | None:
    return int(text) if text else None


def _due(match: re.Match[str]) -> Due | None:
    groups = match.groupdict()
    lead = groups.get("lead") or ""
    # "Trước 16 giờ ngày 15/6" is still on time on that day.
    inclusive = "trước" not in lead or bool(groups.get("hour"))
    span = match.start(), match.end()
    if groups.get("number"):
        month = int(match["number"])
        if match["lead"] == "trong":
            return Due(*span, "last", (month,), True, _year(match["year"]))
        return Due(*span, 1, (month,), False, _year(match["year"]))
    if groups.get("day"):
        return Due(*span, int(match["day"]), (int(match["month"]),), inclusive, _year(match["year"]))
    if groups.get("lday"):
        months = tuple(int(item) for item in re.findall(r"\d{1,2}", match["months"]))
        return Due(*span, int(match["lday"]), months, inclusive)
    if groups.get("qday"):
        period = match["unit"] != "quý"
        return Due(*span, int(match["qday"]), () if period else (3, 6, 9, 12), inclusive, period=period)
    if groups.get("nday"):
        return Due(*span, int(match["nday"]), (1, 4, 7, 10), inclusive)
    if groups.get("mday"):
        return Due(*span, int(match["mday"]), (), inclusive)
    if groups.get("oday"):
        return Due(*span, int(match["oday"]), (), inclusive, only=True)
    if groups.get("lmonth"):
        return Due(*span, "last", (int(match["lmonth"].split()[1]),), inclusive)
    if groups.get("lquarter"):
        return Due(*span, "last", (3, 6, 9, 12), inclusive)
    if groups.get("lyear"):
        return Due(*span, "last", (12,), inclusive)
    return Due(*span, "last", (), inclusive) if groups.get("levery") else None


_REPEATS: tuple[tuple[Recurrence, re.Pattern[str]], ...] = (
    (
        "yearly",
        expression(
            r"(?:hàng|mỗi) năm|năm một lần|(?:0?1|một) năm(?=\s?[(/])|0?1 (?:năm/lần|lần/năm)|(?:(?:báo cáo|định "
            r"kỳ|theo|,|và|hoặc|;|quý) "
            r"(?:cả )?năm)(?![\w/]|\s\d|\s(?:học|sau|tới|này|trước(?! ngày| \d| hết)))|một năm một lần"
        ),
    ),
    (
        "half_yearly",
        expression(
            r"(?<![\d.,])(?<!ngày )(?<!mùng )(?:6|06|sáu) tháng(?:/lần)?(?!\s(?:đầu|cuối) năm\s(?:20)\d\d)"
            r"|nửa năm|bán niên"
        ),
    ),
    (
        "quarterly",
        expression(
            r"(?:hàng|mỗi) quý|quý một lần|(?:báo cáo|định kỳ|theo|,|và) quý(?!\w|\s(?:[ivx]+|\d)\b)|0?1 lần/quý"
        ),
    ),
    (
        "monthly",
        expression(r"(?:hàng|mỗi) tháng|tháng một lần|(?:báo cáo|định kỳ) tháng(?!\w|\s\d)|0?1 lần/tháng"),
    ),
)
_NINE_MONTHS = expression(r"(?<![\d.,])(?<!ngày )(?:9|09|chín) tháng(?!\s(?:đầu|cuối|qua))")
_AD_HOC = expression(
    r"đột xuất|khi (?:có|cơ quan|cấp|sở|ubnd)[^.;,]{0,40}yêu cầu|(?:và|hoặc|hay) theo yêu cầu|khi được yêu cầu"
)
_TROUBLE = expression(r"vướng mắc|khó khăn|phát sinh|vấn đề mới|bất cập")


def repeats_in(text: str) -> list[tuple[int, Recurrence]]:
    """(place, recurrence) of the words that say how often; ad hoc is told apart by `ad_hoc_at`."""
    found = [(match.start(), name) for name, pattern in _REPEATS for match in pattern.finditer(text)]
    return sorted(found)


def rhythms_in(text: str) -> list[tuple[int, Recurrence]]:
    """`repeats_in` and the reports of nine months, for which no recurrence has a name."""
    nine: list[tuple[int, Recurrence]] = [(at, "unspecified") for at in nine_months_in(text)]
    return sorted([*repeats_in(text), *nine])


def nine_months_in(text: str) -> list[int]:
    """Where a text in `low` form speaks of the report of nine months."""
    return [match.start() for match in _NINE_MONTHS.finditer(text)]


def ad_hoc_at(text: str) -> int | None:
    """Where a text asks for reports at need ("đột xuất", "khi có yêu cầu"), or None."""
    found = _AD_HOC.search(text)
    return found.start() if found else None


def tells_trouble(text: str) -> bool:
    """ "… nếu có khó khăn, vướng mắc …"."""
    return bool(_TROUBLE.search(text)) and bool(re.search(r"\b(?:nếu|khi|có|trong quá trình)\b", text))
