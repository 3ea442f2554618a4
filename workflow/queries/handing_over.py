"""What an ended unit still owes of one plan, and who would take it over: what the page of the bàn giao shows."""

from dataclasses import dataclass
from datetime import date

from workflow.engine import Work
from workflow.errors import NotFound
from workflow.models import Instance
from workflow.queries.documents import document_view
from workflow.queries.reporting import standings
from workflow.queries.standing import Standing


@dataclass(frozen=True)
class ToHandOver:
    """`heir` is empty where no unit stands in the place of the one that ended; `periods` may be empty."""

    plan_id: int
    version: int
    subject: str
    reference_no: str | None
    unit_id: int
    unit: str
    ended_on: date | None
    heir: str
    periods: tuple[Standing, ...]


def to_hand_over(w: Work, *, plan_id: int, unit_id: int) -> ToHandOver:
    """NotFound for a plan out of sight or a unit of another agency."""
    plan = document_view(w, plan_id).document
    unit = w.directory.units.get(unit_id)
    if unit is None or unit.agency_id != plan.agency_id:
        raise NotFound(f"unit {unit_id}")
    heir = w.directory.standing_unit(unit.agency_id, unit.code, w.today)
    open_ = standings(w, Instance.document_id == plan_id, Instance.unit_id == unit_id)
    return ToHandOver(
        plan_id=plan.id,
        version=plan.version,
        subject=plan.subject,
        reference_no=plan.reference_no,
        unit_id=unit.id,
        unit=unit.name,
        ended_on=unit.valid_to if not unit.exists_on(w.today) else None,
        heir=heir.name if heir is not None and heir.id != unit.id else "",
        periods=tuple(item for item in open_ if not item.is_settled and item.state != "submitted"),
    )
