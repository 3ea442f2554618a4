"""What migrations share, frozen as they are: a reference to another table, and a table that is only added to."""

import sqlalchemy as sa
from alembic import op

ID = sa.Integer().with_variant(sa.BigInteger(), "postgresql")


def reference(
    table: str, column: str, target: str, *, nullable: bool = False, autoincrement: bool = True
) -> sa.Column[int]:
    """`target` as "person.id"; the constraint's name follows from table and column."""
    key = sa.ForeignKey(target, name=op.f(f"fk_{table}_{column}"))
    return sa.Column(column, ID, key, nullable=nullable, autoincrement="auto" if autoincrement else False)


def only_add_to(table: str) -> None:
    """Triggers that refuse every change of a row that stands (models/protection.py says the same)."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_append_only")
    op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_truncate")
