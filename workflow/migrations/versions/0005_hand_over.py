"""Which unit took over a duty, and a period of it, from one that ended."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

ID = sa.Integer().with_variant(sa.BigInteger(), "postgresql")


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.create_table(
        "handed_over",
        _reference("obligation_id", "obligation.id"),
        _reference("unit_id", "unit.id"),
        _reference("heir_id", "unit.id"),
        sa.PrimaryKeyConstraint("obligation_id", "unit_id", name=op.f("pk_handed_over")),
        sqlite_strict=True,
    )
    # A column may be added with its reference on either database; a batch would drop triggers and STRICT.
    op.execute(
        f"ALTER TABLE instance ADD COLUMN handed_over_to {'INTEGER' if sqlite else 'BIGINT'} "
        "CONSTRAINT fk_instance_handed_over_to_unit REFERENCES unit (id)"
    )
    if sqlite:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER handed_over_no_{verb.lower()} BEFORE {verb} ON handed_over "
                "BEGIN SELECT RAISE(ABORT, 'handed_over is append-only'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER handed_over_append_only BEFORE UPDATE OR DELETE ON handed_over "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER handed_over_no_truncate BEFORE TRUNCATE ON handed_over "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    op.execute("ALTER TABLE handed_over ENABLE ALWAYS TRIGGER handed_over_append_only")
    op.execute("ALTER TABLE handed_over ENABLE ALWAYS TRIGGER handed_over_no_truncate")


def _reference(column: str, target: str) -> sa.Column[int]:
    key = sa.ForeignKey(target, name=op.f(f"fk_handed_over_{column}"))
    return sa.Column(column, ID, key, nullable=False, autoincrement=False)
