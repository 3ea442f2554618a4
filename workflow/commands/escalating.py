"""Telling those above of a step that has waited too long; it tells, and leaves the step to whom it belongs."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select, update

from workflow.awaited import people_awaited
from workflow.case import Case
from workflow.commands.moving import act_on
from workflow.commands.notices import Telling, substitutes_of, tell
from workflow.commands.steps import case_of, load_for_step
from workflow.definition import State
from workflow.engine import Engine, Identity, Work
from workflow.escalating import DEPUTY, RULES, Wait, level_due, told_at_level
from workflow.models import Document, Waiting
from workflow.models.base import instant_text
from workflow.people import Person, system_actor
from workflow.queries.visibility import may_see

RULE = "escalate"
LABEL = "Báo lên cấp trên: chờ quá thời hạn xử lý"

_OPEN = (
    select(
        Waiting.state,
        Waiting.since,
        Waiting.escalated,
        Waiting.escalated_at,
        Document.id,
        Document.agency_id,
        Document.definition_id,
        Document.definition_version,
    )
    .join(Document, Document.id == Waiting.document_id)
    .where(Waiting.left_at.is_(None), Waiting.escalated.is_distinct_from(DEPUTY))
    .order_by(Waiting.since, Waiting.id)
)
_LEVEL = select(Waiting.since, Waiting.escalated, Waiting.escalated_at).where(Waiting.left_at.is_(None))


def escalate(engine: Engine) -> int:
    """
    Tell of every step that has waited too long, one level a run; returns of how many.

    Each document in a Work of its own, behind its lock: of several runs at once one finds the level untold, and one
    that is killed leaves entry, mark and notices together or none of them.
    """
    with engine.reading(Identity(rule=RULE)) as w:
        late = list(dict.fromkeys(_too_long(w)))
    told = 0
    for document_id in late:
        with engine.work(Identity(rule=RULE)) as w:
            told += _tell_above(w, document_id)
    return told


def _too_long(w: Work) -> Iterator[int]:
    for row in w.db.execute(_OPEN):
        state = w.flow(row.definition_id, row.definition_version).definition.states[row.state]
        settings = w.directory.agencies[row.agency_id].settings
        if level_due(state, settings, _wait(row), w.now) is not None:
            yield row.id


def _tell_above(w: Work, document_id: int) -> bool:
    document = load_for_step(w, document_id)
    row = w.db.execute(_LEVEL.where(Waiting.document_id == document_id).limit(1)).first()
    if row is None:
        return False
    flow = w.flow(document.definition_id, document.definition_version)
    state = flow.definition.states[document.state]
    case = case_of(w, document)
    level = level_due(state, case.agency.settings, _wait(row), w.now)
    if level is None:
        return False
    people = told_at_level(level, case, state)
    names = [_called(case, person) for person in people]
    mark = update(Waiting).where(Waiting.document_id == document_id, Waiting.left_at.is_(None))
    done = {"escalated": level, "escalated_at": w.now}
    w.db.execute(mark.values(done | ({"escalated_to": "; ".join(names)} if names else {})))
    if not people:
        return False
    awaited = dict.fromkeys(person.name for person in people_awaited(flow, case))
    facts = {
        "told": names,
        "awaited": list(awaited),
        "state_label": state.label,
        "waiting_since": instant_text(row.since),
        "within": state.due_workdays,
    }
    by_rule = replace(w, actor=system_actor(RULES[level]))
    act_on(by_rule, document, action="escalate", label=LABEL, facts=facts)
    tell(w, list(_tellings(w, case, state, people, facts)))
    return True


def _tellings(
    w: Work, case: Case, state: State, people: Sequence[Person], facts: dict[str, Any]
) -> Iterator[Telling]:
    """
    Whoever may not see the document yet is told of the wait, not of the text: a notice is no right to read it.
    """
    document = case.document
    said = {
        "procedure": document.definition_id,
        "unit": case.directory.units[document.unit_id].name,
        "label": state.label,
        "awaited": facts["awaited"],
        "since": facts["waiting_since"],
        "within": facts["within"],
    }
    everybody = {person.id: person for person in [*people, *substitutes_of(case, people)]}
    for person in everybody.values():
        seen = may_see(w, person.id, document)
        more = {"subject": document.subject} if seen else {"unseen": True}
        key = f"escalated:{document.id}:{document.version + 1}:{person.id}"
        yield Telling(
            person.id, document.agency_id, "escalated", key, document_id=document.id, facts=said | more
        )


def _wait(row: Any) -> Wait:
    return Wait(row.since, row.escalated or 0, row.escalated_at)


def _called(case: Case, person: Person) -> str:
    title = case.directory.title_of(person.id, case.document.agency_id, case.today)
    return f"{person.name}, {title}" if title else person.name
