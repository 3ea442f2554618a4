"""The letter a person gets: reads well as text and as HTML, says the same in both, and its links only open."""

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from typing import Any

import pytest
from flask import url_for

from tests.mailbox import SENDER, URL, parts
from tests.web.conftest import text_of
from web.notices.letters import subject_of, written
from web.notices.wording import GROUPS, line_of
from workflow.commands.notices import Telling
from workflow.queries.mail import Letter
from workflow.queries.notices import Told

NOON = datetime(2026, 11, 6, 5, 0, tzinfo=UTC)

DUE: dict[str, Any] = {
    "plan": "Thực hiện dân chủ trong cơ quan", "reference_no": "52/KH-SKHCN", "unit": "Phòng Quản lý khoa học",
    "receiver": "Văn phòng Sở", "tier": 1, "year": 2026, "period": "2026", "last_on_time": "2026-11-09",
    "inclusive": False, "told_on": "2026-11-06",
}  # fmt: skip
STEP: dict[str, Any] = {
    "subject": "Cải cách hành chính năm 2027", "procedure": "ke_hoach", "label": "Chờ ký", "by": "Phạm Quốc Hùng",
    "unit": "Văn phòng Sở", "within": 2,
}  # fmt: skip
OWED: dict[str, Any] = {
    "plan": "Công tác dân vận năm 2026", "reference_no": "14/KH-SKHCN", "unit": "Phòng Quản lý khoa học",
}  # fmt: skip
ABOVE: dict[str, Any] = {
    "subject": "Chuyển đổi số năm 2027", "procedure": "ke_hoach", "unit": "Phòng Chuyển đổi số", "label": "Chờ ký",
    "awaited": ["Đỗ Thanh Sơn"], "since": "2026-11-03T02:00:00.000000+00:00", "within": 2,
}  # fmt: skip
MISSING: dict[str, Any] = {
    "plan": "Thực hiện dân chủ trong cơ quan", "reference_no": "52/KH-SKHCN", "receiver": "Văn phòng Sở",
    "year": 2026, "period": "2026", "last_on_time": "2026-11-03", "count": 3,
    "units": ["Phòng Chuyển đổi số", "Phòng Quản lý khoa học"],
}  # fmt: skip
FACTS = {
    "due": DUE,
    "late": DUE | {"last_on_time": "2026-11-03"},
    "waits": STEP,
    "returned": STEP,
    "report_returned": STEP | {"procedure": "bao_cao_don_vi", "new_due": "2026-11-20"},
    "issued": STEP | {"reference_no": "61/KH-SKHCN"},
    "reminded": STEP | {"title": "Chánh Văn phòng", "since": "2026-11-04T02:00:00.000000+00:00"},
    "asked": STEP | {"title": "Phó Giám đốc", "by": "Trần Thị Ngọc Mai", "remark": 5},
    "answered": STEP | {"title": "Chuyên viên", "by": "Hoàng Văn Đức", "remark": 5},
    "escalated": ABOVE,
    "overdue": MISSING,
    "task_opened": OWED | {"task": 12, "ref": "II.4", "title": "Triển khai nghị định", "due": "2026-12-31",
                           "source": "Nghị định số 59/2026/NĐ-CP ngày 02/11/2026"},
    "new_day": OWED | {"year": 2026, "period": "2026", "due": "2026-11-09", "new_day": "2026-11-20"},
    "named": OWED | {"obligation": 4, "receiver": "Văn phòng Sở", "source": "Ý kiến của Giám đốc ngày 20/4/2026"},
    "date_set": OWED | {"obligation": 3, "receiver": "UBND tỉnh", "month": 12, "day": 1, "inclusive": False,
                        "source": "Công văn số 9/UBND-NC ngày 02/02/2026"},
}  # fmt: skip


def told(kind: str, number: int = 1, **facts: Any) -> Told:
    return Told(number, kind, 7, None, NOON, None, FACTS[kind] | facts)


def letter(*notices: Told, **how: Any) -> Letter:
    values: dict[str, Any] = {
        "mail_id": 3, "key": "digest:4:2026-11-06", "again": False, "at": NOON, "person_name": "Tạ Đình Khôi",
        "address": "khoi@hoa-an.example", "agency_name": "Sở Khoa học và Công nghệ",
        "parent_name": "UBND tỉnh Hòa An", "notices": notices,
    }  # fmt: skip
    return Letter(**values | how)


def sent(found: Letter) -> EmailMessage:
    """As a reader gets it: over the wire and back."""
    data = written(found, public_url=URL, sender=SENDER).as_bytes(policy=policy.SMTP)
    assert max(len(line) for line in data.split(b"\r\n")) <= 998
    assert data.isascii()
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


ALL = tuple(told(kind, number) for number, kind in enumerate(FACTS, 1))


def test_it_greets_by_name_groups_by_what_presses_and_says_who_writes():
    text, _ = parts(sent(letter(*ALL)))
    assert text.startswith("Kính gửi Tạ Đình Khôi,\n\nThứ Sáu, 06/11/2026, các việc mới")
    headings = [f"{name} (1)" for kind, name in GROUPS.items() if kind in FACTS]
    assert [text.index(name) for name in headings] == sorted(text.index(name) for name in headings)
    assert "- 52/KH-SKHCN: Thực hiện dân chủ trong cơ quan\n  Quá hạn 3 ngày. Báo cáo năm 2026 của" in text
    assert "Hạn mới: hết ngày 20/11/2026." in text
    assert "Kế hoạch số 61/KH-SKHCN đã được phát hành." in text
    assert text.rstrip().endswith(f"Đổi cách nhận thư: {URL}/thong-bao/cach-nhan")
    assert "\n\n\n" not in text
    assert not re.search(r"[ \t]\n", text)


def test_every_kind_that_the_engine_tells_has_its_heading_and_a_new_one_is_told_all_the_same():
    said = re.search(r"Kinds: (.*?)\.", Telling.__doc__ or "", re.DOTALL)[1]
    kinds = set(re.findall(r"[a-z_]+", re.sub(r"\([^)]*\)", "", said)))
    assert kinds == set(GROUPS)
    text, _ = parts(sent(letter(told("waits"), Told(2, "brand_new", 8, None, NOON, None, STEP))))
    assert "Việc khác (1)" in text


def test_a_reminder_names_who_reminds_and_since_when_it_waits():
    text, _ = parts(sent(letter(told("reminded"))))
    flat = " ".join(text.split())
    assert (
        "Nhắc: chờ ký. Phạm Quốc Hùng, Chánh Văn phòng nhắc: Kế hoạch chờ xử lý từ 04/11/2026 09:00. "
        f"{URL}/van-ban/7"
    ) in flat


def test_a_question_leads_to_where_it_is_answered_and_says_that_an_answer_signs_nothing():
    text, _ = parts(sent(letter(told("asked"), told("answered", 2))))
    flat = " ".join(text.split())
    assert (
        "Hỏi ý kiến. Trần Thị Ngọc Mai, Phó Giám đốc hỏi ý kiến về kế hoạch (chờ ký). Câu hỏi và chỗ trả lời ở trang "
        f"văn bản; câu trả lời không thay cho duyệt hay ký. {URL}/van-ban/7/gop-y/5"
    ) in flat
    assert "Đã trả lời. Hoàng Văn Đức, Chuyên viên đã trả lời câu hỏi về kế hoạch." in flat


def test_who_is_above_reads_who_keeps_it_since_when_and_that_it_is_not_for_him_to_take():
    text, _ = parts(sent(letter(told("escalated"), told("overdue", 2))))
    flat = " ".join(text.split())
    assert (
        "- Chuyển đổi số năm 2027 Quá thời hạn xử lý. Kế hoạch do Phòng Chuyển đổi số soạn thảo: chờ ký, chờ "
        "Đỗ Thanh Sơn từ 03/11/2026 09:00, quá thời hạn 2 ngày làm việc. Báo để đôn đốc; người xử lý và thẩm quyền "
        f"không đổi. {URL}/van-ban/7"
    ) in flat
    assert (
        "- 52/KH-SKHCN: Thực hiện dân chủ trong cơ quan Quá hạn 3 ngày. 3 đơn vị chưa gửi báo cáo năm 2026 cho Văn "
        "phòng Sở, hạn hết ngày 03/11/2026: Phòng Chuyển đổi số; Phòng Quản lý khoa học và 1 đơn vị khác."
    ) in flat


def test_a_unit_reads_what_was_decided_about_its_work_and_until_when():
    text, _ = parts(
        sent(letter(told("task_opened"), told("new_day", 2), told("date_set", 3), told("named", 4)))
    )
    flat = " ".join(text.split())
    assert (
        "Nhiệm vụ bắt đầu. Mục II.4: Triển khai nghị định. Phòng Quản lý khoa học chủ trì. Đã có Nghị định số "
        f"59/2026/NĐ-CP ngày 02/11/2026. Thời hạn: hết ngày 31/12/2026. {URL}/nhiem-vu/12"
    ) in flat
    assert (
        "Hạn mới. Báo cáo năm 2026 của Phòng Quản lý khoa học: Văn phòng chờ đến hết ngày 20/11/2026. Đúng hạn hay "
        f"muộn vẫn tính theo hạn ban đầu, hết ngày 09/11/2026. Lý do ở lịch sử kế hoạch. {URL}/han"
    ) in flat
    assert (
        "Đã có hạn. Báo cáo của Phòng Quản lý khoa học gửi UBND tỉnh: trước ngày 01/12, muộn nhất hết ngày 30/11 "
        f"hằng năm, theo Công văn số 9/UBND-NC ngày 02/02/2026. {URL}/han"
    ) in flat
    assert (
        "Phải báo cáo. Phòng Quản lý khoa học được xác định là đơn vị báo cáo Văn phòng Sở, theo Ý kiến của Giám đốc "
        f"ngày 20/4/2026. {URL}/han"
    ) in flat
    assert "chậm nhất là ngày 01/12 hằng năm" in line_of(told("date_set", inclusive=True), NOON.date()).text


def test_who_may_not_read_the_document_is_led_to_where_it_is_counted_and_reads_no_word_of_it():
    hidden = {name: value for name, value in ABOVE.items() if name != "subject"} | {"unseen": True}
    line = line_of(Told(1, "escalated", 7, None, NOON, None, hidden), NOON.date())
    assert (line.title, line.path) == ("Kế hoạch do Phòng Chuyển đổi số soạn thảo", "/tong-quan")


def test_text_and_html_say_the_same():
    text, html = parts(sent(letter(*ALL)))
    shown = " ".join(text_of(html).split())
    for found in ALL:
        line = line_of(found, NOON.date())
        for words in (line.title, line.text, line.tag):
            assert words in " ".join(text.split())
            assert words in shown


def test_every_link_opens_a_page_of_ours_and_none_does_anything(app):
    text, html = parts(sent(letter(*ALL)))
    links = set(re.findall(r"https?://[^\s\"<]+", text)) | {
        unescape(x) for x in re.findall(r'href="([^"]+)"', html)
    }
    assert {link.removeprefix(URL) for link in links} == {
        "/van-ban/7",
        "/van-ban/7/gop-y/5",
        "/han",
        "/nhiem-vu/12",
        "/thong-bao",
        "/thong-bao/cach-nhan",
    }
    adapter = app.url_map.bind("localhost")
    for link in links:
        endpoint, _ = adapter.match(link.removeprefix(URL), method="GET")
        assert endpoint in {
            "documents.show", "documents.one_remark", "reporting.deadlines", "reporting.task", "notices.mine",
            "notices.choices",
        }  # fmt: skip
    with app.test_request_context():
        assert url_for("documents.show", document_id=7) == "/van-ban/7"


def test_the_html_brings_nothing_from_elsewhere():
    _, html = parts(sent(letter(*ALL)))
    assert not re.search(r"<(img|script|link|iframe|form|input|button)\b|url\(", html)
    assert '<html lang="vi">' in html


@pytest.mark.parametrize("kind", FACTS)
def test_one_piece_of_news_is_told_in_the_subject(kind: str):
    subject = subject_of(letter(told(kind)))
    assert line_of(told(kind), NOON.date()).title in subject
    assert len(subject) <= 110


def test_a_digest_counts_what_presses_most():
    found = letter(told("late"), told("due", 2), told("due", 3), told("waits", 4))
    assert subject_of(found) == "Ngày 06/11/2026: 1 báo cáo quá hạn, 2 báo cáo sắp đến hạn và việc khác"


def test_a_letter_that_is_sent_again_says_so_and_keeps_its_name():
    first, second = sent(letter(*ALL)), sent(letter(*ALL, again=True))
    assert second["Subject"].startswith("(gửi lại) ")
    assert all("Thư này được gửi lại" in part for part in parts(second))
    assert not any("gửi lại" in part for part in parts(first))
    assert first["Message-ID"] == second["Message-ID"] == "<digest.4.2026-11-06@trinhky.hoa-an.example>"


def test_the_heads_say_who_to_whom_and_that_no_machine_need_answer():
    found = sent(letter(*ALL))
    assert found["From"] == f"Trình ký, Sở Khoa học và Công nghệ <{SENDER}>" or SENDER in found["From"]
    assert found["To"].addresses[0].addr_spec == "khoi@hoa-an.example"
    assert found["To"].addresses[0].display_name == "Tạ Đình Khôi"
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["Date"].datetime == NOON


@pytest.mark.parametrize("unkind", ["a\r\nBcc: x@y.example", "a\nb", "<script>alert(1)</script>", "x" * 600])
def test_an_unkind_subject_breaks_out_of_nothing(unkind: str):
    found = sent(letter(told("waits", subject=unkind)))
    assert set(found.keys()) == {
        "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
    }  # fmt: skip
    _, html = parts(found)
    assert "<script" not in html
    assert len(found["Subject"]) <= 110


@pytest.mark.parametrize(
    "trick", ["Lan\r\nBcc: ai@xa.example", "Lan\x00\x07\u2028Bcc: ai@xa.example", "Lân, ai@xa.example"]
)
def test_no_name_and_no_subject_breaks_out_of_its_header(trick):
    message = sent(letter(told("waits", subject=trick), person_name=trick, agency_name=trick))
    assert message["Bcc"] is None
    assert [one.addr_spec for one in message["To"].addresses] == ["khoi@hoa-an.example"]
    assert [one.addr_spec for one in message["From"].addresses] == [SENDER]
    for name in ("To", "From", "Subject"):
        assert str(message[name]).isprintable(), name
