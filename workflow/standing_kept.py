"""
SQL: where each report stands, to be kept beside the duty it answers (README, decisions): twenty thousand of them are
then counted without being looked up one by one.

`queries.reporting` says the same of one report from the facts themselves; every test ends by comparing the two.
"""

from typing import Any

from sqlalchemy import ColumnElement, Text, Update, and_, case, func, literal, select, type_coerce, update

from workflow.models import Approval, Document, Instance, ReportPeriod

ENDED = ("cancelled", "rejected", "voided")
"""A report that ended so answers nothing; another may be begun."""

MIDNIGHT = "T17:00:00.000000+00:00"
"""Behind a day: its end in Việt Nam, as instants are stored; their order as text is the order of time."""


def unended(state: Any) -> ColumnElement[bool]:
    """The report is under way or done. Without an IN, so that the statement can be prepared."""
    return and_(*(state != ended for ended in ENDED))


def kept() -> Update:
    """An UPDATE that sets where every report stands; to be narrowed by who sends it."""
    return update(Instance.__table__).values(stands=stands_now(), came_late=late_now())


def stands_now() -> ColumnElement[str]:
    """Over Instance: one of `queries.standing.State`."""
    way = case(
        (Document.state == "submitted", Document.state),
        (Document.state == "accepted", Document.state),
        (and_(_IS_OF_A_UNIT, _APPROVED.is_not(None)), "returned"),
        else_="drafting",
    )
    return case(
        (Instance.waived_reason.is_not(None), "waived"),
        (Instance.fulfilled_at.is_not(None), "fulfilled"),
        else_=func.coalesce(_newest(way), "not_started"),
    )


def late_now() -> ColumnElement[int]:
    """Over Instance: 1 where it was sent after its day, else 0."""
    over = type_coerce(Instance.last_on_time, Text).concat(MIDNIGHT)
    late = case((and_(_IS_OF_A_UNIT, type_coerce(_APPROVED, Text) >= over), 1), else_=0)
    fulfilled_late = case((type_coerce(Instance.fulfilled_at, Text) >= over, 1), else_=0)
    return case(
        (Instance.fulfilled_at.is_not(None), fulfilled_late),
        else_=func.coalesce(_newest(late), literal(0)),
    )


_IS_OF_A_UNIT = Document.definition_id == "bao_cao_don_vi"
_APPROVED = (
    select(func.min(Approval.at))
    .where(Approval.document_id == Document.id, Approval.kind == "content")
    .correlate(Document)
    .scalar_subquery()
)


def _newest(said: ColumnElement[Any]) -> ColumnElement[Any]:
    """Of the newest report that answers this instance and did not end."""
    return (
        select(said)
        .join(ReportPeriod, ReportPeriod.report_id == Document.id)
        .where(ReportPeriod.instance_id == Instance.id, unended(Document.state))
        .order_by(Document.id.desc())
        .limit(1)
        .correlate(Instance)
        .scalar_subquery()
    )
