"""The pages that say no: headed by what happened, and drawn, with the mark for the log, whatever broke."""

import logging
import re

import pytest
from flask import Flask
from sqlalchemy import text

from tests.record import Record
from tests.web.conftest import Door, text_of
from tests.web.reporting.conftest import Year


def heading(page: str) -> str:
    return re.search(r"<h1>(.*?)</h1>", page)[1]


def test_an_address_that_leads_nowhere_says_so_and_names_the_button_below(sign_in):
    page = sign_in("lan").get("/khong-co-trang-nay", status=404)
    assert heading(page) == "Không tìm thấy trang này"
    words = text_of(page)
    assert "Kiểm tra lại địa chỉ, hoặc về trang chính. Về trang chính" in words
    assert "Chưa thực hiện" not in words


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/quan-tri/nguoi-dung", "danh sách tài khoản: việc này của quản trị"),
        ("/quan-tri/thu", "trang thư gửi đi: việc này của quản trị."),
        ("/van-thu", "trang văn thư: việc này của văn thư. Người làm được: Nguyễn Thu Vân"),
        ("/tong-quan", "trang tổng quan: việc này của"),
        ("/bao-phu", "trang việc sẽ dừng: việc này của"),
    ],
)
def test_a_page_for_others_is_not_seen_and_nothing_is_said_to_be_undone(sign_in, path, said):
    page = sign_in("yen").get(path, status=403)
    assert heading(page) == "Không xem được"
    assert f"Tài khoản này không xem được {said}" in text_of(page)
    assert "Chưa" not in re.search(r"<main.*</main>", page, re.DOTALL)[0]


@pytest.mark.parametrize(("login", "status"), [("yen", 403), ("xuan", 404)])
def test_what_was_pressed_and_refused_is_not_done(sign_in, sqlite_record: Record, login, status):
    year = Year(sqlite_record)
    answer = sign_in(login).post(f"/han/ky/{year.instance('QLKH')}/lap")
    assert answer.status_code == status
    assert heading(answer.text) == "Chưa thực hiện được"


def rename(record: Record, before: str, after: str) -> None:
    with record.engine.database.write.begin() as db:
        db.execute(text("PRAGMA legacy_alter_table = ON"))
        db.execute(text(f"ALTER TABLE {before} RENAME TO {after}"))


@pytest.mark.parametrize("table", ["web_session", "waiting", "approval"])
def test_an_error_has_its_mark_on_the_page_and_in_the_log_whatever_of_the_record_is_gone(
    app: Flask, sign_in: Door, sqlite_record: Record, caplog: pytest.LogCaptureFixture, table: str
):
    plan_id = sqlite_record.draft()
    sqlite_record.bring_to(plan_id, "submit")
    hung = sign_in("hung")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    rename(sqlite_record, table, "gone")
    with caplog.at_level(logging.ERROR, "trinhky.web"):
        answer = hung.client.get(f"/viec?chon={plan_id}")
    rename(sqlite_record, "gone", table)
    assert answer.status_code == 500
    mark = re.search(r"Mã tra cứu: (\w+)", text_of(answer.text))
    assert mark is not None
    assert mark[1] in caplog.text
    assert 'href="/"' in answer.text
