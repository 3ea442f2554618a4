"""Whom a document waits for, by name: of those its state looks to, the ones who can take it on; it moves nothing."""

from dataclasses import replace

from workflow.case import Case
from workflow.coverage import onward
from workflow.definition import Step
from workflow.errors import NeedUnmet, NotYourStep
from workflow.machine import Flow
from workflow.people import Person
from workflow.redrafting import heads_of_orphan
from workflow.relations import people_of
from workflow.rules import KEPT_APART

APART = KEPT_APART | {"absent_apart"}


def people_awaited(flow: Flow, case: Case) -> list[Person]:
    """
    Whoever the state waits for today, those who stand in included, each once, but for whom duties kept apart bar
    from every step that leads on: the head who approved the content can only send it back from the format check,
    and nobody waits for that (decisions.md 12). All of them where each is barred: somebody has to see to it.
    Where the drafter left the unit, its head, who gives the draft on.
    """
    case = replace(case, asked=None)
    state = flow.definition.states[case.document.state]
    if heads := heads_of_orphan(state, case):
        return heads
    relations = state.waits_for
    people = {person.id: person for relation in relations for person in people_of(relation, case)}.values()
    if len(people) < 2:
        return list(people)
    steps = onward(flow, case)
    able = [person for person in people if any(not _is_barred(flow, step, case, person) for step in steps)]
    return able or list(people)


def _is_barred(flow: Flow, step: Step, case: Case, person: Person) -> bool:
    """For good, as the gate would say it; what is only not yet met bars nobody."""
    why = flow.refusal(step, case, case.directory.actor(person.id, case.today))
    return isinstance(why, NotYourStep) or (isinstance(why, NeedUnmet) and why.need in APART)
