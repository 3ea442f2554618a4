"""Since you last saw it: what those who decide are shown on top of a text that came back changed."""

import re

import pytest
from sqlalchemy import update

from tests.person import Door, Person, form_fields, open_app, text_of
from tests.record import Record, plan
from tests.web.contents import clone, forget_rows
from tests.web.statements import statements
from workflow.commands.drafting import save_revision
from workflow.content import Node, Task, Time
from workflow.engine import Identity
from workflow.models import Revision

SINCE = 'aria-label="Thay đổi từ lần trước"'
WHY = "Tập huấn phải xong trong quý III."


def training(quarter: str, words: str = "Tập huấn cho toàn thể công chức của Sở."):
    task = Task(leads=("Văn phòng Sở",), time=Time(kind="quarters", raw=quarter))
    work = Node(label="II", title="NỘI DUNG", children=(Node(label="1", paragraphs=(words,), task=task),))
    return plan(sections=(*plan().sections, work))


FIRST, SECOND = training("Quý IV"), training("Quý III")


@pytest.fixture
def people(record: Record) -> Door:
    return Door(open_app(record), record)


def returned(record: Record, login: str, document_id: int) -> None:
    record.step(login, document_id, "return", note=WHY)
    if login != "hung":
        record.step("hung", document_id, "forward")


def edited(record: Record, document_id: int, content, signer: str = "mai") -> None:
    with record.engine.reading(Identity(rule="test")) as w:
        version = w.db.exec_driver_sql(f"SELECT version FROM document WHERE id = {document_id}").scalar_one()
    with record.engine.work(record.who("lan")) as w:
        save_revision(w, document_id=document_id, seen_version=version, content=content,
                      signer_id=record.person(signer))  # fmt: skip


def card_of(person: Person, document_id: int) -> str:
    page = person.get("/viec")
    cards = re.findall(r"<article class=\"item.*?</article>", page, re.DOTALL)
    (card,) = (card for card in cards if f"chon={document_id}" in card)
    group = re.findall(r"<h2>(.*?)</h2>", page.split(card)[0], re.DOTALL)[-1]
    return f"{text_of(group)} · {text_of(card)}"


def told(page: str) -> str:
    """The panel of changes; "" where there is none."""
    return text_of(page.split(SINCE)[1].split("</section>")[0]) if SINCE in page else ""


def test_returned_edited_and_approved_again_is_looked_at_before_it_is_signed(people: Door, record: Record):
    document_id = record.draft(content=FIRST)
    record.bring_to(document_id, "check_format")
    mai = people("mai")
    assert "Sẵn sàng ký" in card_of(mai, document_id)
    mai.get(f"/viec?chon={document_id}")
    returned(record, "mai", document_id)
    edited(record, document_id, SECOND)
    record.bring_to(document_id, "check_format")

    card = card_of(mai, document_id)
    assert card.startswith("Cần xem trước khi ký")
    assert "Đã đổi thời gian của mục II.1" in card
    words = told(mai.get(f"/viec?chon={document_id}"))
    assert words.startswith("> 1 chỗ khác bản đã mở lúc 20/4 12:00.")
    assert "Mục II.1, thời gian Quý Bỏ: IV Thêm: III" in words
    again = told(mai.get(f"/viec?chon={document_id}"))
    assert "1 chỗ khác bản đã trả lại lúc" in again, "having looked once is no reason to hide what changed"
    assert told(mai.get(f"/van-ban/{document_id}")) == again
    assert card_of(mai, document_id).startswith("Cần xem trước khi ký")
    mai.submit(f"/van-ban/{document_id}/buoc/ky")
    assert "Đã ký duyệt" in text_of(mai.page.text)
    assert told(mai.get(f"/van-ban/{document_id}")) == ""


def test_approved_again_without_a_change_is_ready(people: Door, record: Record):
    document_id = record.draft(content=FIRST)
    record.bring_to(document_id, "check_format")
    mai = people("mai")
    mai.get(f"/viec?chon={document_id}")
    returned(record, "mai", document_id)
    record.bring_to(document_id, "check_format")
    assert card_of(mai, document_id).startswith("Sẵn sàng ký")
    assert told(mai.get(f"/viec?chon={document_id}")) == ""


def test_the_head_sees_what_changed_since_he_returned_it(people: Door, record: Record):
    document_id = record.draft(content=FIRST)
    record.bring_to(document_id, "submit")
    hung = people("hung")
    assert told(hung.get(f"/viec?chon={document_id}")) == ""
    returned(record, "hung", document_id)
    edited(record, document_id, SECOND)
    record.bring_to(document_id, "submit")
    card = card_of(hung, document_id)
    assert card.startswith("Chờ tôi duyệt")
    assert "Đã đổi thời gian của mục II.1" in card
    assert "bản đã mở lúc" in told(hung.get(f"/van-ban/{document_id}"))
    assert "bản đã trả lại lúc" in told(hung.get(f"/van-ban/{document_id}"))
    assert told(people("lan").get(f"/van-ban/{document_id}")) == "", (
        "who decides nothing is not asked to look"
    )


UNCHANGED = "Nội dung chưa đổi so với bản đã trả lại lúc 20/4 12:00."
SENT_BACK = f"Phạm Quốc Hùng, Chánh Văn phòng, đã trả lại lúc 20/4 12:00 {WHY}"


def both_pages(person: Person, document_id: int) -> list[str]:
    return [text_of(person.get(path)) for path in (f"/viec?chon={document_id}", f"/van-ban/{document_id}")]


def main_step(page: str) -> str:
    bar = page.split('class="actbar"')[1].split("</section>")[0]
    (found,) = re.findall(r'class="btn primary.*?</(?:a|button)>', bar, re.DOTALL)
    return text_of(f"<a {found}")


def test_the_drafter_is_led_to_mend_what_came_back_and_may_still_submit_it(people: Door, record: Record):
    document_id = record.draft(content=FIRST)
    lan = people("lan")
    assert main_step(lan.get(f"/van-ban/{document_id}")).startswith("Trình duyệt")
    record.bring_to(document_id, "submit")
    returned(record, "hung", document_id)
    for path in (f"/viec?chon={document_id}", f"/van-ban/{document_id}"):
        assert main_step(lan.get(path)).startswith("Sửa nội dung")
    lan.submit(f"/van-ban/{document_id}/buoc/trinh")
    assert "Đã trình" in text_of(lan.page.text)
    returned(record, "hung", document_id)
    edited(record, document_id, SECOND)
    for path in (f"/viec?chon={document_id}", f"/van-ban/{document_id}"):
        assert main_step(lan.get(path)).startswith("Trình duyệt")


def test_who_decides_again_is_told_why_it_came_back_and_that_no_word_changed(people: Door, record: Record):
    document_id = record.draft(content=FIRST)
    record.bring_to(document_id, "submit")
    hung = people("hung")
    for words in both_pages(hung, document_id):
        assert "trả lại lúc" not in words
    returned(record, "hung", document_id)
    record.bring_to(document_id, "submit")
    for words in both_pages(hung, document_id):
        assert SENT_BACK in words
        assert UNCHANGED in words
    for words in both_pages(people("lan"), document_id):
        assert UNCHANGED not in words, "who decides nothing is not asked to look"


def test_of_words_that_were_mended_only_the_reason_is_told(people: Door, record: Record):
    document_id = record.draft(content=FIRST)
    record.bring_to(document_id, "submit")
    returned(record, "hung", document_id)
    edited(record, document_id, SECOND)
    record.bring_to(document_id, "submit")
    for words in both_pages(people("hung"), document_id):
        assert SENT_BACK in words
        assert UNCHANGED not in words


def test_the_text_approved_before_counts_where_this_person_saw_none(people: Door, record: Record):
    document_id = record.draft(content=FIRST)
    record.bring_to(document_id, "check_format")
    returned(record, "mai", document_id)
    edited(record, document_id, SECOND, signer="viet")
    for login, step in (("lan", "submit"), ("hung", "approve_content"), ("thu", "check_format")):
        record.step(login, document_id, step)
    viet = people("viet")
    assert card_of(viet, document_id).startswith("Cần xem trước khi ký")
    words = told(viet.get(f"/viec?chon={document_id}"))
    assert "2 chỗ khác bản đã duyệt lúc" in words
    mai, signer = (record.directory.by_login[login].name for login in ("mai", "viet"))
    assert f"Người ký Bỏ: {mai} Thêm: {signer}" in words
    assert "Mục II.1, thời gian Quý Bỏ: IV Thêm: III" in words


def test_several_changes_are_counted(people: Door, record: Record):
    document_id = record.draft(content=FIRST)
    record.bring_to(document_id, "check_format")
    people("mai").get(f"/viec?chon={document_id}")
    returned(record, "mai", document_id)
    edited(record, document_id, training("Quý III", "Tập huấn cho toàn bộ công chức của Sở."))
    record.bring_to(document_id, "check_format")
    assert "2 chỗ sửa từ lần mở trước" in card_of(people("mai"), document_id)


def test_the_page_that_came_too_late_tells_what_changed(people: Door, record: Record):
    document_id = record.draft(content=FIRST)
    record.bring_to(document_id, "check_format")
    mai = people("mai")
    old = form_fields(mai.get(f"/viec?chon={document_id}"), "/buoc/ky")
    path = old.pop("__action__")
    record.step("hung", document_id, "withdraw")
    edited(record, document_id, SECOND)
    record.bring_to(document_id, "check_format")
    answer = mai.client.post(path, data=old)
    assert answer.status_code == 409
    said = text_of(answer.text)
    assert (
        "Đã đổi thời gian của mục II.1 từ khi trang này mở Mục II.1, thời gian Quý Bỏ: IV Thêm: III" in said
    )
    assert f'href="/van-ban/{document_id}/so-sanh/1..2"' in answer.text


def test_a_page_that_came_too_late_by_a_step_alone_tells_no_change_of_words(people: Door, record: Record):
    document_id = record.draft(content=FIRST)
    record.bring_to(document_id, "check_format")
    mai = people("mai")
    old = form_fields(mai.get(f"/viec?chon={document_id}"), "/buoc/ky")
    path = old.pop("__action__")
    record.step("hung", document_id, "withdraw")
    record.bring_to(document_id, "check_format")
    answer = mai.client.post(path, data=old)
    assert answer.status_code == 409
    assert "so-sanh" not in answer.text


@pytest.mark.tampered
def test_an_older_text_that_was_tampered_with_is_not_compared(sqlite_record: Record):
    record = sqlite_record
    document_id = record.draft(content=FIRST)
    record.bring_to(document_id, "check_format")
    mai = Door(open_app(record), record)("mai")
    mai.get(f"/viec?chon={document_id}")
    returned(record, "mai", document_id)
    edited(record, document_id, SECOND)
    record.bring_to(document_id, "check_format")
    with record.engine.database.write.begin() as db:
        db.exec_driver_sql("DROP TRIGGER revision_no_update")
        db.execute(update(Revision).where(Revision.no == 1).values(content=b"{}"))
    page = mai.get(f"/viec?chon={document_id}")
    assert told(page) == ""
    assert "Cần xem trước khi ký" in text_of(page)


@pytest.mark.tampered
def test_a_list_of_changed_texts_costs_no_more_statements(sqlite_record: Record):
    record = sqlite_record
    document_id = record.draft(content=FIRST)
    record.bring_to(document_id, "check_format")
    mai = Door(open_app(record), record)("mai")
    forget_rows(record)
    with statements(record.engine) as unchanged:
        mai.get(f"/viec?chon={document_id}")
    returned(record, "mai", document_id)
    edited(record, document_id, SECOND)
    record.bring_to(document_id, "check_format")
    mai.get("/viec")  # the first showing is written down once
    forget_rows(record)
    with statements(record.engine) as one:
        mai.get("/viec")
    clone(record, document_id, 30)
    forget_rows(record)
    with statements(record.engine) as many:
        mai.get("/viec")
    assert len(many) == len(one)
    with statements(record.engine) as pane:
        mai.get(f"/viec?chon={document_id}")
    assert len(pane) <= len(unchanged) + 1, "the one older text"
