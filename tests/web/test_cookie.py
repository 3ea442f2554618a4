"""The signed cookie: what goes in comes out, in our writing and in Flask's own."""

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import BadSignature

from tests.person import csrf_of
from web.cookie import SHORT, CookieSession

HELD = {
    "_user_id": "x" * 43,
    "csrf_token": "0f" * 20,
    "_fresh": True,
    "_flashes": [["ok", {"title": "Đã ký lúc 09:12", "text": "", "undo": "/van-ban/7/buoc/rut-lai"}]],
}


@pytest.fixture
def bare() -> Flask:
    app = Flask(__name__)
    app.config.update(SECRET_KEY="only for the tests")
    return app


def test_what_is_held_comes_back_and_is_read_by_the_framework_s_own_reader(bare: Flask):
    ours, theirs = CookieSession().get_signing_serializer(bare), SecureCookieSessionInterface()
    written = ours.dumps(HELD)
    assert ours.loads(written) == HELD
    assert theirs.get_signing_serializer(bare).loads(written) == HELD


def test_a_cookie_of_an_earlier_release_is_read_its_marked_pairs_included(bare: Flask):
    earlier = SecureCookieSessionInterface().get_signing_serializer(bare)
    written = earlier.dumps(HELD | {"_flashes": [("ok", "Đã lưu.")]})
    found = CookieSession().get_signing_serializer(bare).loads(written)
    assert found == HELD | {"_flashes": [("ok", "Đã lưu.")]}


def test_words_that_look_like_a_mark_are_only_words(bare: Flask):
    ours = CookieSession().get_signing_serializer(bare)
    held = {"said": 'một câu có {" ngoặc', "other": '{" t": [1]}'}
    assert ours.loads(ours.dumps(held)) == held


def test_a_long_message_is_packed_so_that_a_browser_takes_it(bare: Flask):
    ours = CookieSession().get_signing_serializer(bare)
    long = {"_flashes": [["warn", "Chưa lưu: còn thiếu nơi nhận. " * (SHORT // 10)]]}
    written = ours.dumps(long)
    assert len(written) < 4_000
    assert ours.loads(written) == long


def test_a_changed_cookie_is_nobody_s(bare: Flask):
    ours = CookieSession().get_signing_serializer(bare)
    written = ours.dumps(HELD)
    with pytest.raises(BadSignature):
        ours.loads(("A" if written[0] != "A" else "B") + written[1:])


def test_a_token_is_the_same_on_every_page_of_a_session_and_no_other_session_s(app, sign_in):
    lan, duc = sign_in("lan").client, sign_in("duc").client
    assert csrf_of(lan) == csrf_of(lan)
    assert csrf_of(lan) != csrf_of(duc)
    answer = lan.post("/tim/luu", data={"csrf_token": csrf_of(duc), "ten": "Của tôi", "q": "kế hoạch"})
    assert (answer.status_code, "Của tôi" in lan.get("/tim").text) == (400, False)
