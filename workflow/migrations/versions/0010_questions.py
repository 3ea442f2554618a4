"""Whom a remark asks."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    whole = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    # A column may be added with its reference on either database; a batch would drop triggers and STRICT.
    op.execute(
        f"ALTER TABLE remark ADD COLUMN asked_id {whole} CONSTRAINT fk_remark_asked_id REFERENCES person (id)"
    )
