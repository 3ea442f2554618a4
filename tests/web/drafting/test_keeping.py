"""What is being typed is kept while it is typed: no revision, no entry, nobody else's business, gone once saved."""

import pytest
from sqlalchemy import func, select

from tests.record import plan
from tests.web.conftest import form_fields, text_of
from tests.web.drafting.test_editing import count, stored
from workflow.commands.drafting import save_revision
from workflow.engine import Identity
from workflow.models import WorkingCopy


def copies(record):
    with record.engine.reading(Identity(rule="test")) as w:
        return w.db.scalar(select(func.count()).select_from(WorkingCopy))


def type_into(person, document, **values):
    """As the script of the page does: the whole form, two seconds after the last key."""
    fields = form_fields(person.get(f"/van-ban/{document}/sua"), "/sua") | values
    fields.pop("__action__")
    return person.client.post(f"/van-ban/{document}/sua/giu", data=fields)


def test_keeping_makes_no_revision_and_no_entry(sign_in, sqlite_record):
    lan = sign_in("lan")
    document = sqlite_record.draft()
    before = count(sqlite_record)
    answer = type_into(lan, document, subject="Chữ đang gõ")
    assert answer.status_code == 200
    assert answer.json["text"] == "Đã giữ bản đang soạn lúc 12:00."
    assert count(sqlite_record) == before
    assert stored(sqlite_record, document).content.subject == plan().subject
    assert copies(sqlite_record) == 1


def test_the_answer_holds_what_the_cards_print_now(sign_in, sqlite_record):
    lan = sign_in("lan")
    document = sqlite_record.draft()
    card = {
        "parts-0-tasks-0-kind": "year",
        "parts-0-tasks-0-year": "2026",
        "parts-0-tasks-0-leads-0": "Văn phòng Sở",
    }
    shown = type_into(lan, document, **card).json["shown"]
    assert shown["parts-0-lines"] == ["- Đơn vị chủ trì: Văn phòng Sở.", "- Thời gian thực hiện: Năm 2026."]
    due = "Trước ngày 10/11: muộn nhất hết ngày 09/11."
    assert shown["parts-0-duties-0-due"] == [due, "Câu văn của mục chưa ghi hạn này."]
    said = {"parts-0-text": "Các đơn vị báo cáo trước ngày 10/11 hằng năm, Văn phòng Sở trước ngày 15/11."}
    shown = type_into(lan, document, **said).json["shown"]
    assert shown["parts-0-duties-0-due"] == [due]


def test_on_return_the_copy_is_offered_and_not_taken_by_itself(sign_in, sqlite_record):
    lan = sign_in("lan")
    document = sqlite_record.draft()
    typed = {"subject": "Chữ đang gõ", "parts-0-duties-0-due_day": "mười mấy"}
    type_into(lan, document, **typed)
    page = lan.get(f"/van-ban/{document}/sua")
    assert "Có bản đang soạn dở lúc 20/4 12:00, chưa lưu" in text_of(page)
    assert form_fields(page, "/sua")["subject"] == plan().subject
    assert "data-keep" not in page
    page = lan.get(f"/van-ban/{document}/sua?ban=dang-soan")
    fields = form_fields(page, "/sua")
    assert {name: fields[name] for name in typed} == typed
    assert "data-keep" in page
    page = lan.submit(f"/van-ban/{document}/sua", {"parts-0-duties-0-due_day": "12", "save": "1"})
    assert page.status_code == 200
    assert stored(sqlite_record, document).content.subject == "Chữ đang gõ"
    assert copies(sqlite_record) == 0


def test_words_that_were_offered_stay_offered_while_others_are_typed_and_saved(sign_in, sqlite_record):
    lan = sign_in("lan")
    document = sqlite_record.draft()
    type_into(lan, document, subject="Chữ đang gõ")
    lan.get(f"/van-ban/{document}/sua")
    page = lan.submit(f"/van-ban/{document}/sua", {"op": "add:recipients:0"})
    assert "Có bản đang soạn dở" in page.text
    assert "data-keep" not in page.text
    page = lan.submit(f"/van-ban/{document}/sua", {"subject": "Chữ gõ sau", "save": "1"})
    assert stored(sqlite_record, document).content.subject == "Chữ gõ sau"
    assert "Có bản đang soạn dở" in page.text
    page = lan.get(f"/van-ban/{document}/sua?ban=dang-soan")
    assert form_fields(page, "/sua")["subject"] == "Chữ đang gõ"
    assert lan.submit(f"/van-ban/{document}/sua", {"save": "1"}).status_code == 409


def test_the_copy_can_be_thrown_away(sign_in, sqlite_record):
    lan = sign_in("lan")
    document = sqlite_record.draft()
    type_into(lan, document, subject="Chữ đang gõ")
    lan.get(f"/van-ban/{document}/sua")
    page = lan.submit("/bo-ban-dang-soan")
    assert "Đã bỏ bản đang soạn dở" in page.text
    assert copies(sqlite_record) == 0


def test_a_copy_of_an_older_version_ends_in_the_conflict_page(sign_in, sqlite_record):
    lan = sign_in("lan")
    document = sqlite_record.draft()
    type_into(lan, document, subject="Chữ đang gõ")
    with sqlite_record.engine.work(sqlite_record.who("lan")) as w:
        save_revision(
            w,
            document_id=document,
            seen_version=1,
            content=plan(subject="Bản mới hơn"),
            signer_id=sqlite_record.person("mai"),
        )
    page = lan.get(f"/van-ban/{document}/sua?ban=dang-soan")
    assert "Sau lúc đó văn bản đã có bản mới" in page
    page = lan.submit(f"/van-ban/{document}/sua", {"save": "1"})
    assert page.status_code == 409
    assert form_fields(page.text, "/sua")["subject"] == "Chữ đang gõ"


def test_nobody_sees_anothers_copy_and_nobody_keeps_what_he_may_not_edit(sign_in, sqlite_record):
    lan = sign_in("lan")
    document = sqlite_record.draft()
    type_into(lan, document, subject="Chữ đang gõ")
    sqlite_record.bring_to(document, "check_format")
    sqlite_record.step("mai", document, "return", note="Bổ sung thời gian cho mục I.")
    hung = sign_in("hung")
    assert "Có bản đang soạn dở" not in hung.get(f"/van-ban/{document}/sua")
    for login, status in (("duc", 403), ("yen", 404)):
        stranger = sign_in(login)
        answer = stranger.post(f"/van-ban/{document}/sua/giu", {"subject": "Chữ lạ"})
        assert answer.status_code == status
        assert "Chưa giữ được" in answer.json["text"]
    assert copies(sqlite_record) == 1


@pytest.mark.parametrize("values", [{"secrecy": "mat"}, {"parts-0-text": "TUYỆT MẬT\nviệc"}])
def test_nothing_secret_is_kept(sign_in, sqlite_record, values):
    answer = type_into(sign_in("lan"), sqlite_record.draft(), **values)
    assert answer.status_code == 422
    assert copies(sqlite_record) == 0


def test_what_was_still_on_its_way_when_it_was_saved_is_not_offered(sign_in, sqlite_record):
    lan = sign_in("lan")
    document = sqlite_record.draft()
    fields = form_fields(lan.get(f"/van-ban/{document}/sua"), "/sua") | {"subject": "Chữ đã lưu"}
    action = fields.pop("__action__")
    lan.client.post(action, data=fields | {"save": "1"})
    lan.client.post(f"/van-ban/{document}/sua/giu", data=fields)
    assert copies(sqlite_record) == 1
    assert "Có bản đang soạn dở" not in lan.get(f"/van-ban/{document}/sua")


def test_a_new_plan_is_kept_too_until_it_is_a_draft(sign_in, sqlite_record):
    lan = sign_in("lan")
    fields = form_fields(lan.get("/ke-hoach/moi/soan?tu=trong"), "/soan") | {"subject": "Kế hoạch chưa lưu"}
    action = fields.pop("__action__")
    assert lan.client.post("/ke-hoach/moi/giu", data=fields).status_code == 200
    assert "Có bản đang soạn dở" in lan.get("/ke-hoach/moi")
    assert form_fields(lan.get("/ke-hoach/moi/soan?ban=dang-soan"), "/soan")["subject"] == "Kế hoạch chưa lưu"
    lan.client.post(action, data=fields | {"save": "1"})
    assert copies(sqlite_record) == 0
    lan.client.post("/ke-hoach/moi/giu", data=fields)
    assert copies(sqlite_record) == 0
    assert count(sqlite_record)[0] == 1


def test_an_ended_session_keeps_nothing_and_says_so_by_its_status(sign_in, sqlite_record):
    lan = sign_in("lan")
    document = sqlite_record.draft()
    fields = form_fields(lan.get(f"/van-ban/{document}/sua"), "/sua")
    fields.pop("__action__")
    sqlite_record.clock.forward(hours=2)
    assert lan.client.post(f"/van-ban/{document}/sua/giu", data=fields).status_code == 401
    assert copies(sqlite_record) == 0
