"""
Who agrees that a plan ends before Chánh Văn phòng ends it (T25); page, gate and command ask here.

He who signed the plan, or the director, says so with the reason. It is no step of the procedure, which is published and
stays as it is: an entry in the plan's own chain, without which the step that ends it is not to be had.
"""

from workflow.case import Case
from workflow.errors import NeedUnmet, NotYourStep, Refused, StepNotOpen
from workflow.people import Actor
from workflow.relations import people_of, stands_in

ACT = "agree_to_end"
AGREEING = ("signer", "director")
RUNNING = ("issued", "reported")


def refusal_to_agree(case: Case, actor: Actor) -> Refused | None:
    """Why this actor may not agree to the end of this document now; None if he may. Once is enough."""
    document = case.document
    if document.definition_id != "ke_hoach" or document.state not in RUNNING:
        return StepNotOpen(ACT, document.state)
    if not any(stands_in(relation, case, actor) for relation in AGREEING):
        return NotYourStep(ACT, AGREEING, could_agree(case))
    return NeedUnmet(ACT, "not_agreed_yet") if actor.person_id in case.did({ACT}) else None


def agreed(case: Case, actor: Actor) -> bool:
    """Whether somebody other than the one who would end it has agreed."""
    return bool(case.did({ACT}) - {actor.person_id})


def could_agree(case: Case, *, but: int | None = None) -> tuple[str, ...]:
    """By name, those who sign it or direct the agency today."""
    found = [person for relation in AGREEING for person in people_of(relation, case) if person.id != but]
    return tuple(dict.fromkeys(person.name for person in found))
