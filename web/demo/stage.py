"""Plays acts in the order of time, each by its person, on a clock that the acts move; the engine does the rest."""

import heapq
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from workflow.engine import Engine, Identity, Work
from workflow.people import Directory

Act = Callable[[], None]


@dataclass
class StageClock:
    """The clock of the engine while the demonstration is set up; it stands still between acts."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Stage:
    """Acts wait in a queue by time. An act may put further acts there, at its own time or later."""

    engine: Engine
    clock: StageClock
    ends: datetime
    _queue: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=count)
    _directory: Directory | None = None

    @property
    def directory(self) -> Directory:
        """The people and units; they are installed before the first act and do not change."""
        if self._directory is None:
            with self.engine.reading(Identity(rule="demo")) as w:
                self._directory = w.directory
        return self._directory

    def later(self, moment: datetime, act: Act) -> None:
        """Play this act at that moment; never after the day on which the demonstration is set up."""
        heapq.heappush(self._queue, (min(moment, self.ends), next(self._order), act))

    def play(self) -> None:
        while self._queue:
            moment, _, act = heapq.heappop(self._queue)
            self.clock.now = max(self.clock.now, moment)
            act()

    @contextmanager
    def work(self, login: str) -> Iterator[Work]:
        """One transaction by this person, who has just proved who he is."""
        person = self.directory.by_login[login]
        with self.engine.work(Identity(person_id=person.id, proof_at=self.clock.now)) as w:
            yield w

    @contextmanager
    def reading(self) -> Iterator[Work]:
        with self.engine.reading(Identity(rule="demo")) as w:
            yield w

    def holder(self, agency_id: int, *roles: str, unit_id: int | None = None) -> str | None:
        """The login of the first who holds such a post now, or None."""
        day = self.clock.now.date()
        people = self.directory.holders(self.directory.posts_with(agency_id, *roles, unit_id=unit_id), day)
        return people[0].login if people else None
