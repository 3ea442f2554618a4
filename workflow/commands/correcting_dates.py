"""Sửa hạn đã xác định: a day that the office found for a duty and that was wrong, while nobody has reported by it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update

from workflow.case import DocumentFacts
from workflow.commands import duties
from workflow.commands.instances import add_instances, days_of, first_year, handed_over, horizon
from workflow.commands.moving import act_on
from workflow.commands.telling_units import tell_of_date
from workflow.engine import Work
from workflow.errors import Fault, Invalid, NeedUnmet
from workflow.models import Instance, Notice, Obligation, Owed, Reminder
from workflow.periods import periods
from workflow.progress import date_may_change

REASON_MINIMUM = 10


def correct_date(
    w: Work,
    *,
    obligation_id: int,
    seen_version: int,
    due_month: int,
    due_day: int,
    inclusive: bool,
    source: str,
    reason: str,
) -> None:
    """
    Give a duty another day than the one that Chánh Văn phòng found for it; by the same, with the reason. The first
    day stays in the log; periods that were made keep their reports and get their new days, and units are told.

    Raises as `duties.resolve_date`, NeedUnmet "date_may_change" for a day that the text itself states or by which a
    report was sent, Invalid also where a period would no longer be owed.
    """
    duty, plan = duties.decidable(w, obligation_id, seen_version, "correct_date")
    if w.db.scalar(select(Obligation.id).where(Obligation.id == obligation_id, date_may_change())) is None:
        raise NeedUnmet("correct_date", "date_may_change")
    if len(reason.strip()) < REASON_MINIMUM:
        raise Invalid([Fault("reason", "too_short", {"minimum": REASON_MINIMUM})])
    duties.refuse_bad_day(due_month, due_day, source)
    values = {"due_month": due_month, "due_day": due_day, "inclusive": inclusive}
    whole = dict(duty._mapping) | values
    duties.refuse_out_of_order(w, whole)
    agency = w.directory.agencies[plan.agency_id]
    coming = {
        item.key: item
        for item in periods(
            "yearly",
            due_month=due_month,
            due_day=due_day,
            inclusive=inclusive,
            first_after=duty.active_from,
            until=horizon(w.today),
        )
    }
    mine = Instance.obligation_id == obligation_id
    made = w.db.execute(select(Instance.id, Instance.period).where(mine)).all()
    if any(row.period not in coming for row in made):
        raise Invalid([Fault("due_day", "drops_period")])
    w.db.execute(
        update(Obligation)
        .where(Obligation.id == obligation_id)
        .values(**values, resolved_by_document=source.strip())
    )
    for key in {row.period for row in made}:
        days = days_of(coming[key], agency)
        w.db.execute(update(Instance).where(mine, Instance.period == key).values(**days))
    ids = w.db.scalars(select(Owed.unit_id).where(Owed.obligation_id == obligation_id, ~handed_over()))
    units = [w.directory.units[unit_id] for unit_id in ids]
    add_instances(w, obligation_id, whole, units, agency, until=horizon(w.today))
    _begin_reminders_anew(w, [row.id for row in made])
    due = f"{due_day:02d}/{due_month:02d}"
    facts = {
        "obligation": duty.ref,
        "due_before": f"{duty.due_day:02d}/{duty.due_month:02d}",
        "due": due,
        "inclusive": inclusive,
        "source": source.strip(),
    }
    label = "Sửa hạn đã xác định"
    columns = _begins_earlier(w, plan)
    act_on(w, plan, action="correct_date", label=label, columns=columns, facts=facts, note=reason.strip())
    told = {"month": due_month, "day": due_day, "inclusive": inclusive, "source": source.strip()}
    tell_of_date(w, plan, duty, [unit.id for unit in units], told)


def _begins_earlier(w: Work, plan: DocumentFacts) -> dict[str, Any]:
    """The plan's first year of reports may now be one that the wrong day had left out."""
    first = first_year(w, plan.id)
    if plan.state != "issued" or plan.report_year is None or first is None:
        return {}
    return {"report_year": first} if w.today.year <= first < plan.report_year else {}


def _begin_reminders_anew(w: Work, instance_ids: Sequence[int]) -> None:
    """What was told of the wrong day is over; the next run judges by the new one."""
    stale = (Notice.instance_id.in_(instance_ids), Notice.kind.in_(["due", "late"]), Notice.read_at.is_(None))
    w.db.execute(update(Notice).where(*stale).values(read_at=w.now))
    w.db.execute(update(Reminder).where(Reminder.instance_id.in_(instance_ids)).values(next_on=w.today))
