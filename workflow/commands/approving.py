"""The approval a step leaves: these words, by this person, in this capacity (decisions.md 1, 4)."""

import hashlib
from datetime import datetime

from sqlalchemy import insert

from workflow.audit import LAST_ENTRY
from workflow.authority import Capacity, capacities
from workflow.case import Case, DocumentFacts
from workflow.content import canonical
from workflow.engine import Prepared, Work
from workflow.machine import Taken
from workflow.models import Approval

_APPROVAL = Prepared(insert(Approval.__table__))
_APPROVAL_OF_LAST = Prepared(insert(Approval.__table__).values(entry_id=LAST_ENTRY))

SIGNATURE_DOMAIN = b"trinhky/signature/1\0"


def signing_capacity(w: Work, case: Case, taken: Taken) -> Capacity | None:
    """The capacity of a signature: the one the form names, else the strongest; None for any other step."""
    if not taken.step.signature or "may_sign" not in taken.step.needs:
        return None
    held = capacities(w.directory, w.actor.person_id, case.document.signable, w.today)
    wanted = case.asked.capacity if case.asked else ""
    return next(item for item in held if not wanted or item.kind == wanted)


def title_of_approver(w: Work, case: Case, capacity: Capacity | None) -> str:
    """The title the approval is given under; the entry says it too."""
    if capacity:
        return capacity.title
    return w.directory.title_of(w.actor.person_id, case.document.agency_id, w.today)


def approve(
    w: Work, case: Case, taken: Taken, capacity: Capacity | None, *, entry_id: int | None, at: datetime
) -> None:
    """
    Write the approval of a step just taken, at its entry's time; titles, lines and basis as text of this moment. With
    no id its entry is the one written last.
    """
    document, step = case.document, taken.step
    covered = ""
    if capacity:
        covered = signature_digest(document, step.meaning or "", capacity, document.round)
    values = {
        "document_id": document.id,
        "kind": step.approves,
        "step": step.id,
        "from_state": step.source,
        "round": document.round,
        "revision_no": document.revision_no,
        "digest": document.digest,
        "signature_digest": covered,
        "meaning": step.meaning,
        "person_id": w.actor.person_id,
        "person_name": w.actor.name,
        "title": title_of_approver(w, case, capacity),
        "capacity": capacity.kind if capacity else "",
        "lines": list(capacity.lines) if capacity else [],
        "basis": capacity.basis if capacity else "",
        "definition_hash": document.definition_hash,
        "needs": list(taken.met),
        "at": at,
    }
    if entry_id is None:
        _APPROVAL_OF_LAST.later(w.db, values)
    else:
        _APPROVAL.later(w.db, {"entry_id": entry_id, **values})


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
