"""How far up it was told that a document waits, and that a report is late."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    whole = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    # A nullable column may be added in place on either database; a batch would drop triggers and STRICT.
    op.execute(f"ALTER TABLE waiting ADD COLUMN escalated {whole}")
    op.execute("ALTER TABLE waiting ADD COLUMN escalated_at TEXT")
    op.execute("ALTER TABLE waiting ADD COLUMN escalated_to TEXT")
    op.execute("ALTER TABLE reminder ADD COLUMN escalated_for TEXT")
