"""One duty of one unit in one period, as of today: a value, computed in `reporting` and nowhere else."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

State = Literal["not_started", "drafting", "returned", "submitted", "accepted", "fulfilled", "waived"]
SENT: frozenset[State] = frozenset({"returned", "submitted", "accepted", "fulfilled"})
AWAITED: frozenset[State] = frozenset({"not_started", "drafting"})
SETTLED: frozenset[State] = frozenset({"accepted", "fulfilled", "waived"})


class Deadlined:
    """What follows for a report, or for several that stand alike, from its state and its days."""

    inclusive: bool
    opens_on: date
    last_on_time: date
    today: date
    state: State

    @property
    def due(self) -> date:
        """The date as the text writes it: "trước ngày 10/11" for a last day of 09/11."""
        return self.last_on_time if self.inclusive else self.last_on_time + timedelta(days=1)

    @property
    def is_sent(self) -> bool:
        return self.state in SENT

    @property
    def is_settled(self) -> bool:
        return self.state in SETTLED

    @property
    def is_owed(self) -> bool:
        """Sent or still to be sent: whoever was freed of it counts neither as the one nor as the other."""
        return self.state != "waived"

    @property
    def is_awaited(self) -> bool:
        return self.state in AWAITED

    @property
    def is_open(self) -> bool:
        return self.is_awaited and self.opens_on <= self.today

    @property
    def days_left(self) -> int:
        return (self.last_on_time - self.today).days


@dataclass(frozen=True)
class Standing(Deadlined):
    """
    One duty of one unit in one period, as of today.

    `late_days` of a report that was sent, `overdue_days` of one that was not, both in calendar days after
    `last_on_time`; `workdays_left` counts the working days after today up to it. `report_id` is the report on
    its way, `report_open` whether this actor may see it. `answered_by` is the number of the agency's report.
    `extended_to` is a later day agreed by the office, by which lateness is not judged.
    `unit_ended` says that the unit stands no longer, so that what it owes is to be handed over. `heir` is the unit that
    took this report over, beside its own; `left_behind` says that the report shown is what the ended unit had begun.
    """

    instance_id: int
    obligation_id: int
    plan_id: int
    plan_subject: str
    plan_reference: str | None
    unit_id: int
    unit_name: str
    tier: int
    receiver: str
    inclusive: bool
    year: int
    period: str
    opens_on: date
    last_on_time: date
    aim_day: date
    today: date
    state: State
    report_id: int | None
    report_open: bool
    report_label: str
    sent_at: datetime | None
    late_days: int
    overdue_days: int
    workdays_left: int
    waived_reason: str
    waived_by: str
    answered_by: str
    unit_ended: bool
    extended_to: date | None = None
    extended_reason: str = ""
    heir_id: int | None = None
    heir: str = ""
    left_behind: bool = False

    @property
    def to_hand_over(self) -> bool:
        return self.unit_ended and not self.heir and not self.is_settled and self.state != "submitted"
