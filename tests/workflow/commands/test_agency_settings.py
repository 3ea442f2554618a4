"""Changing what an agency has set: named, grounded, logged, and by whoever may."""

import json

import pytest
from sqlalchemy import select

from tests.record import Record
from tests.workflow.acts import looking, working
from workflow.commands.agency_settings import change_settings
from workflow.errors import Invalid, NotFound, NotYourStep, ProofNeeded
from workflow.models import Entry


def change(record: Record, login: str = "huy", *, basis: str = "QĐ 12/QĐ-SKHCN", **changes: str):
    with working(record, login) as w:
        agency_id = w.directory.agency_by_code["so_khcn"].id
        return change_settings(w, agency_id=agency_id, changes=changes, basis=basis)


def faults(record: Record, **how) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        change(record, **how)
    return [(fault.place, fault.rule) for fault in refused.value.faults]


def test_a_change_holds_from_the_next_act_on_and_stands_in_the_log_with_its_ground(record: Record):
    change(record, hold_minutes="5", format_check="false")
    with looking(record, "lan") as w:
        settings = w.directory.agency_by_code["so_khcn"].settings
        assert (settings.hold_minutes, settings.format_check) == (5, False)
        body = w.db.scalar(select(Entry.body).where(Entry.action == "change_settings"))
    facts = json.loads(body)["facts"]
    assert facts["basis"] == "QĐ 12/QĐ-SKHCN"
    assert facts["settings"]["format_check"] == {"from": True, "to": False}
    assert set(facts["settings"]) == {"hold_minutes", "format_check"}


@pytest.mark.parametrize("login", ["lan", "viet", "minh"])
def test_only_the_administrator_changes_them(record: Record, login):
    with pytest.raises(NotYourStep):
        change(record, login, hold_minutes="5")


def test_what_is_unknown_is_named_and_nothing_of_the_rest_is_done(sqlite_record: Record):
    assert faults(sqlite_record, hold_hours="1", hold_minutes="5") == [("setting", "unknown_setting")]
    assert faults(sqlite_record, signing_proof="passkey") == [("setting", "not_allowed")]
    assert faults(sqlite_record, hold_minutes="-1") == [("setting", "not_allowed")]
    assert faults(sqlite_record, report_opens_days="0") == [("setting", "not_allowed")]
    assert faults(sqlite_record, hold_minutes="9" * 30) == [("setting", "not_allowed")]
    assert faults(sqlite_record, report_opens_days="366000000") == [("setting", "not_allowed")]
    assert faults(sqlite_record, escalate_head_hours="0") == [("setting", "not_allowed")]
    assert faults(sqlite_record, hold_minutes="5", basis=" ") == [("basis", "missing")]
    with looking(sqlite_record, "huy") as w:
        assert w.directory.agency_by_code["so_khcn"].settings.hold_minutes != 5


def test_the_words_before_the_lines_of_a_task_are_set_as_they_will_be_read_again(sqlite_record: Record):
    settings = change(sqlite_record, label_lead=" Cơ quan  thực hiện: ", label_time="Thời gian hoàn thành")
    assert (settings.label_lead, settings.label_time) == ("Cơ quan thực hiện", "Thời gian hoàn thành")
    assert faults(sqlite_record, label_lead="Ai làm") == [("setting", "not_read_again")]
    assert faults(sqlite_record, label_lead=" ") == [("setting", "not_read_again")]
    assert faults(sqlite_record, label_time="Đơn vị chủ trì") == [("setting", "not_read_again")]


def test_a_change_that_changes_nothing_is_refused(sqlite_record: Record):
    assert faults(sqlite_record, sign_from_list="seen_only") == [("setting", "unchanged")]


def test_an_agency_that_is_not_there_is_not_found(sqlite_record: Record):
    with pytest.raises(NotFound), working(sqlite_record, "huy") as w:
        change_settings(w, agency_id=999, changes={"hold_minutes": "5"}, basis="x")


def test_a_password_with_every_signature_is_asked_for_once_it_is_set(record: Record):
    document_id = record.draft()
    record.bring_to(document_id, "check_format")
    change(record, signing_proof="password")
    with pytest.raises(ProofNeeded):
        record.step("mai", document_id, "sign")
    record.step("mai", document_id, "sign", identity={"proved_here": True})
