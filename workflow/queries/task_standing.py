"""One task of one unit at one time it is due, as of today: a value, computed in `tasks` and nowhere else."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

State = Literal["awaiting", "not_started", "running", "overdue", "done"]
STATES: tuple[State, ...] = ("overdue", "running", "not_started", "awaiting", "done")
"""In the order in which they ask for attention."""


@dataclass(frozen=True)
class Noted:
    """What somebody said of a task. `words` is None where they were lawfully erased."""

    state: str
    words: str | None
    figure: str
    file_name: str
    sha256: str | None
    by: str
    at: datetime


@dataclass(frozen=True)
class TaskStanding:
    """
    One task of one unit at one time it is due. `unit_name` is the unit that answers for it, `from_unit` the one that
    handed it over; `unit_ended` says that it stands no longer, so that its tasks are to be handed over.
    `late_days` of one that is done, `overdue_days` of one that is not, in calendar days.
    """

    id: int
    plan_id: int
    plan_subject: str
    plan_reference: str | None
    running: bool
    place: int
    ref: str
    title: str
    kind: str
    time_words: str
    unit_id: int
    unit_name: str
    from_unit: str
    period: str
    year: int | None
    starts_on: date | None
    last_day: date | None
    opened_on: date | None
    opened_by_document: str
    state: State
    noted: Noted | None
    late_days: int
    overdue_days: int
    unit_ended: bool

    @property
    def is_open(self) -> bool:
        return self.running and self.state not in ("done", "awaiting")

    @property
    def quarters(self) -> frozenset[str]:
        """Those it lies in, as "2026-Q3": by its last day where only that is set, else from first to last."""
        if self.starts_on is None:
            return frozenset()
        if self.kind == "date_before" and self.last_day:
            return frozenset({_quarter(self.last_day)})
        year = self.year or self.starts_on.year
        last = self.last_day or date(year, 12, 31)
        return frozenset(
            name for number in range(1, 5)
            if _quarter(self.starts_on) <= (name := f"{year}-Q{number}") <= _quarter(last)
        )  # fmt: skip


def _quarter(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"
