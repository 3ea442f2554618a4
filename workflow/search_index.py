"""Keeps what documents are found by in step with them, inside the transaction that changed them."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, text, update
from sqlalchemy.dialects import postgresql

from workflow.content import parse
from workflow.engine import Work
from workflow.findable import Findable, bag_of, findable, folded_text
from workflow.models import Document, Revision, SearchText

SEARCHED = ("digest", "drafter_id", "signer_id", "reference_no", "issued_on")
"""The columns of a document that words are found by; where none changes, nothing is written."""

_TABLE = SearchText.__table__
SOURCE = select(
    Document.id, Document.agency_id, Document.unit_id, Document.definition_id, Document.reference_no,
    Document.issued_on, Document.created_at, Document.drafter_id, Document.signer_id, Revision.content,
).join(
    Revision, (Revision.document_id == Document.id) & (Revision.no == Document.revision_no)
)  # fmt: skip
_ONE = SOURCE.where(Document.id == bindparam("id"))
_SOME = SOURCE.where(Document.id > bindparam("after")).order_by(Document.id).limit(200)
_PUT = insert(_TABLE)
_CHANGE = (
    update(_TABLE)
    .where(_TABLE.c.document_id == bindparam("this_id"))
    .values(folded=bindparam("folded"), bag=bindparam("bag"))
)
_NEW = postgresql.insert(_TABLE)
_PUT_OR_CHANGE = _NEW.on_conflict_do_update(
    index_elements=[_TABLE.c.document_id],
    set_={"folded": _NEW.excluded.folded, "bag": _NEW.excluded.bag},
)
_HELD = select(_TABLE.c.bag).where(_TABLE.c.document_id == bindparam("id"))
_FORGET = text("INSERT INTO search_index (search_index, rowid, bag) VALUES ('delete', :id, :bag)")
_LEARN = text("INSERT INTO search_index (rowid, bag) VALUES (:id, :bag)")
_REBUILD = text("INSERT INTO search_index (search_index) VALUES ('rebuild')")


def index_document(w: Work, document_id: int) -> None:
    """Write the row of this document as it stands now, and on SQLite what FTS5 has of it."""
    row = _row(findable_of(w, w.db.execute(_ONE, {"id": document_id}).one()))
    if not w.engine.database.is_sqlite:
        w.db.execute(_PUT_OR_CHANGE, row)
        return
    if (old := w.db.execute(_HELD, {"id": document_id}).first()) is not None:
        # FTS5 forgets a document by being told again the very words it was told.
        w.db.execute(_FORGET, {"id": document_id, "bag": " ".join(old.bag)})
        w.db.execute(_CHANGE, {"this_id": document_id, "folded": row["folded"], "bag": row["bag"]})
    else:
        w.db.execute(_PUT, row)
    w.db.execute(_LEARN, {"id": document_id, "bag": " ".join(row["bag"])})


def rebuild_index(w: Work) -> int:
    """Write all rows anew; how many there are. Nothing is lost by it: they hold what the documents say."""
    w.db.execute(delete(SearchText))
    count = 0
    for found in _all(w):
        w.db.execute(_PUT, _row(found))
        count += 1
    if w.engine.database.is_sqlite:
        w.db.execute(_REBUILD)
    return count


def findable_of(w: Work, row: Any) -> Findable:
    """What a row of `SOURCE` is found by; the row may have more columns."""
    people, unit = w.directory.people, w.directory.units[row.unit_id]
    signer = people[row.signer_id].name if row.signer_id else ""
    return findable(
        document_id=row.id,
        content=parse(row.content),
        reference_no=row.reference_no,
        issued_on=row.issued_on,
        created_at=row.created_at,
        agency_id=row.agency_id,
        unit_id=row.unit_id,
        definition_id=row.definition_id,
        people=(people[row.drafter_id].name, signer, unit.name, unit.short_name),
    )


def stale_documents(w: Work) -> list[int]:
    """The documents that are found by other words than they hold; none in a sound record."""
    stored = {row.document_id: row for row in w.db.execute(select(_TABLE))}
    stale = []
    for found in _all(w):
        row = stored.pop(found.document_id, None)
        if row is None or row.folded != folded_text(found) or row.bag != bag_of(found):
            stale.append(found.document_id)
    return stale + list(stored)


def _row(found: Findable) -> dict[str, Any]:
    return {"document_id": found.document_id, "folded": folded_text(found), "bag": bag_of(found)}


def _all(w: Work) -> Iterator[Findable]:
    after = 0
    while rows := w.db.execute(_SOME, {"after": after}).all():
        yield from (findable_of(w, row) for row in rows)
        after = rows[-1].id
