"""
Who may remark on a text, who settles what was said, and which steps wait for it; page, gate and command ask here.

A must-settle remark stops whoever would next approve the content or sign. He may settle it himself, on the record:
so nobody is ever held up by a colleague who has left, and nobody passes over a remark in silence. The drafter
answers and changes the text, he never settles; the format check is no judgement of content and does not wait.
"""

from workflow.case import Case
from workflow.definition import Definition, State, Step
from workflow.errors import NeedUnmet, NotYourStep, Refused, StepNotOpen
from workflow.people import Actor
from workflow.relations import people_of, stands_in

NEED = "remarks_settled"
JUDGING = ("content", "signature", "receipt")
"""Approvals that say yes to the words."""


def waits_for_remarks(definition: Definition, step: Step) -> bool:
    """An approval given on one's own draft, out of an editable state, is a submission: it waits for nothing."""
    return step.approves in JUDGING and not definition.states[step.source].editable


def needs_of(definition: Definition, step: Step) -> tuple[str, ...]:
    """What the definition asks, and what every procedure asks: published ones were written before there were remarks."""
    if NEED in step.needs or not waits_for_remarks(definition, step):
        return step.needs
    proof = step.needs.index("proof_recent") if "proof_recent" in step.needs else len(step.needs)
    return (*step.needs[:proof], NEED, *step.needs[proof:])  # nobody types a password to hear of a remark


def unsettled(case: Case, step: Step) -> Refused | None:
    """The refusal of a step that waits, naming every remark that holds it."""
    held = [item for item in case.remarks if item.must_settle]
    if not held:
        return None
    told = [
        {
            "who": case.directory.people[item.author_id].name,
            "quote": item.quote,
            "place": item.place,
            "remark": item.id,
        }
        for item in held
    ]
    return NeedUnmet(step.id, NEED, {"remarks": told})


def refusal_of_remark(definition: Definition, case: Case, actor: Actor) -> Refused | None:
    """Why this actor may not remark on, or answer about, this text now; None if he may."""
    if refusal := _closed(definition.states[case.document.state], "remark"):
        return refusal
    part = _parts(definition)
    if any(stands_in(relation, case, actor) for relation in part):
        return None
    return NotYourStep("remark", part, _names(part, case))


def refusal_to_require(definition: Definition, case: Case, actor: Actor) -> Refused | None:
    """A drafter does not oblige others over his own text; his remarks are answers and questions."""
    if refusal := refusal_of_remark(definition, case, actor):
        return refusal
    part = tuple(relation for relation in _parts(definition) if relation != "drafter")
    mine = actor.person_id == case.document.drafter_id
    if not mine and any(stands_in(relation, case, actor) for relation in part):
        return None
    return NotYourStep("remark", part, _names(part, case))


def refusal_to_ask(definition: Definition, case: Case, actor: Actor) -> Refused | None:
    """Whoever it waits for to approve, check, sign or receive may ask a colleague first; who edits it asks by word."""
    state = definition.states[case.document.state]
    if state.final or state.editable or state.audience != "unit":
        return StepNotOpen("ask", state.id)
    if any(stands_in(relation, case, actor) for relation in state.waits_for):
        return None
    return NotYourStep("ask", state.waits_for, _names(state.waits_for, case))


def refusal_to_answer(
    definition: Definition, case: Case, actor: Actor, *, asked_id: int | None
) -> Refused | None:
    """Whoever may remark, and who was asked by name: a question gives him a word, and nothing else."""
    if (
        asked_id is None
        or actor.person_id != asked_id
        or actor.has("admin", agency_id=case.document.agency_id)
    ):
        return refusal_of_remark(definition, case, actor)
    return _closed(definition.states[case.document.state], "remark")


def refusal_to_settle(definition: Definition, case: Case, actor: Actor, *, author_id: int) -> Refused | None:
    """Its author; the head of the drafting unit; whoever the remark would stop now. Never the drafter, but his own."""
    if refusal := _closed(definition.states[case.document.state], "settle_remark"):
        return refusal
    if actor.is_system:
        return NotYourStep("settle_remark", ("unit_head",))
    if actor.person_id == author_id:
        return refusal_of_remark(definition, case, actor)
    stopped = [
        step for step in definition.steps_from(case.document.state) if waits_for_remarks(definition, step)
    ]
    able = tuple(dict.fromkeys(("unit_head", *(relation for step in stopped for relation in step.by))))
    drafted = actor.person_id == case.document.drafter_id
    if not drafted and any(stands_in(relation, case, actor) for relation in able):
        return None
    author = case.directory.people[author_id].name
    drafter = case.directory.people[case.document.drafter_id].name
    others = [name for name in _names(able, case) if name not in (author, drafter)]
    return NotYourStep("settle_remark", able, (author, *others))


def _closed(state: State, act: str) -> Refused | None:
    """What is signed, or has ended, is remarked on no more: it is changed by another document."""
    return StepNotOpen(act, state.id) if state.final or state.audience != "unit" else None


def _parts(definition: Definition) -> tuple[str, ...]:
    """Whoever this procedure gives a step before signing: drafter, head, format checker, signer, director."""
    states = definition.states
    before = [step for step in definition.steps if states[step.source].audience == "unit"]
    found = dict.fromkeys(relation for step in before for relation in step.by)
    return tuple(relation for relation in found if relation not in ("system", "returned_to"))


def _names(relations: tuple[str, ...], case: Case) -> tuple[str, ...]:
    people = [person.name for relation in relations for person in people_of(relation, case)]
    return tuple(dict.fromkeys(people))
