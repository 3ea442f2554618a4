"""Counts what a page asks of the database, by listening to the engine itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from workflow.engine import Engine


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Every statement of both doors while the block runs, BEGIN included, in the order they were sent."""
    sent: list[str] = []

    def listen(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    doors = (engine.database.read, engine.database.write)
    for door in doors:
        event.listen(door, "before_cursor_execute", listen)
    try:
        yield sent
    finally:
        for door in doors:
            event.remove(door, "before_cursor_execute", listen)
