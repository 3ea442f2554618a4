"""Files by their hash, attachments, the file that was issued, and remarks; all of it written once."""

import sqlalchemy as sa
from alembic import op

from workflow.migrations.parts import ID, only_add_to, reference

revision = "0002"
down_revision = "0001"

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
        reference("attachment", "agency_id", "agency.id"),
        reference("attachment", "document_id", "document.id"),
        sa.Column(
            "sha256",
            sa.Text(),
            sa.ForeignKey("stored_file.sha256", name=op.f("fk_attachment_sha256")),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        reference("attachment", "added_by", "person.id"),
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
        reference("issued_file", "document_id", "document.id", autoincrement=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column(
            "sha256",
            sa.Text(),
            sa.ForeignKey("stored_file.sha256", name=op.f("fk_issued_file_sha256")),
            nullable=False,
        ),
        reference("issued_file", "entry_id", "entry.id"),
        sa.CheckConstraint("kind IN ('pdf', 'sealed_scan')", name=op.f("ck_issued_file_known_kind")),
        sa.PrimaryKeyConstraint("document_id", "kind", name=op.f("pk_issued_file")),
        sqlite_strict=True,
    )
    op.create_table(
        "remark",
        sa.Column("id", ID, nullable=False),
        reference("remark", "agency_id", "agency.id"),
        reference("remark", "document_id", "document.id"),
        reference("remark", "answers_id", "remark.id", nullable=True),
        reference("remark", "entry_id", "entry.id"),
        sa.Column("revision_no", ID, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("must_settle", sa.Integer(), nullable=False),
        reference("remark", "author_id", "person.id"),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_remark_document_id_id"), "remark", ["document_id", "id"], unique=False)
    op.create_table(
        "remark_settled",
        reference("remark_settled", "remark_id", "remark.id", autoincrement=False),
        reference("remark_settled", "entry_id", "entry.id"),
        reference("remark_settled", "settled_by", "person.id"),
        sa.Column("settled_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("remark_id", name=op.f("pk_remark_settled")),
        sqlite_strict=True,
    )
    for table in INSERT_ONLY:
        only_add_to(table)
