"""`trinhky init`, `demo`, `check`: a record begun, a demonstration made, the definitions proved."""

import shutil

from tests.web.cli.console import answer, refusal, run
from web import demo
from workflow.settings import DEFINITIONS


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
