"""Rows of text and numbers as a spreadsheet file (XLSX): no formula, no link, no macro."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from workflow.patterns import expression

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767
"""Signs; what a spreadsheet takes in one cell."""

LONGEST_NAME = 31
_NO_XML = expression("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FONT = {"font_name": "Times New Roman", "font_size": 12, "border": 1, "text_wrap": True}
_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


@dataclass(frozen=True)
class Sheet:
    """One sheet: `widths` in signs, one a column."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[int | str]]
    widths: Sequence[int]


def workbook(
    headings: Sequence[str], rows: Iterable[Sequence[int | str]], *, name: str, widths: Sequence[int]
) -> bytes:
    """A file of one sheet, as `workbook_of` writes it."""
    return workbook_of([Sheet(name, headings, rows, widths)])


def workbook_of(sheets: Iterable[Sheet]) -> bytes:
    """
    The headings stay in view, and on every printed page; A4 on its side. The same rows give the same bytes.
    Text stands in its cell as text: no program reckons with it. At least one sheet, each with a name of its own.
    """
    from xlsxwriter import Workbook  # here, since of all pages only the tables to take away need it

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, **_PLAIN}) as book:
        book.set_properties({"created": _MADE})
        head = book.add_format({**_FONT, "bold": True, "align": "center", "valign": "vcenter"})
        body = book.add_format({**_FONT, "valign": "top"})
        for one in sheets:
            _write(book.add_worksheet(_sheet_name(one.name)), one, head, body)
    return out.getvalue()


def _write(sheet: Any, one: Sheet, head: Any, body: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.98, right=0.47, top=0.7, bottom=0.6)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    for place, width in enumerate(one.widths):
        sheet.set_column(place, place, width)
    for at, row in enumerate((one.headings, *one.rows)):
        for place, value in enumerate(row):
            style = body if at else head
            if isinstance(value, int):
                sheet.write_number(at, place, value, style)
            else:
                sheet.write_string(at, place, _NO_XML.sub(" ", value)[:LONGEST_CELL], style)


def _sheet_name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", " ", name)[:LONGEST_NAME].strip() or "1"
