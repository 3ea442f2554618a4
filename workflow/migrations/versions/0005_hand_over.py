"""Which unit took over a duty, and a period of it, from one that ended."""

import sqlalchemy as sa
from alembic import op

from workflow.migrations.parts import only_add_to, reference

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.create_table(
        "handed_over",
        reference("handed_over", "obligation_id", "obligation.id", autoincrement=False),
        reference("handed_over", "unit_id", "unit.id", autoincrement=False),
        reference("handed_over", "heir_id", "unit.id", autoincrement=False),
        sa.PrimaryKeyConstraint("obligation_id", "unit_id", name=op.f("pk_handed_over")),
        sqlite_strict=True,
    )
    # A column may be added with its reference on either database; a batch would drop triggers and STRICT.
    op.execute(
        f"ALTER TABLE instance ADD COLUMN handed_over_to {'INTEGER' if sqlite else 'BIGINT'} "
        "CONSTRAINT fk_instance_handed_over_to_unit REFERENCES unit (id)"
    )
    only_add_to("handed_over")
