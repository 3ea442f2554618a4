"""
Processes killed while they write, commits whose answer is lost, a disk that is full (guarantees.md P7, P8, C-01, C-02).

TRINHKY_KILLS sets how many times a writer is killed on each database. A kill leaves the page cache alone, so
this says nothing of power loss.
"""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any, NoReturn

import psycopg
import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import OperationalError

from tests.faults.test_races import prepared
from tests.record import Record
from workflow.engine import Identity
from workflow.engine.ahead import Statement
from workflow.engine.direct import Direct
from workflow.engine.shared_seal import LOCK
from workflow.errors import OutcomeUnknown, TooBusy
from workflow.models import Checkpoint, Entry, Leaf, RegisterRow, StepKey, Unsealed
from workflow.settings import ROOT
from workflow.verification import rebuild, verify

KILLS = int(os.environ.get("TRINHKY_KILLS", 20 if os.environ.get("CI") else 4))


def count(record: Record, model: Any) -> int:
    with record.engine.reading(Identity(rule="test")) as w:
        return int(w.db.scalar(select(func.count()).select_from(model)) or 0)


def whole(record: Record) -> None:
    with record.engine.reading(Identity(rule="test")) as w:
        report, differences = verify(w), rebuild(w)
    assert report.holds, report.broken
    assert not differences


def killed(record: Record, round_: int, after: float) -> list[str]:
    """The lines of a writer that was killed `after` seconds of writing."""
    directory = record.directory
    unit = directory.unit_by_code(directory.agency_by_code["so_khcn"].id, "VP")
    assert unit is not None
    given = {
        "folder": str(record.engine.settings.instance),
        "url": record.url,
        "key": record.key.text,
        "now": record.clock.now.isoformat(),
        "people": {login: record.person(login) for login in ("lan", "hung", "thu", "mai", "van")},
        "unit": unit.id,
        "round": round_,
    }
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.writer"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert writer.stdin is not None
    assert writer.stdout is not None
    writer.stdin.write(json.dumps(given) + "\n")
    writer.stdin.flush()
    assert writer.stdout.readline() == "ready\n"
    time.sleep(after)
    writer.send_signal(signal.SIGKILL)
    lines = writer.stdout.read().splitlines()
    writer.wait()
    writer.stdin.close()
    writer.stdout.close()
    return [line for line in lines if line.count(" ") >= 2]


def test_what_was_acknowledged_survives_a_kill(record: Record, capsys: pytest.CaptureFixture[str]):
    chance, acknowledged, unsealed, half = random.Random(7), 0, 0, 0
    for round_ in range(KILLS):
        lines = killed(record, round_, chance.uniform(0.3, 1.5))
        if not record.engine.database.is_sqlite:
            _until_gone(record)
            unsealed += count(record, Unsealed)
            record.engine.seal_leftovers()
        with record.engine.reading(Identity(rule="test")) as w:
            hashes = {value.hex() for value in w.db.scalars(select(Entry.hash))}
            keys = dict(w.db.execute(select(StepKey.key, StepKey.result)).all())
            sealed = {
                value.hex()
                for value in w.db.scalars(select(Entry.hash).join(Leaf, Leaf.entry_id == Entry.id))
            }
        for line in lines:
            what, key, *rest = line.split()
            if what == "done":
                acknowledged += 1
                assert rest[2] in hashes & sealed, line
                assert keys[key]["entry_hash"] == rest[2]
        if lines and lines[-1].startswith("try"):
            _, key, document_id = lines[-1].split()
            half += 1
            _either_done_or_not(record, key, int(document_id), keys)
        whole(record)
    assert acknowledged > KILLS
    with capsys.disabled():
        kind = "sqlite" if record.engine.database.is_sqlite else "postgresql"
        print(
            f"\n{kind}: {KILLS} kills, {acknowledged} acts acknowledged, 0 lost; {half} killed between asking and "
            f"answer, {unsealed} entries found unsealed",
            end="",
        )


def _either_done_or_not(record: Record, key: str, document_id: int, keys: dict[str, Any]) -> None:
    """The act under way at the kill: with its key all of it is there, without it nothing."""
    step = key.split("-")[-1]
    with record.engine.reading(Identity(rule="test")) as w:
        acts = w.db.scalar(
            select(func.count()).where(
                Entry.document_id == document_id, Entry.action == step, Entry.stream == "act"
            )
        )
        numbers = w.db.scalar(select(func.count()).where(RegisterRow.document_id == document_id))
    assert acts == (key in keys)
    if step == "assign_number":
        assert numbers == (key in keys)


def _until_gone(record: Record) -> None:
    """The server needs a moment to notice that a client was killed."""
    until = time.monotonic() + 20
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle' "
        "AND pid <> pg_backend_pid()"
    )
    while time.monotonic() < until:
        with record.engine.database.read.begin() as db:
            if db.execute(others).scalar_one() == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the killed writer's transaction is still there")


# A commit whose answer is lost. The connection is cut at the driver, before or after the server's commit.


class Cut:
    """Cuts the write connection at the next commit: `before` it is sent, or `after` the server has done it."""

    def __init__(self, record: Record, when: str, patch: pytest.MonkeyPatch):
        self.armed = True
        dialect = record.engine.database.write.dialect
        real: Callable[[Any], None] = dialect.do_commit

        def do_commit(dbapi: Any) -> None:
            if not self.armed:
                real(dbapi)
                return
            self.armed = False
            if when == "after":
                real(dbapi)
            dbapi.driver_connection.close() if hasattr(dbapi, "driver_connection") else dbapi.close()
            raise psycopg.OperationalError("server closed the connection unexpectedly")

        patch.setattr(dialect, "do_commit", do_commit)


def lose_the_next_answer(patch: pytest.MonkeyPatch) -> None:
    """Of a commit on PostgreSQL and of all that went with it: the server did it, and nobody heard."""
    send = Direct._sent_with_commit

    def lost(way: Direct, after: Sequence[Statement]) -> NoReturn:
        patch.setattr(Direct, "_sent_with_commit", send)
        send(way, after)
        way._driver.close()
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    patch.setattr(Direct, "_sent_with_commit", lost)


def test_a_commit_whose_answer_is_lost_is_looked_up_by_its_key(
    postgresql_record: Record, monkeypatch: pytest.MonkeyPatch
):
    record, plan_id = postgresql_record, postgresql_record.draft()
    cut = Cut(record, "after", monkeypatch)
    done = record.step("lan", plan_id, "submit", seen_version=1, key="k1")
    assert not cut.armed
    assert done.state == "dept_review"
    again = record.step("lan", plan_id, "submit", seen_version=1, key="k1")
    assert again.repeated
    assert again.entry_hash == done.entry_hash
    assert count(record, Unsealed) == 0


def test_a_signature_whose_answer_is_lost_has_its_checkpoint_all_the_same(
    postgresql_record: Record, monkeypatch: pytest.MonkeyPatch
):
    record = postgresql_record
    (plan_id,) = prepared(record, 1)
    before = count(record, Checkpoint)

    lose_the_next_answer(monkeypatch)
    done = record.step("mai", plan_id, "sign", key="k1")
    assert not done.repeated
    assert count(record, Checkpoint) == before + 1
    with record.engine.reading(Identity(rule="test")) as w:
        assert w.db.scalar(select(func.max(Checkpoint.size))) == count(record, Leaf)
    whole(record)


def test_without_a_key_nobody_claims_to_know(postgresql_record: Record, monkeypatch: pytest.MonkeyPatch):
    record, plan_id = postgresql_record, postgresql_record.draft()
    Cut(record, "after", monkeypatch)
    with pytest.raises(OutcomeUnknown):
        record.step("lan", plan_id, "submit", seen_version=1)
    record.engine.seal_leftovers()


def test_a_connection_lost_before_its_commit_leaves_nothing(
    postgresql_record: Record, monkeypatch: pytest.MonkeyPatch
):
    record, plan_id = postgresql_record, postgresql_record.draft()
    before = count(record, Entry), count(record, StepKey)
    Cut(record, "before", monkeypatch)
    with pytest.raises((OutcomeUnknown, TooBusy)):
        record.step("lan", plan_id, "submit", seen_version=1, key="k1")
    assert (count(record, Entry), count(record, StepKey)) == before
    assert not record.step("lan", plan_id, "submit", seen_version=1, key="k1").repeated


def test_a_connection_lost_at_any_statement_leaves_nothing(postgresql_record: Record):
    """The server ends the session before the n-th statement of a signing, for every n there is."""
    record, door = postgresql_record, postgresql_record.engine.database.write
    superuser = psycopg.connect(
        record.url.replace("+psycopg", "").replace("trinhky_app@", "postgres@"), autocommit=True
    )
    answers = []
    for point, plan_id in enumerate(prepared(record, 40), 1):
        before, seen = count(record, Entry), 0

        def cut(
            db: Any, cursor: Any, sql: str, parameters: Any, context: Any, many: bool, at: int = point
        ) -> None:
            nonlocal seen
            seen += 1
            if seen == at:
                pid = db.connection.driver_connection.info.backend_pid
                superuser.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))

        event.listen(door, "before_cursor_execute", cut)
        try:
            record.step("mai", plan_id, "sign", key=f"k{point}")
            answer = "done"
        except (TooBusy, OutcomeUnknown) as error:
            answer = type(error).__name__
        finally:
            event.remove(door, "before_cursor_execute", cut)
        stands = count(record, Entry) - before
        assert stands in EITHER[answer], (point, answer)
        again = record.step("mai", plan_id, "sign", key=f"k{point}")
        assert again.repeated is bool(stands), (point, answer)
        assert (count(record, Entry), count(record, Unsealed)) == (before + 1, 0)
        answers.append((answer, stands))
        if seen < point:
            break
    superuser.close()
    # A connection lost before it was used is replaced. What was lost before the commit was sent is known not to be
    # done; of what goes with the commit only the record can tell; last of all its seal is lost, and its checkpoint.
    told = [one for one, _ in groupby(answers)]
    assert told == [("done", 1), ("TooBusy", 0), ("OutcomeUnknown", 0), ("OutcomeUnknown", 1), ("done", 1)]
    assert 9 < len(answers) < 40


def test_what_is_lost_before_the_first_signature_of_a_connection_is_told_as_ever(postgresql_record: Record):
    """What goes with a commit is sent early where a statement that comes after it was never prepared."""
    record, door = postgresql_record, postgresql_record.engine.database.write
    (plan_id,), draft = prepared(record, 1), record.draft()
    record.step("lan", draft, "submit", seen_version=1, key="k0")
    before = count(record, Entry)

    def cut(db: Any, cursor: Any, sql: str, *more: Any) -> None:
        if sql.startswith("INSERT INTO step_key"):
            pid = db.connection.driver_connection.info.backend_pid
            superuser.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))

    place = record.url.replace("+psycopg", "").replace("trinhky_app@", "postgres@")
    with psycopg.connect(place, autocommit=True) as superuser:
        event.listen(door, "before_cursor_execute", cut)
        with pytest.raises((TooBusy, OutcomeUnknown)):
            record.step("mai", plan_id, "sign", key="k1")
        event.remove(door, "before_cursor_execute", cut)
    assert count(record, Entry) == before
    assert not record.step("mai", plan_id, "sign", key="k1").repeated


EITHER = {"TooBusy": {0}, "OutcomeUnknown": {0, 1}, "done": {1}}
"""How many entries may stand after each answer."""


def test_an_act_that_stands_but_cannot_be_sealed_is_never_called_undone(postgresql_record: Record):
    """Another node holds the tree's lock beyond patience: the act is committed, so the answer is not TooBusy."""
    record, plan_id = postgresql_record, postgresql_record.draft()
    with psycopg.connect(record.url.replace("+psycopg", "")) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        with pytest.raises(OutcomeUnknown):
            record.step("lan", plan_id, "submit", seen_version=1, key="k1")
    assert count(record, Unsealed) == 1
    again = record.step("lan", plan_id, "submit", seen_version=1, key="k1")
    assert again.repeated
    assert count(record, Unsealed) == 0


def test_entries_left_unsealed_are_sealed_at_the_next_start(postgresql_record: Record):
    record, plan_id = postgresql_record, postgresql_record.draft()
    with psycopg.connect(record.url.replace("+psycopg", "")) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        with pytest.raises(OutcomeUnknown):
            record.step("lan", plan_id, "submit", seen_version=1)
    assert (count(record, Unsealed), count(record, Entry) - count(record, Leaf)) == (1, 1)
    record.engine.seal_leftovers()
    assert (count(record, Unsealed), count(record, Entry) - count(record, Leaf)) == (0, 0)


# A disk that is full.


def test_a_full_disk_refuses_whole_acts_and_work_goes_on_when_there_is_room(sqlite_record: Record):
    record = sqlite_record
    ids = prepared(record, 3)
    door = record.engine.database.write
    full = refused = 0

    def limit(dbapi: Any, pages: int) -> None:
        dbapi.execute(f"PRAGMA max_page_count={pages}")

    with door.connect() as db:
        pages = int(db.exec_driver_sql("PRAGMA page_count").scalar() or 0)
    door.dispose()
    listener = lambda dbapi, connection_record: limit(dbapi, pages)  # noqa: E731
    event.listen(door, "connect", listener)
    for attempt in range(60):
        entries = count(record, Entry)
        try:
            record.draft()
        except TooBusy:
            refused += 1
            assert count(record, Entry) == entries
            whole(record)
            if refused == 5:
                break
        full = attempt
    assert refused == 5, f"the disk never filled in {full} drafts"
    event.remove(door, "connect", listener)
    door.dispose()
    for document_id in ids:
        assert record.step("mai", document_id, "sign").state == "signed"


def test_a_failure_at_any_statement_leaves_nothing(record: Record):
    """The n-th statement of a numbering fails as on a full disk, for every n there is."""
    door, points = record.engine.database.write, 0
    ids = prepared(record, 40)
    for plan_id in ids:
        record.step("mai", plan_id, "sign")
    for point, plan_id in enumerate(ids, 1):
        entries, seen = count(record, Entry), 0

        def fail(
            db: Any, cursor: Any, sql: str, parameters: Any, context: Any, many: bool, at: int = point
        ) -> None:
            nonlocal seen
            seen += 1
            if seen == at:
                raise OperationalError(sql, parameters, sqlite3.OperationalError("database or disk is full"))

        event.listen(door, "before_cursor_execute", fail)
        try:
            record.step("van", plan_id, "assign_number", paper_signed=True, key=f"k{point}")
            stood = True
        except TooBusy:
            stood = False
        except OutcomeUnknown:  # numbered and committed, but not yet sealed
            stood = True
        finally:
            event.remove(door, "before_cursor_execute", fail)
        found = (count(record, Entry) - entries, count(record, RegisterRow) - (point - 1))
        assert found == (stood, stood), point
        done = record.step("van", plan_id, "assign_number", paper_signed=True, key=f"k{point}")
        assert done.repeated is stood, point
        assert done.reference_no == f"{point:02d}/KH-SKHCN"
        points = point
        if seen < point:
            break
    assert 8 < points < 40
