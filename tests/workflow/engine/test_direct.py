"""Statements without a cursor on PostgreSQL: the values, transactions and errors of the driver."""

import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from psycopg.pq import TransactionStatus
from sqlalchemy import text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError, ProgrammingError

from tests.record import Record
from workflow.engine import Prepared
from workflow.engine.direct import BEGIN, COMMIT, PLACE, direct

VALUES = (
    (None, "INTEGER", None),
    (2**62, "BIGINT", 2**62),
    (-1, "INTEGER", -1),
    ("50 % của $1, 'Kế hoạch' \\ \"\n", "VARCHAR", "50 % của $1, 'Kế hoạch' \\ \"\n"),
    ("", "VARCHAR", ""),
    (b"\x00\xff'\\", "BYTEA", b"\x00\xff'\\"),
    (b"", "BYTEA", b""),
    (True, "BOOLEAN", True),
    ([1, 2], "BIGINT[]", [1, 2]),
    (["a,b", 'c"d', None], "VARCHAR[]", ["a,b", 'c"d', None]),
)


@pytest.fixture
def db(postgresql_record: Record):
    with postgresql_record.engine.database.write.connect() as connection:
        connection.begin()
        connection.scalar(text("SELECT 1"))  # the driver begins with its first cursor
        assert direct(connection).ready
        yield connection
        if not connection.invalidated:
            connection.rollback()


@pytest.mark.parametrize(("value", "kind", "found"), VALUES)
def test_every_kind_of_value_comes_back_as_a_cursor_brings_it(db, value, kind, found):
    asked = Prepared(text(f"SELECT CAST(:value AS {kind}), '%%', CAST(:value AS {kind}) IS NULL"))
    for _ in range(7):  # beyond what the driver itself runs before it prepares
        row = asked.row(db, {"value": value})
    assert row[0] == found
    assert type(row[0]) is type(found)
    assert row[2] is (value is None)
    assert list(db.connection.info[PLACE]._names.values()) == [b"direct_0"]


def test_rows_counts_and_nothing_at_all(db):
    many = Prepared(text("SELECT n, 'số ' || n FROM generate_series(1, :count) AS t(n) ORDER BY n"))
    assert many.rows(db, {"count": 3}) == [(1, "số 1"), (2, "số 2"), (3, "số 3")]
    assert many.row(db, {"count": 3}) == (1, "số 1")
    assert many.rows(db, {"count": 0}) == []
    assert many.row(db, {"count": 0}) is None
    db.execute(text("CREATE TEMPORARY TABLE held (id bigint PRIMARY KEY)"))
    assert Prepared(text("INSERT INTO held SELECT generate_series(1, 4)")).run(db, {}) == 4
    gone = Prepared(text("DELETE FROM held WHERE id > :id"))
    assert [gone.run(db, {"id": 2}), gone.run(db, {"id": 2})] == [2, 0]


def test_two_answers_may_be_read_in_turn(db):
    one = Prepared(text("SELECT CAST(:value AS BIGINT)"))._sent(db, {"value": 5})
    two = Prepared(text("SELECT CAST(:value AS VARCHAR)"))._sent(db, {"value": "năm"})
    assert (one.fetchall(), two.fetchall(), one.fetchone()) == ([(5,)], [("năm",)], (5,))


@pytest.mark.parametrize(("statement", "values", "kind"), [
    ("INSERT INTO directory_version (id, version) VALUES (1, 1), (1, 2)", {}, IntegrityError),
    ("SELECT 1 / :zero", {"zero": 0}, DataError),
    ("SELECT length(CAST(:words AS VARCHAR))", {"words": "a\x00b"}, DataError),
    ("SELECT * FROM nowhere", {}, ProgrammingError),
    ("SELECT pg_sleep(:seconds)", {"seconds": 30}, OperationalError),
])  # fmt: skip
def test_what_the_server_refuses_is_said_as_by_a_cursor(db, statement, values, kind):
    if "sleep" in statement:
        db.execute(text("SET LOCAL statement_timeout = 50"))
    with pytest.raises(kind):
        Prepared(text(statement)).rows(db, values)
    db.rollback()
    db.begin()
    assert Prepared(text("SELECT 1")).scalar(db) == 1


def test_after_an_error_the_rest_of_its_transaction_is_refused_too(db):
    with pytest.raises(ProgrammingError):
        Prepared(text("SELECT * FROM nowhere")).rows(db)
    with pytest.raises(DBAPIError, match="aborted"):
        Prepared(text("SELECT 1")).scalar(db)


def test_a_server_that_went_away_is_a_lost_connection(db, postgresql_url: str):
    backend = db.connection.driver_connection.info.backend_pid
    with psycopg.connect(postgresql_url.replace("+psycopg", ""), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (backend,))
    with pytest.raises(OperationalError) as caught:
        Prepared(text("SELECT 1")).scalar(db)
    assert caught.value.connection_invalidated


def test_a_transaction_begins_with_its_first_statement_where_one_is_wanted(postgresql_record: Record):
    one = Prepared(text("SELECT CAST(:value AS BIGINT)"))
    for door, state in (
        (postgresql_record.engine.database.write, TransactionStatus.INTRANS),
        (postgresql_record.engine.database.read, TransactionStatus.INTRANS),
        (postgresql_record.engine.database.glances.door, TransactionStatus.IDLE),
    ):
        with door.connect() as db:
            db.begin()
            for value in range(2):
                assert one.scalar(db, {"value": value}) == value
                assert db.connection.driver_connection.info.transaction_status == state


def test_in_a_pipeline_of_the_driver_it_is_left_to_the_driver(db):
    one = Prepared(text("SELECT CAST(:value AS BIGINT)"))
    with db.connection.driver_connection.pipeline():
        assert not direct(db).ready
        assert one.scalar(db, {"value": 2}) == 2
    assert direct(db).ready
    assert one.scalar(db, {"value": 3}) == 3


def test_what_was_prepared_lives_as_long_as_the_connection(postgresql_record: Record):
    engine, one = postgresql_record.engine, Prepared(text("SELECT CAST(:value AS BIGINT)"))
    for value in range(3):
        with engine.database.write.connect() as db:
            db.begin()
            db.scalar(text("SELECT 1"))
            assert one.scalar(db, {"value": value}) == value
            stood = db.scalar(text("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'direct%'"))
            assert stood == len(direct(db)._names)


def test_after_a_rollback_everything_is_prepared_anew(postgresql_record: Record):
    """The driver has the server forget all prepared statements then, but only where it had prepared some itself."""
    one, names = (
        Prepared(text("SELECT CAST(:value AS BIGINT)")),
        "SELECT count(*) FROM pg_prepared_statements",
    )
    for own in (True, False):
        with postgresql_record.engine.database.write.connect() as db:
            for value in range(8 if own else 1):
                db.execute(text(names))
                assert one.scalar(db, {"value": value}) == value
            db.rollback()
            assert direct(db)._names == {}
            assert db.scalar(text(names)) == 0
            assert [one.scalar(db, {"value": value}) for value in range(8)] == list(range(8))
            assert len(direct(db)._names) == 1
            db.commit()


def test_a_commit_that_is_refused_says_so_and_leaves_a_connection_to_go_on_with(postgresql_record: Record):
    """Also where nothing goes with it: what the server only checks at the end."""
    with postgresql_record.engine.database.write.connect() as db:
        db.execute(text("CREATE TEMP TABLE once (n INTEGER UNIQUE DEFERRABLE INITIALLY DEFERRED)"))
        db.commit()
        for _ in range(2):
            db.execute(text("INSERT INTO once VALUES (1), (1)"))
            with pytest.raises(IntegrityError):
                db.commit()
            db.rollback()
            assert db.scalar(text("SELECT count(*) FROM once")) == 0
            db.commit()


def test_several_together_find_what_the_last_one_finds(db):
    way, add = direct(db), "SELECT $1::bigint + $2::bigint"
    assert way.together(("SELECT 1",), (add, 40, 2)).fetchall() == [(42,)]
    assert way.together((add, 1, 1), ("SELECT $1::bytea, $2::text", b"\x00\xff", "năm")).fetchall() == [
        (b"\x00\xff", "năm")
    ]


def test_a_commit_needs_nothing_that_the_server_may_have_forgotten(postgresql_record: Record):
    """The driver has it forget all after some statements of its own, after a savepoint for one."""
    one = Prepared(text("SELECT CAST(:value AS BIGINT)"))
    with postgresql_record.engine.database.write.connect() as db:
        for forgetting in (False, True, False):
            db.begin()
            assert one.scalar(db, {"value": 1}) == 1
            if forgetting:
                db.execute(text("DEALLOCATE ALL"))
                direct(db)._names.clear()
            db.commit()
            assert direct(db)._server.transaction_status == TransactionStatus.IDLE


def test_a_commit_within_the_driver_s_own_pipeline_is_its_own(postgresql_record: Record):
    with postgresql_record.engine.database.write.connect() as db:
        db.execute(text("SELECT 1"))
        direct(db)
        driver = db.connection.driver_connection
        with driver.pipeline() as pipeline:
            driver.execute("SELECT 1")
            pipeline.sync()
            driver.commit()
        assert direct(db)._server.transaction_status == TransactionStatus.IDLE


LOCKED = (
    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
)


def test_each_of_several_sees_what_was_committed_before_it_and_others_go_on_meanwhile(
    postgresql_record: Record, db
):
    """Otherwise whoever waited for the lock would seal, or judge a document, from a moment before his turn."""
    size = ("SELECT size FROM log_head",)
    with postgresql_record.engine.database.write.connect() as other:
        way, ours = direct(other), direct(db)
        way.together(BEGIN, ("UPDATE log_head SET size = size + 1",))
        before = ours.together(size).fetchone()[0]
        with ThreadPoolExecutor(1) as pool:
            waits = pool.submit(ours.together, ("SELECT 1 FROM log_head FOR UPDATE",), size)
            while not (waits.done() or way.together((LOCKED,)).fetchone()[0]):
                time.sleep(0.01)
            way.together(COMMIT)
            assert waits.result().fetchone() == (before + 1,)
    db.rollback()
    with postgresql_record.engine.database.write.connect() as other:
        direct(other).together(BEGIN, ("UPDATE log_head SET size = size - 1",), COMMIT)


def test_what_fails_among_several_stops_the_rest(db):
    way = direct(db)
    with pytest.raises(psycopg.errors.DivisionByZero):
        way.together(("SELECT 1 / 0",), ("CREATE TEMPORARY TABLE never (id bigint)",))
    db.rollback()
    assert way.together(("SELECT to_regclass('never')",)).fetchone() == (None,)


HELD = "CREATE TEMPORARY TABLE held (id bigint UNIQUE DEFERRABLE INITIALLY DEFERRED)"


@pytest.fixture
def held(db):
    """A table of this connection alone, and what is in it."""
    db.execute(text(HELD))
    db.commit()
    db.begin()
    db.scalar(text("SELECT 1"))
    return lambda: [row[0] for row in db.execute(text("SELECT id FROM held ORDER BY id"))]


def test_what_rides_with_a_commit_is_done_after_it_and_once(db, held):
    db.execute(text("INSERT INTO held VALUES (1)"))
    riding = direct(db).with_commit(("INSERT INTO held SELECT count(*) + 1 FROM held",))
    db.commit()
    assert (riding.answer.rowcount, riding.error) == (1, None)
    db.execute(text("INSERT INTO held VALUES (9)"))
    db.commit()
    assert held() == [1, 2, 9]


def test_where_what_rides_fails_the_commit_stands_and_the_connection_is_good(db, held):
    kept = Prepared(text("INSERT INTO held VALUES (:id)"))
    kept.run(db, {"id": 1})
    riding = direct(db).with_commit(
        ("INSERT INTO held VALUES (2)",), ("SELECT 1 / 0",), ("INSERT INTO held VALUES (3)",)
    )
    db.commit()
    assert riding.answer is None
    assert isinstance(riding.error, psycopg.errors.DivisionByZero)
    db.begin()
    kept.run(db, {"id": 4})  # prepared anew
    db.commit()
    assert held() == [1, 4]


def test_where_the_commit_fails_what_rides_is_not_begun(db, held):
    db.execute(text("INSERT INTO held VALUES (1), (1)"))
    riding = direct(db).with_commit(("INSERT INTO held VALUES (5)",))
    with pytest.raises(IntegrityError):
        db.commit()
    assert (riding.answer, riding.error) == (None, None)
    db.rollback()
    assert held() == []


def test_what_rides_goes_with_no_other_commit_than_its_own(db, held):
    riding = direct(db).with_commit(("INSERT INTO held VALUES (5)",))
    db.rollback()
    db.execute(text("INSERT INTO held VALUES (1)"))
    db.commit()
    assert riding.answer is None
    assert held() == [1]


def test_a_server_that_goes_away_with_the_commit_is_a_lost_connection(db, held, postgresql_url: str):
    db.execute(text("INSERT INTO held VALUES (1)"))
    riding = direct(db).with_commit(("SELECT pg_terminate_backend(pg_backend_pid())",))
    with pytest.raises(DBAPIError) as lost:
        db.commit()
    assert lost.value.connection_invalidated
    assert (riding.answer, riding.error) == (None, None)
