"""The command line as a person or a script uses it: answers, refusals in one sentence, exit codes."""

import getpass
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from tests.record import open_postgresql
from web import demo
from web.auth.passwords import verify as right_password
from web.cli import main
from workflow.engine import Engine, Identity
from workflow.engine.schema import migrate
from workflow.models import Document, Entry, Person
from workflow.settings import DEFINITIONS, Settings
from workflow.verification import verify

ROOT = Path(__file__).resolve().parents[2]
S0 = DEFINITIONS / "demo" / "s0.txt"
READER = Identity(rule="test")


@pytest.fixture(scope="module")
def ready(tmp_path_factory) -> Path:
    """An instance with the demonstration in it, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("ready")
    settings = Settings(instance=folder, database_url=f"sqlite:///{folder / 'trinhky.db'}", argon2="cheapest")
    migrate(settings)
    demo.set_up(settings, now=datetime.now(UTC))
    return folder


@pytest.fixture
def instance(ready: Path, tmp_path: Path, monkeypatch) -> Path:
    folder = tmp_path / "instance"
    shutil.copytree(ready, folder)
    monkeypatch.setenv("TRINHKY_INSTANCE", str(folder))
    monkeypatch.setenv("TRINHKY_ARGON2", "cheapest")
    monkeypatch.delenv("TRINHKY_DATABASE_URL", raising=False)
    return folder


@pytest.fixture
def empty(tmp_path: Path, monkeypatch) -> Path:
    """A machine on which nothing was ever set up."""
    folder = tmp_path / "nothing"
    monkeypatch.setenv("TRINHKY_INSTANCE", str(folder))
    monkeypatch.setenv("TRINHKY_ARGON2", "cheapest")
    monkeypatch.delenv("TRINHKY_DATABASE_URL", raising=False)
    return folder


def run(*words: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, list(words), input=typed)


def answer(*words: str, typed: str | None = None):
    result = run(*words, "--json", typed=typed)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def refusal(*words: str, typed: str | None = None) -> str:
    """The sentence on stderr: one, with exit code 1, no traceback, nothing on stdout."""
    result = run(*words, typed=typed)
    assert result.exit_code == 1, (result.exit_code, result.output)
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert "Error:" not in result.stderr
    return result.stderr.strip()


def settings_of(folder: Path) -> Settings:
    return Settings(instance=folder, database_url=f"sqlite:///{folder / 'trinhky.db'}", argon2="cheapest")


def read(folder: Path, statement):
    engine = Engine(settings_of(folder))
    with engine.reading(READER) as w:
        rows = w.db.execute(statement).all()
    engine.close()
    return rows


def document(folder: Path, state: str, subject: str = "%") -> int:
    found = select(Document.id).where(
        Document.state == state, Document.subject.like(subject), Document.definition_id == "ke_hoach"
    )
    return read(folder, found)[0].id


# import


def test_a_dry_run_needs_nobody_and_no_database_and_prints_the_contract_only(empty):
    result = run("import", str(S0), "--agency", "so_khcn", "--dry-run", "--json")
    assert result.exit_code == 0
    assert result.stderr == ""
    told = json.loads(result.stdout)
    assert set(told) == {
        "is_document", "agency", "parent_agency", "doc_type", "number", "symbol", "place", "date", "date_parts",
        "subject", "bases", "tasks", "obligations", "recipients", "archive_line", "outline", "capacity",
        "capacity_line", "signer_title", "signer_name", "warnings",
    }  # fmt: skip
    assert told["symbol"] == "KH-SKHCN"
    assert told["number"] is None
    assert "Triển khai thi hành Luật" in result.stdout
    assert not empty.exists()


def test_a_dry_run_for_people_names_what_was_found_and_what_to_look_at(empty):
    result = run("import", str(S0), "--agency", "so_khcn", "--dry-run")
    assert result.exit_code == 0
    assert "3 nơi nhận" in result.stdout
    assert "Cần xem: " in result.stdout
    assert not empty.exists()


def test_a_dry_run_in_a_fresh_process_prints_utf8_whatever_the_locale(empty):
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", "from web.cli import main; main()", "import", str(S0)]
    done = subprocess.run(
        [*command, "--agency", "so_khcn", "--dry-run", "--json"],
        env=environment,
        capture_output=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout.decode("utf-8"))["signer_name"] == "Trần Thị Ngọc Mai"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "chưa có chữ nào"),
        (b"\x00\x01" * 100, "không phải tệp chữ"),
        (b"%PDF-1.7", "tệp bị hỏng"),
        (b"\x7fELF" + bytes(40), "chương trình chạy được"),
        (b"K\xe9 ho\xe1ch \xff" * 30, "bảng mã"),
        (b"a" * (2 * 1024 * 1024 + 1), "lớn hơn 2 MB"),
        ("**MẬT**\nSố: 5/KH-SKHCN\nKẾ HOẠCH\nTuần tra ban đêm".encode(), "dấu độ mật"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(empty, tmp_path, data, words):
    path = tmp_path / "x.txt"
    path.write_bytes(data)
    assert words in refusal("import", str(path), "--agency", "so_khcn", "--dry-run", "--json")


def test_an_agency_that_is_not_there_is_refused_with_those_that_are(empty):
    said = refusal("import", str(S0), "--agency", "so_nao", "--dry-run")
    assert "so_khcn, so_y_te, van_phong_ubnd" in said
    assert "so_khcn" in refusal("import", str(S0), "--agency", "../agencies/so_khcn", "--dry-run")


def test_an_import_without_a_person_is_a_usage_error(empty):
    result = run("import", str(S0), "--agency", "so_khcn")
    assert result.exit_code == 2
    assert "--as" in result.stderr


def test_an_import_makes_a_draft_of_the_persons_unit_and_keeps_what_the_text_said(instance):
    told = answer("import", str(S0), "--agency", "so_khcn", "--as", "lan")
    assert told["unit"] == "VP"
    row = read(
        instance,
        select(Document.state, Document.number, Document.source_reference, Document.field).where(
            Document.id == told["document"]
        ),
    )[0]
    assert (row.state, row.number, row.field) == ("draft", None, "to_chuc_hanh_chinh")
    assert row.source_reference["signer_name"] == "Trần Thị Ngọc Mai"


def test_an_import_for_another_unit_is_refused(instance):
    said = refusal("import", str(S0), "--agency", "so_khcn", "--as", "lan", "--unit", "TDC")
    assert said.startswith("Chưa tạo dự thảo: ")
    assert "không soạn thảo" in refusal("import", str(S0), "--agency", "so_y_te", "--as", "lan")
    assert "không có đơn vị" in refusal(
        "import", str(S0), "--agency", "so_khcn", "--as", "lan", "--unit", "X"
    )


def test_what_is_no_document_makes_no_draft(instance, tmp_path):
    path = tmp_path / "tho.txt"
    path.write_text("Một bài thơ ngắn về mùa thu.\nLá vàng rơi bên thềm.\n", "utf-8")
    assert "không phải là văn bản hành chính" in refusal(
        "import", str(path), "--agency", "so_khcn", "--as", "lan"
    )


# step, show, history


def test_a_signature_at_the_console_is_recorded_as_that_with_the_machines_user(instance):
    plan_id = document(instance, "awaiting_signature", "Kiểm tra phương tiện%")
    done = answer("step", str(plan_id), "ky", "--as", "mai")
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
    assert "Chưa ký" in refusal("step", str(plan_id), "sign", "--as", "mai", "--capacity", "TUQ")
    assert "Không tìm thấy văn bản" in refusal("step", "99999", "sign", "--as", "mai")
    assert read(instance, select(Document.state, Document.version).where(Document.id == plan_id)) == before
    noted = read(instance, select(Entry.action).where(Entry.stream == "access"))
    assert [row.action for row in noted] == ["refused"] * 3


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


# verify, tick, backup


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


# users


def test_a_user_is_added_with_a_post_gets_a_password_and_is_disabled(instance):
    told = answer(
        "users",
        "add",
        "Moi",
        "--name",
        "Hà Thị Mới",
        "--agency",
        "so_khcn",
        "--post",
        "vp.cv_1",
        "--from",
        "2026-01-05",
    )
    assert told["login"] == "moi"
    assert "Chuyên viên, VP Sở" in run("users", "list").stdout
    answer("users", "password", "moi", typed="một câu đủ dài để nhớ\n")
    stored = read(instance, select(Person.password_hash).where(Person.login == "moi"))[0].password_hash
    assert right_password(stored, "một câu đủ dài để nhớ", "cheapest")
    answer("users", "disable", "moi", "--as", "huy")
    assert next(item for item in answer("users", "list") if item["login"] == "moi")["active"] is False
    assert "không có tài khoản" in refusal("users", "password", "moi", typed="một câu đủ dài để nhớ\n")
    assert answer("verify")["holds"]


def test_only_an_administrator_manages_users_by_name_and_the_console_is_named(instance):
    assert "không phải quản trị" in refusal("users", "disable", "lan", "--as", "mai")
    answer("users", "disable", "lan")
    engine = Engine(settings_of(instance))
    with engine.reading(READER) as w:
        body = w.db.scalar(select(Entry.body).where(Entry.action == "disable_person"))
    engine.close()
    assert json.loads(body)["actor"]["rule"] == f"console:{getpass.getuser()}"


def test_a_login_that_is_taken_and_an_agency_that_is_not_there_are_refused(instance):
    assert "lan" in refusal("users", "add", "lan", "--name", "Người Khác", "--agency", "so_khcn")
    assert "so_y_te" in refusal("users", "add", "moi", "--name", "Người Khác", "--agency", "so_x")
    assert "vp.cv_1" in refusal("users", "add", "moi", "--name", "N", "--agency", "so_khcn", "--post", "x")
    assert all(item["login"] != "moi" for item in answer("users", "list"))


def test_outside_a_demonstration_a_password_has_fifteen_characters(empty):
    answer("init", "--agencies", str(DEFINITIONS / "agencies"))
    assert "15 ký tự" in refusal("users", "password", "lan", typed="ngắn quá thôi\n")
    answer("users", "password", "lan", typed="một câu đủ dài\t!\n")
    assert answer("verify")["holds"]


# init, check, demo, serve


def test_init_makes_the_record_and_adds_each_agency_once(empty):
    assert answer("init") == {"database": "sqlite", "agencies": []}
    added = answer("init", "--agencies", str(DEFINITIONS / "agencies"))["agencies"]
    assert sorted(added) == ["so_khcn", "so_y_te", "van_phong_ubnd"]
    assert answer("init", "--agencies", str(DEFINITIONS / "agencies"))["agencies"] == []


def test_a_demonstration_is_not_made_where_real_data_is(empty):
    answer("init", "--agencies", str(DEFINITIONS / "agencies"))
    assert "dữ liệu thật" in refusal("demo", "--no-serve")
    assert "dữ liệu thật" in refusal("demo", "--no-serve", "--reset")


def test_the_demonstration_prints_the_address_the_logins_and_that_the_log_is_whole(instance):
    result = run("demo", "--no-serve")
    assert result.exit_code == 0
    assert "Bản trình diễn cũ được giữ nguyên." in result.stdout
    assert demo.PASSWORD in result.stdout
    assert "Trần Thị Ngọc Mai" in result.stdout
    told = answer("demo", "--no-serve", "--port", "8099")
    assert told["address"] == "http://127.0.0.1:8099"
    assert f"Nhật ký nguyên vẹn: {told['log']['entries']}" in result.stdout


def test_check_prints_each_procedure_and_finds_no_fault(empty):
    told = answer("check")
    assert {item["id"] for item in told["procedures"]} == {"ke_hoach", "bao_cao", "bao_cao_don_vi"}
    assert told["document_types"] == 29
    lines = run("check").stdout
    assert "Ký duyệt" in lines
    assert lines.rstrip().endswith("Không có lỗi.")
    assert not empty.exists()


def test_check_names_file_and_reason_of_a_fault(empty, tmp_path):
    folder = tmp_path / "definitions"
    shutil.copytree(DEFINITIONS, folder)
    path = folder / "procedures" / "ke_hoach" / "v1.yaml"
    path.write_text(path.read_text("utf-8").replace("needs: [own_signature]", "needs: [os.system]"), "utf-8")
    said = refusal("check", "--definitions", str(folder))
    assert "ke_hoach/v1.yaml" in said
    assert "os.system" in said


def test_a_wrong_setting_is_a_sentence_that_names_it(empty, monkeypatch):
    monkeypatch.setenv("TRINHKY_PORT", "tám nghìn")
    assert "port" in refusal("verify")


def test_what_nobody_expected_is_an_error_id_and_the_trace_is_in_the_log(instance, monkeypatch):
    from web.cli import operations

    def breaks(*_: object) -> None:
        raise RuntimeError("mật khẩu bí mật")

    monkeypatch.setattr(operations, "verify", breaks)
    said = refusal("verify")
    assert "Mã tra cứu: " in said
    assert "RuntimeError" not in said
    error_id = said.split("Mã tra cứu: ")[1].split()[0]
    assert error_id in (instance / "trinhky.log").read_text("utf-8")


def test_serve_answers_its_health_page_refuses_a_taken_port_and_ends_when_told(instance):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [sys.executable, "-c", "from web.cli import main; main()", "serve", "--port", port, "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as server:
        try:
            assert server.stdout is not None
            first = b"".join(iter(server.stdout.readline, b"}\n"))
            assert f"http://127.0.0.1:{port}".encode() in first
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/suc-khoe", timeout=20) as page:
                assert json.load(page)["status"] == "ok"
                assert page.headers["Server"] is None
            taken = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=False)
            assert (taken.returncode, taken.stdout) == (1, b"")
            assert "--port" in taken.stderr.decode()
        finally:
            server.terminate()
    assert server.returncode == 0


def test_unknown_verbs_and_missing_words_are_usage_errors(empty):
    assert run("nothing").exit_code == 2
    assert run("step", "1").exit_code == 2
    assert run("step", "một", "sign", "--as", "lan").exit_code == 2
    assert not empty.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing"], "không có lệnh nothing."),
        (["step", "1"], "thiếu STEP."),
        (["step", "một", "sign", "--as", "lan"], "DOCUMENT không đúng: ghi một số nguyên."),
        (["show", "9" * 20], "DOCUMENT không đúng: ghi một số nguyên."),
        (["verify", "--jsn"], "không có tùy chọn --jsn; có phải --json?"),
        (["verify", "thêm"], "thừa tham số thêm."),
        (["demo", "--port"], "tùy chọn --port thiếu giá trị hoặc không nhận giá trị."),
        (["import", "không-có.txt", "--agency", "so_khcn"], "FILE không đúng: không có tệp hoặc thư mục này"),
        (["settings", "so_khcn", "--set", "x"], "Ghi --set theo dạng TÊN=GIÁ TRỊ"),
    ],
)
def test_a_command_mistyped_is_told_in_words_of_the_users_language(empty, words, said):
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "--help" in result.stderr
    assert not any(word in result.stderr for word in ("Error", "Usage", "Missing", "Invalid"))
    assert not empty.exists()


def test_settings_are_shown_changed_and_kept_in_the_log(instance):
    assert answer("settings", "so_khcn")["signing_proof"] == "recent"
    changed = run(
        "settings", "so_khcn", "--set", "signing_proof=password", "--basis", "QĐ 9/QĐ-SKHCN", "--as", "huy"
    )
    assert changed.exit_code == 0, changed.stderr
    assert "Đã thay đổi signing_proof" in changed.stdout
    assert answer("settings", "so_khcn")["signing_proof"] == "password"
    assert "Ghi căn cứ" in refusal("settings", "so_khcn", "--set", "hold_minutes=9")
    assert "signing_proof" in run("settings", "so_khcn").stdout
    assert "không có cơ quan so_la" in refusal("settings", "so_la")
    label = ("--set", "label_lead=Cơ quan thực hiện", "--basis", "QĐ 9/QĐ-SKHCN")
    assert "Cơ quan thực hiện" in run("settings", "so_khcn", *label).stdout
    assert "“Ai làm”" in refusal("settings", "so_khcn", "--set", "label_lead=Ai làm", "--basis", "QĐ 9")


def test_units_come_and_end_and_stand_in_the_list(instance):
    basis = ("--basis", "QĐ 45/QĐ-UBND", "--as", "huy")
    added = run(
        "units", "add", "so_khcn", "DMST", "--name", "Phòng Đổi mới sáng tạo", "--symbol", "ĐMST", *basis
    )
    assert added.exit_code == 0, added.stderr
    ended = run("units", "end", "so_khcn", "BCVT", "--on", "2030-06-30", "--successor", "DMST", *basis)
    assert "hoạt động đến hết ngày 30/6/2030" in ended.stdout
    told = {item["code"]: item for item in answer("units", "list", "so_khcn")}
    assert (told["BCVT"]["to"], told["BCVT"]["successor"]) == ("2030-06-30", "DMST")
    assert "Phòng Đổi mới sáng tạo" in run("units", "list", "so_khcn").stdout
    assert "không có đơn vị XX" in refusal("units", "end", "so_khcn", "XX", "--on", "2030-06-30", *basis)
    assert "đã kết thúc" in refusal("units", "end", "so_khcn", "BCVT", "--on", "2030-06-30", *basis)
