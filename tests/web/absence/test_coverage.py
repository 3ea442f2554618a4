"""`/bao-phu`: what will stop, why, and the ways to mend it, as far as the one who looks may take them."""

from datetime import timedelta

from tests.record import Record
from tests.web.conftest import text_of
from tests.workflow.commands.test_absences import TODAY, away

LONG = TODAY + timedelta(days=21)


def test_all_is_well_says_so(sign_in, sqlite_record: Record):
    sqlite_record.draft()
    words = text_of(sign_in("hung").get("/bao-phu"))
    assert "Đã xem 1 văn bản" in words
    assert "Mọi văn bản đang xử lý đều có người có mặt" in words


def test_a_head_away_is_named_with_who_could_act_for_him(sign_in, sqlite_record: Record):
    record = sqlite_record
    plan_id = record.draft("nhung", unit="QLKH")
    record.step("nhung", plan_id, "submit")
    away(record, "khoi", last=LONG)
    page = sign_in("hung").get("/bao-phu")
    words = text_of(page)
    assert "Sẽ dừng (1)" in words
    assert "Duyệt nội dung từ 20/4/2026 đến 22/4/2026" in words
    assert "Tạ Đình Khôi vắng mặt đến hết ngày 11/5/2026." in words
    assert "Cử Đỗ Thanh Sơn xử lý thay Tạ Đình Khôi" in words
    assert f"/vang-mat?nguoi={record.person('khoi')}" not in page  # his own to tell
    assert f'href="/van-ban/{plan_id}"' in page


def test_the_head_of_the_agency_gives_the_signature_of_one_document(sign_in, sqlite_record: Record):
    record = sqlite_record
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    away(record, "mai", last=LONG)
    office = sign_in("hung").get("/bao-phu")
    assert "Giám đốc giao Đỗ Thanh Sơn ký riêng văn bản này" in text_of(office)
    assert "Chuyển Đoàn Quốc Việt ký" in text_of(office)
    way = f"/bao-phu/giao-ky/{plan_id}/{record.person('son')}"
    assert way not in office
    assert f"/vang-mat?nguoi={record.person('mai')}" in office
    viet = sign_in("viet")
    assert way in viet.get("/bao-phu")
    assert "KT., chỉ cho văn bản này" in text_of(viet.get(way))
    viet.submit(way, {"base_document": "", "valid_to": "19/4/2026"})
    assert viet.page.status_code == 422
    viet.submit(way, {"base_document": "Bút phê số 9", "valid_to": "19/4/2026"})
    assert "Chọn ngày hết hiệu lực không trước ngày bắt đầu" in text_of(viet.page.text)
    viet.submit(way, {"base_document": "Bút phê số 9", "valid_to": "24/4/2026"})
    assert "Đã giao ký văn bản này." in text_of(viet.page.text)
    viet.submit(f"/van-ban/{plan_id}/buoc/chuyen-nguoi-ky", {"signer": str(record.person("son"))})
    assert viet.page.status_code == 200
    assert "Mọi văn bản đang xử lý" in text_of(viet.get("/bao-phu"))
    assert record.step("son", plan_id, "sign").state == "signed"


def test_nobody_else_comes_to_these_pages(sign_in, sqlite_record: Record):
    plan_id = sqlite_record.draft()
    way = f"/bao-phu/giao-ky/{plan_id}/{sqlite_record.person('son')}"
    for login in ("lan", "mai", "minh", "huy"):
        words = text_of(sign_in(login).get("/bao-phu", status=403))
        assert "Tài khoản này không xem được trang việc sẽ dừng: việc này của" in words
    sign_in("hung").get(way, status=403)
    sign_in("viet").get(f"/bao-phu/giao-ky/{plan_id}/9999", status=404)
    sign_in("viet").get("/bao-phu/giao-ky/9999/1", status=404)
    people = sqlite_record.directory.people.values()
    stranger = next(
        one for one in people if one.agency_id != sqlite_record.directory.by_login["viet"].agency_id
    )
    sign_in("viet").get(f"/bao-phu/giao-ky/{plan_id}/{stranger.id}", status=404)


def test_the_notice_of_a_stall_leads_to_the_page(sign_in, sqlite_record: Record):
    from workflow.commands.tick import tick

    record = sqlite_record
    record.step("nhung", plan_id := record.draft("nhung", unit="QLKH"), "submit")
    away(record, "khoi", last=LONG)
    tick(record.engine)
    page = sign_in("hung").get("/thong-bao")
    assert "Không có người làm bước Duyệt nội dung từ ngày 20/4/2026." in text_of(page)
    assert "/bao-phu" in page
    assert plan_id
