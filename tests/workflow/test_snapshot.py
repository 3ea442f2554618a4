"""Reading that takes long: of one moment, whole, gone afterwards, and nobody's commit waits for it."""

import logging
import os
import shutil
import sqlite3
import threading
from pathlib import Path

import pytest

from tests.record import Clock, Record, open_sqlite
from workflow.commands import verification
from workflow.commands.verification import verify_record
from workflow.engine import Identity, database, snapshot
from workflow.engine.snapshot import LEFT_OVER, PREFIX
from workflow.verification import verify

READER = Identity(rule="test")


@pytest.fixture
def without_wal(tmp_path: Path, filled_sqlite: Path, monkeypatch) -> Record:
    """A record on a SQLite whose WAL is not to be trusted, as older systems have it."""
    monkeypatch.setattr(database, "wal_is_safe", lambda: False)
    (tmp_path / "trinhky.db").write_bytes(filled_sqlite.read_bytes())
    clock = Clock()
    engine = open_sqlite(tmp_path, clock)
    assert engine.database.readers_block
    yield Record(engine, clock, engine.settings.database_url)
    engine.close()


def copies(record: Record) -> list[Path]:
    return list(record.engine.settings.instance.glob(f"{PREFIX}*"))


def test_people_go_on_committing_while_the_record_is_verified(without_wal: Record, monkeypatch):
    record = without_wal
    record.bring_to(record.draft(), "issue")
    found = []

    def slowly(w):
        found.append(record.draft())  # waits thirty seconds and fails where the reader holds the file
        assert copies(record)
        return verify(w)

    monkeypatch.setattr(verification, "verify", slowly)
    report = verify_record(record.engine, record.who("minh"))
    assert report.holds
    assert found
    assert copies(record) == []


def test_what_is_read_is_one_moment_and_the_record_itself_goes_on(without_wal: Record):
    record = without_wal
    with record.engine.reading_long(READER) as w:
        before = verify(w)
        record.bring_to(record.draft(), "issue")
        after = verify(w)
    assert (before.holds, before.size, before.root) == (after.holds, after.size, after.root)
    with record.engine.reading_long(READER) as w:
        assert verify(w).size > before.size


def test_the_copy_is_read_by_its_owner_only_and_gone_also_after_an_error(without_wal: Record):
    modes: list[int] = []

    def read_and_break() -> None:
        with without_wal.engine.reading_long(READER):
            modes.extend(copy.stat().st_mode & 0o777 for copy in copies(without_wal))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        read_and_break()
    assert modes == [0o600]
    assert copies(without_wal) == []


def test_a_copy_that_a_dead_process_left_is_cleared_away(without_wal: Record):
    folder = without_wal.engine.settings.instance
    old, young = folder / f"{PREFIX}old.db", folder / f"{PREFIX}young.db"
    for path in (old, young):
        path.write_bytes(b"x")
    os.utime(old, (old.stat().st_mtime - LEFT_OVER - 1,) * 2)
    with without_wal.engine.reading_long(READER):
        assert not old.exists()
    assert young.exists()


def test_without_room_for_a_copy_the_record_itself_is_read_and_the_log_says_so(
    without_wal: Record, monkeypatch, caplog
):
    full = shutil.disk_usage(".")._replace(free=0)
    monkeypatch.setattr(snapshot.shutil, "disk_usage", lambda _: full)
    with caplog.at_level(logging.WARNING), without_wal.engine.reading_long(READER) as w:
        assert verify(w).holds
        assert copies(without_wal) == []
    assert "commits wait for this reader" in caplog.text


def test_a_record_that_never_rests_is_copied_all_the_same(without_wal: Record, monkeypatch):
    record = without_wal
    monkeypatch.setattr(snapshot, "PORTION", 1)
    stop = threading.Event()
    made: list[int] = []

    def busy() -> None:
        while not stop.is_set():
            made.append(record.draft())

    writer = threading.Thread(target=busy)
    writer.start()
    try:
        with record.engine.reading_long(READER) as w:
            assert verify(w).holds
    finally:
        stop.set()
        writer.join()
    assert made
    with record.engine.reading(READER) as w:
        assert verify(w).holds


def test_a_change_behind_the_back_is_in_the_copy_too(without_wal: Record):
    record = without_wal
    record.draft()
    with sqlite3.connect(record.engine.database.write.url.database) as db:
        db.execute("DROP TRIGGER entry_no_update")
        db.execute("UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), 'Lan', 'Lam') AS BLOB)")
    assert not verify_record(record.engine, record.who("minh")).holds


def test_with_several_versions_at_once_nothing_is_copied(postgresql_record: Record):
    assert not postgresql_record.engine.database.readers_block
    with postgresql_record.engine.reading_long(READER) as w:
        assert verify(w).holds
        assert copies(postgresql_record) == []
