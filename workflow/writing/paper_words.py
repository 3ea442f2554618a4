"""The fixed words of the paper itself (NĐ 30/2020, Phụ lục I); the words of the screen are the web's."""

from collections.abc import Mapping
from functools import cache

from workflow.catalogue import catalogue
from workflow.content import TASK_LABELS as TASK_LABELS

DRAFT = "BẢN DỰ THẢO"
WORKING_COPY = "KHÔNG PHẢI BẢN PHÁT HÀNH"
"""
What a print or a file is called that was set anew from a text that has gone out: the file that went out is stored, and
only that one stands for it. Never "bản sao", which is a form of its own with its own value (Điều 25-27).
"""
ESIGNED = "Đã ký duyệt trên hệ thống"
STATE_MARKS: Mapping[str, str] = {
    "signed": "ĐÃ KÝ, CHƯA CẤP SỐ",
    "numbered": "CHƯA PHÁT HÀNH",
    "rejected": "KHÔNG BAN HÀNH",
    "cancelled": "ĐÃ HỦY DỰ THẢO",
    "voided": "ĐÃ HỦY SỐ",
}
"""What a paper is called that is no draft and has not gone out."""

URGENCY_MARKS: Mapping[str, str] = {"khan": "KHẨN", "thuong_khan": "THƯỢNG KHẨN", "hoa_toc": "HỎA TỐC"}

RESULT_COLUMNS = ("Mục", "Nhiệm vụ", "Đơn vị", "Kết quả")
RESULT_STATUSES: Mapping[str, str] = {
    "done": "Đã hoàn thành",
    "running": "Đang thực hiện",
    "not_started": "Chưa thực hiện",
    "": "Chưa ghi",
}

# The short form printed in brackets under "Nơi nhận".
PURPOSE_MARKS: Mapping[str, str] = {
    "to_report": "b/c",
    "in_lieu_of_report": "thay b/c",
    "for_information": "để biết",
    "to_coordinate": "p/h",
    "to_implement": "t/h",
}


@cache
def _type_names() -> dict[str, str]:
    named = {}
    for item in catalogue().document_types:
        named[item.code] = item.name
        if item.abbreviation:
            named[item.abbreviation] = item.name
    return {**named, "bao_cao_don_vi": "Báo cáo"}


def type_name(code: str) -> str:
    """Kế hoạch, Báo cáo …, by code or abbreviation; an unknown code is printed as it is."""
    return _type_names().get(code, code)
