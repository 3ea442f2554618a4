"""Tasks of issued plans with what was noted on them, new days given to late reports, numbered reports of units."""

import sqlalchemy as sa
from alembic import op

from workflow.migrations.parts import ID, only_add_to, reference

revision = "0008"
down_revision = "0007"

INSERT_ONLY = ("tasks_opened", "task_progress", "numbered_report")


def upgrade() -> None:
    op.create_table(
        "tasks_opened",
        reference("tasks_opened", "document_id", "document.id", autoincrement=False),
        sa.Column("opened_on", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_tasks_opened")),
        sqlite_strict=True,
    )
    _tasks()
    _progress()
    _numbered()
    # A nullable column may be added in place on either database; a batch would drop triggers and STRICT.
    op.execute("ALTER TABLE instance ADD COLUMN extended_to TEXT")
    op.execute("ALTER TABLE instance ADD COLUMN extended_reason TEXT")
    for table in INSERT_ONLY:
        only_add_to(table)


def _tasks() -> None:
    op.create_table(
        "task",
        sa.Column("id", ID, nullable=False),
        reference("task", "agency_id", "agency.id"),
        reference("task", "document_id", "document.id"),
        sa.Column("place", ID, nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("time_words", sa.Text(), nullable=False),
        reference("task", "unit_id", "unit.id"),
        reference("task", "handed_over_to", "unit.id", nullable=True),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("year", ID, nullable=True),
        sa.Column("starts_on", sa.Text(), nullable=True),
        sa.Column("last_day", sa.Text(), nullable=True),
        sa.Column("opened_on", sa.Text(), nullable=True),
        sa.Column("opened_by_document", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint(
            "document_id", "place", "unit_id", "period", name=op.f("uq_task_document_id_place_unit_id_period")
        ),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_task_unit_id_last_day"), "task", ["unit_id", "last_day"])
    op.create_index(op.f("ix_task_handed_over_to"), "task", ["handed_over_to"])
    op.create_index(op.f("ix_task_kind_year"), "task", ["kind", "year"])


def _progress() -> None:
    op.create_table(
        "task_progress",
        sa.Column("id", ID, nullable=False),
        reference("task_progress", "agency_id", "agency.id"),
        reference("task_progress", "document_id", "document.id"),
        reference("task_progress", "task_id", "task.id"),
        reference("task_progress", "entry_id", "entry.id"),
        sa.Column("stands", sa.Text(), nullable=False),
        sa.Column("figure", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column(
            "sha256",
            sa.Text(),
            sa.ForeignKey("stored_file.sha256", name=op.f("fk_task_progress_sha256")),
            nullable=True,
        ),
        reference("task_progress", "noted_by", "person.id"),
        sa.Column("noted_at", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "stands IN ('not_started', 'running', 'done')", name=op.f("ck_task_progress_known_stand")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_progress")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_task_progress_task_id_id"), "task_progress", ["task_id", "id"])
    op.create_index(op.f("ix_task_progress_document_id"), "task_progress", ["document_id"])


def _numbered() -> None:
    op.create_table(
        "numbered_report",
        sa.Column("id", ID, nullable=False),
        reference("numbered_report", "document_id", "document.id"),
        reference("numbered_report", "entry_id", "entry.id"),
        sa.Column("reference_no", sa.Text(), nullable=False),
        sa.Column("dated", sa.Text(), nullable=False),
        sa.Column(
            "sha256",
            sa.Text(),
            sa.ForeignKey("stored_file.sha256", name=op.f("fk_numbered_report_sha256")),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_numbered_report")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_numbered_report_document_id_id"), "numbered_report", ["document_id", "id"])
