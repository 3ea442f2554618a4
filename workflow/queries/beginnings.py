"""Texts a new draft may be begun from, and which one a draft was begun from."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from workflow.content import Content
from workflow.engine import Work
from workflow.errors import NotFound
from workflow.loading import document_columns, document_facts, load_content
from workflow.models import Document
from workflow.people import Agency, Unit
from workflow.queries.visibility import visible_to
from workflow.workdays import vn_date

BEGUN_FROM = "begun_from"


@dataclass(frozen=True)
class Beginning:
    """A text as it stands; `reference` and `issued_on` once it has a number, `year` the year it is of."""

    id: int
    doc_type: str
    content: Content
    reference: str | None
    issued_on: date | None
    year: int
    agency: Agency
    unit: Unit


def text_to_begin_from(w: Work, document_id: int) -> Beginning:
    """NotFound for what the actor may not see."""
    row = w.db.execute(document_columns().where(Document.id == document_id, visible_to(w.actor))).first()
    if row is None:
        raise NotFound(f"document {document_id}")
    document = document_facts(row)
    return Beginning(
        id=document.id,
        doc_type=document.doc_type,
        content=load_content(w, document),
        reference=document.reference_no,
        issued_on=document.issued_on,
        year=(document.issued_on or vn_date(document.state_since)).year,
        agency=w.directory.agencies[document.agency_id],
        unit=w.directory.units[document.unit_id],
    )


def begun_from(w: Work, document_id: int) -> Beginning | None:
    """The plan of an earlier year this draft was begun from, as far as the actor may see it."""
    source = w.db.scalar(select(Document.source_reference).where(Document.id == document_id))
    number = source.get(BEGUN_FROM) if isinstance(source, dict) else None
    if not isinstance(number, int):
        return None
    try:
        return text_to_begin_from(w, number)
    except NotFound:
        return None
