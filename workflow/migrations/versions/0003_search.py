"""What documents are found by, its index on either database, and saved searches; fills in documents there are."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

from workflow.content import parse
from workflow.findable import Findable, bag_of, findable, folded_text

revision = "0003"
down_revision = "0002"

ID = sa.Integer().with_variant(sa.BigInteger(), "postgresql")

DOCUMENTS = sa.text(
    "SELECT d.id, d.agency_id, d.unit_id, d.definition_id, d.reference_no, d.issued_on, d.created_at, r.content, "
    "p.name AS drafter, s.name AS signer, u.name AS unit, u.short_name AS unit_short "
    "FROM document d JOIN revision r ON r.document_id = d.id AND r.no = d.revision_no "
    "JOIN person p ON p.id = d.drafter_id LEFT JOIN person s ON s.id = d.signer_id "
    "JOIN unit u ON u.id = d.unit_id WHERE d.id > :after ORDER BY d.id LIMIT 500"
)


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.create_table(
        "search_text",
        sa.Column(
            "document_id",
            ID,
            sa.ForeignKey("document.id", name=op.f("fk_search_text_document_id")),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("bag", sa.Text().with_variant(TSVECTOR(), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_search_text")),
        sqlite_strict=True,
    )
    op.create_table(
        "saved_search",
        sa.Column("id", ID, nullable=False),
        sa.Column(
            "person_id",
            ID,
            sa.ForeignKey("person.id", name=op.f("fk_saved_search_person_id")),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
        sa.UniqueConstraint("person_id", "name", name=op.f("uq_saved_search_person_id_name")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    _fill(sqlite=sqlite)
    if sqlite:
        _fts5()
        op.execute("INSERT INTO search_index (search_index) VALUES ('rebuild')")
    else:
        # Without the list of pending entries a search never has to read what nobody sorted yet.
        op.execute("CREATE INDEX search_index ON search_text USING gin (bag) WITH (fastupdate = off)")


def _fts5() -> None:
    """
    Every token is letters, digits and six signs, and nothing folds again what Python folded.

    No triggers keep it: under `trusted_schema=OFF` SQLite lets none of them touch a virtual table.
    """
    op.execute(
        "CREATE VIRTUAL TABLE search_index USING fts5(bag, content='search_text', content_rowid='document_id', "
        "tokenize=\"ascii tokenchars '_^.#@='\", prefix='3', detail=none, columnsize=0)"
    )


def _fill(*, sqlite: bool) -> None:
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
