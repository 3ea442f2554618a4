"""A procedure as a table that a lawyer can read; made from the definition alone, so it cannot say anything else."""

from dataclasses import dataclass, fields, replace

from workflow.definition import RELATIONS, Definition, Step
from workflow.need_words import CONDITION_WORDS, NEED_WORDS, NOTE_WORDS
from workflow.remarking import needs_of

HEADINGS = ("Bước", "Từ", "Đến", "Ai", "Điều kiện", "Ghi lý do", "Ý nghĩa")


@dataclass(frozen=True)
class Row:
    """One step; a step that leads from several states to one is one row."""

    step: str
    source: str
    target: str
    who: str
    needs: tuple[str, ...]
    note: str
    meaning: str


def table(definition: Definition) -> list[Row]:
    """The steps in the order of the file, in the words of its labels."""
    rows: list[tuple[Step, Row]] = []
    for step in definition.steps:
        source, target = definition.states[step.source], definition.states[step.target]
        same = rows[-1][0] if rows else None
        if same is not None and replace(step, source=same.source) == same:
            rows[-1] = (same, replace(rows[-1][1], source=f"{rows[-1][1].source}; {source.label}"))
            continue
        when = (CONDITION_WORDS[step.when],) if step.when else ()
        row = Row(
            step=step.label,
            source=source.label,
            target=target.label,
            who="; ".join(RELATIONS[relation] for relation in step.by),
            needs=(*when, *(NEED_WORDS[need] for need in needs_of(definition, step))),
            note=NOTE_WORDS[step.note],
            meaning=step.meaning or "",
        )
        rows.append((step, row))
    return [row for _, row in rows]


def as_text(definition: Definition) -> str:
    """The table for a terminal or a printer: columns aligned, each need on a line of its own."""
    lines = [HEADINGS, *(line for row in table(definition) for line in _lines(row))]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEADINGS))]
    ruled = [tuple("─" * width for width in widths)]
    shown = [*lines[:1], *ruled, *lines[1:]]
    body = (
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in shown
    )
    return "\n".join([f"{definition.label} ({definition.id}, phiên bản {definition.version})", "", *body, ""])


def _lines(row: Row) -> list[tuple[str, ...]]:
    cells = [getattr(row, field.name) for field in fields(row)]
    columns = [list(cell) if isinstance(cell, tuple) else [cell] for cell in cells]
    height = max(1, *(len(column) for column in columns))
    return [tuple(column[at] if at < len(column) else "" for column in columns) for at in range(height)]
