"""The page on which a head gives a draft to another drafter."""

from datetime import date

from tests.record import Record
from tests.web.conftest import Door, text_of
from tests.workflow.acts import unseat


def test_the_head_gives_a_draft_and_the_other_goes_on_with_it(sign_in: Door, sqlite_record: Record):
    plan_id = sqlite_record.draft()
    unseat(sqlite_record, "lan", last_day=date(2026, 4, 19))
    way, home = f"/van-ban/{plan_id}/nguoi-soan", f"/van-ban/{plan_id}"
    hung, duc = sign_in("hung"), sign_in("duc")
    assert way in hung.get(home)
    assert way not in duc.get(home)
    hung.get(way)
    reason = "Chuyên viên Lan chuyển công tác"
    hung.submit(way, {"drafter": "", "reason": reason})
    assert hung.page.status_code == 422
    assert "Chọn người soạn tiếp" in text_of(hung.page.text)
    assert reason in hung.page.text
    hung.submit(way, {"drafter": str(sqlite_record.person("nhung")), "reason": reason})
    assert "Chọn người soạn khác" in text_of(hung.page.text)
    hung.submit(way, {"drafter": str(sqlite_record.person("duc")), "reason": reason})
    words = text_of(hung.page.text)
    assert "Đã giao dự thảo cho người soạn khác" in words
    assert "Giao người khác soạn" in words
    assert reason in words
    assert duc.client.get(f"{home}/sua").status_code == 200
    assert sqlite_record.directory.by_login["lan"].name in text_of(hung.get("/lich-su"))


def test_a_page_that_is_out_of_date_says_so_and_keeps_the_words(sign_in: Door, sqlite_record: Record):
    plan_id = sqlite_record.draft()
    way = f"/van-ban/{plan_id}/nguoi-soan"
    hung = sign_in("hung")
    said = {"drafter": str(sqlite_record.person("duc")), "reason": "Lan nghỉ dài ngày để chữa bệnh"}
    page = hung.post(way, {**said, "seen_version": "99"})
    assert page.status_code == 409
    assert "Chưa giao: dự thảo đã thay đổi" in text_of(page.text)
    assert said["reason"] in page.text


def test_nobody_else_comes_to_the_page_and_a_submitted_draft_has_none(sign_in: Door, sqlite_record: Record):
    plan_id = sqlite_record.draft()
    way = f"/van-ban/{plan_id}/nguoi-soan"
    assert "Chưa giao người khác soạn" in text_of(sign_in("lan").get(way, status=403))
    sign_in("khoi").get(way, status=404)
    sqlite_record.step("lan", plan_id, "submit")
    sign_in("hung").get(way, status=409)
    assert way not in sign_in("hung").get(f"/van-ban/{plan_id}")
