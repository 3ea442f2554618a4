"""`trinhky step`, `show`, `history`: one document at the console, as its people and as its reader."""

import getpass
import sqlite3

import pytest
from sqlalchemy import select

from tests.web.cli.console import answer, document, read, refusal, run
from workflow.models import Document, Entry


def test_a_signature_at_the_console_is_recorded_as_that_with_the_machines_user(instance):
    plan_id = document(instance, "awaiting_signature", "Kiểm tra phương tiện%")
    done = answer("step", str(plan_id), "ky", "--as", "mai")
    assert set(done) == {"document_id", "step", "state", "version", "reference_no", "entry_hash", "repeated"}
    assert done["state"] == "signed"
    body = answer("history", str(plan_id))[-1]["body"]
    assert body["action"] == "sign"
    assert body["actor"]["channel"] == "cli"
    assert getpass.getuser() in body["actor"]["request"]
    assert body["capacity"]["kind"] == "KT"


def test_each_refusal_is_one_sentence_and_leaves_only_a_note_of_itself(instance):
    plan_id = document(instance, "awaiting_signature", "Kiểm tra phương tiện%")
    before = read(instance, select(Document.state, Document.version).where(Document.id == plan_id))
    said = refusal("step", str(plan_id), "approve_content", "--as", "tung")
    assert said == "Chưa duyệt: văn bản không còn ở bước này. Tải lại văn bản để xem bước hiện tại."
    assert "Trần Thị Ngọc Mai" in refusal("step", str(plan_id), "sign", "--as", "viet")
    said = refusal("step", str(plan_id), "sign", "--as", "mai", "--capacity", "TUQ")
    assert "hôm nay Trần Thị Ngọc Mai không ký được văn bản này với tư cách TUQ. (thừa ủy quyền), chỉ" in said
    assert "chỉ với tư cách KT. (ký thay). Người ký được: " in said
    assert "Không tìm thấy văn bản" in refusal("step", "99999", "sign", "--as", "mai")
    assert read(instance, select(Document.state, Document.version).where(Document.id == plan_id)) == before
    noted = read(instance, select(Entry.action).where(Entry.stream == "access"))
    assert [row.action for row in noted] == ["refused"] * 3


def test_a_step_that_the_procedure_does_not_know_is_told_apart_from_one_that_is_not_open(instance):
    plan_id = document(instance, "awaiting_signature", "Kiểm tra phương tiện%")
    said = refusal("step", str(plan_id), "singn", "--as", "mai")
    assert said.startswith("Chưa thực hiện: quy trình của văn bản này không có bước “singn”.")
    assert "sign," in said
    assert not read(instance, select(Entry.action).where(Entry.stream == "access"))
    assert "Không tìm thấy văn bản" in refusal("step", "99999", "singn", "--as", "mai")


@pytest.mark.parametrize("login", ["hệ thống", "Hệ Thống", "system", "0", "khong_ai", ""])
def test_nobody_acts_as_the_system_or_as_nobody(instance, login):
    plan_id = document(instance, "issued", "Triển khai thi hành%")
    said = refusal("step", str(plan_id), "mark_reported", "--as", login)
    assert said.startswith("Chưa thực hiện: ")


def test_a_step_can_return_with_a_note_choose_a_signer_and_confirm_the_paper(instance):
    plan_id = document(instance, "format_check")
    note = "Căn cứ ở phần mở đầu chưa ghi đủ ngày tháng."
    assert answer("step", str(plan_id), "return", "--as", "thu", "--note", note)["state"] == "returned"
    assert answer("history", str(plan_id))[-1]["note"] == note
    signed = document(instance, "signed")
    assert "bản giấy" in refusal("step", str(signed), "assign_number", "--as", "van")
    done = answer("step", str(signed), "assign_number", "--as", "van", "--paper-signed")
    assert done["reference_no"].endswith("/KH-SKHCN")
    waiting = document(instance, "awaiting_signature", "Kiểm tra phương tiện%")
    assert "Người ký được" in refusal("step", str(waiting), "reassign", "--as", "mai", "--signer", "son")
    assert (
        answer("step", str(waiting), "reassign", "--as", "mai", "--signer", "viet")["state"]
        == "awaiting_signature"
    )
    assert answer("show", str(waiting))["signer"] == "Đoàn Quốc Việt"


def test_no_step_is_taken_over_a_text_that_is_not_the_recorded_one(instance):
    waiting = document(instance, "awaiting_signature", "Kiểm tra phương tiện%")
    with sqlite3.connect(instance / "trinhky.db") as db:
        for (trigger,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'revision'"
        ).fetchall():
            db.execute(f"DROP TRIGGER {trigger}")
        db.execute(
            "UPDATE revision SET content = CAST(replace(CAST(content AS TEXT), 'KH-SKHCN', 'KH-SKHCM') AS BLOB) "
            "WHERE document_id = ?",
            (waiting,),
        )
    assert "không khớp mã đã duyệt" in refusal("step", str(waiting), "sign", "--as", "mai")
    assert (
        read(instance, select(Document.state).where(Document.id == waiting))[0].state == "awaiting_signature"
    )


def test_show_says_whom_a_document_waits_for_and_what_a_person_could_do(instance):
    plan_id = document(instance, "awaiting_signature", "Kiểm tra phương tiện%")
    told = answer("show", str(plan_id), "--as", "mai")
    assert told["waiting"] == ["Trần Thị Ngọc Mai (Phó Giám đốc)"]
    assert {"sign", "return", "reject"} <= {item["id"] for item in told["steps"]}
    assert "Chờ ký" in run("show", str(plan_id)).stdout
    assert "Không tìm thấy" in refusal("show", str(plan_id), "--as", "phong")
    assert "Không tìm thấy" in refusal("history", str(plan_id), "--as", "phong")


def test_history_tells_each_act_with_its_time_hash_person_and_words(instance):
    plan_id = document(instance, "returned")
    lines = run("history", str(plan_id)).stdout.splitlines()
    assert "Nhập từ văn bản" in lines[0]
    assert "Phạm Quốc Hùng (Chánh Văn phòng)" in lines[-1]
    assert "“Bổ sung tiêu chí" in lines[-1]
