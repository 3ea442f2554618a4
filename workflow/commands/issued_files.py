"""Hanging the scan of the signed and sealed paper on a document that has gone out: once, by văn thư."""

from sqlalchemy import select

from workflow.commands.done import Done
from workflow.commands.issuing import hanging, keep
from workflow.commands.moving import act_on, unseen
from workflow.commands.steps import case_of, load_for_step
from workflow.engine import Work
from workflow.errors import Fault, Invalid, NotYourStep, Stale, StepNotOpen
from workflow.models import IssuedFile
from workflow.queries.issued_files import SCAN, SCANNED_BY, is_clerk, is_out
from workflow.relations import people_of

PDF_START = b"%PDF-"
LARGEST = 20 * 1024 * 1024
"""Bytes (guarantees.md P10)."""


def hang_sealed_scan(w: Work, *, document_id: int, seen_version: int, data: bytes) -> Done:
    """
    Keep the scan beside the file that was issued. A second one is refused: what went out is not exchanged.

    Raises NotFound, NotYourStep for anyone but văn thư, StepNotOpen before issue, Stale, Invalid with the
    place "scan" and the rules missing, too_large, not_pdf, already.
    """
    document = load_for_step(w, document_id)
    if not is_clerk(w.actor, document):
        case = case_of(w, document)
        raise NotYourStep("hang_scan", (SCANNED_BY,), [person.name for person in people_of(SCANNED_BY, case)])
    if not is_out(document):
        raise StepNotOpen("hang_scan", document.state)
    refuse_other_than_pdf(data)
    held = select(IssuedFile.sha256).where(IssuedFile.document_id == document.id, IssuedFile.kind == SCAN)
    if w.db.scalar(held) is not None:
        raise Invalid([Fault("scan", "already")])
    if unseen(w, document, seen_version):
        raise Stale(seen_version=seen_version, version=document.version)
    facts = keep(w, kind=SCAN, data=data)
    entry_id = act_on(
        w, document, action="hang_scan", label="Gắn bản quét đã ký, đóng dấu", facts={"file": facts}
    )
    hanging(document.id, facts)(w, entry_id)
    return Done(document.id, "hang_scan", document.state, document.version + 1, document.reference_no)


def refuse_other_than_pdf(data: bytes) -> None:
    """By the first bytes, whatever the file is called."""
    if not data:
        raise Invalid([Fault("scan", "missing")])
    if len(data) > LARGEST:
        raise Invalid([Fault("scan", "too_large", {"most": LARGEST})])
    if not data.startswith(PDF_START):
        raise Invalid([Fault("scan", "not_pdf")])
