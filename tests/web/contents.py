"""The record as rows, without what a look at it may change; and many documents made out of one."""

import hashlib
from typing import Any

from sqlalchemy import insert, select

from tests.record import Record
from workflow.models import Approval, Base, Document, Entry, Revision, Waiting

MAY_CHANGE = {"seen", "leaf", "log_head", "checkpoint", "web_session", "entry", "entry_note"}
"""The access stream and what seals it, who opened what, and the session's own clock."""


def acts_and_tables(record: Record) -> dict[str, str]:
    """A digest of every table but those; of the entries, those of the stream of acts."""
    found = {}
    with record.engine.database.read.begin() as db:
        for table in Base.metadata.sorted_tables:
            if table.name not in MAY_CHANGE:
                rows = sorted(map(repr, db.execute(select(table)).all()))
                found[table.name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
        acts = db.execute(select(Entry.id, Entry.hash).where(Entry.stream == "act").order_by(Entry.id)).all()
        found["acts"] = repr(acts)
    return found


def forget_rows(record: Record) -> None:
    """As if no list had been drawn yet: what lists keep of their rows is kept with the directory."""
    with record.engine.reading(record.who("lan")) as w:
        w.directory.kept.clear()


def clone(record: Record, document_id: int, times: int) -> None:
    """As many documents more, each with the rows this one has; faster than walking each along its way."""
    with record.engine.database.write.begin() as db:
        original = dict(
            db.execute(select(Document.__table__).where(Document.id == document_id)).one()._mapping
        )
        start = max(db.scalars(select(Document.id))) + 1
        numbers = range(start, start + times)
        db.execute(insert(Document), [original | {"id": number} for number in numbers])
        entries: dict[tuple[int, int], int] = {}
        for table in (Revision, Entry, Approval, Waiting):
            found = db.execute(select(table.__table__).where(table.document_id == document_id))
            rows = [dict(row._mapping) for row in found]
            copies: list[dict[str, Any]] = []
            next_id = max(db.scalars(select(table.id)), default=0) + 1
            for number in numbers:
                for row in rows:
                    copy = row | {"id": next_id, "document_id": number}
                    if table is Entry:
                        entries[number, row["id"]] = next_id
                    if "entry_id" in row:
                        copy["entry_id"] = entries[number, row["entry_id"]]
                    copies.append(copy)
                    next_id += 1
            if copies:
                db.execute(insert(table), copies)
