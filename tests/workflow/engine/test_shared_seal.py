"""Sealing together on PostgreSQL: nobody is answered before his entry is in the tree, and few do the work for all."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module

import psycopg
import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine, func, select, text, update
from sqlalchemy.exc import DBAPIError

from tests.record import Record
from workflow import audit
from workflow.engine import Engine, Identity, shared_seal
from workflow.engine.direct import BEGIN, direct
from workflow.engine.schema import migrate
from workflow.engine.shared_seal import LOCK, seal_committed
from workflow.errors import OutcomeUnknown
from workflow.log import merkle
from workflow.models import Checkpoint, Entry, Leaf, LogHead, Unsealed
from workflow.models.base import instant_text
from workflow.queries.checkpoints import checkpoints, newest_checkpoint
from workflow.verification import verify


def note(engine: Engine) -> None:
    with engine.work(Identity(rule="test")) as w:
        audit.note_access(w, "view", "Đã xem")


def sealed(record: Record) -> tuple[int, int, int]:
    """Entries, leaves, and what still waits."""
    with record.engine.database.read.connect() as db:
        return tuple(db.scalar(select(func.count()).select_from(table)) for table in (Entry, Leaf, Unsealed))


@pytest.fixture
def unsealed(monkeypatch):
    """An act whose process dies between its commit and its seal."""

    def act(engine: Engine) -> None:
        with monkeypatch.context() as gone:
            gone.setattr(Engine, "_shares_seal", lambda self, work: False)
            note(engine)

    return act


def test_an_act_seals_itself_and_what_others_left(postgresql_record: Record, unsealed):
    unsealed(postgresql_record.engine)
    assert sealed(postgresql_record)[2] == 1
    note(postgresql_record.engine)
    entries, leaves, waiting = sealed(postgresql_record)
    assert (leaves, waiting) == (entries, 0)


def test_what_waited_before_the_queue_carried_its_hash_is_sealed_after_it(
    postgresql_record: Record, unsealed
):
    engine = postgresql_record.engine
    unsealed(engine)
    owner = create_engine(engine.settings.owner_url)
    with owner.begin() as db:
        db.exec_driver_sql("ALTER TABLE unsealed DROP COLUMN hash, DROP COLUMN at")
        with Operations.context(MigrationContext.configure(db)):
            import_module("workflow.migrations.versions.0015_what_waits_carries_its_hash").upgrade()
    owner.dispose()
    migrate(engine.settings)  # which gives the rights
    engine.seal_leftovers()
    entries, leaves, waiting = sealed(postgresql_record)
    assert (leaves, waiting) == (entries, 0)


def test_where_nothing_waits_nothing_is_appended(postgresql_record: Record):
    note(postgresql_record.engine)
    before = sealed(postgresql_record)
    postgresql_record.engine.seal_leftovers()
    assert sealed(postgresql_record) == before


def test_a_checkpoint_signs_the_tree_with_what_waited(postgresql_record: Record, unsealed):
    unsealed(postgresql_record.engine)
    with postgresql_record.engine.work(Identity(rule="test")) as w:
        w.want_checkpoint = True
    with postgresql_record.engine.database.read.connect() as db:
        size = db.scalar(select(Checkpoint.size).order_by(Checkpoint.id.desc()))
    assert size == sealed(postgresql_record)[1] == sealed(postgresql_record)[0]


def test_nobody_waits_while_a_checkpoint_is_signed(postgresql_record: Record, monkeypatch):
    """Who signs may lose the processor, or stand still, between the seal and the signature."""
    record, sign = postgresql_record, shared_seal.sign
    seen: list[tuple[int, int, int]] = []

    def slowly(*what: object) -> object:
        note(record.engine)
        seen.append(sealed(record))
        return sign(*what)

    monkeypatch.setattr(shared_seal, "sign", slowly)
    note(record.engine)
    size = sealed(record)[1]
    with record.engine.work(Identity(rule="test")) as w:
        w.want_checkpoint = True
    assert seen == [(size + 1, size + 1, 0)]
    with record.engine.database.read.connect() as db:
        assert db.scalar(select(func.max(Checkpoint.size))) == size
    with record.engine.reading(Identity(rule="test")) as w:
        assert verify(w).holds


def test_the_newest_checkpoint_is_the_one_over_most_whoever_was_slower_to_write_his(
    postgresql_record: Record, monkeypatch
):
    record, sign = postgresql_record, shared_seal.sign

    def act() -> None:
        with record.engine.work(Identity(rule="test")) as w:
            audit.note_access(w, "view", "Đã xem")
            w.want_checkpoint = True

    def late(*what: object) -> object:
        monkeypatch.setattr(shared_seal, "sign", sign)
        act()
        return sign(*what)

    monkeypatch.setattr(shared_seal, "sign", late)
    act()
    with record.engine.reading(Identity(rule="test")) as w:
        by_id = list(w.db.scalars(select(Checkpoint.size).order_by(Checkpoint.id.desc()).limit(2)))
        assert by_id[0] < by_id[1] == sealed(record)[1]
        assert newest_checkpoint(w).size == by_id[1]
        shown, _ = checkpoints(w)
        assert [one.size for one in shown] == sorted((one.size for one in shown), reverse=True)
        rest, _ = checkpoints(w, before=shown[0].id)
        assert rest == shown[1:]


def test_what_a_seal_reads_does_not_grow_with_the_log(postgresql_record: Record, unsealed):
    """The server knows nothing of a table that is filled and emptied all day, and would read the log instead."""
    engine = postgresql_record.engine
    for _ in range(30):
        unsealed(engine)
    read = (
        "SELECT relname::text, seq_tup_read, idx_scan FROM pg_stat_xact_user_tables "
        "WHERE relname IN ('entry', 'leaf', 'unsealed') ORDER BY 1"
    )
    with engine.database.write.connect() as db:
        way = direct(db)
        found = way.together(BEGIN, (shared_seal._SEAL, instant_text(engine.clock())), (read,)).fetchall()
        way.together(("ROLLBACK",))
    by_table = {table: (read_through, by_index) for table, read_through, by_index in found}
    assert by_table["entry"][0] == by_table["leaf"][0] == 0
    assert by_table["entry"][1] == 30  # each by its key, for the leaf's own reference
    assert by_table["unsealed"][0] == 30


@pytest.mark.parametrize("batches", [[1] * 9, [8, 1, 7, 16, 3], [33]], ids=str)
def test_the_tree_of_the_server_is_the_tree_of_who_verifies(
    postgresql_record: Record, unsealed, batches: list[int]
):
    engine, grown = postgresql_record.engine, merkle.Frontier()
    for batch in batches:
        for _ in range(batch):
            unsealed(engine)
        engine.seal_leftovers()
    with engine.database.read.connect() as db:
        leaves = db.execute(
            select(Leaf.position, Leaf.nodes, Entry.hash)
            .join(Entry, Entry.id == Leaf.entry_id)
            .order_by(Leaf.position)
        ).all()
        size, kept = db.execute(select(LogHead.size, LogHead.frontier)).one()
    assert [leaf.position for leaf in leaves] == list(range(size))
    for leaf in leaves:
        assert b"".join(grown.append(merkle.leaf_hash(leaf.hash))) == leaf.nodes
    assert (size, kept) == (grown.size, grown.to_bytes())
    assert size > sum(batches)


def test_a_leaf_is_never_older_than_its_entry_nor_than_the_leaf_before(postgresql_record: Record, unsealed):
    """A node whose clock is behind seals what the others wrote."""
    engine = postgresql_record.engine
    note(engine)
    unsealed(engine)
    seal_committed(engine.database, engine.clock() - timedelta(days=3))
    with engine.database.read.connect() as db:
        at, sealed_at = db.execute(
            select(Entry.at, Leaf.sealed_at)
            .join(Leaf, Leaf.entry_id == Entry.id)
            .order_by(Leaf.position.desc())
            .limit(1)
        ).one()
        last = db.scalar(select(LogHead.last_at))
    assert sealed_at >= at
    assert sealed_at == last


@pytest.mark.parametrize("harm", ["size = size + 1", "frontier = substr(frontier, 1, 40)"])
def test_a_tree_whose_edge_was_tampered_with_is_not_lengthened(
    postgresql_record: Record, unsealed, harm: str
):
    engine = postgresql_record.engine
    unsealed(engine)
    before = sealed(postgresql_record)
    with engine.database.write.begin() as db:
        size, frontier = db.execute(select(LogHead.size, LogHead.frontier)).one()
        db.execute(text(f"UPDATE log_head SET {harm} WHERE id = 1"))
    assert size.bit_count() > 1
    with pytest.raises(DBAPIError, match="frontier"):
        engine.seal_leftovers()
    assert sealed(postgresql_record) == before
    with engine.database.write.begin() as db:
        db.execute(update(LogHead).values(size=size, frontier=frontier))
    engine.seal_leftovers()
    assert sealed(postgresql_record)[2] == 0


@contextmanager
def held(record: Record) -> Iterator[Callable[[], int]]:
    """Another node lengthens the tree while the block runs; gives who waits for it."""
    with psycopg.connect(record.url.replace("+psycopg", "")) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))

        def waits() -> int:
            row = other.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'"
            ).fetchone()
            return row[0] if row else 0

        yield waits
        other.rollback()


def test_a_server_that_goes_away_before_the_seal_leaves_it_to_the_next(postgresql_record: Record):
    engine = postgresql_record.engine
    with held(postgresql_record) as waits, ThreadPoolExecutor(1) as pool:
        act = pool.submit(note, engine)
        while not (backend := waits()) and not act.done():
            time.sleep(0.01)
        with psycopg.connect(postgresql_record.url.replace("+psycopg", ""), autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", (backend,))
        with pytest.raises(OutcomeUnknown):
            act.result()
    assert sealed(postgresql_record)[2] == 1
    note(engine)
    entries, leaves, waiting = sealed(postgresql_record)
    assert (leaves, waiting) == (entries, 0)


def test_a_seal_that_fails_halfway_leaves_nothing_and_the_next_does_it_all(
    postgresql_record: Record, monkeypatch
):
    engine = postgresql_record.engine
    before = sealed(postgresql_record)
    with monkeypatch.context() as broken:
        broken.setattr(shared_seal, "_SEAL", "SELECT 1 / (size - size) FROM seal_waiting($1)")
        with pytest.raises(OutcomeUnknown):
            note(engine)
    assert sealed(postgresql_record) == (before[0] + 1, before[1], 1)
    note(engine)
    entries, leaves, waiting = sealed(postgresql_record)
    assert (leaves, waiting) == (entries, 0)


def test_many_at_once_are_all_in_the_tree_when_they_are_answered(postgresql_record: Record):
    engine = postgresql_record.engine

    def act(number: int) -> bool:
        with engine.work(Identity(rule="test")) as w:
            audit.note_access(w, "view", f"Đã xem {number}")
            own = w.to_seal
        with engine.database.read.connect() as db:
            found = db.scalar(select(Leaf.position).where(Leaf.entry_id == own[0][0]))
        return found is not None

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(act, range(80)))
    entries, leaves, waiting = sealed(postgresql_record)
    assert (leaves, waiting) == (entries, 0)
