"""Telling units of what the office decided about their work: a task to begin, a later day, a day at last, a duty."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import update

from workflow.case import DocumentFacts
from workflow.commands.notices import Telling, tell
from workflow.commands.unit_people import UnitPeople
from workflow.engine import Work
from workflow.models import Notice


def tell_of_task(
    w: Work, plan: DocumentFacts, tasks: Iterable[Any], *, source: str, due: date | None
) -> None:
    """The units that lead it that its event has come; `tasks` are rows with id, unit_id, ref and title."""
    facts = {"source": source, "due": due.isoformat() if due else ""}
    said = [(task.unit_id, {"task": task.id, "ref": task.ref, "title": task.title} | facts) for task in tasks]
    _tell(w, plan, "task_opened", said)


def tell_of_new_day(w: Work, plan: DocumentFacts, instance: Any, new_day: date) -> None:
    """The unit until when its report is awaited; what it was told of the first day is over."""
    over = update(Notice).where(
        Notice.instance_id == instance.id, Notice.kind.in_(["due", "late"]), Notice.read_at.is_(None)
    )
    w.db.execute(over.values(read_at=w.now))
    facts = {
        "year": instance.year,
        "period": instance.period,
        "due": instance.last_on_time.isoformat(),
        "new_day": new_day.isoformat(),
    }
    _tell(w, plan, "new_day", [(instance.unit_id, facts)], instance_id=instance.id)


def tell_of_date(
    w: Work, plan: DocumentFacts, duty: Any, units: Iterable[int], facts: dict[str, Any]
) -> None:
    """Whoever owes a report without a date which day it has now, and by which document."""
    said = {"obligation": duty.id, "receiver": duty.receiver} | facts
    _tell(w, plan, "date_set", [(unit_id, said) for unit_id in units])


def tell_named(w: Work, plan: DocumentFacts, duty: Any, units: Iterable[int], *, source: str) -> None:
    """Units that the office named for a duty whose text names none: that it is theirs, and by which order."""
    said = {"obligation": duty.id, "receiver": duty.receiver, "source": source}
    _tell(w, plan, "named", [(unit_id, said) for unit_id in units])


def _tell(
    w: Work,
    plan: DocumentFacts,
    kind: str,
    said: Iterable[tuple[int, dict[str, Any]]],
    *,
    instance_id: int | None = None,
) -> None:
    """In the transaction of the act, whose version of the plan is `plan.version` + 1: so each is told once."""
    people = UnitPeople(w)
    told = {
        item.key: item
        for unit_id, facts in said
        for item in _tellings(w, plan, kind, people, unit_id, facts, instance_id)
    }
    tell(w, list(told.values()))


def _tellings(
    w: Work,
    plan: DocumentFacts,
    kind: str,
    people: UnitPeople,
    unit_id: int,
    facts: dict[str, Any],
    instance_id: int | None,
) -> Iterator[Telling]:
    about = {
        "plan": plan.subject,
        "reference_no": plan.reference_no or "",
        "unit": w.directory.units[unit_id].name,
    }
    for person_id in people.of(unit_id):
        if person_id != w.actor.person_id:
            key = f"{kind}:{plan.id}:{plan.version + 1}:{unit_id}:{person_id}"
            yield Telling(
                person_id, plan.agency_id, kind, key,
                document_id=plan.id, instance_id=instance_id, facts=about | facts,
            )  # fmt: skip
