"""The signer or the director agrees that a plan ends: a page of its own, offered to nobody else."""

import pytest

from tests.web.conftest import text_of
from tests.web.reporting.conftest import Year
from tests.workflow.acts import agree


@pytest.fixture
def year(sqlite_record) -> Year:
    return Year(sqlite_record)


@pytest.mark.parametrize("login", ["mai", "viet"])
def test_the_plans_page_leads_to_it_and_says_afterwards_what_was_said(sign_in, year: Year, login):
    way, home = f"/van-ban/{year.plan_id}/dong-y-ket-thuc", f"/van-ban/{year.plan_id}"
    person = sign_in(login)
    assert f'href="{way}"' in person.get(home)
    assert "Kế hoạch chưa kết thúc ngay" in text_of(person.get(way))
    short = person.submit(way, {"reason": "đã xong"})
    assert short.status_code == 422
    assert "đã xong" in short.text
    words = text_of(person.submit(way, {"reason": "Các nhiệm vụ đã xong"}).text)
    assert "Đã ghi ý kiến đồng ý kết thúc kế hoạch." in words
    assert "Đồng ý kết thúc kế hoạch" in words
    assert f'href="{way}"' not in person.page.text
    assert "Các nhiệm vụ đã xong" in words
    again = person.get(way, status=422)
    assert "đã ghi ý kiến đồng ý rồi" in text_of(again)


@pytest.mark.parametrize("login", ["hung", "lan", "van", "nhung", "huy", "minh"])
def test_nobody_else_is_led_there_or_heard(sign_in, year: Year, login):
    way, home = f"/van-ban/{year.plan_id}/dong-y-ket-thuc", f"/van-ban/{year.plan_id}"
    person = sign_in(login)
    assert way not in person.get(home)
    able = [year.record.directory.by_login[name].name for name in ("mai", "viet")]
    assert f"Người làm được: {'; '.join(able)}" in text_of(person.get(way, status=403))
    assert person.post(way, {"reason": "Các nhiệm vụ đã xong", "seen_version": "1"}).status_code == 403


def test_a_page_that_grew_old_is_not_agreed_on(sign_in, year: Year):
    way = f"/van-ban/{year.plan_id}/dong-y-ket-thuc"
    mai = sign_in("mai")
    mai.get(way)
    agree(year.record, year.plan_id, "viet")
    answer = mai.submit(way, {"reason": "Các nhiệm vụ đã xong"})
    assert answer.status_code == 409
    assert "kế hoạch đã thay đổi" in text_of(answer.text)
    assert "Các nhiệm vụ đã xong" in answer.text
