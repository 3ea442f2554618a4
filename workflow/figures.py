"""Amounts in a text that were set for one year, such as "3 lớp" or "80%"; numbers of laws, days and parts are none."""

import re
from collections.abc import Iterator

from workflow.patterns import expression

_UNITS = (
    "phần trăm", "lượt người", "người dân", "người lao động", "cán bộ", "công chức", "viên chức", "đảng viên",
    "đoàn viên", "hội viên", "học viên", "học sinh", "sinh viên", "giáo viên", "chuyên gia", "đại biểu", "hộ gia đình",
    "hộ dân", "hội nghị", "hội thảo", "hội thi", "tọa đàm", "cuộc họp", "cuộc thi", "chuyên đề", "lớp tập huấn",
    "khóa đào tạo", "đơn vị", "cơ quan", "tổ chức", "doanh nghiệp", "hợp tác xã", "thị trấn", "tổ dân phố", "cơ sở",
    "mô hình", "đề tài", "dự án", "nhiệm vụ", "đề án", "chương trình", "công trình", "sản phẩm", "sáng kiến",
    "giải pháp", "hồ sơ", "thủ tục", "dịch vụ", "phần mềm", "hệ thống", "cơ sở dữ liệu", "văn bản", "báo cáo",
    "tin bài", "phóng sự", "tài liệu", "tờ rơi", "ấn phẩm", "thiết bị", "máy tính", "nghìn đồng", "ngàn đồng",
    "triệu đồng", "tỷ đồng", "tỉ đồng",
)  # fmt: skip
"""Units of two words and more, given whole; of any other unit the first word is enough to know the place by."""

_AMOUNT = r"\d+(?:[.,]\d+)*"
_FIGURE = expression(
    rf"(?<![\w/.,-]){_AMOUNT}(?:\s*[-–]\s*{_AMOUNT})?(?:\s*%|\s+(?:\([^()\d]{{1,20}}\)\s+)?"
    rf"(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))}|[^\W\d_]+)(?!\w))"
)
_NO_UNITS = (
    "ngày", "tháng", "quý", "năm", "tuần", "phút", "và", "hoặc", "hay", "của", "tại", "là", "đến", "về", "trong", "theo",
    "do", "để", "thì", "có", "được", "nêu", "này", "trên", "dưới", "cho", "với", "từ",
    "trở", "triển", "thực", "đối", "phải", "cần", "đã", "không",
)  # fmt: skip
"""Words after a number that is a date, a span of time, a part of a law or the number of something."""
_NUMBERED = expression(
    r"(?:điều|khoản|điểm|mục|chương|phần|số|phụ lục|biểu|mẫu|ngày|tháng|quý|năm|lần thứ|thứ|nhóm|đợt|bước|cấp|cấp độ|mức"
    r"|giai đoạn|kỳ|khóa|khoá)\s+$",
    re.IGNORECASE,
)
"""Before a number that counts nothing: it names one of several."""
_BEFORE = 20
"""Characters in which such a word has room."""


def figures(text: str) -> Iterator[str]:
    """Each amount with its unit as it stands in the text, in order: "1.200 lượt người", "10 - 15 mô hình"."""
    for match in _FIGURE.finditer(text):
        unit = match["unit"] or "%"
        named = _NUMBERED.search(text, max(0, match.start() - _BEFORE), match.start())
        if unit == unit.lower() and unit not in _NO_UNITS and named is None:
            yield match[0]
