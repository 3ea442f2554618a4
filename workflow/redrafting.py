"""
Who may give a draft to another drafter, and who could take it on; page, gate and command ask here.

A drafter leaves or falls ill, and his draft must not be lost with him: the head of the unit, who answers for what is
drafted there (NĐ 30/2020, Điều 10, Điều 12), gives it on. An administrator never does: a draft is content.
"""

from workflow.case import Case
from workflow.definition import Definition, State
from workflow.errors import NotYourStep, Refused, StepNotOpen
from workflow.people import Actor, Person
from workflow.relations import UNIT_HEADS, people_of, stands_in

ACT = "pass_draft"
TAKING = ("drafter", *UNIT_HEADS)
REPORTING = ("unit_reporter", *TAKING)
"""Of a unit's own report."""


def refusal_to_pass(definition: Definition, case: Case, actor: Actor) -> Refused | None:
    """Why this actor may not give the draft to another now; None if he may."""
    state = definition.states[case.document.state]
    if not state.editable:
        return StepNotOpen(ACT, state.id)
    if stands_in("unit_head", case, actor):
        return None
    return NotYourStep(ACT, ("unit_head",), tuple(person.name for person in people_of("unit_head", case)))


def heads_of_orphan(state: State, case: Case) -> list[Person]:
    """Who has to give a draft on, because it lies with a drafter who left the unit; nobody where he is still there."""
    with_drafter = "drafter" in state.waits_for or (
        "returned_to" in state.waits_for and case.document.returned_to != "dept_head"
    )
    if not state.editable or not with_drafter or people_of("drafter", case):
        return []
    return people_of("unit_head", case)


def who_could_draft(case: Case) -> list[Person]:
    """
    The people of the drafting unit who draft there today, but for the present drafter, the chosen signer and all who
    approved, checked or signed this document: what a person did on it counts (decisions.md 12).
    """
    document, directory, today = case.document, case.directory, case.today
    roles = REPORTING if document.definition_id == "bao_cao_don_vi" else TAKING
    posts = directory.posts_with(document.agency_id, *roles, unit_id=document.unit_id)
    barred = case.content_approvers | case.format_checkers | case.signers
    barred |= {document.drafter_id, document.signer_id or 0}
    return [
        person
        for person in directory.holders(posts, today)
        if person.id not in barred
        and directory.actor(person.id, today).has("admin", agency_id=document.agency_id) is None
    ]
