"""The switch of the single keys: kept in the browser, told on every page, and none of the keys is a button."""

import re

from tests.record import Record
from tests.web.conftest import Door, text_of
from web.shortcuts import OFF


def test_single_keys_are_switched_off_and_on_in_this_browser(sign_in: Door, sqlite_record: Record):
    sqlite_record.bring_to(sqlite_record.draft(), "submit")
    hung = sign_in("hung")
    assert 'data-keys="on"' in hung.get("/viec")
    assert "<kbd>J</kbd>" in hung.page.text
    assert 'href="/phim-tat"' in hung.page.text
    assert "Phím tắt một phím: đang bật" in text_of(hung.get("/phim-tat"))
    hung.submit("/phim-tat")
    words = text_of(hung.page.text)
    assert "Đã tắt phím tắt một phím." in words
    assert "Phím tắt một phím: đang tắt" in words
    assert 'data-keys="off"' in hung.get("/viec")
    assert "<kbd>J</kbd>" not in hung.page.text
    hung.enter()  # signing in anew forgets the session, not the keyboard
    assert 'data-keys="off"' in hung.get("/viec")
    assert 'data-keys="on"' in sign_in("thu").get("/viec")
    hung.get("/phim-tat")
    hung.submit("/phim-tat")
    assert 'data-keys="on"' in hung.get("/viec")


def test_the_cookie_holds_nothing_else_and_no_script_reads_it(sign_in: Door):
    hung = sign_in("hung")
    for wanted in ("", "gì đó", "bat"):
        hung.post("/phim-tat", {"phim": wanted})
        assert hung.client.get_cookie("trinhky_phim") is None
    answer = hung.post("/phim-tat", {"phim": "tat"}, follow=False)
    kept = next(line for line in answer.headers.getlist("Set-Cookie") if "trinhky_phim" in line)
    assert answer.status_code == 303
    assert kept.startswith(f"trinhky_phim={OFF};")
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(kept.split("; "))


def test_over_https_it_is_sent_over_https_only(app, sign_in: Door):
    app.config["SESSION_COOKIE_SECURE"] = True
    answer = sign_in("hung").post("/phim-tat", {"phim": "tat"}, follow=False)
    assert any("Secure" in line for line in answer.headers.getlist("Set-Cookie") if "trinhky_phim" in line)


def test_only_links_have_keys(sign_in: Door, sqlite_record: Record):
    """A key follows a link, which opens a page: what takes a step is a button, and no key presses one."""
    plan_id = sqlite_record.draft()
    sqlite_record.bring_to(plan_id, "submit")
    for path in ("/viec", f"/viec?chon={plan_id}", f"/van-ban/{plan_id}"):
        found = re.findall(r"<(\w+)[^>]*\bdata-key=", sign_in("hung").get(path))
        assert found, path
        assert set(found) == {"a"}, path
