"""S2, Văn phòng UBND tỉnh: no number, no date, no name, lines torn by the PDF, and a report without a day."""

import pytest

from tests.stories.acts import VPUBND, approve, begin_report, duties_of, issue, sign, submit
from tests.stories.facts import SILENT, Job, Owed, Said, paste, texts
from tests.stories.stage import Stage, number_in, table

ROOM = "Phòng Hành chính - Tổ chức"
AFTER = ("event", "", "", "sau khi có hướng dẫn của cấp có thẩm quyền")

JOBS = {
    "II.1.a": Job(),
    "II.1.b": Job(time=("continuous", "", "", "Thường xuyên")),
    "II.1.c": Job(),
    "II.1.d": Job(),
    "II.2.a": Job(time=AFTER),
    "II.2.b": Job(time=AFTER),
    "II.2.c": Job(),
    "II.3": Job(),
    "III.1": Job(("Trưởng các phòng, ban, trung tâm",)),
    "III.2": Job((ROOM,)),
    "III.3": Job(("Trung tâm Tin học - Công báo",)),
    "III.4": Job(("Công đoàn", "Đoàn Thanh niên cơ quan")),
}
DUTY = f"{ROOM} → cơ quan có thẩm quyền"


@pytest.mark.parametrize("text", texts("002", "s2.txt"))
def test_a_plan_without_number_name_or_day_is_dated_by_the_chief_and_reported(stage: Stage, text):
    plan = _issued(stage, text)
    khoa = stage("khoa")
    assert "Tổng hợp báo cáo" not in khoa.read("/tong-hop").partition("Năm 2026")[2]
    an = stage("an")
    words = an.read("/han")
    assert "Chưa có hạn 1" in words
    path = duties_of(stage, "an")[f"Xác định hạn… {DUTY}"]
    khoa.get(path)
    assert "Ghi hạn này" not in khoa.words
    an.get(path)
    source = "Công văn số 88/SNV-CCVC ngày 12/5/2026 của Sở Nội vụ"
    an.send("/xac-dinh", due_day="10", due_month="12", inclusive="0", source=source)
    assert "Đã xác định hạn báo cáo." in an.words
    assert source in an.words
    assert "trước ngày 10/12, muộn nhất hết ngày 09/12" in an.words
    assert "Chưa có hạn" not in an.read("/han")

    stage.on(12, 11, 2026)
    report = begin_report(stage, "khoa")
    khoa = stage("khoa")
    form = khoa.form("/sua")
    assert form["addressees"] == "cơ quan có thẩm quyền"
    assert not any(name.startswith("missing-") for name in form)
    row = {
        "results-0-ref": "III.2",
        "results-0-task": "Tham mưu, theo dõi, đôn đốc",
        "results-0-unit": ROOM,
        "results-0-status": "done",
        "results-0-result": "Đã đôn đốc 7 phòng, ban, trung tâm.",
    }
    typed = {
        "addressees": "Sở Nội vụ",
        "signer_id": stage.id_of("chau"),
        "ends-0-text": "Văn phòng báo cáo./.",
    }
    khoa.send("/sua", op="add:results:0", **typed)
    khoa.send("/sua", save="1", **row)
    submit(stage, "khoa", report)
    approve(stage, VPUBND, report)
    assert "Đã đôn đốc 7 phòng, ban, trung tâm." in stage("chau").read(f"/viec?chon={report}")
    sign(stage, "chau", report)
    issue(stage, "hang", report, "01/BC-VPUBND")
    assert "Đã báo cáo" in stage("khoa").document(plan)
    assert "Đã báo cáo năm 2026" in stage("an").read("/han")
    stage.on(2, 1, 2027)
    assert stage.tick().reopened == (plan,)


@pytest.mark.parametrize("text", texts("002", "s2.txt")[:1])
def test_a_report_that_nobody_dates_may_be_kept_for_when_it_is_asked_for(stage: Stage, text):
    plan = _issued(stage, text)
    assert stage.tick().reported == ()
    an = stage("an")
    an.get(duties_of(stage, "an")[f"Xác định hạn… {DUTY}"])
    an.refused("/khi-co-yeu-cau", status=422, reason="không rõ")
    an.send("/khi-co-yeu-cau", reason="Sở Nội vụ hỏi khi cần, không có kỳ cố định.")
    assert "Chưa có hạn" not in an.read("/han")
    assert "cơ quan có thẩm quyền Khi có yêu cầu." in an.document(plan)
    # Without a day nothing is owed for the year, and nothing claims to have been reported; the plan can end.
    assert stage.tick().reported == ()
    assert "Đã phát hành" in an.document(plan)
    chau = stage("chau")
    chau.document(plan)
    chau.get(f"/van-ban/{plan}/dong-y-ket-thuc")
    chau.refused("/dong-y-ket-thuc", status=422, reason="đã xong")
    chau.send("/dong-y-ket-thuc", reason="Các việc của kế hoạch đã xong.")
    assert "Đã ghi ý kiến đồng ý kết thúc kế hoạch." in chau.words
    an.take(plan, "ket-thuc", note="Các việc đã xong, không còn báo cáo nào chờ.")
    assert "Không chờ ai. Kết thúc từ 20/4/2026" in an.words
    shown = stage("chien").read(f"/lich-su?van_ban={plan}")
    assert "Sở Nội vụ hỏi khi cần, không có kỳ cố định." in shown


def _issued(stage: Stage, text: str) -> int:
    khoa = stage("khoa")
    _as_the_text_has_it(paste(khoa, text))
    khoa.send("/ke-hoach/nhap", create="1")
    plan = number_in(khoa.at())
    words = khoa.document(plan)
    assert khoa.page is not None
    rows = table(khoa.page.text, "Nhiệm vụ")
    assert [row[0] for row in rows] == list(JOBS)
    assert {(row[0], row[2]) for row in rows} == {
        (ref, "; ".join(job.leads) or "–") for ref, job in JOBS.items()
    }
    assert {(row[0], row[-1]) for row in rows} == {
        (ref, job.time[3] or "chưa ghi") for ref, job in JOBS.items()
    }
    assert f"{DUTY} Văn bản chưa ghi ngày." in words
    assert "Số: ……/KH-VPUBND" in words
    assert "KT. CHÁNH VĂN PHÒNG PHÓ CHÁNH VĂN PHÒNG" in words
    khoa.get(f"/van-ban/{plan}/sua")
    khoa.send("/sua", send="1")
    # Owners and days that the text does not name are notes, not errors.
    assert "Xem lại trước khi trình" in khoa.words
    assert "8 nhiệm vụ chưa ghi đơn vị chủ trì" in khoa.words
    assert "9 nhiệm vụ chưa rõ thời gian thực hiện" in khoa.words
    assert "chế độ báo cáo chưa ghi ngày đến hạn" in khoa.words
    khoa.send("/sua", send="anyway")
    khoa.send("/buoc/trinh")
    approve(stage, VPUBND, plan)
    words = stage("chau").read(f"/viec?chon={plan}")
    assert "Ký duyệt KT. CHÁNH VĂN PHÒNG" in words
    assert "Quyết định số 21/QĐ-VPUBND ngày 31/01/2023" in words
    sign(stage, "chau", plan)
    words = issue(stage, "hang", plan, "01/KH-VPUBND")
    assert "Hòa An, ngày 20 tháng 4 năm 2026" in words
    assert "Chưa xác định hạn" in words
    return plan


def _as_the_text_has_it(said: Said) -> None:
    silent = {name for name, value in said.source.items() if value == SILENT}
    assert silent == {"Cơ quan chủ quản", "Số", "Ký hiệu", "Địa danh", "Ngày", "Họ tên người ký"}
    assert said.source["Cơ quan ban hành"] == "Văn phòng UBND tỉnh"
    assert said.source["Tên loại"] == "Kế hoạch"
    assert said.source["Tư cách ký"] == "KT. (ký thay)"
    assert said.source["Chức vụ người ký"] == "PHÓ CHÁNH VĂN PHÒNG"
    assert "Luật Thực hiện dân chủ ở cơ sở" in said.subject
    assert said.bases == [("KH", "1320/KH-UBND", "05/07/2023", "Ủy ban nhân dân tỉnh")]
    assert said.jobs == JOBS
    assert said.duties == [Owed("III.2", ROOM, "cơ quan có thẩm quyền", "unspecified")]
    assert said.recipients == [
        ("Sở Nội vụ", ""),
        ("Công đoàn, Đoàn TN VPUBND tỉnh", ""),
        ("LĐVP UBND tỉnh", ""),
        ("Trưởng các phòng, ban, trung tâm thuộc VP", ""),
    ]
    assert said.archive_line == "Lưu: VT, HCTC"
    for note in (
        "Không thấy số văn bản",
        "Không thấy địa danh, ngày tháng năm",
        "Không thấy họ tên người ký",
        "8 nhiệm vụ chưa ghi đơn vị chủ trì",
        "9 nhiệm vụ chưa ghi thời gian thực hiện rõ ràng",
        f"{ROOM} báo cáo cơ quan có thẩm quyền: chưa ghi thời hạn",
    ):
        assert note in said.notes
