"""A line of the register as the ten columns of Phụ lục IV, for the screen, the paper and the file."""

import csv
import io
from collections.abc import Iterable

from web.filters import doc_type_name, vi_date
from web.inert import inert as inert
from workflow.queries.register import Check, Line

HEADINGS = (
    "Số, ký hiệu văn bản",
    "Ngày, tháng văn bản",
    "Tên loại và trích yếu nội dung",
    "Người ký",
    "Nơi nhận văn bản",
    "Đơn vị, người nhận bản lưu",
    "Số lượng bản",
    "Ngày chuyển",
    "Ký nhận",
    "Ghi chú",
)
"""NĐ 30/2020, Phụ lục IV. "Ký nhận" stays empty: it is signed on the printed book."""

WIDTHS = (16, 12, 44, 20, 36, 18, 9, 12, 12, 24)
"""Of the columns in a spreadsheet, in signs."""

Cells = tuple[str, str, str, str, str, str, int | str, str, str, str]


def cells(line: Line) -> Cells:
    """In the order of HEADINGS; the number of copies is a number, everything else is text."""
    return (
        line.reference_no,
        vi_date(line.dated),
        f"{doc_type_name(line.doc_type)} {line.subject}".strip(),
        line.signer_name,
        line.recipients,
        line.archive_unit,
        line.copies or "",
        vi_date(line.sent_at),
        "",
        remark(line),
    )


def remark(line: Line) -> str:
    """What the register says of a number that did not simply go out."""
    if line.is_void:
        return f"Hủy ngày {vi_date(line.voided_at)}: {line.void_reason}"
    if line.void_requested:
        return "Đang đề nghị hủy"
    if line.state == "numbered":
        return "Chờ phát hành" if line.sealed else "Chờ đóng dấu"
    return ""


def spreadsheet(lines: Iterable[Line]) -> bytes:
    """UTF-8 with a byte order mark, so that Excel reads the Vietnamese; no text in it can act as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for line in lines:
        writer.writerow([inert(cell) for cell in cells(line)])
    return out.getvalue().encode("utf-8-sig")


def book_name(series: str) -> str:
    """What a book is called: by its type, or all types together."""
    return "Văn bản đi (mọi loại)" if series == "*" else doc_type_name(series)


def gap_line(check: Check) -> str:
    """As "Sổ liên tục 01–57, 1 số hủy"; or which numbers are not there."""
    if check.last < check.first:
        return f"Sổ đã mở, chưa cấp số nào. Số đầu tiên là {check.first:02d}."
    if check.missing:
        shown = ", ".join(f"{number:02d}" for number in check.missing[:20])
        more = f" và {len(check.missing) - 20} số khác" if len(check.missing) > 20 else ""
        between = f"trong khoảng {check.first:02d}–{check.last:02d}"
        return f"Sổ thiếu số {shown}{more} {between}. Giữ nguyên dữ liệu và báo quản trị."
    voids = f"{check.voided} số hủy" if check.voided else "không có số hủy"
    return f"Sổ liên tục {check.first:02d}–{check.last:02d}, {voids}."
