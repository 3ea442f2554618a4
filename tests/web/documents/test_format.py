"""The panel of the lint: on the page of a draft, in the editor, and before whoever checks the format."""

import re

import pytest

from tests.record import Record, plan
from tests.web.conftest import text_of
from tests.web.contents import clone, forget_rows
from tests.web.statements import statements
from tests.workflow.lint.texts import good
from workflow.content import Node, Recipient

SLIPPED = plan(
    subject="Kế hoạch thực hiện dân chủ",
    opening=("Sở  lập Kế hoạch như sau:",),
    sections=(Node("I", "VIỆC CẦN LÀM", ("Họp  mỗi quý.",)),),
    recipients=(Recipient("Sở Nội vụ;"), Recipient("Ban Giám đốc")),
)
IN_ORDER = good(field="to_chuc_hanh_chinh")
DOUBLE_SPACED = good(field="to_chuc_hanh_chinh", opening=("Sở Khoa học và Công nghệ  lập Kế hoạch như sau:",))


def panel(page: str) -> str:
    found = re.search(r'id="the-thuc".*?(?:</section>|</details>\s*<section)', page, re.DOTALL)
    assert found, text_of(page)[:500]
    return found[0]


def press(person, what: str, **more):
    """The button "Sửa giúp" of the last page."""
    return person.submit("/the-thuc/sua", {"what": what, **more})


def test_the_drafter_sees_what_is_found_with_its_place_and_article(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft(content=SLIPPED)
    shown = panel(sign_in("lan").get(f"/van-ban/{document_id}"))
    told = text_of(shown)
    assert "2 lỗi · 3 lưu ý" in told
    assert "Trích yếu . Bỏ chữ “Kế hoạch” ở đầu trích yếu" in told
    assert "NĐ 30/2020, Phụ lục I, Phần I, mục II.5." in told
    assert 'href="#muc-I"' in shown
    assert 'value="double_space:sections/0"' in shown
    assert "Sửa cả 2 chỗ" in told


def test_one_press_mends_and_says_so(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft(content=SLIPPED)
    lan = sign_in("lan")
    lan.get(f"/van-ban/{document_id}")
    page = press(lan, "double_space:*").text
    assert "Đã sửa 2 chỗ và lưu thành bản mới" in text_of(page)
    assert "Thừa dấu cách" not in text_of(panel(page))
    assert "Bản 2 (hiện tại)" in text_of(page)


def test_from_the_editor_one_comes_back_to_the_editor(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft(content=SLIPPED)
    lan = sign_in("lan")
    page = lan.get(f"/van-ban/{document_id}/sua")
    assert "của bản 1 đang lưu" in text_of(panel(page))
    links = set(re.findall(r'href="#([^"]+)"', panel(page)))
    assert {"subject", "opening", "recipients-0-name"} <= links
    assert {link for link in links if f'id="{link}"' not in page} == set()
    page = press(lan, "subject_repeats_type:subject").text
    assert lan.page.request.path == f"/van-ban/{document_id}/sua"
    assert 'name="subject"' in page
    assert "Đã sửa 1 chỗ" in text_of(page)
    assert "Bỏ chữ “Kế hoạch”" not in text_of(panel(page))


def test_an_old_page_mends_nothing(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft(content=SLIPPED)
    lan = sign_in("lan")
    lan.get(f"/van-ban/{document_id}")
    press(lan, "double_space:*")
    answer = lan.post(
        f"/van-ban/{document_id}/the-thuc/sua", {"what": "recipient_stop:*", "seen_version": "1"}
    )
    assert "Chưa sửa." in text_of(answer.text)
    assert "Bản 2 (hiện tại)" in text_of(answer.text)


def test_a_press_without_a_finding_says_that_nothing_was_there(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft(content=SLIPPED)
    lan = sign_in("lan")
    lan.get(f"/van-ban/{document_id}")
    assert "Không còn gì để sửa" in text_of(press(lan, "double_space:closing/3").text)
    path = f"/van-ban/{document_id}/the-thuc/sua"
    for values in ({"what": "subject"}, {"what": "nothing:*", "seen_version": "1"}, {"what": "day_zero:*"}):
        assert lan.post(path, values).status_code == 400
    assert sign_in("nhung").post(path, {"what": "double_space:*", "seen_version": "1"}).status_code == 404


def test_what_is_in_order_is_told_beside_what_is_not(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft(content=SLIPPED)
    told = text_of(panel(sign_in("lan").get(f"/van-ban/{document_id}")))
    assert "Đạt 8 trong 15 điểm kiểm tra" in told
    assert "Chưa xét được 3 điểm" in told
    assert "Chưa xét: Căn cứ: văn bản không có căn cứ nào." in told
    assert "Đạt: Quốc hiệu, Tiêu ngữ: hệ thống in" in told
    assert "Kết thúc nội dung bằng" in told.partition("Đạt 8")[0]
    assert "Đạt: Nội dung kết thúc bằng" not in told


def test_the_reasons_of_a_return_are_written_beside_the_findings(sign_in, sqlite_record: Record):
    """T6: whoever returns a text for its form has before him what is wrong with it, and changes nothing himself."""
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "approve_content")
    thu = sign_in("thu")
    page = thu.get(f"/van-ban/{document_id}/buoc/tra-lai")
    told = panel(page)
    assert "Kết thúc nội dung bằng dấu “./.”" in text_of(told)
    assert "Sửa giúp" not in told
    assert page.index('id="the-thuc"') < page.index('name="note"')
    answer = thu.post(f"/van-ban/{document_id}/the-thuc/sua", {"what": "end_missing:*", "seen_version": "3"})
    assert "Chưa sửa." in text_of(answer.text)
    thu.get(f"/van-ban/{document_id}/buoc/tra-lai")
    thu.submit("/tra-lai", {"note": "Thêm dấu kết thúc và sửa lại hạn báo cáo."})
    assert "Thêm dấu kết thúc" in text_of(sign_in("hung").get(f"/van-ban/{document_id}"))


def test_who_may_not_edit_is_refused_and_nothing_is_stored(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft(content=SLIPPED)
    path = f"/van-ban/{document_id}/the-thuc/sua"
    answer = sign_in("hung").post(path, {"what": "double_space:*", "seen_version": "1"})
    assert "Chưa sửa." in text_of(answer.text)
    page = sign_in("lan").get(f"/van-ban/{document_id}")
    assert "Bản 1 (hiện tại)" in text_of(page)
    assert "Thừa dấu cách" in text_of(panel(page))


def test_who_checks_the_format_sees_the_errors_above_the_button_and_may_confirm(
    sign_in, sqlite_record: Record
):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "approve_content")
    thu = sign_in("thu")
    page = thu.get(f"/van-ban/{document_id}")
    assert "3 lỗi thể thức" in text_of(page)
    assert "Sửa giúp" not in panel(page)
    page = thu.get(f"/van-ban/{document_id}/buoc/xac-nhan-the-thuc")
    assert page.index('id="the-thuc"') < page.index('name="note"')
    assert "Văn bản còn 3 lỗi thể thức. Vẫn xác nhận được; ghi lý do" in text_of(page)
    links = set(re.findall(r'href="#([^"]+)"', panel(page)))
    assert {link for link in links if f'id="{link}"' not in page} == set()
    thu.submit("/xac-nhan-the-thuc", {"note": "Hạn báo cáo đã nêu trong văn bản kèm theo."})
    assert thu.page.status_code == 200
    told = text_of(sign_in("lan").get(f"/van-ban/{document_id}"))
    assert "Xác nhận thể thức, chuyển ký, còn 3 lỗi thể thức" in told


def test_the_queue_of_who_checks_the_format_counts_the_findings_above_its_button(
    sign_in, sqlite_record: Record
):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "approve_content")
    thu = sign_in("thu")
    counted = re.search(r"3 lỗi · \d lưu ý", text_of(panel(thu.get(f"/van-ban/{document_id}"))))
    assert counted
    for page in (thu.get("/viec"), thu.get(f"/viec?chon={document_id}")):
        pane = page.split('<section class="pane"')[1]
        told = text_of(pane)
        assert f"Thể thức: {counted[0]} Vẫn xác nhận được" in told
        assert "Kết thúc nội dung bằng dấu “./.”" in told
        assert told.index("Thể thức: 3 lỗi") < told.index("Xác nhận thể thức, chuyển ký")
        listed = pane.split('id="the-thuc"')[1].split("</section>")[0]
        links = set(re.findall(r'href="#([^"]+)"', listed))
        assert links
        assert {link for link in links if f'id="{link}"' not in pane} == set()


def test_with_errors_the_confirmation_asks_for_its_reason_and_without_it_is_one_press(
    sign_in, sqlite_record: Record
):
    slipped = sqlite_record.draft()
    fine = sqlite_record.draft(content=IN_ORDER)
    for document_id in (slipped, fine):
        sqlite_record.bring_to(document_id, "approve_content")
    thu = sign_in("thu")
    for page in (f"/viec?chon={slipped}", f"/van-ban/{slipped}"):
        told = thu.get(page)
        assert "Xác nhận thể thức, chuyển ký…" in told
        assert f'href="/van-ban/{slipped}/buoc/xac-nhan-the-thuc' in told
    for page in (f"/viec?chon={fine}", f"/van-ban/{fine}"):
        assert f'action="/van-ban/{fine}/buoc/xac-nhan-the-thuc"' in thu.get(page)


@pytest.mark.parametrize("reason", ["Hạn báo cáo đã nêu trong văn bản kèm theo.", ""])
def test_who_signs_reads_that_the_form_was_confirmed_with_errors_by_whom_and_why(
    sign_in, sqlite_record: Record, reason
):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "approve_content")
    sqlite_record.step("thu", document_id, "check_format", note=reason)
    mai = sign_in("mai")
    words = f"đã xác nhận thể thức khi còn 3 lỗi {reason or 'Không ghi lý do.'}"
    for page in ("/viec", f"/viec?chon={document_id}", f"/van-ban/{document_id}"):
        assert words in text_of(mai.get(page))
    assert words not in text_of(sign_in("lan").get(f"/van-ban/{document_id}"))


def test_who_signs_is_told_nothing_of_a_form_in_order_nor_of_words_changed_since(
    sign_in, sqlite_record: Record
):
    fine = sqlite_record.draft(content=IN_ORDER)
    sqlite_record.bring_to(fine, "check_format")
    mended = sqlite_record.draft()
    sqlite_record.bring_to(mended, "check_format")
    sqlite_record.step("mai", mended, "return", note="Sửa lại nơi nhận cho đủ.")
    mai = sign_in("mai")
    for document_id in (fine, mended):
        assert "khi còn" not in text_of(mai.get(f"/van-ban/{document_id}"))


@pytest.mark.tampered
def test_the_queue_judges_the_chosen_text_alone(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft(content=IN_ORDER)
    sqlite_record.bring_to(document_id, "approve_content")
    thu = sign_in("thu")
    thu.get("/viec")
    forget_rows(sqlite_record)
    with statements(sqlite_record.engine) as one:
        assert 'id="the-thuc"' in thu.get("/viec")
    clone(sqlite_record, document_id, 9)
    forget_rows(sqlite_record)
    with statements(sqlite_record.engine) as ten:
        assert thu.get("/viec").count('id="the-thuc"') == 1
    assert len(ten) == len(one)


@pytest.mark.parametrize(("content", "words"), [
    (IN_ORDER, "Thể thức: 0 lỗi · 0 lưu ý Đạt 15 trong 15 điểm kiểm tra."),
    (DOUBLE_SPACED, "Thể thức: 0 lỗi · 1 lưu ý Đạt 14 trong 15 điểm kiểm tra. Xem 1 điểm"),
])  # fmt: skip
def test_without_errors_the_queue_says_how_much_is_in_order(sign_in, sqlite_record: Record, content, words):
    document_id = sqlite_record.draft(content=content)
    sqlite_record.bring_to(document_id, "approve_content")
    assert words in text_of(sign_in("thu").get(f"/viec?chon={document_id}"))


def test_no_other_queue_counts_what_is_found(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft()
    for login, step in (("lan", "submit"), ("hung", "approve_content")):
        assert "Thể thức:" not in text_of(sign_in(login).get(f"/viec?chon={document_id}"))
        sqlite_record.step(login, document_id, step)
    sqlite_record.step("thu", document_id, "check_format")
    assert "Thể thức:" not in text_of(sign_in("mai").get(f"/viec?chon={document_id}"))


@pytest.mark.parametrize(("content", "words"), [
    (IN_ORDER, "Thể thức: 0 lỗi"), (DOUBLE_SPACED, "Thể thức: 0 lỗi, 1 lưu ý"),
])  # fmt: skip
def test_who_signs_reads_what_was_found_when_the_form_was_confirmed(
    sign_in, sqlite_record: Record, content, words
):
    document_id = sqlite_record.draft(content=content)
    sqlite_record.bring_to(document_id, "check_format")
    told = text_of(sign_in("mai").get(f"/viec?chon={document_id}"))
    assert re.search(r"trùng nhau: [0-9a-f ]+ · " + words + r"(?!,)", told)


def test_nobody_is_shown_findings_who_has_nothing_to_do_and_none_after_the_signature(
    sign_in, sqlite_record: Record
):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "submit")
    assert 'id="the-thuc"' not in sign_in("viet").get(f"/van-ban/{document_id}")
    assert 'id="the-thuc"' in sign_in("hung").get(f"/van-ban/{document_id}")
    for login, step in (("hung", "approve_content"), ("thu", "check_format"), ("mai", "sign")):
        sqlite_record.step(login, document_id, step)
    assert 'id="the-thuc"' not in sign_in("lan").get(f"/van-ban/{document_id}")
    assert 'id="the-thuc"' not in sign_in("van").get(f"/van-ban/{document_id}")
