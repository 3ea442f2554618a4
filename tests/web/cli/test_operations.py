"""`trinhky verify` and `tick`: what keeps a record whole."""

import json
import sqlite3

from sqlalchemy import select

from tests.web.cli.console import answer, document, read, run
from workflow.models import Entry


def test_verify_says_that_the_record_is_whole(instance):
    told = answer("verify")
    assert told["holds"]
    assert told["broken"] == []
    assert run("verify").stdout.startswith(f"Nhật ký nguyên vẹn: {told['counts']['entries']}")


def test_verify_names_the_entry_that_was_changed(instance):
    entry = read(instance, select(Entry.id, Entry.body).where(Entry.action == "sign").order_by(Entry.id))[0]
    with sqlite3.connect(instance / "trinhky.db") as db:
        db.execute("DROP TRIGGER entry_no_update")
        changed = entry.body.replace("Trần Thị Ngọc Mai".encode(), "Trần Thị Ngọc Mão".encode())
        assert changed != entry.body
        db.execute("UPDATE entry SET body = ? WHERE id = ?", (changed, entry.id))
    result = run("verify")
    assert result.exit_code == 1
    assert f"mục {entry.id}" in result.stdout
    assert "KHÔNG nguyên vẹn" in result.stdout
    assert "không nguyên vẹn" in result.stderr
    told = run("verify", "--json")
    assert told.exit_code == 1
    assert entry.id in {item["entry_id"] for item in json.loads(told.stdout)["broken"]}


def test_tick_twice_does_nothing_the_second_time(instance):
    answer("tick")
    again = answer("tick")
    assert again.pop("mail") == dict.fromkeys(("made", "queued", "sent", "failed", "unknown"), 0)
    assert not any(again.values()), again
    assert {"reopened", "reported", "periods", "keys_forgotten", "reminded"} <= set(again)


def test_tick_names_the_plan_that_it_could_not_go_on_with(instance):
    plan = document(instance, "issued")
    with sqlite3.connect(instance / "trinhky.db") as db:
        for trigger in ("tasks_opened_no_delete", "revision_no_update"):
            db.execute(f"DROP TRIGGER {trigger}")
        db.execute("DELETE FROM tasks_opened WHERE document_id = ?", (plan,))
        db.execute("UPDATE revision SET content = ? WHERE document_id = ?", (b"{", plan))
    result = run("tick")
    assert result.exit_code == 1
    assert "Thêm " in result.stdout
    assert f"Chưa làm được phần của kế hoạch {plan}" in result.stderr
    assert json.loads(run("tick", "--json").stdout)["left"] == [plan]
