"""S0, Sở Khoa học và Công nghệ: a year of one plan, from the pasted text to reported, and open again for the next."""

import csv
import io
import re

import pytest

from tests.stories.acts import (
    SKHCN,
    accept_all,
    approve,
    begin_report,
    issue,
    own_rows,
    send_unit_report,
    sign,
    submit,
)
from tests.stories.facts import SILENT, Job, Owed, paste, texts
from tests.stories.stage import Stage, number_in, table

VP, ALL, UNITS = "Văn phòng Sở", "Các phòng, đơn vị thuộc Sở", "Các đơn vị thuộc Sở"
CENTRE = "Trung tâm Nghiên cứu, Chuyển giao công nghệ và Đổi mới sáng tạo"
LEGAL = "Phòng Kế hoạch, Tài chính và Pháp chế"
EMBEDDED = "báo cáo thực hiện dân chủ ở cơ sở"

JOBS = {
    "II.1.a": Job(("Thanh tra Sở",), (), ("quarters", "01/07/2023", "31/12/2023", "Quý III, IV năm 2023")),
    "II.1.b": Job((CENTRE,), (ALL,), ("continuous", "", "", "Thường xuyên")),
    "II.1.c": Job(
        (VP,),
        ("Các phòng, ban, đơn vị thuộc Sở",),
        ("year_onward", "01/01/2023", "", "Năm 2023 và các năm tiếp theo"),
    ),
    "II.2.a": Job((ALL,), (), ("event", "", "", "Sau khi Chính phủ ban hành Nghị định")),
    "II.2.b": Job(
        (VP, "các đơn vị thuộc Sở"), (), ("quarters", "01/10/2023", "31/12/2023", "Quý IV năm 2023")
    ),
    "III.1": Job((UNITS,)),
    "III.2": Job((VP,)),
}
DUTIES = [
    Owed("III.1", UNITS, VP, "yearly", "10/11", embedded_in=EMBEDDED),
    Owed("III.2", VP, "Sở Nội vụ", "yearly", "15/11", embedded_in=EMBEDDED),
    Owed("kết, đoạn 1", "các phòng, ban, đơn vị", VP, "ad_hoc"),
]
LATE, MISSING = "Trung tâm Công nghệ số", "Trung tâm Kỹ thuật Tiêu chuẩn, Đo lường, Chất lượng"


@pytest.mark.parametrize("text", texts("000", "s0.txt"))
def test_a_plan_lives_from_the_pasted_text_to_reported_and_opens_again_for_the_next_year(stage: Stage, text):
    _live(stage, text)


@pytest.mark.parametrize("text", texts("000", "s0.txt")[:1])
def test_the_same_year_is_lived_on_postgresql(postgresql_stage: Stage, text):
    _live(postgresql_stage, text)


def _live(stage: Stage, text: str) -> None:
    plan = _drafted(stage, text)
    _returned_once(stage, plan)
    _withdrawn_and_changed_under_the_signers_eyes(stage, plan)
    _signed_taken_back_signed_again(stage, plan)
    _issued(stage, plan)
    _units_report(stage, plan)
    report = _office_reports(stage, plan)
    _reported_and_opened_again(stage, plan, report)
    _audited(stage, plan)


def _drafted(stage: Stage, text: str) -> int:
    lan = stage("lan")
    said = paste(lan, text)
    names = ("Cơ quan ban hành", "Cơ quan chủ quản", "Tên loại", "Số", "Ký hiệu", "Ngày", "Tư cách ký")
    assert tuple(said.source[name] for name in names) == (
        "Sở Khoa học và Công nghệ", SILENT, "Kế hoạch", "52", "KH-SKHCN", "28/4/2023", "KT. (ký thay)",
    )  # fmt: skip
    assert said.source["Địa danh"] in ("Hòa An", "Quảng Trị")
    assert said.source["Chức vụ người ký"] == "PHÓ GIÁM ĐỐC"
    assert len(said.source["Họ tên người ký"].split()) == 3
    assert "Luật Thực hiện dân chủ ở cơ sở" in said.subject
    [(kind, number, day, issuer)] = said.bases
    assert (kind, number, day) == ("KH", "88/KH-UBND", "24/04/2023")
    assert issuer.startswith("UBND tỉnh ")
    assert said.jobs == JOBS
    assert said.methods["II.1.a"] == "hình thức phù hợp"
    assert "Cổng thông tin điện tử" in said.methods["II.1.b"]
    assert set(said.methods) == {"II.1.a", "II.1.b"}
    assert said.duties == DUTIES
    assert said.recipients == [("Sở Nội vụ", "to_report"), ("Ban Giám đốc", ""), (ALL, "")]
    assert said.archive_line == "Lưu: VT,VP"
    assert "2 nhiệm vụ chưa ghi thời gian thực hiện rõ ràng: III.1 ; III.2 ;" in said.notes
    words = lan.words
    assert "Giữ làm thông tin nguồn, không vào sổ." in words
    assert "trước ngày 10/11, muộn nhất hết ngày 09/11" in words
    assert "trước ngày 15/11, muộn nhất hết ngày 14/11" in words

    # The inspectorate of the text stands no longer; its successor does the work. Nothing is stored before "Tạo".
    assert "0 kế hoạch" in lan.read("/ke-hoach")
    paste(lan, text)
    changes = {"tasks-0-leads": LEGAL, "archive_line": "Lưu: VT, VP.", "create": "1"}
    lan.send("/ke-hoach/nhap", **changes)
    plan = number_in(lan.at())
    words = lan.document(plan)
    assert lan.page is not None
    rows = table(lan.page.text, "Nhiệm vụ")
    assert [row[0] for row in rows] == list(JOBS)
    for ref, _, leads, with_, method, time in rows:
        job = JOBS[ref]
        expected = (LEGAL,) if ref == "II.1.a" else job.leads
        assert (leads, with_) == ("; ".join(expected), "; ".join(job.with_) or "–"), ref
        assert time == (job.time[3] or "chưa ghi"), ref
        assert method == said.methods.get(ref, "–"), ref
    assert f"{UNITS} → {VP} Trước ngày 10/11, muộn nhất hết ngày 09/11, hằng năm." in words
    assert f"{VP} → Sở Nội vụ Trước ngày 15/11, muộn nhất hết ngày 14/11, hằng năm." in words
    assert "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC" in words
    # The number and the day of the old text are told to nobody as this document's own.
    assert "Số: ……/KH-SKHCN" in words
    assert "ngày …… tháng …… năm ……" in words
    for old in ("52/KH", "52 /KH", "28 tháng 4", said.source["Họ tên người ký"]):
        assert old not in words
    history = lan.read(f"/lich-su?van_ban={plan}")
    [number] = re.findall(r'href="/lich-su/(\d+)"', lan.page.text)[:1]
    assert "Nhập từ văn bản" in history
    assert "Số, ngày ghi trên văn bản nhập" in lan.read(f"/lich-su/{number}")
    assert "52" in lan.words
    return plan


def _returned_once(stage: Stage, plan: int) -> None:
    submit(stage, "lan", plan)
    hung = stage("hung")
    assert "Chờ tôi duyệt 1 văn bản" in hung.read("/viec")
    hung.get(f"/van-ban/{plan}/buoc/tra-lai")
    assert "ít nhất 10 ký tự" in hung.refused("/buoc/tra-lai", status=422, note="Sửa lại")
    hung.send("/buoc/tra-lai", note="Trích yếu cần ghi rõ là năm 2026.")
    lan = stage("lan")
    words = lan.read("/viec")
    assert "Trả lại cho tôi sửa 1 văn bản" in words
    assert (
        "Phạm Quốc Hùng, Chánh Văn phòng, trả lại lúc 20/4 12:00 Trích yếu cần ghi rõ là năm 2026." in words
    )
    lan.get(f"/van-ban/{plan}/sua")
    subject = lan.form("/sua")["subject"]
    submit(stage, "lan", plan, subject=f"{subject} năm 2026")
    assert "Chờ Chánh Văn phòng duyệt" in lan.document(plan)


def _withdrawn_and_changed_under_the_signers_eyes(stage: Stage, plan: int) -> None:
    """Mai opens it; before she signs the office takes it back and mends a word; she is shown that word."""
    approve(stage, SKHCN, plan)
    mai = stage("mai")
    words = mai.read(f"/viec?chon={plan}")
    assert "Nội dung không thay đổi kể từ khi Chánh Văn phòng duyệt." in words
    assert "Ký duyệt KT. GIÁM ĐỐC" in words
    assert "Quyết định số 15/QĐ-SKHCN ngày 10/01/2024" in words
    stage.wait(minutes=5)
    stage("hung").take(plan, "rut-trinh")
    lan = stage("lan")
    lan.get(f"/van-ban/{plan}/sua")
    subject = lan.form("/sua")["subject"]
    submit(stage, "lan", plan, subject=subject.replace("2026", "2026 và các năm sau"))
    approve(stage, SKHCN, plan)
    words = mai.read("/viec")
    assert "Cần xem trước khi ký 1 văn bản" in words
    assert "1 chỗ sửa từ lần mở trước" in words
    words = mai.read(f"/viec?chon={plan}")
    assert "1 chỗ khác bản đã mở lúc 20/4 12:00." in words
    assert "Thêm: và các năm sau" in words


def _signed_taken_back_signed_again(stage: Stage, plan: int) -> None:
    mai = stage("mai")
    said = sign(stage, "mai", plan)
    assert "Có thể rút lại chữ ký cho đến khi văn thư cấp số." in said
    assert "Không còn văn bản chờ ký. Hôm nay đã ký 1 văn bản." in said
    mai.take(plan, "rut-chu-ky", note="Xem lại thời hạn ở mục III trước khi ký.")
    van = stage("van")
    assert f"/van-ban/{plan}/buoc/cap-so" not in van.get("/van-thu")
    sign(stage, "mai", plan)
    words = mai.document(plan)
    order = ("Ký duyệt, KT. GIÁM ĐỐC Trần", "Rút lại chữ ký Trần", "Ký duyệt, KT. GIÁM ĐỐC Trần")
    place = words.index("Lịch sử phê duyệt")
    for title in order:
        place = words.index(title, place) + 1
    assert words.count("Ký duyệt, KT. GIÁM ĐỐC Trần") == 2


def _issued(stage: Stage, plan: int) -> None:
    van = stage("van")
    van.get("/van-thu")
    assert "Bản giấy đã có chữ ký của Trần Thị Ngọc Mai" in van.words
    van.refused(f"/van-ban/{plan}/buoc/cap-so", status=422)
    words = issue(stage, "van", plan, "01/KH-SKHCN")
    assert "Phát hành đến 11 nơi nhận" in words
    assert "Số: 01/KH-SKHCN" in words
    assert "Hòa An, ngày 20 tháng 4 năm 2026" in words
    assert "Năm 2026: 0/9 đã báo cáo" in words
    [line] = table(van.get("/so-van-ban"), "Các số đã cấp")
    assert line[:2] == ("01/KH-SKHCN", "20/4/2026")
    assert line[3:6] == ("Trần Thị Ngọc Mai", f"Sở Nội vụ; Ban Giám đốc; {ALL}", "Lưu: VT, VP.")
    # Every unit of that day but the one that collects; the inspectorate, gone since 2025, is none of them.
    rows = table(stage("hung").get("/tong-hop"), "Đơn vị và nghĩa vụ báo cáo năm 2026")
    assert {row[0] for row in rows} - {"Đã gửi"} == set(SKHCN.units)


def _units_report(stage: Stage, plan: int) -> None:
    stage.on(20, 10, 2026)
    assert "1 báo cáo của đơn vị đã đến kỳ" in stage("ha").read("/viec")
    assert "trước ngày 10/11, muộn nhất hết ngày 09/11" in stage("ha").read("/han")
    for unit in (one for one in SKHCN.units if one not in (LATE, MISSING)):
        reporter, head = SKHCN.units[unit]
        report = send_unit_report(stage, reporter, head, result=f"{unit} đã làm xong trong quý III.")
    hung = stage("hung")
    assert "Báo cáo đơn vị chờ nhận 7 văn bản" in hung.read("/viec")
    hung.take(report, "tra-lai", note="Ghi số bài đã đăng trên Cổng thông tin điện tử.")
    oanh = stage("oanh")
    assert "Ghi số bài đã đăng trên Cổng thông tin điện tử." in oanh.read("/viec")
    oanh.get(f"/van-ban/{report}/sua")
    oanh.send("/sua", send="1", **{"rows-0-result": "Đã đăng 12 bài."})
    oanh.send("/buoc/trinh")
    stage("lam").take(report, "duyet")
    assert accept_all(stage, "hung") == 7

    stage.on(12, 11, 2026)
    words = stage("hung").read("/tong-hop")
    assert f"{LATE} Quá hạn 3 ngày" in words
    assert f"{MISSING} Quá hạn 3 ngày" in words
    reporter, head = SKHCN.units[LATE]
    assert "Báo cáo muộn vẫn được nhận" in stage(reporter).read("/han")
    send_unit_report(stage, reporter, head, result="Chưa bố trí được người dự tập huấn.", done=False)
    assert accept_all(stage, "hung") == 1
    words = stage("hung").words
    assert f"{LATE} Đã nhận, nộp muộn 3 ngày" in words
    assert f"Chưa nhận được báo cáo của: {MISSING}." in words


def _office_reports(stage: Stage, plan: int) -> int:
    lan = stage("lan")
    report = begin_report(stage, "lan")
    form = lan.form("/sua")
    assert form["addressees"] == "Sở Nội vụ"
    assert form["missing-0-unit"] == MISSING
    assert "missing-1-unit" not in form
    assert "Đã nhận báo cáo của 8/9 đơn vị." in form["parts-0-text"]
    assert f"{LATE}: " in form["parts-1-text"]
    assert "Đã đăng 12 bài." in form.values()
    typed = {"signer_id": stage.id_of("mai"), "ends-0-text": "Sở Khoa học và Công nghệ báo cáo Sở Nội vụ./."}
    lan.refused("/sua", status=422, send="1", **typed)
    own = own_rows(form)
    ref = form[next(iter(own)).replace("status", "ref")]
    assert f"Chọn tình trạng thực hiện cho mục {ref} ({VP})" in lan.words, "the office leads tasks itself"
    lan.refused("/sua", status=422, send="1", **own)
    assert f"Ghi lý do chưa nhận được báo cáo của {MISSING}" in lan.words
    lan.send("/sua", look="1")
    # Nor does the step itself let it pass, however it is reached.
    lan.get(f"/van-ban/{report}/buoc/trinh", status=422)
    assert f"Chưa trình: chưa có báo cáo của: {MISSING}." in lan.words
    reason = "Trung tâm đang bàn giao đầu mối, đã nhắc hai lần"
    submit(stage, "lan", report, **{"missing-0-reason": reason})
    approve(stage, SKHCN, report)
    words = stage("mai").read(f"/viec?chon={report}")
    assert f"chưa nhận được báo cáo của {MISSING} ({reason})." in words
    sign(stage, "mai", report)
    assert "Đã báo cáo" not in stage("hung").read("/tong-hop")
    issue(stage, "van", report, "01/BC-SKHCN")
    return report


def _reported_and_opened_again(stage: Stage, plan: int, report: int) -> None:
    words = stage("lan").document(plan)
    assert "Đã báo cáo" in words
    assert "Năm 2026: 8/9 đã báo cáo, 1 nộp muộn" in words
    assert "Năm 2026: 1/1 đã báo cáo" in words
    for path in ("/han", "/tong-hop"):
        words = stage("hung").read(path)
        assert "Đã báo cáo năm 2026" in words
        assert "Số 01/BC-SKHCN" in words
        assert "Gửi ngày 12/11/2026, trước hạn 2 ngày" in words

    stage.on(31, 12, 2026, hour=23, minute=59)
    assert stage.tick().reopened == ()
    stage.on(1, 1, 2027, hour=0, minute=1)
    assert stage.tick().reopened == (plan,)
    assert stage.tick().reopened == ()
    lan = stage("lan")
    words = lan.document(plan)
    assert "Đã phát hành" in words
    assert "Mở kỳ báo cáo mới hệ thống" in words
    assert "Năm 2027: 0/9 đã báo cáo" in words
    assert "Năm 2026: 8/9 đã báo cáo, 1 nộp muộn" in words
    words = stage("ha").read("/han?nam=2027")
    assert "năm 2027" in words
    assert "trước ngày 10/11, muộn nhất hết ngày 09/11" in words


def _audited(stage: Stage, plan: int) -> None:
    stage.on(4, 1, 2027)
    minh = stage("minh")
    assert minh.document(plan)
    shown = minh.read(f"/lich-su?van_ban={plan}")
    steps = (
        "Nhập từ văn bản", "Trả lại người soạn", "Sửa dự thảo", "Trình duyệt", "Rút trình", "Duyệt nội dung",
        "Xác nhận thể thức", "Ký duyệt", "Rút lại chữ ký", "Cấp số", "Đóng dấu", "Phát hành",
        "Ghi nhận đã báo cáo", "Mở kỳ báo cáo mới",
    )  # fmt: skip
    missing = [step for step in steps if step not in shown]
    assert missing == []
    assert "Xem lại thời hạn ở mục III trước khi ký." in shown
    for query in (f"?van_ban={plan}", "", "?hanh_dong=ky"):
        [count] = re.findall(r" ([\d.]+) sự kiện", minh.read(f"/lich-su{query}"))[:1]
        answer = minh.client.get(f"/lich-su.csv{query}")
        rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
        assert len(rows) - 1 == int(count.replace(".", "")), query
    minh.get("/lich-su/kiem-tra")
    said = minh.send("/lich-su/kiem-tra")
    [(good, all_)] = re.findall(r"Chuỗi lịch sử nguyên vẹn: ([\d.]+)/([\d.]+) sự kiện khớp mã băm", said)[:1]
    assert good == all_
    assert int(all_.replace(".", "")) > 100
