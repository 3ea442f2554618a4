"""Each document: its chain, and every row that must say what its chain says."""

from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy import select
from sqlalchemy.engine import Connection

from workflow.content import digest_of
from workflow.log.chain import check_chain
from workflow.log.entry import entry_hash
from workflow.models import (
    Approval,
    Attachment,
    Delivery,
    Entry,
    IssuedFile,
    NumberBook,
    NumberedReport,
    RegisterRow,
    RegisterVoid,
    Remark,
    RemarkSettled,
    Revision,
    StoredFile,
    TaskProgress,
    Withdrawal,
)
from workflow.models.base import instant_text
from workflow.verification.copies import (
    Rows,
    Told,
    approval_faults,
    delivery_faults,
    number_faults,
    void_faults,
    withdrawal_faults,
)
from workflow.verification.entries import column_faults, part
from workflow.verification.files import attachment_faults
from workflow.verification.issued import issued_file_faults
from workflow.verification.progress import numbered_faults, progress_faults
from workflow.verification.remarks import remark_faults, settled_faults
from workflow.verification.report import Broken, Tally
from workflow.verification.rows import AnyRow, AnySelect, by_document
from workflow.verification.state import differences, documents


def check_documents(db: Connection, tally: Tally, codes: Mapping[int, str]) -> None:
    for document_id, rows in by_document(db, _statements()):
        told, broken = _chain(document_id, rows["entries"], codes)
        for row in rows["entries"]:
            tally.add("entries", broken.get(row.id, ()))
        tally.add("documents", _row_faults(document_id, rows, told))
        for what, check in (
            ("revisions", _revision_faults), ("approvals", approval_faults), ("withdrawals", withdrawal_faults),
            ("numbers", number_faults), ("voids", void_faults), ("deliveries", delivery_faults),
            ("attachments", attachment_faults), ("remarks", remark_faults), ("settled", settled_faults),
            ("issued_files", issued_file_faults), ("progress", progress_faults), ("numbered", numbered_faults),
        ):  # fmt: skip
            for faults in check(document_id, rows, told):
                tally.add(what, faults)


def _statements() -> dict[str, AnySelect]:
    entries = select(Entry.__table__).where(Entry.stream == "act", Entry.document_id.is_not(None))
    withdrawals = select(Approval.document_id, Withdrawal.approval_id, Withdrawal.entry_id).join(
        Approval, Approval.id == Withdrawal.approval_id
    )
    voids = select(
        RegisterRow.document_id, RegisterVoid.entry_id, RegisterVoid.reason, RegisterRow.reference_no
    ).join(
        RegisterRow,
        (RegisterRow.book_id == RegisterVoid.book_id) & (RegisterRow.number == RegisterVoid.number),
    )
    attachments = select(Attachment.__table__, StoredFile.size).outerjoin(
        StoredFile, StoredFile.sha256 == Attachment.sha256
    )
    settled = select(Remark.document_id, RemarkSettled.__table__).join(
        Remark, Remark.id == RemarkSettled.remark_id
    )
    issued = select(IssuedFile.__table__, StoredFile.size).outerjoin(
        StoredFile, StoredFile.sha256 == IssuedFile.sha256
    )
    register = select(RegisterRow.__table__, NumberBook.series).join(
        NumberBook, NumberBook.id == RegisterRow.book_id
    )
    return {
        "documents": documents(),
        "entries": entries.order_by(Entry.document_id, Entry.id),
        "revisions": select(Revision.__table__).order_by(Revision.document_id, Revision.no),
        "approvals": select(Approval.__table__).order_by(Approval.document_id, Approval.id),
        "withdrawals": withdrawals.order_by(Approval.document_id, Withdrawal.approval_id),
        "register": register.order_by(RegisterRow.document_id),
        "voids": voids.order_by(RegisterRow.document_id),
        "deliveries": select(Delivery.document_id, Delivery.name).order_by(Delivery.document_id, Delivery.id),
        "attachments": attachments.order_by(Attachment.document_id, Attachment.id),
        "remarks": select(Remark.__table__).order_by(Remark.document_id, Remark.id),
        "issued_files": issued.order_by(IssuedFile.document_id, IssuedFile.kind),
        "progress": select(TaskProgress.__table__).order_by(TaskProgress.document_id, TaskProgress.id),
        "numbered": select(NumberedReport.__table__).order_by(NumberedReport.document_id, NumberedReport.id),
        "settled": settled.order_by(Remark.document_id, RemarkSettled.remark_id),
    }


def _chain(
    document_id: int, entries: Sequence[AnyRow], codes: Mapping[int, str]
) -> tuple[Told, dict[int, list[Broken]]]:
    """The bodies that can be read, and what is wrong with each entry."""
    broken: dict[int, list[Broken]] = {}
    unreadable = set()
    for item in check_chain(((row.body, row.hash) for row in entries), document=document_id):
        row = entries[item.position]
        bad = Broken(item.kind, row.id, document_id, row.action, item.expected, item.found)
        broken.setdefault(row.id, []).append(bad)
        if item.kind == "unreadable":
            unreadable.add(row.id)
    told: Told = []
    for row in entries:
        if row.id not in unreadable:
            body = msgspec.json.decode(row.body)
            told.append((row, body))
            if faults := column_faults(row, body, codes):
                broken.setdefault(row.id, []).extend(faults)
    return told, broken


def _row_faults(document_id: int, rows: Rows, told: Told) -> list[Broken]:
    if not rows["documents"]:
        return [Broken("missing", document_id=document_id, where="document")]
    if not told:
        return [Broken("missing", document_id=document_id, where="entries")]
    row = rows["documents"][0]
    last, body = told[-1]
    faults = [
        Broken("state", last.id, document_id, last.action, str(item.stored), str(item.logged), item.field)
        for item in differences(row, part(body, "after"))
    ]
    if row.subject != str(body.get("subject")).strip():
        said = (row.subject, str(body.get("subject")), "subject")
        faults.append(Broken("state", last.id, document_id, last.action, *said))
    head = entry_hash(last.body)
    if row.head_hash != head:
        faults.append(Broken("head", last.id, document_id, last.action, row.head_hash.hex(), head.hex()))
    if instant_text(row.last_at) != body.get("at"):
        at = instant_text(row.last_at)
        faults.append(Broken("head", last.id, document_id, last.action, at, str(body.get("at")), "last_at"))
    faults += [
        Broken(
            "columns", entry.id, document_id, entry.action, str(entry.unit_id), str(row.unit_id), "unit_id"
        )
        for entry, _ in told
        if entry.unit_id != row.unit_id
    ]
    return faults


def _revision_faults(document_id: int, rows: Rows, told: Told) -> list[list[Broken]]:
    """The bytes against their digest, the digest against the entry that first spoke of that revision."""
    logged: dict[int, tuple[AnyRow, str, int | None]] = {}
    for row, body in told:
        after = part(body, "after")
        number = after.get("revision")
        if isinstance(number, int) and number not in logged:
            logged[number] = (row, str(after.get("digest")), part(body, "actor").get("id"))
    found = []
    for revision in rows["revisions"]:
        entry, digest, person_id = logged.pop(revision.no, (None, "", None))
        where = f"revision {revision.no}"
        about: tuple[int | None, int, str] = (
            (entry.id, document_id, entry.action) if entry is not None else (None, document_id, "")
        )
        faults = []
        if entry is None:
            faults.append(Broken("foreign", *about, revision.digest, "", where))
        computed = digest_of(revision.content)
        if not (revision.digest == computed and (entry is None or digest == computed)):
            faults.append(Broken("revision", *about, digest or revision.digest, computed, where))
        if entry is not None and (revision.created_by != person_id or revision.created_at > entry.at):
            faults.append(Broken("revision", *about, str(revision.created_by), str(person_id), where))
        found.append(faults)
    found += [[Broken("missing", e.id, document_id, e.action, digest, "", f"revision {no}")]
              for no, (e, digest, _) in logged.items()]  # fmt: skip
    return found
