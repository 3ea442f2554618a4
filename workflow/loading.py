"""Rows of the record become the frozen facts that rules see; a constant number of statements for any number."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Select,
    any_,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)  # fmt: skip

from workflow.case import ApprovalFacts, Asked, Case, DocumentFacts, Progress, RemarkFacts
from workflow.content import Content, parse
from workflow.engine import Prepared, Work
from workflow.models import Approval, Document, Entry, Remark, RemarkSettled, Revision, Withdrawal
from workflow.models.base import Id, Json

_FACTS = [name for name in DocumentFacts.__dataclass_fields__]
_COLUMNS = [Document.__table__.c[name] for name in _FACTS]


_MUST, _MAY = "remark, must settle", "remark"


def _history(these: Callable[[Any], ColumnElement[bool]]) -> CompoundSelect[Any]:
    """What was approved, who did what and which remarks are open, in one round trip: rows without an id are acts."""
    approved = (
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
        .where(these(Approval.document_id), Withdrawal.approval_id.is_(None))
    )
    acted = (
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
        .where(these(Entry.document_id), Entry.stream == "act", Entry.person_id.is_not(None))
        .distinct()
    )
    remarked = (
        select(
            Remark.document_id,
            Remark.id,
            case((Remark.must_settle == 1, literal(_MUST)), else_=literal(_MAY)).label("kind"),
            Remark.place,
            Remark.revision_no,
            Remark.quote,
            Remark.author_id,
            *(null().label(name) for name in ("person_name", "title", "capacity", "lines", "basis", "at")),
        )
        .outerjoin(RemarkSettled, RemarkSettled.remark_id == Remark.id)
        .where(these(Remark.document_id), Remark.answers_id.is_(None), RemarkSettled.remark_id.is_(None))
    )
    return union_all(approved, acted, remarked)


# One parameter for any number of documents: a list of fifty places would be written out anew with every page.
_HISTORY_OF_ONE = Prepared(_history(lambda column: column == bindparam("id")))
_IDS = func.json_each(bindparam("ids", type_=Json)).table_valued("value")
_HISTORY_SQLITE = Prepared(_history(lambda column: column.in_(select(_IDS.c.value))))
_HISTORY_POSTGRESQL = Prepared(
    _history(lambda column: column == any_(bindparam("ids", type_=ARRAY(BigInteger))))
)


def document_columns() -> Select[Any]:
    """A SELECT of exactly what `document_facts` reads; callers add their WHERE."""
    return select(*_COLUMNS)


def document_facts(row: Sequence[Any]) -> DocumentFacts:
    values = dict(zip(_FACTS, row, strict=False))
    values["signed_lines"] = tuple(values["signed_lines"] or ())
    values["faults"] = tuple(values["faults"] or ())
    return DocumentFacts(**values)


_ROW = Prepared(document_columns())
_KEPT = 2_000
_kept: dict[tuple[Any, ...], DocumentFacts] = {}


def kept_facts(w: Work, row: tuple[Any, ...]) -> DocumentFacts:
    """
    `document_facts` of a raw row (`Prepared.raw`), kept by the values of that row: a list shows the same fifty
    documents again and again.
    """
    found = _kept.get(row)
    if found is None:
        if len(_kept) >= _KEPT:
            _kept.clear()
        found = _kept[row] = document_facts(_ROW.read(w.db, row))
    return found


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
    remarks: dict[int, list[RemarkFacts]] = {}
    if ids:
        for document_id, approval_id, *rest in _history_of(w, ids):
            if approval_id is None:
                acts.setdefault(document_id, set()).add((rest[1], rest[4]))
            elif rest[0] in (_MUST, _MAY):
                kind, place, revision_no, quote, author_id = rest[:5]
                remark = RemarkFacts(approval_id, author_id, revision_no, place, quote, kind == _MUST)
                remarks.setdefault(document_id, []).append(remark)
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
            remarks=tuple(sorted(remarks.get(document.id, ()), key=lambda item: item.id)),
        )
        for document in documents
    ]


def _history_of(w: Work, ids: list[int]) -> Iterable[Any]:
    if len(ids) == 1:
        return _HISTORY_OF_ONE.rows(w.db, {"id": ids[0]})
    many = _HISTORY_SQLITE if w.engine.database.is_sqlite else _HISTORY_POSTGRESQL
    return many.rows(w.db, {"ids": ids})


_TEXT = Prepared(
    select(Revision.content).where(
        Revision.document_id == bindparam("document_id"), Revision.no == bindparam("number")
    )
)


def stored_text(w: Work, document: DocumentFacts) -> bytes:
    """The bytes of the present text, as stored; nobody has checked them yet."""
    stored: bytes | None = _TEXT.scalar(w.db, {"document_id": document.id, "number": document.revision_no})
    if stored is None:
        raise LookupError(f"document {document.id} has no revision {document.revision_no}")
    return stored


def load_content(w: Work, document: DocumentFacts) -> Content:
    """The present text of a document."""
    return parse(stored_text(w, document))
