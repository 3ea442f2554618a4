"""Prepared statements: the values, events and errors of SQLAlchemy, on both databases."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import bindparam, event, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.record import Record
from workflow.engine import Identity, Prepared
from workflow.models import Document, Notice, StepKey

AT = datetime(2026, 11, 21, 8, 45, tzinfo=UTC)
KEY = {"key": "k", "request_hash": "h", "result": {"state": "đã ký"}, "at": AT}
_CLAIM = insert(StepKey.__table__)
_FOUND = select(StepKey.result, StepKey.at, StepKey.key).where(StepKey.person_id == bindparam("person"))


def test_values_go_in_and_come_out_as_with_sqlalchemy(record: Record):
    lan = record.person("lan")
    with record.engine.work(Identity(rule="test")) as w:
        Prepared(_CLAIM).run(w.db, {"person_id": lan, **KEY})
        plain = w.db.execute(_FOUND, {"person": lan}).one()
        assert Prepared(_FOUND).row(w.db, {"person": lan}) == tuple(plain) == (KEY["result"], AT, "k")
        assert Prepared(_FOUND).row(w.db, {"person": 0}) is None
        assert Prepared(_FOUND).raw(w.db, {"person": lan}) == [
            ('{"state":"đã ký"}', "2026-11-21T08:45:00.000000+00:00", "k")
        ]


def test_a_statement_tells_how_many_rows_it_changed_and_keeps_its_own_constants(record: Record):
    plan_id = record.draft()
    drafts = Document.state == "draft"
    rename = Prepared(
        update(Document.__table__)
        .where(Document.id == bindparam("this"), drafts)
        .values(recipient_count=bindparam("count"))
    )
    with record.engine.work(Identity(rule="test")) as w:
        count = w.db.scalar(select(Document.recipient_count).where(Document.id == plan_id))
        assert rename.run(w.db, {"this": plan_id, "count": count}) == 1
        assert rename.run(w.db, {"this": 0, "count": count}) == 0


def test_a_value_that_is_missing_is_never_taken_for_nothing(record: Record):
    with record.engine.reading(Identity(rule="test")) as w, pytest.raises(KeyError, match="person"):
        Prepared(_FOUND).row(w.db, {})


def test_an_in_of_unknown_length_is_refused(record: Record):
    with record.engine.reading(Identity(rule="test")) as w, pytest.raises(ValueError, match="IN"):
        Prepared(select(Document.id).where(Document.id.in_([1, 2]))).raw(w.db)


def test_whoever_listens_to_the_connection_hears_a_prepared_statement(record: Record):
    heard: list[str] = []

    def listen(db: Any, cursor: Any, statement: str, *_: Any) -> None:
        heard.append(statement)

    event.listen(record.engine.database.read, "before_cursor_execute", listen)
    try:
        with record.engine.reading(Identity(rule="test")) as w:
            Prepared(_FOUND).rows(w.db, {"person": 1})
    finally:
        event.remove(record.engine.database.read, "before_cursor_execute", listen)
    assert "step_key" in heard[-1]


def test_a_constraint_is_told_as_sqlalchemy_tells_it(record: Record):
    values = {"person_id": record.person("lan"), **KEY}
    with record.engine.work(Identity(rule="test")) as w:
        Prepared(_CLAIM).run(w.db, values)
    with record.engine.database.write.connect() as db, pytest.raises(IntegrityError):
        Prepared(_CLAIM).run(db, values)


def test_a_lost_connection_is_given_up_with_all_that_were_opened_before(postgresql_record: Record):
    engine = postgresql_record.engine
    with engine.database.write.connect() as db:
        pid = db.connection.driver_connection.info.backend_pid  # type: ignore[union-attr]
        with engine.database.read.connect() as other:
            assert other.exec_driver_sql(f"SELECT pg_terminate_backend({pid}, 5000)").scalar()
        with pytest.raises(DBAPIError) as told:
            Prepared(select(Notice.id)).rows(db)
        assert told.value.connection_invalidated
        assert db.invalidated
    with engine.work(Identity(rule="test")) as w:
        assert Prepared(select(Notice.id)).rows(w.db) == []
