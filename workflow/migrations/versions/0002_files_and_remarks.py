"""Files by their hash, attachments, the file that was issued, and remarks; all of it written once."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
INSERT_ONLY = ("stored_file", "attachment", "issued_file", "remark", "remark_settled")


def upgrade() -> None:
    op.create_table(
        "stored_file",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", ID, nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_stored_file_digest_whole")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_stored_file")),
        sqlite_strict=True,
    )
    op.create_table(
        "attachment",
        sa.Column("id", ID, nullable=False),
        _reference("attachment", "agency_id", "agency.id"),
        _reference("attachment", "document_id", "document.id"),
        sa.Column(
            "sha256",
            sa.Text(),
            sa.ForeignKey("stored_file.sha256", name=op.f("fk_attachment_sha256")),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        _reference("attachment", "added_by", "person.id"),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint(
            "document_id", "sha256", "name", name=op.f("uq_attachment_document_id_sha256_name")
        ),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "issued_file",
        _reference("issued_file", "document_id", "document.id", autoincrement=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column(
            "sha256",
            sa.Text(),
            sa.ForeignKey("stored_file.sha256", name=op.f("fk_issued_file_sha256")),
            nullable=False,
        ),
        _reference("issued_file", "entry_id", "entry.id"),
        sa.CheckConstraint("kind IN ('pdf', 'sealed_scan')", name=op.f("ck_issued_file_known_kind")),
        sa.PrimaryKeyConstraint("document_id", "kind", name=op.f("pk_issued_file")),
        sqlite_strict=True,
    )
    op.create_table(
        "remark",
        sa.Column("id", ID, nullable=False),
        _reference("remark", "agency_id", "agency.id"),
        _reference("remark", "document_id", "document.id"),
        _reference("remark", "answers_id", "remark.id", nullable=True),
        _reference("remark", "entry_id", "entry.id"),
        sa.Column("revision_no", ID, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("must_settle", sa.Integer(), nullable=False),
        _reference("remark", "author_id", "person.id"),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_remark_document_id_id"), "remark", ["document_id", "id"], unique=False)
    op.create_table(
        "remark_settled",
        _reference("remark_settled", "remark_id", "remark.id", autoincrement=False),
        _reference("remark_settled", "entry_id", "entry.id"),
        _reference("remark_settled", "settled_by", "person.id"),
        sa.Column("settled_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("remark_id", name=op.f("pk_remark_settled")),
        sqlite_strict=True,
    )
    for table in INSERT_ONLY:
        if op.get_bind().dialect.name == "sqlite":
            _sqlite_triggers(table)
        else:
            _postgresql_triggers(table)


def _reference(
    table: str, column: str, target: str, *, nullable: bool = False, autoincrement: bool = True
) -> sa.Column[int]:
    key = sa.ForeignKey(target, name=op.f(f"fk_{table}_{column}"))
    return sa.Column(column, ID, key, nullable=nullable, autoincrement="auto" if autoincrement else False)


def _sqlite_triggers(table: str) -> None:
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def _postgresql_triggers(table: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_append_only")
    op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_truncate")
