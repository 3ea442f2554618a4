"""Nhắc on the document's page: a press for whom it helps, a sentence where it was done, nothing for the others."""

from tests.record import Record
from tests.web.conftest import Door, text_of
from tests.web.statements import statements
from tests.workflow.acts import at


def awaiting_signature(record: Record) -> int:
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    return plan_id


def test_one_press_reminds_and_the_page_says_from_when_again(sign_in: Door, sqlite_record: Record):
    plan_id = awaiting_signature(sqlite_record)
    lan = sign_in("lan")
    page = lan.get(f"/van-ban/{plan_id}")
    assert "Nhắc Trần Thị Ngọc Mai xử lý Thực hiện dân chủ" in text_of(page)
    answer = lan.submit(f"/van-ban/{plan_id}/nhac")
    read = text_of(answer.text)
    assert "Đã nhắc. Nhắc lại được từ ngày làm việc sau." in read
    assert "Nguyễn Thị Lan đã nhắc lúc 20/4/2026 12:00 . Nhắc lại được từ ngày 21/4/2026." in read
    assert f'action="/van-ban/{plan_id}/nhac"' not in answer.text
    history = read[read.index("Lịch sử phê duyệt") :]
    assert "Nhắc Trần Thị Ngọc Mai" in history
    bell = text_of(sign_in("mai").get("/thong-bao"))
    assert "Nguyễn Thị Lan, Chuyên viên nhắc: Kế hoạch chờ xử lý từ 20/4/2026 12:00." in bell


def test_a_press_on_an_old_page_says_why_nothing_was_done(sign_in: Door, sqlite_record: Record):
    plan_id = awaiting_signature(sqlite_record)
    lan, hung = sign_in("lan"), sign_in("hung")
    lan.get(f"/van-ban/{plan_id}")
    hung.get(f"/van-ban/{plan_id}")
    hung.submit(f"/van-ban/{plan_id}/nhac")
    answer = lan.submit(f"/van-ban/{plan_id}/nhac")
    assert answer.status_code == 422
    assert (
        "Chưa nhắc: lần nhắc trước là của Phạm Quốc Hùng, lúc 20/4/2026 12:00. Nhắc lại được từ ngày làm việc sau, "
        "21/4/2026."
    ) in text_of(answer.text)


def test_the_button_is_there_only_for_whom_it_helps(sign_in: Door, sqlite_record: Record):
    plan_id = awaiting_signature(sqlite_record)
    for login, there in (("lan", True), ("hung", True), ("thu", True), ("duc", False), ("mai", False)):
        page = sign_in(login).get(f"/van-ban/{plan_id}")
        assert (f'action="/van-ban/{plan_id}/nhac"' in page) is there, login
    duc = sign_in("duc")
    duc.get(f"/van-ban/{plan_id}")
    answer = duc.post(f"/van-ban/{plan_id}/nhac")
    assert answer.status_code == 403
    assert "Chưa nhắc: việc này của người soạn thảo" in text_of(answer.text)
    assert sign_in("nhung").post(f"/van-ban/{plan_id}/nhac").status_code == 404
    draft = sqlite_record.draft()
    assert f'action="/van-ban/{draft}/nhac"' not in sign_in("lan").get(f"/van-ban/{draft}")


def test_reminders_cost_the_page_no_statement(sign_in: Door, sqlite_record: Record):
    plan_id = awaiting_signature(sqlite_record)
    lan = sign_in("lan")
    lan.get(f"/van-ban/{plan_id}")
    with statements(sqlite_record.engine) as before:
        lan.get(f"/van-ban/{plan_id}")
    for day in (21, 22, 23):
        at(sqlite_record, 2026, 4, day)
        lan.enter()
        lan.get(f"/van-ban/{plan_id}")
        lan.submit(f"/van-ban/{plan_id}/nhac")
    lan.get(f"/van-ban/{plan_id}")
    with statements(sqlite_record.engine) as after:
        lan.get(f"/van-ban/{plan_id}")
    assert len(after) == len(before)
