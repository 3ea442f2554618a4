"""
Tables of tasks: rows with bars, or columns parted by wide gaps, under a line of column titles.

A row whose cells cannot be told apart is left as text and reported.
"""

from dataclasses import dataclass

from workflow.reading.cleaning import GAP, Row
from workflow.reading.labels import column_of
from workflow.reading.words import squeeze


@dataclass(frozen=True)
class TableRow:
    """One task of a table: cells by column (ref, title, lead, coordinator, time, method, other)."""

    cells: dict[str, str]
    raw: str


def cells_of(row: str) -> list[str]:
    """The cells of "| a | b |"."""
    return [squeeze(cell) for cell in row.strip().strip("|").split("|")]


def columns_of(cells: list[str]) -> list[str] | None:
    """The columns a head names, where it names a task and who or when; else None."""
    keys = [column_of(cell) or "other" for cell in cells]
    if "title" not in keys:
        return None
    if not {"lead", "time", "coordinator"} & set(keys):
        return None
    return keys


def read_table(lines: list[str]) -> list[TableRow]:
    """The rows of a table with bars; empty where its head does not name tasks."""
    found: list[TableRow] = []
    columns: list[str] | None = None
    for line in lines:
        cells = cells_of(line)
        head = columns_of(cells)
        if head is not None:
            columns = head
            continue
        if columns is None or len(cells) < 2:
            continue
        row: dict[str, str] = {}
        for key, cell in zip(columns, cells, strict=False):
            if cell and key not in row:
                row[key] = cell
        numbers = all(cell.strip("()").isdigit() for cell in cells if cell)
        if numbers:
            continue
        if "title" not in row and found and "ref" not in row:
            # The rest of the row above, broken over a page.
            last = dict(found[-1].cells)
            for key, cell in row.items():
                last[key] = f"{last.get(key, '')} {cell}".strip()
            found[-1] = TableRow(last, f"{found[-1].raw} {line}")
            continue
        found.append(TableRow(row, line))
    return found


def bar_gap_tables(rows: list[Row]) -> list[Row]:
    """Rows of columns parted by gaps, under a head that names tasks, as rows with bars; others as they are."""
    found: list[Row] = []
    width = 0
    for row in rows:
        cells = row.text.split(GAP)
        if width == 0 or (GAP in row.text and columns_of(cells) is not None):
            width = len(cells) if len(cells) >= 3 and columns_of(cells) is not None else 0
        elif len(cells) != width:
            width = 0
        if width and not row.text.startswith("|"):
            row = Row("| " + " | ".join(map(squeeze, cells)) + " |", row.blanks, page=row.page)
        found.append(row)
    return found
