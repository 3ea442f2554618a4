"""
Where each unit stands with each report it owes: the one place this is computed, for every page (decisions.md 24).

A unit report counts as sent on the day the unit's head approved it (its approval of kind "content" is the entry
that led to `submitted`). Returned for more, it keeps that first day: what the office asks for later does not
make a punctual unit late, and a late one does not become punctual. The agency's own report counts from issue.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, exists, func, not_, or_, select
from sqlalchemy.orm import aliased

from workflow.engine import Work
from workflow.models import Approval, Document, Instance, Obligation, ReportPeriod
from workflow.people import Actor
from workflow.progress import settled, still_counts
from workflow.queries.standing import Standing, State
from workflow.queries.titled import state_of_unit
from workflow.queries.visibility import visible_to
from workflow.standing_kept import unended
from workflow.succession import answered_for, ended_into, heir_of, taken_over
from workflow.workdays import aim_day, is_late, vn_date, workdays_between

REPORTERS = ("unit_reporter", "drafter", "dept_head", "dept_deputy")
COLLECTORS = ("drafter", "dept_head", "dept_deputy", "chief_of_office")


def standings(w: Work, *conditions: ColumnElement[bool], of_ended: bool = False) -> list[Standing]:
    """
    Those of plans that the actor may see, the nearest deadline first; of a plan that ended what was settled before, and
    the rest only with `of_ended`. Two statements for any number.

    `conditions` are over Instance, Obligation and Document (the plan), and may name the day as `today`.
    """
    statement = _statement().where(visible_to(w.actor), *conditions)
    if not of_ended:
        statement = statement.where(still_counts())
    rows = w.db.execute(statement, {"today": w.today}).all()
    seen = _visible(w, [row.report_id for row in rows if row.report_id is not None])
    newest = {row.id: row for row in rows}  # by report id within an instance, so the newest report stands
    return [_standing(w, row, seen) for row in newest.values()]


def standing(w: Work, instance_id: int) -> Standing | None:
    """This one, if the actor may see its plan."""
    found = standings(w, Instance.id == instance_id)
    return found[0] if found else None


def standing_answered_by(w: Work, report_id: int) -> Standing | None:
    """Of the duty for which this report of a unit was begun, whatever became of its plan since."""
    begun_for = select(ReportPeriod.instance_id).where(ReportPeriod.report_id == report_id)
    return next(iter(standings(w, Instance.id.in_(begun_for), of_ended=True)), None)


def standings_of_units(w: Work, unit_ids: Iterable[int], year: int) -> list[Standing]:
    """Of one year, with what they took over; for the present one also what is still owed from the years before."""
    of_year = Instance.year == year
    if year == w.today.year:
        of_year = or_(of_year, and_(Instance.year < year, ~settled()))
    units = frozenset(unit_ids)
    return standings(w, answered_for(units, ended_into(w.directory, units, w.today)), of_year)


def years_owed(w: Work, agency_id: int) -> list[int]:
    """The years in which anything is due in this agency, the newest first."""
    statement = select(Instance.year).where(Instance.agency_id == agency_id).distinct()
    return sorted(w.db.scalars(statement), reverse=True)


def may_begin(actor: Actor, item: Standing) -> bool:
    """Whether `start_unit_report` or `start_report` would open this report for the actor now."""
    roles = REPORTERS if item.tier == 1 else COLLECTORS
    free = (item.state == "not_started" or item.left_behind) and item.opens_on <= item.today
    unit_id = item.heir_id or item.unit_id
    return free and not actor.has("admin") and actor.has(*roles, unit_id=unit_id) is not None


@cache
def _statement() -> Select[Any]:
    """Built once: on a page of ordinary size building it costs more than running it."""
    sent_at = first_approval(REPORT).label("sent_at")
    statement = (
        select(
            *Instance.__table__.c,
            Obligation.tier,
            Obligation.receiver,
            Obligation.inclusive,
            Document.subject.label("plan_subject"),
            Document.reference_no.label("plan_reference"),
            taken_over().label("taken_over"),
            REPORT.id.label("report_id"),
            REPORT.unit_id.label("report_unit"),
            REPORT.definition_id,
            REPORT.definition_version,
            REPORT.state.label("report_state"),
            REPORT.reference_no.label("report_reference"),
            sent_at,
        )
        .join(Obligation, Obligation.id == Instance.obligation_id)
        .join(Document, Document.id == Instance.document_id)
    )
    return with_report(statement).order_by(Instance.last_on_time, Instance.unit_id, Instance.id, REPORT.id)


REPORT, LINK = aliased(Document), aliased(ReportPeriod)
"""The report that stands for an instance, where one does, in a statement made `with_report`."""


def first_approval(report: Any) -> ScalarSelect[Any]:
    """SQL: when the head of the unit first approved this report."""
    approved = select(func.min(Approval.at)).where(
        Approval.document_id == report.id, Approval.kind == "content"
    )
    return approved.correlate(report).scalar_subquery()


def with_report(statement: Select[Any]) -> Select[Any]:
    """
    Over Instance: each that is owed, once, with the report that answers it. One that ended unfinished leaves no trace.

    Two plain outer joins: SQLite reads one of a joined pair by first writing down all reports there ever were.
    """
    other, live = aliased(ReportPeriod), aliased(Document)
    better = (
        select(other.report_id)
        .outerjoin(live, and_(live.id == other.report_id, unended(live.state)))
        .where(other.instance_id == Instance.id, or_(live.id.is_not(None), other.report_id > LINK.report_id))
    )
    return (
        statement.outerjoin(LINK, LINK.instance_id == Instance.id)
        .outerjoin(REPORT, and_(REPORT.id == LINK.report_id, unended(REPORT.state)))
        .where(
            Instance.handed_over_to.is_(None),  # whoever took it over has a row of his own
            or_(
                LINK.report_id.is_(None),
                REPORT.id.is_not(None),
                not_(exists(better.correlate(Instance, LINK))),
            ),
        )
    )


def _visible(w: Work, report_ids: Sequence[int]) -> frozenset[int]:
    if not report_ids:
        return frozenset()
    return frozenset(
        w.db.scalars(select(Document.id).where(Document.id.in_(report_ids), visible_to(w.actor)))
    )


def _standing(w: Work, row: Any, seen: frozenset[int]) -> Standing:
    is_unit_report = row.definition_id == "bao_cao_don_vi"
    sent_at = row.fulfilled_at or (row.sent_at if is_unit_report else None)
    state = _state(row, sent_at)
    label = ""
    if row.report_id is not None:
        definition = w.flow(row.definition_id, row.definition_version).definition
        label = state_of_unit(
            definition.states[row.report_state], w.directory, row.report_unit, w.today
        ).label
    waits = sent_at is None and state != "waived"
    heir = heir_of(w.directory, row.unit_id, w.today) if row.taken_over else None
    begun_before = heir is not None and row.report_unit == row.unit_id
    return Standing(
        instance_id=row.id,
        obligation_id=row.obligation_id,
        plan_id=row.document_id,
        plan_subject=row.plan_subject,
        plan_reference=row.plan_reference,
        unit_id=row.unit_id,
        unit_name=w.directory.units[row.unit_id].name,
        tier=row.tier,
        receiver=row.receiver,
        inclusive=row.inclusive,
        year=row.year,
        period=row.period,
        opens_on=row.opens_on,
        last_on_time=row.last_on_time,
        aim_day=aim_day(row.last_on_time),
        today=w.today,
        state=state,
        report_id=row.report_id,
        report_open=row.report_id in seen,
        report_label=label,
        sent_at=sent_at,
        late_days=is_late(sent_at, row.last_on_time) if sent_at else 0,
        overdue_days=max(0, (w.today - row.last_on_time).days) if waits else 0,
        workdays_left=max(0, workdays_between(w.today, row.last_on_time)) if waits else 0,
        waived_reason=row.waived_reason or "",
        waived_by=w.directory.people[row.waived_by].name if row.waived_by else "",
        answered_by=row.fulfilled_reference or row.report_reference or "",
        unit_ended=not w.directory.units[row.unit_id].exists_on(w.today),
        extended_to=row.extended_to,
        extended_reason=row.extended_reason or "",
        heir_id=heir.id if heir else None,
        heir=heir.name if heir else "",
        left_behind=begun_before and state in ("drafting", "returned"),
    )


def _state(row: Any, sent_at: datetime | None) -> State:
    if row.waived_reason is not None:
        return "waived"
    if row.fulfilled_at is not None:
        return "fulfilled"
    if row.report_id is None:
        return "not_started"
    if row.report_state in ("submitted", "accepted"):
        return "accepted" if row.report_state == "accepted" else "submitted"
    return "returned" if sent_at is not None else "drafting"


def sent_on(item: Standing) -> date | None:
    """The day it was sent, in Việt Nam."""
    return vn_date(item.sent_at) if item.sent_at else None
