"""The reporting duties of each plan, with who stands where in one year; it computes no state of its own."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, select

from workflow.engine import Work
from workflow.errors import NotFound
from workflow.models import Document, Instance, Obligation, Owed
from workflow.progress import owed_by_nobody
from workflow.queries.reporting import standings
from workflow.queries.standing import Standing
from workflow.queries.visibility import visible_to

Badge = Literal["not_due", "collecting", "overdue", "reported"]
RUNNING = ("issued", "reported", "closed")


@dataclass(frozen=True)
class Duty:
    """
    One duty as the plan's text states it; `standings` are those of one year, empty while it has no date. `nobody`:
    the text names no unit of ours, and the office has not named one yet.
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
    by_reference: bool
    embedded_in: str
    raw: str
    resolved_by_document: str
    nobody: bool = False
    unit_names: tuple[str, ...] = ()
    standings: tuple[Standing, ...] = ()

    @property
    def total(self) -> int:
        return len(self.standings)

    @property
    def sent(self) -> int:
        return sum(item.is_sent or item.state == "waived" for item in self.standings)

    @property
    def overdue(self) -> tuple[Standing, ...]:
        return tuple(item for item in self.standings if item.overdue_days)

    @property
    def late(self) -> tuple[Standing, ...]:
        return tuple(item for item in self.standings if item.late_days)

    @property
    def missing(self) -> tuple[Standing, ...]:
        """Neither received by the office nor waived."""
        return tuple(item for item in self.standings if not item.is_settled)

    @property
    def has_begun(self) -> bool:
        """Whether any of its periods has opened or any report came in."""
        return any(item.is_open or item.state != "not_started" for item in self.standings)

    @property
    def next_open(self) -> Standing | None:
        """The nearest that is not sent, else the last there is: the one whose deadline a line speaks of."""
        waiting = [item for item in self.standings if not item.is_sent and item.state != "waived"]
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
        return tuple(duty for duty in self.duties if duty.standings)

    @property
    def undated(self) -> tuple[Duty, ...]:
        return tuple(duty for duty in self.duties if duty.status == "needs_date")

    @property
    def unowed(self) -> tuple[Duty, ...]:
        """Those that no unit owes as long as nobody names one."""
        return tuple(duty for duty in self.duties if duty.nobody)

    @property
    def final(self) -> tuple[Standing, ...]:
        """Those of the last tier: the year is reported when all of them are settled."""
        last = max((duty.tier for duty in self.dated), default=0)
        return tuple(item for duty in self.dated if duty.tier == last for item in duty.standings)

    @property
    def badge(self) -> Badge:
        """Chưa đến kỳ, đang thu, quá hạn or đã báo cáo (domain.md §4.6); a missing date holds up the last."""
        final = self.final
        if final and all(item.is_settled for item in final) and not self.undated:
            return "reported"
        open_ = [item for duty in self.dated for item in duty.standings]
        if any(item.overdue_days for item in open_):
            return "overdue"
        begun = any(item.is_open or item.is_sent for item in open_)
        return "collecting" if begun else "not_due"

    def feeding(self, duty: Duty) -> tuple[Duty, ...]:
        """The units' duties whose reports go into this one."""
        return tuple(other for other in self.duties if other.feeds_id == duty.id)


def plan_years(w: Work, agency_id: int, year: int) -> list[PlanYear]:
    """Every plan of the agency with a duty due in `year`, or without date or reporter; nearest first. Four statements."""
    rows = _rows(w, Obligation.agency_id == agency_id, Document.state.in_(RUNNING))
    owing = _owing(w, rows)
    stated, found = defaultdict[int, list[Any]](list), defaultdict[int, list[Standing]](list)
    for row in rows:
        stated[row.document_id].append(row)
    for item in standings(w, Instance.agency_id == agency_id, Instance.year == year):
        found[item.plan_id].append(item)
    plans = [_plan_year(mine, year, found[plan_id], owing) for plan_id, mine in stated.items()]
    this_year = year == w.today.year
    due = [plan for plan in plans if plan.dated or (this_year and (plan.undated or plan.unowed))]
    return sorted(due, key=_nearest)


def duty_year(w: Work, obligation_id: int, year: int | None) -> tuple[PlanYear, Duty]:
    """One duty in its plan; without `year`, that of its nearest open deadline. NotFound if out of sight."""
    plan_id = w.db.scalar(
        select(Obligation.document_id)
        .join(Document, Document.id == Obligation.document_id)
        .where(Obligation.id == obligation_id, visible_to(w.actor))
    )
    if plan_id is None:
        raise NotFound(f"obligation {obligation_id}")
    rows = _rows(w, Document.id == plan_id)
    found = standings(w, Instance.document_id == plan_id)
    chosen = year or _year_of([item for item in found if item.obligation_id == obligation_id], w.today.year)
    plan = _plan_year(rows, chosen, [item for item in found if item.year == chosen], _owing(w, rows))
    return plan, next(duty for duty in plan.duties if duty.id == obligation_id)


def _year_of(items: list[Standing], this_year: int) -> int:
    waiting = [item.year for item in items if not item.is_sent and item.state != "waived"]
    return min(waiting, default=this_year)


def _rows(w: Work, *conditions: ColumnElement[bool]) -> list[Any]:
    return list(
        w.db.execute(
            select(
                *Obligation.__table__.c,
                owed_by_nobody().label("nobody"),
                Document.version,
                Document.subject,
                Document.reference_no,
                Document.issued_on,
                Document.state,
                Document.report_year,
            )
            .join(Document, Document.id == Obligation.document_id)
            .where(visible_to(w.actor), *conditions)
            .order_by(Obligation.document_id, Obligation.tier, Obligation.id)
        )
    )


def _owing(w: Work, rows: Iterable[Any]) -> dict[int, tuple[str, ...]]:
    ids = [row.id for row in rows if row.status != "active"]
    pairs = w.db.execute(
        select(Owed.obligation_id, Owed.unit_id).where(Owed.obligation_id.in_(ids)).order_by(Owed.unit_id)
    )
    names: dict[int, tuple[str, ...]] = {}
    for obligation_id, unit_id in pairs:
        names[obligation_id] = (*names.get(obligation_id, ()), w.directory.units[unit_id].name)
    return names


def _plan_year(
    rows: list[Any], year: int, found: list[Standing], owing: dict[int, tuple[str, ...]]
) -> PlanYear:
    first = rows[0]
    duties = tuple(
        replace(
            _duty(row),
            unit_names=owing.get(row.id, ()),
            standings=tuple(item for item in found if item.obligation_id == row.id),
        )
        for row in rows
    )
    return PlanYear(
        plan_id=first.document_id,
        version=first.version,
        subject=first.subject,
        reference_no=first.reference_no,
        issued_on=first.issued_on,
        state=first.state,
        report_year=first.report_year,
        year=year,
        duties=duties,
    )


def _duty(row: Any) -> Duty:
    return Duty(
        id=row.id,
        plan_id=row.document_id,
        ref=row.ref,
        tier=row.tier,
        status=row.status,
        feeds_id=row.feeds_id,
        reporter=row.reporter,
        receiver=row.receiver,
        via=row.via,
        recurrence=row.recurrence,
        by_reference=row.by_reference,
        embedded_in=row.embedded_in,
        raw=row.raw,
        resolved_by_document=row.resolved_by_document,
        nobody=bool(row.nobody),
    )


def _nearest(plan: PlanYear) -> tuple[bool, date, int]:
    open_ = [item.last_on_time for duty in plan.dated for item in duty.standings if not item.is_settled]
    return (not open_, min(open_, default=date.max), plan.plan_id)
