"""What a verification found, in sentences: which thing does not hold, what stands there, what it should be."""

from collections.abc import Mapping
from typing import Any

from web.filters import short_digest

WHAT: Mapping[str, str] = {
    "hash": "nội dung lưu không cho ra mã đã ghi",
    "unreadable": "nội dung lưu không đọc được",
    "prev": "không nối đúng với sự kiện trước của cùng văn bản",
    "document": "ghi tên văn bản khác",
    "version": "số phiên bản không liên tiếp",
    "time": "thời điểm lùi so với sự kiện trước",
    "columns": "cột tra cứu khác với nội dung sự kiện",
    "note": "ý kiến lưu không khớp mã cam kết",
    "state": "văn bản đang lưu khác với điều nhật ký ghi",
    "head": "đầu chuỗi của văn bản không phải sự kiện cuối",
    "revision": "nội dung một bản không khớp mã",
    "approval": "chấp thuận đang lưu khác với điều nhật ký ghi",
    "withdrawal": "việc rút chấp thuận khác với điều nhật ký ghi",
    "delivery": "nơi nhận đang lưu khác với điều nhật ký ghi",
    "register": "dòng sổ đăng ký khác với điều nhật ký ghi",
    "void": "dòng hủy số khác với điều nhật ký ghi",
    "attachment": "tệp kèm theo khác với điều nhật ký ghi",
    "issued_file": "tệp phát hành khác với điều nhật ký ghi",
    "remark": "góp ý đang lưu khác với điều nhật ký ghi",
    "progress": "tiến độ nhiệm vụ đang lưu khác với điều nhật ký ghi",
    "numbered": "số báo cáo của đơn vị khác với điều nhật ký ghi",
    "roster": "người, đơn vị, chức vụ hoặc quyền ký đang lưu khác với điều nhật ký ghi",
    "standing": "tình trạng báo cáo đang lưu khác với chính báo cáo",
    "file": "nội dung tệp lưu không cho ra mã của nó",
    "missing": "thiếu một dòng mà nhật ký có nhắc tới",
    "foreign": "có một dòng mà nhật ký không biết",
    "leaf": "vị trí trong cây không đúng",
    "nodes": "nút cây lưu khác với nút tính lại",
    "unsealed": "chưa được đưa vào cây",
    "size": "kích thước cây không đúng",
    "frontier": "đầu cây lưu khác với đầu cây tính lại",
    "checkpoint": "mốc ký lưu không khớp chính chữ ký của nó",
    "signature": "chữ ký của mốc không kiểm được bằng khóa hiện tại",
    "root": "gốc cây trong mốc đã ký khác với gốc tính lại",
    "bracket": "thời điểm mâu thuẫn với một mốc đã ký",
    "gap": "số văn bản không liên tiếp hoặc sai thứ tự ngày",
    "counter": "số cuối của sổ không đúng",
}

ROSTER: Mapping[str, str] = {
    "agency": "cơ quan",
    "unit": "đơn vị",
    "post": "vị trí",
    "person": "người",
    "holding": "việc giữ chức vụ",
    "authority": "quyền ký",
    "absence": "lần vắng mặt",
    "absence_ended": "việc kết thúc lần vắng mặt",
}
"""A row of an agency's order, by the table it stands in."""


def fault(item: Mapping[str, Any]) -> str:
    """As "Sự kiện #12: nội dung lưu không cho ra mã đã ghi (mã ghi 5a60 …, mã tính lại 91bb …)."."""
    place = _place(item)
    what = WHAT.get(str(item.get("kind")), "không khớp")
    values = _values(str(item.get("recorded") or ""), str(item.get("computed") or ""))
    where = f", {_where(str(item['where']))}" if item.get("where") else ""
    return f"{place}: {what}{values}{where}."


def _place(item: Mapping[str, Any]) -> str:
    if item.get("number"):
        return f"Sự kiện #{item['number']:04d}"
    if item.get("document"):
        return f"Văn bản mã {item['document']}"
    return "Nhật ký"


def _where(where: str) -> str:
    """A checkpoint, the head of the log, or else the name of a column as it is stored."""
    if where.startswith("checkpoint "):
        return f"mốc thứ {where.removeprefix('checkpoint ')}"
    table, _, row = where.partition(" ")
    if table in ROSTER and row.isdecimal():
        return f"{ROSTER[table]} mã {row}"
    return "đầu nhật ký" if where.startswith("log_head") else f"ở {where}"


def _values(recorded: str, computed: str) -> str:
    """Several hashes in a row say nothing by their first digits; they are left to the command line."""
    if (not recorded and not computed) or max(len(recorded), len(computed)) > 100:
        return ""
    return f" (ghi {_short(recorded)}, tính lại {_short(computed)})"


def _short(value: str) -> str:
    if len(value) == 64 and all(char in "0123456789abcdef" for char in value):
        return f"{short_digest(value)} …"
    return value or "trống"
