"""What came of one statement on PostgreSQL."""

from typing import Any


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
