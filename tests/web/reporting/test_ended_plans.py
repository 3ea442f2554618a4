"""What bars the end of a plan is said by name; a plan that ended asks nobody for a report, on no page."""

import re
from datetime import UTC, datetime

import pytest

from tests.web.conftest import text_of
from tests.web.reporting.conftest import Year
from workflow.commands.tick import tick
from workflow.rules import RULES

DECEMBER = datetime(2026, 12, 10, 2, 0, tzinfo=UTC)
"""09:00 in Việt Nam, a month after the reports of the year were due."""


def test_the_page_names_what_is_still_owed_before_the_plan_may_end(sign_in, year: Year):
    hung = sign_in("hung")
    words = text_of(hung.get(f"/van-ban/{year.plan_id}"))
    assert (
        "9 báo cáo năm 2026 của Các phòng, đơn vị thuộc Sở gửi Văn phòng Sở, hạn trước ngày 10/11/2026"
        in words
    )
    assert "1 báo cáo năm 2026 của Văn phòng Sở gửi Sở Nội vụ, hạn trước ngày 15/11/2026" in words
    assert "Báo cáo xong hoặc miễn kèm lý do, rồi kết thúc kế hoạch." in words
    assert f"/van-ban/{year.plan_id}/buoc/ket-thuc" not in hung.page.text


@pytest.fixture
def ended(year: Year, monkeypatch) -> Year:
    """As plans could end before all of the year had to be settled: one report accepted, one begun, the others owed."""
    year.record.step("hung", year.send("QLKH"), "accept")
    year.begin("CDS")
    monkeypatch.setitem(RULES, "obligations_settled", lambda case, actor, step: None)
    year.record.step("hung", year.plan_id, "close", note="Kế hoạch dừng từ hôm nay")
    year.record.clock.now = DECEMBER
    assert tick(year.record.engine).reminded == 0
    return year


@pytest.mark.parametrize(
    ("login", "page"),
    [
        ("hung", "/viec"),
        ("hung", "/han"),
        ("hung", "/han?nam=2027"),
        ("hung", "/tong-hop"),
        ("hung", "/tong-hop?nam=2027"),
        ("mai", "/tong-quan"),
        ("mai", "/tong-quan?nam=2027"),
        ("khoi", "/viec"),
        ("yen", "/viec"),
        ("yen", "/han"),
        ("yen", "/han?nam=2027"),
    ],
)
def test_no_page_asks_for_a_report_of_a_plan_that_ended(sign_in, ended: Year, login, page):
    person = sign_in(login)
    words = text_of(person.get(page))
    assert re.search(r"uá hạn [1-9]|[1-9] (báo cáo )?quá hạn|trễ [1-9]", words) is None
    for asking in ("đã đến kỳ", "Chưa lập", "Chưa đến kỳ", "Kỳ này mở", "Chưa nhận"):
        assert asking not in words
    for act in ("/lap", "/mien", "/gia-han", "/ban-giao"):
        assert act not in person.page.text


def test_its_year_keeps_what_was_received_and_says_that_it_ended(sign_in, ended: Year):
    hung = sign_in("hung")
    for page in ("/han", "/tong-hop"):
        words = text_of(hung.get(page))
        assert "Thực hiện dân chủ trong cơ quan Đã kết thúc" in words
        assert "1/1" in words
    words = text_of(hung.get(f"/han/{ended.duty(1)}?nam=2026"))
    assert "Kế hoạch đã kết thúc." in words
    assert "Phòng Quản lý khoa học" in words
    assert "Phòng Chuyển đổi số" not in words
    assert "/mien" not in hung.page.text
    assert "Quá hạn, chưa gửi 0" in words
    assert hung.post(
        f"/han/ky/{ended.instance('BCVT')}/mien", {"reason": "Kế hoạch đã kết thúc"}
    ).status_code in (404, 409)
