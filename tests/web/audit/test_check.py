"""The check of the whole log, the proof of one event, and the notes to keep outside."""

import json

import pytest

from tests.record import Record
from tests.web.audit.logs import change_one_byte, number_of
from tests.web.conftest import text_of
from workflow.engine import Identity
from workflow.log.key import PublicKey
from workflow.log.receipt import Receipt, verify_receipt
from workflow.models import Document
from workflow.verification import verify

BUTTON = 'action="/lich-su/kiem-tra"'


@pytest.fixture
def issued(sqlite_record: Record) -> int:
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "issue")
    return document_id


def test_an_untouched_log_is_said_to_be_whole_with_its_counts(sign_in, sqlite_record: Record, issued):
    minh = sign_in("minh")
    assert "Chuỗi lịch sử chưa được kiểm tra lần nào." in text_of(minh.get("/lich-su"))
    minh.get("/lich-su/kiem-tra")
    minh.submit("/lich-su/kiem-tra")
    with sqlite_record.engine.reading(Identity(rule="test")) as w:
        size = verify(w).size
    # One event more than was checked: the one that says so.
    sentence = f"Chuỗi lịch sử nguyên vẹn: {size - 1}/{size - 1} sự kiện khớp mã băm."
    for path in ("/lich-su/kiem-tra", "/lich-su"):
        assert sentence in text_of(minh.get(path))
    assert "Kiểm tra toàn bộ nhật ký" in text_of(minh.get("/lich-su?truy_cap=kiem-tra"))


@pytest.mark.tampered
def test_one_byte_changed_is_named_by_its_event_and_no_page_calls_the_log_whole(
    sign_in, sqlite_record, issued
):
    minh = sign_in("minh")
    minh.post("/lich-su/kiem-tra")
    number = number_of(sqlite_record, "approve_content")
    change_one_byte(sqlite_record, number)
    # Even before the next check, a page that shows the event does not call the log whole.
    page = text_of(minh.get("/lich-su"))
    assert "nguyên vẹn" not in page
    assert f"#{number:04d}" in page
    minh.post("/lich-su/kiem-tra")
    sentence = f"Chuỗi đứt tại sự kiện #{number:04d} : mã ghi"
    for path in ("/lich-su/kiem-tra", "/lich-su", "/lich-su?dang=bang", "/lich-su?q=zzz"):
        page = minh.get(path)
        assert "nguyên vẹn" not in page
        if "bang" in path or path == "/lich-su":
            assert f"#{number:04d}" in page
        else:
            assert sentence in text_of(page)
            assert f"{number - 1} sự kiện trước đó khớp." in text_of(page)
            assert f'href="/lich-su/{number}"' in page
    page = minh.get(f"/lich-su/{number}")
    assert "nguyên vẹn" not in page
    assert "không khớp mã đã ghi" in text_of(page)
    assert "không ra gốc của mốc đã ký" in text_of(page)
    for path in ("/quan-tri/uy-quyen", "/quan-tri/quy-trinh", "/quan-tri/nguoi-dung"):
        assert "nguyên vẹn" not in minh.get(path)


@pytest.mark.tampered
def test_a_broken_log_gets_no_new_signature(sign_in, sqlite_record: Record, issued):
    minh = sign_in("minh")
    minh.post("/lich-su/kiem-tra")
    before = minh.client.get("/lich-su/moc.txt").text
    change_one_byte(sqlite_record, number_of(sqlite_record, "sign"))
    minh.post("/lich-su/kiem-tra")
    assert minh.client.get("/lich-su/moc.txt").text == before


@pytest.mark.parametrize(
    ("login", "may"),
    [("minh", True), ("viet", True), ("hung", True), ("huy", True), ("lan", False), ("van", False)],
)
def test_who_may_have_the_log_checked(sign_in, sqlite_record: Record, login, may):
    person = sign_in(login)
    assert (BUTTON in person.get("/lich-su")) is may
    answer = person.post("/lich-su/kiem-tra", follow=False)
    assert answer.status_code == (303 if may else 403)
    assert ("nguyên vẹn" in person.get("/lich-su/kiem-tra")) is may


def test_the_button_says_again_only_once_something_was_checked(sign_in, sqlite_record: Record):
    minh = sign_in("minh")
    for path in ("/lich-su", "/lich-su/kiem-tra"):
        page = minh.get(path)
        assert BUTTON in page
        assert "Kiểm tra lại" not in text_of(page)
    minh.submit("/lich-su/kiem-tra")
    for path in ("/lich-su", "/lich-su/kiem-tra"):
        assert "Kiểm tra lại" in text_of(minh.get(path))


def test_a_receipt_proves_its_event_with_nothing_but_the_public_key(sign_in, sqlite_record: Record, issued):
    minh, number = sign_in("minh"), number_of(sqlite_record, "sign")
    page = minh.get(f"/lich-su/{number}")
    assert "ra đúng gốc của mốc" in text_of(page)
    receipt = Receipt.from_bytes(minh.client.get(f"/lich-su/{number}/bien-nhan").data)
    told = json.loads(minh.client.get("/lich-su.json?hanh_dong=ky").data)
    key = PublicKey.from_text(told["public_key"])
    assert key.text in text_of(page)
    stored = told["events"][0]["stored"].encode()
    assert verify_receipt(receipt, key, stored=stored).size == number


def test_an_event_after_the_last_note_says_so_and_gets_its_proof_with_the_next_check(
    sign_in, sqlite_record, issued
):
    minh, number = sign_in("minh"), number_of(sqlite_record, "issue")
    assert "Chưa có mốc ký nào gồm sự kiện này" in text_of(minh.get(f"/lich-su/{number}"))
    answer = minh.client.get(f"/lich-su/{number}/bien-nhan")
    assert answer.status_code == 404
    assert "Chưa lập được biên nhận" in text_of(answer.text)
    minh.post("/lich-su/kiem-tra")
    assert "ra đúng gốc của mốc" in text_of(minh.get(f"/lich-su/{number}"))
    key = PublicKey.from_text(json.loads(minh.client.get("/lich-su.json").data)["public_key"])
    verify_receipt(Receipt.from_bytes(minh.client.get(f"/lich-su/{number}/bien-nhan").data), key)


def test_notes_are_listed_to_copy_and_the_newest_can_be_taken_away(sign_in, sqlite_record: Record, issued):
    minh = sign_in("minh")
    minh.post("/lich-su/kiem-tra")
    newest = minh.client.get("/lich-su/moc.txt").text
    assert newest.splitlines()[1].isdigit()
    assert text_of(minh.get("/lich-su/kiem-tra")).count("Chép mốc") == 2
    assert newest.splitlines()[-1] in minh.page.text


def test_without_any_note_the_page_says_when_the_first_comes(sign_in):
    lan = sign_in("lan")
    assert "Chưa có mốc ký nào." in text_of(lan.get("/lich-su/kiem-tra"))
    assert lan.client.get("/lich-su/moc.txt").status_code == 404


def test_an_event_shows_all_its_body_and_its_neighbours_in_the_chain(sign_in, sqlite_record: Record, issued):
    minh, number = sign_in("minh"), number_of(sqlite_record, "sign")
    page = text_of(minh.get(f"/lich-su/{number}"))
    told = json.loads(minh.client.get("/lich-su.json?hanh_dong=ky").data)["events"][0]
    assert told["stored"] in page
    for words in (
        "Trần Thị Ngọc Mai",
        "KT. GIÁM ĐỐC",
        "Quyết định số 15/QĐ-SKHCN",
        "ký ban hành",
        "Đã ký, chờ cấp số",
    ):
        assert words in page
    for other in ("check_format", "assign_number"):
        assert f'href="/lich-su/{number_of(sqlite_record, other)}"' in minh.page.text


def test_a_number_that_is_no_event_is_not_found(sign_in):
    sign_in("minh").get("/lich-su/999999", status=404)
    sign_in("minh").get("/lich-su/0", status=404)


@pytest.mark.tampered
def test_a_row_that_tells_another_story_than_the_log_is_named_though_every_event_holds(
    sign_in, sqlite_record, issued
):
    with sqlite_record.engine.work(Identity(rule="test")) as w:
        w.db.execute(Document.__table__.update().values(sealed=False))
    minh = sign_in("minh")
    minh.post("/lich-su/kiem-tra")
    for path in ("/lich-su", "/lich-su/kiem-tra"):
        page = text_of(minh.get(path))
        assert "nguyên vẹn" not in page
        assert "Dữ liệu không khớp nhật ký ở 1 chỗ" in page
    number = number_of(sqlite_record, "issue")
    assert f"Sự kiện #{number:04d}: văn bản đang lưu khác với điều nhật ký ghi" in page
