"""What waits for whom, in which group, and what a card may do."""

import re

import pytest
from sqlalchemy import select

from tests.record import Record, plan
from tests.web.conftest import PASSWORD, form_fields, text_of
from tests.web.contents import clone, forget_rows
from tests.web.documents.test_pages import edit
from tests.web.documents.test_rights import posts
from tests.web.statements import statements
from workflow.models import Seen
from workflow.queries.inbox_page import PAGE


def listed(page: str) -> str:
    return text_of(page.split('<section class="list"')[1].split("</section>")[0])


def cards(page: str) -> list[str]:
    return re.findall(r"<article class=\"item.*?</article>", page, re.DOTALL)


@pytest.fixture
def resubmitted(sqlite_record: Record):
    """A plan that Mai opened or not, returned, that Lan changed and Hùng approved again."""

    def make(*, opened: bool, sign_in) -> int:
        record = sqlite_record
        document_id = record.draft()
        record.bring_to(document_id, "check_format")
        if opened:
            sign_in("mai").get(f"/viec?chon={document_id}")
        record.step("mai", document_id, "return", note="Hạn phải là trước ngày 10/11.")
        record.step("hung", document_id, "forward")
        edit(record, document_id, 6, subject="Thực hiện dân chủ ở toàn cơ quan")
        record.bring_to(document_id, "check_format")
        return document_id

    return make


@pytest.mark.parametrize("opened", [True, False])
def test_what_changed_since_is_to_be_looked_at_and_one_press_signs_it(
    sign_in, sqlite_record, resubmitted, opened
):
    document_id = resubmitted(opened=opened, sign_in=sign_in)
    mai = sign_in("mai")
    page = mai.get("/viec")
    assert "Cần xem trước khi ký 1 văn bản Thực hiện dân chủ ở toàn cơ quan" in listed(page)
    assert "Sẵn sàng ký" not in listed(page)
    pane = text_of(
        mai.get(f"/viec?chon={document_id}").split('<section class="pane"')[1].split("<article")[0]
    )
    assert f"1 chỗ khác bản đã {'mở' if opened else 'trả lại'} lúc" in pane
    assert "Bỏ: trong" in pane
    assert "Thêm: ở toàn" in pane
    mai.submit(f"/van-ban/{document_id}/buoc/ky")
    assert "Đã ký duyệt" in text_of(mai.page.text)


def test_an_unchanged_text_is_ready(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "check_format")
    page = sign_in("mai").get("/viec")
    assert "Sẵn sàng ký 1 văn bản" in listed(page)
    assert "Không đổi từ khi duyệt" in listed(page)
    assert "Văn phòng Sở · Phạm Quốc Hùng duyệt 20/4 12:00" in listed(page)
    assert f"/van-ban/{document_id}" in page


def test_a_card_signs_only_what_this_person_already_opened(sign_in, sqlite_record: Record):
    record = sqlite_record
    document_id = record.draft()
    record.bring_to(document_id, "check_format")
    mai = sign_in("mai")
    (card,) = cards(mai.get("/viec"))
    assert "Xem và ký" in card
    assert posts(card) == []
    (card,) = cards(mai.get("/viec"))
    assert posts(card) == [], "the list alone is no opening"
    mai.get(f"/viec?chon={document_id}")
    (card,) = cards(mai.get("/viec"))
    assert posts(card) == [f"/van-ban/{document_id}/buoc/ky"]
    fields = form_fields(card, "/buoc/ky")
    assert mai.client.post(fields.pop("__action__"), data=fields).headers["Location"] == "/viec"


@pytest.mark.parametrize(("login", "to", "group", "button"), [
    ("hung", "submit", "Chờ tôi duyệt", "Duyệt nội dung"),
    ("thu", "approve_content", "Chờ kiểm tra thể thức", "Xác nhận thể thức, chuyển ký"),
    ("van", "sign", "Chờ văn thư", "Cấp số…"),
    ("mai", "check_format", "Sẵn sàng ký", "Ký duyệt"),
])  # fmt: skip
def test_each_finds_his_work_and_the_step_that_carries_it_on(
    sign_in, sqlite_record, login, to, group, button
):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, to)
    page = sign_in(login).get(f"/viec?chon={document_id}")
    assert group in listed(page)
    bar = page.split('class="actbar"')[1].split("</section>")[0]
    assert button in text_of(bar)
    assert "Trả lại…" in text_of(bar)


def test_a_drafter_finds_what_came_back_before_his_drafts(sign_in, sqlite_record: Record):
    record = sqlite_record
    record.draft(content=plan(subject="Dự thảo mới bắt đầu", recipients=()))
    back = record.draft(content=plan(subject="Văn bản bị trả lại"))
    record.clock.forward(hours=1)
    record.bring_to(back, "submit")
    record.step("hung", back, "return", note="Bổ sung đơn vị phối hợp.")
    page = sign_in("lan").get("/viec")
    told = listed(page)
    assert (
        told.index("Trả lại cho tôi sửa") < told.index("Văn bản bị trả lại") < told.index("Dự thảo của tôi")
    )
    assert "Còn 1 chỗ cần ghi" in told
    assert "Bổ sung đơn vị phối hợp." in text_of(page.split('<section class="pane"')[1])
    assert "Bị trả lại, chờ tôi xử lý" not in told


def test_the_key_that_sends_back_is_named_to_those_who_can(sign_in, sqlite_record: Record):
    sqlite_record.draft()
    sqlite_record.bring_to(sqlite_record.draft(), "submit")
    assert "<kbd>R</kbd>" in sign_in("hung").get("/viec")
    page = sign_in("lan").get("/viec")
    assert "<kbd>J</kbd>" in page
    assert "<kbd>R</kbd>" not in page


def test_a_head_finds_what_the_signer_returned_to_forward_it(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "check_format")
    sqlite_record.step("mai", document_id, "return", note="Xem lại căn cứ pháp lý.")
    hung = sign_in("hung")
    page = hung.get("/viec")
    assert "Bị trả lại, chờ tôi xử lý" in listed(page)
    hung.submit(f"/van-ban/{document_id}/buoc/chuyen-nguoi-soan")
    assert "Không có văn bản chờ duyệt." in text_of(hung.page.text)
    assert "Trả lại cho tôi sửa" in listed(sign_in("lan").get("/viec"))


@pytest.mark.parametrize("login", ["mai", "viet"])
def test_signer_and_director_are_asked_to_confirm_a_void(sign_in, sqlite_record: Record, login):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "assign_number")
    sqlite_record.step("van", document_id, "request_void", note="Sai tên cơ quan nhận trong nơi nhận.")
    page = sign_in(login).get(f"/viec?chon={document_id}")
    assert "Chờ xác nhận hủy số" in listed(page)
    assert "Đề nghị hủy số 01/KH-SKHCN" in listed(page)
    assert "Xác nhận hủy số…" in text_of(page)


def test_the_step_done_brings_up_the_next_one(sign_in, sqlite_record: Record):
    ids = [sqlite_record.draft(content=plan(subject=f"Việc số {n}")) for n in (1, 2, 3)]
    for document_id in ids:
        sqlite_record.bring_to(document_id, "check_format")
        sqlite_record.clock.forward(minutes=1)
    mai = sign_in("mai")
    mai.get(f"/viec?chon={ids[1]}")
    mai.submit(f"/van-ban/{ids[1]}/buoc/ky")
    assert mai.page.request.full_path == f"/viec?tiep={ids[2]}"
    assert f'href="/viec?chon={ids[2]}" aria-current="true"' in mai.page.text
    assert "hôm nay đã ký 1 văn bản" in text_of(mai.page.text)
    assert 'class="v-list"' in mai.page.text
    with sqlite_record.engine.database.read.begin() as db:
        assert set(db.scalars(select(Seen.document_id))) == {ids[1]}


@pytest.mark.parametrize(("login", "words"), [
    ("viet", "Không có văn bản chờ ký."),
    ("khoi", "Không có văn bản chờ duyệt."),
    ("lan", "Không có việc nào đang chờ."),
    ("minh", "Không có việc nào đang chờ."),
])  # fmt: skip
def test_an_empty_inbox_says_so_and_leads_on(sign_in, login, words):
    page = sign_in(login).get("/viec")
    assert words in text_of(page)
    assert 'href="/ke-hoach"' in page


def test_reports_that_are_due_are_named_and_linked(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "issue")
    nhung = sign_in("nhung")
    assert "báo cáo của đơn vị" not in text_of(nhung.get("/viec"))
    sqlite_record.clock.forward(days=190)
    nhung.get("/dang-nhap")
    nhung.submit("/dang-nhap", {"login": "nhung", "password": PASSWORD})  # half a year ends any session
    again = nhung.get("/viec")
    assert "1 báo cáo của đơn vị đã đến kỳ" in text_of(again)
    assert "quá hạn" not in text_of(again)
    assert "Không có việc nào" not in text_of(again)  # a report is work, though no document waits
    assert 'href="/han"' in again
    sqlite_record.clock.forward(days=40)
    nhung.get("/dang-nhap")
    nhung.submit("/dang-nhap", {"login": "nhung", "password": PASSWORD})
    assert "1 báo cáo của đơn vị đã đến kỳ, 1 đã quá hạn" in text_of(nhung.get("/viec"))


@pytest.mark.tampered
def test_ten_or_a_thousand_documents_cost_the_same_statements(sign_in, sqlite_record: Record):
    record = sqlite_record
    document_id = record.draft()
    record.bring_to(document_id, "check_format")
    mai = sign_in("mai")
    clone(record, document_id, 9)
    mai.get("/viec")
    forget_rows(record)
    with statements(record.engine) as ten:
        page = mai.get("/viec")
    assert len(cards(page)) == 10
    with statements(record.engine) as known:
        assert mai.get("/viec").count('class="item') == page.count('class="item')
    clone(record, document_id, 990)
    forget_rows(record)
    with statements(record.engine) as thousand:
        page = mai.get("/viec")
    assert len(thousand) == len(ten)
    assert len(ten) < 45
    with statements(record.engine) as known_too:
        assert mai.get("/viec").count('class="item') == page.count('class="item')
    assert len(known_too) == len(known) == len(ten) - 2, "of rows it knows it asks nothing more"
    assert len(cards(page)) == PAGE
    assert "1.000 việc" in text_of(page)
    assert len(page.encode()) < 120_000


@pytest.mark.tampered
def test_page_after_page_shows_every_document_once(sign_in, sqlite_record: Record):
    record = sqlite_record
    document_id = record.draft()
    record.bring_to(document_id, "check_format")
    clone(record, document_id, 119)
    mai = sign_in("mai")
    path, found = "/viec", []
    while path:
        page = mai.get(path)
        found += [re.search(r"chon=(\d+)", card)[1] for card in cards(page)]
        onward = re.search(r'href="(/viec\?sau=[^"]+)"', page)
        path = onward[1] if onward else ""
    assert len(found) == len(set(found)) == 120
