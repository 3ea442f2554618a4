"""The state of each document as its log tells it, against the row that says the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import select

from workflow.engine import Work
from workflow.models import Document, Entry
from workflow.verification.entries import part
from workflow.verification.rows import AnyRow, AnySelect, by_document

FIELDS = {
    "state": "state",
    "version": "version",
    "round": "round",
    "revision": "revision_no",
    "digest": "digest",
    "drafter": "drafter_id",
    "signer": "signer_id",
    "signed_by": "signed_by",
    "numbered_by": "numbered_by",
    "reference_no": "reference_no",
    "issued_on": "issued_on",
    "returned_to": "returned_to",
    "sealed": "sealed",
    "void_requested": "void_requested",
    "format_check": "format_check",
}
"""What an entry says of the document after it, and the column that holds it."""


@dataclass(frozen=True)
class Difference:
    """Where the folded log and a document's row disagree; `field` "document" or "log": one cannot be read."""

    document_id: int
    field: str
    logged: Any
    stored: Any


def rebuild(w: Work) -> list[Difference]:
    """Fold the log from its first entry and compare with the documents as they stand. Empty when all agree."""
    entries = (
        select(Entry.document_id, Entry.body)
        .where(Entry.stream == "act", Entry.document_id.is_not(None))
        .order_by(Entry.document_id, Entry.id)
    )
    found: list[Difference] = []
    for document_id, rows in by_document(w.db, {"documents": documents(), "entries": entries}):
        if not rows["documents"]:
            found.append(Difference(document_id, "document", len(rows["entries"]), None))
        elif not rows["entries"]:
            found.append(Difference(document_id, "log", None, rows["documents"][0].version))
        else:
            after: dict[str, Any] = {}
            for row in rows["entries"]:
                try:
                    after |= part(msgspec.json.decode(row.body, type=dict[str, Any]), "after")
                except (msgspec.MsgspecError, UnicodeDecodeError):
                    found.append(Difference(document_id, "log", None, rows["documents"][0].version))
            found += differences(rows["documents"][0], after)
    return found


def documents() -> AnySelect:
    """Every document with what `differences` compares."""
    columns = [getattr(Document, name) for name in FIELDS.values()]
    others = (Document.unit_id, Document.number, Document.subject, Document.head_hash, Document.last_at)
    return select(Document.id.label("document_id"), *columns, *others).order_by(Document.id)


def differences(row: AnyRow, after: Mapping[str, Any]) -> list[Difference]:
    found = []
    for field, column in FIELDS.items():
        stored = getattr(row, column)
        stored = stored.isoformat() if field == "issued_on" and stored is not None else stored
        if field not in after or after[field] != stored:
            found.append(Difference(row.document_id, field, after.get(field), stored))
    return found
