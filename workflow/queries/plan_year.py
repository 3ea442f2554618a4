"""One plan's reporting in one year, and each duty of it: values, counted and told by `duties`."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, Self

from workflow.progress import RUNNING
from workflow.queries.standing import Standing
from workflow.queries.tallies import Tally

Badge = Literal["not_due", "collecting", "overdue", "reported", "ended"]


@dataclass(frozen=True)
class Duty:
    """
    One duty as the plan's text states it, in one year; nothing is counted while it has no date.

    `tallies` count all of its reports; `standings` are those of them that were asked for, one by one. `nobody`: the
    text names no unit of ours, and the office has not named one yet.
    """

    id: int
    plan_id: int
    ref: str
    tier: int
    status: str
    feeds_id: int | None
    reporter: str
    receiver: str
    via: str
    recurrence: str
    inclusive: bool
    by_reference: bool
    embedded_in: str
    raw: str
    resolved_by_document: str
    nobody: bool = False
    unit_names: tuple[str, ...] = ()
    tallies: tuple[Tally, ...] = ()
    standings: tuple[Standing, ...] = ()

    @property
    def total(self) -> int:
        """Without those that were waived."""
        return sum(item.count for item in self.tallies if item.is_owed)

    @property
    def sent(self) -> int:
        return sum(item.count for item in self.tallies if item.is_sent)

    @property
    def waived(self) -> int:
        return sum(item.count for item in self.tallies if not item.is_owed)

    @property
    def overdue(self) -> int:
        return sum(item.count for item in self.tallies if item.is_overdue)

    @property
    def late(self) -> int:
        return sum(item.count for item in self.tallies if item.late)

    @property
    def waiting(self) -> int:
        """Sent, and neither received by the office nor sent back."""
        return sum(item.count for item in self.tallies if item.state == "submitted")

    @property
    def missing(self) -> int:
        """Neither received by the office nor waived."""
        return sum(item.count for item in self.tallies if not item.is_settled)

    @property
    def has_begun(self) -> bool:
        """Whether any of its periods has opened or any report came in."""
        return any(item.is_open or item.state != "not_started" for item in self.tallies)

    @property
    def periods(self) -> tuple[str, ...]:
        """In the order of their deadlines."""
        return tuple(dict.fromkeys(item.period for item in self.tallies))

    @property
    def by_period(self) -> tuple[Self, ...]:
        """The same duty with what belongs to each of its periods alone."""
        return tuple(
            replace(
                self,
                tallies=tuple(item for item in self.tallies if item.period == period),
                standings=tuple(item for item in self.standings if item.period == period),
            )
            for period in self.periods
        )

    @property
    def at_nearest(self) -> Self:
        """With what belongs to the period of `nearest` alone: what is counted in a line that names that period."""
        near = self.nearest
        return next((part for part in self.by_period if near and part.periods == (near.period,)), self)

    def owing(self, period: str) -> int:
        """Of a period that has opened: how many the office still lacks and has not been sent."""
        return sum(
            item.count
            for item in self.tallies
            if item.period == period
            and not item.is_settled
            and item.state != "submitted"
            and item.opens_on <= item.today
        )

    @property
    def nearest(self) -> Tally | None:
        """The nearest deadline by which something is awaited, else the last there is: the one a line speaks of."""
        return next((item for item in self.tallies if item.is_awaited), next(reversed(self.tallies), None))

    @property
    def next_open(self) -> Standing | None:
        """The nearest that is not sent, else the last there is: the one whose deadline a line speaks of."""
        waiting = [item for item in self.standings if item.is_awaited]
        return next(iter(waiting or reversed(self.standings)), None)


@dataclass(frozen=True)
class PlanYear:
    """One plan's reporting in one year: the units' duties first, then what the agency owes."""

    plan_id: int
    version: int
    subject: str
    reference_no: str | None
    issued_on: date | None
    state: str
    report_year: int | None
    year: int
    duties: tuple[Duty, ...]

    @property
    def dated(self) -> tuple[Duty, ...]:
        return tuple(duty for duty in self.duties if duty.tallies)

    @property
    def ended(self) -> bool:
        """Closed, say: it owes nothing more, and nobody decides about what it would have owed."""
        return self.state not in RUNNING

    @property
    def undated(self) -> tuple[Duty, ...]:
        return () if self.ended else tuple(duty for duty in self.duties if duty.status == "needs_date")

    @property
    def unowed(self) -> tuple[Duty, ...]:
        """Those that no unit owes as long as nobody names one."""
        return () if self.ended else tuple(duty for duty in self.duties if duty.nobody)

    @property
    def final(self) -> tuple[Tally, ...]:
        """Those of the last tier: the year is reported when all of them are settled."""
        last = max((duty.tier for duty in self.dated), default=0)
        return tuple(item for duty in self.dated if duty.tier == last for item in duty.tallies)

    @property
    def badge(self) -> Badge:
        """
        Chưa đến kỳ, đang thu, quá hạn or đã báo cáo (domain.md §4.6); a missing date holds up the last. Where the plan
        ended before all that it owed in the year was settled, only that it ended.
        """
        final = self.final
        if self.ended and (not final or self._was_cut_short):
            return "ended"
        if final and all(item.is_settled for item in final) and not self.undated:
            return "reported"
        counted = [item for duty in self.dated for item in duty.tallies]
        if any(item.is_overdue for item in counted):
            return "overdue"
        begun = any(item.is_open or item.is_sent for item in counted)
        return "collecting" if begun else "not_due"

    @property
    def _was_cut_short(self) -> bool:
        """Whether what it owed last, to the body above, fell away with it: only what units owed is still told."""
        last = max((duty.tier for duty in self.duties if duty.status == "active"), default=0)
        return any(duty.tier == last and duty.status == "active" and not duty.tallies for duty in self.duties)

    def feeding(self, duty: Duty) -> tuple[Duty, ...]:
        """The units' duties whose reports go into this one."""
        return tuple(other for other in self.duties if other.feeds_id == duty.id)
