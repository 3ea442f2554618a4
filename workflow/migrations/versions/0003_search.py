"""What documents are found by, its index on either database, and saved searches; fills in documents there are."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

from workflow.migrations.finding import fill_search

revision = "0003"
down_revision = "0002"

ID = sa.Integer().with_variant(sa.BigInteger(), "postgresql")


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
    fill_search(sqlite=sqlite)
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
