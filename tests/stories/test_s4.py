"""S4, Sở Y tế: the signature split around Nơi nhận, and two deadlines of which the second is the Giám đốc's own."""

import re

import pytest

from tests.stories.acts import (
    SYT,
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

VP = "Văn phòng Sở"
BODIES, ROOMS = "cơ quan, đơn vị trực thuộc", "các phòng chuyên môn, nghiệp vụ Sở"
BOTH = (f"Các {BODIES}", ROOMS)
UNITS, VIA = f"các {BODIES} Sở", "văn phòng Sở"
YEAR = ("year", "01/01/2023", "31/12/2023", "Năm 2023")
JOBS = {
    "II.1.a": Job((VP,), BOTH, ("quarters", "01/07/2023", "31/12/2023", "Quý III, Quý IV năm 2023")),
    "II.1.b": Job((VP,), BOTH, ("continuous", "", "", "Thường xuyên")),
    "II.2.a": Job((VP,), BOTH, YEAR),
    "II.2.b": Job((VP, f"các {BODIES}", ROOMS), (), YEAR),
    "II.3": Job((VP,), BOTH, YEAR),
    "II.4": Job((VP,), BOTH, ("periodic", "", "", "Định kỳ và khi có yêu cầu của cấp thẩm quyền")),
    "III.1": Job((VP,)),
    "III.2": Job(("Thủ trưởng các phòng chuyên môn, nghiệp vụ thuộc Sở", UNITS)),
    "III.2, đoạn 1": Job((UNITS,)),
}
SENT = ("Chi cục Dân số", "Trung tâm Kiểm soát bệnh tật", "Bệnh viện Đa khoa tỉnh")
FREED = "Trung tâm Y tế khu vực Ven Biển"


@pytest.mark.parametrize("text", texts("004", "s4.txt"))
def test_the_units_report_by_november_and_the_director_signs_the_report_of_december(stage: Stage, text):
    plan = _issued(stage, text)
    binh = stage("binh")
    binh.get(duties_of(stage, "binh")[f"Xác định hạn… {VP} → Chủ tịch UBND tỉnh"])
    binh.send("/khi-co-yeu-cau", reason="Chủ tịch UBND tỉnh yêu cầu khi cần.")
    words = binh.read("/han")
    assert "trước ngày 15/11, muộn nhất hết ngày 14/11" in words
    assert "trước ngày 01/12, muộn nhất hết ngày 30/11" in words

    stage.on(10, 11, 2026)
    for unit in SENT:
        send_unit_report(stage, *SYT.units[unit], result=f"{unit} đã thực hiện đủ các việc được giao.")
    binh = stage("binh")
    assert accept_all(stage, "binh") == 3
    page = binh.get("/tong-hop")
    [path] = re.findall(
        rf'<a [^>]*href="(/han/ky/\d+/mien[^"]*)"[^>]*>(?:(?!</a>).)*{FREED}', page, re.DOTALL
    )
    binh.get(path)
    binh.send("/mien", reason="Đã lồng ghép trong báo cáo y tế cơ sở theo Công văn số 12/SYT-VP.")
    assert f"{FREED} Miễn" in binh.words

    stage.on(20, 11, 2026)
    missing = [unit for unit in SYT.units if unit not in (*SENT, FREED)]
    phong = stage("phong")
    report = begin_report(stage, "phong")
    form = phong.form("/sua")
    assert form["addressees"] == "Sở Nội vụ tỉnh"
    assert [form[f"missing-{place}-unit"] for place in range(5)] == missing
    assert "Đã nhận báo cáo của 3/8 đơn vị." in form["parts-0-text"]
    reasons = {f"missing-{place}-reason": "Đã nhắc hai lần, chưa gửi" for place in range(5)}
    typed = {"signer_id": stage.id_of("thanh"), "ends-0-text": "Sở Y tế báo cáo./."}
    submit(stage, "phong", report, **reasons, **typed)
    approve(stage, SYT, report)
    words = stage("thanh").read(f"/viec?chon={report}")
    assert "Ký duyệt GIÁM ĐỐC" in words
    assert "KT. GIÁM ĐỐC" not in words
    assert "Đã nhắc hai lần, chưa gửi" in words
    assert "Sở Y tế báo cáo./." in words
    # A deputy whose field it is may not take what the head was asked to sign.
    stage("ngan").get(f"/van-ban/{report}/buoc/ky", status=404)
    sign(stage, "thanh", report)
    assert "Ký duyệt, GIÁM ĐỐC Phí Đức Thành" in stage("thanh").document(report)
    words = issue(stage, "xuan", report, "01/BC-SYT")
    assert "Kính gửi: Sở Nội vụ tỉnh" in words
    assert "Đã báo cáo" in phong.document(plan)
    words = stage("binh").read("/han")
    assert "Đã báo cáo năm 2026" in words
    assert "trước hạn 10 ngày" in stage("binh").read("/tong-hop")


def _issued(stage: Stage, text: str) -> int:
    phong = stage("phong")
    _as_the_text_has_it(said := paste(phong, text))
    assert "Đoàn Thị Kim Ngân – KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC" in phong.words
    phong.send("/ke-hoach/nhap", create="1")
    plan = number_in(phong.at())
    words = phong.document(plan)
    assert phong.page is not None
    rows = table(phong.page.text, "Nhiệm vụ")
    assert [row[0] for row in rows] == [ref.partition(", đoạn")[0] for ref in JOBS]
    for (ref, job), (_, _, leads, with_, method, time) in zip(JOBS.items(), rows, strict=True):
        assert (leads, with_) == ("; ".join(job.leads), "; ".join(job.with_) or "–"), ref
        assert (method, time) == (said.methods.get(ref, "–"), job.time[3] or "chưa ghi"), ref
    assert "Thời gian hoàn thành: Năm 2023" in words
    assert (
        f"{UNITS} → Sở Y tế Trước ngày 15/11, muộn nhất hết ngày 14/11, hằng năm, qua văn phòng Sở." in words
    )
    assert "Sở Y tế → Sở Nội vụ tỉnh Trước ngày 01/12, muộn nhất hết ngày 30/11, hằng năm." in words
    assert "Số: ……/KH-SYT" in words
    assert "thay b/c" in words
    submit(stage, "phong", plan)
    approve(stage, SYT, plan)
    sign(stage, "ngan", plan)
    words = issue(stage, "xuan", plan, "01/KH-SYT")
    assert "Năm 2026: 0/9 đã báo cáo" in words
    assert "Năm 2026: 0/1 đã báo cáo" in words
    shown = table(stage("binh").get("/tong-hop"), "Đơn vị và nghĩa vụ báo cáo năm 2026")
    assert {row[0] for row in shown} - {"Đã gửi"} == set(SYT.units)
    return plan


def _as_the_text_has_it(said: Said) -> None:
    silent = {name for name, value in said.source.items() if value == SILENT}
    assert silent == {"Cơ quan chủ quản", "Số", "Ký hiệu", "Địa danh", "Ngày"}
    assert (said.source["Cơ quan ban hành"], said.source["Tên loại"]) == ("Sở Y tế", "Kế hoạch")
    assert (said.source["Tư cách ký"], said.source["Chức vụ người ký"]) == ("KT. (ký thay)", "PHÓ GIÁM ĐỐC")
    # The title stands before Nơi nhận, the name after it.
    assert len(said.source["Họ tên người ký"].split()) == 3
    assert "Quyết định 346/QĐ-TTg ngày 06 tháng 4 năm 2023 của Thủ tướng Chính phủ" in said.subject
    assert said.bases == [
        ("Luật", "", "10/11/2022", ""),
        ("QĐ", "1274/QĐ-UBND", "30/05/2023", "UBND tỉnh"),
        ("QĐ", "346/QĐ-TTg", "06/04/2023", "Thủ tướng Chính phủ"),
    ]
    assert said.jobs == JOBS
    assert set(said.methods) == {"II.1.a", "II.1.b"}
    assert said.methods["II.1.a"].startswith("Cử công chức")
    assert said.methods["II.1.b"] == "Văn bản triển khai, đăng tải Cổng thông tin"
    assert {ref for ref, label in said.labels.items() if label == "Thời gian hoàn thành"} == {
        "II.2.b",
        "II.3",
    }
    assert said.duties == [
        Owed("III.1", VP, "Chủ tịch UBND tỉnh", "unspecified"),
        Owed("III.2, đoạn 2", UNITS, "Sở Y tế", "yearly", "15/11", VIA),
        Owed("III.2, đoạn 2", UNITS, "Sở Y tế", "ad_hoc", "", VIA),
        Owed("III.2, đoạn 2", "Sở Y tế", "Sở Nội vụ tỉnh", "yearly", "1/12"),
        Owed("III.3", UNITS, "Sở Y tế", "ad_hoc", "", VIA),
    ]
    assert said.recipients == [
        ("Ban Dân vận Tỉnh ủy", "in_lieu_of_report"),
        ("Sở Nội vụ", ""),
        ("Các cơ quan, đơn vị trực thuộc", ""),
        ("Các Phó Giám đốc SYT", ""),
        ("Các phòng CMNV SYT", ""),
    ]
    assert said.archive_line == "Lưu: VT, VP"
    assert f"{VP} báo cáo Chủ tịch UBND tỉnh: chưa ghi thời hạn" in said.notes
