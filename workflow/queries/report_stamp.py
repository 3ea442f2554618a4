"""What is stamped on a unit's report beside its text: that it came late, its own number, the later day agreed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, select

from workflow.case import DocumentFacts
from workflow.engine import Work
from workflow.models import Approval, Instance, NumberedReport, ReportPeriod
from workflow.workdays import is_late

SEALED = "affiliated"


@dataclass(frozen=True)
class ReportStamp:
    """
    `late_days` after the first day, whatever later day was agreed; nought before it was sent. `reference_no`, `dated`
    and `sha256` of the paper the unit signed and sealed itself; `own_seal` says that it may bring one.
    """

    late_days: int = 0
    last_on_time: date | None = None
    extended_to: date | None = None
    extended_reason: str = ""
    reference_no: str = ""
    dated: date | None = None
    sha256: str = ""
    own_seal: bool = False

    @property
    def words(self) -> str:
        return f"Nộp muộn {self.late_days} ngày" if self.late_days else ""


def stamp_of(w: Work, document: DocumentFacts) -> ReportStamp | None:
    """Of a document found visible; None for what is no unit's report. One statement."""
    if document.definition_id != "bao_cao_don_vi":
        return None
    own_seal = w.directory.units[document.unit_id].kind == SEALED
    sent_at = (
        select(func.min(Approval.at))
        .where(Approval.document_id == document.id, Approval.kind == "content")
        .scalar_subquery()
    )
    newest = (
        select(func.max(NumberedReport.id)).where(NumberedReport.document_id == document.id).scalar_subquery()
    )
    row = w.db.execute(
        select(
            sent_at.label("sent_at"),
            Instance.last_on_time,
            Instance.extended_to,
            Instance.extended_reason,
            NumberedReport.reference_no,
            NumberedReport.dated,
            NumberedReport.sha256,
        )
        .select_from(ReportPeriod)
        .join(Instance, Instance.id == ReportPeriod.instance_id)
        .outerjoin(NumberedReport, and_(NumberedReport.id == newest))
        .where(ReportPeriod.report_id == document.id)
        .order_by(Instance.last_on_time)
        .limit(1)
    ).first()
    if row is None:
        return ReportStamp(own_seal=own_seal)
    return ReportStamp(
        late_days=is_late(row.sent_at, row.last_on_time) if row.sent_at else 0,
        last_on_time=row.last_on_time,
        extended_to=row.extended_to,
        extended_reason=row.extended_reason or "",
        reference_no=row.reference_no or "",
        dated=row.dated,
        sha256=row.sha256 or "",
        own_seal=own_seal,
    )
