"""A draft from nothing to trình, as Lan does it; nothing typed is ever lost, nothing secret is ever stored."""

import pytest

from tests.record import plan
from tests.web.conftest import Person, form_fields, text_of
from workflow.commands.drafting import save_revision
from workflow.content import Missing, Node, Obligation, Recipient, Row, Task, Time
from workflow.engine import Identity
from workflow.queries.drafts import draft_of

CANARY = "<script>alert('x')</script>\"'&"


def stored(record, document_id):
    with record.engine.reading(Identity(rule="test")) as w:
        return draft_of(w, document_id)


def count(record):
    from sqlalchemy import func, select

    from workflow.models import Document, Entry, Revision

    with record.engine.reading(Identity(rule="test")) as w:
        return tuple(
            w.db.scalar(select(func.count()).select_from(table)) for table in (Document, Revision, Entry)
        )


def test_a_plan_from_nothing_to_the_head_of_the_office(sign_in, sqlite_record):
    lan: Person = sign_in("lan")
    lan.get("/ke-hoach/moi/soan")
    page = lan.submit("/ke-hoach/moi/soan", {"subject": "Kế hoạch đối thoại năm 2026", "save": "1"})
    document = int(page.request.path.split("/")[2])
    assert page.request.path == f"/van-ban/{document}/sua"
    assert "Đã lưu nháp lúc 12:00" in page.text
    draft = stored(sqlite_record, document)
    assert draft.content.archive_line == "Lưu: VT, VP."
    assert draft.content.field == "to_chuc_hanh_chinh"
    assert [section.title for section in draft.content.sections] == [
        "MỤC ĐÍCH, YÊU CẦU",
        "NỘI DUNG THỰC HIỆN",
        "TỔ CHỨC THỰC HIỆN",
    ]

    page = lan.submit(f"/van-ban/{document}/sua", {"send": "1"})
    assert page.status_code == 422
    assert "<title>Lỗi:" in page.text
    for words, field in (
        ("Bỏ tên loại văn bản ở đầu trích yếu", "subject"),
        ("Chọn người ký", "signer_id"),
        ("Ghi ít nhất một nơi nhận", "recipients-0-name"),
    ):
        assert f'<a href="#{field}">{words}' in page.text
    assert stored(sqlite_record, document).document.state == "draft"

    mai = str(sqlite_record.person("mai"))
    typed = {
        "subject": "Đối thoại với người lao động năm 2026",
        "signer_id": mai,
        "recipients-0-name": "Sở Nội vụ",
        "recipients-0-purpose": "to_report",
        "parts-3-text": "1. Tổ chức hội nghị đối thoại\n2. Lập sổ theo dõi ý kiến.",
        "parts-6-text": "Các phòng, đơn vị báo cáo Văn phòng Sở trước ngày 10/11 hằng năm./.",
    }
    page = lan.submit(f"/van-ban/{document}/sua", {**typed, "op": "drop:parts:4"})
    assert stored(sqlite_record, document).content.subject == "Kế hoạch đối thoại năm 2026"
    page = lan.submit(f"/van-ban/{document}/sua", {"op": "split:parts:3"})
    page = lan.submit(f"/van-ban/{document}/sua", {"op": "task:parts:4"})
    assert 'id="parts-4-tasks-0-leads-0" autofocus' in page.text
    page = lan.submit(f"/van-ban/{document}/sua", {"send": "1"})
    assert page.status_code == 200
    assert "Xem lại trước khi trình" in page.text
    assert '<a href="#parts-4-tasks-0-leads-0">Chọn đơn vị chủ trì cho mục II.1</a>' in page.text
    assert '<a href="#parts-4-tasks-0-kind">Chọn thời gian thực hiện cho mục II.1</a>' in page.text
    done = {
        "parts-4-tasks-0-leads-0": "Văn phòng Sở",
        "parts-4-tasks-0-kind": "quarters",
        "parts-4-tasks-0-quarters": "2",
        "parts-4-tasks-0-year": "2026",
        "send": "1",
    }
    page = lan.submit(f"/van-ban/{document}/sua", done)
    assert page.request.path == f"/van-ban/{document}/buoc/trinh"
    content = stored(sqlite_record, document).content
    assert content.sections[1].children[0].task == Task(
        leads=("Văn phòng Sở",), time=Time("quarters", "Quý II năm 2026", "2026-04-01", "2026-06-30")
    )
    page = lan.submit("/buoc/trinh")
    assert stored(sqlite_record, document).document.state == "dept_review"


def test_notes_do_not_stop_a_plan(sign_in, sqlite_record):
    lan = sign_in("lan")
    document = sqlite_record.draft()
    lan.get(f"/van-ban/{document}/sua")
    page = lan.submit(f"/van-ban/{document}/sua", {"send": "1"})
    assert "Những điểm này không chặn việc trình" in page.text
    page = lan.submit(f"/van-ban/{document}/sua", {"send": "anyway"})
    assert page.request.path == f"/van-ban/{document}/buoc/trinh"
    assert "Đã lưu nháp, chưa trình. Bấm “Trình duyệt” để chuyển " in text_of(page.text)


def test_saving_what_has_not_changed_makes_no_revision(sign_in, sqlite_record):
    lan = sign_in("lan")
    document = sqlite_record.draft(content=_everything())
    before = stored(sqlite_record, document)
    lan.get(f"/van-ban/{document}/sua")
    page = lan.submit(f"/van-ban/{document}/sua", {"save": "1"})
    assert "Không có gì thay đổi" in page.text
    assert stored(sqlite_record, document).document == before.document


def test_a_secret_document_is_refused_and_nothing_is_stored(sign_in, sqlite_record):
    lan = sign_in("lan")
    before = count(sqlite_record)
    lan.get("/ke-hoach/moi/soan")
    page = lan.submit("/ke-hoach/moi/soan", {"subject": "Việc kín", "secrecy": "toi_mat", "save": "1"})
    assert page.status_code == 422
    assert "không được đưa vào hệ thống này" in page.text
    assert "Việc kín" in page.text
    assert count(sqlite_record) == before
    page = lan.submit(
        "/ke-hoach/moi/soan", {"secrecy": "thuong", "parts-0-text": "TUYỆT MẬT\n1. Việc", "save": "1"}
    )
    assert page.status_code == 422
    assert "dấu độ mật" in page.text
    assert count(sqlite_record) == before


def test_what_was_typed_stands_when_the_form_is_refused(sign_in, sqlite_record):
    lan = sign_in("lan")
    document = sqlite_record.draft()
    lan.get(f"/van-ban/{document}/sua")
    typed = {
        "ends-0-text": "Chữ gõ rồi.",
        "opening": "Một\nHai",
        "parts-0-duties-0-due_day": "bốn mươi",
        "save": "1",
    }
    page = lan.submit(f"/van-ban/{document}/sua", typed)
    assert page.status_code == 422
    fields = form_fields(page.text, "/sua")
    assert fields["ends-0-text"] == "Chữ gõ rồi."
    assert fields["opening"] == "Một\nHai"
    assert fields["parts-0-duties-0-due_day"] == "bốn mươi"
    assert 'aria-invalid="true"' in page.text


def test_a_conflict_shows_both_texts_and_loses_none(sign_in, sqlite_record):
    lan = sign_in("lan")
    document = sqlite_record.draft()
    lan.get(f"/van-ban/{document}/sua")
    with sqlite_record.engine.work(sqlite_record.who("lan")) as w:
        save_revision(
            w,
            document_id=document,
            seen_version=1,
            content=plan(subject="Chữ của cửa sổ kia"),
            signer_id=sqlite_record.person("mai"),
        )
    page = lan.submit(f"/van-ban/{document}/sua", {"subject": "Chữ của cửa sổ này", "save": "1"})
    assert page.status_code == 409
    words = text_of(page.text)
    assert "Nguyễn Thị Lan đã sửa văn bản này lúc 20/4 12:00" in words
    assert "Bỏ: kia" in words
    assert "Thêm: này" in words
    assert stored(sqlite_record, document).content.subject == "Chữ của cửa sổ kia"
    page = lan.submit(f"/van-ban/{document}/sua", {"save": "1"})
    assert page.status_code == 200
    assert stored(sqlite_record, document).content.subject == "Chữ của cửa sổ này"
    assert stored(sqlite_record, document).document.revision_no == 3


def test_words_typed_while_the_plan_moved_on_are_shown_again(sign_in, sqlite_record):
    lan = sign_in("lan")
    document = sqlite_record.draft()
    lan.get(f"/van-ban/{document}/sua")
    sqlite_record.step("lan", document, "submit")
    page = lan.submit(f"/van-ban/{document}/sua", {"ends-0-text": "Chữ gõ muộn.", "save": "1"})
    assert page.status_code == 409
    assert "Chữ gõ muộn." in page.text
    assert "chờ trưởng đơn vị duyệt nên không sửa được" in page.text
    assert 'name="save"' not in page.text.partition('<div class="actbar"')[2]
    lan.get(f"/van-ban/{document}/sua", status=409)


def test_only_the_one_it_lies_with_edits(sign_in, sqlite_record):
    document = sqlite_record.draft()
    sign_in("duc").get(f"/van-ban/{document}/sua", status=403)
    sign_in("yen").get(f"/van-ban/{document}/sua", status=404)
    sign_in("lan").get("/van-ban/99999/sua", status=404)


def test_a_returned_plan_says_who_returned_it_and_why(sign_in, sqlite_record):
    document = sqlite_record.draft()
    sqlite_record.step("lan", document, "submit")
    sqlite_record.step("hung", document, "return", note="Bổ sung thời gian cho mục II.4.")
    page = text_of(sign_in("lan").get(f"/van-ban/{document}/sua"))
    assert "Phạm Quốc Hùng (Chánh Văn phòng) trả lại lúc 20/4 12:00 Bổ sung thời gian cho mục II.4." in page


def test_the_signer_must_be_able_to_sign_the_chosen_field_today(sign_in, sqlite_record):
    lan = sign_in("lan")
    document = sqlite_record.draft()
    page = lan.get(f"/van-ban/{document}/sua")
    assert "Trần Thị Ngọc Mai – KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC" in page
    assert "Đỗ Thanh Sơn" not in page
    son = str(sqlite_record.person("son"))
    page = lan.submit(f"/van-ban/{document}/sua", {"signer_id": son, "save": "1"}).text
    assert "Chọn lại người ký: hôm nay ký được lĩnh vực này là" in page
    page = lan.submit(f"/van-ban/{document}/sua", {"field": "chuyen_doi_so", "chon_linh_vuc": "1"}).text
    assert stored(sqlite_record, document).content.field == "to_chuc_hanh_chinh"
    assert "Đỗ Thanh Sơn – KT. GIÁM ĐỐC" in page


def test_two_presses_of_the_first_save_make_one_draft(sign_in, sqlite_record):
    lan = sign_in("lan")
    fields = form_fields(lan.get("/ke-hoach/moi/soan"), "/ke-hoach/moi/soan") | {
        "subject": "Một lần",
        "save": "1",
    }
    fields.pop("__action__")
    first = lan.client.post("/ke-hoach/moi/soan", data=fields)
    again = lan.client.post("/ke-hoach/moi/soan", data=fields)
    assert first.status_code == again.status_code == 303
    assert first.location == again.location
    assert count(sqlite_record)[0] == 1


def test_a_choice_that_no_page_offers_is_told_and_left_out(sign_in, sqlite_record):
    lan = sign_in("lan")
    document = sqlite_record.draft(definition_id="bao_cao", content=_everything(doc_type="BC"))
    lan.get(f"/van-ban/{document}/sua")
    fields = form_fields(lan.page.text, "/sua")
    forged = {
        name: "khac"
        for name in fields
        if name.endswith(("-status", "-recurrence", "-purpose", "-kind")) or name == "urgency"
    }
    assert {name.rpartition("-")[2] for name in forged} >= {"status", "recurrence", "purpose", "urgency"}
    before = count(sqlite_record)
    answer = lan.submit(f"/van-ban/{document}/sua", forged | {"save": "1"})
    assert answer.status_code == 422
    assert "Chọn một mục trong danh sách" in text_of(answer.text)
    assert count(sqlite_record) == before


def test_no_word_a_person_types_becomes_part_of_the_page(sign_in, sqlite_record):
    lan = sign_in("lan")
    document = sqlite_record.draft(definition_id="bao_cao", content=_everything(doc_type="BC"))
    page = lan.get(f"/van-ban/{document}/sua")
    fields = form_fields(page, "/sua")
    kept = ("csrf_token", "seen_version", "key", "field", "signer_id", "urgency", "secrecy", "__action__")
    shut = {
        n: CANARY
        for n in fields
        if n not in kept
        and not n.endswith(("kind", "recurrence", "-inclusive", "purpose", "depth", "quarters"))
    }
    page = lan.submit(f"/van-ban/{document}/sua", {**shut, "save": "1"}).text
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert") > 20
    lan.get(f"/van-ban/{document}/sua")
    lan.submit(
        f"/van-ban/{document}/sua",
        {"subject": CANARY, "ends-0-text": CANARY, "recipients-0-name": CANARY, "save": "1"},
    )
    for address in (f"/van-ban/{document}/sua", "/bao-cao", f"/bao-cao?tim={CANARY}"):
        assert "<script>alert" not in lan.get(address)


@pytest.mark.parametrize("values", [{"seen_version": "x"}, {"seen_version": ""}, {"seen_version": "9" * 40}])
def test_a_form_without_the_version_it_was_drawn_from_is_no_form(sign_in, sqlite_record, values):
    lan = sign_in("lan")
    document = sqlite_record.draft()
    lan.get(f"/van-ban/{document}/sua")
    assert lan.submit(f"/van-ban/{document}/sua", {**values, "save": "1"}).status_code == 400


def test_words_outlive_the_session(sign_in, sqlite_record):
    lan = sign_in("lan")
    document = sqlite_record.draft()
    page = lan.get(f"/van-ban/{document}/sua")
    fields = form_fields(page, "/sua") | {"subject": f"Gõ lúc hết phiên {CANARY}", "save": "1"}
    address = fields.pop("__action__")
    sqlite_record.clock.forward(hours=2)
    lan.page = lan.client.post(address, data=fields)
    assert lan.page.status_code == 401
    assert "Nội dung đang soạn vẫn còn" in lan.page.text
    assert "<script>alert" not in lan.page.text
    kept = form_fields(lan.page.text, "/sua")
    assert kept["subject"] == fields["subject"]
    lan.get("/dang-nhap")
    lan.submit("/dang-nhap", {"login": "lan", "password": "một câu đủ dài để thử"})
    lan.page = lan.client.post(kept.pop("__action__"), data=kept)
    assert lan.page.status_code == 400
    assert "phiên làm việc đã đổi" in lan.page.text
    page = lan.submit(f"/van-ban/{document}/sua")
    assert page.status_code == 200
    assert stored(sqlite_record, document).content.subject == fields["subject"]


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_no_other_site_puts_its_words_before_the_user(sign_in, sqlite_record, headers, app):
    document = sqlite_record.draft()
    stranger = app.test_client()
    answer = stranger.post(f"/van-ban/{document}/sua", data={"subject": "Chữ lạ"}, headers=headers)
    assert "Chữ lạ" not in answer.text
    lan = sign_in("lan")
    answer = lan.client.post(
        f"/van-ban/{document}/sua", data={"subject": "Chữ lạ", "csrf_token": "x"}, headers=headers
    )
    assert answer.status_code == 400
    assert "Chữ lạ" not in answer.text


def _everything(**changes):
    task = Task(
        leads=("Văn phòng Sở",), coordinators=("Các phòng",), method="Văn bản", time=Time("year", "Năm 2026")
    )
    duty = Obligation(
        "Văn phòng Sở", "Sở Nội vụ", "Phòng A", "yearly", False, 11, 15, False, "Báo cáo B", "Câu."
    )
    node = Node("II", "VIỆC", ("Mở.",), None, (), (Node("1", "Làm A", ("Đoạn.",), task, (duty,)),))
    values = {
        "sections": (node,),
        "opening": ("Mở đầu.",),
        "addressees": ("Sở Nội vụ",),
        "results": (Row("II.1", "Làm A", "Văn phòng Sở", "done", "Xong.", "Không"),),
        "missing_units": (Missing("Phòng C", "Nghỉ"),),
        "closing": (Node(paragraphs=("Hết./.",)),),
        "recipients": (Recipient("Sở Nội vụ", "to_report"),),
        "annexes": ("PHỤ LỤC\nBảng",),
    }
    return plan(**{**values, **changes})


def test_odd_digits_and_endless_numbers_are_told_at_their_field_and_are_no_fault_of_ours(
    sign_in, sqlite_record
):
    lan = sign_in("lan")
    document = sqlite_record.draft()
    odd = {
        "parts-0-depth": "²",
        "parts-0-tasks-0-kind": "month",
        "parts-0-tasks-0-month": "²",
        "parts-0-tasks-0-year": "²0²6",
        "parts-0-tasks-0-day": "²/³",
        "parts-0-tasks-0-leads-²": "x",
        "parts-0-duties-0-due_day": "²",
        "parts-0-duties-0-due_month": "9" * 5000,
        "signer_id": "9" * 5000,
    }
    for last in ({"op": "up:parts:0"}, {"op": "lead:parts:0"}, {"op": "duty:parts:²"}, {"save": "1"}):
        lan.get(f"/van-ban/{document}/sua")
        page = lan.submit(f"/van-ban/{document}/sua", odd | last)
        assert page.status_code in (200, 422)
    assert "Ghi ngày bằng số từ 1 đến 31" in page.text
    assert "Ghi tháng bằng số từ 1 đến 12" in page.text


def test_a_kind_of_time_of_which_nothing_is_said_is_a_missing_time(sign_in, sqlite_record):
    lan = sign_in("lan")
    content = plan(sections=(Node("I", "NỘI DUNG", ("Mở lớp.",), Task(("Văn phòng Sở",))),))
    document = sqlite_record.draft(content=content)
    lan.get(f"/van-ban/{document}/sua")
    chosen = {"parts-0-tasks-0-kind": "quarters", "op": "add:recipients:0"}
    page = lan.submit(f"/van-ban/{document}/sua", chosen)
    assert "Mục I chưa ghi thời gian thực hiện" in text_of(page.text)
    page = lan.submit(f"/van-ban/{document}/sua", {"parts-0-tasks-0-quarters": "3", "op": "add:recipients:0"})
    assert "chưa ghi thời gian thực hiện" not in text_of(page.text)
    assert "Thời gian thực hiện: Quý III." in text_of(page.text)
