"""What people are told, the letters that carry it, where they want them, and their calendars."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

ID = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
UNREAD = sa.text("read_at IS NULL")


def reference(table: str, column: str, target: str, *, nullable: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey(f"{target}.id", name=op.f(f"fk_{table}_{column}"))
    return sa.Column(column, ID, key, nullable=nullable, autoincrement=False)


def upgrade() -> None:
    # A nullable column may be added in place on either database; a batch would drop triggers and STRICT.
    op.execute("ALTER TABLE person ADD COLUMN email TEXT")
    _notices()
    _letters()
    _feeds()


def _notices() -> None:
    op.create_table(
        "notice",
        sa.Column("id", ID, nullable=False),
        reference("notice", "agency_id", "agency"),
        reference("notice", "person_id", "person"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        reference("notice", "document_id", "document", nullable=True),
        reference("notice", "instance_id", "instance", nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("read_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("key", name=op.f("uq_notice_key")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_notice_person_id_id"), "notice", ["person_id", "id"])
    op.create_index(op.f("ix_notice_created_at"), "notice", ["created_at"])
    for name, columns in (
        ("ix_notice_unread", ["person_id", "id"]),
        ("ix_notice_unread_document", ["document_id"]),
        ("ix_notice_unread_instance", ["instance_id"]),
    ):
        op.create_index(name, "notice", columns, sqlite_where=UNREAD, postgresql_where=UNREAD)
    op.create_table(
        "reminder",
        reference("reminder", "instance_id", "instance"),
        sa.Column("stage", ID, nullable=False),
        sa.Column("told_on", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("instance_id", name=op.f("pk_reminder")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_reminder_next_on"), "reminder", ["next_on"])


def _letters() -> None:
    op.create_table(
        "mail",
        sa.Column("id", ID, nullable=False),
        reference("mail", "person_id", "person"),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("attempts", ID, nullable=False),
        sa.Column("again", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("next_try_at", sa.Text(), nullable=False),
        sa.Column("leased_until", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "status IN ('queued', 'sending', 'sent', 'failed', 'unknown')", name=op.f("ck_mail_known_status")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("key", name=op.f("uq_mail_key")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_mail_status_next_try_at"), "mail", ["status", "next_try_at"])
    op.create_table(
        "mail_notice",
        reference("mail_notice", "notice_id", "notice"),
        reference("mail_notice", "mail_id", "mail"),
        sa.PrimaryKeyConstraint("notice_id", name=op.f("pk_mail_notice")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_mail_notice_mail_id"), "mail_notice", ["mail_id"])
    op.create_table(
        "mail_choice",
        reference("mail_choice", "person_id", "person"),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "choice IN ('at_once', 'digest', 'none')", name=op.f("ck_mail_choice_known_choice")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_mail_choice")),
        sqlite_strict=True,
    )


def _feeds() -> None:
    op.create_table(
        "feed",
        sa.Column("id", ID, nullable=False),
        reference("feed", "person_id", "person"),
        reference("feed", "unit_id", "unit", nullable=True),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("used_at", sa.Text(), nullable=True),
        sa.Column("revoked_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_feed_token_hash")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_feed_person_id"), "feed", ["person_id"])
