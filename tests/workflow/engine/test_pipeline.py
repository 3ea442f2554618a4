"""What nobody waits for on PostgreSQL, and what is asked ahead: in order, told of errors, and never left behind."""

import time

import psycopg
import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from tests.record import Record
from workflow.engine import Identity, Prepared, ask_ahead
from workflow.engine.direct import direct
from workflow.engine.pipeline import Pipeline

ADD = Prepared(text("INSERT INTO held VALUES (:id)"))
ALL = Prepared(text("SELECT id FROM held ORDER BY id"))
ONE = Prepared(text("SELECT CAST(:value AS BIGINT)"))
LISTED = Prepared(text("SELECT CAST(:value AS BIGINT[])"))


@pytest.fixture
def db(postgresql_record: Record):
    """With a table of this connection alone."""
    with postgresql_record.engine.database.write.connect() as connection:
        connection.execute(text("CREATE TEMPORARY TABLE held (id bigint UNIQUE)"))
        connection.commit()
        connection.begin()
        ALL.raw(connection)  # prepared before: the first time they would wait
        ONE.raw(connection, {"value": 0})
        ADD.run(connection, {"id": 0})
        connection.execute(text("DELETE FROM held"))
        yield connection
        if not connection.invalidated:
            connection.rollback()


def under_way(db) -> int:
    return len(direct(db)._under_way)


def held(db) -> list[int]:
    return [row[0] for row in ALL.raw(db)]


def test_it_is_done_before_the_next_that_somebody_waits_for(db):
    ADD.later(db, {"id": 1})
    ADD.later(db, {"id": 2})
    assert under_way(db) == 2
    assert held(db) == [1, 2]
    assert under_way(db) == 0


def test_it_goes_with_the_commit(db):
    ADD.later(db, {"id": 1})
    db.commit()
    assert under_way(db) == 0
    db.rollback()
    assert held(db) == [1]


@pytest.mark.parametrize("options", [{}, {"yield_per": 1}])
def test_it_is_done_before_whatever_a_cursor_does(db, options):
    ADD.later(db, {"id": 1})
    ADD.later(db, {"id": 2})
    with db.execute(text("SELECT id FROM held ORDER BY id"), execution_options=options) as rows:
        assert rows.fetchone() == (1,)
        ADD.later(db, {"id": 3})
        assert rows.fetchone() == (2,)
    assert held(db) == [1, 2, 3]


ASKED = {
    "the next statement": lambda db: held(db),
    "a cursor": lambda db: db.execute(text("SELECT 1")),
    "the commit": lambda db: db.commit(),
    "what is prepared anew": lambda db: Prepared(text("SELECT 'anew'")).later(db, {}),
    "what was asked ahead": lambda db: (ask_ahead(db, (ONE, {"value": 1})), ONE.scalar(db, {"value": 1})),
}


@pytest.mark.parametrize("next_asked", ASKED.values(), ids=ASKED)
def test_its_error_is_told_to_whoever_waits_next_and_nothing_stands(db, next_asked):
    ADD.later(db, {"id": 1})
    ADD.later(db, {"id": 1})
    ADD.later(db, {"id": 2})
    with pytest.raises(IntegrityError):
        next_asked(db)
    db.rollback()
    assert under_way(db) == 0
    assert held(db) == []


def test_the_error_names_the_statement_it_came_of(db):
    ADD.later(db, {"id": 1})
    ADD.later(db, {"id": 1})
    with pytest.raises(IntegrityError) as told:
        held(db)
    assert told.value.orig.__notes__ == ["The statement: INSERT INTO held VALUES ($1)"]


def test_where_it_fails_what_rides_with_the_commit_is_not_begun(db):
    ADD.later(db, {"id": 1})
    ADD.later(db, {"id": 1})
    riding = direct(db).with_commit(("INSERT INTO held VALUES (7)",))
    with pytest.raises(IntegrityError):
        db.commit()
    assert (riding.answer, riding.error) == (None, None)
    assert held(db) == []


def test_what_rides_comes_after_it(db):
    ADD.later(db, {"id": 1})
    riding = direct(db).with_commit(("INSERT INTO held SELECT count(*) + 1 FROM held",))
    db.commit()
    assert riding.answer.rowcount == 1
    assert held(db) == [1, 2]


def test_a_rollback_takes_it_back_and_says_nothing_of_its_error(db):
    for number in (1, 1, 2):
        ADD.later(db, {"id": number})
    db.rollback()
    assert under_way(db) == 0
    assert held(db) == []


def test_a_connection_that_is_given_back_takes_nothing_along(postgresql_record: Record):
    door = postgresql_record.engine.database.write
    add = Prepared(text("INSERT INTO step_key VALUES (1, :key, '', '{}', '')"))
    with door.connect() as db:
        db.begin()
        add.later(db, {"key": "never"})
    with door.connect() as db:
        assert under_way(db) == 0
        assert db.scalar(text("SELECT count(*) FROM step_key WHERE key = 'never'")) == 0


def test_more_of_it_than_a_socket_holds_is_no_standstill(db):
    say = Prepared(text("SELECT CAST(:words AS VARCHAR) || repeat('x', 2000)"))
    for number in range(3000):
        say.later(db, {"words": "x" * 2000})
        ADD.later(db, {"id": number})
    assert len(held(db)) == 3000


def test_a_server_that_went_away_meanwhile_is_a_lost_connection(db, postgresql_url: str):
    ADD.later(db, {"id": 1})
    backend = db.connection.driver_connection.info.backend_pid
    with psycopg.connect(postgresql_url.replace("+psycopg", ""), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (backend,))
    with pytest.raises(OperationalError) as caught:
        held(db)
    assert caught.value.connection_invalidated


def test_one_who_is_interrupted_leaves_no_answer_for_another(db, monkeypatch):
    ADD.later(db, {"id": 1})

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(direct(db)._under_way, "_wait", interrupted)
    driver = db.connection.driver_connection
    with pytest.raises(KeyboardInterrupt):
        held(db)
    assert driver.closed
    db.invalidate()


@pytest.mark.parametrize("later", [False, True])
def test_the_server_ends_who_idles_with_his_locks(db, postgresql_url: str, later: bool):
    """A node that freezes in the middle of an act must not hold the others off for hours."""
    db.execute(text("SET idle_in_transaction_session_timeout = 100"))
    backend = db.connection.driver_connection.info.backend_pid
    if later:
        ADD.later(db, {"id": 1})
    with psycopg.connect(postgresql_url.replace("+psycopg", ""), autocommit=True) as other:
        until = time.monotonic() + 10
        while other.execute("SELECT 1 FROM pg_stat_activity WHERE pid = %s", (backend,)).fetchone():
            assert time.monotonic() < until
            time.sleep(0.02)
    with pytest.raises(OperationalError):
        held(db)


KEPT = Prepared(text("INSERT INTO step_key VALUES (1, :key, '', '{}', '')"))


@pytest.mark.parametrize("breaks", ["a value", "the sending", "the waiting"])
def test_a_commit_that_breaks_off_on_this_side_is_not_made_up_for_by_the_rollback(
    postgresql_record: Record, monkeypatch, breaks: str
):
    def broken(*_: object) -> None:
        raise MemoryError

    door, expected = (
        postgresql_record.engine.database.write,
        DBAPIError if breaks == "a value" else MemoryError,
    )
    with door.connect() as db:
        db.begin()
        way = direct(db)
        KEPT.later(db, {"key": "first"})  # all are prepared with it
        db.commit()
        db.begin()
        KEPT.later(db, {"key": "never"})
        if breaks == "a value":
            way.with_commit(("SELECT CAST($1 AS TEXT)", "a\0b"))
        else:
            monkeypatch.setattr(way._under_way, "add" if breaks == "the sending" else "_wait", broken)
        with pytest.raises(expected):
            db.commit()
        assert db.invalidated or db.connection.driver_connection.closed
        db.invalidate()
    with door.connect() as db:
        if breaks != "the waiting":  # by then it was sent, and only the record knows
            assert [row[0] for row in db.execute(text("SELECT key FROM step_key"))] == ["first"]
        assert db.scalar(text("SELECT 1")) == 1


def test_what_broke_off_a_commit_is_said_and_not_that_nothing_was_done(
    postgresql_record: Record, monkeypatch
):
    def interrupted(self: Pipeline, *_: object) -> None:
        self._driver.close()
        raise KeyboardInterrupt

    def act(patch: pytest.MonkeyPatch) -> None:
        with postgresql_record.engine.work(Identity(rule="test")) as w:
            KEPT.later(w.db, {"key": "unknown"})
            patch.setattr(Pipeline, "results", interrupted)

    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        act(broken)
    with postgresql_record.engine.work(Identity(rule="test")) as w:
        assert ONE.scalar(w.db, {"value": 1}) == 1


def test_a_value_that_cannot_be_sent_takes_nothing_along(db):
    words = Prepared(text("SELECT CAST(:value AS TEXT)"))
    words.scalar(db, {"value": "a"})
    with pytest.raises(DBAPIError):
        ask_ahead(db, (ONE, {"value": 1}), (words, {"value": "a\0b"}))
    assert ONE.scalar(db, {"value": 1}) == 1
    ADD.later(db, {"id": 1})
    assert held(db) == [1]


def test_what_was_asked_ahead_is_answered_in_any_order_and_once(db):
    ask_ahead(db, (ONE, {"value": 1}), (ALL, {}), (ONE, {"value": 2}))
    assert under_way(db) == 3
    assert ONE.scalar(db, {"value": 2}) == 2
    assert under_way(db) == 0
    assert [ONE.scalar(db, {"value": 1}), held(db), ONE.scalar(db, {"value": 1})] == [1, [], 1]


def test_what_was_asked_ahead_is_asked_again_once_something_else_was_sent(db):
    for between in (lambda: ADD.later(db, {"id": 1}), lambda: ADD.run(db, {"id": 2}),
                    lambda: db.execute(text("INSERT INTO held VALUES (3)")), lambda: ONE.scalar(db, {"value": 9}),
                    lambda: LISTED.scalar(db, {"value": [1]})):  # fmt: skip
        ask_ahead(db, (ALL, {}), (ONE, {"value": 1}))
        before = held(db)
        ask_ahead(db, (ALL, {}), (ONE, {"value": 1}))
        between()
        after = held(db)
        assert after == [row[0] for row in db.execute(text("SELECT id FROM held ORDER BY id"))]
        assert set(before) <= set(after)
    assert after == [1, 2, 3]


def test_who_only_reads_is_told_the_same_whatever_else_he_asks(postgresql_record: Record):
    """His snapshot is one, so the answer he asked for ahead is still the answer."""
    with postgresql_record.engine.database.read.connect() as db:
        db.begin()
        for _ in range(2):
            ask_ahead(db, (ONE, {"value": 1}), (LISTED, {"value": [2]}))
            assert ONE.scalar(db, {"value": 9}) == 9
            assert db.scalar(text("SELECT 8")) == 8
            assert direct(db).expects(*numbered(ONE, db, 1))
            assert (ONE.scalar(db, {"value": 1}), LISTED.scalar(db, {"value": [2]})) == (1, [2])
            assert not direct(db).expects(*numbered(ONE, db, 1))
        ask_ahead(db, (ONE, {"value": 1}))
        db.commit()
        assert not direct(db).expects(*numbered(ONE, db, 1))


def numbered(statement: Prepared, db, value: object) -> tuple[str, list[object]]:
    return statement._of(db).numbered, [value]


def test_what_is_asked_ahead_twice_is_sent_once(db):
    ask_ahead(db, (ONE, {"value": 1}), (ALL, {}))
    ask_ahead(db, (ONE, {"value": 1}), (ALL, {}), (ONE, {"value": 2}))
    assert under_way(db) == 3


def test_what_was_asked_ahead_may_have_lists_and_may_be_asked_in_vain(db):
    ask_ahead(db, (LISTED, {"value": [1, 2]}), (ONE, {"value": 1}))
    assert LISTED.scalar(db, {"value": [1, 2]}) == [1, 2]
    ask_ahead(db, (LISTED, {"value": [1, 2]}))
    ADD.run(db, {"id": 1})
    ask_ahead(db, (ALL, {}))
    db.commit()
    assert held(db) == [1]


def test_what_fails_among_what_was_asked_ahead_is_told_when_it_is_asked(db):
    over = Prepared(text("SELECT 1 / CAST(:value AS BIGINT)"))
    over.scalar(db, {"value": 1})
    ask_ahead(db, (ONE, {"value": 1}), (over, {"value": 0}))
    with pytest.raises(DBAPIError, match="zero"):
        ONE.scalar(db, {"value": 1})


def test_a_few_rows_go_one_by_one_and_many_as_many(db):
    add = Prepared(insert(_Held.table))
    add.later(db, {"id": -1})
    add.run_all(db, [{"id": number} for number in range(20)])
    assert under_way(db) == 21
    add.run_all(db, [{"id": number} for number in range(20, 60)])
    assert under_way(db) == 0
    assert db.scalar(select(_Held.count)) == 61


class _Held:
    from sqlalchemy import BigInteger, Column, MetaData, Table, func

    table = Table("held", MetaData(), Column("id", BigInteger))
    count = func.count(table.c.id)
