"""One document and its history as plain values, for a terminal; shows only what the actor may see."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from workflow.case import DocumentFacts
from workflow.engine import Work
from workflow.errors import NotFound
from workflow.loading import document_columns, document_facts
from workflow.models import Document, Entry, EntryNote, Waiting
from workflow.queries.visibility import visible_to


@dataclass(frozen=True)
class Waited:
    """Whom a document waits for: a post, and a person where the step names one."""

    document_id: int
    subject: str
    state_label: str
    post_id: int
    person_id: int | None


def seen_document(w: Work, document_id: int) -> DocumentFacts:
    """The document, if the actor may see it; NotFound otherwise."""
    statement = document_columns().where(Document.id == document_id)
    if not w.actor.is_system:
        statement = statement.where(visible_to(w.actor))
    row = w.db.execute(statement).first()
    if row is None:
        raise NotFound(f"document {document_id}")
    return document_facts(row)


def history_of(w: Work, document_id: int) -> list[dict[str, Any]]:
    """Every act on the document as its entry says, the oldest first, with the words that were not erased."""
    seen_document(w, document_id)
    notes = {
        row.entry_id: row.text
        for row in w.db.execute(
            select(EntryNote.entry_id, EntryNote.text)
            .join(Entry, Entry.id == EntryNote.entry_id)
            .where(Entry.document_id == document_id, EntryNote.kind == "note")
        )
    }
    rows = w.db.execute(
        select(Entry.id, Entry.body, Entry.hash)
        .where(Entry.document_id == document_id, Entry.stream == "act")
        .order_by(Entry.id)
    )
    return [
        {"entry": row.id, "hash": row.hash.hex(), "note": notes.get(row.id), "body": json.loads(row.body)}
        for row in rows
    ]


def waited_for(w: Work, document_id: int | None = None) -> list[Waited]:
    """Open rows of one document, or of all that the actor may see."""
    # Another name for the table: `visible_to` asks it too, and must not be tied to this row.
    row_of = aliased(Waiting)
    columns = (
        row_of.document_id, Document.subject, Document.definition_id, Document.definition_version,
        row_of.state, row_of.post_id, row_of.person_id,
    )  # fmt: skip
    statement = (
        select(*columns)
        .join(Document, Document.id == row_of.document_id)
        .where(row_of.left_at.is_(None))
        .order_by(row_of.since, row_of.id)
    )
    if document_id is not None:
        statement = statement.where(row_of.document_id == document_id)
    if not w.actor.is_system:
        statement = statement.where(visible_to(w.actor))
    return [
        Waited(
            row.document_id,
            row.subject,
            w.flow(row.definition_id, row.definition_version).definition.states[row.state].label,
            row.post_id,
            row.person_id,
        )
        for row in w.db.execute(statement)
    ]
