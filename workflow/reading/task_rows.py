"""
Tasks from tables, in the body and in an annex.
"""

from workflow.reading.found import FoundTask, Reading
from workflow.reading.outline import Part
from workflow.reading.tables import TableRow, read_table
from workflow.reading.times import read_time
from workflow.reading.units import split_names
from workflow.reading.words import bare_end, low

_DITTO = ("nt", "-nt-", "như trên", "- nt -", '"', "//", "nt-")


def read_annex(reading: Reading, lines: list[str], known: tuple[str, ...]) -> list[FoundTask]:
    """The tasks of a table in an annex; they stand beside the body, with references "PL.…"."""
    before = len(reading.tasks)
    read_rows(reading, Part("annex", ref="PL", table=lines), known)
    return reading.tasks[before:]


def read_rows(reading: Reading, part: Part, known: tuple[str, ...]) -> None:
    rows = read_table(part.table)
    if not rows:
        if len(part.table) > 1:
            reading.unread_tables.append(part.table[0])
        return
    prefix, last = part.ref, FoundTask("", "")
    kept: list[tuple[TableRow, FoundTask | None]] = []
    for row in rows:
        cells = row.cells
        ref = cells.get("ref", "").strip(" .)")
        title = bare_end(cells.get("title", ""))
        if not {"lead", "time", "coordinator", "method"} & set(cells):
            # "| I | NHIỆM VỤ CHUNG | | |" heads the rows below it.
            prefix = f"{part.ref}.{ref}".strip(".") if ref else prefix
            kept.append((row, None))
            continue
        if not title:
            continue
        task = FoundTask(
            f"{prefix}.{ref}".strip(".") if ref else prefix,
            title,
            _cell_names(cells.get("lead", ""), last.leads, known),
            _cell_names(cells.get("coordinator", ""), last.coordinators, known),
            cells.get("method") or None,
            last.time
            if low(cells.get("time", "")) in _DITTO
            else read_time(cells.get("time", ""), deadline=row.deadline),
            row.raw,
            0.9,
            {key: key for key in ("lead", "coordinator", "method", "time") if cells.get(key)},
        )
        last = task
        reading.tasks.append(task)
        kept.append((row, task))
    reading.rows[id(part)] = kept


def _cell_names(cell: str, above: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    return above if low(cell).strip() in _DITTO else split_names(cell, known) if cell else ()
