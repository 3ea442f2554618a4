"""
"Đơn vị chủ trì: …", "Thời gian thực hiện: …": the labels under which an agency writes who and when.

A label is taken as written; a value runs to the next label or the end of its line.
"""

import re
from dataclasses import dataclass

from workflow.patterns import expression
from workflow.reading.words import bare, bare_end, low, squeeze

_WHO = (
    r"(?:(?:các )?(?:đơn vị|cơ quan|bộ phận|phòng|ban|tổ chức|cơ quan, đơn vị|đơn vị, cá nhân|cá nhân|phòng, "
    r"đơn vị)\s)?"
)
_KEYS = (
    (
        "coordinator",
        rf"{_WHO}(?:tham gia )?(?:phối hợp|cùng phối hợp|liên quan|tham gia)(?: thực hiện| triển khai| tham mưu)?",
    ),
    (
        "lead",
        rf"{_WHO}(?:chủ trì|thực hiện|chịu trách nhiệm(?: chính| thực hiện)?|đầu mối|làm đầu mối|phụ trách|tham "
        rf"mưu|được giao(?: chủ trì)?"
        r"|chủ trì(?:,| và|/) ?(?:tham mưu|thực hiện|phối hợp)|thực hiện chính)(?: (?:thực hiện|tham mưu|triển "
        r"khai|tổ chức))?"
        r"|phân công(?: thực hiện| nhiệm vụ)?|trách nhiệm(?: thực hiện)?|người (?:thực hiện|phụ trách|chịu trách "
        r"nhiệm)|giao(?: cho)?",
    ),
    (
        "method",
        r"(?:hình thức|phương thức|cách thức|phương pháp)(?: (?:thực hiện|tuyên truyền|tổ chức|triển khai|tham "
        r"gia|tiến hành|quán triệt))*",
    ),
    (
        "time",
        r"(?:thời gian|thời hạn|tiến độ|thời điểm|hạn)(?: (?:thực hiện|hoàn thành|tổ chức|triển khai|dự kiến|ban "
        r"hành|tiến hành|xong"
        r"|kết thúc|và thời hạn|, thời hạn))*|hoàn thành",
    ),
    (
        "other",
        r"(?:sản phẩm|kết quả|kết quả đầu ra|kinh phí|nguồn kinh phí|địa điểm|thành phần|đối tượng|nội dung|số "
        r"lượng|ghi chú|mục tiêu|chỉ tiêu)"
        r"(?: (?:dự kiến|thực hiện|đạt được|đầu ra|hoàn thành|tham gia|tham dự))*",
    ),
)
_LABEL = expression(
    r"(?:^|(?<=[.;,(+]\s)|(?<=[.;,(+–-]))\s{0,3}(?:[-–+]\s{0,2})?(?:"
    + "|".join(f"(?P<{key}>{bare(words)})" for key, words in _KEYS)
    + r")\s{0,2}:\s*"
)
_BARE_TIME = expression(
    r"^(?P<label>(?:thời gian|thời hạn)(?: (?:thực hiện|hoàn thành|tổ chức))+)\s+(?=quý|tháng|năm|trước|thường"
    r"|trong|từ|định|sau|hàng)"
)
_DONE_BY = expression(r"^(?P<label>hoàn thành)\s+(?=trước|trong (?:quý|tháng|năm)|chậm nhất|xong trước)")


@dataclass(frozen=True)
class Labelled:
    """One value with its key, the label as the agency writes it, and where it begins."""

    key: str
    label: str
    value: str
    start: int


def labels_in(text: str) -> tuple[str, list[Labelled]]:
    """(the words before the first label, the labelled values); "other" labels only end a value."""
    text = text[:6000]
    lowered = low(text)
    # Without marks, for a scan that lost some: "Thời gian thưc hiện:".
    found = list(_LABEL.finditer(bare(text))) if ":" in text else []
    if not found:
        for pattern in (_BARE_TIME, _DONE_BY):
            bare_label = pattern.match(lowered)
            if bare_label and len(text) < 160:
                end = bare_label.end("label")
                return "", [Labelled("time", text[:end], bare_end(text[end:]), 0)]
        return squeeze(text), []
    values = []
    for place, match in enumerate(found):
        end = found[place + 1].start() if place + 1 < len(found) else len(text)
        key = next(name for name, words in match.groupdict().items() if words)
        raw = text[match.end() : end]
        label = squeeze(text[match.start(key) : match.end(key)])
        values.append(
            Labelled(
                key,
                label,
                bare_end(raw.rstrip(" (-–+")).removesuffix(")") if _open(text, match) else bare_end(raw),
                match.start(),
            )
        )
    prose = squeeze(text[: found[0].start()]).rstrip(" (,;-–")
    return prose, values


def begins_label(text: str) -> bool:
    """Whether a line begins with a label and its colon."""
    return bool(_LABEL.match(bare(text[:120])))


def _open(text: str, match: re.Match[str]) -> bool:
    before = text[: match.start() + 1]
    return before.count("(") > before.count(")")


_COLUMNS = (
    ("ref", r"(?:stt|tt|so tt|so thu tu|muc)"),
    ("coordinator", r".*(?:phoi hop|lien quan)"),
    (
        "lead",
        r".*(?:chu tri|don vi thuc hien|co quan thuc hien|phan cong|trach nhiem|dau moi|nguoi thuc hien|bo phan "
        r"thuc hien|tham muu|don vi$|phu trach)",
    ),
    ("time", r".*(?:thoi gian|thoi han|tien do|hoan thanh|thoi diem)"),
    ("method", r"(?:hinh thuc|phuong thuc|cach thuc).*"),
    ("other", r".*(?:san pham|ket qua|kinh phi|ghi chu|muc tieu|dia diem|chi tieu|so luong)"),
    ("title", r".*(?:nhiem vu|noi dung|cong viec|hoat dong|giai phap|ten )"),
)
_COLUMN_PATTERNS = tuple((key, expression(words)) for key, words in _COLUMNS)


def column_of(title: str) -> str | None:
    """What a column of a table of tasks holds: ref, title, lead, coordinator, time, method, other."""
    folded = bare(squeeze(title)).strip(" .:")
    if len(folded) > 60:
        return None
    return next((key for key, pattern in _COLUMN_PATTERNS if pattern.match(folded)), None)
