"""`trinhky import`: what a dry run prints, what becomes a draft, what is refused."""

import json
import os
import subprocess
import sys

import pytest
from sqlalchemy import select

from tests.web.cli.console import ROOT, S0, answer, read, refusal, run
from workflow.models import Document

XA = ROOT / "tests" / "fixtures" / "texts" / "ubnd_xa.txt"


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


def test_an_imported_plan_goes_to_its_number_by_the_console_alone(instance):
    """The one who signs KT. in that field is proposed, as on the page; the name in the text chooses nobody."""
    told = answer("import", str(S0), "--agency", "so_khcn", "--as", "lan")
    assert told["signer"] == "Trần Thị Ngọc Mai"
    plan_id = str(told["document"])
    assert "Bỏ --signer" in refusal("step", plan_id, "submit", "--as", "lan", "--signer", "mai")
    for step, login in (
        ("submit", "lan"), ("approve_content", "hung"), ("check_format", "thu"), ("sign", "mai"),
    ):  # fmt: skip
        done = answer("step", plan_id, step, "--as", login)
    assert done["state"] == "signed"
    assert answer("step", plan_id, "assign_number", "--as", "van", "--paper-signed")["reference_no"]
    for step in ("seal", "issue"):
        done = answer("step", plan_id, step, "--as", "van")
    assert done["state"] == "issued"


def test_a_text_of_another_agency_makes_a_draft_and_says_whose_name_it_will_carry(instance):
    told = answer("import", str(XA), "--agency", "so_khcn", "--as", "lan")
    first, own = told["warnings"][0], answer("import", str(S0), "--agency", "so_khcn", "--as", "lan")
    assert first["code"] == "other_issuer"
    assert "xã Tân Phú; dự thảo này là của Sở Khoa học và Công nghệ," in first["message"]
    assert "other_issuer" not in [item["code"] for item in own["warnings"]]


def test_a_signer_can_be_named_and_must_be_one_of_the_agency(instance):
    told = answer("import", str(S0), "--agency", "so_khcn", "--as", "lan", "--signer", "viet")
    assert told["signer"] == "Đoàn Quốc Việt"
    assert "không có tài khoản" in refusal(
        "import", str(S0), "--agency", "so_khcn", "--as", "lan", "--signer", "khong_ai"
    )


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
