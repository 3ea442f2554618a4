"""What is on its way to PostgreSQL on one connection: sent in order, done in order, answered in one round trip."""

from collections.abc import Callable, Generator
from typing import Any

from psycopg import Error, OperationalError, errors
from psycopg.pq import ConnStatus, ExecStatus
from psycopg.waiting import Ready, Wait

DONE = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)


class Pipeline:
    """
    The driver's own pipelines are for cursors, and poll the server with every statement; this one is filled and then
    emptied. `wait` is how the driver waits for a generator of its kind.
    """

    def __init__(self, driver: Any, wait: Callable[..., Any]):
        self._driver, self._server, self._wait = driver, driver.pgconn, wait
        self._texts: list[str] = []

    def __len__(self) -> int:
        return len(self._texts)

    def add(self, text: str, name: bytes, values: Any, formats: Any) -> int:
        """A statement that was prepared under this name; returns its place among those under way."""
        if not self._texts:
            self._server.enter_pipeline_mode()
        self._server.send_query_prepared(name, values, formats)
        self._texts.append(text)
        return len(self._texts) - 1

    def results(self) -> tuple[list[Any], int | None]:
        """
        One for each statement, and the place of the one that failed, if any: what came after it was not done.

        Raises OperationalError where the server went away: then nobody knows what was done. Whatever it raises, the
        connection is closed.
        """
        self._texts = []
        try:
            self._server.pipeline_sync()
            found: list[Any] = self._wait(self._collect())
            self._server.exit_pipeline_mode()
        except BaseException:
            self._driver.close()  # whatever it would still answer would be taken for something else
            raise
        return found, next((at for at, one in enumerate(found) if one.status not in DONE), None)

    def settle(self) -> list[Any]:
        """What came of what is under way, which may be nothing; raises the driver's error for what failed."""
        if not self._texts:
            return []
        texts = self._texts
        found, failed = self.results()
        if failed is not None:
            error = self.error(found[failed])
            error.add_note(f"The statement: {texts[failed]}")
            raise error
        return found

    def checked(self, result: Any) -> Any:
        """The result of a statement that went alone; raises the driver's error."""
        if result.status in DONE:
            return result
        raise self.error(result)

    def error(self, result: Any) -> Error:
        if self._server.status != ConnStatus.OK:
            return self._lost()
        return errors.error_from_result(result, self._driver.info.encoding)

    def _collect(self) -> Generator[Wait, Ready, list[Any]]:
        server = self._server
        found: list[Any] = []
        while server.flush():
            if (yield Wait.RW) & Ready.R:
                server.consume_input()
        while True:
            if server.is_busy():
                if (yield Wait.R):
                    server.consume_input()
            elif (result := server.get_result()) is not None:
                if result.status == ExecStatus.PIPELINE_SYNC:
                    return found
                found.append(result)
            elif server.status != ConnStatus.OK:
                raise self._lost()

    def _lost(self) -> OperationalError:
        return OperationalError(self._server.get_error_message())
