"""The editor of the office's report: what came in since is told, and taken in without a typed word being lost."""

import pytest

from tests.record import Record
from tests.web.conftest import text_of
from tests.workflow.commands.test_own_tasks import OWN, begun, plan_with
from tests.workflow.commands.test_taking_in import CDS, Office
from web.drafting.taking_in import told_of
from workflow.commands.collecting import TakenIn

BUTTON = {"lay_so_lieu": "1"}


@pytest.fixture
def office(sqlite_record: Record) -> Office:
    return Office(sqlite_record)


def test_the_page_says_whose_report_came_in_since_and_the_button_takes_it_in(sign_in, office: Office):
    lan = sign_in("lan")
    assert "Số liệu chưa khớp" not in text_of(lan.get(f"/van-ban/{office.id}/sua"))
    office.receive()
    words = text_of(lan.get(f"/van-ban/{office.id}/sua"))
    assert f"Đã nhận báo cáo, văn bản này chưa có: {CDS}." in words
    typed = {"subject": "Kết quả năm 2026 đang gõ dở", "missing-0-reason": "đã nhắc"}
    lan.submit(f"/van-ban/{office.id}/sua", {**typed, **BUTTON})
    words = text_of(lan.page.text)
    assert f"đưa vào bảng kết quả của {CDS}; bỏ khỏi danh sách chưa gửi: {CDS}." in words
    assert "Số liệu chưa khớp" not in words
    assert office.text.subject == typed["subject"]
    assert [item.unit for item in office.text.results][-1] == CDS
    assert "Đã nhận báo cáo của 3/3 đơn vị" in office.text.sections[0].paragraphs[0]


def test_what_is_typed_wrong_is_told_before_anything_is_taken_in(sign_in, office: Office):
    office.receive()
    lan = sign_in("lan")
    lan.get(f"/van-ban/{office.id}/sua")
    answer = lan.submit(
        f"/van-ban/{office.id}/sua", {"missing-0-unit": "", "missing-0-reason": "đã nhắc", **BUTTON}
    )
    assert answer.status_code == 422
    assert "Ghi tên đơn vị chưa gửi báo cáo" in text_of(lan.page.text)
    assert len(office.text.results) == 2


def test_who_would_submit_or_sign_reads_what_is_lacking_and_the_way_on(sign_in, office: Office):
    office.name_missing()
    office.record.bring_to(office.id, "check_format")
    office.receive()
    words = text_of(sign_in("mai").get(f"/van-ban/{office.id}"))
    lacking = f"đã nhận báo cáo của: {CDS}, văn bản này chưa lấy vào."
    assert f"{lacking} Bấm Trả lại để người soạn lấy số liệu mới và trình lại." in words
    office.record.step("mai", office.id, "return", note="Lấy số liệu của phòng vừa gửi.")
    office.record.step("hung", office.id, "forward")
    words = text_of(sign_in("lan").get(f"/van-ban/{office.id}/buoc/trinh", status=422))
    assert (
        f"Chưa trình: {lacking} Mở trang Soạn, bấm “Lấy số liệu mới của đơn vị”, xem lại rồi trình." in words
    )


def test_the_drafter_who_would_submit_stays_on_the_page_that_has_the_button(sign_in, office: Office):
    office.name_missing()
    office.receive()
    lan = sign_in("lan")
    lan.get(f"/van-ban/{office.id}/sua")
    assert lan.submit(f"/van-ban/{office.id}/sua", {"send": "1"}).status_code == 422
    assert 'href="#so-lieu-moi"' in lan.page.text
    assert "Lấy số liệu mới: văn bản chưa khớp với báo cáo đã nhận của đơn vị" in text_of(lan.page.text)
    lan.submit(f"/van-ban/{office.id}/sua", BUTTON)
    lan.submit(f"/van-ban/{office.id}/sua", {"send": "anyway"})
    assert lan.page.request.path == f"/van-ban/{office.id}/buoc/trinh"


def test_a_plan_has_no_such_button(sign_in, sqlite_record: Record):
    page = sign_in("lan").get(f"/van-ban/{sqlite_record.draft()}/sua")
    assert "lay_so_lieu" not in page


def test_a_press_that_finds_nothing_says_so():
    assert told_of(TakenIn()) == "Đã lưu nháp. Không có báo cáo đơn vị nào mới so với văn bản này."
    assert "thêm vào danh sách chưa gửi: Phòng A" in told_of(TakenIn(missing=("Phòng A",)))


def test_a_row_of_the_offices_own_is_asked_for_at_its_field(sign_in, sqlite_record: Record):
    report_id = begun(sqlite_record, plan_with(sqlite_record, OWN))
    lan = sign_in("lan")
    assert "Chọn tình trạng thực hiện cho mục I.1 (Văn phòng Sở)" in text_of(
        lan.get(f"/van-ban/{report_id}/sua")
    )
    assert lan.submit(f"/van-ban/{report_id}/sua", {"send": "1"}).status_code == 422
    assert 'href="#results-0-status"' in lan.page.text
    words = text_of(lan.get(f"/van-ban/{report_id}/buoc/trinh", status=422))
    assert "Chưa trình: còn thiếu hoặc sai: Chọn tình trạng thực hiện cho mục I.1. Sửa nội dung" in words
