"""How answers are printed: as one JSON value with --json, else as plain lines."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import click

as_json = click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")


def say(value: Any, lines: Callable[[], Sequence[str]], *, json_wanted: bool) -> None:
    """Print the value, or the lines that say the same to a person."""
    if json_wanted:
        click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
        return
    for line in lines():
        click.echo(line)


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines whose columns stand under each other; the last column is not padded."""
    if not rows:
        return []
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]) - 1)]
    return [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]])
        for row in rows
    ]
