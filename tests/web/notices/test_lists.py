"""The list of notices, the count in the frame, and putting them away; without script, and only one's own."""

import re

from tests.record import Record
from tests.web.conftest import text_of
from tests.web.statements import statements
from tests.workflow.acts import REASON, at, issued_plan
from workflow.commands.tick import tick


def submitted(record: Record) -> int:
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    return plan_id


def test_a_notice_leads_to_its_document_and_is_put_away_by_a_press(sign_in, sqlite_record: Record):
    plan_id = submitted(sqlite_record)
    hung = sign_in("hung")
    page = hung.get("/thong-bao")
    text = text_of(page)
    assert "1 chưa xem" in text
    assert "Kế hoạch do Nguyễn Thị Lan chuyển đến. Thời hạn xử lý: 2 ngày làm việc." in text
    assert f'href="/van-ban/{plan_id}"' in page
    after = hung.submit("/da-xem")
    assert hung.page.request.path == "/thong-bao"
    assert "Đã xem hết" in text_of(after.text)
    assert "1 chưa xem" in text_of(sign_in("thu").get("/thong-bao"))


def test_opening_the_page_or_the_document_puts_nothing_away(sign_in, sqlite_record: Record):
    plan_id = submitted(sqlite_record)
    hung = sign_in("hung")
    for path in ("/thong-bao", f"/van-ban/{plan_id}", "/thong-bao"):
        page = hung.get(path)
    assert "1 chưa xem" in text_of(page)


def test_all_are_put_away_at_once_up_to_what_the_page_showed(sign_in, sqlite_record: Record):
    submitted(sqlite_record)
    hung = sign_in("hung")
    hung.get("/thong-bao")
    submitted(sqlite_record)
    page = hung.submit("/thong-bao/da-xem")
    assert "Đã đánh dấu 1 thông báo là đã xem." in text_of(page.text)
    assert "1 chưa xem" in text_of(page.text)


def test_a_form_leads_back_only_to_a_path_of_ours(sign_in, sqlite_record: Record):
    submitted(sqlite_record)
    answer = sign_in("hung").post("/thong-bao/1/da-xem", {"ve": "https://elsewhere.example/"}, follow=False)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/thong-bao")


def test_the_bell_counts_on_every_page_and_costs_no_statement(sign_in, sqlite_record: Record):
    hung = sign_in("hung")
    submitted(sqlite_record)
    hung.get("/viec")
    with statements(sqlite_record.engine) as one:
        page = hung.get("/viec")
    assert re.search(r'class="bell".*?<span class="count">1<span class="vh"> chưa xem', page, re.DOTALL)
    asking = [sent for sent in one if "notice" in sent]
    assert len(asking) == 1
    assert "FROM waiting" in asking[0]  # it rides along with the count of what waits
    hung.post("/thong-bao/1/da-xem")
    with statements(sqlite_record.engine) as none:
        page = hung.get("/viec")
    assert len(none) == len(one)
    assert 'class="bell"' in page
    assert "chưa xem" not in page


def test_each_kind_has_its_words(sign_in, sqlite_record: Record):
    record = sqlite_record
    plan_id = issued_plan(record)
    number = text_of(sign_in("khoi").get("/thong-bao"))
    assert "Kế hoạch số" in number
    assert "đã được phát hành." in number
    at(record, 2026, 11, 6)
    tick(record.engine)
    sign_in("nhung").enter()
    due = text_of(sign_in("nhung").get("/thong-bao"))
    assert "trước ngày 10/11/2026, muộn nhất hết ngày 09/11/2026" in due
    assert "Còn 3 ngày" in due
    assert "Báo cáo năm 2026 của Phòng Quản lý khoa học" in due
    at(record, 2026, 11, 12)
    tick(record.engine)
    sign_in("khoi").enter()
    late = sign_in("khoi").get("/thong-bao")
    assert "Quá hạn 3 ngày" in text_of(late)
    assert 'href="/han"' in late
    returned = record.draft()
    record.step("lan", returned, "submit")
    record.step("hung", returned, "return", note=REASON)
    sign_in("lan").enter()
    page = text_of(sign_in("lan").get("/thong-bao"))
    assert "Phạm Quốc Hùng đã trả lại." in page
    assert REASON not in page
    assert plan_id


def test_a_subject_that_looks_like_a_page_stays_text(sign_in, sqlite_record: Record):
    from tests.record import plan

    plan_id = sqlite_record.draft(content=plan(subject="<img src=x onerror=alert(1)>"))
    sqlite_record.step("lan", plan_id, "submit")
    page = sign_in("hung").get("/thong-bao")
    assert "<img" not in page
    assert "&lt;img src=x" in page


def test_the_list_is_behind_the_door(app):
    for path in ("/thong-bao", "/thong-bao/cach-nhan", "/quan-tri/thu"):
        answer = app.test_client().get(path)
        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/dang-nhap?toi=")
