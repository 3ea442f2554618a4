"""One page, one moment: the read that finds the session is the read of the page, and it ends before anything is drawn."""

import pytest
from flask import before_render_template
from sqlalchemy import update

from tests.record import Record
from tests.web.statements import statements
from web.session import look_away, reading, work
from workflow.models import Person


def open_reads(record: Record) -> int:
    database = record.engine.database
    return database.read.pool.checkedout() - database.readers.idle


@pytest.mark.parametrize("path", ["/viec", "/ke-hoach", "/han", "/doi-mat-khau", "/tro-giup"])
def test_a_page_is_read_in_one_transaction_its_session_included(sign_in, sqlite_record: Record, path):
    hung = sign_in("hung")
    with statements(sqlite_record.engine) as sent:
        hung.get(path)
    assert [text for text in sent if text.startswith("BEGIN")] == ["BEGIN"]


@pytest.mark.parametrize("login", ["hung", "minh", "huy", "van", "khoi"])
def test_no_read_is_open_while_a_page_is_drawn_or_after_it(app, sign_in, sqlite_record: Record, login):
    person = sign_in(login)
    drawn: list[int] = []

    def look(*_, **__) -> None:
        drawn.append(open_reads(sqlite_record))

    pages = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods and not rule.arguments and rule.endpoint != "static"
    ]
    with before_render_template.connected_to(look):
        for page in pages:
            person.client.get(page)
            assert open_reads(sqlite_record) == 0, page
    assert len(drawn) > 10
    assert set(drawn) == {0}


def test_what_is_written_is_not_held_up_by_the_read_of_its_own_request(app, sign_in, sqlite_record: Record):
    cookie = sign_in("hung").client.get_cookie("trinhky").value
    with app.test_request_context("/viec", headers={"Cookie": f"trinhky={cookie}"}):
        app.preprocess_request()
        assert open_reads(sqlite_record) == 1
        with work():
            assert open_reads(sqlite_record) == 0
        with reading() as w:
            assert w.actor.person_id == sqlite_record.person("hung")
        assert open_reads(sqlite_record) == 0
        look_away()


def test_a_refusal_inside_the_read_ends_it(app, sign_in, sqlite_record: Record):
    assert sign_in("hung").client.get("/van-ban/999999").status_code == 404
    assert open_reads(sqlite_record) == 0


def test_a_session_that_was_ended_opens_nothing(app, sign_in, sqlite_record: Record):
    hung = sign_in("hung")
    kept = hung.client.get_cookie("trinhky").value
    hung.post("/dang-xuat")
    hung.client.set_cookie("trinhky", kept)
    assert hung.client.get("/viec").status_code == 303
    assert open_reads(sqlite_record) == 0


def test_a_page_asks_for_session_and_directory_in_one_statement(sign_in, sqlite_record: Record):
    lan = sign_in("lan")
    lan.get("/viec")
    with statements(sqlite_record.engine) as sent:
        lan.get("/viec")
    asked = [text for text in sent if "FROM directory_version" in text or "web_session" in text]
    assert len(asked) == 1
    assert "directory_version.version" in asked[0]
    assert "web_session.token_hash" in asked[0]


@pytest.mark.tampered
def test_a_session_stands_no_longer_than_its_person_is_active(sign_in, sqlite_record: Record):
    lan = sign_in("lan")
    lan.get("/viec")
    with sqlite_record.engine.database.write.begin() as db:
        db.execute(update(Person).where(Person.id == sqlite_record.person("lan")).values(active=False))
    lan.get("/viec", status=303)
