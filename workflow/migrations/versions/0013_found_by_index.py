"""What somebody approved today and which numbers wait to be voided are found by index, however old the record."""

from alembic import op
from sqlalchemy import text

revision = "0013"
down_revision = "0012"

ASKED = text("void_requested = 1")


def upgrade() -> None:
    op.create_index(op.f("ix_approval_person_id_at"), "approval", ("person_id", "at"))
    op.create_index("ix_document_void_asked", "document", ("id",), sqlite_where=ASKED, postgresql_where=ASKED)
