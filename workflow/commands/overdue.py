"""Telling the deputy director of reports that are still missing well after their day; it asks nobody else to act."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import or_, update

from workflow.case import Case
from workflow.commands.moving import act_on
from workflow.commands.notices import Telling, substitutes_of, tell
from workflow.commands.reminders import LAST_DAY, PORTION, unanswered
from workflow.commands.steps import case_of, load_for_step
from workflow.engine import Engine, Identity, Work
from workflow.escalating import DEPUTY, RULES, leaders_of
from workflow.models import Instance, Reminder
from workflow.people import system_actor
from workflow.workdays import vn_midnight
from workflow.working_clock import working_time

RULE = "escalate_reports"
LABEL = "Báo lên cấp trên: báo cáo quá hạn"
NAMED = 5
"""Units that a notice names; the others are counted."""


def escalate_reports(engine: Engine) -> int:
    """
    The second level for what units owe: the head is told on every late working day (`commands.reminders`), the
    deputy director once, as late as he would hear of a step that stands still. Returns for how many reports.

    Claimed by the rows of `reminder`, in the transaction of the entry and the notices; those of one plan, period
    and day are told together, and a new day agreed begins anew.
    """
    with engine.reading(Identity(rule=RULE)) as w:
        groups: defaultdict[tuple[Any, ...], list[int]] = defaultdict(list)
        for row in w.db.execute(_late(w)):
            if _too_late(w, row):
                groups[row.document_id, row.year, row.period, row.tier, row.last_on_time].append(row.id)
    told = 0
    for (document_id, *_), ids in groups.items():
        for at in range(0, len(ids), PORTION):
            with engine.work(Identity(rule=RULE)) as w:
                told += _tell_of(w, document_id, ids[at : at + PORTION])
    return told


def _late(w: Work) -> Any:
    untold = or_(Reminder.escalated_for.is_(None), Reminder.escalated_for < LAST_DAY)
    return unanswered().join(Reminder, Reminder.instance_id == Instance.id).where(w.today > LAST_DAY, untold)


def _too_late(w: Work, row: Any) -> bool:
    settings = w.directory.agencies[row.agency_id].settings
    limit = timedelta(hours=settings.escalate_head_hours + settings.escalate_deputy_hours)
    over = vn_midnight(row.last_on_time + timedelta(days=1))
    return working_time(over, w.now) >= limit


def _tell_of(w: Work, document_id: int, ids: Sequence[int]) -> int:
    """Asked again behind the plan's lock: another run may have told, or the report have come."""
    plan = load_for_step(w, document_id)
    rows = [row for row in w.db.execute(_late(w).where(Instance.id.in_(ids))) if _too_late(w, row)]
    if not rows:
        return 0
    mark = update(Reminder).where(Reminder.instance_id.in_([row.id for row in rows]))
    w.db.execute(mark.values(escalated_for=rows[0].last_on_time))
    case = case_of(w, plan)
    people = leaders_of(case)
    if not people:
        return 0
    units = [w.directory.units[row.unit_id].name for row in rows]
    facts = {
        "told": [
            f"{person.name}, {case.directory.title_of(person.id, plan.agency_id, w.today)}"
            for person in people
        ],
        "units_late": units,
        "period": rows[0].period,
        "due": rows[0].last_on_time.isoformat(),
    }
    by_rule = replace(w, actor=system_actor(RULES[DEPUTY]))
    act_on(by_rule, plan, action="escalate", label=LABEL, facts=facts)
    everybody = {person.id for person in [*people, *substitutes_of(case, people)]}
    tell(w, list(_tellings(case, rows[0], units, sorted(everybody))))
    return len(rows)


def _tellings(case: Case, row: Any, units: Sequence[str], people: Sequence[int]) -> Iterator[Telling]:
    plan = case.document
    facts = {
        "plan": plan.subject,
        "reference_no": plan.reference_no or "",
        "receiver": row.receiver,
        "year": row.year,
        "period": row.period,
        "last_on_time": row.last_on_time.isoformat(),
        "units": list(units[:NAMED]),
        "count": len(units),
    }
    for person_id in people:
        key = f"overdue:{plan.id}:{plan.version + 1}:{person_id}"
        yield Telling(person_id, plan.agency_id, "overdue", key, document_id=plan.id, facts=facts)
