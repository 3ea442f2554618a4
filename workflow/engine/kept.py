"""Connections kept at hand between two uses: taking one out of the pool and putting it back costs more than asking."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection

MOST = 8
"""Kept at most; under more than so many threads the rest go back to the pool."""


class Kept:
    """Of one door of the database, and given up with its pool. Whoever takes one has it alone."""

    def __init__(self, door: Engine, pooled: Engine):
        self.door = door
        self._idle: deque[Connection] = deque()
        event.listen(pooled, "engine_disposed", self._give_up)

    @property
    def idle(self) -> int:
        return len(self._idle)

    def take(self) -> Connection:
        """One in no transaction; its server may have gone away since."""
        try:
            return self._idle.pop()
        except IndexError:
            return self.door.connect()

    def give_back(self, db: Connection) -> None:
        """Whatever it had begun and not ended is taken back."""
        if db.closed or db.invalidated or db.in_transaction() or len(self._idle) >= MOST:
            db.close()
        else:
            self._idle.append(db)

    @contextmanager
    def taken(self) -> Iterator[Connection]:
        db = self.take()
        try:
            yield db
        finally:
            self.give_back(db)

    def _give_up(self, pooled: Engine) -> None:
        while self._idle:
            db = self._idle.pop()
            db.detach()  # its pool is gone
            db.close()
