"""
Tables of tasks: rows with bars, or columns parted by wide gaps, under a line of column titles.

A row whose cells cannot be told apart is left as text and reported.
"""

from dataclasses import dataclass

from workflow.patterns import expression
from workflow.reading.cleaning import GAP, Row
from workflow.reading.labels import column_of
from workflow.reading.words import low, squeeze

_LAST_DAY = expression(r"hạn|hoàn thành")
_BAR = expression(r"(?<!\\)\|")


@dataclass(frozen=True)
class TableRow:
    """One task of a table: cells by column (ref, title, lead, coordinator, time, method, other)."""

    cells: dict[str, str]
    raw: str
    deadline: bool = False


def cells_of(row: str) -> list[str]:
    """The cells of "| a | b |"; a bar inside a cell is "\\|"."""
    return [squeeze(cell).replace("\\|", "|") for cell in _BAR.split(row.strip().strip("|"))]


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
    deadline = False
    for line in lines:
        cells = cells_of(line)
        head = columns_of(cells)
        if head is not None:
            columns = head
            deadline = any(
                key == "time" and _LAST_DAY.search(low(cell)) for key, cell in zip(head, cells, strict=True)
            )
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
            found[-1] = TableRow(last, f"{found[-1].raw} {line}", deadline)
            continue
        found.append(TableRow(row, line, deadline))
    return found


def bar_gap_tables(rows: list[Row]) -> list[Row]:
    """Tables set with blanks or tabs, under a head that names tasks, as rows with bars; other rows as they are."""
    found: list[Row] = []
    place = 0
    while place < len(rows):
        row = rows[place]
        cells = row.text.split(GAP)
        if row.text.startswith("|") or len(cells) < 3 or columns_of(cells) is None:
            found.append(row)
            place += 1
            continue
        table = (
            _aligned(rows, place)
            if row.cells and len(row.cells) == len(cells)
            else _counted(rows, place, len(cells))
        )
        found += [_barred(rows[place], line) for line in table[0]]
        place = table[1]
    return found


def _barred(row: Row, cells: list[str]) -> Row:
    return Row(
        "| " + " | ".join(squeeze(cell).replace("|", "/") for cell in cells) + " |", row.blanks, page=row.page
    )


def _counted(rows: list[Row], place: int, width: int) -> tuple[list[list[str]], int]:
    """Rows of a table set with tabs: as many cells as the head has, the empty ones between two tabs too."""
    lines: list[list[str]] = []
    while place < len(rows) and len(rows[place].text.split(GAP)) == width:
        lines.append(rows[place].text.split(GAP))
        place += 1
    return lines, place


def _aligned(rows: list[Row], place: int) -> tuple[list[list[str]], int]:
    """Rows of a table set with blanks: a cell belongs to the column it stands under; a row without a number goes on."""
    starts = [start for start, _ in rows[place].cells]
    numbered = column_of(rows[place].cells[0][1]) == "ref"
    lines = [[text for _, text in rows[place].cells]]
    place += 1
    while place < len(rows):
        cells = rows[place].cells
        if not cells or rows[place].text.startswith("|") or (len(cells) == 1 and cells[0][0] < starts[1] - 4):
            break
        under = [
            max([index for index, start in enumerate(starts) if start - 4 <= at] or [0]) for at, _ in cells
        ]
        fresh = (
            under[0] == 0 if numbered else len(cells) > 1 and under[0] == 0 and len(set(under)) == len(starts)
        )
        if fresh or len(lines) == 1:
            lines.append([""] * len(starts))
        for index, (_, text) in zip(under, cells, strict=True):
            lines[-1][index] = f"{lines[-1][index]} {text}".strip()
        place += 1
    return lines, place
