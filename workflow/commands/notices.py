"""Telling people of what a step brought about: rows of the outbox, in the transaction of the step itself."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import bindparam, func, or_, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from workflow.case import Case
from workflow.definition import State, Step
from workflow.engine import Prepared, Work
from workflow.models import Delivery, Instance, Notice, Obligation, Owed, ReportPeriod
from workflow.models.base import Day, Json, instant_text
from workflow.people import Person
from workflow.relations import people_of

ASKING = ("waits", "returned", "report_returned", "stalls", "escalated", "reminded", "asked")
"""Kinds that are over with the next step of their document."""

_NOTICE = Notice.__table__
_TELL = {
    "sqlite": Prepared(sqlite.insert(_NOTICE).on_conflict_do_nothing(index_elements=["key"])),
    "postgresql": Prepared(postgresql.insert(_NOTICE).on_conflict_do_nothing(index_elements=["key"])),
}
_OVER = Prepared(
    update(_NOTICE)
    .where(
        _NOTICE.c.document_id == bindparam("of_document"),
        _NOTICE.c.read_at.is_(None),
        or_(*(_NOTICE.c.kind == kind for kind in ASKING)),
    )
    .values(read_at=bindparam("now"))
)
"""What asked for an act on this document is over with the next step, done by whomever."""

_OVER_AND_TELL = Prepared(
    text(
        "WITH over AS (UPDATE notice SET read_at = :now WHERE document_id = :document AND read_at IS NULL "
        "AND kind = ANY(:asking)) "
        "INSERT INTO notice (agency_id, person_id, kind, key, document_id, instance_id, facts, created_at, read_at) "
        "SELECT :agency, person_id, :kind, key, :document, NULL, :facts, :now, NULL "
        "FROM unnest(CAST(:people AS bigint[]), CAST(:keys AS text[])) AS new(person_id, key) "
        "ON CONFLICT (key) DO NOTHING"
    )
)
"""PostgreSQL: both in one round trip, as every step pays for it."""

HEADS = ("dept_head", "dept_deputy")


@dataclass(frozen=True)
class Telling:
    """
    One thing that one person is to know. `key` is unique for ever: telling it twice leaves one row.

    Kinds: waits, returned, report_returned, reminded (it is his turn); asked, answered (a question to one person);
    stalls (it will want a person); escalated (it waits too long for somebody else); issued (a document came to his
    unit); due, late (a report his unit owes); overdue (those that several units owe); new_day, date_set (until when);
    named (a report his unit was named for); task_opened (a task his unit leads). `facts` are copied as text; whoever
    lost a right since sees no more than he was told.
    """

    person_id: int
    agency_id: int
    kind: str
    key: str
    document_id: int | None = None
    instance_id: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)


def tell(w: Work, tellings: Sequence[Telling]) -> None:
    """Write those that are not there yet; one statement for any number."""
    rows = [
        {
            "agency_id": item.agency_id,
            "person_id": item.person_id,
            "kind": item.kind,
            "key": item.key,
            "document_id": item.document_id,
            "instance_id": item.instance_id,
            "facts": item.facts,
            "created_at": w.now,
            "read_at": None,
        }
        for item in tellings
    ]
    if rows:
        _TELL["sqlite" if w.engine.database.is_sqlite else "postgresql"].run_all(w.db, rows)


def tell_of_step(
    w: Work,
    case: Case,
    step: Step,
    state: State,
    *,
    awaited: Sequence[Person] | None,
    facts: dict[str, Any] | None = None,
) -> None:
    """
    Whoever must act next; of an issued document the heads of the units it goes to and of those that now owe
    reports. Never the actor himself. `case` is as it stands after the step, in `state`; `awaited` are the people
    for whom it waits now, None where it waits as before; `facts` are what the step adds, such as a new date.
    """
    if awaited is not None:
        kind, people = _kind(case, step, state), list(awaited)
        said = _said(w, case, state) | _away(case, people) | (facts or {})
        if kind == "report_returned" and (day := _agreed_day(w, case)):
            said["new_due"] = day.isoformat()
        people += list(substitutes_of(case, people))
        _hand_on(w, case, list(_tellings(w, case, kind, people, said)))
    if "snapshot_recipients" in step.effects:
        tell(w, list(_tellings(w, case, "issued", _heads_concerned(w, case), _said(w, case, state))))


def tell_of_new_drafter(w: Work, case: Case, state: State) -> None:
    """
    Whoever a draft was given to, where it now waits for him; what was asked of his predecessor is over. Lies it
    with the head, who passes it on when he has looked, nobody is told yet.
    """
    held = (person for relation in state.waits_for for person in people_of(relation, case))
    people = [person for person in held if person.id == case.document.drafter_id]
    if people:
        said = _said(w, case, state) | _away(case, people)
        people += list(substitutes_of(case, people))
        _hand_on(w, case, list(_tellings(w, case, "waits", people, said)))


def _hand_on(w: Work, case: Case, tellings: list[Telling]) -> None:
    """Those of one step are alike but for whom they go to."""
    if w.engine.database.is_sqlite:
        _OVER.later(w.db, {"of_document": case.document.id, "now": w.now})
        tell(w, tellings)
        return
    values = {
        "asking": list(ASKING),
        "now": instant_text(w.now),
        "document": case.document.id,
        "agency": case.document.agency_id,
        "kind": tellings[0].kind if tellings else "",
        "facts": Json().process_bind_param(tellings[0].facts, w.db.dialect) if tellings else "",
        "people": [item.person_id for item in tellings],
        "keys": [item.key for item in tellings],
    }
    _OVER_AND_TELL.later(w.db, values)


def _kind(case: Case, step: Step, state: State) -> str:
    if state.id != "returned":
        return "waits"
    unit_report = case.document.definition_id == "bao_cao_don_vi"
    return "report_returned" if unit_report and step.source == "submitted" else "returned"


def _tellings(
    w: Work, case: Case, kind: str, people: Iterable[Person], facts: dict[str, Any]
) -> Iterator[Telling]:
    document = case.document
    for person_id in sorted({person.id for person in people} - {w.actor.person_id}):
        key = f"{kind}:{document.id}:{document.version}:{person_id}"
        yield Telling(person_id, document.agency_id, kind, key, document_id=document.id, facts=facts)


def _said(w: Work, case: Case, state: State) -> dict[str, Any]:
    document = case.document
    said: dict[str, Any] = {
        "subject": document.subject,
        "procedure": document.definition_id,
        "unit": case.directory.units[document.unit_id].name,
        "label": state.label,
        "by": w.actor.name,
    }
    if document.reference_no:
        said["reference_no"] = document.reference_no
    if state.due_workdays:
        said["within"] = state.due_workdays
    return said


def substitutes_of(case: Case, people: Iterable[Person]) -> Iterator[Person]:
    """Those who act in place of somebody away today are told as well; the one away keeps his own notice."""
    for person in people:
        absence = case.directory.absence_of(person.id, case.today)
        if absence is not None and absence.substitute_id is not None:
            substitute = case.directory.people[absence.substitute_id]
            if substitute.active:
                yield substitute


def _away(case: Case, people: Iterable[Person]) -> dict[str, Any]:
    """As {"away": [["who is away", "who stands in"]]}, for the words of the notice."""
    pairs = [[p.name, s.name] for p in people for s in substitutes_of(case, [p])]
    return {"away": pairs} if pairs else {}


def _agreed_day(w: Work, case: Case) -> date | None:
    """Until when a report that was sent back is expected; only such a notice asks."""
    return w.db.scalar(
        select(func.max(Instance.extended_to, type_=Day))
        .join(ReportPeriod, ReportPeriod.instance_id == Instance.id)
        .where(ReportPeriod.report_id == case.document.id)
    )


def _heads_concerned(w: Work, case: Case) -> Iterator[Person]:
    """Issuing is rare: here two statements may be asked. The drafter learns that his document went out."""
    document = case.document
    unit_ids = set(
        w.db.scalars(
            select(Delivery.unit_id).where(Delivery.document_id == document.id, Delivery.unit_id.is_not(None))
        )
    ) | set(
        w.db.scalars(
            select(Owed.unit_id)
            .join(Obligation, Obligation.id == Owed.obligation_id)
            .where(Obligation.document_id == document.id)
        )
    )
    for unit_id in unit_ids:
        posts = case.directory.posts_with(document.agency_id, *HEADS, unit_id=unit_id)
        yield from case.directory.holders(posts, case.today)
    drafter = case.directory.people[document.drafter_id]
    if drafter.active:
        yield drafter
