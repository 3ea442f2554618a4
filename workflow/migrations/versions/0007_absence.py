"""Who is away, who acts meanwhile, and when it ended early."""

import sqlalchemy as sa
from alembic import op

from workflow.migrations.parts import ID, only_add_to, reference

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("id", ID, nullable=False),
        reference("absence", "agency_id", "agency.id"),
        reference("absence", "person_id", "person.id"),
        reference("absence", "substitute_id", "person.id", nullable=True),
        sa.Column("first_day", sa.Text(), nullable=False),
        sa.Column("last_day", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        reference("absence", "set_by", "person.id"),
        sa.Column("set_at", sa.Text(), nullable=False),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_absence_dates_in_order")),
        sa.CheckConstraint("substitute_id <> person_id", name=op.f("ck_absence_somebody_else")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_absence_person_id"), "absence", ["person_id"])
    op.create_table(
        "absence_ended",
        reference("absence_ended", "absence_id", "absence.id"),
        sa.Column("ended_on", sa.Text(), nullable=False),
        reference("absence_ended", "ended_by", "person.id"),
        sa.Column("ended_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("absence_id", name=op.f("pk_absence_ended")),
        sqlite_strict=True,
    )
    for table in ("absence", "absence_ended"):
        only_add_to(table)
