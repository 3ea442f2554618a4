"""Connections kept at hand between two uses: taking one out of the pool and putting it back costs more than asking."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection

MOST = 8
"""Kept at most; under more than so many threads the rest go back to the pool."""
_STAMP = "kept"


class Kept:
    """Of one door of the database, and given up with its pool. Whoever takes one has it alone."""

    def __init__(self, door: Engine, pooled: Engine):
        self.door = door
        self._idle: list[Connection] = []
        self._generation = object()
        self._lock = Lock()
        event.listen(pooled, "engine_disposed", self._give_up)

    @property
    def idle(self) -> int:
        return len(self._idle)

    def take(self) -> Connection:
        """One in no transaction; its server may have gone away since."""
        with self._lock:
            if self._idle:
                return self._idle.pop()
            generation = self._generation
        db = self.door.connect()
        db.info[_STAMP] = generation
        return db

    def give_back(self, db: Connection) -> None:
        """Whatever it had begun and not ended is taken back."""
        if db.closed or db.invalidated:
            db.close()
            return
        # One that was opened anew behind this Connection has no stamp: it is not set up as its door says.
        generation = db.info.get(_STAMP)
        with self._lock:
            present = generation is self._generation
            # Where a commit failed a transaction is left that cannot be ended.
            if present and db.get_transaction() is None and len(self._idle) < MOST:
                self._idle.append(db)
                return
        if generation is not None and not present:
            db.detach()  # its pool is gone
        db.close()

    @contextmanager
    def taken(self) -> Iterator[Connection]:
        db = self.take()
        try:
            yield db
        finally:
            self.give_back(db)

    def _give_up(self, pooled: Engine) -> None:
        with self._lock:
            given_up, self._idle, self._generation = self._idle, [], object()
        for db in given_up:
            db.detach()  # its pool is gone
            db.close()
