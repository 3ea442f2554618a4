"""Connections kept at hand: one at a time for each who takes one, and never one that is no good."""

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.record import Record
from workflow.engine import Identity, Prepared, ask_ahead
from workflow.engine.kept import MOST, Kept

FAILS = Prepared(text("SELECT 1 / CAST(:value AS BIGINT)"))


@pytest.fixture
def kept(record: Record) -> Kept:
    record.engine.database.dispose()
    return record.engine.database.readers


def test_who_comes_next_gets_the_one_that_was_given_back(kept: Kept):
    with kept.taken() as first, kept.taken() as second:
        assert first is not second
        first.execute(text("SELECT 1"))
        first.commit()
    assert (kept.idle, kept.door.pool.checkedout()) == (2, 2)
    with kept.taken() as again:
        assert again is first
    assert kept.idle == 2


def test_a_transaction_that_was_left_open_goes_back_to_the_pool_and_is_taken_back(kept: Kept):
    with kept.taken() as db:
        db.execute(text("SELECT 1"))
    assert (kept.idle, kept.door.pool.checkedout()) == (0, 0)


def test_what_broke_is_not_kept(kept: Kept):
    with kept.taken() as db:
        db.invalidate()
    assert (kept.idle, kept.door.pool.checkedout()) == (0, 0)


def test_no_more_than_so_many_are_kept(kept: Kept):
    taken = [kept.take() for _ in range(MOST + 2)]
    for db in taken:
        kept.give_back(db)
    assert (kept.idle, kept.door.pool.checkedout()) == (MOST, MOST)


def test_with_the_pool_they_are_given_up(kept: Kept):
    with kept.taken() as db:
        driver = db.connection.driver_connection
        db.rollback()
    assert kept.idle == 1
    kept.door.dispose()
    assert kept.idle == 0
    with kept.taken() as db:
        assert db.connection.driver_connection is not driver


def test_on_postgresql_glances_are_given_up_with_the_readers(postgresql_record: Record):
    glances = postgresql_record.engine.database.glances
    with glances.taken() as db:
        driver = db.connection.driver_connection
        db.rollback()
    assert glances.idle == 1
    postgresql_record.engine.database.read.dispose()
    assert glances.idle == 0
    assert driver.closed


def test_one_in_use_while_the_pool_is_given_up_is_not_kept_afterwards(kept: Kept):
    with kept.taken():
        kept.door.dispose()
    assert kept.idle == 0


def test_a_reader_whose_end_failed_is_not_handed_to_the_next(postgresql_record: Record):
    """What was asked in vain fails with the end of the read."""
    engine, who = postgresql_record.engine, Identity(rule="test")
    with engine.reading(who) as w:
        FAILS.raw(w.db, {"value": 1})
    assert engine.database.readers.idle == 1
    with pytest.raises(DBAPIError), engine.reading(who) as w:
        ask_ahead(w.db, (FAILS, {"value": 0}))
    assert engine.database.readers.idle == 0
    for _ in range(2):
        with engine.reading(who) as w:
            assert w.db.scalar(text("SELECT 1")) == 1


def test_a_glance_that_was_opened_anew_is_set_up_anew(postgresql_record: Record):
    """As every one is that the server had when it starts anew."""
    engine = postgresql_record.engine
    glances = engine.database.glances
    with glances.taken() as db:
        process = db.connection.driver_connection.info.backend_pid
        db.rollback()
    with psycopg.connect(postgresql_record.url.replace("+psycopg", ""), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (process,))
    for _ in range(2):
        with engine.looking(brief=True):
            pass
    assert glances.idle == 1
    with glances.taken() as db:
        assert db.connection.driver_connection.info.backend_pid != process
        assert db.connection.driver_connection.autocommit


def test_nobody_touches_those_at_hand_without_the_lock(kept: Kept):
    """Many find at once that the server went away: some give all up, some take, some give back."""
    touched: list[str] = []

    class Watched(list):
        def pop(self, *place):
            touched.append(f"pop {kept._lock.locked()}")
            return super().pop(*place)

        def append(self, db):
            touched.append(f"append {kept._lock.locked()}")
            super().append(db)

    kept._idle = Watched()
    for _ in range(2):
        with kept.taken():
            pass
    assert touched == ["append True", "pop True", "append True"]
    assert not kept._lock.locked()
