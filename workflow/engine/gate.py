"""Who goes first on a SQLite in which a commit and its readers wait for each other: asked here, not by sleeping."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 5.0
"""Seconds; whoever waited that long goes on, and the database's own locks decide."""


class Gate:
    """
    Reads go through together, a commit alone. SQLite's busy handler sleeps ever longer and wakes by chance; here
    the last reader wakes the writer, and the writer the readers. It only keeps order: nothing rests on it.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._reading = 0
        self._closed = False
        self._own = threading.local()

    @contextmanager
    def together(self) -> Iterator[None]:
        """A read; one inside another of the same thread does not wait."""
        inside = getattr(self._own, "reads", 0)
        with self._changed:
            if not inside:
                self._changed.wait_for(lambda: not self._closed, PATIENCE)
            self._reading += 1
        self._own.reads = inside + 1
        try:
            yield
        finally:
            self._own.reads = inside
            with self._changed:
                self._reading -= 1
                if not self._reading:
                    self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """A commit; there is one writer at a time. Reads that begin now wait until it is done."""
        with self._changed:
            self._closed = True
            self._changed.wait_for(lambda: not self._reading, PATIENCE)
        try:
            yield
        finally:
            with self._changed:
                self._closed = False
                self._changed.notify_all()


class NoGate:
    """Where readers and writers do not wait for each other."""

    @contextmanager
    def together(self) -> Iterator[None]:
        yield

    alone = together
