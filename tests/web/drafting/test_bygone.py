"""A body that no longer exists is marked where the text read gives it something, before anything is stored."""

import re

from tests.web.conftest import text_of
from tests.web.drafting.test_importing import create, drafted, read_text
from tests.web.drafting.texts import PLAN

ENDED = "“Thanh tra Sở” đã kết thúc ngày 30/6/2025; việc đã chuyển về Phòng Kế hoạch, Tài chính và Pháp chế"


def card(page: str, part: str) -> str:
    """The words of one card: from its id to that of the next."""
    return text_of(
        "<p " + re.split(r'id="(?:nhiem-vu|bao-cao|noi-nhan)-|<section', page.split(f'id="{part}"')[1])[0]
    )


def test_a_unit_that_has_ended_is_marked_on_every_card_that_names_it(sign_in, sqlite_record):
    text = PLAN.replace("Phòng Chuyển đổi số", "Thanh tra Sở").replace(
        "- Sở Nội vụ (b/c);", "- Sở Nội vụ (b/c);\n- Thanh tra Sở;"
    )
    page = read_text(sign_in("lan"), text).text
    assert ENDED in card(page, "nhiem-vu-1")
    assert ENDED in card(page, "noi-nhan-1")
    assert page.count("đã kết thúc ngày") == 3
    assert f"{ENDED}: có ở 2 phần đề xuất, đã đánh dấu." in text_of(page)


def test_the_mark_goes_with_the_name_as_it_is_typed_over(sign_in, sqlite_record):
    lan = sign_in("lan")
    read_text(lan, PLAN)
    assert "đã kết thúc ngày" not in lan.page.text
    page = lan.submit("/ke-hoach/nhap", {"tasks-0-leads": "Văn phòng Sở\nThanh tra Sở", "redraw": "1"}).text
    assert ENDED in card(page, "nhiem-vu-0")
    page = lan.submit("/ke-hoach/nhap", {"tasks-0-leads": "Văn phòng Sở", "redraw": "1"}).text
    assert "đã kết thúc ngày" not in page


def test_a_body_above_that_was_dissolved_is_marked_and_the_draft_may_still_be_made(sign_in, sqlite_record):
    lan = sign_in("lan")
    page = read_text(lan, PLAN.replace("- Sở Nội vụ (b/c);", "- Sở Kế hoạch và Đầu tư (b/c);")).text
    gone = "“Sở Kế hoạch và Đầu tư” đã kết thúc ngày 28/02/2025; việc đã chuyển về Sở Tài chính"
    assert gone in card(page, "noi-nhan-0")
    content = drafted(sqlite_record, create(lan)).content
    assert content.recipients[0].name == "Sở Kế hoạch và Đầu tư"


def test_what_running_text_says_of_such_a_body_is_told_once(sign_in, sqlite_record):
    text = PLAN.replace("Mỗi ý kiến có", "Thanh tra Sở theo dõi để mỗi ý kiến có")
    words = text_of(read_text(sign_in("lan"), text).text)
    assert f"{ENDED}: được nhắc trong lời văn." in words
    assert words.count("đã kết thúc ngày") == 1
