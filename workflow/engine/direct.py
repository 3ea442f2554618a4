"""
Statements that PostgreSQL has prepared, sent and read without what a cursor does around them.

A cursor of the driver converts the statement's text, weighs whether to prepare it, and waits in Python; for the dozens
of small statements of a request that is a third of what they cost this side. Parameters and values go through the
driver's own adapters; whatever is sent once is left to cursors.

A round trip costs more than most of these statements, on both sides. So what nobody waits for goes with the next that
somebody does wait for, at the latest with the commit; and what will be asked for soon may be asked ahead. The server
does them in the order in which they were said.
"""

from collections.abc import Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from psycopg import Error
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import PipelineStatus, TransactionStatus
from sqlalchemy.engine import Connection

from workflow.engine.ahead import Ahead, Statement
from workflow.engine.answer import Answer
from workflow.engine.pipeline import Pipeline

BYTES = (bytes, bytearray, memoryview)
PLACE = "direct"

BEGIN: Statement = ("BEGIN",)
COMMIT: Statement = ("COMMIT",)
Came = TypeVar("Came")


@dataclass
class Riding:
    """
    Statements that go with a commit, and what the last of them found. Where they failed the commit was done; where it
    failed they were not begun.
    """

    statements: tuple[Statement, ...]
    answer: Answer | None = None
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
        self._roll_back, self._end, self._wait = driver.rollback, driver.commit, driver.wait
        # What the driver itself waits for comes after what is under way.
        driver.rollback, driver.commit, driver.wait = self._rollback, self._commit, self._after
        self._new_cursor, driver.cursor = driver.cursor, self._cursor
        self._under_way = Pipeline(driver, self._wait)
        self._ahead: Ahead[Answer] = Ahead()
        # One who reads one snapshot and cannot write is told the same until its end.
        self._reads = driver.info.parameter_status("default_transaction_read_only") == "on"
        self._riding: Riding | None = None

    @property
    def ready(self) -> bool:
        """Unless the driver is in a pipeline of its own or its transaction has failed: both are for it to say."""
        return bool(self._under_way) or (
            self._server.pipeline_status == PipelineStatus.OFF
            and self._server.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.IDLE)
        )

    def send(self, text: str, values: Sequence[Any]) -> Answer:
        """
        The answer to this, after all before it. A transaction begins with it where one is wanted and none has begun.
        Raises the driver's errors, also those of what was sent before.
        """
        if self._under_way or self._begins():
            return self.together((text, *values))
        return self.alone(text, values)

    def alone(self, text: str, values: Sequence[Any]) -> Answer:
        """
        The answer to this, where nothing is under way; where no transaction has begun, as one of its own. Raises the
        driver's errors.
        """
        self._outdate()
        name, given = self._prepared(text), self._given(values)
        result = self._server.exec_prepared(name, given, self._adapt.formats)
        return self._read(self._under_way.checked(result))

    def together(self, *statements: Statement) -> Answer:
        """
        All of them in one round trip, with what the last one found. Whoever sends BEGIN sends COMMIT or ROLLBACK. After
        an error the rest is not done; whatever was begun stands, and is of no use. Raises the driver's errors.
        """
        self._outdate()
        self._queue(*statements)
        return self._read(self._settle()[-1])

    def later(self, text: str, values: Sequence[Any]) -> None:
        """
        Nobody waits for the answer; if it is an error, whoever waits next is told. It is not sent before: the server
        ends a transaction that idles with its locks, but not where it was told that more is to come.
        """
        self._outdate()
        self._queue((text, *values))

    def ahead(self, text: str, values: Sequence[Any]) -> None:
        """What will be asked soon; see `answered`."""
        statement = (text, *values)
        self._ahead.ask(statement, self._queue(statement))

    def expects(self, text: str, values: Sequence[Any]) -> bool:
        """Whether it was asked ahead and the answer not yet given."""
        return self._ahead.knows((text, *values))

    def answered(self, text: str, values: Sequence[Any]) -> Answer | None:
        """
        The answer to what was asked ahead, once; None where it was not. Who may write is given none once anything else
        was sent, by which it might be another.
        """
        if not self._ahead:
            return None
        statement = (text, *values)
        if self._ahead.awaits(statement):
            self._settle()
        return self._ahead.take(statement)

    def with_commit(self, *statements: Statement) -> Riding:
        """The next commit takes these along in its own round trip, as a transaction of their own after it."""
        self._riding = Riding(statements)
        return self._riding

    def _commit(self) -> None:
        riding, self._riding = self._riding, None
        self._ahead.forget()
        if not (self._under_way or self._begun()):
            self._end()
            return
        if not (self._under_way or riding):
            self._under_way.checked(self._server.exec_(b"COMMIT"))
            return
        after = riding.statements if riding else ()
        committed, found, failed = self._sent_with_commit(after)
        if failed is None:
            if riding:
                riding.answer = self._read(found[-1])
            return
        error = self._under_way.error(found[failed])
        self._rollback()  # as the server does with a commit that fails
        if riding is None or failed <= committed:
            raise error
        riding.error = error

    def _sent_with_commit(self, after: Sequence[Statement]) -> tuple[int, list[Any], int | None]:
        """The place of COMMIT among what was under way, the results, and the place of the one that failed."""
        try:
            for text, *_ in (COMMIT, *after):
                self._prepared(text)
        except Error:  # of what was under way
            self._rollback()
            raise
        try:
            committed = self._queue(COMMIT, *after) - len(after)
            return committed, *self._under_way.results()
        except BaseException:
            self._driver.close()  # or a rollback would send the COMMIT that is already on its way
            raise

    def _rollback(self) -> None:
        self._riding = None
        self._ahead.forget()
        with suppress(Error):  # undone, whatever came of it
            self._under_way.settle()
        if self._server.transaction_status == TransactionStatus.IDLE:
            return
        self._roll_back()
        if self._names:
            self._names.clear()
            self._under_way.checked(self._server.exec_(b"DEALLOCATE ALL"))

    def _after(self, operation: Generator[Any, Any, Came], *args: Any, **options: Any) -> Came:
        self._outdate()
        self._settle()
        came: Came = self._wait(operation, *args, **options)
        return came

    def _cursor(self, name: str = "", *args: Any, **options: Any) -> Any:
        if name:  # one of the server's own looks for a pipeline before it waits
            self._settle()
        return self._new_cursor(name, *args, **options)

    def _outdate(self) -> None:
        if not self._reads:
            self._ahead.forget()

    def _settle(self) -> list[Any]:
        try:
            results = self._under_way.settle()
        except Error:
            self._ahead.forget()
            raise
        self._ahead.came(results, self._read)
        return results

    def _read(self, result: Any) -> Answer:
        return Answer(self._adapt, result)

    def _begun(self) -> bool:
        """A transaction has, and the driver is in no pipeline of its own."""
        within: bool = self._server.transaction_status == TransactionStatus.INTRANS
        return within and self._server.pipeline_status == PipelineStatus.OFF

    def _begins(self) -> bool:
        return self._server.transaction_status == TransactionStatus.IDLE and not self._driver.autocommit

    def _queue(self, *statements: Statement) -> int:
        """The place of the last one among what is under way."""
        if not self._under_way and statements[0] != BEGIN and self._begins():
            statements = (BEGIN, *statements)
        # All that may be refused comes before the first is sent; a new statement needs what is under way to be over.
        named = [(text, self._prepared(text)) for text, *_ in statements]
        given = [(self._given(values), self._adapt.formats) for _, *values in statements]
        places = [self._under_way.add(*one, *values) for one, values in zip(named, given, strict=True)]
        return places[-1]

    def _prepared(self, text: str) -> bytes:
        name = self._names.get(text)
        if name is None:
            self._settle()
            name = b"direct_%d" % len(self._names)
            self._under_way.checked(self._server.prepare(name, text.encode()))
            self._names[text] = name
        return name

    def _given(self, values: Sequence[Any]) -> Any:
        formats = [PyFormat.BINARY if isinstance(value, BYTES) else PyFormat.TEXT for value in values]
        return self._adapt.dump_sequence(values, formats)


def direct(db: Connection) -> Direct:
    """Of the connection behind this one."""
    kept = db.connection.info
    found: Direct | None = kept.get(PLACE)
    if found is None:
        found = kept[PLACE] = Direct(db.connection.driver_connection)
    return found
