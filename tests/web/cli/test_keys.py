"""`trinhky key`: the public half is shown; another key takes over by an act that keeps what checks the past."""

import sqlite3

from sqlalchemy import select

from tests.web.cli.console import answer, document, read, refusal, run
from workflow.log.key import CheckpointKey
from workflow.models import Entry


def private(instance) -> CheckpointKey:
    return CheckpointKey.from_text((instance / "checkpoint.key").read_text("ascii"))


def test_the_public_half_is_shown_and_never_the_private_one(instance):
    result = run("key", "show")
    assert result.stdout.strip() == private(instance).public.text
    assert answer("key", "show") == {"public": private(instance).public.text}


def test_the_key_of_the_record_takes_over_from_nobody(instance):
    assert "đang là khóa của dữ liệu" in refusal("key", "hand-over", "--basis", "Đổi máy chủ")


def test_a_new_key_takes_over_from_a_lost_one_and_all_checkpoints_still_hold(instance):
    old = private(instance)
    answer("tick")  # keeps the public half
    (instance / "checkpoint.key").unlink()
    assert "trinhky key hand-over" in refusal("verify")
    told = answer("key", "hand-over", "--basis", "Ổ đĩa hỏng, mất tệp khóa")
    new = private(instance)
    assert told == {"public": new.public.text, "before": old.public.text}
    assert new.origin == old.origin
    assert new.key_id != old.key_id
    entry = read(instance, select(Entry.body).where(Entry.action == "hand_over_key"))[0]
    assert old.public.text.encode() in entry.body
    waiting = document(instance, "awaiting_signature", "Kiểm tra phương tiện%")
    assert answer("step", str(waiting), "sign", "--as", "mai")["state"] == "signed"
    verified = answer("verify")
    assert verified["holds"]
    assert int(verified["counts"]["checkpoints"].split("/")[0]) >= 3


def test_a_key_that_is_given_takes_over_and_the_old_one_signs_no_more(instance, monkeypatch):
    answer("tick")
    given = CheckpointKey.create("trinhky/hoa-an")
    monkeypatch.setenv("TRINHKY_CHECKPOINT_KEY", given.text)
    assert answer("key", "hand-over", "--basis", "Chuyển sang nhiều nút")["public"] == given.public.text
    assert answer("verify")["holds"]
    monkeypatch.delenv("TRINHKY_CHECKPOINT_KEY")
    waiting = document(instance, "awaiting_signature", "Kiểm tra phương tiện%")
    assert "không phải khóa đã ký các mốc trước" in refusal("step", str(waiting), "sign", "--as", "mai")


def test_where_nobody_kept_the_public_half_it_is_said(instance):
    (instance / "checkpoint.key").unlink()
    with sqlite3.connect(instance / "trinhky.db") as db:
        db.execute("DELETE FROM fact WHERE name = 'checkpoint_key'")
    result = run("key", "hand-over", "--basis", "Mất tệp khóa")
    assert "Không còn khóa công khai trước" in result.stdout
    assert run("verify").exit_code == 1


def test_a_ground_is_asked_for(instance):
    (instance / "checkpoint.key").unlink()
    assert "ghi căn cứ" in refusal("key", "hand-over", "--basis", " ")
    assert not (instance / "checkpoint.key").exists()
