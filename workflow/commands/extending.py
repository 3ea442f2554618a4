"""Hẹn ngày mới: a later day for a report of a unit that the office sent back, or that cannot come in time."""

from datetime import date, timedelta

from sqlalchemy import select, update

from workflow.commands.duties import lock_open_instance, refuse_act_on_plan
from workflow.commands.moving import act_on
from workflow.commands.steps import load_for_step
from workflow.commands.telling_units import tell_of_new_day
from workflow.engine import Work
from workflow.errors import Fault, Invalid, NotFound
from workflow.models import Instance, Obligation

REASON_MINIMUM = 10
LONGEST = timedelta(days=365)
"""After the first day, or after today where that is over: a later one is a mistyped year."""


def extend(w: Work, *, instance_id: int, seen_version: int, new_day: date | None, reason: str) -> None:
    """
    Agree to a later day for one unit and period, with the reason; by Chánh Văn phòng, for what units owe the office.

    The first day stays on record and lateness is judged by it: the agreement says until when the office waits, not
    that the report came in time. Another agreement takes the place of this one; both are entries of the plan.
    Raises NotFound, NotYourStep, Stale, StepNotOpen, NeedUnmet "instance_open", Invalid.
    """
    instance = w.db.execute(
        select(Instance.__table__)
        .join(Obligation, Obligation.id == Instance.obligation_id)
        .where(Instance.id == instance_id, Obligation.tier == 1)
    ).first()
    if instance is None:
        raise NotFound(f"instance {instance_id}")
    plan = load_for_step(w, instance.document_id)
    refuse_act_on_plan(w, plan, seen_version, "extend", "chief_of_office")
    lock_open_instance(w, instance_id, "extend")
    day = _good_day(w, new_day, instance.last_on_time, reason)
    values = {"extended_to": day, "extended_reason": reason.strip()}
    w.db.execute(update(Instance).where(Instance.id == instance_id).values(**values))
    facts = {
        "unit": w.directory.units[instance.unit_id].name,
        "period": instance.period,
        "due": instance.last_on_time.isoformat(),
        "new_day": day.isoformat(),
    }
    act_on(w, plan, action="extend", label="Hẹn ngày nộp mới", facts=facts, note=reason.strip())
    tell_of_new_day(w, plan, instance, day)


def _good_day(w: Work, new_day: date | None, last_on_time: date, reason: str) -> date:
    faults = []
    if new_day is None:
        faults.append(Fault("new_day", "missing"))
    elif new_day <= last_on_time or new_day < w.today:
        faults.append(Fault("new_day", "too_soon"))
    elif new_day > max(last_on_time, w.today) + LONGEST:
        faults.append(Fault("new_day", "too_late", {"most": LONGEST.days}))
    if len(reason.strip()) < REASON_MINIMUM:
        faults.append(Fault("reason", "too_short", {"minimum": REASON_MINIMUM}))
    if faults or new_day is None:
        raise Invalid(faults)
    return new_day
