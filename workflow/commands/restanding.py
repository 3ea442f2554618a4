"""
Where each report stands, kept beside the duty it answers (README, decisions): so that twenty thousand of them are
counted without being looked up one by one.

`queries.reporting` says it for one report from the facts themselves; a test holds the two together.
"""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Text,
    Update,
    and_,
    bindparam,
    case,
    func,
    literal,
    select,
    type_coerce,
    update,
)

from workflow.engine import Prepared, Work
from workflow.models import Approval, Document, Instance, ReportPeriod
from workflow.queries.reporting import unended

MIDNIGHT = "T17:00:00.000000+00:00"
"""Behind a day: its end in Việt Nam, as instants are stored; their order as text is the order of time."""


def restand_report(w: Work, report_id: int) -> None:
    """After anything happened to a report: for every period that it answers."""
    _OF_REPORT.run(w.db, {"report": report_id})


def restand(w: Work, instance_id: int) -> None:
    """After somebody decided about this period of a unit's duty."""
    _OF_INSTANCE.run(w.db, {"instance": instance_id})


def kept() -> Update:
    """SQL: an UPDATE that sets where every report stands; to be narrowed by who sends it."""
    approved = (
        select(func.min(Approval.at))
        .where(Approval.document_id == Document.id, Approval.kind == "content")
        .correlate(Document)
        .scalar_subquery()
    )
    is_unit_report = Document.definition_id == "bao_cao_don_vi"
    over = type_coerce(Instance.last_on_time, Text).concat(MIDNIGHT)
    way = case(
        (Document.state == "submitted", Document.state),
        (Document.state == "accepted", Document.state),
        (and_(is_unit_report, approved.is_not(None)), "returned"),
        else_="drafting",
    )
    late = case((and_(is_unit_report, type_coerce(approved, Text) >= over), 1), else_=0)
    fulfilled_late = case((type_coerce(Instance.fulfilled_at, Text) >= over, 1), else_=0)
    return update(Instance.__table__).values(
        stands=case(
            (Instance.waived_reason.is_not(None), "waived"),
            (Instance.fulfilled_at.is_not(None), "fulfilled"),
            else_=func.coalesce(_newest(way), "not_started"),
        ),
        came_late=case(
            (Instance.fulfilled_at.is_not(None), fulfilled_late),
            else_=func.coalesce(_newest(late), literal(0)),
        ),
    )


def _newest(said: ColumnElement[Any]) -> ColumnElement[Any]:
    """SQL: of the newest report that answers this instance and did not end."""
    return (
        select(said)
        .join(ReportPeriod, ReportPeriod.report_id == Document.id)
        .where(ReportPeriod.instance_id == Instance.id, unended(Document.state))
        .order_by(Document.id.desc())
        .limit(1)
        .correlate(Instance)
        .scalar_subquery()
    )


_OF_REPORT = Prepared(
    kept().where(
        Instance.id.in_(select(ReportPeriod.instance_id).where(ReportPeriod.report_id == bindparam("report")))
    )
)
_OF_INSTANCE = Prepared(kept().where(Instance.id == bindparam("instance")))
