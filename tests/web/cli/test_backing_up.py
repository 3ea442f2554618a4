"""`trinhky backup`: a copy that verifies, or none."""

import sqlite3
import stat
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import select

from tests.record import open_postgresql
from tests.web.cli.console import READER, answer, refusal, settings_of
from workflow.engine import Engine
from workflow.engine.schema import migrate
from workflow.models import Entry
from workflow.settings import Settings
from workflow.verification import verify


def test_a_backup_verifies_and_never_overwrites(instance, tmp_path):
    target = tmp_path / "copy.db"
    told = answer("backup", str(target))
    assert told["holds"]
    assert target.stat().st_size == told["bytes"]
    assert not target.with_name("copy.db.part").exists()
    before = target.read_bytes()
    assert "đã có" in refusal("backup", str(target))
    assert target.read_bytes() == before
    assert "không có thư mục" in refusal("backup", str(tmp_path / "nowhere" / "copy.db"))


def test_a_copy_is_read_by_its_owner_alone_as_the_record_is(instance, tmp_path):
    """They hold the hashes of passwords and the words of drafts, whatever else the machine is used for."""
    answer("backup", str(tmp_path / "copy.db"))
    migrate(replace(settings_of(instance), instance=tmp_path, database_url=f"sqlite:///{tmp_path}/new.db"))
    assert {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("copy.db", "new.db")} == {0o600}


def test_a_backup_of_a_record_that_was_changed_is_refused_and_leaves_no_file(instance, tmp_path):
    with sqlite3.connect(instance / "trinhky.db") as db:
        db.execute("DROP TRIGGER revision_no_update")
        (content,) = db.execute("SELECT content FROM revision WHERE id = 1").fetchone()
        db.execute("UPDATE revision SET content = ? WHERE id = 1", (content.replace("Sở".encode(), b"Ty"),))
    assert "không kiểm chứng được" in refusal("backup", str(tmp_path / "copy.db"))
    assert list(tmp_path.glob("copy*")) == []


def test_a_backup_without_a_record_makes_none(empty, tmp_path):
    assert "không có cơ sở dữ liệu" in refusal("backup", str(tmp_path / "copy.db"))
    assert not empty.exists()


def test_a_backup_taken_while_people_write_holds_what_was_acknowledged_before_and_verifies(
    instance, tmp_path
):
    engine = Engine(settings_of(instance))
    acknowledged: list[float] = []
    stop = threading.Event()

    def write() -> None:
        from workflow.audit import note_access

        while not stop.is_set():
            with engine.work(READER) as w:
                note_access(w, "viewed", "Xem")
            acknowledged.append(time.monotonic())

    writers = [threading.Thread(target=write) for _ in range(3)]
    for writer in writers:
        writer.start()
    try:
        while len(acknowledged) < 20:
            time.sleep(0.01)
        for number in range(3):
            before = len(acknowledged)
            told = answer("backup", str(tmp_path / f"copy{number}.db"))
            copy = Engine(
                Settings(instance=instance, database_url=f"sqlite:///{tmp_path / f'copy{number}.db'}")
            )
            with copy.reading(READER) as w:
                assert verify(w).holds
                viewed = len(w.db.execute(select(Entry.id).where(Entry.action == "viewed")).all())
            copy.close()
            assert told["holds"]
            assert viewed >= before
        assert len(acknowledged) > before
    finally:
        stop.set()
        for writer in writers:
            writer.join()
        engine.close()


def test_postgresql_is_backed_up_with_its_own_tools(empty, tmp_path, monkeypatch, postgresql_url):
    made = open_postgresql(postgresql_url, tmp_path, lambda: datetime.now(UTC))
    made.close()
    monkeypatch.setenv("TRINHKY_DATABASE_URL", made.settings.database_url)
    assert "pg_dump" in refusal("backup", str(tmp_path / "copy.db"))
