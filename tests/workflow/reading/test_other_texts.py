"""Texts unlike the four plans: other agencies, other layouts, other capacities; each fact asserted."""

from typing import Any

import pytest

from tests.workflow.reading.texts import NOT_DOCUMENTS, proposal, raw
from workflow.reading import read_text, to_content


def head(name: str) -> tuple[Any, ...]:
    found = proposal(name).as_json()
    return (found["doc_type"], found["number"], found["symbol"], found["place"], found["date"])


def signed(name: str) -> tuple[Any, ...]:
    found = proposal(name).as_json()
    return (found["capacity"], found["capacity_line"], found["signer_title"], found["signer_name"])


def tasks(name: str) -> list[tuple[Any, ...]]:
    return [
        (
            task["ref"],
            tuple(task["leads"]),
            tuple(task["coordinators"]),
            task["time"]["kind"],
            task["time"]["to"],
        )
        for task in proposal(name).as_json()["tasks"]
    ]


def duties(name: str) -> list[tuple[Any, ...]]:
    keys = ("from", "to", "via", "recurrence", "inclusive", "due_month", "due_day", "last_on_time")
    return [tuple(item[key] for key in keys) for item in proposal(name).as_json()["obligations"]]


def codes(name: str) -> set[str]:
    return {warning.code for warning in proposal(name).warnings}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ubnd_xa.txt", ("KH", "07", "KH-UBND", "Tân Phú", "2025-02-05")),
        ("bao_cao_don_vi.txt", ("BC", "118", "BC-KSBT", "Hòa An", "2024-11-08")),
        ("bang_nhiem_vu.md", ("KH", "31", "KH-STP", "Hòa An", "2025-01-14")),
        ("trang_in.txt", ("KH", None, "KH-STC", "Hòa An", None)),
        ("cong_van.txt", ("CV", "1204", "SNV-CCHC", "Hòa An", "2025-06-02")),
        ("tuq.txt", ("TB", "09", "TB-SCT", "Hòa An", "2025-09-03")),
        ("quyen_giam_doc.txt", ("KH", "5", "KH-SXD", "Hòa An", "2025-03-17")),
        ("hop_tac_xa.txt", ("KH", "258", "KH-UBND", "Hòa An", "2024-06-07")),
        ("ban_to_chuc.txt", ("KH", "45", "KH/BTCTU", "Hòa An", "2024-05-20")),
        ("dich_he.txt", ("KH", "77", "KH-SYT", "Hoà An", "2025-04-28")),
        ("tuyen_dung.md", ("KH", "40", "KH-SNV", "Hòa An", "2024-03-12")),
        ("kiem_tra_noi_bo.txt", ("KH", None, "KH-THS2", "Mường Hòa", None)),
        ("quyet_dinh.txt", ("QĐ", None, None, None, None)),
    ],
)
def test_type_number_place_and_date_are_those_printed(name: str, said: tuple[Any, ...]) -> None:
    assert head(name) == said


@pytest.mark.parametrize(
    ("name", "agency", "parent"),
    [
        ("ubnd_xa.txt", "Ủy ban nhân dân xã Tân Phú", None),
        ("bao_cao_don_vi.txt", "Trung tâm Kiểm soát bệnh tật", "SỞ Y TẾ HÒA AN"),
        ("bang_nhiem_vu.md", "Sở Tư pháp", "UBND TỈNH HÒA AN"),
        ("cong_van.txt", "Sở Nội vụ", "UBND TỈNH HÒA AN"),
        ("hop_tac_xa.txt", "ỦY BAN NHÂN DÂN TỈNH HÒA AN", None),
        ("ban_to_chuc.txt", "Ban Tổ chức", "TỈNH ỦY HÒA AN"),
        ("kiem_tra_noi_bo.txt", "Trường Tiểu học số 2", "UBND XÃ MƯỜNG HÒA"),
    ],
)
def test_the_header_names_the_agency_and_the_one_above(name: str, agency: str, parent: str | None) -> None:
    found = proposal(name)
    assert (found.agency, found.parent_agency) == (agency, parent)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ubnd_xa.txt", ("TM_KT", "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lò Thị Hạnh")),
        ("bao_cao_don_vi.txt", ("HEAD", "GIÁM ĐỐC", "GIÁM ĐỐC", "Hà Thu Trang")),
        ("bang_nhiem_vu.md", ("HEAD", "GIÁM ĐỐC", "GIÁM ĐỐC", "Vi Văn Thức")),
        ("trang_in.txt", ("KT", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", None)),
        ("cong_van.txt", ("TL", "TL. GIÁM ĐỐC", "TRƯỞNG PHÒNG CẢI CÁCH HÀNH CHÍNH", "Quàng Văn Dũng")),
        ("tuq.txt", ("TUQ", "TUQ. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "Nông Đức Thành")),
        ("quyen_giam_doc.txt", ("Q", "Q. GIÁM ĐỐC", "Q. GIÁM ĐỐC", "Ma Thế Vinh")),
        ("ban_to_chuc.txt", ("KT", "K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN THƯỜNG TRỰC", "Lục Thị Nga")),
        ("dich_he.txt", ("HEAD", "GIÁM ĐỐC", "GIÁM ĐỐC", "Rơ Châm H'Yéo")),
        ("tuyen_dung.md", ("HEAD", "GIÁM ĐỐC", "GIÁM ĐỐC", "Bế Văn Lực")),
        ("kiem_tra_noi_bo.txt", ("HEAD", "HIỆU TRƯỞNG", "HIỆU TRƯỞNG", "Cầm Thị Phượng")),
        ("quyet_dinh.txt", ("KT", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Đinh Thị Y Nhung")),
    ],
)
def test_capacity_title_and_name_are_those_printed(name: str, said: tuple[Any, ...]) -> None:
    assert signed(name) == said


def test_a_plan_of_a_commune_has_tasks_from_labels_brackets_and_prose() -> None:
    assert tasks("ubnd_xa.txt") == [
        ("II.1.a", ("Văn phòng HĐND và UBND xã",), ("Trạm Y tế xã", "Công an xã"), "continuous", None),
        (
            "II.1.b",
            ("Phòng Văn hóa - Xã hội",),
            ("Ủy ban Mặt trận Tổ quốc Việt Nam xã",),
            "quarters",
            "2025-06-30",
        ),
        ("II.2", ("Phòng Kinh tế",), ("Công an xã",), "date_before", "2025-09-29"),
        ("III.1", ("Văn phòng HĐND và UBND xã",), (), "unspecified", None),
        ("III.1", ("Văn phòng HĐND và UBND xã",), (), "unspecified", None),
        ("III.2", ("Các phòng, đơn vị thuộc xã",), (), "unspecified", None),
        (
            "III.3",
            ("Ủy ban Mặt trận Tổ quốc Việt Nam xã", "các tổ chức chính trị - xã hội"),
            (),
            "unspecified",
            None,
        ),
    ]
    quarter = ["03-19", "06-19", "09-19", "12-19"]
    office = "Văn phòng HĐND và UBND xã"
    assert duties("ubnd_xa.txt") == [
        (office, "UBND tỉnh", "Sở Nội vụ", "yearly", True, 12, 10, "12-10"),
        ("Các phòng, đơn vị thuộc xã", office, None, "quarterly", False, [3, 6, 9, 12], 20, quarter),
    ]


def test_recipients_of_a_commune_each_have_the_purpose_that_is_stated() -> None:
    found = proposal("ubnd_xa.txt")
    assert [(item.name, item.purpose) for item in found.recipients] == [
        ("UBND tỉnh", "to_report"),
        ("Thường trực Đảng ủy, HĐND xã", "to_report"),
        ("Các phòng, đơn vị thuộc xã", "to_implement"),
        ("Trưởng các thôn", "for_information"),
    ]
    assert found.archive_line == "Lưu: VT, VP"


def test_a_report_has_addressees_and_makes_no_task_of_what_was_done() -> None:
    found = proposal("bao_cao_don_vi.txt")
    assert found.addressees == ("Sở Y tế (qua Văn phòng Sở)",)
    assert found.tasks == ()
    assert found.obligations == ()
    assert found.subject == "Kết quả thực hiện dân chủ ở cơ sở năm 2024"
    assert found.opening[0] == "(Số liệu tính đến ngày 31/10/2024)"
    assert found.closing[0].paragraphs[0].startswith("Trên đây là báo cáo")
    assert [item.reference_no for item in found.bases] == ["2045/SYT-VP"]


def test_a_table_of_tasks_is_read_row_by_row() -> None:
    office = "Phòng Phổ biến, giáo dục pháp luật"
    assert tasks("bang_nhiem_vu.md")[:3] == [
        ("II.I.1", (office,), ("Văn phòng Sở", "Thanh tra Sở"), "quarters", "2025-03-31"),
        ("II.I.2", (office,), ("Trung tâm Trợ giúp pháp lý",), "range", "2025-06-30"),
        ("II.II.1", ("Thanh tra Sở",), ("Trung tâm Trợ giúp pháp lý",), "date_before", "2025-10-30"),
    ]
    assert duties("bang_nhiem_vu.md") == [
        ("Các phòng, đơn vị thuộc Sở", office, None, "half_yearly", False, 6, 5, "06-04"),
        ("Các phòng, đơn vị thuộc Sở", office, None, "yearly", False, 12, 5, "12-04"),
        (office, "Giám đốc Sở", None, "unspecified", False, None, None, None),
    ]


def test_a_table_set_with_tabs_keeps_its_empty_cells() -> None:
    assert tasks("kiem_tra_noi_bo.txt")[:3] == [
        ("PHẦN II.1", ("Phó Hiệu trưởng",), ("Tổ trưởng",), "month", "2025-10-31"),
        ("PHẦN II.2", ("Ban Thanh tra nhân dân",), ("Y tế học đường",), "periodic", None),
        ("PHẦN II.3", ("Hiệu trưởng",), (), "month", "2026-04-30"),
    ]
    assert duties("kiem_tra_noi_bo.txt") == [
        ("Các tổ chuyên môn", "Phó Hiệu trưởng", None, "monthly", False, None, 25, "*-24"),
        ("Phó Hiệu trưởng", "Hiệu trưởng", None, "monthly", False, None, 28, "*-27"),
        ("Hiệu trưởng", "UBND xã", None, "once", False, 5, 31, "05-30"),
    ]


def test_running_heads_and_page_numbers_leave_the_sentence_whole() -> None:
    found = proposal("trang_in.txt")
    first = next(task for task in found.tasks if task.ref == "1.1")
    assert "bàn giao lại cho các đơn vị quản lý" in first.title
    assert "Kế hoạch kiểm tra tài sản công" not in first.title
    second = next(task for task in found.tasks if task.ref == "1.2")
    assert second.title.endswith("bình thường của đơn vị được kiểm tra và người dân")
    assert (second.leads, second.time.to) == (("Thanh tra Sở",), "2025-06-30")


def test_a_day_that_does_not_exist_and_a_document_with_two_dates_are_reported() -> None:
    assert {"impossible_date", "citation_mismatch", "day_blank", "signer_missing"} <= codes("trang_in.txt")
    first = next(task for task in proposal("trang_in.txt").tasks if task.ref == "1.1")
    assert (first.time.kind, first.time.to) == ("unspecified", None)


def test_a_letter_has_its_subject_urgency_addressees_and_deadline() -> None:
    found = proposal("cong_van.txt")
    assert found.subject == "báo cáo kết quả cải cách hành chính 6 tháng đầu năm"
    assert found.urgency == "hoa_toc"
    assert found.addressees == ("Các sở, ban, ngành", "UBND các xã, phường")
    assert duties("cong_van.txt") == [("Các sở, ban, ngành", "Sở Nội vụ", None, "once", True, 6, 12, "06-12")]


def test_a_text_without_deadlines_has_none() -> None:
    for name in ("quyen_giam_doc.txt", "tuq.txt"):
        found = proposal(name)
        assert found.obligations == ()
        assert {task.time.kind for task in found.tasks} <= {"unspecified"}


def test_sections_in_another_order_keep_their_meaning() -> None:
    found = proposal("quyen_giam_doc.txt")
    assert [node.title for node in found.sections] == ["TỔ CHỨC THỰC HIỆN", "NỘI DUNG", "MỤC ĐÍCH"]
    assert [(task.ref, task.leads) for task in found.tasks] == [
        ("I.1", ("Công đoàn cơ sở",)),
        ("I.2", ("Văn phòng Sở",)),
        ("II.1", ()),
        ("II.2", ()),
    ]


def test_a_provincial_plan_with_two_days_a_year_and_an_annex() -> None:
    alliance, province = "Liên minh Hợp tác xã tỉnh", "UBND tỉnh, Bộ Kế hoạch và Đầu tư"
    communes = "UBND các huyện, thành phố"
    assert duties("hop_tac_xa.txt") == [
        (alliance, province, None, "yearly", False, 6, 15, "06-14"),
        (alliance, province, None, "yearly", False, 12, 15, "12-14"),
        (communes, alliance, None, "yearly", False, 6, 10, "06-09"),
        (communes, alliance, None, "yearly", False, 12, 10, "12-09"),
        ("các đơn vị", "UBND tỉnh", alliance, "ad_hoc", False, None, None, None),
    ]
    assert "deadline_order" not in codes("hop_tac_xa.txt")
    assert tasks("hop_tac_xa.txt")[-1] == (
        "PL.1",
        ("Sở Thông tin và Truyền thông",),
        (),
        "month",
        "2024-09-30",
    )
    assert "tasks_in_annex" in codes("hop_tac_xa.txt")
    assert [item.reference_no for item in proposal("hop_tac_xa.txt").bases] == ["07/CT-TTg", "20-NQ/TW"]


def test_the_box_of_a_digital_seal_is_no_part_of_the_text() -> None:
    found = proposal("dich_he.txt")
    assert "10:12:02" not in str(found.as_json())
    assert found.place == "Hoà An"
    assert [item.date for item in found.bases] == ["2007-11-21", "2025-01-09"]
    task = found.tasks[0]
    assert (task.leads, task.time.from_, task.time.to) == (
        ("Trung tâm Kiểm soát bệnh tật",),
        "2025-05-01",
        "2025-09-30",
    )


def test_headings_that_are_only_bold_still_part_the_text() -> None:
    found = proposal("tuyen_dung.md")
    assert [(task.title, task.leads, task.time.to) for task in found.tasks[:3]] == [
        ("Tiếp nhận hồ sơ", ("Văn phòng Sở",), "2024-04-14"),
        ("Thẩm định hồ sơ", ("Phòng Công chức, viên chức",), "2024-04-24"),
        ("Tổ chức thi", ("Hội đồng tuyển dụng",), "2024-05-31"),
    ]
    assert [(item.name, item.purpose) for item in found.recipients] == [
        ("Giám đốc Sở", "to_report"),
        ("Các phòng", None),
    ]


def test_a_decision_has_its_bases_before_the_word_quyet_dinh() -> None:
    found = proposal("quyet_dinh.txt")
    assert [item.reference_no for item in found.bases if item.reference_no] == [
        "24/2014/NĐ-CP",
        "107/2020/NĐ-CP",
    ]
    assert [(item.name, item.purpose) for item in found.recipients] == [
        ("Như Điều 3", None),
        ("Bộ GDĐT", "to_report"),
        ("UBND tỉnh", "in_lieu_of_report"),
        ("Website Sở", None),
    ]
    assert "impossible_date" in codes("quyet_dinh.txt")
    assert found.obligations[0].due_day is None


@pytest.mark.parametrize("name", NOT_DOCUMENTS)
def test_a_recipe_and_a_news_item_are_no_documents(name: str) -> None:
    found = proposal(name).as_json()
    [warning] = found.pop("warnings")
    assert warning["code"] == "not_a_document"
    assert found.pop("is_document") is False
    assert found.pop("date_parts") == {"day": None, "month": None, "year": None}
    assert not any(found.values())


def test_owners_in_brackets_and_days_under_a_label_of_a_deadline() -> None:
    office = "Văn phòng"
    assert tasks("khu_cong_nghiep.txt")[:4] == [
        ("II.1.1", (office,), ("các phòng",), "quarters", "2024-12-31"),
        ("II.1.2", (office,), (), "date_before", "2024-12-31"),
        ("II.2", ("Phòng Kế hoạch - Tổng hợp",), (), "quarters", "2025-12-31"),
        ("II.3", ("Thanh tra Ban",), (), "yearly_before", None),
    ]
    rooms = "Các phòng, đơn vị trực thuộc Ban"
    assert duties("khu_cong_nghiep.txt") == [
        (rooms, "Trưởng Ban", office, "half_yearly", False, 6, 20, "06-19"),
        (rooms, "Trưởng Ban", office, "yearly", False, 12, 20, "12-19"),
        (office, "Sở Tài chính", None, "yearly", False, 12, 31, "12-30"),
        (office, "Sở Tài chính", None, "ad_hoc", False, None, None, None),
    ]
    assert [item.purpose for item in proposal("khu_cong_nghiep.txt").recipients] == [
        "to_report", "to_coordinate", None, "to_implement", None,
    ]  # fmt: skip


def test_marks_lost_by_a_scan_do_not_hide_the_facts_and_are_reported() -> None:
    found = proposal("loi_quet.txt")
    assert head("loi_quet.txt") == ("KH", "15", "KH-STP", "Hoà An", "2025-02-12")
    assert [(task.leads, task.time.kind) for task in found.tasks][:1] == [
        (("Phòng Xây dựng và Theo dõi thi hành pháp luật",), "quarters")
    ]
    assert found.subject == "Theo dõi tình hình thi hành pháp luât năm 2025"
    assert {"pháp luât", "Nghi định", "thưc hiện"} <= {
        item.raw for item in found.warnings if item.code == "ocr_suspect"
    }


def test_a_table_set_with_blanks_keeps_its_wrapped_cells() -> None:
    found = proposal("bang_canh_cot.txt")
    assert [(task.title, task.leads, task.coordinators) for task in found.tasks[:2]] == [
        ("Mở lớp tin học cho công chức cấp xã", ("Phòng Công chức",), ("Văn phòng Sở",)),
        ("Mở lớp quản lý nhà nước", ("Phòng Tổ chức bộ máy",), ("Trường Chính trị tỉnh",)),
    ]


def test_a_report_may_oblige_others_for_the_time_to_come() -> None:
    assert head("bao_cao_tu_phap.txt") == ("BC", "21", "BC-TP", "Nậm Hòa", "2024-06-15")
    assert proposal("bao_cao_tu_phap.txt").addressees == ("Sở Tư pháp tỉnh Hòa An", "UBND huyện Nậm Hòa")
    assert duties("bao_cao_tu_phap.txt") == [
        ("Các xã, thị trấn", "Phòng Tư pháp", None, "once", False, 9, 15, "09-14")
    ]


def test_a_text_written_in_markdown() -> None:
    found = proposal("chuyen_doi_so.md")
    assert found.subject == 'TRIỂN KHAI PHONG TRÀO "BÌNH DÂN HỌC VỤ SỐ"'
    assert [item.reference_no for item in found.bases] == ["01-KH/BCĐTW", "300/QĐ-UBND"]
    assert tasks("chuyen_doi_so.md")[:2] == [
        (
            "2.1",
            ("Phòng Chuyển đổi số",),
            ("Bưu điện tỉnh", "Viễn thông Hòa An", "Đoàn TNCS Hồ Chí Minh tỉnh"),
            "date_before",
            "2025-06-29",
        ),
        ("2.2", ("Báo và Đài Phát thanh, Truyền hình tỉnh",), (), "periodic", None),
    ]
    assert duties("chuyen_doi_so.md") == [
        ("Phòng Chuyển đổi số", "UBND tỉnh", None, "monthly", False, None, 25, "*-24"),
        ("Phòng Chuyển đổi số", "UBND tỉnh", None, "ad_hoc", False, None, None, None),
        ("UBND các xã, phường", "Sở Khoa học và Công nghệ", None, "monthly", False, None, 20, "*-19"),
    ]


def test_a_text_that_contradicts_itself_says_so_and_chooses_nothing() -> None:
    found = proposal("mau_thuan.txt")
    assert {"citation_mismatch", "deadline_order", "several_signatures"} <= codes("mau_thuan.txt")
    assert (found.capacity, found.signer_title, found.signer_name) == (None, None, None)
    mismatch = next(item for item in found.warnings if item.code == "citation_mismatch")
    assert "Sở Nội vụ" in mismatch.message
    assert duties("mau_thuan.txt")[-3:] == [
        (None, None, None, "monthly", False, None, 20, "*-19"),
        (None, None, None, "quarterly", False, [3, 6, 9, 12], 20, ["03-19", "06-19", "09-19", "12-19"]),
        (None, None, None, "yearly", False, 12, 10, "12-09"),
    ]


def test_a_text_that_lost_its_line_ends_is_broken_again_and_reported() -> None:
    flat = " ".join(raw("ubnd_xa.txt").decode().split())
    found = read_text(flat).as_json()
    whole = proposal("ubnd_xa.txt").as_json()
    assert "lines_lost" in {item["code"] for item in found["warnings"]}
    for key in (
        "agency",
        "doc_type",
        "number",
        "symbol",
        "date",
        "subject",
        "capacity",
        "signer_name",
        "recipients",
    ):
        assert found[key] == whole[key], key
    leads = {name for task in whole["tasks"] for name in task["leads"]}
    assert {name for task in found["tasks"] for name in task["leads"]} == leads
    assert [item["last_on_time"] for item in found["obligations"]] == [
        item["last_on_time"] for item in whole["obligations"]
    ]


def test_a_paper_that_only_asks_is_not_what_a_plan_carries_out() -> None:
    asked = "Theo đề nghị của Trưởng phòng Kế hoạch tại Tờ trình số 12/TTr-KT ngày 30/01/2026."
    text = f"""SỞ Y TẾ
Số: 5/KH-SYT
Hòa An, ngày 05 tháng 02 năm 2026
KẾ HOẠCH
Triển khai công tác năm 2026

Căn cứ Luật Thực hiện dân chủ ở cơ sở ngày 10/11/2022;
{asked}

I. NỘI DUNG
1. Rà soát văn bản.
"""
    found = read_text(text)
    assert [item.reference_no for item in found.bases] == [None, "12/TTr-KT"]
    assert to_content(found, field="", drafting_unit="").parent_reference is None


_WORK = """SỞ Y TẾ
Số: 5/KH-SYT
Hòa An, ngày 05 tháng 02 năm 2026
KẾ HOẠCH
Triển khai công tác năm 2026

Căn cứ Kế hoạch số 1/KH-UBND ngày 02/01/2026 của UBND tỉnh;

I. NỘI DUNG
1. Rà soát
{below}
"""


def test_one_sentence_below_a_heading_says_who_leads_who_helps_and_by_when() -> None:
    line = "Phòng A chủ trì, phối hợp với Phòng B thực hiện trước ngày 30/6/2026."
    [task] = read_text(_WORK.format(below=line)).tasks
    assert (task.title, task.leads, task.coordinators) == ("Rà soát", ("Phòng A",), ("Phòng B",))
    assert (task.time.kind, task.time.to, task.confidence) == ("date_before", "2026-06-29", 0.8)


@pytest.mark.parametrize(
    "below",
    [
        "Phòng A chủ trì rà soát; Phòng B chủ trì kiểm tra trước ngày 30/6/2026.",
        "Phòng A chủ trì rà soát.\nPhòng B chủ trì kiểm tra trước ngày 30/6/2026.",
        "Phòng A chủ trì rà soát. Phòng B kiểm tra trước ngày 30/6/2026.",
        "Các đơn vị đã rà soát xong trước ngày 30/6/2025.",
    ],
)
def test_of_several_sentences_below_a_heading_none_is_chosen(below: str) -> None:
    [task] = read_text(_WORK.format(below=below)).tasks
    assert (task.leads, task.coordinators, task.time.kind) == ((), (), "unspecified")
