"""The lists: only what one may see, newest first, by pages, found without marks, at the same cost for a thousand."""

from html import unescape

import pytest
from sqlalchemy import insert, select

from tests.arranged import more_units
from tests.record import plan
from tests.web.conftest import text_of
from tests.web.statements import statements
from workflow.engine import Identity
from workflow.models import Document, Waiting


def test_a_list_shows_number_unit_state_and_who_it_waits_for(sign_in, sqlite_record):
    waiting = sqlite_record.draft()
    sqlite_record.step("lan", waiting, "submit")
    issued = sqlite_record.draft(content=plan(subject="Kiểm tra đo lường quý III"))
    sqlite_record.bring_to(issued, "issue")
    page = text_of(sign_in("lan").get("/ke-hoach"))
    assert "2 kế hoạch, mới nhất ở trên" in page
    assert page.index("Kiểm tra đo lường") < page.index("Thực hiện dân chủ")
    assert "01/KH-SKHCN 20/4/2026 VP Sở Nguyễn Thị Lan" in page
    assert "Chờ Chánh Văn phòng duyệt Đang chờ: Phạm Quốc Hùng" in page


def test_the_unseen_is_not_in_the_list(sign_in, sqlite_record):
    sqlite_record.draft(content=plan(subject="Việc riêng của Văn phòng"))
    page = sign_in("yen").get("/ke-hoach")
    assert "Việc riêng" not in page
    assert "0 kế hoạch" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tim=do+luong", ["Đo lường"]),
        ("tim=ĐO+LƯỜNG", ["Đo lường"]),
        ("tim=01/kh", ["Dân vận"]),
        ("tim=100%25", []),
        ("nam=2026", ["Đo lường", "Dân vận"]),
        ("nam=2025", []),
        ("nam=x", ["Đo lường", "Dân vận"]),
        ("tinh_trang=issued", ["Dân vận"]),
        ("tinh_trang=draft&tim=dan+van", []),
        ("don_vi=999999", []),
        ("don_vi=99999999999999999999", ["Đo lường", "Dân vận"]),
        ("loai=bao_cao", []),
    ],
)
def test_filters_narrow_the_list_and_stand_as_chips(sign_in, sqlite_record, query, found):
    sqlite_record.bring_to(sqlite_record.draft(content=plan(subject="Dân vận năm nay")), "issue")
    sqlite_record.draft(content=plan(subject="Đo lường hàng hóa"))
    page = text_of(sign_in("lan").get(f"/ke-hoach?{query}"))
    listed = page[page.index(" kế hoạch") :]
    assert [name for name in ("Đo lường", "Dân vận") if f"{name} " in listed] == found
    assert ("khớp bộ lọc" in page) == (query not in ("nam=x", "don_vi=99999999999999999999"))


def test_a_chip_takes_its_filter_away_and_leaves_the_others(sign_in, sqlite_record):
    page = unescape(sign_in("lan").get("/ke-hoach?tim=dan&nam=2026"))
    assert 'href="/ke-hoach?nam=2026" aria-label="Bỏ lọc “dan”"' in page
    assert 'href="/ke-hoach?tim=dan" aria-label="Bỏ lọc Năm 2026"' in page


def test_only_those_who_may_draft_are_offered_to(sign_in, sqlite_record):
    assert "/ke-hoach/moi" in sign_in("lan").get("/ke-hoach")
    assert "/ke-hoach/moi" not in sign_in("mai").get("/ke-hoach")
    sign_in("mai").get("/ke-hoach/moi", status=403)
    sign_in("mai").get("/ke-hoach/nhap", status=403)


@pytest.mark.tampered
def test_pages_follow_one_another_without_a_gap(sign_in, sqlite_record):
    _many(sqlite_record, 120)
    lan = sign_in("lan")
    seen, address = [], "/ke-hoach"
    while address:
        page = unescape(lan.get(address))
        seen += [int(part.split('"')[0]) for part in page.split('<a href="/van-ban/')[1:]]
        after = page.partition('rel="next" href="')[2]
        address = after.partition('"')[0]
    assert len(seen) == 120
    assert seen == sorted(set(seen), reverse=True)


@pytest.mark.tampered
def test_a_list_asks_as_much_for_a_thousand_as_for_ten(sign_in, sqlite_record):
    lan = sign_in("lan")
    _many(sqlite_record, 10)
    with statements(sqlite_record.engine) as few:
        lan.get("/ke-hoach")
    _many(sqlite_record, 990)
    with statements(sqlite_record.engine) as many:
        page = lan.get("/ke-hoach")
    assert len(many) == len(few)
    assert len(page.encode()) < 60_000
    assert "1.000 kế hoạch" in page
    _many(sqlite_record, 5)
    assert "Hơn 1.000 kế hoạch" in lan.get("/ke-hoach")


@pytest.mark.tampered
def test_the_editing_page_asks_as_much_among_a_thousand_as_among_ten(sign_in, sqlite_record):
    lan = sign_in("lan")
    document = sqlite_record.draft()
    _many(sqlite_record, 10)
    with statements(sqlite_record.engine) as few:
        lan.get(f"/van-ban/{document}/sua")
    _many(sqlite_record, 990)
    with statements(sqlite_record.engine) as many:
        lan.get(f"/van-ban/{document}/sua")
    assert len(many) == len(few)


def test_reports_have_a_list_of_their_own(sign_in, sqlite_record):
    sqlite_record.draft()
    sqlite_record.draft(definition_id="bao_cao", content=plan(doc_type="BC", subject="Kết quả năm 2026"))
    page = text_of(sign_in("lan").get("/bao-cao"))
    assert "1 báo cáo" in page
    assert "Kết quả năm 2026" in page
    assert "Thực hiện dân chủ" not in page
    assert "Soạn kế hoạch" not in page


def _many(record, count):
    """Copies of one draft with its open row, put straight into the tables: a list reads them like any other."""
    document = record.draft()
    with record.engine.work(Identity(rule="test")) as w:
        row = dict(w.db.execute(select(Document.__table__).where(Document.id == document)).one()._mapping)
        waits = dict(
            w.db.execute(select(Waiting.__table__).where(Waiting.document_id == document)).one()._mapping
        )
        top = document
        rows = [row | {"id": top + place} for place in range(1, count)]
        if rows:
            w.db.execute(insert(Document.__table__), rows)
            del waits["id"]
            w.db.execute(insert(Waiting.__table__), [waits | {"document_id": one["id"]} for one in rows])


@pytest.fixture
def many_units(sqlite_record):
    more_units(sqlite_record, 400)
    sqlite_record.bring_to(sqlite_record.draft(content=plan(subject="Dân vận năm nay")), "issue")
    return sqlite_record


def test_of_few_units_one_is_chosen_and_of_many_its_name_is_typed(sign_in, sqlite_record):
    lan = sign_in("lan")
    assert '<select id="don_vi"' in lan.get("/ke-hoach")
    more_units(sqlite_record, 400)
    for path in ("/ke-hoach", "/bao-cao"):
        page = lan.get(path)
        assert '<select id="don_vi"' not in page
        assert 'name="ten_don_vi"' in page
        assert "Đơn vị thứ 7" not in page
        assert len(page.encode()) < 60_000


@pytest.mark.parametrize(
    ("typed", "chip", "found"),
    [
        ("van phong so", "Văn phòng Sở", 1),
        ("Đơn vị thứ 39", "Đơn vị thứ 39", 0),  # of exactly this name, though others begin with it
        ("đơn vị thứ 39x", "Đơn vị “đơn vị thứ 39x”: không có đơn vị nào tên như vậy", 0),
        ("thứ 39", "Đơn vị “thứ 39”: 11 đơn vị", 0),
        ("u39", "Đơn vị thứ 39", 0),
        ("đơn vị thứ", "Đơn vị “đơn vị thứ”: 400 đơn vị, chưa lọc; gõ rõ tên hơn", 1),
        ("", "", 1),
    ],
)
def test_a_typed_unit_narrows_the_list_and_the_chip_says_what_it_was_taken_for(
    sign_in, many_units, typed, chip, found
):
    lan = sign_in("lan")
    page = unescape(lan.get(f"/ke-hoach?ten_don_vi={typed}"))
    words = text_of(page)
    assert f"{found} kế hoạch" in words
    assert f'aria-label="Bỏ lọc {chip}"' in page if chip else "Bỏ lọc" not in page
    assert not typed or f'value="{typed}"' in page


def test_a_link_to_one_unit_still_leads_there_and_the_field_holds_its_name(sign_in, many_units):
    unit = next(one for one in many_units.directory.units.values() if one.name == "Đơn vị thứ 39")
    page = unescape(sign_in("lan").get(f"/ke-hoach?don_vi={unit.id}"))
    assert "0 kế hoạch khớp bộ lọc" in text_of(page)
    assert 'value="Đơn vị thứ 39"' in page
