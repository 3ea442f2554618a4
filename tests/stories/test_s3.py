"""S3, Sở Khoa học và Công nghệ: number and day left blank, slips of the scan, deadlines that stand in another paper."""

import pytest

from tests.stories.acts import (
    SKHCN,
    accept_all,
    approve,
    begin_report,
    duties_of,
    issue,
    send_unit_report,
    sign,
    submit,
)
from tests.stories.facts import SILENT, Job, Owed, Said, paste, texts
from tests.stories.stage import Stage, number_in, table

VP, HEADS = "Văn phòng Sở", "Trưởng các phòng, đơn vị thuộc Sở"
CENTRE = "Trung tâm Nghiên cứu, Chuyển giao công nghệ và Đổi mới sáng tạo"
SLIPPED = "Trung tâm Nghiên cứu, Chuyên gia công nghệ và Đổi mới sáng tạo"
LETTER = "Công văn số 339/UBND-NC ngày 06/02/2023"
CITED = (
    "Kế hoạch số 59/KH-UBND ngày 15/03/2024",
    "Chỉ thị số 16/CT-TTg ngày 16/5/2016",
    "Chỉ thị số 21-CT/TU ngày 01/4/2022",
    "Kế hoạch số 25/KH-UBND ngày 05/02/2021",
    "Kế hoạch số 08/KH-UBND ngày 18/01/2022",
    "Kế hoạch số 63/KH-UBND ngày 07/4/2022",
    LETTER,
)
JOBS = {f"II.{number}": Job() for number in range(1, 10)} | {
    "III.1": Job((VP,)),
    "III.2": Job((SLIPPED,)),
    "III.3": Job((HEADS,)),
}


@pytest.mark.parametrize("text", texts("003", "s3.txt"))
def test_a_plan_whose_days_stand_in_another_paper_waits_for_them_and_is_then_reported(stage: Stage, text):
    plan = _issued(stage, text)
    hung = stage("hung")
    assert "Chưa có hạn 3" in hung.read("/han")
    paths = duties_of(stage, "hung")
    to_province = paths[f"Xác định hạn… {VP}"]
    from_units = paths[f"Xác định hạn… {HEADS} → {VP}"]
    on_request = paths[f"Xác định hạn… {VP} → UBND tỉnh, Sở Nội vụ"]
    assert LETTER in hung.read(to_province)
    for path, day, month in ((from_units, "20", "11"), (to_province, "30", "11")):
        hung.get(path)
        hung.refused("/xac-dinh", status=422, due_day=day, due_month=month, inclusive="0", source="")
        hung.send("/xac-dinh", source=f"Phụ lục {LETTER}")
        assert f"Phụ lục {LETTER}" in hung.words
    hung.get(on_request)
    hung.send("/khi-co-yeu-cau", reason=f"Lồng trong báo cáo theo Phụ lục {LETTER}.")
    words = hung.read("/han")
    assert "Chưa có hạn" not in words
    assert "trước ngày 20/11, muộn nhất hết ngày 19/11" in words
    assert "trước ngày 30/11, muộn nhất hết ngày 29/11" in words

    stage.on(10, 11, 2026)
    units = list(SKHCN.units)
    for unit in units[:2]:
        send_unit_report(stage, *SKHCN.units[unit], result="Đã phổ biến cho toàn đơn vị.")
    assert accept_all(stage, "hung") == 2
    report = begin_report(stage, "lan")
    form = stage("lan").form("/sua")
    assert [form[f"missing-{place}-unit"] for place in range(7)] == units[2:]
    reasons = {f"missing-{place}-reason": "Chưa đến hạn, gửi bổ sung sau" for place in range(7)}
    typed = {"addressees": "UBND tỉnh", "signer_id": stage.id_of("mai"), "ends-0-text": "Sở báo cáo./."}
    submit(stage, "lan", report, **reasons, **typed)
    approve(stage, SKHCN, report)
    sign(stage, "mai", report)
    issue(stage, "van", report, "01/BC-SKHCN")
    assert "Đã báo cáo" in stage("lan").document(plan)
    words = stage("hung").read("/tong-hop")
    assert "Đã báo cáo năm 2026" in words
    assert "Số 01/BC-SKHCN" in words


@pytest.mark.parametrize("text", texts("003", "s3.txt"))
def test_slips_of_the_scan_stay_as_printed_unless_a_person_ticks_them(stage: Stage, text):
    lan = stage("lan")
    paste(lan, text)
    lan.send("/ke-hoach/nhap", create="1")
    words = lan.document(number_in(lan.at()))
    for slip in ("chuyên biến", SLIPPED, "GD, các PGD"):
        assert slip in words


def _issued(stage: Stage, text: str) -> int:
    lan = stage("lan")
    said = paste(lan, text)
    _as_the_text_has_it(said)
    ticks = {f"corrections-{place}-take": "y" for place in range(len(said.corrections))}
    lan.send("/ke-hoach/nhap", create="1", **ticks)
    plan = number_in(lan.at())
    words = lan.document(plan)
    assert "Dự thảo" in words
    for right in ("chuyển biến", CENTRE, "GĐ, các PGĐ", *CITED):
        assert right in words
    for wrong in ("chuyên biến", "Chuyên gia công nghệ", "GD, các PGD"):
        assert wrong not in words
    # Nothing is made up where the text leaves a blank.
    assert "Số: ……/KH-SKHCN" in words
    assert "Hòa An, ngày …… tháng …… năm ……" in words
    assert "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC" in words
    assert lan.page is not None
    rows = {row[0]: row for row in table(lan.page.text, "Nhiệm vụ")}
    assert list(rows) == list(JOBS)
    assert rows["III.2"][2] == CENTRE
    assert rows["III.3"][2] == HEADS
    assert {row[2] for ref, row in rows.items() if ref.startswith("II.")} == {"–"}
    assert words.count("Theo văn bản được viện dẫn, chưa xác định ngày.") == 3
    submit(stage, "lan", plan)
    approve(stage, SKHCN, plan)
    sign(stage, "mai", plan)
    words = issue(stage, "van", plan, "01/KH-SKHCN")
    assert words.count("Chưa xác định hạn") == 3
    assert stage.tick().reported == ()
    return plan


def _as_the_text_has_it(said: Said) -> None:
    silent = {name for name, value in said.source.items() if value == SILENT}
    assert silent == {"Cơ quan chủ quản", "Số"}
    assert said.source["Cơ quan ban hành"] == "Sở Khoa học và Công nghệ"
    assert said.source["Ký hiệu"] == "KH-SKHCN"
    assert said.source["Ngày"] == "…/3/2024"
    assert said.source["Địa danh"] in ("Hòa An", "Quảng Trị")
    assert (said.source["Tư cách ký"], said.source["Chức vụ người ký"]) == ("KT. (ký thay)", "PHÓ GIÁM ĐỐC")
    assert len(said.source["Họ tên người ký"].split()) == 3
    assert "Kế hoạch số 59/KH-UBND ngày 15/03/2024 của UBND tỉnh" in said.subject
    assert said.subject.endswith("năm 2024")
    assert said.bases == [("KH", "59/KH-UBND", "15/03/2024", "UBND tỉnh")]
    assert said.jobs == JOBS
    assert said.duties == [
        Owed("III.1", VP, "", "unspecified", by_reference=True),
        Owed("III.3", HEADS, VP, "unspecified", by_reference=True),
        Owed("III.3", VP, "UBND tỉnh, Sở Nội vụ", "unspecified", by_reference=True),
    ]
    assert said.recipients == [
        ("UBND tỉnh", ""), ("Sở Nội vụ", ""), ("GD, các PGD", ""), ("Các phòng, đơn vị thuộc Sở", ""),
    ]  # fmt: skip
    assert said.archive_line == "Lưu: VT, VP"
    assert {("chuyên biến", "chuyển biến"), ("GD", "GĐ"), ("PGD", "PGĐ"), (SLIPPED, CENTRE)} <= set(
        said.corrections
    )
    assert "Không thấy số văn bản" in said.notes
    assert "Ngày ban hành còn để trống" in said.notes
