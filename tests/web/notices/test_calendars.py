"""Calendars under secret addresses: valid by RFC 5545, revocable, and with the rights their person has today."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from tests.record import Record, plan
from tests.web.statements import statements
from tests.workflow.acts import (
    at,
    fill_results,
    instances,
    issued_plan,
    looking,
    unseat,
    working,
)
from web.notices.ics import escaped, folded
from workflow.commands.people import disable_person
from workflow.commands.reporting import start_unit_report
from workflow.models import Entry, Feed


@pytest.fixture
def calendar(sign_in, sqlite_record: Record):
    """`calendar("nhung")` makes one and gives its path."""

    def make(login: str, **data: object) -> str:
        person = sign_in(login)
        page = person.post("/thong-bao/lich", data)
        found = re.search(r'value="http://localhost(/lich/[\w-]{43}\.ics)"', page.text)
        assert found, page.text
        return found[1]

    return make


def events(text: str) -> list[dict[str, str]]:
    """The events of a calendar, lines unfolded, by the names of their properties."""
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    lines = text.replace("\r\n ", "").split("\r\n")
    found: list[dict[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and line != "END:VEVENT":
            found[-1].setdefault(name, value)
    return found


def test_a_calendar_program_reads_the_deadlines_without_a_session(app, calendar, sqlite_record: Record):
    issued_plan(sqlite_record, content=plan(subject="Dân chủ; cải cách, kỷ cương \\ trong cơ quan"))
    path = calendar("nhung")
    answer = app.test_client().get(path)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    found = events(answer.text)
    assert [event["DTSTART;VALUE=DATE"] for event in found] == ["20261109"]
    [event] = found
    assert event["DTEND;VALUE=DATE"] == "20261110"
    assert event["UID"].endswith("@so_khcn.trinhky")
    assert event["SUMMARY"].endswith("Dân chủ\\; cải cách\\, kỷ cương \\\\ trong cơ quan")
    assert "muộn nhất hết ngày 09/11/2026" in event["DESCRIPTION"]


def test_an_event_keeps_its_name_when_its_words_change(app, calendar, sqlite_record: Record):
    record = sqlite_record
    plan_id = issued_plan(record)
    path = calendar("nhung")
    [before] = events(app.test_client().get(path).text)
    at(record, 2026, 10, 20)
    owed = instances(record, plan_id, tier=1, year=2026)["QLKH"]
    with working(record, "nhung") as w:
        report_id = start_unit_report(w, instance_id=owed.id)
    fill_results(record, "nhung", report_id)
    record.step("nhung", report_id, "submit")
    record.step("khoi", report_id, "approve_content")
    after = events(app.test_client().get(path).text)[0]
    assert after["UID"] == before["UID"]
    assert before["SUMMARY"].startswith("Hạn cuối: ")
    assert after["SUMMARY"].startswith("(Đã gửi) ")


def test_a_unit_sees_its_own_the_chief_of_office_what_the_agency_owes(app, calendar, sqlite_record: Record):
    issued_plan(sqlite_record)
    text = app.test_client().get(calendar("hung")).text
    assert [event["DTSTART;VALUE=DATE"] for event in events(text)] == ["20261114"]
    for login, unit in (("khoi", "Phòng Quản lý khoa học"), ("lam", "Trung tâm")):
        [event] = events(app.test_client().get(calendar(login)).text)
        assert unit in event["SUMMARY"]


def test_a_calendar_of_one_unit_is_made_only_by_who_reports_for_it(sign_in, calendar, sqlite_record: Record):
    directory = sqlite_record.directory
    agency = directory.agency_by_code["so_khcn"].id
    mine, other = (directory.unit_by_code(agency, code).id for code in ("QLKH", "QLCN"))
    assert calendar("nhung", don_vi=mine)
    assert sign_in("nhung").post("/thong-bao/lich", {"don_vi": other}).status_code == 403


def test_a_revoked_address_is_gone_at_once(app, sign_in, calendar, sqlite_record: Record):
    issued_plan(sqlite_record)
    path = calendar("nhung")
    client = app.test_client()
    assert client.get(path).status_code == 200
    nhung = sign_in("nhung")
    nhung.get("/thong-bao/cach-nhan")
    nhung.submit("/thu-hoi")
    assert client.get(path).status_code == 404
    assert "Chưa có địa chỉ lịch nào." in nhung.get("/thong-bao/cach-nhan")


def test_nobody_revokes_the_calendar_of_another(app, sign_in, calendar):
    path = calendar("nhung")
    sign_in("khoi").post("/thong-bao/lich/1/thu-hoi")
    assert app.test_client().get(path).status_code == 200


def test_who_left_the_unit_or_was_disabled_reads_nothing_any_more(app, calendar, sqlite_record: Record):
    record = sqlite_record
    paths = [calendar("nhung"), calendar("yen")]
    client = app.test_client()
    assert [client.get(path).status_code for path in paths] == [200, 200]
    unseat(record, "nhung", last_day=date(2026, 4, 20))
    with working(record, "huy") as w:
        disable_person(w, person_id=w.directory.by_login["yen"].id)
    record.clock.forward(days=1)
    assert [client.get(path).status_code for path in paths] == [404, 404]


def test_the_address_is_shown_once_and_kept_nowhere(app, sign_in, calendar, sqlite_record: Record):
    path = calendar("nhung")
    token = path.removeprefix("/lich/").removesuffix(".ics")
    assert token not in sign_in("nhung").get("/thong-bao/cach-nhan")
    with looking(sqlite_record) as w:
        rows = w.db.execute(select(Feed.__table__)).all()
        entries = list(w.db.scalars(select(Entry.body)))
    assert token not in str(rows)
    assert not any(token.encode() in body for body in entries)


@pytest.mark.parametrize("wrong", ["A" * 43, "A" * 42, "x", "%00" * 43, "ă" * 43])
def test_a_wrong_address_is_not_there_and_costs_one_look(app, sqlite_record: Record, wrong: str):
    assert sqlite_record.directory  # read once a process, not once a request
    with statements(sqlite_record.engine) as sent:
        assert app.test_client().get(f"/lich/{wrong}.ics").status_code == 404
    assert [item.split()[0] for item in sent] in ([], ["BEGIN", "SELECT", "SELECT"])


def test_asking_often_is_cheap_and_an_unchanged_calendar_is_not_sent_again(
    app, calendar, sqlite_record: Record
):
    issued_plan(sqlite_record)
    path = calendar("nhung")
    client = app.test_client()
    first = client.get(path)
    with statements(sqlite_record.engine) as sent:
        again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not any("FROM instance" in item for item in sent)
    assert not any("UPDATE feed" in item for item in sent)
    sqlite_record.clock.forward(minutes=2)
    with statements(sqlite_record.engine) as sent:
        assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert any("FROM instance" in item for item in sent)


def test_one_has_so_many_calendars_and_no_more(sign_in):
    nhung = sign_in("nhung")
    for _ in range(10):
        assert "Đã tạo địa chỉ lịch" in nhung.post("/thong-bao/lich").text
    page = nhung.post("/thong-bao/lich").text
    assert "Chưa tạo lịch. Thu hồi bớt địa chỉ lịch" in page


@given(st.text(max_size=300))
def test_any_text_survives_folding_and_cannot_begin_a_line_of_its_own(text: str):
    line = f"SUMMARY:{escaped(text)}"
    written = folded(line)
    assert all(len(part.encode()) <= 75 for part in written.split("\r\n"))
    assert written.replace("\r\n ", "") == line
    assert not re.search(r"[\x00-\x1f\x7f]", line)
    back = re.sub(r"\\([\\;,n])", lambda m: "\n" if m[1] == "n" else m[1], line.removeprefix("SUMMARY:"))
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert back == "".join(sign for sign in plain if sign == "\n" or (ord(sign) >= 32 and ord(sign) != 127))


def test_a_calendar_that_breaks_leaves_its_secret_out_of_the_log(app, calendar, monkeypatch, caplog):
    path = calendar("nhung")

    def broken(*_: object, **__: object) -> str:
        raise RuntimeError("no calendar today")

    monkeypatch.setattr("web.notices.calendars.calendar_text", broken)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    assert app.test_client().get(path).status_code == 500
    assert "no calendar today" in caplog.text
    assert path.split("/")[2].removesuffix(".ics") not in caplog.text
