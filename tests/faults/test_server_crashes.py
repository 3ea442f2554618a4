"""
A server of PostgreSQL that is stopped dead: it loses what it has not flushed, and nobody was answered before that was.

Its own writer in the background is made to sleep meanwhile, or it would flush all of it in time.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from tests.faults.test_crashes import count, lose_the_next_answer, whole
from tests.faults.test_races import prepared
from tests.record import Clock, Record, fill, open_postgresql
from tests.servers import crash, postgresql
from workflow.engine import Engine, doors
from workflow.errors import OutcomeUnknown
from workflow.models import Checkpoint, Entry, Leaf, Unsealed


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ExitStack() as stack:
        try:
            url = stack.enter_context(postgresql(in_memory=True))
        except (RuntimeError, OSError) as reason:
            if os.environ.get("CI"):
                raise
            pytest.skip(f"PostgreSQL: {reason}")
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as db:
            db.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
            db.execute("ALTER SYSTEM SET checkpoint_timeout = '1h'")
        crash(url)
        yield url


@pytest.fixture
def record(server: str, tmp_path: Path, clock: Clock) -> Iterator[Record]:
    engine = open_postgresql(server, tmp_path, clock)
    fill(engine)
    yield Record(engine, clock, engine.settings.database_url)
    engine.close()


def unsigned(record: Record, monkeypatch: pytest.MonkeyPatch, plan_id: int) -> None:
    """Mai's signature, of whose request all but the checkpoint was done."""

    def gone(*what: object) -> None:
        raise DBAPIError("checkpoint", None, Exception("gone"))

    with monkeypatch.context() as broken:
        broken.setattr(doors, "sign_sealed", gone)
        with pytest.raises(OutcomeUnknown):
            record.step("mai", plan_id, "sign", key="k1")


def test_a_signature_that_was_answered_stands_with_its_checkpoint(server: str, record: Record):
    (plan_id,) = prepared(record, 1)
    done = record.step("mai", plan_id, "sign", key="k1")
    kept = [count(record, kind) for kind in (Entry, Leaf, Checkpoint)]
    crash(server)
    assert [count(record, kind) for kind in (Entry, Leaf, Checkpoint)] == kept
    assert kept[2] == 1
    assert record.step("mai", plan_id, "sign", key="k1").entry_hash == done.entry_hash
    whole(record)


def test_a_signature_that_nobody_was_answered_may_be_gone_and_can_be_given_again(
    server: str, record: Record, monkeypatch: pytest.MonkeyPatch
):
    (plan_id,) = prepared(record, 1)
    before = count(record, Entry)
    unsigned(record, monkeypatch, plan_id)
    assert count(record, Entry) == before + 1
    crash(server)
    assert count(record, Entry) == before  # or the tests beside this one would hold without any flush
    assert not record.step("mai", plan_id, "sign", key="k1").repeated
    whole(record)


def test_the_same_request_again_is_not_answered_before_what_the_first_did_is_safe(
    server: str, record: Record, monkeypatch: pytest.MonkeyPatch
):
    (plan_id,) = prepared(record, 1)
    unsigned(record, monkeypatch, plan_id)
    done = record.step("mai", plan_id, "sign", key="k1")
    assert done.repeated
    kept = [count(record, kind) for kind in (Entry, Leaf)]
    crash(server)
    assert [count(record, kind) for kind in (Entry, Leaf)] == kept
    whole(record)


@pytest.mark.parametrize("moment", ["before it is flushed", "after"])
def test_a_commit_whose_answer_was_lost_is_called_done_only_where_it_cannot_be_lost(
    server: str, record: Record, monkeypatch: pytest.MonkeyPatch, moment: str
):
    """Whoever looks its key up finds it before it is flushed."""
    (plan_id,) = prepared(record, 1)
    before = count(record, Entry)
    look, seal = Engine._stands, doors.seal_with_commit

    def found(engine: Engine, *claimed: Any) -> bool:
        with monkeypatch.context() as gone:
            if moment == "before it is flushed":
                gone.setattr(
                    doors, "seal_with_commit", lambda *one, **how: (crash(server), seal(*one, **how))[1]
                )
            stands = look(engine, *claimed)
        if moment == "after":
            crash(server)
            assert stands
        return stands

    lose_the_next_answer(monkeypatch)
    monkeypatch.setattr(Engine, "_stands", found)
    answered = False
    with suppress(OutcomeUnknown):
        record.step("mai", plan_id, "sign", key="k1")
        answered = True
    record.engine.database.dispose()
    stood = count(record, Entry) == before + 1
    assert stood or not answered
    assert stood is (moment == "after")
    assert record.step("mai", plan_id, "sign", key="k1").repeated is stood
    whole(record)


def test_what_is_sealed_at_the_next_start_is_safe_with_what_it_seals(
    server: str, record: Record, monkeypatch: pytest.MonkeyPatch
):
    (plan_id,) = prepared(record, 1)
    unsigned(record, monkeypatch, plan_id)
    record.engine.seal_leftovers()
    kept = [count(record, kind) for kind in (Entry, Leaf)]
    crash(server)
    assert [count(record, kind) for kind in (Entry, Leaf)] == kept
    whole(record)


def test_an_act_of_which_the_server_lost_only_the_seal_is_sealed_again(server: str, record: Record):
    plan_id = record.draft()
    done = record.step("lan", plan_id, "submit", seen_version=1, key="k1")
    entries = count(record, Entry)
    crash(server)
    assert (count(record, Entry), count(record, Unsealed)) == (entries, 1)
    record.engine.database.dispose()  # as who starts anew
    record.engine.seal_leftovers()
    assert (count(record, Leaf), count(record, Unsealed)) == (entries, 0)
    assert record.step("lan", plan_id, "submit", seen_version=1, key="k1").entry_hash == done.entry_hash
    whole(record)
