"""Counts what a page asks of the database, by listening to the engine itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import event

from workflow.engine import Engine


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Every statement of both doors while the block runs, BEGIN included, in the order they were sent."""
    sent: list[str] = []
    with listening(engine, lambda connection, cursor, statement, *_: sent.append(statement)):
        yield sent


@contextmanager
def listening(engine: Engine, listen: Callable[..., None]) -> Iterator[None]:
    """`listen` is told of each statement of both doors as SQLAlchemy's event `before_cursor_execute` tells it."""
    doors = (engine.database.read, engine.database.write)
    for door in doors:
        event.listen(door, "before_cursor_execute", listen)
    try:
        yield
    finally:
        for door in doors:
            event.remove(door, "before_cursor_execute", listen)
