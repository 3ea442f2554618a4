"""Rows of the record become the frozen facts that rules see; a constant number of statements for any number."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, Select, select

from workflow.case import ApprovalFacts, Asked, Case, DocumentFacts, Progress
from workflow.engine import Work
from workflow.models import Approval, Document, Entry, Withdrawal

_FACTS = [name for name in DocumentFacts.__dataclass_fields__]
_COLUMNS = [Document.__table__.c[name] for name in _FACTS]


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
    """Two statements for any number of documents."""
    ids = [document.id for document in documents]
    approvals: dict[int, list[ApprovalFacts]] = {}
    acts: dict[int, set[tuple[str, int]]] = {}
    if ids:
        for document_id, approval in _approvals(w, ids):
            approvals.setdefault(document_id, []).append(approval)
        rows = w.db.execute(
            select(Entry.document_id, Entry.action, Entry.person_id)
            .where(Entry.document_id.in_(ids), Entry.stream == "act", Entry.person_id.is_not(None))
            .distinct()
        )
        for document_id, action, person_id in rows:
            acts.setdefault(document_id, set()).add((action, person_id))
    return [
        Case(
            document=document,
            approvals=tuple(approvals.get(document.id, ())),
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


def _approvals(w: Work, ids: Iterable[int]) -> Iterable[tuple[int, ApprovalFacts]]:
    statement = (
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
        .where(Approval.document_id.in_(list(ids)), Withdrawal.approval_id.is_(None))
        .order_by(Approval.id)
    )
    for document_id, *rest in w.db.execute(statement):
        rest[9] = tuple(rest[9])
        yield document_id, ApprovalFacts(*rest)
