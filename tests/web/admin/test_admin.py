"""The three pages of rights, people and procedures: they tell, they change nothing."""

import pytest

from tests.record import Record
from tests.web.audit.logs import statements
from tests.web.conftest import text_of
from workflow.commands.people import disable_person
from workflow.engine import Identity


@pytest.mark.parametrize("login", ["minh", "viet", "hung", "van", "huy", "lan"])
def test_everyone_of_the_agency_reads_who_can_do_what(sign_in, login):
    page = text_of(sign_in(login).get("/quan-tri/uy-quyen"))
    for words in (
        "KT. (ký thay) Trần Thị Ngọc Mai Phó Giám đốc",
        "Quyết định số 15/QĐ-SKHCN",
        "Giấy ủy quyền số 01/GUQ-SKHCN",
        "Đã hết hạn hoặc thu hồi",
        "Chánh Văn phòng",
        "hôm nay",
    ):
        assert words in page


def test_a_past_day_answers_whether_she_was_entitled_then(sign_in):
    page = sign_in("minh").get("/quan-tri/uy-quyen?ngay=9/1/2024")
    text = text_of(page)
    assert "Ngày 09/01/2024" in text
    running = text[text.index("Đang hiệu lực") : text.index("Sắp có hiệu lực")]
    upcoming = text[text.index("Sắp có hiệu lực") : text.index("Đã hết hạn")]
    assert "Trần Thị Ngọc Mai" not in running
    assert "Trần Thị Ngọc Mai" in upcoming
    assert "Về hôm nay" in text


def test_a_day_that_is_none_is_told_and_today_is_shown(sign_in):
    page = sign_in("minh").get("/quan-tri/uy-quyen?ngay=30/2/2026")
    assert "<title>Lỗi:" in page
    assert "Ngày 20/4/2026 (hôm nay)" in text_of(page)
    assert 'value="30/2/2026"' in page


def test_another_agency_is_not_shown(sign_in):
    page = text_of(sign_in("minh").get("/quan-tri/uy-quyen") + sign_in("huy").get("/quan-tri/nguoi-dung"))
    assert "Sở Y tế" not in page


def test_accounts_are_for_the_administrator_and_auditors(sign_in, sqlite_record: Record):
    sign_in("lan")
    with sqlite_record.engine.work(Identity(rule="test")) as w:
        disable_person(w, person_id=w.directory.by_login["duc"].id)
    for login in ("huy", "minh"):
        page = text_of(sign_in(login).get("/quan-tri/nguoi-dung"))
        assert "Nguyễn Thị Lan lan Chuyên viên, Văn phòng Sở – Hoạt động 20/4/2026 12:00" in page
        assert "Hoàng Văn Đức duc – – Đã ngừng" in page
        assert "trinhky users" in page
    for login in ("lan", "viet", "van"):
        sign_in(login).get("/quan-tri/nguoi-dung", status=403)


def test_no_page_shows_a_password_hash(sign_in):
    assert "argon2" not in sign_in("huy").get("/quan-tri/nguoi-dung")


def test_procedures_stand_as_tables_with_their_hash_and_what_runs_on_them(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "sign")
    sqlite_record.step("lan", sqlite_record.draft(), "cancel", note="lập nhầm, bỏ bản này")
    page = sign_in("huy").get("/quan-tri/quy-trinh")
    text = text_of(page)
    (flow,) = [f for key, f in sqlite_record.engine.flows.items() if key == ("ke_hoach", 1)]
    assert flow.definition.hash[:4] in text
    assert "Văn bản đang chạy 1 Văn bản đã kết thúc 1" in text
    assert "Rút lại chữ ký Đã ký, chờ cấp số Chờ ký người ký đúng là chữ ký của mình bắt buộc" in text
    assert page.count('<svg class="map"') == len(sqlite_record.engine.flows)
    assert "Chờ ký đến Đã ký, chờ cấp số" in page
    assert 'style="' not in page


@pytest.mark.parametrize("path", ["/quan-tri/uy-quyen", "/quan-tri/nguoi-dung", "/quan-tri/quy-trinh"])
def test_pages_take_as_many_statements_with_one_document_as_with_forty(sign_in, sqlite_record: Record, path):
    huy = sign_in("huy")

    def cost() -> int:
        with statements(sqlite_record.engine) as sent:
            huy.get(path)
        return len(sent)

    sqlite_record.draft()
    cost()
    few = cost()
    for _ in range(40):
        sqlite_record.draft()
    assert cost() == few
