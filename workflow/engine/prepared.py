"""
Statements that every request sends, compiled once and handed to the driver as they are.

SQLAlchemy looks a statement up, arranges its parameters and describes its result anew each time, which costs
several times what the statement itself does. Nothing else changes: the connection, its transaction, what
listens to it and the errors it raises are SQLAlchemy's. No statement with an IN of unknown length.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Dialect, Insert, SelectBase
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import ClauseElement

Values = Mapping[str, Any]
Part = tuple[str | None, Callable[[Any], Any] | None, Any]
"""A parameter: its name among the values and how it goes in, or else the value itself."""
NONE: Values = {}
FEW = 20
"""Rows that are sent one by one rather than as many."""


class Prepared:
    """
    A SELECT, INSERT, UPDATE or DELETE of SQLAlchemy Core. Raises its DBAPIError, as SQLAlchemy would. On PostgreSQL
    it goes without a cursor (`direct`).
    """

    def __init__(self, statement: ClauseElement):
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def raw(self, db: Connection, values: Values = NONE) -> list[tuple[Any, ...]]:
        """The rows as the database keeps them: text for instants, days and JSON, numbers for flags."""
        rows: list[tuple[Any, ...]] = self._sent(db, values).fetchall()
        return rows

    def rows(self, db: Connection, values: Values = NONE) -> list[tuple[Any, ...]]:
        """The rows with their columns' Python values."""
        rows = self._sent(db, values).fetchall()
        return [self.read(db, row) for row in rows] if self._of(db).readers else rows

    def row(self, db: Connection, values: Values = NONE) -> tuple[Any, ...] | None:
        """The first row, or None."""
        row = self._sent(db, values).fetchone()
        return None if row is None else self.read(db, row)

    def scalar(self, db: Connection, values: Values = NONE) -> Any:
        """The first column of the first row; None where there is no row."""
        row = self.row(db, values)
        return None if row is None else row[0]

    def read(self, db: Connection, row: Sequence[Any]) -> tuple[Any, ...]:
        """The Python values of a raw row."""
        values = list(row)
        for position, reader in self._of(db).readers:
            values[position] = reader(values[position])
        return tuple(values)

    def run(self, db: Connection, values: Values) -> int:
        """How many rows it changed."""
        count: int = self._sent(db, values).rowcount
        return count

    def later(self, db: Connection, values: Values) -> None:
        """
        A change whose count nobody asks for and whose lock holds nobody off: on PostgreSQL it goes with the next
        statement, or with the commit, which then raises its error.
        """
        compiled = self._of(db, values)
        way = compiled.way(db)
        if way is None:
            _send(db, compiled.text, compiled.arranged(values), many=False)
        else:
            _send_direct(db, way.later, compiled, compiled.in_order(values))

    def alone(self, db: Connection, values: Values) -> None:
        """PostgreSQL, where no transaction has begun: a transaction of its own, flushed when this returns."""
        compiled = self._of(db, values)
        _send_direct(db, compiled.way(db).alone, compiled, compiled.in_order(values))

    def new_id(self, db: Connection, values: Values) -> int:
        """The id that SQLite gave the inserted row."""
        given: int = self._sent(db, values).lastrowid
        return given

    def run_all(self, db: Connection, rows: Sequence[Values]) -> None:
        """Once for each; `rows` is not empty and all have the same keys. Of a few nobody waits, as with `later`."""
        compiled = self._of(db, rows[0])
        if len(rows) <= FEW and compiled.way(db):
            for row in rows:
                self.later(db, row)
        else:
            _send(db, compiled.text, [compiled.arranged(row) for row in rows], many=True)

    def _sent(self, db: Connection, values: Values) -> Any:
        compiled = self._of(db, values)
        way = compiled.way(db)
        if way is None:
            return _send(db, compiled.text, compiled.arranged(values), many=False)
        given = compiled.in_order(values)
        answer = _spoken(db, way.answered, compiled, given)
        return answer or _send_direct(db, way.send, compiled, given)

    def _of(self, db: Connection, values: Values = NONE) -> "_Compiled":
        found = self._compiled.get(db.dialect.name)
        if found is None:
            found = self._compiled[db.dialect.name] = _Compiled(self._statement, db.dialect, values)
        return found


Asking = tuple[Prepared, Values]
"""A statement and its values."""


class _Compiled:
    """Its text for one driver, the order of its parameters, and how values go in and come out."""

    def __init__(self, statement: ClauseElement, dialect: Dialect, values: Values):
        inserts = isinstance(statement, Insert)
        compiled: Any = statement.compile(dialect=dialect, column_keys=list(values) if inserts else None)
        self.text: str = compiled.string
        if "__[POSTCOMPILE" in self.text:
            raise ValueError("a prepared statement has no IN of unknown length")
        parts = {
            name: _part(bind, name, compiled.params, dialect) for bind, name in compiled.bind_names.items()
        }
        order = compiled.positiontup
        self._positional = order is not None
        self._names = list(parts) if order is None else order
        self._parts = [parts[name] for name in self._names]
        self._direct: Callable[[Connection], Any] | None = None
        self.numbered = ""
        if dialect.name == "postgresql":
            from workflow.engine.direct import direct  # its driver is loaded by nobody else

            self._direct, self.numbered = direct, _numbered(self.text, self._names)
        columns = list(statement.selected_columns) if isinstance(statement, SelectBase) else []
        found = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        self.readers = tuple((at, reader) for at, reader in enumerate(found) if reader is not None)

    def way(self, db: Connection) -> Any:
        """Without a cursor, where there is such a way and it is open now."""
        if self._direct is None:
            return None
        way = self._direct(db)
        return way if way.ready else None

    def in_order(self, values: Values) -> list[Any]:
        """A value for each parameter of `numbered`."""
        return [
            fixed if name is None else values[name] if writer is None else writer(values[name])
            for name, writer, fixed in self._parts
        ]

    def arranged(self, values: Values) -> Any:
        """As the driver wants them: in order, or by name."""
        done = self.in_order(values)
        return tuple(done) if self._positional else dict(zip(self._names, done, strict=True))


def _numbered(text: str, names: list[str]) -> str:
    """With the parameters as the server counts them: $1, $2 …; one that stands twice has one number."""
    places = {name: f"${at}" for at, name in enumerate(names, 1)}
    return re.sub(r"%\((\w+)\)s", lambda found: places[found[1]], text).replace("%%", "%")


def ask_ahead(db: Connection, *asked: Asking) -> None:
    """
    These will be asked in this transaction, before anything else is where it may write. On PostgreSQL they go in one
    round trip, in this order; elsewhere each is asked in its turn. Said in vain it is only a waste.
    """
    for statement, values in asked:
        compiled = statement._of(db, values)
        way = compiled.way(db)
        if way is None:
            return
        given = compiled.in_order(values)
        if not way.expects(compiled.numbered, given):
            _send_direct(db, way.ahead, compiled, given)


def _send_direct(db: Connection, send: Callable[..., Any], compiled: "_Compiled", given: list[Any]) -> Any:
    _hear(db, compiled, given)
    return _spoken(db, send, compiled, given)


def _hear(db: Connection, compiled: "_Compiled", given: list[Any]) -> None:
    for listener in db.dispatch.before_cursor_execute:
        listener(db, None, compiled.text, given, None, False)


def _spoken(db: Connection, send: Callable[..., Any], compiled: "_Compiled", given: list[Any]) -> Any:
    try:
        return send(compiled.numbered, given)
    except db.dialect.loaded_dbapi.Error as error:
        raise _told(db, None, compiled.text, error) from error


def _part(bind: Any, name: str, constants: Mapping[str, Any], dialect: Dialect) -> Part:
    """A parameter that comes with the values by this name, or one that stands in the statement itself."""
    writer = bind.type.dialect_impl(dialect).bind_processor(dialect)
    if bind.required:
        return name, writer, None
    fixed = constants[name]
    return None, None, fixed if writer is None else writer(fixed)


def _send(db: Connection, text: str, parameters: Any, *, many: bool) -> Any:
    cursor = db.connection.cursor()
    for listener in db.dispatch.before_cursor_execute:
        listener(db, cursor, text, parameters, None, many)
    try:
        if many:
            cursor.executemany(text, parameters)
        else:
            cursor.execute(text, parameters)
    except db.dialect.loaded_dbapi.Error as error:
        raise _told(db, cursor, text, error) from error
    return cursor


def _told(db: Connection, cursor: Any, text: str, error: Exception) -> BaseException:
    """As SQLAlchemy says it; a lost connection is given up, and with it all that were opened before."""
    lost = db.dialect.is_disconnect(error, db.connection.dbapi_connection, cursor)  # type: ignore[arg-type]
    if lost:
        db.invalidate(error)
        db.engine.dispose()
    return DBAPIError.instance(
        text, None, error, db.dialect.loaded_dbapi.Error, connection_invalidated=lost, dialect=db.dialect
    )
