"""What was asked before its answer was wanted, and the answers that came meanwhile; each is given out once."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

Statement = tuple[Any, ...]
"""Its text, which names its parameters $1, $2 …, and their values; the server knows their types."""
Answer = TypeVar("Answer")


class Ahead(Generic[Answer]):
    """Few at a time: statements are found by comparing, as their values may be lists."""

    def __init__(self) -> None:
        self._asked: list[tuple[Statement, int]] = []
        self._answers: list[tuple[Statement, Answer]] = []

    def __bool__(self) -> bool:
        return bool(self._asked or self._answers)

    def ask(self, statement: Statement, place: int) -> None:
        """`place` is where it stands among what is under way."""
        self._asked.append((statement, place))

    def awaits(self, statement: Statement) -> bool:
        return statement in [asked for asked, _ in self._asked]

    def knows(self, statement: Statement) -> bool:
        return self.awaits(statement) or statement in [asked for asked, _ in self._answers]

    def came(self, results: Sequence[Any], read: Callable[[Any], Answer]) -> None:
        """The results of what was under way, by place."""
        self._answers += [(statement, read(results[place])) for statement, place in self._asked]
        self._asked = []

    def take(self, statement: Statement) -> Answer | None:
        for at, (asked, answer) in enumerate(self._answers):
            if asked == statement:
                del self._answers[at]
                return answer
        return None

    def forget(self) -> None:
        if self:
            self._asked, self._answers = [], []
