"""Bàn giao: what a unit that ended still owes of one plan, and its tasks, go to its successor by an act of its own."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, exists, insert, or_, select, update

from workflow.commands.duties import refuse_act_on_plan
from workflow.commands.instances import handed_over
from workflow.commands.moving import act_on
from workflow.commands.steps import load_for_step
from workflow.engine import Work
from workflow.errors import Fault, Invalid, NeedUnmet, NotFound
from workflow.models import (
    Document,
    HandedOver,
    Instance,
    Obligation,
    Owed,
    ReportPeriod,
    Task,
    TaskProgress,
)
from workflow.people import Unit
from workflow.progress import settled
from workflow.succession import taken_over

BASIS_MINIMUM = 10
COPIED = (
    "agency_id",
    "obligation_id",
    "document_id",
    "year",
    "period",
    "data_from",
    "data_to",
    "opens_on",
    "last_on_time",
    "extended_to",
    "extended_reason",
)


def hand_over(w: Work, *, plan_id: int, unit_id: int, seen_version: int, basis: str) -> int:
    """
    Every period that an ended unit still owes of a plan becomes its successor's, with the same days; so do
    those to come. What it has sent stays its own. Returns how many periods went over.

    Where the successor has begun its own report of a period, another one is owed beside it, under the name of the
    unit that ended (`workflow.succession`): what was written before the hand-over says nothing of the other's work.

    `basis` is the decision by which the unit ended. By Chánh Văn phòng. Raises NotFound, NotYourStep, Stale,
    StepNotOpen, Invalid, and NeedUnmet "unit_ended", "successor_stands" or "owes".
    """
    plan = load_for_step(w, plan_id)
    unit = w.directory.units.get(unit_id)
    if unit is None or unit.agency_id != plan.agency_id:
        raise NotFound(f"unit {unit_id}")
    refuse_act_on_plan(w, plan, seen_version, "hand_over", "chief_of_office")
    heir = _heir(w, unit)
    if len(basis.strip()) < BASIS_MINIMUM:
        raise Invalid([Fault("basis", "too_short", {"minimum": BASIS_MINIMUM})])
    duties = list(
        w.db.scalars(
            select(Owed.obligation_id)
            .join(Obligation, Obligation.id == Owed.obligation_id)
            .where(Obligation.document_id == plan_id, Owed.unit_id == unit_id, ~handed_over())
        )
    )
    open_ = _still_owed(w, plan_id, unit_id)
    tasks = _undone_tasks(w, plan_id, unit_id)
    if not duties and not open_ and not tasks:
        raise NeedUnmet("hand_over", "owes", {"unit": unit.name})
    begun = _begun(w, plan_id, heir)
    apart = [row for row in open_ if (row.obligation_id, row.period) in begun]
    _pass_on(w, duties, [row for row in open_ if row not in apart], unit, heir)
    if tasks:
        w.db.execute(update(Task).where(Task.id.in_(tasks)).values(handed_over_to=heir.id))
    facts: dict[str, Any] = {
        "from_unit": unit.name,
        "to_unit": heir.name,
        "periods": sorted({f"{row.period}" for row in open_}),
        "obligations": sorted(duties),
    }
    if apart:
        facts["periods_apart"] = sorted({f"{row.period}" for row in apart})
    if tasks:
        facts["tasks"] = len(tasks)
    act_on(w, plan, action="hand_over", label="Bàn giao nghĩa vụ báo cáo", facts=facts, note=basis.strip())
    return len(open_)


def _heir(w: Work, unit: Unit) -> Unit:
    """The unit that stands today in the place of one that does not."""
    if unit.exists_on(w.today):
        raise NeedUnmet("hand_over", "unit_ended", {"unit": unit.name})
    heir = w.directory.standing_unit(unit.agency_id, unit.code, w.today)
    if heir is None:
        raise NeedUnmet("hand_over", "successor_stands", {"unit": unit.name})
    return heir


def _still_owed(w: Work, plan_id: int, unit_id: int) -> Sequence[Any]:
    """Periods not done with, not sent to the office and not taken over; a draft that was begun is left behind."""
    sent = exists(
        select(ReportPeriod.report_id)
        .join(Document, Document.id == ReportPeriod.report_id)
        .where(and_(ReportPeriod.instance_id == Instance.id, Document.state.in_(["submitted", "accepted"])))
    )
    found = select(Instance.__table__).where(
        Instance.document_id == plan_id, Instance.unit_id == unit_id, ~settled(), ~sent, ~taken_over()
    )
    return w.db.execute(found.order_by(Instance.id)).all()


def _begun(w: Work, plan_id: int, heir: Unit) -> set[tuple[int, str]]:
    """The duties and periods of which the successor has its own report under way, sent, or was freed of it."""
    begun = select(Instance.obligation_id, Instance.period).where(
        Instance.document_id == plan_id, Instance.unit_id == heir.id, Instance.stands != "not_started"
    )
    return {(obligation_id, period) for obligation_id, period in w.db.execute(begun)}


def _undone_tasks(w: Work, plan_id: int, unit_id: int) -> list[int]:
    """What the unit answers for and nobody said is done; its successor goes on with it, at the same days."""
    done = exists(
        select(TaskProgress.id).where(TaskProgress.task_id == Task.id, TaskProgress.stands == "done")
    )
    answers = or_(
        Task.handed_over_to == unit_id, and_(Task.handed_over_to.is_(None), Task.unit_id == unit_id)
    )
    return list(w.db.scalars(select(Task.id).where(Task.document_id == plan_id, answers, ~done)))


def _pass_on(w: Work, duties: Sequence[int], open_: Sequence[Any], unit: Unit, heir: Unit) -> None:
    """Rows that the successor has already (it belongs to the same group) stay as they are."""
    if duties:
        owed = [{"obligation_id": duty, "unit_id": heir.id} for duty in duties]
        w.db.execute(w.engine.database.insert(Owed).values(owed).on_conflict_do_nothing())
        gone = [{"obligation_id": duty, "unit_id": unit.id, "heir_id": heir.id} for duty in duties]
        w.db.execute(insert(HandedOver), gone)
    if open_:
        rows = [{name: getattr(row, name) for name in COPIED} | {"unit_id": heir.id} for row in open_]
        statement = w.engine.database.insert(Instance).values(rows)
        w.db.execute(statement.on_conflict_do_nothing(index_elements=["obligation_id", "unit_id", "period"]))
        ids = [row.id for row in open_]
        w.db.execute(update(Instance).where(Instance.id.in_(ids)).values(handed_over_to=heir.id))
