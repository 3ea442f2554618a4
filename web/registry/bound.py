"""The register as a PDF that can be printed on both sides and bound, with its cover (NĐ 30/2020, Điều 16, Phụ lục IV)."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from web.filters import local, vi_date, vi_datetime
from web.registry.sheet import HEADINGS, book_name, cells, gap_line
from workflow.people import Agency
from workflow.queries.register import Book, Check, Line
from workflow.writing.printed_book import PrintedBook, PrintedRow
from workflow.writing.typeset import book_pdf

TITLE = "SỔ ĐĂNG KÝ VĂN BẢN ĐI"
CLOSING = "Sổ này có {pages} trang, kể cả bìa; đăng ký {rows}."
TO_FILL = "……"


def bound(
    book: Book, lines: Sequence[Line], check: Check, agency: Agency, *, now: datetime, font_dir: Path | None
) -> bytes:
    """`lines` in the order of their numbers; `now` is told at the foot of each page, and by the file."""
    first, last = (lines[0], lines[-1]) if lines else (None, None)
    printed = PrintedBook(
        parent_name=agency.printed_parent.upper(),
        agency_name=agency.printed_name.upper(),
        title=TITLE,
        name=f"{book_name(book.series)}, năm {book.year}",
        cover=(
            (
                "Từ ngày",
                f"{vi_date(first.dated)} đến ngày {vi_date(last.dated)}" if first and last else TO_FILL,
            ),
            ("Từ số", f"{first.number:02d} đến số {last.number:02d}" if first and last else TO_FILL),
            ("Quyển số", TO_FILL),
        ),
        checked=gap_line(check),
        columns=HEADINGS,
        rows=tuple(PrintedRow(tuple(str(cell) for cell in cells(line)), void=line.is_void) for line in lines),
        closing=CLOSING.replace("{rows}", f"{len(lines)} số"),
        footer=f"In từ hệ thống lúc {vi_datetime(now)}, không thay thế bản gốc.",
        dated=local(now).date().isoformat(),
    )
    return book_pdf(printed, font_dir=font_dir)
