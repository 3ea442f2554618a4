"""
"Quý III, IV năm 2023", "Thường xuyên", "Trước ngày 30/6/2024" to a typed time.

Dates only where the words give them; `to` of "trước ngày" is the last on-time day, the day before.
"""

import re
from datetime import date

from workflow.content import Time
from workflow.patterns import expression
from workflow.reading.dates import DAY_MONTH, Day, days_in, exists, iso, last_day
from workflow.reading.unreal import unreal_quarters
from workflow.reading.words import bare_end, low, squeeze

_YEAR = r"((?:19|20|21)\d\d)"
_ORDINAL = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
}
_QUARTERS = expression(
    r"\bquý\s+(?:0?(iii|ii|iv|i|[1-4]|một|hai|ba|tư))\b((?:\s{0,2}(?:,|và|;|-|–|đến|đến hết|&|/)\s{0,2}(?:quý\s+)?"
    r"(?:iii|ii|iv|i|[1-4])\b(?!\d|/\d{1,2}/))*)"
)
_ONE_QUARTER = expression(r"(?:iii|ii|iv|i|[1-4])\b")
_OF_YEAR = expression(rf"\s{{0,2}}(?:/|-|,|của|trong)?\s{{0,2}}(?:năm\s+)?{_YEAR}(?!\d)")
_YEARS = expression(
    rf"(?:năm|giai đoạn|các năm|từ năm|trong các năm)\s+{_YEAR}\s{{0,2}}(?:-|–|,|và|đến năm|đến|đến hết "
    rf"năm)\s{{0,2}}(?:năm\s+)?{_YEAR}"
)
_ONWARD = expression(
    rf"(?:(?:từ\s+)?năm\s+{_YEAR}\s*,?\s*(?:và\s+)?(?:(?:các|những)\s+năm\s+(?:tiếp theo|tiếp sau|sau|kế tiếp)"
    rf"|trở đi|trở về sau|hàng năm tiếp theo))"
)
_FROM_YEAR = expression(rf"\btừ\s+(?:đầu\s+)?năm\s+{_YEAR}(?!\s*(?:-|–|đến))")
_ONE_YEAR = expression(rf"(?<!cuối )(?<!đầu )(?<!giữa )\bnăm\s+{_YEAR}(?!\d)")
_MONTHS = expression(
    rf"(?<!\d )\btháng\s+(\d{{1,2}})((?:\s{{0,2}}(?:,|và|-|–|đến|đến "
    rf"hết)\s{{0,2}}(?:tháng\s+)?\d{{1,2}}\b(?!/\d{{1,2}}/))*)"
    rf"(?:\s{{0,2}}(?:/|-)\s{{0,2}}|\s{{0,2}},?\s{{0,2}}năm\s+){_YEAR}"
)
_MONTH_SPAN = expression(
    rf"từ\s+tháng\s+(\d{{1,2}})(?:\s{{0,2}}/\s{{0,2}}{_YEAR})?\s+(?:đến|tới)\s+(?:hết\s+)?tháng\s+(\d{{1,2}})(?:\s{{0,2}}/\s{{0,2}}|\s+năm\s+){_YEAR}"
)
_HALF = expression(rf"\b(?:6|06|sáu)\s+tháng\s+(đầu|cuối)\s+năm(?:\s+{_YEAR})?")
_BEFORE = expression(
    r"(?:chậm nhất(?: là)?(?: trước)?|muộn nhất(?: là)?(?: trước)?|không (?:muộn|chậm) hơn|không quá|hoàn thành(?: "
    r"xong)?(?: trước| trong)?"
    r"|xong trước|(?<!\w)trước|đến hết|(?<!từ )đến|hạn cuối|trong)\s+(?:(?:hết|khi hết)\s+)?"
)
_LATEST = expression(
    r"chậm nhất|muộn nhất|không (?:muộn|chậm) hơn|không quá|hạn cuối|hết|đến|trong|hoàn thành(?! (?:xong )?trước)"
)
_YEARLY = expression(r"\b(?:hàng|mỗi) năm\b")
_PERIOD = expression(
    r"\b(?:hàng|mỗi) (?:năm|quý|tháng|tuần)\b|\bđịnh kỳ\b|(?<!ngày )\b(?:6|06|sáu) tháng\b(?! (?:đầu|cuối))"
    r"|\d+ lần/(?:năm|quý|tháng)|(?:năm|quý|tháng) một lần"
)
_RELATIVE = expression(
    r"(?:trong (?:vòng|thời hạn|thời gian)|chậm nhất|sau|không quá"
    r"|trước)\s+(?:là\s+)?(?:sau\s+)?\d{1,3}\s*(?:\([^)]{1,20}\)\s*)?(?:ngày|tháng|tuần)\b|trong vòng \d{1,3} giờ"
)
_EVENT = expression(
    r"\b(?:ngay )?(?:sau khi|khi có|ngay khi|khi được|khi cấp|khi cơ quan|khi chính phủ|khi ubnd|khi phát sinh"
    r"|theo (?:kế hoạch|yêu cầu|chỉ đạo|thông báo|hướng dẫn"
    r"|tiến độ|lịch|chương trình|đề nghị|quy định))\b"
)
_CONTINUOUS = expression(r"\b(?:thường xuyên|liên tục|hàng ngày|suốt)\b")


def _bounds(year: int, first: int, last: int) -> tuple[str, str]:
    return f"{year:04d}-{first:02d}-01", f"{year:04d}-{last:02d}-{last_day(year, last):02d}"


def read_time(value: str, *, deadline: bool = False) -> Time:
    """
    The time an agency wrote after "Thời gian thực hiện:"; kind unspecified where it cannot be told.

    `deadline`: the label says "thời hạn", "hoàn thành", so that a lone day is the last one.
    """
    found = _read(value)
    if deadline and found.kind == "range" and found.from_ is not None and found.from_ == found.to:
        return Time("date_before", found.raw, None, found.to)
    return found


def _read(value: str) -> Time:
    raw = bare_end(value)
    text = low(raw)
    if not text:
        return Time()
    if any(unreal_quarters(raw)):
        return Time("unspecified", raw)
    if _PERIOD.match(text):
        return _yearly(text, raw)
    for reader in (
        _relative,
        _onward,
        _span,
        _before,
        _quarters,
        _half,
        _months,
        _years,
        _continuous,
        _event,
        _periodic,
    ):
        found = reader(text, raw)
        if found is not None:
            return found
    return _year(text, raw) or Time("unspecified", raw)


def _yearly(text: str, raw: str) -> Time:
    """A time that begins with its rhythm: "Hằng năm, trước ngày 15/11", "Hằng tháng, từ tháng 4/2025"."""
    found = _before(text, raw)
    return found if found is not None and found.kind == "yearly_before" else Time("periodic", raw)


def _relative(text: str, raw: str) -> Time | None:
    return Time("relative", raw) if _RELATIVE.search(text) else None


def _onward(text: str, raw: str) -> Time | None:
    found = _ONWARD.search(text)
    if found:
        return Time("year_onward", raw, f"{found[1]}-01-01")
    found = _FROM_YEAR.search(text)
    if found and not _ONE_YEAR.search(text, found.end()):
        return Time("year_onward", raw, f"{found[1]}-01-01")
    return None


def _span(text: str, raw: str) -> Time | None:
    """ "Từ ngày 01/3/2024 đến ngày 30/6/2024", "01/3 - 30/6/2024", "từ tháng 3 đến tháng 5/2024"."""
    found = _MONTH_SPAN.search(text)
    if found:
        first, last, end_year = int(found[1]), int(found[3]), int(found[4])
        start_year = int(found[2] or end_year)
        if 1 <= first <= 12 and 1 <= last <= 12 and (start_year, first) <= (end_year, last):
            return Time("range", raw, _bounds(start_year, first, first)[0], _bounds(end_year, last, last)[1])
        return Time("unspecified", raw)
    days = days_in(text)
    if len(days) == 2 and re.fullmatch(
        r"\s{0,3}(?:đến|-|–|tới|đến hết)\s{0,3}(?:hết\s{1,3})?(?:ngày\s{1,3})?",
        text[days[0].end : days[1].start],
    ):
        start, end = days[0].iso, days[1].iso
        return Time("range", raw, start, end) if start and end and start <= end else Time("unspecified", raw)
    if len(days) == 1:
        before = text[max(0, days[0].start - 40) : days[0].start]
        if re.search(r"(?:^|\s)từ\s+(?:ngày\s+)?$", before):
            return Time("range", raw, days[0].iso, None) if days[0].iso else Time("unspecified", raw)
        short = re.search(
            r"(\d{1,2})(?:\s{0,2}/\s{0,2}(\d{1,2}))?\s{0,2}(?:-|–|đến|đến hết)\s{0,2}(?:ngày\s)?$", before
        )
        if short:
            start = iso(days[0].year, int(short[2] or days[0].month), int(short[1]))
            end = days[0].iso
            return (
                Time("range", raw, start, end) if start and end and start <= end else Time("unspecified", raw)
            )
    return None


def _before(text: str, raw: str) -> Time | None:
    """ "Trước ngày 30/6/2024", "Chậm nhất ngày …", "Trước ngày 15/11 hằng năm", "Trước tháng 6/2024"."""
    yearly = bool(_YEARLY.search(text))
    days = days_in(text)
    lead = _BEFORE.search(text)
    if days:
        found = days[0]
        if found.iso is None or _several(text, days):
            return Time("unspecified", raw)
        before = text[max(0, found.start - 45) : found.start]
        leads = list(_BEFORE.finditer(before))
        if leads or text.startswith(("trước", "xong trước")):
            phrase = leads[-1][0] if leads else "trước"
            hour = re.search(r"\d{1,2}\s?(?:giờ|h|g)\s?\d{0,2}", before)
            inclusive = bool(hour) or (bool(_LATEST.search(phrase)) and "trước" not in phrase)
            last = date.fromisoformat(found.iso)
            to = last if inclusive else date.fromordinal(max(1, last.toordinal() - 1))
            return Time("date_before", raw, None, to.isoformat())
        return Time("range", raw, found.iso, found.iso) if len(days) == 1 else Time("unspecified", raw)
    short = DAY_MONTH.search(text)
    if (
        short
        and lead
        and exists(int(short[2]), int(short[1]))
        and not re.search(r"quý|\bnăm\s+(?:19|20)\d\d", text[: short.start()])
    ):
        return Time("yearly_before" if yearly else "date_before", raw)
    month = re.search(rf"(?<!đến )(?<!hết )trước\s+tháng\s+(\d{{1,2}})(?:/|\s+năm\s+){_YEAR}", text)
    if month and 1 <= int(month[1]) <= 12:
        return Time(
            "date_before",
            raw,
            None,
            date.fromordinal(date(int(month[2]), int(month[1]), 1).toordinal() - 1).isoformat(),
        )
    quarter = re.search(rf"trước\s+quý\s+(iii|ii|iv|i|[1-4])(?:/|\s+năm\s+){_YEAR}", text)
    if quarter:
        first = date(int(quarter[2]), _ORDINAL[quarter[1]] * 3 - 2, 1)
        return Time("date_before", raw, None, date.fromordinal(first.toordinal() - 1).isoformat())
    year = re.search(rf"trước\s+năm\s+{_YEAR}", text)
    if year:
        return Time("date_before", raw, None, f"{int(year[1]) - 1}-12-31")
    return None


_AND = expression(r"\s*(?:,|;|và|hoặc)\s*(?:(?:trước|sau)\s)?(?:ngày\s)?\s*")
_AFTER = expression(r"(?<!\w)sau(?: ngày)?\s+$")
_SHORT_AND = expression(r"\d{1,2}(?:/|\s+tháng\s+)\d{1,2}\s*(?:,|;|và|hoặc)\s*(?:ngày\s)?$")


def _several(text: str, days: list[Day]) -> bool:
    """ "Sau ngày 30/6/2026" and "trước ngày 30/6 và 15/12/2026" name no one last day."""
    first = days[0]
    joined = len(days) > 1 and _AND.fullmatch(text, first.end, days[1].start)
    before = text[max(0, first.start - 40) : first.start]
    return bool(joined or _AFTER.search(before) or _SHORT_AND.search(before))


def _quarters(text: str, raw: str) -> Time | None:
    found = list(_QUARTERS.finditer(text))
    if not found:
        return None
    if _YEARLY.search(text):
        return Time("periodic", raw)
    numbers: list[tuple[int, int | None]] = []
    for match in found:
        here = [_ORDINAL[match[1]]] + [_ORDINAL[item] for item in _ONE_QUARTER.findall(match[2])]
        stated = _OF_YEAR.match(text, match.end())
        numbers += [(quarter, int(stated[1]) if stated else None) for quarter in here]
    years = [year for _, year in numbers if year is not None]
    if not years:
        return Time("quarters", raw)
    dated: list[tuple[int, int]] = []
    for place, (quarter, _) in enumerate(numbers):
        # "Quý III, Quý IV năm 2023": a quarter without a year takes that of the next one that has it.
        dated.append((next((year for _, year in numbers[place:] if year is not None), max(years)), quarter))
    first, last = min(dated), max(dated)
    if len(dated) == 1 and re.match(r"từ\s+quý", text):
        return Time("quarters", raw, _bounds(first[0], first[1] * 3 - 2, first[1] * 3)[0])
    return Time(
        "quarters",
        raw,
        _bounds(first[0], first[1] * 3 - 2, first[1] * 3)[0],
        _bounds(last[0], 1, last[1] * 3)[1],
    )


def _half(text: str, raw: str) -> Time | None:
    found = _HALF.search(text)
    if not found:
        return None
    if found[2] is None:
        return Time("unspecified", raw)
    start, end = _bounds(int(found[2]), 1, 6) if found[1] == "đầu" else _bounds(int(found[2]), 7, 12)
    return Time("range", raw, start, end)


def _months(text: str, raw: str) -> Time | None:
    found = _MONTHS.search(text)
    if not found:
        return (
            Time("month", raw)
            if re.fullmatch(r"(?:trong )?tháng \d{1,2}(?:\s*(?:,|và|-)\s*(?:tháng )?\d{1,2})*", text)
            else None
        )
    spans = []
    for match in _MONTHS.finditer(text):
        months = [int(match[1])] + [int(item) for item in re.findall(r"\d{1,2}", match[2])]
        if not all(1 <= month <= 12 for month in months) or months != sorted(months):
            return Time("unspecified", raw)
        spans.append(_bounds(int(match[3]), months[0], months[-1]))
    return Time("month", raw, min(spans)[0], max(end for _, end in spans))


def _years(text: str, raw: str) -> Time | None:
    found = _YEARS.search(text)
    if not found:
        return None
    first, last = int(found[1]), int(found[2])
    return (
        Time("range", raw, f"{first}-01-01", f"{last}-12-31") if first <= last else Time("unspecified", raw)
    )


def _continuous(text: str, raw: str) -> Time | None:
    if not _CONTINUOUS.search(text):
        return None
    found = _ONE_YEAR.search(text)
    return (
        Time("continuous", raw, f"{found[1]}-01-01", f"{found[1]}-12-31")
        if found
        else Time("continuous", raw)
    )


def _event(text: str, raw: str) -> Time | None:
    found = _EVENT.search(text)
    period = _PERIOD.search(text)
    if found and not (period and period.start() < found.start()):
        return Time("event", raw) if not _ONE_YEAR.match(text) else None
    return None


def _periodic(text: str, raw: str) -> Time | None:
    return Time("periodic", raw) if _PERIOD.search(text) else None


def _year(text: str, raw: str) -> Time | None:
    found = re.fullmatch(
        rf"(?:cả |trong |hoàn thành )*(?:trong )?(?:năm )?{_YEAR}", text
    ) or _ONE_YEAR.search(text)
    return Time("year", raw, f"{found[1]}-01-01", f"{found[1]}-12-31") if found else None


_IN_PROSE = expression(
    r"(?:hoàn thành|thực hiện|xong|kết thúc|gửi|ban hành|tổ chức)?[^.;:]{0,40}?"
    r"((?:từ (?:ngày|tháng|quý) (?=[\divx][^.;]{0,25}đến)|(?:xong |hoàn thành )?trước (?:\d{1,2}\s?(?:giờ"
    r"|h)\s?\d{0,2},?\s)?(?:hết )?(?:ngày|tháng|quý)|chậm nhất|muộn nhất"
    r"|trong (?:tháng|quý) (?=[\divx])|hoàn thành (?:trong )?(?:quý|tháng|năm)|sau khi (?:có|được|chính phủ|quốc "
    r"hội|ubnd|ủy ban|cấp|cơ quan|sở|bộ)"
    r"|khi có (?:hướng dẫn|yêu cầu|thông báo))"
    r"[^.;)]{0,120})"
)


def time_in_prose(sentence: str) -> Time | None:
    """The time a task states in its own words, without a label; only plain phrases of a deadline count."""
    text = low(sentence)
    if text.startswith(("thường xuyên ", "thường xuyên,")):
        return Time("continuous", sentence[: len("thường xuyên")])
    found = _IN_PROSE.search(text)
    if not found:
        return None
    raw = squeeze(sentence[found.start(1) : found.end(1)])
    time = read_time(raw)
    return None if time.kind in ("unspecified", "year", "periodic") else time
