"""What was written once stays: the database refuses to change it, and refuses those who could (guarantees.md P5)."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect, make_url, text
from sqlalchemy.engine import Engine as Door
from sqlalchemy.exc import DBAPIError

from tests.record import Record, postgresql_settings
from tests.workflow.acts import instances, once_open
from tests.workflow.commands.test_tasks import note, plan_of, standing
from workflow.commands.absences import end_absence, set_absence
from workflow.commands.attachments import attach, incoming
from workflow.commands.handing_over import hand_over
from workflow.commands.numbered_reports import upload_numbered
from workflow.commands.remarks import remark, settle
from workflow.commands.reporting import start_unit_report
from workflow.commands.units import end_unit
from workflow.engine import Identity
from workflow.engine.database import connect, refuse_strong_role, wal_is_safe
from workflow.errors import UnsafeDatabase
from workflow.models import Base
from workflow.models.protection import INSERT_ONLY
from workflow.queries.documents import document_view


@pytest.fixture
def full(record: Record) -> Record:
    """At least one row in every table that is written once."""
    issued, voided = record.draft(), record.draft()
    record.bring_to(issued, "issue")
    record.bring_to(voided, "sign")
    record.step("mai", voided, "unsign", note="Cần xem lại nội dung")
    record.step("mai", voided, "sign")
    record.step("van", voided, "assign_number", paper_signed=True)
    record.step("van", voided, "request_void", note="Ghi nhầm người nhận")
    record.step("viet", voided, "void", note="Đồng ý hủy số đã cấp")
    talked_over = record.draft()
    with record.engine.work(record.who("lan")) as w:
        attach(w, document_id=talked_over, seen_version=1, file=incoming("so-lieu.txt", "Số liệu".encode()))
    with record.engine.work(record.who("hung")) as w:
        settle(w, remark_id=remark(w, document_id=talked_over, text="Số liệu của năm nào?"))
    with record.engine.work(Identity(rule="test")) as w:
        units = w.directory.units_of(w.directory.agency_by_code["so_khcn"].id)
        ending, heir = (next(unit for unit in units if unit.code == code) for code in ("BCVT", "CDS"))
        end_unit(w, unit_id=ending.id, last_day=w.today, successor_id=heir.id, basis="QĐ 45/QĐ-UBND")
    with record.engine.work(record.who("khoi")) as w:
        gone = set_absence(
            w, person_id=w.actor.person_id, first_day=w.today, last_day=w.today, reason="Nghỉ phép"
        )
    with record.engine.work(record.who("khoi")) as w:
        end_absence(w, absence_id=gone)
    _note_and_number(record)
    record.clock.forward(days=1)
    with record.engine.work(record.who("hung")) as w:
        version = document_view(w, issued).document.version
        basis = "QĐ 45/QĐ-UBND về sáp nhập"
        hand_over(w, plan_id=issued, unit_id=ending.id, seen_version=version, basis=basis)
    return record


def _note_and_number(record: Record) -> None:
    """A task with a word on it, and a unit's report with a number of its own."""
    plan_id = plan_of(record)
    note(record, "nhung", standing(record, plan_id, "Rà soát quy chế", period="2026-Q2").id)
    owed = once_open(record, instances(record, plan_id, tier=1, year=2026)["TTKT"].id)
    with record.engine.work(record.who("sen")) as w:
        report_id = start_unit_report(w, instance_id=owed)
    with record.engine.work(record.who("sen")) as w:
        file = incoming("bao-cao.pdf", b"%PDF-1.7\n")
        upload_numbered(
            w, document_id=report_id, seen_version=1, reference_no="45/BC-TTKT", dated=w.today, file=file
        )


def refused(door: Door, statement: str) -> str:
    """The database's own words of refusal; fails if it obeys."""
    with door.connect() as db, pytest.raises(DBAPIError) as error:
        db.execute(text(statement))
    return str(error.value.orig)


def column(record: Record, table: str) -> str:
    return next(iter(Base.metadata.tables[table].columns)).name


@pytest.mark.parametrize("table", INSERT_ONLY)
def test_no_row_of_the_log_is_changed_deleted_or_emptied(full: Record, table: str):
    door, name = full.engine.database.write, column(full, table)
    with full.engine.database.read.begin() as db:
        before = db.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2")).all()
    assert before, f"no row in {table}: the test would prove nothing"
    statements = [f"UPDATE {table} SET {name} = {name}", f"DELETE FROM {table}"]
    if full.engine.database.is_sqlite:
        statements.append(f"REPLACE INTO {table} SELECT * FROM {table}")
        statements.append(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")
        for statement in statements:
            assert "append-only" in refused(door, statement)
    else:
        statements.append(f"TRUNCATE {table} CASCADE")
        for statement in statements:
            assert "permission denied" in refused(door, statement)
    with full.engine.database.read.begin() as db:
        assert db.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2")).all() == before


@pytest.mark.parametrize("table", INSERT_ONLY)
def test_even_the_owner_on_postgresql_must_first_take_the_trigger_away(postgresql_record: Record, table: str):
    name = make_url(postgresql_record.url).database or ""
    server = postgresql_record.url.rsplit("/", 1)[0].replace("trinhky_app@", "postgres@") + "/postgres"
    plan_id = postgresql_record.draft()
    postgresql_record.bring_to(plan_id, "issue")
    owner = create_engine(postgresql_settings(server, name, Path()).owner_url)
    superuser = create_engine(server.rsplit("/", 1)[0] + f"/{name}")
    try:
        assert "append-only" in refused(owner, f"TRUNCATE {table} CASCADE")
        # ENABLE ALWAYS holds where ordinary triggers sleep.
        with superuser.connect() as db:
            db.execute(text("SET session_replication_role = replica"))
            with pytest.raises(DBAPIError, match="append-only"):
                db.execute(text(f"TRUNCATE {table} CASCADE"))
    finally:
        owner.dispose()
        superuser.dispose()


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE entry DISABLE TRIGGER ALL",
        "ALTER TABLE entry DISABLE TRIGGER entry_append_only",
        "SET session_replication_role = replica",
        "DROP TRIGGER entry_append_only ON entry",
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        "ALTER TABLE entry OWNER TO trinhky_app",
        "GRANT UPDATE ON entry TO trinhky_app",
        "DROP TABLE leaf",
        "INSERT INTO entry SELECT * FROM entry ON CONFLICT (id) DO UPDATE SET folded = 'x'",
        "SET ROLE trinhky_owner",
        "CREATE OR REPLACE FUNCTION seal_waiting(moment text) RETURNS bigint LANGUAGE sql AS 'SELECT 1'",
        "ALTER FUNCTION seal_waiting(text) RENAME TO never",
    ],
)
def test_the_application_cannot_take_its_own_guards_away(postgresql_record: Record, statement: str):
    with postgresql_record.engine.database.write.connect() as db:
        if statement.startswith("GRANT"):
            # PostgreSQL answers a grant that grants nothing with a warning; what counts is that nothing was given.
            db.execute(text(statement))
            db.commit()
            assert "permission denied" in refused(
                postgresql_record.engine.database.write, "UPDATE entry SET folded = ''"
            )
            return
    said = refused(postgresql_record.engine.database.write, statement)
    assert "permission denied" in said or "must be owner" in said or "must be able to" in said


def test_the_tree_is_lengthened_by_the_application_alone(postgresql_record: Record):
    given = (
        "SELECT coalesce(r.rolname, 'everybody') FROM pg_proc p, aclexplode(p.proacl) a "
        "LEFT JOIN pg_roles r ON r.oid = a.grantee WHERE p.proname = 'seal_waiting' ORDER BY 1"
    )
    with postgresql_record.engine.database.read.connect() as db:
        assert list(db.scalars(text(given))) == ["trinhky_app", "trinhky_owner"]


def test_the_reading_door_cannot_write(record: Record):
    said = refused(record.engine.database.read, "UPDATE log_head SET size = 0")
    assert "readonly" in said or "read-only" in said


def test_the_application_refuses_to_run_as_owner_or_superuser(postgresql_record: Record):
    url = postgresql_record.url
    for role in ("trinhky_owner", "postgres"):
        database = connect(url.replace("trinhky_app@", f"{role}@"))
        with pytest.raises(UnsafeDatabase):
            refuse_strong_role(database)
        database.dispose()
    refuse_strong_role(postgresql_record.engine.database)


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 6, 23), False), ((3, 7, 0), False), ((3, 40, 1), False), ((3, 44, 5), False), ((3, 44, 6), True),
        ((3, 45, 0), False), ((3, 46, 1), False), ((3, 50, 6), False), ((3, 50, 7), True), ((3, 51, 0), False),
        ((3, 51, 2), False), ((3, 51, 3), True), ((3, 52, 0), True), ((4, 0, 0), True),
    ],
)  # fmt: skip
def test_wal_is_chosen_only_where_its_reset_bug_is_mended(version: tuple[int, ...], safe: bool):
    assert wal_is_safe(version) is safe


def test_the_file_is_opened_with_the_journal_its_version_allows(sqlite_record: Record):
    with sqlite_record.engine.database.write.begin() as db:
        found = {
            name: db.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "recursive_triggers",
                "trusted_schema",
            )
        }
    wal = wal_is_safe(sqlite3.sqlite_version_info)
    assert found == {
        "journal_mode": "wal" if wal else "delete",
        "synchronous": 2 if wal else 3,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
    }


def test_a_database_in_memory_is_refused():
    for url in ("sqlite://", "sqlite:///:memory:"):
        with pytest.raises(UnsafeDatabase):
            connect(url)


def _has_a_model(name: str | None, kind: str, parents: object) -> bool:
    """Not the index of the search: FTS5 and its own tables, GIN on PostgreSQL; a test of the search sees it used."""
    return not (name or "").startswith("search_index")


def test_the_migrations_make_what_the_models_say(record: Record):
    with record.engine.database.read.connect() as db:
        context = MigrationContext.configure(
            db, opts={"compare_type": True, "compare_server_default": True, "include_name": _has_a_model}
        )
        assert compare_metadata(context, Base.metadata) == []
        found = inspect(db)
        for table in Base.metadata.sorted_tables:
            wanted = {c.name for c in table.constraints if type(c).__name__ == "CheckConstraint"}
            assert {c["name"] for c in found.get_check_constraints(table.name)} == wanted, table.name


def test_the_triggers_and_strict_tables_are_there_after_the_migration(record: Record):
    with record.engine.database.read.connect() as db:
        if record.engine.database.is_sqlite:
            sql = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            wanted = {f"{table}_no_{verb}" for table in INSERT_ONLY for verb in ("update", "delete")}
            strict = {row[1]: row[5] for row in db.exec_driver_sql("PRAGMA table_list") if row[0] == "main"}
            assert all(strict[table.name] for table in Base.metadata.sorted_tables)
        else:
            sql = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A'"
            wanted = {f"{table}_{what}" for table in INSERT_ONLY for what in ("append_only", "no_truncate")}
        assert {row[0] for row in db.exec_driver_sql(sql)} == wanted


def test_an_index_over_some_rows_is_one_on_both_databases(record: Record):
    wanted = {
        index.name: str(where)
        for table in Base.metadata.sorted_tables
        for index in table.indexes
        if (where := index.dialect_options["sqlite"]["where"]) is not None
    }
    assert len(wanted) == 5
    catalogue = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'index'"
        if record.engine.database.is_sqlite
        else "SELECT indexname, indexdef FROM pg_indexes"
    )
    with record.engine.database.read.connect() as db:
        made = {name: sql for name, sql in db.exec_driver_sql(catalogue)}
    for name, where in wanted.items():
        assert where in made[name].partition("WHERE")[2], name
