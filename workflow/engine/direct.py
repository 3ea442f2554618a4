"""
Statements that PostgreSQL has prepared, sent and read without what a cursor does around them.

A cursor of the driver converts the statement's text, weighs whether to prepare it, and waits in Python; for the dozens
of small statements of a request that is a third of what they cost this side. Parameters and values go through the
driver's own adapters; whatever is sent once is left to cursors.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import Error, OperationalError, errors
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ConnStatus, ExecStatus, PipelineStatus, TransactionStatus
from sqlalchemy.engine import Connection

DONE = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)
BYTES = (bytes, bytearray, memoryview)
PLACE = "direct"


class Answer:
    """What a cursor would hold after the statement."""

    def __init__(self, adapt: Any, result: Any):
        self._adapt, self._result = adapt, result

    @property
    def rowcount(self) -> int:
        count: int | None = self._result.command_tuples
        return count or 0

    def fetchall(self) -> list[tuple[Any, ...]]:
        self._adapt.set_pgresult(self._result)
        rows: list[tuple[Any, ...]] = self._adapt.load_rows(0, self._result.ntuples, tuple)
        return rows

    def fetchone(self) -> tuple[Any, ...] | None:
        """The first row, each time it is asked."""
        if not self._result.ntuples:
            return None
        self._adapt.set_pgresult(self._result)
        row: tuple[Any, ...] | None = self._adapt.load_row(0, tuple)
        return row


@dataclass
class Riding:
    """Statements that go with a commit. Where they failed the commit stands; where it failed they were not begun."""

    statements: tuple[str, ...]
    done: bool = False
    error: Error | None = None


class Direct:
    """
    Of one connection of the driver, for as long as it lives. The server keeps what was prepared as long, but the
    driver has all of it forgotten after a rollback, ours included; so we forget with it.
    """

    def __init__(self, driver: Any):
        self._driver, self._server = driver, driver.pgconn
        self._adapt: Any = Transformer(driver)
        self._names: dict[str, bytes] = {}
        self._roll_back, self._end = driver.rollback, driver.commit
        driver.rollback, driver.commit = self._rollback, self._commit
        self._riding: Riding | None = None

    def with_commit(self, *statements: str) -> "Riding":
        """The next commit takes these along in its own round trip, as a transaction of their own after it."""
        self._riding = Riding(statements)
        return self._riding

    def _commit(self) -> None:
        riding, self._riding = self._riding, None
        if riding is None or self._server.transaction_status != TransactionStatus.INTRANS:
            self._end()
            return
        try:
            self.script("COMMIT", "BEGIN", *riding.statements, "COMMIT")
            riding.done = True
        except Error as error:
            if self._server.transaction_status != TransactionStatus.INERROR:
                raise  # of the first transaction, or nobody knows of which
            riding.error = error
            self._rollback()

    def _rollback(self) -> None:
        self._riding = None
        begun = self._server.transaction_status != TransactionStatus.IDLE
        self._roll_back()
        if begun and self._names:
            self._names.clear()
            self._checked(self._server.exec_(b"DEALLOCATE ALL"))

    @property
    def ready(self) -> bool:
        """Inside a transaction, or where none is wanted: the driver begins one with the first use of a cursor."""
        if self._server.pipeline_status != PipelineStatus.OFF:
            return False
        state = self._server.transaction_status
        return state == TransactionStatus.INTRANS or (
            state == TransactionStatus.IDLE and bool(self._driver.autocommit)
        )

    def send(self, text: str, values: Sequence[Any]) -> Answer:
        """`text` names its parameters $1, $2 …; the server knows their types. Raises the driver's errors."""
        name = self._prepared(text)
        formats = [PyFormat.BINARY if isinstance(value, BYTES) else PyFormat.TEXT for value in values]
        given = self._adapt.dump_sequence(values, formats)
        return Answer(
            self._adapt, self._checked(self._server.exec_prepared(name, given, self._adapt.formats))
        )

    def execute(self, text: str, *values: str) -> str:
        """For a `script`: this prepared statement with these values, as SQL writes them down."""
        given = f"({', '.join(values)})" if values else ""
        return f"EXECUTE {self._prepared(text).decode()}{given}"

    def script(self, *statements: str) -> Answer:
        """
        All of them in one round trip, with what the last one found. Whoever sends BEGIN sends COMMIT or ROLLBACK. After
        an error the rest is not done; whatever was begun stands, and is of no use. Raises the driver's errors.
        """
        return Answer(self._adapt, self._checked(self._server.exec_("; ".join(statements).encode())))

    def _prepared(self, text: str) -> bytes:
        name = self._names.get(text)
        if name is None:
            name = b"direct_%d" % len(self._names)
            self._checked(self._server.prepare(name, text.encode()))
            self._names[text] = name
        return name

    def _checked(self, result: Any) -> Any:
        if result.status in DONE:
            return result
        if self._server.status != ConnStatus.OK:
            raise OperationalError(self._server.get_error_message())
        raise errors.error_from_result(result, self._driver.info.encoding)


def direct(db: Connection) -> Direct:
    """Of the connection behind this one."""
    kept = db.connection.info
    found: Direct | None = kept.get(PLACE)
    if found is None:
        found = kept[PLACE] = Direct(db.connection.driver_connection)
    return found
