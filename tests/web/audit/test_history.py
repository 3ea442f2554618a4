"""The list of events: what it says of each, how filters work, and that every event comes up once."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import delete, select

from tests.record import Record, plan
from tests.web.audit.logs import links_on, many_acts, number_of, numbers_on
from tests.web.conftest import text_of
from workflow.engine import Identity
from workflow.models import Document, EntryNote


@pytest.fixture
def issued(sqlite_record: Record) -> int:
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "issue")
    return document_id


def test_an_event_names_the_person_the_title_of_then_the_capacity_and_its_basis(
    sign_in, sqlite_record, issued
):
    page = sign_in("minh").get("/lich-su")
    number = number_of(sqlite_record, "sign")
    event = text_of(re.search(rf'<li class="[^"]*" id="sk-{number}">.*?</li>', page, re.DOTALL)[0])
    assert f"Ký duyệt Sự kiện #{number}" in event
    assert "Trần Thị Ngọc Mai · Phó Giám đốc, tư cách KT. GIÁM ĐỐC, theo Quyết định số 15/QĐ-SKHCN" in event
    assert "01/KH-SKHCN Thực hiện dân chủ trong cơ quan" in event
    assert "nội dung" in event
    assert "nối từ" in event
    assert f"Xem đúng bản này , sự kiện {number}" in event
    assert f"/van-ban/{issued}/ban/1" in page


def test_events_stand_under_their_day_of_viet_nam_newest_first(sign_in, sqlite_record, issued):
    sqlite_record.clock.forward(hours=13)  # 01:00 of the next day in Việt Nam, still the 20th in UTC
    sqlite_record.draft("lan")
    page = sign_in("lan").get("/lich-su")
    assert text_of(page).index("Thứ Ba, 21/4/2026") < text_of(page).index("Thứ Hai, 20/4/2026")
    assert numbers_on(page) == sorted(numbers_on(page), reverse=True)


def test_filters_combine_and_survive_in_the_address(sign_in, sqlite_record, issued):
    many_acts(sqlite_record, issued, 60)
    address = "/lich-su?q=dân+chủ&tu=20/4/2026&den=20/04/2026&hanh_dong=soan&hanh_dong=ky&don_vi=VP&dang=bang"
    page = sign_in("minh").get(address)
    assert " 62 sự kiện" in text_of(page)
    assert "6 đang dùng" in text_of(page)
    wanted = {
        "q": ["dân chủ"],
        "tu": ["20/4/2026"],
        "den": ["20/4/2026"],
        "hanh_dong": ["soan", "ky"],
        "don_vi": ["VP"],
    }
    older = next(link for link in links_on(page) if "truoc=" in link)
    for link in (
        older,
        *(link for link in links_on(page) if link.startswith(("/lich-su.csv", "/lich-su.json"))),
    ):
        held = parse_qs(urlsplit(link).query)
        assert {name: held[name] for name in wanted} == wanted
    assert parse_qs(urlsplit(older).query)["dang"] == ["bang"]
    without = [
        parse_qs(urlsplit(link).query) for link in re.findall(r'class="chip">[^<]*<a href="([^"]*)"', page)
    ]
    assert len(without) == 6
    assert (
        len(re.findall(r'<tr role="row">', sign_in("minh").get(older))) == 13
    )  # the heading and the other twelve


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=DAN CHU", 8),
        ("q=dân+chủ&hanh_dong=ky", 1),
        ("q=01/kh-skhcn", 8),
        ("q=ngoc+mai", 1),
        ("q=mai+hùng", 0),
        ("hanh_dong=ky&hanh_dong=cap-so", 4),
        ("tu_cach=KT", 1),
        ("tu_cach=TUQ", 0),
        ("den=19/4/2026", 0),
        ("tu=20/4/2026&den=20/4/2026&q=dan+chu", 8),
        ("hanh_dong=quyen", 2),
        ("don_vi=QLKH", 0),
        ("don_vi=VP", 8),
        ("q=%25", 0),
    ],
)
def test_each_filter_finds_what_it_says(sign_in, issued, query, expected):
    page = sign_in("minh").get(f"/lich-su?{query}")
    assert f" {expected} sự kiện" in text_of(page)
    assert len(numbers_on(page)) == expected


def test_a_day_that_is_none_is_told_and_nothing_is_listed(sign_in, issued):
    page = sign_in("minh").get("/lich-su?tu=31/2/2026", status=422)
    assert "<title>Lỗi:" in page
    assert 'href="#tu"' in page
    assert 'value="31/2/2026"' in page
    assert numbers_on(page) == []
    assert sign_in("minh").client.get("/lich-su.csv?tu=31/2/2026").status_code == 422


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("van_ban=abc", "Mã văn bản chỉ gồm chữ số, ví dụ 12"),
        ("van_ban=99999999999999999999", "Mã văn bản chỉ gồm chữ số, ví dụ 12"),
        ("van_ban=-1", "Mã văn bản chỉ gồm chữ số, ví dụ 12"),
        ("hanh_dong=ky&hanh_dong=khong", "Không có lựa chọn “khong” trong bộ lọc Hành động"),
        ("truy_cap=khong", "Không có lựa chọn “khong” trong bộ lọc Truy cập"),
        ("tu_cach=khong", "Không có lựa chọn “khong” trong bộ lọc Tư cách ký"),
        ("don_vi=KHONG", "Không có đơn vị “KHONG”"),
    ],
)
def test_a_filter_that_is_none_is_told_and_never_shows_everything(sign_in, issued, query, sentence):
    minh = sign_in("minh")
    page = minh.get(f"/lich-su?{query}", status=422)
    assert sentence in text_of(page)
    assert numbers_on(page) == []
    for kind in ("csv", "json"):
        answer = minh.client.get(f"/lich-su.{kind}?{query}")
        assert answer.status_code == 422
        assert "Bộ lọc có chỗ sai" in answer.text


def test_nothing_found_says_so_and_offers_to_drop_the_filters(sign_in, issued):
    page = sign_in("minh").get("/lich-su?q=khôngcógì")
    assert "Không có sự kiện nào khớp bộ lọc." in text_of(page)
    assert "Bỏ hết bộ lọc" in text_of(page)


def test_paging_shows_every_event_once(sign_in, sqlite_record, issued):
    many_acts(sqlite_record, issued, 120)
    minh, seen, address = sign_in("minh"), [], "/lich-su"
    while address:
        page = minh.get(address)
        seen += numbers_on(page)
        address = next((link for link in links_on(page) if "truoc=" in link), "")
    assert len(seen) == len(set(seen)) == 130
    assert seen == sorted(seen, reverse=True)


def test_a_refusal_is_shown_with_its_reason_to_whoever_asks_for_refusals(sign_in, sqlite_record):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "sign")
    with sqlite_record.engine.reading(Identity(rule="test")) as w:
        document = w.db.execute(select(Document.version, Document.digest)).one()
    seen = {"seen_version": str(document.version), "seen_digest": document.digest, "key": "k" * 22}
    answer = sign_in("hung").post(f"/van-ban/{document_id}/buoc/cap-so", seen)
    assert answer.status_code == 403
    minh = sign_in("minh")
    assert "Từ chối" not in [title for title in re.findall(r"<h4>([^<]+) <", minh.get("/lich-su"))]
    shown = text_of(minh.get("/lich-su?truy_cap=tu-choi-quyen"))
    assert "Phạm Quốc Hùng · Chánh Văn phòng" in shown
    assert "Chưa cấp số: việc này của văn thư" in shown
    assert " 1 sự kiện" in shown


def test_an_erased_note_is_told_and_the_event_still_verifies(sign_in, sqlite_record):
    document_id = sqlite_record.draft()
    sqlite_record.step("lan", document_id, "submit", note="Kính trình anh Hùng xem giúp mục hai.")
    number = number_of(sqlite_record, "submit")
    lan = sign_in("lan")
    assert "Kính trình anh Hùng" in lan.get("/lich-su")
    with sqlite_record.engine.work(Identity(rule="test")) as w:
        w.db.execute(delete(EntryNote).where(EntryNote.kind == "note"))
    for path in ("/lich-su", f"/lich-su/{number}"):
        page = text_of(lan.get(path))
        assert "Kính trình anh Hùng" not in page
        assert "Ý kiến đã được xóa theo quy định; mã cam kết vẫn giữ." in page
    viet = sign_in("viet")
    viet.post("/lich-su/kiem-tra")
    assert "Chuỗi lịch sử nguyên vẹn" in text_of(viet.get("/lich-su/kiem-tra"))


@pytest.mark.tampered
def test_words_that_are_not_the_ones_committed_to_are_not_shown(sign_in, sqlite_record):
    document_id = sqlite_record.draft()
    sqlite_record.step("lan", document_id, "submit", note="Kính trình anh Hùng xem giúp mục hai.")
    with sqlite_record.engine.work(Identity(rule="test")) as w:
        w.db.execute(EntryNote.__table__.update().where(EntryNote.kind == "note").values(text="Lời khác hẳn"))
    page = text_of(sign_in("lan").get("/lich-su"))
    assert "Lời khác hẳn" not in page
    assert "không khớp mã cam kết" in page


def test_what_people_typed_is_escaped(sign_in, sqlite_record):
    sqlite_record.draft(content=plan(subject="<script>alert(1)</script> & co"))
    lan = sign_in("lan")
    number = number_of(sqlite_record, "create")
    for path in ("/lich-su", "/lich-su?dang=bang", f"/lich-su/{number}"):
        assert "<script>alert" not in lan.get(path)
        assert "&lt;script&gt;alert(1)" in lan.page.text


def test_one_document_has_its_own_history(sign_in, sqlite_record, issued):
    sqlite_record.draft()
    lan = sign_in("lan")
    assert len(numbers_on(lan.get("/lich-su"))) == 9
    assert len(numbers_on(lan.get(f"/lich-su?van_ban={issued}"))) == 8
    assert f"Văn bản mã {issued}" in text_of(lan.page.text)
