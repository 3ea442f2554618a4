"""The door: who gets in, how long it stays open, and that every other door is closed."""

import re

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from tests.record import Record
from tests.web.conftest import PASSWORD, text_of
from web.auth.passwords import hash_password
from web.security import OPEN
from workflow.commands.people import disable_person, set_password_hash
from workflow.engine import Identity
from workflow.models import LoginFailure, WebSession
from workflow.queries.sessions import account_of


def _attempt(client, login, password):
    page = client.get("/dang-nhap").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    return client.post("/dang-nhap", data={"csrf_token": token, "login": login, "password": password})


def test_a_right_password_opens_the_home_of_the_role(sign_in):
    page = sign_in("lan").page
    assert page.request.path == "/viec"


def test_a_wrong_password_says_so_and_keeps_the_name(app, sign_in):
    sign_in("lan")
    answer = _attempt(app.test_client(), "lan", "không phải mật khẩu này")
    assert answer.status_code == 401
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in text_of(answer.text)
    assert 'value="lan"' in answer.text
    assert "<title>Lỗi:" in answer.text


def test_an_unknown_name_gets_the_same_words(app, sign_in):
    sign_in("lan")
    known = _attempt(app.test_client(), "lan", "sai mật khẩu rồi nhé")
    unknown = _attempt(app.test_client(), "khongco", "sai mật khẩu rồi nhé")
    assert known.status_code == unknown.status_code == 401
    assert text_of(known.text).replace("lan", "") == text_of(unknown.text).replace("khongco", "").replace(
        "lan", ""
    )


def test_the_sixth_wrong_password_from_one_address_is_not_even_checked(app, sign_in, sqlite_record: Record):
    sign_in("lan")
    client = app.test_client()
    for _ in range(5):
        assert _attempt(client, "lan", "sai mật khẩu rồi nhé").status_code == 401
    blocked = _attempt(client, "lan", PASSWORD)
    assert blocked.status_code == 429
    assert blocked.headers["Retry-After"] == "900"
    sqlite_record.clock.forward(minutes=16)
    assert _attempt(client, "lan", PASSWORD).status_code == 303
    with sqlite_record.engine.reading(Identity(rule="test")) as w:
        assert not w.db.scalars(select(LoginFailure.id).where(LoginFailure.subject.like("both:%"))).all()


def test_every_route_is_closed_unless_it_is_listed(app):
    client = app.test_client()
    closed = 0
    for rule in app.url_map.iter_rules():
        if rule.endpoint in OPEN:
            continue
        path = re.sub(r"<(?:int:)?[^>]+>", "1", rule.rule)
        for method in rule.methods & {"GET", "POST"}:
            answer = client.open(path, method=method)
            assert answer.status_code in (303, 400), (path, method, answer.status_code)
            if answer.status_code == 303:
                assert answer.headers["Location"].startswith("/dang-nhap")
            closed += 1
    assert closed > 20


@pytest.mark.parametrize("end", ["sign_out", "disable", "password", "idle", "too_long"])
def test_a_copied_cookie_is_worth_nothing_once_the_session_ended(app, sign_in, sqlite_record: Record, end):
    lan = sign_in("lan")
    copied = lan.client.get_cookie("trinhky").value
    thief = app.test_client()
    thief.set_cookie("trinhky", copied)
    assert thief.get("/viec").status_code == 200
    lan_id = sqlite_record.person("lan")
    if end == "sign_out":
        lan.post("/dang-xuat")
    elif end == "idle":
        sqlite_record.clock.forward(minutes=61)
    elif end == "too_long":
        for _ in range(25):
            sqlite_record.clock.forward(minutes=30)
            thief.get("/viec")
    else:
        with sqlite_record.engine.work(Identity(rule="test")) as w:
            if end == "disable":
                disable_person(w, person_id=lan_id)
            else:
                set_password_hash(w, person_id=lan_id, password_hash=hash_password(PASSWORD, "cheapest"))
    answer = thief.get("/viec")
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/dang-nhap")


def test_the_cookie_holds_no_name_and_the_row_no_token(sign_in, sqlite_record: Record):
    lan = sign_in("lan")
    with lan.client.session_transaction() as held:
        token = held["_user_id"]
    with sqlite_record.engine.reading(Identity(rule="test")) as w:
        stored = w.db.scalars(select(WebSession.token_hash)).all()
    assert len(token) >= 40
    assert token not in stored


@pytest.mark.parametrize(
    "wanted",
    ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)", "//[", "https://["],
)
def test_after_sign_in_nobody_is_sent_to_another_host(app, sign_in, wanted):
    sign_in("lan")
    client = app.test_client()
    page = client.get("/dang-nhap", query_string={"toi": wanted}).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    data = {"csrf_token": token, "login": "lan", "password": PASSWORD, "next": wanted}
    assert client.post("/dang-nhap", data=data).headers["Location"] == "/viec"


def test_a_post_without_its_token_is_refused(sign_in):
    lan = sign_in("lan")
    assert lan.client.post("/dang-xuat").status_code == 400
    assert lan.client.get("/viec").status_code == 200


def test_a_person_changes_the_password_and_other_sessions_end(app, sign_in):
    lan = sign_in("lan")
    other = app.test_client()
    other.set_cookie("trinhky", lan.client.get_cookie("trinhky").value)
    lan.get("/doi-mat-khau")
    lan.submit(
        "/doi-mat-khau",
        {"present": PASSWORD, "new": "một câu khác cũng dài", "again": "một câu khác cũng dài"},
    )
    assert "Đã đổi mật khẩu" in text_of(lan.page.text)
    assert other.get("/viec").status_code == 303


def test_a_hash_of_older_parameters_is_renewed_at_sign_in(app, sign_in, sqlite_record: Record):
    lan = sign_in("lan")
    old = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
    with sqlite_record.engine.work(Identity(rule="test")) as w:
        set_password_hash(w, person_id=sqlite_record.person("lan"), password_hash=old)
    assert _attempt(app.test_client(), "lan", PASSWORD).status_code == 303
    with sqlite_record.engine.reading(Identity(rule="test")) as w:
        stored = account_of(w, "lan").password_hash
    assert stored != old
    assert lan.client.get("/viec").status_code == 303


def test_headers_forbid_inline_and_foreign_code(app):
    answer = app.test_client().get("/dang-nhap")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_health_page_names_the_journal_mode_and_nobody(app, sign_in):
    sign_in("lan")
    told = app.test_client().get("/suc-khoe").get_json()
    assert told["journal"] in ("WAL+FULL", "DELETE+EXTRA")
    assert told["sqlite"]
    assert told["entries_unsealed"] == 0


def test_the_bare_address_leads_to_the_door_and_from_inside_to_ones_own_work(app, sign_in):
    answer = app.test_client().get("/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/dang-nhap")
    for login, page in (
        ("mai", "/viec"),
        ("van", "/van-thu"),
        ("minh", "/lich-su"),
        ("huy", "/quan-tri/nguoi-dung"),
    ):
        answer = sign_in(login).client.get("/")
        assert (answer.status_code, answer.headers["Location"]) == (303, page)
