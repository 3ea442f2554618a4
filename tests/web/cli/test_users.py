"""`trinhky users`: who is added, gets a password, is disabled, and by whom."""

import getpass
import json

from sqlalchemy import select

from tests.web.cli.console import READER, answer, read, refusal, run, settings_of
from web.auth.passwords import verify as right_password
from workflow.engine import Engine
from workflow.models import Entry, Person
from workflow.settings import DEFINITIONS


def test_a_user_is_added_with_a_post_gets_a_password_and_is_disabled(instance):
    told = answer(
        "users",
        "add",
        "Moi",
        "--name",
        "Hà Thị Mới",
        "--agency",
        "so_khcn",
        "--post",
        "vp.cv_1",
        "--from",
        "2026-01-05",
    )
    assert told["login"] == "moi"
    assert "Chuyên viên, VP Sở" in run("users", "list").stdout
    answer("users", "password", "moi", typed="một câu đủ dài để nhớ\n")
    stored = read(instance, select(Person.password_hash).where(Person.login == "moi"))[0].password_hash
    assert right_password(stored, "một câu đủ dài để nhớ", "cheapest")
    answer("users", "disable", "moi", "--as", "huy")
    assert next(item for item in answer("users", "list") if item["login"] == "moi")["active"] is False
    assert "không có tài khoản" in refusal("users", "password", "moi", typed="một câu đủ dài để nhớ\n")
    assert answer("verify")["holds"]


def test_only_an_administrator_manages_users_by_name_and_the_console_is_named(instance):
    assert "không phải quản trị" in refusal("users", "disable", "lan", "--as", "mai")
    answer("users", "disable", "lan")
    engine = Engine(settings_of(instance))
    with engine.reading(READER) as w:
        body = w.db.scalar(select(Entry.body).where(Entry.action == "disable_person"))
    engine.close()
    assert json.loads(body)["actor"]["rule"] == f"console:{getpass.getuser()}"


def test_a_login_that_is_taken_and_an_agency_that_is_not_there_are_refused(instance):
    assert "lan" in refusal("users", "add", "lan", "--name", "Người Khác", "--agency", "so_khcn")
    assert "so_y_te" in refusal("users", "add", "moi", "--name", "Người Khác", "--agency", "so_x")
    assert "vp.cv_1" in refusal("users", "add", "moi", "--name", "N", "--agency", "so_khcn", "--post", "x")
    assert all(item["login"] != "moi" for item in answer("users", "list"))


def test_a_list_for_an_agency_that_is_not_there_is_refused_with_those_that_are(instance):
    said = refusal("users", "list", "--agency", "zzz")
    assert said.startswith("Chưa liệt kê: không có cơ quan “zzz”")
    assert "so_khcn" in said


def test_outside_a_demonstration_a_password_has_fifteen_characters(empty):
    answer("init", "--agencies", str(DEFINITIONS / "agencies"))
    assert "15 ký tự" in refusal("users", "password", "lan", typed="ngắn quá thôi\n")
    answer("users", "password", "lan", typed="một câu đủ dài\t!\n")
    assert answer("verify")["holds"]
