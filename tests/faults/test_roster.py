"""Who is who and who may sign, changed behind the engine's back: the verification finds the row and names it."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Connection

from tests.faults.test_tampering import check, rows, untied
from tests.record import Record
from tests.workflow.acts import working
from workflow.commands.absences import end_absence, set_absence
from workflow.commands.agency_settings import change_settings
from workflow.commands.people import (
    add_person,
    disable_person,
    grant_authority,
    hold_post,
    leave_post,
    revoke_authority,
)
from workflow.commands.units import add_unit, end_unit
from workflow.verification import Broken

pytestmark = pytest.mark.tampered
DECISION = "Quyết định số 15/QĐ-SKHCN ngày 10/01/2024"

Change = Callable[[Record, Connection], tuple[str, str]]


def person(db: Connection, login: str) -> int:
    return int(rows(db, "SELECT id FROM person WHERE login = :l", l=login)[0].id)


def right_for_lan(record: Record, db: Connection) -> tuple[str, str]:
    db.execute(
        text(
            "INSERT INTO authority (agency_id, kind, person_id, fields, doc_types, base_document, valid_from) "
            "SELECT agency_id, kind, :p, fields, doc_types, base_document, valid_from FROM authority "
            "WHERE kind = 'KT' LIMIT 1"
        ),
        {"p": person(db, "lan")},
    )
    return "foreign", f"authority {rows(db, 'SELECT max(id) AS id FROM authority')[0].id}"


def changed(table: str, assignment: str, where: str = "true") -> Change:
    def change(record: Record, db: Connection) -> tuple[str, str]:
        row = rows(db, f"SELECT min(id) AS id FROM {table} WHERE {where}")[0].id
        db.execute(text(f"UPDATE {table} SET {assignment} WHERE id = {row}"))
        return "roster", f"{table} {row}"

    return change


def seat_for_lan(record: Record, db: Connection) -> tuple[str, str]:
    mine = rows(db, "SELECT id FROM holding WHERE person_id = :p", p=person(db, "mai"))[0].id
    db.execute(text("UPDATE holding SET person_id = :p WHERE id = :h"), {"p": person(db, "lan"), "h": mine})
    return "roster", f"holding {mine}"


def right_taken_away(record: Record, db: Connection) -> tuple[str, str]:
    row = rows(db, "SELECT min(id) AS id FROM authority")[0].id
    db.execute(text("DELETE FROM authority WHERE id = :i"), {"i": row})
    return "missing", f"authority {row}"


CHANGES = {
    "a right to sign that nobody gave": right_for_lan,
    "a right for longer": changed("authority", "valid_to = '2099-12-31'"),
    "a right in other fields": changed("authority", "fields = '[]'", "fields <> '[]'"),
    "a right that is gone": right_taken_away,
    "another one on the deputy's seat": seat_for_lan,
    "a role more for a post": changed("post", """roles = '["admin", "clerk", "drafter"]'"""),
    "another name": changed("person", "name = 'Người Khác'"),
    "another login": changed("person", "login = 'khac'"),
    "an account that is closed": changed("person", "active = 0"),
    "a unit's fields": changed("unit", "fields = '[]'", "fields <> '[]'"),
    "no check of the format": changed("agency", "settings = replace(settings, 'true', 'false')"),
}


def found(record: Record) -> list[Broken]:
    return list(check(record).broken)


@pytest.mark.parametrize("what", CHANGES)
def test_what_no_act_did_to_the_order_of_an_agency_is_found(record: Record, what: str):
    assert not found(record)
    with untied(record) as db:
        kind, where = CHANGES[what](record, db)
    assert [(item.kind, item.where) for item in found(record)] == [(kind, where)]


def test_a_later_act_does_not_cover_for_it(record: Record):
    with untied(record) as db:
        kind, where = right_for_lan(record, db)
    with working(record, "viet") as w:
        grant_authority(
            w, agency_id=w.actor.agency_id, kind="KT", person_id=record.person("mai"), base_document=DECISION,
            valid_from=date(2026, 1, 1), valid_to=None, fields=("khoa_hoc",),
        )  # fmt: skip
    assert [(item.kind, item.where) for item in found(record)] == [(kind, where)]


def test_every_act_on_the_order_of_an_agency_leaves_what_the_verification_compares(record: Record):
    before = check(record).counts["roster"]
    with working(record, "viet") as w:
        right = grant_authority(
            w, agency_id=w.actor.agency_id, kind="KT", person_id=record.person("mai"), base_document=DECISION,
            valid_from=date(2026, 1, 1), valid_to=None, fields=("khoa_hoc",),
        )  # fmt: skip
    with working(record, "viet") as w:
        revoke_authority(w, authority_id=right)
    with working(record, "huy") as w:
        agency_id = w.actor.agency_id
        newcomer = add_person(w, agency_id=agency_id, login="moi", name="Người Mới")
        post = next(post.id for post in w.directory.posts.values() if post.code == "vp.cv_1")
    with working(record, "huy") as w:
        seat = hold_post(
            w, person_id=newcomer, post_id=post, valid_from=w.today, valid_to=None, basis=DECISION
        )
    with working(record, "huy") as w:
        leave_post(w, holding_id=seat, last_day=w.today)
    with working(record, "huy") as w:
        disable_person(w, person_id=newcomer)
    with working(record, "huy") as w:
        unit = add_unit(
            w, agency_id=agency_id, code="MOI", name="Phòng Mới", short_name="P. Mới", symbol="M",
            kind="department", fields=(), valid_from=w.today, basis=DECISION,
        )  # fmt: skip
    with working(record, "huy") as w:
        end_unit(w, unit_id=unit, last_day=w.today, successor_id=None, basis=DECISION)
    with working(record, "huy") as w:
        change_settings(w, agency_id=agency_id, changes={"hold_minutes": "7"}, basis=DECISION)
    with working(record, "mai") as w:
        away = set_absence(
            w, person_id=record.person("mai"), first_day=w.today, last_day=w.today, reason="Họp ở tỉnh",
            substitute_id=None,
        )  # fmt: skip
    with working(record, "mai") as w:
        end_absence(w, absence_id=away)
    after = check(record)
    assert not after.broken
    # a right, a person, a seat, a unit, an absence and its end; the agency's own row was there before
    assert after.counts["roster"].total == before.total + 6


def test_a_change_of_password_or_address_is_the_persons_own(record: Record):
    with untied(record) as db:
        db.execute(text("UPDATE person SET password_hash = 'x', email = 'x@hoa-an.example'"))
    assert not found(record)


def test_of_an_agency_set_up_before_there_were_digests_nothing_is_said(record: Record, monkeypatch):
    monkeypatch.setattr("workflow.verification.roster.FACT", "none such")
    report = check(record)
    assert report.holds
    assert "roster" not in report.counts
