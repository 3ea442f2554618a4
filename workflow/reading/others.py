"""
Words of a sentence about a report that belong to something or somebody else: the day of other work, of another unit.

What they say is taken from nobody and given to nobody.
"""

import re

from workflow.patterns import expression
from workflow.reading.deadlines import Due
from workflow.reading.units import is_unit, name_at

_WORK = expression(
    r"(?<!\w)(?:hoàn thành|hoàn thiện|tổ chức|xây dựng|ban hành|triển khai|thực hiện|rà soát|kiểm tra|khảo sát|sơ kết"
    r"|tổng kết|tuyên truyền|tập huấn|niêm yết|công khai|phê duyệt)(?!\w)"
)
_SENDING = expression(r"(?<!\w)(?:báo cáo|tổng hợp|gửi|nộp|kết quả|số liệu)(?!\w)")
_THEN = expression(r"(?:\s(?:hàng|mỗi) năm)?\s*(?:,|(?:,\s*)?(?<!\w)(?:và|sau đó|đồng thời|rồi)(?!\w))")
_SAYS = expression(r"\s*(?:(?:gửi |nộp )?báo cáo|gửi|nộp|là|:|\()?\s*")


def of_other_work(lowered: str, due: Due, at: int) -> bool:
    """ "Hoàn thành rà soát trước ngày 30/9 và báo cáo …": whether a day before the report at `at` is that of work."""
    if due.end > at or not _THEN.match(lowered, due.end):
        return False
    clause = max(lowered.rfind(stop, 0, due.start) for stop in (";", ".", ","))
    before = lowered[clause + 1 : due.start]
    return bool(before.strip() and _WORK.search(before)) and not _SENDING.search(before)


def of_another(text: str, lowered: str, start: int, end: int, sender: str | None) -> bool:
    """ "… trước ngày 15/12, Sở Nội vụ trước ngày 20/12": whether a day (at `end`) after another is somebody else's."""
    for parting in re.finditer(r"(?:[,;]|(?<!\w)và)\s+", lowered[start:end]):
        at = start + parting.end()
        named = name_at(text, at) if is_unit(text, at) else None
        if named is not None and named[0] != sender and _SAYS.fullmatch(lowered, named[1], end):
            return True
    return False


def parted_receiver(text: str, lowered: str, start: int, end: int) -> int:
    """ "… báo cáo Văn phòng Sở, Văn phòng Sở báo cáo …": where a list of receivers ends, its last name being a sender."""
    comma = text.rfind(", ", start, end)
    follows = re.compile(r"\s*(?:báo cáo|gửi|nộp|có trách nhiệm)(?!\w)").match(lowered, end)
    return comma if follows and comma >= 0 and is_unit(text, comma + 2) else end
