"""`trinhky lint FILE`: needs nothing set up, writes nothing, and its exit code can be used in a script."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace as changed

from tests.workflow.writing.papers import ISSUED
from web.cli import main
from workflow.reading import read_text, to_content
from workflow.settings import ROOT
from workflow.writing.docx import docx
from workflow.writing.sheet import sheet_of
from workflow.writing.typeset import pdf

NAME = "SỞ KHOA HỌC VÀ CÔNG NGHỆ"
TEXTS = ROOT / "tests" / "fixtures" / "texts"
CLEAN = """ỦY BAN NHÂN DÂN TỈNH HÒA AN
SỞ KHOA HỌC VÀ CÔNG NGHỆ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 07/KH-SKHCN

Hòa An, ngày 05 tháng 02 năm 2026

KẾ HOẠCH
Kiểm định phương tiện đo tại các chợ

Thực hiện Kế hoạch số 31/KH-UBND ngày 15/01/2026 của UBND tỉnh về quản lý chợ, Sở lập Kế hoạch như sau:

I. NỘI DUNG

1. Kiểm định cân tại các chợ loại 1.

- Đơn vị chủ trì: Phòng Tiêu chuẩn, Đo lường, Chất lượng.

- Thời gian thực hiện: Quý II năm 2026.

II. TỔ CHỨC THỰC HIỆN

1. Văn phòng Sở theo dõi, đôn đốc việc thực hiện Kế hoạch này./.

Nơi nhận:
- UBND tỉnh (b/c);
- Lưu: VT, TĐC.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC

Trần Thị Ngọc Mai
"""


@pytest.fixture
def nothing(tmp_path: Path, monkeypatch) -> Path:
    """A machine on which nothing was ever set up."""
    monkeypatch.setenv("TRINHKY_INSTANCE", str(tmp_path / "nothing"))
    return tmp_path


def run(*words: str):
    return CliRunner().invoke(main, ["lint", *words])


def test_a_clean_text_gives_zero_and_says_what_was_not_looked_at(nothing: Path):
    file = nothing / "sach.txt"
    file.write_text(CLEAN, encoding="utf-8")
    result = run(str(file))
    assert result.output == (
        "Không thấy điểm nào trái thể thức trong các điểm đã xét (Sở Khoa học và Công nghệ, xét theo ngày 05/02/2026).\n"
        "Chưa xét: Bố cục: bậc của các mục (I, 1, a) trong tệp chưa được xét, chỉ xét thứ tự.\n"
        "Chưa xét: Hạn báo cáo: văn bản không có chế độ báo cáo nào.\n"
        "Chưa xét: Văn bản viện dẫn: chưa đối chiếu với các văn bản đã có trong hệ thống.\n"
    )
    assert result.exit_code == 0
    assert not (nothing / "nothing").exists()


def test_errors_give_one_and_are_told_with_place_and_article(nothing: Path):
    result = run(str(TEXTS / "s0.txt"))
    assert result.exit_code == 1
    assert "Lỗi: Dòng Lưu. Dòng Lưu viết “Lưu: VT, ” rồi đến chữ viết tắt" in result.output
    assert "[NĐ 30/2020, Phụ lục I, Phần I, mục II.9]" in result.output
    assert "“KT.GIÁM ĐỐC” → “KT. GIÁM ĐỐC”" in result.output


def test_warnings_alone_give_zero(nothing: Path):
    file = nothing / "luu_y.txt"
    file.write_text(CLEAN.replace("KT. GIÁM", "KT.GIÁM"), encoding="utf-8")
    result = run(str(file), "--json")
    told = json.loads(result.output)
    assert result.exit_code == 0
    assert (told["agency"], told["on"], told["errors"], told["warnings"]) == ("so_khcn", "2026-02-05", 0, 1)
    (one,) = told["findings"]
    assert (one["code"], one["severity"], one["place"]) == ("capacity_spacing", "warning", "signer")
    assert one["message"]
    assert one["where"] == "Khối chữ ký"


def test_what_was_not_judged_is_told_to_a_script_too(nothing: Path):
    file = nothing / "to.txt"
    file.write_text(
        CLEAN.replace("trì: Phòng Tiêu chuẩn, Đo lường, Chất lượng", "trì: Tổ giúp việc"), encoding="utf-8"
    )
    told = json.loads(run(str(file), "--json").output)
    assert [(one["point"], one["why"]) for one in told["unjudged"]] == [
        ("outline", "depth_read"),
        ("deadlines", "no_duties"),
        ("citations", "record_not_asked"),
        ("units", "units_unknown"),
    ]
    assert told["unjudged"][3]["facts"] == {"names": ["Tổ giúp việc"], "count": 1}
    assert "“Tổ giúp việc” không có trong danh mục" in told["unjudged"][3]["message"]
    other = json.loads(run(str(file), "--agency", "so_y_te", "--json").output)
    left = [one["point"] for one in other["unjudged"] if one["why"] == "other_agency"]
    assert left == ["symbol", "place_and_date", "recipients", "signature", "units"]


def test_the_day_may_be_named_and_units_are_judged_by_it(nothing: Path):
    file = nothing / "thanh_tra.txt"
    file.write_text(CLEAN.replace("Phòng Tiêu chuẩn, Đo lường, Chất lượng", "Thanh tra Sở"), encoding="utf-8")
    assert run(str(file)).exit_code == 1
    early = run(str(file), "--on", "2025-01-05", "--json")
    assert "unit_ended" not in [one["code"] for one in json.loads(early.output)["findings"]]


def test_the_agency_is_known_by_its_name_where_there_is_no_symbol(nothing: Path):
    file = nothing / "khong_so.txt"
    file.write_text(CLEAN.replace("Số: 07/KH-SKHCN", ""), encoding="utf-8")
    told = json.loads(run(str(file), "--json").output)
    assert (told["agency"], [one["code"] for one in told["findings"]]) == ("so_khcn", ["symbol_missing"])


def test_an_agency_that_cannot_be_told_is_asked_for(nothing: Path):
    file = nothing / "so_tu_phap.txt"
    file.write_text(CLEAN.replace("KH-SKHCN", "KH-STP").replace(NAME, "SỞ TƯ PHÁP"), encoding="utf-8")
    result = run(str(file))
    assert (result.exit_code, "Ghi --agency: so_khcn" in result.output) == (1, True)
    told = json.loads(run(str(file), "--agency", "so_khcn", "--json").output)
    assert [one["code"] for one in told["findings"]] == ["agency_other"]


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_paper_of_ours_is_clean_in_every_kind_of_file(nothing: Path, kind: str):
    proposal = read_text(CLEAN)
    paper = sheet_of(
        to_content(proposal, field="", drafting_unit=""), replace(ISSUED, signer_name="Trần Thị Ngọc Mai")
    )
    file = nothing / f"ke_hoach.{kind}"
    file.write_bytes(docx(paper) if kind == "docx" else pdf(paper))
    result = run(str(file))
    assert (result.exit_code, result.output.startswith("Không thấy điểm nào trái thể thức")) == (0, True), (
        result.output
    )


def test_what_is_wrong_in_a_word_file_is_found_at_its_place(nothing: Path):
    proposal = read_text(CLEAN.replace("theo dõi", "theo  dõi").replace("này./.", "này."))
    content = to_content(proposal, field="", drafting_unit="")
    content = changed(content, subject="Kế hoạch kiểm định phương tiện đo")
    file = nothing / "ke_hoach.docx"
    file.write_bytes(docx(sheet_of(content, ISSUED)))
    told = json.loads(run(str(file), "--json").output)
    found = {one["code"]: one for one in told["findings"]}
    assert set(found) == {"subject_repeats_type", "end_missing"}
    assert found["subject_repeats_type"]["fix"]["after"] == "Kiểm định phương tiện đo"
    assert found["end_missing"]["where"] == "Mục II.1"


def test_bases_in_upright_type_are_found_in_a_word_file(nothing: Path):
    """The words stay the same; only the type differs."""
    words = CLEAN.replace(
        "Thực hiện Kế hoạch số 31", "Căn cứ Luật Đo lường;\n\nCăn cứ Kế hoạch số 31"
    ).replace("về quản lý chợ, Sở lập", "về quản lý chợ.\n\nSở lập")
    paper = sheet_of(to_content(read_text(words), field="", drafting_unit=""), ISSUED)
    file = nothing / "ke_hoach.docx"
    file.write_bytes(docx(paper))
    told = json.loads(run(str(file), "--json").output)
    assert [one["code"] for one in told["findings"]] == []
    assert "type_unseen" not in [one["why"] for one in told["unjudged"]]
    file.write_bytes(upright(docx(paper)))
    told = json.loads(run(str(file), "--json").output)
    assert [(one["code"], one["where"]) for one in told["findings"]] == [
        ("basis_upright", "Căn cứ 1"),
        ("basis_upright", "Căn cứ 2"),
    ]
    assert told["findings"][0]["message"] == "Căn cứ “Căn cứ Luật Đo lường;” phải in chữ nghiêng"
    plain = nothing / "ke_hoach.txt"
    plain.write_text(words, encoding="utf-8")
    assert "chưa xét căn cứ có in nghiêng hay không" in run(str(plain)).output


def upright(data: bytes) -> bytes:
    """The same file without the italic type of its styles."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(b"<w:i/><w:iCs/>", b"") if name == "word/styles.xml" else part)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "said"), [(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "đời cũ"), (b"", "chưa có chữ nào")]
)
def test_a_file_that_cannot_be_read_is_refused_by_name(nothing: Path, data: bytes, said: str):
    file = nothing / "cu.doc"
    file.write_bytes(data)
    result = run(str(file), "--agency", "so_khcn")
    assert result.exit_code == 1
    assert said in result.output
    assert result.output.startswith("Chưa kiểm tra: ")


def test_a_paper_of_the_party_is_not_judged_by_the_decree(nothing: Path):
    result = run(str(TEXTS / "ban_to_chuc.txt"), "--agency", "so_khcn")
    assert result.exit_code == 1
    assert "văn bản của Đảng" in result.output


def test_a_secret_text_is_not_looked_into(nothing: Path):
    file = nothing / "mat.txt"
    file.write_text(f"MẬT\n{CLEAN}", encoding="utf-8")
    result = run(str(file))
    assert (result.exit_code, "văn bản mang dấu độ mật" in result.output) == (1, True)


def test_what_is_no_document_is_refused(nothing: Path):
    result = run(str(TEXTS / "cong_thuc.txt"), "--agency", "so_khcn")
    assert result.exit_code == 1
    assert "không phải là văn bản hành chính" in result.output


@pytest.mark.parametrize("words", [(), ("khong-co.txt",), (str(TEXTS / "s0.txt"), "--on", "hôm qua")])
def test_wrong_use_gives_two(nothing: Path, words):
    assert run(*words).exit_code == 2
