"""Triggers that refuse to change what was written once, on both databases. They stop mistakes and the
application's role, not an owner with a shell: against him stand the tree and its outside checkpoints."""

INSERT_ONLY = (
    "entry", "leaf", "checkpoint", "revision", "approval", "withdrawal", "register_row", "register_void", "delivery",
    "owed", "handed_over", "stored_file", "attachment", "issued_file", "remark", "remark_settled", "absence",
    "absence_ended", "tasks_opened", "task_progress", "numbered_report",
)  # fmt: skip


def sqlite_triggers() -> list[str]:
    """With `recursive_triggers=ON` REPLACE is refused too: it deletes before it inserts."""
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for table in INSERT_ONLY
        for verb in ("UPDATE", "DELETE")
    ]


def postgresql_triggers() -> list[str]:
    """A row trigger does not see TRUNCATE; ENABLE ALWAYS holds under `session_replication_role` too."""
    statements = [
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23514'; END $$"
    ]
    for table in INSERT_ONLY:
        statements += [
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_append_only",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_truncate",
        ]
    return statements
