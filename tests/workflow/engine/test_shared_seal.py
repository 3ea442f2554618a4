"""Sealing together on PostgreSQL: nobody is answered before his entry is in the tree, and few do the work for all."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from sqlalchemy import func, select

from tests.record import Record
from workflow import audit
from workflow.engine import Engine, Identity, shared_seal
from workflow.engine.direct import direct
from workflow.engine.shared_seal import _APPEND, _PLANNED, _WAITING
from workflow.errors import OutcomeUnknown
from workflow.models import Checkpoint, Entry, Leaf, Unsealed


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
            gone.setattr(Engine, "_seal_committed", lambda self, work: None)
            note(engine)

    return act


def test_an_act_seals_itself_and_what_others_left(postgresql_record: Record, unsealed):
    unsealed(postgresql_record.engine)
    assert sealed(postgresql_record)[2] == 1
    note(postgresql_record.engine)
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


def test_what_a_seal_costs_does_not_grow_with_the_log(postgresql_record: Record, unsealed):
    """The server knows nothing of a table that is filled and emptied all day, and would read the log instead."""
    engine = postgresql_record.engine
    for _ in range(30):
        unsealed(engine)
    with engine.database.write.connect() as db:
        way = direct(db)
        plan = way.script("BEGIN", _PLANNED, f"EXPLAIN {way.execute(_WAITING)}").fetchall()
        append = way.execute(_APPEND, "'{1}'", "'{1}'", "'{00}'", "2", "'00'", "''")
        plan += way.script(f"EXPLAIN {append}").fetchall()
        way.script("ROLLBACK")
    told = "\n".join(line for (line,) in plan)
    assert "Index Scan using pk_entry on entry" in told
    assert "pk_unsealed" in told
    assert "Seq Scan on entry" not in told
    assert "Seq Scan on leaf" not in told


def test_a_server_that_goes_away_before_the_seal_leaves_it_to_the_next(
    postgresql_record: Record, postgresql_url: str, monkeypatch
):
    engine, whole = postgresql_record.engine, shared_seal._seal

    def cut(db, now, key):
        backend = db.connection.driver_connection.info.backend_pid
        with psycopg.connect(postgresql_url.replace("+psycopg", ""), autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", (backend,))
        whole(db, now, key)

    with monkeypatch.context() as lost:
        lost.setattr(shared_seal, "_seal", cut)
        with pytest.raises(OutcomeUnknown):
            note(engine)
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
        broken.setattr(shared_seal, "_APPEND", _APPEND + " AND 1 / ($4 - $4) = 0")
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
