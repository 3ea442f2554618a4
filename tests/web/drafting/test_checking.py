"""The list "Trước khi trình" beside the text: by the same rules as the lint, and no praise for what nobody judged."""

import pytest

from tests.record import Record, plan
from tests.web.conftest import text_of
from workflow.content import Basis, Content, Node, Obligation, Task

ORDERED = "Hạn của đơn vị sớm hơn hạn gửi lên trên"


def checks(sign_in, record: Record, *duties: Obligation) -> str:
    words = tuple(duty.raw for duty in duties)
    return checks_of(
        sign_in, record, plan(sections=(Node("I", "TỔ CHỨC THỰC HIỆN", words, obligations=duties),))
    )


def checks_of(sign_in, record: Record, content: Content) -> str:
    """The list beside the text, and what is asked about before it is sent: there the lint stands not beside it."""
    document_id = record.draft(content=content)
    lan = sign_in("lan")
    page = lan.get(f"/van-ban/{document_id}/sua")
    asked = lan.submit(f"/van-ban/{document_id}/sua", {"archive_line": "Lưu: VT, VP.", "send": "1"})
    return own_list(page) + text_of(asked.text[asked.text.index("<main") :].partition('id="soan"')[0])


def own_list(page: str) -> str:
    return text_of(page[page.index('id="kiem-tra"') :])


def duty(sender: str, to: str, day: int) -> Obligation:
    raw = f"{sender} báo cáo {to} trước ngày {day}/11 hằng năm."
    return Obligation(sender, to, recurrence="yearly", due_month=11, due_day=day, raw=raw)


UNITS = "Các phòng, đơn vị thuộc Sở"


def test_the_office_that_collects_for_its_agency_is_followed_to_what_the_agency_sends(sign_in, sqlite_record):
    told = checks(sign_in, sqlite_record, duty(UNITS, "VP Sở", 20), duty("Sở", "Sở Nội vụ", 15))
    assert f"Hạn {UNITS} gửi VP Sở (20/11) phải trước hạn gửi Sở Nội vụ (15/11)" in told
    assert ORDERED not in told


def test_what_the_lint_says_beside_it_is_not_said_twice(sign_in, sqlite_record):
    raw = "Căn cứ Kế hoạch số 31/KH-UBND của UBND tỉnh"
    content = plan(
        subject="Kế hoạch đối thoại",
        bases=(Basis(raw),),
        sections=(
            Node("I", "MỤC ĐÍCH", ("Nêu rõ [điền mục đích].",)),
            Node("II", "NHIỆM VỤ", children=(Node("1", "", ("Họp các phòng./.",), task=Task()),)),
        ),
        archive_line="Lưu: VT, VP.",
    )
    document_id = sqlite_record.draft(content=content)
    page = sign_in("lan").get(f"/van-ban/{document_id}/sua")
    lint, own = text_of(page[page.index('id="the-thuc"') : page.index('id="kiem-tra"')]), own_list(page)
    for beside, here in (
        ("Bỏ chữ “Kế hoạch” ở đầu trích yếu", "Bỏ chữ “Kế hoạch”"),
        ("chưa ghi ngày ban hành", "chưa ghi đủ số, ngày"),
        ("chưa ghi đơn vị chủ trì", "Chọn đơn vị chủ trì"),
        ("chưa ghi thời gian thực hiện", "Chọn thời gian"),
    ):
        assert beside in lint, lint
        assert here not in own
    assert "điều gì chặn việc trình, xem ở Trước khi trình" in lint
    assert "0 lỗi" in own
    assert (
        "Điểm nào đã nêu ở Kiểm tra thể thức thì không nhắc lại ở đây, trong đó 1 lỗi chặn việc trình." in own
    )
    assert "Còn 1 lỗi phải sửa trước khi trình." in text_of(page)


def test_two_tiers_in_order_are_told_as_such(sign_in, sqlite_record):
    told = checks(sign_in, sqlite_record, duty(UNITS, "VP Sở", 10), duty("Sở", "Sở Nội vụ", 15))
    assert ORDERED in told


@pytest.mark.parametrize("to", ["Tổ giúp việc", "Tổ giúp việc và Văn phòng khác"])
def test_tiers_of_whom_nobody_knows_are_not_praised(sign_in, sqlite_record, to):
    told = checks(sign_in, sqlite_record, duty(UNITS, to, 20), duty("Sở", "Sở Nội vụ", 15))
    assert ORDERED not in told
    assert "phải trước hạn" not in told


def test_the_end_of_a_month_is_told_in_words(sign_in, sqlite_record):
    raw = f"{UNITS} báo cáo Văn phòng Sở."
    last = Obligation(UNITS, "Văn phòng Sở", recurrence="yearly", due_month=11, due_day="last", raw=raw)
    told = checks(sign_in, sqlite_record, last)
    assert "câu văn chưa ghi hạn cuối tháng 11 như trong thẻ" in told


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("Căn cứ chức năng, nhiệm vụ của Sở Khoa học và Công nghệ", False),
        ("Căn cứ Luật Đo lường", False),
        ("Căn cứ Kế hoạch số 31/KH-UBND ngày 05/02/2026 của UBND tỉnh", False),
        ("Căn cứ Kế hoạch số 31/KH-UBND của UBND tỉnh", True),
        ("Căn cứ Kế hoạch ngày 05/02/2026 của UBND tỉnh", True),
    ],
)
def test_a_basis_is_incomplete_by_its_words_as_the_lint_says(sign_in, sqlite_record, raw, told):
    said = f"Căn cứ “{raw}” chưa ghi đủ số, ngày"
    assert (said in checks_of(sign_in, sqlite_record, plan(bases=(Basis(raw),)))) is told
