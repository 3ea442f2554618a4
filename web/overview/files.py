"""The tables of the page as files: a workbook with a sheet for each, and one long list of rows for other programs."""

import csv
import io
from collections.abc import Sequence

from web.inert import inert
from web.overview.tables import Cell, Section
from web.workbook import Sheet, workbook_of

HEADINGS = ("Phần", "Dòng", "Cột", "Giá trị")


def as_workbook(sections: Sequence[Section]) -> bytes:
    return workbook_of(
        Sheet(
            section.table.name,
            section.table.headings,
            [tuple(cell.value for cell in row) for row in section.table.rows],
            section.table.widths,
        )
        for section in sections
    )


def as_csv(sections: Sequence[Section]) -> bytes:
    """UTF-8 with a byte order mark, so that Excel reads the Vietnamese; no text in it can act as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for section in sections:
        for name, heading, cell in _cells(section):
            writer.writerow([section.table.name, inert(name), heading, inert(cell.value)])
    return out.getvalue().encode("utf-8-sig")


def _cells(section: Section) -> Sequence[tuple[str, str, Cell]]:
    """(name of the row, heading, cell) of every cell but the names themselves."""
    headings = section.table.headings
    return [
        (str(row[0].value), heading, cell)
        for row in section.table.rows
        for heading, cell in zip(headings[1:], row[1:], strict=True)
    ]
