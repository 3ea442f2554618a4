"""Moving a document along its flow: the only way a state changes."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import insert, update

from workflow import audit
from workflow.authority import Capacity, capacities
from workflow.case import Asked, Case, DocumentFacts
from workflow.commands import obligations as obligations  # registers its effects
from workflow.commands.effects import EFFECTS, Outcome
from workflow.commands.keys import claim_key, first_result
from workflow.people import system_actor
from workflow.progress import progress_of
from workflow.content import canonical
from workflow.engine import Work
from workflow.errors import NeedUnmet, NotFound, Stale, StepNotOpen
from workflow.loading import cases, document_columns, document_facts
from workflow.machine import Taken
from workflow.models import Approval, Document
from workflow.queries.visibility import visible_to
from workflow.waiting import wait_for

SIGNATURE_DOMAIN = b"trinhky/signature/1\0"


@dataclass(frozen=True)
class Done:
    """What a step came to; kept with its key, so that a repeated request gets the same answer."""

    document_id: int
    step: str
    state: str
    version: int
    reference_no: str | None = None
    entry_hash: str = ""
    repeated: bool = False


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
    request = canonical({"document": document_id, "step": step_id, "version": seen_version, **asdict(asked)})
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
    if seen_version is not None and document.version != seen_version:
        changed = bool(seen_digest) and seen_digest != document.digest
        raise Stale(seen_version=seen_version, version=document.version, text_changed=changed)
    if seen_digest and document.digest != seen_digest:
        raise Stale(seen_version=seen_version, version=document.version, text_changed=True)
    done = advance(w, document, step_id, asked)
    if key:
        claim_key(w, key, request, asdict(done))
    return done


def load_for_step(w: Work, document_id: int) -> DocumentFacts:
    """The document, if the actor may see it, locked until the Work ends; NotFound otherwise."""
    statement = document_columns().where(Document.id == document_id)
    if not w.actor.is_system:
        statement = statement.where(visible_to(w.actor))
    row = w.db.execute(statement.with_for_update(of=Document)).first()
    if row is None:
        raise NotFound(f"document {document_id}")
    return document_facts(row)


def advance(w: Work, document: DocumentFacts, step_id: str, asked: Asked) -> Done:
    """The step itself, on a document already loaded and locked in this Work."""
    case = case_of(w, document, asked)
    flow = w.flow(document.definition_id, document.definition_version)
    taken = flow.take(step_id, case, w.actor)
    capacity = _capacity(w, case, taken)
    outcome = Outcome()
    for name in taken.step.effects:
        EFFECTS[name](w, case, taken.step, outcome)
    target = flow.definition.states[taken.target]
    columns = _columns(w, case, taken, capacity, target.audience) | outcome.columns
    after = replace(document, **_facts_only(columns))
    about = _about(w, case, taken, after, capacity, outcome, flow.definition.states[document.state].label, target.label)
    draft = audit.compose(w, about)
    entry_id = move(w, document, columns, draft)
    if taken.step.approves:
        _approve(w, case, taken, capacity, entry_id)
    for finish in outcome.after_entry:
        finish(w, entry_id)
    if taken.target != document.state or "returned_to" in columns or "signer_id" in columns:
        wait_for(w, replace(case, document=after), target)
    w.want_checkpoint = w.want_checkpoint or taken.step.signature
    for other_id, other_step in outcome.follow_ups:
        follow_up(w, other_id, other_step, cause=draft.hash.hex())
    return Done(document.id, taken.step.id, taken.target, after.version, after.reference_no, draft.hash.hex())


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


def move(w: Work, document: DocumentFacts, columns: Mapping[str, Any], draft: audit.Draft) -> int:
    """
    The conditional UPDATE and its entry: of several who saw the same version, the database lets one through.

    Returns the entry's id; raises Stale for the others. `columns` must raise the version.
    """
    result = w.db.execute(
        update(Document)
        .where(Document.id == document.id, Document.version == document.version, Document.state == document.state)
        .values(**columns, head_hash=draft.hash, last_at=draft.columns["at"])
    )
    if result.rowcount != 1:
        raise Stale(version=document.version)
    entry_id, _ = audit.write(w, draft)
    return entry_id


def act_on(
    w: Work,
    document: DocumentFacts,
    *,
    action: str,
    label: str,
    columns: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
    note: str = "",
) -> int:
    """
    An act on a document that is no step of its procedure: it too takes a version and leaves an entry.

    Returns the entry's id. Never changes `state`.
    """
    changed = {**(columns or {}), "version": document.version + 1}
    after = replace(document, **_facts_only(changed))
    about = audit.About(
        action=action,
        label=label,
        agency_id=document.agency_id,
        document_id=document.id,
        unit_id=document.unit_id,
        subject=after.subject,
        version=after.version,
        prev=document.head_hash.hex(),
        note=note,
        facts={"digest": after.digest, "revision": after.revision_no, "round": after.round, **(facts or {})},
        after=state_after(after),
        not_before=document.last_at,
    )
    return move(w, document, changed, audit.compose(w, about))


def case_of(w: Work, document: DocumentFacts, asked: Asked | None = None) -> Case:
    """The facts the rules see, reporting progress included where the state has any."""
    return cases(w, [document], asked=asked, progress=progress_of(w, [document]))[0]


def _capacity(w: Work, case: Case, taken: Taken) -> Capacity | None:
    if not taken.step.signature or "may_sign" not in taken.step.needs:
        return None
    held = capacities(w.directory, w.actor.person_id, case.document.signable, w.today)
    wanted = case.asked.capacity if case.asked else ""
    return next(item for item in held if not wanted or item.kind == wanted)


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


def _facts_only(columns: Mapping[str, Any]) -> dict[str, Any]:
    known = {key: value for key, value in columns.items() if key in DocumentFacts.__dataclass_fields__}
    if "signed_lines" in known:
        known["signed_lines"] = tuple(known["signed_lines"] or ())
    return known


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
    if after.format_check is not None and document.format_check is None:
        facts["format_check"] = after.format_check
    said: dict[str, Any] | None = None
    if capacity is not None:
        said = {"kind": capacity.kind, "lines": list(capacity.lines), "basis": capacity.basis}
        facts["signature_digest"] = signature_digest(document, step.meaning or "", capacity, document.round)
    return audit.About(
        action=step.id,
        label=step.label,
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


def state_after(document: DocumentFacts) -> dict[str, Any]:
    """What folding the log must give for this document (`audit.rebuild`)."""
    return {
        "state": document.state,
        "version": document.version,
        "round": document.round,
        "revision": document.revision_no,
        "digest": document.digest,
        "drafter": document.drafter_id,
        "signer": document.signer_id,
        "signed_by": document.signed_by,
        "numbered_by": document.numbered_by,
        "reference_no": document.reference_no,
        "issued_on": document.issued_on.isoformat() if document.issued_on else None,
        "returned_to": document.returned_to,
        "sealed": document.sealed,
        "void_requested": document.void_requested,
        "format_check": document.format_check,
    }


def signature_digest(document: DocumentFacts, meaning: str, capacity: Capacity, round_: int) -> str:
    """What a signature covers (decisions.md 4): text, meaning, capacity, block, legal basis, round."""
    covered = {
        "digest": document.digest,
        "meaning": meaning,
        "capacity": capacity.kind,
        "lines": list(capacity.lines),
        "basis": capacity.basis,
        "round": round_,
    }
    return hashlib.sha256(SIGNATURE_DOMAIN + canonical(covered)).hexdigest()


def _approve(w: Work, case: Case, taken: Taken, capacity: Capacity | None, entry_id: int) -> None:
    document, step = case.document, taken.step
    title = capacity.title if capacity else w.directory.title_of(w.actor.person_id, document.agency_id, w.today)
    w.db.execute(
        insert(Approval).values(
            document_id=document.id,
            entry_id=entry_id,
            kind=step.approves,
            step=step.id,
            from_state=step.source,
            round=document.round,
            revision_no=document.revision_no,
            digest=document.digest,
            signature_digest=signature_digest(document, step.meaning or "", capacity, document.round) if capacity else "",
            meaning=step.meaning,
            person_id=w.actor.person_id,
            person_name=w.actor.name,
            title=title,
            capacity=capacity.kind if capacity else "",
            lines=list(capacity.lines) if capacity else [],
            basis=capacity.basis if capacity else "",
            definition_hash=document.definition_hash,
            needs=list(taken.met),
            at=w.now,
        )
    )
