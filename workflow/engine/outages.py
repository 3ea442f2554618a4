"""What an error of the driver says of the database: that it was busy, or that it went away."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from workflow.errors import TooBusy

BUSY_STATES = {"55P03", "40P01", "40001", "57014", "53100", "53300"}
"""PostgreSQL: lock timeout, deadlock, serialisation, statement timeout, disk full, too many connections."""


@contextmanager
def spoken_errors() -> Iterator[None]:
    """TooBusy for those after which nothing was done and the same may be tried again."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        # A connection lost before COMMIT was sent takes its transaction with it.
        if busy(error) or lost(error):
            raise TooBusy(str(error.orig)) from error
        raise


def busy(error: DBAPIError) -> bool:
    cause = error.orig
    if isinstance(cause, sqlite3.OperationalError):
        return any(words in str(cause) for words in ("locked", "busy", "full", "readonly"))
    return getattr(cause, "sqlstate", None) in BUSY_STATES


def lost(error: DBAPIError) -> bool:
    if isinstance(error.orig, sqlite3.Error):
        return False
    return error.connection_invalidated or getattr(error.orig, "sqlstate", None) in {None, "08006", "57P01"}
