"""Moving a document along its flow: the only way a state changes."""

from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, select

from workflow import audit
from workflow.authority import Capacity
from workflow.awaited import people_awaited
from workflow.case import Asked, Case, DocumentFacts
from workflow.commands import obligations as obligations  # registers its effects
from workflow.commands.approving import approve, signature_digest, signing_capacity, title_of_approver
from workflow.commands.done import Done
from workflow.commands.effects import EFFECTS, Outcome
from workflow.commands.format_findings import format_findings
from workflow.commands.keys import claim_key, first_asked, first_result
from workflow.commands.moving import act_on as act_on
from workflow.commands.moving import facts_in, move_locked, state_after, told_of, unseen
from workflow.commands.moving import move as move
from workflow.commands.notices import tell_of_step
from workflow.commands.restanding import restand_report
from workflow.content import canonical
from workflow.engine import Asking, Prepared, Work, ask_ahead
from workflow.errors import NeedUnmet, NotFound, Stale, StepNotOpen
from workflow.loading import cases, document_columns, document_facts
from workflow.machine import Taken
from workflow.models import Document
from workflow.past import past_asked
from workflow.people import system_actor
from workflow.progress import progress_of
from workflow.queries.visibility import plainly_visible, visible_to
from workflow.waiting import wait_for

_LOAD = Prepared(document_columns().where(Document.id == bindparam("id")).with_for_update(of=Document))


def take_step(
    w: Work,
    *,
    document_id: int,
    step_id: str,
    seen_version: int | None,
    seen_digest: str = "",
    note: str = "",
    capacity: str = "",
    signer_id: int | None = None,
    paper_signed: bool = False,
    key: str = "",
) -> Done:
    """
    Take one step. `seen_version` and `seen_digest` are what the actor's page showed; None and "" only where
    there was no page. Raises NotFound, Stale, StepNotOpen, NotYourStep, NeedUnmet, NotEntitled, ProofNeeded
    or KeyReused; then nothing was written.
    """
    asked = Asked(note=note.strip(), capacity=capacity, signer_id=signer_id, paper_signed=paper_signed)
    request = canonical({"document": document_id, "step": step_id, "version": seen_version, **vars(asked)})
    ask_ahead(w.db, *asked_by_step(w.actor.person_id, document_id, key))
    try:
        document = load_for_step(w, document_id)
    except NotFound:
        # The first request may have moved it out of sight; its answer still stands.
        if key and (earlier := first_result(w, key, request)):
            return Done(**earlier | {"repeated": True})
        raise
    # Asked after the lock: of two racing requests with one key, the second finds the first one's answer.
    if key and (earlier := first_result(w, key, request)):
        return Done(**earlier | {"repeated": True})
    if seen_version is not None and unseen(w, document, seen_version):
        changed = bool(seen_digest) and seen_digest != document.digest
        raise Stale(seen_version=seen_version, version=document.version, text_changed=changed)
    if seen_digest and document.digest != seen_digest:
        raise Stale(seen_version=seen_version, version=document.version, text_changed=True)
    done = advance(w, document, step_id, asked)
    if key:
        claim_key(w, key, request, done.kept())
    return done


def asked_by_step(person_id: int | None, document_id: int, key: str) -> list[Asking]:
    """What `take_step` asks first: the document, and behind its lock the answer kept with the key and its past."""
    kept = [first_asked(person_id, key)] if key else []
    return [_asked(document_id), *kept, past_asked(document_id)]


def _asked(document_id: int) -> Asking:
    return _LOAD, {"id": document_id}


def load_for_step(w: Work, document_id: int) -> DocumentFacts:
    """The document, if the actor may see it, locked until the Work ends; NotFound otherwise."""
    row = _LOAD.row(w.db, _asked(document_id)[1])
    if row is None:
        raise NotFound(f"document {document_id}")
    document = document_facts(row)
    if w.actor.is_system or plainly_visible(w.actor, document):
        return document
    if w.db.scalar(select(Document.id).where(Document.id == document_id, visible_to(w.actor))) is None:
        raise NotFound(f"document {document_id}")
    return document


def advance(w: Work, document: DocumentFacts, step_id: str, asked: Asked) -> Done:
    """The step itself, on a document already loaded and locked in this Work."""
    case = case_of(w, document, asked)
    flow = w.flow(document.definition_id, document.definition_version)
    taken = flow.take(step_id, case, w.actor)
    capacity = signing_capacity(w, case, taken)
    outcome = Outcome()
    for name in taken.step.effects:
        EFFECTS[name](w, case, taken.step, outcome)
    if taken.stand is not None and capacity is not None:  # who signed is the signer, whoever was chosen
        outcome.columns["signer_id"] = w.actor.person_id
        outcome.facts |= {"signer": w.actor.name, "signer_before": taken.stand.name}
    if taken.step.approves == "format":
        outcome.facts |= format_findings(w, case)
    target = flow.definition.states[taken.target]
    columns = _columns(w, case, taken, capacity, target.audience) | outcome.columns
    after = replace(document, **facts_in(columns))
    about = _about(
        w, case, taken, after, capacity, outcome, flow.definition.states[document.state].label, target.label
    )
    draft = audit.compose(w, about)
    entry_id: int | None
    if outcome.after_entry:
        entry_id = known = move(w, document, columns, draft)
        for finish in outcome.after_entry:
            finish(w, known)
    else:
        entry_id = move_locked(w, document, columns, draft)
    if taken.step.approves:
        approve(w, case, taken, capacity, entry_id=entry_id, at=draft.columns["at"])
    if document.plan_id is not None:
        restand_report(w, document.id)
    moved = taken.target != document.state or "returned_to" in columns or "signer_id" in columns
    stands = replace(case, document=after, acts=case.acts | {(taken.step.id, w.actor.person_id)})
    awaited = people_awaited(flow, stands) if moved else None
    if awaited is not None:
        wait_for(w, stands, target, awaited)
    tell_of_step(w, stands, taken.step, target, awaited=awaited, facts=outcome.told)
    w.want_checkpoint = w.want_checkpoint or taken.step.signature
    for other_id, other_step in outcome.follow_ups:
        follow_up(w, other_id, other_step, cause=draft.hash.hex())
    went_on = any(other_id == document.id for other_id, _ in outcome.follow_ups)
    return Done(
        document.id,
        taken.step.id,
        taken.target,
        after.version,
        after.reference_no,
        draft.hash.hex(),
        left=None if went_on else after,
    )


def follow_up(w: Work, document_id: int, step_id: str, *, cause: str | None) -> Done | None:
    """
    A step of the system's own in the same transaction, if its needs are met now (decisions.md 17).

    None where they are not: nothing is due yet.
    """
    system = replace(w, actor=system_actor(step_id), cause=cause)
    document = load_for_step(system, document_id)
    try:
        return advance(system, document, step_id, Asked())
    except (StepNotOpen, NeedUnmet):
        return None


def case_of(w: Work, document: DocumentFacts, asked: Asked | None = None) -> Case:
    """The facts the rules see, reporting progress included where the state has any."""
    return cases(w, [document], asked=asked, progress=progress_of(w, [document]))[0]


def _columns(w: Work, case: Case, taken: Taken, capacity: Capacity | None, audience: str) -> dict[str, Any]:
    document, step = case.document, taken.step
    columns: dict[str, Any] = {
        "state": taken.target,
        "audience": audience,
        "version": document.version + 1,
        "round": document.round + int(step.new_round),
    }
    if taken.target != document.state:
        columns["state_since"] = w.now
    if document.format_check is None and step.id in ("submit", "submit_own"):
        columns["format_check"] = case.agency.settings.format_check
    if step.approves == "content":
        columns |= {"content_by": w.actor.person_id, "content_at": w.now}
    if step.approves == "format":
        columns["format_by"] = w.actor.person_id
    if capacity is not None:
        columns |= {"signed_by": w.actor.person_id, "signed_at": w.now, "signed_lines": list(capacity.lines)}
    return columns


def _about(
    w: Work, case: Case, taken: Taken, after: DocumentFacts, capacity: Capacity | None, outcome: Outcome,
    from_label: str, to_label: str,
) -> audit.About:  # fmt: skip
    document, step = case.document, taken.step
    facts: dict[str, Any] = {
        "from": document.state,
        "from_label": from_label,
        "to": taken.target,
        "to_label": to_label,
        "needs": list(taken.met),
        "digest": document.digest,
        "revision": document.revision_no,
        "round": document.round,
        "definition": {
            "id": document.definition_id,
            "version": document.definition_version,
            "hash": document.definition_hash,
        },
    }
    if step.meaning:
        facts["meaning"] = step.meaning
    if step.approves:
        facts |= {"approves": step.approves, "title": title_of_approver(w, case, capacity)}
    if taken.stand is not None:
        facts["in_place_of"] = told_of(taken.stand)
    if after.format_check is not None and document.format_check is None:
        facts["format_check"] = after.format_check
    said: dict[str, Any] | None = None
    if capacity is not None:
        said = {"kind": capacity.kind, "lines": list(capacity.lines), "basis": capacity.basis}
        facts["signature_digest"] = signature_digest(document, step.meaning or "", capacity, document.round)
    return audit.About(
        action=step.id,
        label=f"{step.label}, xử lý thay {taken.stand.name}" if taken.stand else step.label,
        agency_id=document.agency_id,
        document_id=document.id,
        unit_id=document.unit_id,
        subject=document.subject,
        version=after.version,
        prev=document.head_hash.hex(),
        note=case.asked.note if case.asked else "",
        capacity=said,
        facts=facts | outcome.facts,
        after=state_after(after),
        relation=taken.relation,
        not_before=document.last_at,
    )
