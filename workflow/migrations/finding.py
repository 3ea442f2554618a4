"""Fills the table of what documents are found by from the documents there are; no act, and no row of the record."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from workflow.content import parse
from workflow.findable import Findable, bag_of, findable, folded_text

DOCUMENTS = sa.text(
    "SELECT d.id, d.agency_id, d.unit_id, d.definition_id, d.reference_no, d.issued_on, d.created_at, r.content, "
    "p.name AS drafter, s.name AS signer, u.name AS unit, u.short_name AS unit_short "
    "FROM document d JOIN revision r ON r.document_id = d.id AND r.no = d.revision_no "
    "JOIN person p ON p.id = d.drafter_id LEFT JOIN person s ON s.id = d.signer_id "
    "JOIN unit u ON u.id = d.unit_id WHERE d.id > :after ORDER BY d.id LIMIT 500"
)


def fill_search(*, sqlite: bool) -> None:
    """Into an empty `search_text`, as the words are cut today; FTS5 has to be told afterwards."""
    value = ":bag" if sqlite else "CAST(:bag AS tsvector)"
    insert = sa.text(f"INSERT INTO search_text (document_id, folded, bag) VALUES (:id, :folded, {value})")  # noqa: S608
    for found in _documents():
        bag = " ".join(bag_of(found) if sqlite else (f"'{token}'" for token in bag_of(found)))
        op.get_bind().execute(insert, {"id": found.document_id, "folded": folded_text(found), "bag": bag})


def _documents() -> Iterator[Findable]:
    after = 0
    while rows := op.get_bind().execute(DOCUMENTS, {"after": after}).all():
        yield from (_findable(row) for row in rows)
        after = rows[-1].id


def _findable(row: Any) -> Findable:
    return findable(
        document_id=row.id,
        content=parse(row.content),
        reference_no=row.reference_no,
        issued_on=date.fromisoformat(row.issued_on) if row.issued_on else None,
        created_at=datetime.fromisoformat(row.created_at),
        agency_id=row.agency_id,
        unit_id=row.unit_id,
        definition_id=row.definition_id,
        people=(row.drafter, row.signer or "", row.unit, row.unit_short),
    )
