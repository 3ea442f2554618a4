"""Connections kept at hand: one at a time for each who takes one, and never one that is no good."""

import pytest
from sqlalchemy import text

from tests.record import Record
from workflow.engine.kept import MOST, Kept


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
