"""A case as it would stand on another day, or after a step that nobody has taken; nothing of it is ever stored."""

from dataclasses import replace
from datetime import date, timedelta

from workflow.case import ApprovalFacts, Case, Progress
from workflow.definition import Step
from workflow.workdays import vn_midnight

NOON = timedelta(hours=12)


def undisturbed(case: Case) -> Case:
    """Without what only a text, its readers or its reports can settle: what is left are the people."""
    document = case.document
    document = replace(
        document, faults=(), recipient_count=max(1, document.recipient_count), void_requested=False
    )
    return replace(case, document=document, remarks=(), progress=Progress(), asked=None)


def on_day(case: Case, day: date) -> Case:
    """As rules would see it at noon of that day in Việt Nam."""
    return replace(case, today=day, now=vn_midnight(day) + NOON)


def after_step(case: Case, step: Step, person_id: int, day: date, signer_id: int | None) -> Case:
    """As this person would leave it by this step, naming this signer, as far as rules look at it."""
    document, effects = case.document, set(step.effects)
    changes: dict[str, object] = {"state": step.target}
    if document.format_check is None:
        changes["format_check"] = case.agency.settings.format_check
    if "fix_signer" in effects and signer_id is not None:
        changes["signer_id"] = signer_id
    if "return_to_drafter" in effects:
        changes["returned_to"] = "drafter"
    if "take_number" in effects:
        changes |= {"number": 1, "numbered_by": person_id}
    if "record_seal" in effects:
        changes["sealed"] = True
    if step.signature:  # of the day before: a hold after signing is over by the time of the next state
        changes |= {"signed_by": person_id, "signer_id": person_id, "signed_at": vn_midnight(day) - NOON}
    approvals = case.approvals
    if step.approves:
        newest = max((item.id for item in approvals), default=0) + 1
        name = case.directory.people[person_id].name
        given = ApprovalFacts(newest, step.approves, step.id, document.round, document.digest, person_id, name,
                              "", "", (), "", vn_midnight(day))  # fmt: skip
        approvals = (*approvals, given)
    return replace(
        case,
        document=replace(document, **changes),  # type: ignore[arg-type]
        approvals=approvals,
        acts=case.acts | {(step.id, person_id)},
    )
