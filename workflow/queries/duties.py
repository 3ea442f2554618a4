"""The reporting duties of each plan, with who stands where in one year; it computes no state of its own."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, or_, select

from workflow.engine import Work
from workflow.errors import NotFound
from workflow.models import Document, Instance, Obligation, Owed
from workflow.progress import date_may_change, owed_by_nobody, runs
from workflow.queries.plan_year import Badge as Badge
from workflow.queries.plan_year import Duty as Duty
from workflow.queries.plan_year import PlanYear as PlanYear
from workflow.queries.reporting import standings
from workflow.queries.standing import Standing
from workflow.queries.tallies import WANTED, Tally, tallies, year_awaited
from workflow.queries.visibility import visible_to

Counted = TypeVar("Counted", Tally, Standing)
RUNNING = ("issued", "reported", "closed")
NAMED = 200
"""Laggards of a year, over all plans, that a page still names; more of them are only counted."""


def plan_years(w: Work, agency_id: int, year: int) -> list[PlanYear]:
    """
    Every plan of the agency with a duty due in `year`, or without date or reporter, counted; nearest first. Of the
    reports only the agency's own are told one by one (`with_units` adds those of units). Five statements.
    """
    rows = _rows(w, Obligation.agency_id == agency_id, Document.state.in_(RUNNING))
    owing = _owing(w, rows)
    counted = _by_duty(tallies(w, {row.id: row.inclusive for row in rows}, year))
    own = _by_duty(standings(w, Instance.agency_id == agency_id, Instance.year == year, Obligation.tier == 2))
    stated = defaultdict[int, list[Any]](list)
    for row in rows:
        stated[row.document_id].append(row)
    plans = [_plan_year(mine, year, counted, own, owing) for mine in stated.values()]
    this_year = year == w.today.year
    due = [plan for plan in plans if plan.dated or (this_year and (plan.undated or plan.unowed))]
    return sorted(due, key=_nearest)


def with_units(w: Work, plans: Sequence[PlanYear], unit_ids: Collection[int]) -> list[PlanYear]:
    """The same plans, with what these units owe the office told one by one. Two statements."""
    return _told(w, plans, Instance.unit_id.in_(unit_ids)) if unit_ids else list(plans)


def with_laggards(w: Work, plans: Sequence[PlanYear]) -> list[PlanYear]:
    """The same plans, with what units owe and is overdue or came late: unless it is more than anybody reads."""
    many = sum(duty.overdue + duty.late for plan in plans for duty in plan.dated if duty.tier == 1)
    if not 0 < many <= NAMED:
        return list(plans)
    return _told(w, plans, or_(WANTED["overdue"], WANTED["late"]))


def _told(w: Work, plans: Sequence[PlanYear], condition: ColumnElement[bool]) -> list[PlanYear]:
    of_units = [duty.id for plan in plans for duty in plan.dated if duty.tier == 1]
    if not of_units:
        return list(plans)
    wanted = (Instance.obligation_id.in_(of_units), Instance.year == plans[0].year, condition)
    found = _by_duty(standings(w, *wanted))
    return [
        replace(
            plan,
            duties=tuple(
                replace(duty, standings=tuple(found.get(duty.id, ()))) if duty.tier == 1 else duty
                for duty in plan.duties
            ),
        )
        for plan in plans
    ]


def duty_year(w: Work, obligation_id: int, year: int | None) -> tuple[PlanYear, Duty]:
    """
    One duty in one year, beside the others of its plan; without a year the first in which something waits. What
    units owe is counted, as in `plan_years`. Raises NotFound.
    """
    plan_id = w.db.scalar(select(Obligation.document_id).where(Obligation.id == obligation_id))
    rows = _rows(w, Document.id == plan_id) if plan_id is not None else []
    if not rows:
        raise NotFound(f"obligation {obligation_id}")
    chosen = year or year_awaited(w, obligation_id) or w.today.year
    counted = _by_duty(tallies(w, {row.id: row.inclusive for row in rows}, chosen))
    own = _by_duty(
        standings(w, Obligation.document_id == plan_id, Instance.year == chosen, Obligation.tier == 2)
    )
    plan = _plan_year(rows, chosen, counted, own, _owing(w, rows))
    return plan, next(duty for duty in plan.duties if duty.id == obligation_id)


def may_correct_date(w: Work, obligation_id: int) -> bool:
    """Whether `correct_date` would take another day for it from Chánh Văn phòng."""
    if w.actor.has("chief_of_office") is None:
        return False
    found = select(Obligation.id).join(Document, Document.id == Obligation.document_id)
    return w.db.scalar(found.where(Obligation.id == obligation_id, runs(), date_may_change())) is not None


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
    rows: list[Any],
    year: int,
    counted: Mapping[int, Sequence[Tally]],
    own: Mapping[int, Sequence[Standing]],
    owing: Mapping[int, tuple[str, ...]],
) -> PlanYear:
    first = rows[0]
    duties = tuple(
        replace(
            _duty(row),
            unit_names=owing.get(row.id, ()),
            tallies=tuple(counted.get(row.id, ())),
            standings=tuple(own.get(row.id, ())),
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
        inclusive=row.inclusive,
        by_reference=row.by_reference,
        embedded_in=row.embedded_in,
        raw=row.raw,
        resolved_by_document=row.resolved_by_document,
        nobody=bool(row.nobody),
    )


def _by_duty(items: Iterable[Counted]) -> Mapping[int, list[Counted]]:
    found: dict[int, list[Counted]] = {}
    for item in items:
        found.setdefault(item.obligation_id, []).append(item)
    return found


def _nearest(plan: PlanYear) -> tuple[bool, date, int]:
    open_ = [item.last_on_time for duty in plan.dated for item in duty.tallies if not item.is_settled]
    return (not open_, min(open_, default=date.max), plan.plan_id)
