"""What people are typing and have not saved yet."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ID = sa.Integer().with_variant(sa.BigInteger(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "working_copy",
        sa.Column(
            "person_id",
            ID,
            sa.ForeignKey("person.id", name=op.f("fk_working_copy_person_id")),
            nullable=False,
            autoincrement=False,
        ),
        sa.Column("document_id", ID, nullable=False, autoincrement=False),
        sa.Column(
            "agency_id",
            ID,
            sa.ForeignKey("agency.id", name=op.f("fk_working_copy_agency_id")),
            nullable=False,
        ),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "document_id", name=op.f("pk_working_copy")),
        sqlite_strict=True,
    )
