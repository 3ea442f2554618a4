"""The office collects: who has sent, receive or ask for more, and the whole year up to a reported plan."""

from datetime import UTC, datetime

import pytest

from tests.person import form_fields
from tests.web.conftest import text_of
from tests.web.reporting.conftest import UNITS, Year, enter_again

LATE = datetime(2026, 11, 12, 3, 0, tzinfo=UTC)


def test_the_matrix_says_in_words_where_each_unit_stands(sign_in, year: Year):
    report_id = year.send("QLKH")
    year.record.step("hung", report_id, "accept")
    year.send("QLCN")
    year.begin("TDC")
    year.record.clock.now = LATE
    words = text_of(sign_in("viet").get("/tong-hop"))
    assert "Phòng Quản lý khoa học Đã nhận" in words
    assert "Phòng Công nghệ và Đổi mới sáng tạo Đã gửi" in words
    assert "Phòng Tiêu chuẩn, Đo lường, Chất lượng Đang lập, quá hạn 3 ngày" in words
    assert "Phòng Chuyển đổi số Quá hạn 3 ngày" in words
    assert "2/9 , 7 quá hạn" in words
    assert "Chờ nhận (1)" in words


def test_the_head_of_the_office_receives_a_report_or_asks_for_more(sign_in, year: Year):
    first, second = year.send("QLKH"), year.send("QLCN")
    hung = sign_in("hung")
    page = hung.get("/tong-hop")
    assert f'href="/van-ban/{second}/buoc/tra-lai?ve=' in page
    hung.submit(f"/van-ban/{first}/buoc/tiep-nhan")
    assert year.state(first).state == "accepted"
    assert hung.page.request.path == "/tong-hop"
    hung.get(f"/van-ban/{second}/buoc/tra-lai?ve=/tong-hop")
    hung.submit("/buoc/tra-lai", {"note": "Bổ sung số liệu của quý IV"})
    assert year.state(second).state == "returned"
    words = text_of(hung.get("/tong-hop"))
    assert "Phòng Quản lý khoa học Đã nhận" in words
    assert "Phòng Công nghệ và Đổi mới sáng tạo Cần bổ sung" in words


@pytest.mark.parametrize("login", ["viet", "mai", "minh", "lan"])
def test_others_read_the_matrix_and_cannot_receive(sign_in, year: Year, login):
    year.send("QLKH")
    page = sign_in(login).get("/tong-hop")
    assert "Đã gửi 1/9" in text_of(page)
    assert "/buoc/tiep-nhan" not in page


@pytest.mark.parametrize("login", ["nhung", "khoi", "huy"])
def test_a_unit_does_not_see_the_matrix(sign_in, year: Year, login):
    words = text_of(sign_in(login).get("/tong-hop", status=403))
    assert "Người làm được: Đoàn Quốc Việt; Phạm Quốc Hùng" in words
    assert "Phòng Bưu chính" not in words


def test_another_agency_has_a_matrix_of_its_own(sign_in, year: Year):
    words = text_of(sign_in("binh").get("/tong-hop"))
    assert "chưa có kế hoạch nào có hạn báo cáo" in words


def test_the_whole_year_from_the_units_to_a_reported_plan(sign_in, year: Year):
    record = year.record
    for unit in list(UNITS)[:-2]:
        year.send(unit)
    record.clock.now = LATE
    year.send(list(UNITS)[-2])
    hung = sign_in("hung")
    for unit in list(UNITS)[:-1]:
        hung.get("/tong-hop")
        hung.submit(f"/van-ban/{year.report_of(year.instance(unit))}/buoc/tiep-nhan")
    words = text_of(hung.get("/tong-hop"))
    assert "Nộp muộn: Trung tâm Công nghệ số." in words
    assert "Chưa nhận được báo cáo của: Trung tâm Kỹ thuật Tiêu chuẩn, Đo lường, Chất lượng." in words

    lan = sign_in("lan")
    final = year.instance("VP", tier=2)
    lan.get("/tong-hop")
    form = form_fields(lan.page.text, f"/tong-hop/{final}/lap")
    begun = lan.client.post(form.pop("__action__"), data=form)
    report_id = year.report_of(final)
    assert (begun.status_code, begun.location) == (303, f"/van-ban/{report_id}/sua")
    twice = lan.client.post(f"/tong-hop/{final}/lap", data=form)
    assert (twice.status_code, twice.location) == (303, f"/van-ban/{report_id}/sua")
    again = lan.post(f"/tong-hop/{final}/lap")
    assert again.status_code == 422
    assert f'href="/van-ban/{report_id}"' in again.text

    year.fill("lan", report_id, signer_id=record.person("mai"))
    record.clock.forward(hours=1)
    for login, step in (
        ("lan", "submit"),
        ("hung", "approve_content"),
        ("thu", "check_format"),
        ("mai", "sign"),
    ):
        record.step(login, report_id, step)
    words = text_of(enter_again(hung).get("/tong-hop"))
    assert "Đã ký, chờ cấp số" in words

    van = sign_in("van")
    van.get("/van-thu")
    van.submit(f"/van-ban/{report_id}/buoc/cap-so", {"paper_signed": "1"})
    van.submit(f"/van-ban/{report_id}/buoc/dong-dau")
    van.get(f"/van-ban/{report_id}/buoc/phat-hanh")
    van.submit("/buoc/phat-hanh")
    assert year.state(report_id).reference_no == "01/BC-SKHCN"
    assert (year.state(year.plan_id).state, year.state(year.plan_id).report_year) == ("reported", 2026)
    for path in ("/han", "/tong-hop"):
        words = text_of(hung.get(path))
        assert "Đã báo cáo năm 2026" in words
        assert "Số 01/BC-SKHCN" in words
        assert "Gửi ngày 12/11/2026, trước hạn 2 ngày" in words


def test_the_report_cannot_be_begun_by_a_unit_or_an_auditor(sign_in, year: Year):
    for login, status in (("nhung", 403), ("minh", 403), ("mai", 403), ("xuan", 404)):
        assert sign_in(login).post(f"/tong-hop/{year.instance('VP', tier=2)}/lap").status_code == status
    assert year.report_of(year.instance("VP", tier=2)) is None


def test_in_january_the_page_leads_to_what_the_year_before_still_owes(sign_in, year: Year):
    year.record.clock.now = datetime(2026, 12, 30, 2, 0, tzinfo=UTC)
    hung = enter_again(sign_in("hung"))
    assert "còn báo cáo chưa xong" not in text_of(hung.get("/tong-hop"))
    year.record.clock.now = datetime(2027, 1, 5, 2, 0, tzinfo=UTC)
    hung = enter_again(hung)
    page = hung.get("/tong-hop")
    assert "Năm 2026 còn báo cáo chưa xong." in text_of(page)
    assert 'href="/tong-hop?nam=2026"' in page
    assert "còn báo cáo chưa xong" not in text_of(hung.get("/tong-hop?nam=2026"))
