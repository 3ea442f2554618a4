"""What stands in one field of a form: a text, a line, lines; and a fault told at it."""

from wtforms import Field


def wrong(field: Field, words: str) -> None:
    field.errors = [*field.errors, words]


def text_in(field: Field) -> str:
    return (field.data or "").replace("\r\n", "\n").strip()


def line_in(field: Field) -> str:
    return " ".join((field.data or "").split())


def lines_in(field: Field) -> tuple[str, ...]:
    return tuple(line.strip() for line in (field.data or "").splitlines() if line.strip())
