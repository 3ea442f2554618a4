"""Rows of the record become the frozen facts that rules see; a constant number of statements for any number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, bindparam, select

from workflow.by_ids import ByIds
from workflow.case import Asked, Case, DocumentFacts, Progress
from workflow.content import Content, parse
from workflow.engine import Asking, Prepared, Work
from workflow.models import Document, Revision
from workflow.past import Past, pasts
from workflow.people import Directory

_FACTS = [name for name in DocumentFacts.__dataclass_fields__]
_COLUMNS = [Document.__table__.c[name] for name in _FACTS]


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


_DOCUMENTS = ByIds(lambda wanted: document_columns().where(wanted(Document.id)))


def documents_asked(w: Work, document_ids: Sequence[int]) -> Asking:
    """What `documents_of` asks."""
    return _DOCUMENTS.of(w, document_ids)


def documents_of(w: Work, document_ids: Sequence[int]) -> dict[int, DocumentFacts]:
    """These, which are not none, by their numbers; what is not there is not in the answer. One statement."""
    statement, values = documents_asked(w, document_ids)
    found = [kept_facts(w, row) for row in statement.raw(w.db, values)]
    return {document.id: document for document in found}


def cases(
    w: Work,
    documents: Sequence[DocumentFacts],
    *,
    asked: Asked | None = None,
    progress: Mapping[int, Progress] | None = None,
) -> list[Case]:
    """One statement for any number of documents."""
    found = pasts(w, [document.id for document in documents])
    here = Here(w.directory, w.now, w.today)
    return [
        case_of(document, found[document.id], here, asked=asked, progress=(progress or {}).get(document.id))
        for document in documents
    ]


@dataclass(frozen=True)
class Here:
    """The people and the moment that rules look at, the same for all documents of one request."""

    directory: Directory
    now: datetime
    today: date


def case_of(
    document: DocumentFacts,
    past: Past,
    here: Here,
    *,
    asked: Asked | None = None,
    progress: Progress | None = None,
) -> Case:
    return Case(
        document=document,
        approvals=past.approvals,
        acts=past.acts,
        agency=here.directory.agencies[document.agency_id],
        directory=here.directory,
        now=here.now,
        today=here.today,
        progress=progress or Progress(),
        asked=asked,
        remarks=past.remarks,
    )


_TEXT = Prepared(
    select(Revision.content).where(
        Revision.document_id == bindparam("document_id"), Revision.no == bindparam("number")
    )
)


def stored_text(w: Work, document: DocumentFacts) -> bytes:
    """The bytes of the present text, as stored; nobody has checked them yet."""
    statement, values = text_asked(document)
    stored: bytes | None = statement.scalar(w.db, values)
    if stored is None:
        raise LookupError(f"document {document.id} has no revision {document.revision_no}")
    return stored


def text_asked(document: DocumentFacts) -> Asking:
    """What `stored_text` asks."""
    return _TEXT, {"document_id": document.id, "number": document.revision_no}


def load_content(w: Work, document: DocumentFacts) -> Content:
    """The present text of a document."""
    return parse(stored_text(w, document))
