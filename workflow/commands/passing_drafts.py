"""Giao người khác soạn: a draft whose drafter cannot go on with it is given to another of the same unit."""

from dataclasses import replace
from typing import Any

from workflow.commands.moving import act_on, told_of, unseen
from workflow.commands.notices import tell_of_new_drafter
from workflow.commands.steps import case_of, load_for_step
from workflow.engine import Work
from workflow.errors import Fault, Invalid, Stale
from workflow.redrafting import ACT, refusal_to_pass, who_could_draft
from workflow.relations import in_place_of
from workflow.waiting import wait_for

REASON_MINIMUM = 10


def pass_draft(w: Work, *, document_id: int, seen_version: int, person_id: int | None, reason: str) -> int:
    """
    The draft is `person_id`'s from now on; by the head of the drafting unit. Returns the entry's id.

    The text, its revisions, its state and whom it goes to stay as they are, and whoever wrote in it before is still
    one of its authors. Raises NotFound, StepNotOpen once it is submitted, NotYourStep, Stale, Invalid: no reason,
    nobody named, or somebody who drafts nothing in this unit or has judged this document.
    """
    document = load_for_step(w, document_id)
    case = case_of(w, document)
    definition = w.flow(document.definition_id, document.definition_version).definition
    if refusal := refusal_to_pass(definition, case, w.actor):
        raise refusal
    if unseen(w, document, seen_version):
        raise Stale(seen_version=seen_version, version=document.version)
    faults = []
    taker = next((person for person in who_could_draft(case) if person.id == person_id), None)
    if taker is None:
        faults.append(Fault("drafter", "missing" if person_id is None else "not_fit"))
    if len(reason.strip()) < REASON_MINIMUM:
        faults.append(Fault("reason", "too_short", {"minimum": REASON_MINIMUM}))
    if faults or taker is None:
        raise Invalid(faults)
    facts: dict[str, Any] = {
        "drafter": taker.name,
        "drafter_before": w.directory.people[document.drafter_id].name,
    }
    if stand := in_place_of("unit_head", case, w.actor):
        facts["in_place_of"] = told_of(stand)
    columns = {"drafter_id": taker.id}
    entry_id = act_on(
        w,
        document,
        action=ACT,
        label="Giao người khác soạn",
        columns=columns,
        facts=facts,
        note=reason.strip(),
    )
    after = replace(case, document=replace(document, drafter_id=taker.id, version=document.version + 1))
    state = definition.states[document.state]
    wait_for(w, after, state)
    tell_of_new_drafter(w, after, state)
    return entry_id
