"""Sealing together on PostgreSQL: nobody is answered before his entry is in the tree, and few do the work for all."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from tests.record import Record
from tests.web.statements import statements
from workflow import audit
from workflow.engine import Engine, Identity
from workflow.engine.sealer import Sealer
from workflow.models import Entry, Leaf, Unsealed


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
            gone.setattr(Sealer, "seal", lambda self, *entries, **how: None)
            note(engine)

    return act


def test_who_was_alone_seals_at_once_without_a_look(postgresql_record: Record):
    sealer = postgresql_record.engine._sealer
    note(postgresql_record.engine)
    with statements(postgresql_record.engine) as sent:
        note(postgresql_record.engine)
    assert not sealer._crowded
    assert not [text for text in sent if "FROM unsealed" in text]
    entries, leaves, waiting = sealed(postgresql_record)
    assert (leaves, waiting) == (entries, 0)


def test_who_meets_the_entries_of_others_seals_them_too_and_is_in_a_crowd(
    postgresql_record: Record, unsealed
):
    unsealed(postgresql_record.engine)
    assert sealed(postgresql_record)[2] == 1
    note(postgresql_record.engine)
    assert postgresql_record.engine._sealer._crowded
    entries, leaves, waiting = sealed(postgresql_record)
    assert (leaves, waiting) == (entries, 0)


def test_in_a_crowd_an_entry_that_nobody_sealed_is_sealed_by_its_own_act_which_then_is_alone(
    postgresql_record: Record,
):
    sealer = postgresql_record.engine._sealer
    sealer._crowded = True
    note(postgresql_record.engine)
    entries, leaves, waiting = sealed(postgresql_record)
    assert (leaves, waiting) == (entries, 0)
    assert not sealer._crowded


def test_in_a_crowd_an_entry_that_another_sealed_meanwhile_is_only_looked_up(
    postgresql_record: Record, monkeypatch
):
    """The other is a second process: it has its own engine on the same record."""
    engine, settings = postgresql_record.engine, postgresql_record.engine.settings
    other = Engine(settings, clock=postgresql_record.clock)
    engine._sealer._crowded = True
    monkeypatch.setattr("workflow.engine.sealer.time.sleep", lambda seconds: other.seal_leftovers())
    monkeypatch.setattr(
        "workflow.engine.sealer.seal_all", lambda *_, **__: pytest.fail("sealed a second time")
    )
    note(engine)
    other.close()
    entries, leaves, waiting = sealed(postgresql_record)
    assert (leaves, waiting) == (entries, 0)
    assert engine._sealer._crowded


def test_where_nobody_can_say_whether_it_is_sealed_it_is_sealed(postgresql_record: Record, monkeypatch):
    sealer = postgresql_record.engine._sealer
    sealer._crowded = True

    def lost(*_: object) -> None:
        raise OperationalError("SELECT", None, Exception("the connection is gone"))

    monkeypatch.setattr("workflow.engine.sealer._WAITS.scalar", lost)
    note(postgresql_record.engine)
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
