"""What stands in one field of a form: a text, a line, lines, a choice; and a fault told at it."""

from typing import Any, get_args

from wtforms import Field


def wrong(field: Field, words: str) -> None:
    field.errors = [*field.errors, words]


def text_in(field: Field) -> str:
    return (field.data or "").replace("\r\n", "\n").strip()


def line_in(field: Field) -> str:
    return " ".join((field.data or "").split())


def lines_in(field: Field) -> tuple[str, ...]:
    return tuple(line.strip() for line in (field.data or "").splitlines() if line.strip())


def chosen_in(field: Field, among: Any) -> Any:
    """One of the values of this `Literal`; None for nothing, and for what no page of ours offers, which is told."""
    value = field.data or None
    if value is None or value in get_args(among):
        return value
    wrong(field, "Chọn một mục trong danh sách")
    return None
