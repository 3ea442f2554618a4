"""Rows of the record become the frozen facts that rules see; a constant number of statements for any number."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, CompoundSelect, Row, Select, bindparam, cast, null, select, union_all

from workflow.case import ApprovalFacts, Asked, Case, DocumentFacts, Progress
from workflow.content import Content, parse
from workflow.engine import Work
from workflow.models import Approval, Document, Entry, Revision, Withdrawal
from workflow.models.base import Id

_FACTS = [name for name in DocumentFacts.__dataclass_fields__]
_COLUMNS = [Document.__table__.c[name] for name in _FACTS]

_OF_THESE: BindParameter[Any] = bindparam("ids", expanding=True)
_approved = (
    select(
        Approval.document_id,
        Approval.id,
        Approval.kind,
        Approval.step,
        Approval.round,
        Approval.digest,
        Approval.person_id,
        Approval.person_name,
        Approval.title,
        Approval.capacity,
        Approval.lines,
        Approval.basis,
        Approval.at,
    )
    .outerjoin(Withdrawal, Withdrawal.approval_id == Approval.id)
    .where(Approval.document_id.in_(_OF_THESE), Withdrawal.approval_id.is_(None))
)
_acted = (
    select(
        Entry.document_id,
        cast(null(), Id).label("id"),
        null().label("kind"),
        Entry.action,
        cast(null(), Id).label("round"),
        null().label("digest"),
        Entry.person_id,
        *(null().label(name) for name in ("person_name", "title", "capacity", "lines", "basis", "at")),
    )
    .where(Entry.document_id.in_(_OF_THESE), Entry.stream == "act", Entry.person_id.is_not(None))
    .distinct()
)
_HISTORY: CompoundSelect[Any] = union_all(_approved, _acted)
"""What was approved and who did what, in one round trip: rows without an id are acts."""


def document_columns() -> Select[Any]:
    """A SELECT of exactly what `document_facts` reads; callers add their WHERE."""
    return select(*_COLUMNS)


def document_facts(row: Row[Any]) -> DocumentFacts:
    values = dict(zip(_FACTS, row, strict=False))
    values["signed_lines"] = tuple(values["signed_lines"] or ())
    values["faults"] = tuple(values["faults"] or ())
    return DocumentFacts(**values)


def cases(
    w: Work,
    documents: Sequence[DocumentFacts],
    *,
    asked: Asked | None = None,
    progress: dict[int, Progress] | None = None,
) -> list[Case]:
    """One statement for any number of documents."""
    ids = [document.id for document in documents]
    approvals: dict[int, list[ApprovalFacts]] = {}
    acts: dict[int, set[tuple[str, int]]] = {}
    if ids:
        for document_id, approval_id, *rest in w.db.execute(_HISTORY, {"ids": ids}):
            if approval_id is None:
                acts.setdefault(document_id, set()).add((rest[1], rest[4]))
            else:
                rest[8] = tuple(rest[8])
                approvals.setdefault(document_id, []).append(ApprovalFacts(approval_id, *rest))
    return [
        Case(
            document=document,
            approvals=tuple(sorted(approvals.get(document.id, ()), key=lambda item: item.id)),
            acts=frozenset(acts.get(document.id, ())),
            agency=w.directory.agencies[document.agency_id],
            directory=w.directory,
            now=w.now,
            today=w.today,
            progress=(progress or {}).get(document.id, Progress()),
            asked=asked,
        )
        for document in documents
    ]


def load_content(w: Work, document: DocumentFacts) -> Content:
    """The present text of a document."""
    stored = w.db.scalar(
        select(Revision.content).where(
            Revision.document_id == document.id, Revision.no == document.revision_no
        )
    )
    if stored is None:
        raise LookupError(f"document {document.id} has no revision {document.revision_no}")
    return parse(stored)
