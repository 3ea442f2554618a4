"""
What a step does beside moving the document; each by the name a definition calls it.

An effect runs before the conditional UPDATE. It may change other tables in the same transaction, and it
answers with the columns of the document to set and the facts to write into the entry.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select

from workflow.case import Case
from workflow.commands.issuing import keep_issued_pdf
from workflow.definition import Step
from workflow.engine import Work
from workflow.loading import load_content
from workflow.models import Delivery, RegisterRow, RegisterVoid, Withdrawal
from workflow.numbering import take_number
from workflow.parties import resolve_party


@dataclass
class Outcome:
    """
    Columns to set on the document, facts for the entry, what must wait until the entry has an id, the steps
    the system may now take on other documents (document id, step id), and what whoever is next must be told.
    """

    columns: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    after_entry: list[Callable[[Work, int], None]] = field(default_factory=list)
    follow_ups: list[tuple[int, str]] = field(default_factory=list)
    told: dict[str, Any] = field(default_factory=dict)


Effect = Callable[[Work, Case, Step, Outcome], None]
EFFECTS: dict[str, Effect] = {}


def effect(name: str) -> Callable[[Effect], Effect]:
    def register(function: Effect) -> Effect:
        EFFECTS[name] = function
        return function

    return register


@effect("return_to_drafter")
def return_to_drafter(w: Work, case: Case, step: Step, outcome: Outcome) -> None:
    outcome.columns["returned_to"] = "drafter"


@effect("return_to_head")
def return_to_head(w: Work, case: Case, step: Step, outcome: Outcome) -> None:
    """Điều 10 khoản 3: the draft goes back to the head of the drafting unit."""
    outcome.columns["returned_to"] = "dept_head"


@effect("fix_signer")
def fix_signer(w: Work, case: Case, step: Step, outcome: Outcome) -> None:
    signer_id = case.chosen_signer
    if signer_id is not None:
        outcome.columns["signer_id"] = signer_id
        outcome.facts["signer"] = case.directory.people[signer_id].name


@effect("change_signer")
def change_signer(w: Work, case: Case, step: Step, outcome: Outcome) -> None:
    before = case.document.signer_id
    fix_signer(w, case, step, outcome)
    if before is not None:
        outcome.facts["signer_before"] = case.directory.people[before].name


@effect("withdraw_signature")
def withdraw_signature(w: Work, case: Case, step: Step, outcome: Outcome) -> None:
    """The signature stays in the record, marked as withdrawn by this entry."""
    signatures = [item.id for item in case.approvals if item.kind == "signature"]
    outcome.columns |= {"signed_by": None, "signed_at": None, "signed_lines": None}
    outcome.facts["withdrawn"] = signatures

    def mark(w: Work, entry_id: int) -> None:
        if signatures:
            w.db.execute(
                insert(Withdrawal), [{"approval_id": item, "entry_id": entry_id} for item in signatures]
            )

    outcome.after_entry.append(mark)


@effect("take_number")
def number_document(w: Work, case: Case, step: Step, outcome: Outcome) -> None:
    document = case.document
    signature = case.valid("signature")
    given = take_number(
        w,
        agency=case.agency,
        document_id=document.id,
        content=load_content(w, case.document),
        signer_name=signature.person_name if signature else "",
    )
    outcome.columns |= {
        "number": given.number,
        "reference_no": given.reference_no,
        "issued_on": given.dated,
        "numbered_by": w.actor.person_id,
    }
    outcome.facts |= {
        "reference_no": given.reference_no,
        "dated": given.dated.isoformat(),
        "register": dict(given.words),
    }
    if case.agency.settings.signing_mode == "paper" and signature:
        outcome.facts["paper"] = f"Bản giấy đã có chữ ký của {signature.person_name}"


@effect("record_seal")
def record_seal(w: Work, case: Case, step: Step, outcome: Outcome) -> None:
    outcome.columns["sealed"] = True


@effect("request_void")
def request_void(w: Work, case: Case, step: Step, outcome: Outcome) -> None:
    outcome.columns["void_requested"] = True


@effect("drop_void_request")
def drop_void_request(w: Work, case: Case, step: Step, outcome: Outcome) -> None:
    """The request is answered with no: the document goes on its way, the request stays in its history."""
    outcome.columns["void_requested"] = False


@effect("void_number")
def void_number(w: Work, case: Case, step: Step, outcome: Outcome) -> None:
    """The number stays in its register with the reason; it is never given again (decisions.md 22)."""
    row = w.db.execute(
        select(RegisterRow.book_id, RegisterRow.number).where(RegisterRow.document_id == case.document.id)
    ).one()
    reason = case.asked.note if case.asked else ""
    outcome.facts["voided"] = case.document.reference_no

    def mark(w: Work, entry_id: int) -> None:
        values = {
            "book_id": row.book_id,
            "number": row.number,
            "entry_id": entry_id,
            "reason": reason,
            "at": w.now,
        }
        w.db.execute(insert(RegisterVoid).values(**values))

    outcome.after_entry.append(mark)


@effect("snapshot_recipients")
def snapshot_recipients(w: Work, case: Case, step: Step, outcome: Outcome) -> None:
    """
    What goes out and to whom, as it stands today: groups become units and stay so, whatever becomes of the
    units (decisions.md 23), and the paper becomes a file that is never rendered again.
    """
    content = load_content(w, case.document)
    known = w.directory.known_in(case.agency.id)
    rows: list[dict[str, Any]] = []
    for recipient in content.recipients:
        party = resolve_party(recipient.name, known, on=w.today)
        codes = party.codes if party and party.kind in ("unit", "group") else ()
        units = [unit for code in codes if (unit := w.directory.standing_unit(case.agency.id, code, w.today))]
        meant: list[tuple[str, int | None]] = [(unit.name, unit.id) for unit in units]
        for name, unit_id in meant or [(recipient.name, None)]:
            row = {"name": name, "purpose": recipient.purpose or "", "unit_id": unit_id}
            rows.append(row | {"document_id": case.document.id, "sent_at": w.now})
    if rows:
        w.db.execute(insert(Delivery), rows)
    outcome.facts["recipients"] = [row["name"] for row in rows]
    outcome.facts["file"], hang = keep_issued_pdf(w, case, content)
    outcome.after_entry.append(hang)
