"""Văn thư's table: the number shown is the number given, the hold holds, nothing is typed."""

import re
from datetime import UTC, datetime

import pytest

from tests.record import Record, plan
from tests.web.conftest import text_of
from tests.web.registry.conftest import counted, multiply, row_of, set_agency
from workflow.content import Recipient


def queue_of(sign_in, login="van", path="/van-thu"):
    person = sign_in(login)
    return person, text_of(person.get(path))


def test_an_empty_table_says_so(sign_in):
    _, words = queue_of(sign_in)
    assert "Không có văn bản chờ cấp số." in words
    assert "Hôm nay chưa cấp số nào." in words


def test_the_number_shown_is_the_number_given(sign_in, sqlite_record: Record, signed):
    sqlite_record.bring_to(sqlite_record.draft(), "issue")
    van, words = queue_of(sign_in)
    shown = re.search(r"Nếu cấp bây giờ: (\S+) ngày 20/4/2026", words)[1]
    assert shown == "02/KH-SKHCN"
    assert 'name="number"' not in van.page.text
    van.submit(f"/van-ban/{signed}/buoc/cap-so", {"paper_signed": "1"})
    assert row_of(sqlite_record, signed).reference_no == shown
    assert van.page.request.path == "/van-thu"
    assert f"Đã cấp số {shown}" in text_of(van.page.text)
    assert "Chờ đóng dấu 1" in text_of(van.page.text)


def test_of_several_in_one_book_the_page_says_which_gets_the_number_they_all_show(
    sign_in, sqlite_record: Record, signed
):
    van, words = queue_of(sign_in)
    assert "cùng một số" not in words
    other = sqlite_record.draft()
    sqlite_record.bring_to(other, "sign")
    words = text_of(van.get("/van-thu"))
    assert words.count("Nếu cấp bây giờ: 01/KH-SKHCN") == 2
    assert "cấp văn bản nào trước thì văn bản đó nhận số này" in words
    van.submit(f"/van-ban/{other}/buoc/cap-so", {"paper_signed": "1"})
    words = text_of(van.page.text)
    assert words.count("Nếu cấp bây giờ: 02/KH-SKHCN") == 1
    assert "cùng một số" not in words


def test_without_the_tick_for_the_paper_no_number_is_given(sign_in, sqlite_record: Record, signed):
    van, words = queue_of(sign_in)
    assert "Bản giấy đã có chữ ký của Trần Thị Ngọc Mai" in words
    van.submit(f"/van-ban/{signed}/buoc/cap-so")
    assert van.page.status_code == 422
    assert "Nếu cấp bây giờ 01/KH-SKHCN" in text_of(van.page.text)
    assert row_of(sqlite_record, signed).state == "signed"


def test_the_page_of_the_step_names_the_next_number_and_reserves_none(sign_in, sqlite_record: Record, signed):
    other = sqlite_record.draft()
    sqlite_record.bring_to(other, "sign")
    van = sign_in("van")
    for document_id in (signed, other):
        words = text_of(van.get(f"/van-ban/{document_id}/buoc/cap-so"))
        assert "Nếu cấp bây giờ 01/KH-SKHCN Ngày văn bản 20/4/2026" in words
        assert "văn bản nào được cấp trước thì nhận số này" in words


def test_an_agency_that_signs_digitally_is_not_asked_for_paper(sign_in, sqlite_record: Record, signed):
    set_agency(sqlite_record, signing_mode="digital")
    van, words = queue_of(sign_in)
    assert "Bản giấy" not in words
    van.submit(f"/van-ban/{signed}/buoc/cap-so")
    assert row_of(sqlite_record, signed).state == "numbered"


def test_while_the_signer_may_take_it_back_the_button_is_grey_and_the_post_is_refused(
    sign_in, sqlite_record: Record, signed
):
    set_agency(sqlite_record, hold_minutes=2)
    van, words = queue_of(sign_in)
    assert "Người ký còn có thể rút lại đến 12:02" in words
    assert re.search(r'<button class="btn" disabled>.*?Cấp số', van.page.text, re.S)
    assert "/buoc/cap-so" not in van.page.text
    before = row_of(sqlite_record, signed)
    seen = {
        "seen_version": before.version,
        "seen_digest": before.digest,
        "paper_signed": "1",
        "key": "k" * 24,
    }
    answer = van.post(f"/van-ban/{signed}/buoc/cap-so", seen)
    assert answer.status_code == 422
    assert row_of(sqlite_record, signed) == before
    sqlite_record.clock.forward(minutes=2)
    van.get("/van-thu")
    van.submit(f"/van-ban/{signed}/buoc/cap-so", {"paper_signed": "1"})
    assert row_of(sqlite_record, signed).reference_no == "01/KH-SKHCN"


def test_a_document_goes_over_the_table_from_number_to_issue(sign_in, sqlite_record: Record, signed):
    van, _ = queue_of(sign_in)
    van.submit("/buoc/cap-so", {"paper_signed": "1"})
    van.submit("/buoc/dong-dau")
    words = text_of(van.page.text)
    assert "Chờ phát hành 1" in words
    assert "Gửi đến 10 nơi nhận" in words
    assert "Phòng Quản lý khoa học" in words
    assert "(9 đơn vị)" in words
    assert f"/van-ban/{signed}/buoc/phat-hanh?ve=/van-thu" in van.page.text
    listed = re.search(r"Gửi đến (10 nơi nhận .*? \(9 đơn vị\))", words)[1]
    words = text_of(van.get(f"/van-ban/{signed}/buoc/phat-hanh?ve=/van-thu"))
    assert f"Phát hành đến {listed}" in words
    van.submit("/buoc/phat-hanh")
    assert row_of(sqlite_record, signed).state == "issued"
    assert "Đã phát hành lúc 12:00" in text_of(van.get("/van-thu"))


def test_voiding_takes_two_people_and_the_row_stays(sign_in, sqlite_record: Record, signed):
    sqlite_record.step("van", signed, "assign_number", paper_signed=True)
    sqlite_record.step("van", signed, "request_void", note="Trích yếu sai tên kế hoạch")
    van, words = queue_of(sign_in)
    assert "Lý do: Trích yếu sai tên kế hoạch" in words
    assert "Chờ xác nhận của: Trần Thị Ngọc Mai; Đoàn Quốc Việt" in words
    assert "/buoc/huy-so" not in van.page.text
    assert "Đang đề nghị hủy" in text_of(van.get("/so-van-ban"))
    mai = sign_in("mai")
    mai.get(f"/van-ban/{signed}/buoc/huy-so")
    mai.submit("/buoc/huy-so", {"note": "Đồng ý hủy, soạn lại trích yếu"})
    assert row_of(sqlite_record, signed).state == "voided"
    register = text_of(van.get("/so-van-ban"))
    assert "01/KH-SKHCN" in register
    assert "Hủy ngày 20/4/2026: Đồng ý hủy, soạn lại trích yếu" in register
    assert "Sổ liên tục 01–01, 1 số hủy." in register
    again = sqlite_record.draft()
    assert sqlite_record.bring_to(again, "assign_number").reference_no == "02/KH-SKHCN"


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0, "Phải phát hành trong ngày ký, chậm nhất hết ngày 21/04"),
        (24, "Hôm nay là ngày cuối: phải phát hành chậm nhất hết ngày 21/04"),
        (48, "Quá hạn phát hành 1 ngày: phải xong chậm nhất hết ngày 21/04"),
    ],
)
def test_the_time_left_is_said_in_words(sign_in, sqlite_record: Record, signed, hours, words):
    sqlite_record.clock.forward(hours=hours)
    assert words in queue_of(sign_in)[1]


def test_what_is_signed_before_days_off_may_still_go_out_after_them(sign_in, sqlite_record: Record):
    sqlite_record.clock.now = datetime(2026, 4, 24, 10, 0, tzinfo=UTC)
    sqlite_record.bring_to(sqlite_record.draft(), "sign")
    assert "chậm nhất hết ngày 28/04" in queue_of(sign_in)[1]


@pytest.mark.parametrize("login", ["lan", "mai", "minh", "huy"])
def test_only_the_clerk_has_this_table(sign_in, signed, login):
    page = sign_in(login).get("/van-thu", status=403)
    assert "Người làm được: Nguyễn Thu Vân" in text_of(page)
    assert "Thực hiện dân chủ" not in page


def test_the_clerk_of_another_agency_sees_his_own_table(sign_in, signed):
    _, words = queue_of(sign_in, "xuan")
    assert "Không có văn bản chờ cấp số." in words
    assert "Thực hiện dân chủ" not in words


@pytest.mark.tampered
def test_many_documents_cost_no_more_statements_and_come_in_pages(sign_in, sqlite_record: Record, signed):
    van = sign_in("van")
    multiply(sqlite_record, signed, 9)
    with counted(sqlite_record) as few:
        van.get("/van-thu")
    multiply(sqlite_record, signed, 990)
    with counted(sqlite_record) as many:
        page = van.get("/van-thu")
    assert len(many) == len(few)
    assert len(page.encode()) < 60_000
    assert "Hiện 20 trên 1.000 văn bản" in text_of(page)
    shown = set(re.findall(r'id="giay-(\d+)"', page))
    following = re.search(r'rel="next" href="([^"]+)"', page)[1].replace("&amp;", "&")
    second = set(re.findall(r'id="giay-(\d+)"', van.get(following)))
    assert len(shown) == len(second) == 20
    assert not shown & second


def test_a_page_address_that_says_nonsense_starts_at_the_beginning(sign_in, signed):
    _, words = queue_of(sign_in, path="/van-thu?nhom=cap-so&sau=hom-qua~x")
    assert "Nếu cấp bây giờ: 01/KH-SKHCN" in words


def test_before_it_goes_out_the_page_says_under_which_number_and_to_whom(sign_in, sqlite_record: Record):
    recipients = (Recipient("UBND tỉnh (b/c)"), Recipient("Phòng Quản lý khoa học"), Recipient("Lưu: VT, VP"))
    document_id = sqlite_record.draft(content=plan(recipients=recipients))
    sqlite_record.bring_to(document_id, "seal")
    words = text_of(sign_in("van").get(f"/van-ban/{document_id}/buoc/phat-hanh"))
    told = words.split("Số, ký hiệu", 1)[1].split("Mã nội dung", 1)[0]
    assert "01/KH-SKHCN" in told
    assert "20/4/2026" in told
    assert "UBND tỉnh (b/c)" in told
    assert "Phòng Quản lý khoa học" in told
