"""Reads together, a commit alone; and a record whose server came back is read again."""

import threading

import pytest

from tests.record import Record
from workflow.engine import Identity, gate
from workflow.engine.gate import Gate


def _run(door: Gate, name: str, how: str, order: list[str]) -> threading.Thread:
    def go() -> None:
        with getattr(door, how)():
            order.append(name)

    thread = threading.Thread(target=go)
    thread.start()
    return thread


def test_a_commit_waits_for_the_reads_and_reads_that_come_later_for_the_commit():
    door, order = Gate(), []
    with door.together():
        commit = _run(door, "commit", "alone", order)
        while not door._closed:
            pass
        late = _run(door, "late read", "together", order)
        late.join(0.05)
        assert order == []
        with door.together():
            order.append("a read inside a read")
    commit.join(5)
    late.join(5)
    assert order == ["a read inside a read", "commit", "late read"]


def test_reads_do_not_wait_for_each_other():
    door, order = Gate(), []
    with door.together():
        _run(door, "another", "together", order).join(5)
    assert order == ["another"]


def test_the_gate_opens_by_itself_when_patience_ends(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(gate, "PATIENCE", 0.05)
    door, order = Gate(), []
    with door.together():
        _run(door, "commit", "alone", order).join(5)
    assert order == ["commit"]


def test_reads_and_commits_of_many_threads_come_to_an_end(sqlite_record: Record):
    record = sqlite_record
    plans = [record.draft() for _ in range(6)]
    faults: list[BaseException] = []

    def read() -> None:
        try:
            for _ in range(20):
                with record.engine.reading(Identity(rule="test")) as w:
                    assert len(w.db.exec_driver_sql("SELECT id FROM document").all()) == len(plans)
        except BaseException as fault:
            faults.append(fault)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for plan_id in plans:
        record.step("lan", plan_id, "submit", seen_version=1)
    for reader in readers:
        reader.join(30)
    assert not faults


def test_a_read_finds_a_new_connection_where_its_own_was_ended(postgresql_record: Record):
    engine = postgresql_record.engine
    with engine.reading(Identity(rule="test")) as w:
        pid = w.db.connection.driver_connection.info.backend_pid  # type: ignore[union-attr]
    with engine.database.write.connect() as other:
        assert other.exec_driver_sql(f"SELECT pg_terminate_backend({pid}, 5000)").scalar()
    with engine.reading(Identity(rule="test")) as w:
        assert w.db.connection.driver_connection.info.backend_pid != pid  # type: ignore[union-attr]
