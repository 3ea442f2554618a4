"""The dated duties of a plan and the periods each unit owes, as rows for whoever has to act on them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, exists, or_, select

from workflow.engine import Work
from workflow.models import Document, Instance, Obligation, ReportPeriod


@dataclass(frozen=True)
class OwedPeriod:
    """
    One duty of one unit in one period; `answered` once it is waived, handed over, fulfilled, or a report is
    on its way.
    """

    id: int
    plan_id: int
    unit_id: int
    tier: int
    year: int
    period: str
    opens_on: date
    last_on_time: date
    answered: bool


def periods_of(
    w: Work, *, plan_id: int | None = None, unit_ids: frozenset[int] | None = None
) -> list[OwedPeriod]:
    """The periods of one plan or of some units, the earliest first. Gate the plan before: none is asked here."""
    report = (
        select(ReportPeriod.report_id)
        .join(Document, Document.id == ReportPeriod.report_id)
        .where(
            and_(
                ReportPeriod.instance_id == Instance.id,
                Document.state.not_in(["cancelled", "rejected", "voided"]),
            )
        )
    )
    done = (Instance.waived_reason, Instance.handed_over_to, Instance.fulfilled_at)
    answered = or_(*(column.is_not(None) for column in done), exists(report))
    statement = (
        select(
            Instance.id,
            Instance.document_id,
            Instance.unit_id,
            Obligation.tier,
            Instance.year,
            Instance.period,
            Instance.opens_on,
            Instance.last_on_time,
            answered.label("answered"),
        )
        .join(Obligation, Obligation.id == Instance.obligation_id)
        .order_by(Instance.last_on_time, Instance.id)
    )
    if plan_id is not None:
        statement = statement.where(Obligation.document_id == plan_id)
    if unit_ids is not None:
        statement = statement.where(Instance.unit_id.in_(unit_ids))
    return [OwedPeriod(*row[:8], bool(row.answered)) for row in w.db.execute(statement)]


def undated_duties(w: Work, *, plan_id: int) -> list[tuple[int, str]]:
    """The id and the words of each duty that still waits for a date."""
    found = select(Obligation.id, Obligation.raw).where(
        Obligation.document_id == plan_id, Obligation.status == "needs_date"
    )
    return [(row.id, row.raw) for row in w.db.execute(found.order_by(Obligation.id))]
