"""Who sees what of the log: documents by their own rule, access entries and rights by role."""

import json
import re

import pytest
from sqlalchemy import select

from tests.record import Record
from tests.web.audit.logs import number_of, numbers_on
from tests.web.conftest import Person, text_of
from workflow.engine import Identity
from workflow.models import Entry


def _titles(page: str) -> set[str]:
    return set(re.findall(r"<h4>([^<]+) <", page))


def test_an_auditor_sees_a_document_only_from_its_signing(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "check_format")
    minh, number = sign_in("minh"), number_of(sqlite_record, "create")
    assert "Tạo dự thảo" not in _titles(minh.get("/lich-su"))
    minh.get(f"/lich-su/{number}", status=404)
    minh.get(f"/lich-su/{number}/bien-nhan", status=404)
    sqlite_record.step("mai", document_id, "sign")
    assert "Tạo dự thảo" in _titles(minh.get("/lich-su"))
    minh.get(f"/lich-su/{number}")


def test_the_drafting_unit_sees_a_draft_and_another_unit_does_not(sign_in, sqlite_record: Record):
    sqlite_record.draft()
    number = number_of(sqlite_record, "create")
    assert number in numbers_on(sign_in("duc").get("/lich-su"))
    assert number not in numbers_on(sign_in("nhung").get("/lich-su"))
    sign_in("nhung").get(f"/lich-su/{number}", status=404)


def test_nobody_sees_another_agency_whatever_the_role(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "issue")
    number = number_of(sqlite_record, "sign")
    directory = sqlite_record.directory
    other = directory.agency_by_code["so_y_te"].id
    outsiders = {p.login for role in ("auditor", "director", "admin") for post in directory.posts_with(other, role)
                 for p in directory.holders([post], sqlite_record.clock.now.date())}  # fmt: skip
    assert outsiders
    for login in outsiders:
        person = sign_in(login)
        person.get(f"/lich-su/{number}", status=404)
        assert number not in numbers_on(person.get("/lich-su?truy_cap=xem&truy_cap=dang-nhap&hanh_dong=ky"))
        assert b"01/KH-SKHCN" not in person.client.get("/lich-su.json").data


def test_access_of_others_is_for_auditors_alone(sign_in, sqlite_record: Record):
    sign_in("duc")
    lan = text_of(sign_in("lan").get("/lich-su?truy_cap=dang-nhap"))
    assert "Đăng nhập" in lan
    assert "Hoàng Văn Đức" not in lan
    assert "Truy cập của tôi" in lan
    minh = text_of(sign_in("minh").get("/lich-su?truy_cap=dang-nhap"))
    assert "Hoàng Văn Đức" in minh
    assert "Nguyễn Thị Lan" in minh


def test_changes_of_rights_are_for_auditors_and_the_administrator(sign_in, sqlite_record: Record):
    for login, sees in (("minh", True), ("huy", True), ("lan", False), ("viet", False)):
        page = sign_in(login).get("/lich-su?hanh_dong=quyen", status=200 if sees else 422)
        assert bool(_titles(page) & {"Đặt mật khẩu", "Thiết lập cơ quan"}) is sees, login
    assert "Thiết lập cơ quan" in _titles(sign_in("minh").get("/lich-su"))
    numbers = numbers_on(sign_in("minh").get("/lich-su?hanh_dong=quyen"))
    sign_in("lan").get(f"/lich-su/{numbers[-1]}", status=404)


def test_the_genesis_of_another_agency_is_not_shown(sign_in):
    page = sign_in("minh").get("/lich-su?hanh_dong=quyen")
    assert list(re.findall(r"<h4>([^<]+) <", page)).count("Thiết lập cơ quan") == 1


def test_an_administrator_sees_sign_ins_and_rights_and_no_content(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "issue")
    lan, huy = sign_in("lan"), sign_in("huy")
    lan.get(f"/van-ban/{document_id}")
    everything = "/lich-su?" + "&".join(
        f"truy_cap={kind}" for kind in ("xem", "dang-nhap", "tu-choi-quyen", "kiem-tra")
    )
    for path in ("/lich-su", everything):
        page = huy.get(path)
        assert "dân chủ" not in page
        assert _titles(page) <= {"Đặt mật khẩu", "Thiết lập cơ quan", "Đăng nhập", "Đăng xuất"}
    assert "Nguyễn Thị Lan" in text_of(huy.page.text)
    huy.get(f"/lich-su/{number_of(sqlite_record, 'sign')}", status=404)
    assert "dân chủ" not in huy.client.get("/lich-su.json").text


@pytest.mark.parametrize(("login", "shown"), [("minh", True), ("hung", False)])
def test_addresses_of_the_network_are_for_auditors_and_administrators(
    sign_in, sqlite_record: Record, login, shown
):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "check_format")
    sqlite_record.step("mai", document_id, "sign", identity={"ip": "203.0.113.7"})
    page = text_of(sign_in(login).get(f"/lich-su/{number_of(sqlite_record, 'sign')}"))
    assert ("203.0.113.7" in page) is shown
    assert ("chỉ thanh tra và quản trị xem được" in page) is not shown


def test_a_failed_sign_in_of_a_known_account_is_seen_by_those_who_oversee_its_agency(
    app, sign_in, sqlite_record: Record
):
    answers = []
    for login in ("khong-co-ai", "lan"):
        stranger = Person(app.test_client(), login)
        stranger.get("/dang-nhap")
        page = stranger.submit("/dang-nhap", {"login": login, "password": "không phải mật khẩu nào"})
        answers.append((page.status_code, re.sub(r'value="[^"]*"', "", text_of(page.text))))
    assert answers[0] == answers[1]  # who knocks learns nothing of it
    directory = sqlite_record.directory
    other = directory.agency_by_code["so_y_te"].id
    foreign = directory.holders(directory.posts_with(other, "admin"), sqlite_record.clock.now.date())
    for login in ("minh", "huy"):
        found = sign_in(login).get("/lich-su?truy_cap=dang-nhap")
        assert found.count("Đăng nhập không được") == 1, login
        words = text_of(sign_in(login).get(f"/lich-su/{number_of(sqlite_record, 'sign_in_failed')}"))
        assert "Tên đăng nhập lan" in words
    for login in ("lan", "hung", *(one.login for one in foreign)):
        assert "Đăng nhập không được" not in sign_in(login).get("/lich-su?truy_cap=dang-nhap"), login
    with sqlite_record.engine.reading(Identity(rule="test")) as w:
        bodies = w.db.scalars(select(Entry.body).where(Entry.action == "sign_in_failed")).all()
    unknown, known = (json.loads(body) for body in bodies)
    assert (known["agency"]["code"], known["facts"]) == ("so_khcn", {"account_known": True, "login": "lan"})
    assert ("agency" in unknown, unknown["facts"]) == (False, {"account_known": False})
