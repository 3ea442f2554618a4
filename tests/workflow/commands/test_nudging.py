"""Nhắc: whoever had a part reminds the one it waits for, once a working day; the step stays his."""

from datetime import timedelta

import pytest

from tests.record import Record
from tests.workflow.acts import at, broken_off, count, history, open_steps, row, seat, unseat, working
from tests.workflow.commands.test_notices import told, unread
from workflow.commands.absences import set_absence
from workflow.commands.nudging import remind_of
from workflow.errors import NeedUnmet, NotFound, NotYourStep, StepNotOpen
from workflow.models import Notice


def press(record: Record, login: str, document_id: int, **how: str) -> list[str]:
    with working(record, login) as w:
        return remind_of(w, document_id=document_id, **how)


def awaiting_signature(record: Record) -> int:
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    return plan_id


def test_the_one_it_waits_for_is_told_who_reminds_and_the_log_says_it(record: Record):
    plan_id = awaiting_signature(record)
    before = row(record, plan_id)
    assert press(record, "lan", plan_id) == ["Trần Thị Ngọc Mai"]
    [notice] = told(record, "mai", "reminded")
    assert (notice.facts["by"], notice.facts["label"]) == ("Nguyễn Thị Lan", "Chờ ký")
    entry = history(record, plan_id)[-1]
    assert (entry["action"], entry["actor"]["name"]) == ("remind", "Nguyễn Thị Lan")
    assert entry["facts"]["reminded"] == ["Trần Thị Ngọc Mai"]
    after = row(record, plan_id)
    assert (after.state, after.state_since, after.round) == (before.state, before.state_since, before.round)
    for login in ("lan", "hung", "son", "viet"):
        assert told(record, login, "reminded") == [], login


def test_no_page_grows_old_by_it_and_no_right_comes_of_it(record: Record):
    plan_id = awaiting_signature(record)
    seen, could = row(record, plan_id).version, open_steps(record, "lan", plan_id)
    press(record, "lan", plan_id)
    assert open_steps(record, "lan", plan_id) == could
    record.step("mai", plan_id, "sign", seen_version=seen)
    assert unread(record, "mai") == []  # what asked for the step is over with it


def test_once_a_working_day_for_the_document_whoever_presses(record: Record):
    plan_id = awaiting_signature(record)
    at(record, 2026, 4, 24, 16)  # a Friday; Monday is the day off for Giỗ Tổ
    press(record, "lan", plan_id)
    for day, login in ((24, "lan"), (24, "hung"), (26, "lan"), (27, "thu")):
        at(record, 2026, 4, day, 17)
        with pytest.raises(NeedUnmet, match="not_reminded_today") as refused:
            press(record, login, plan_id)
        assert refused.value.facts["again"] == "2026-04-28"
        assert refused.value.facts["who"] == "Nguyễn Thị Lan"
    at(record, 2026, 4, 28, 0)
    press(record, "hung", plan_id)
    assert len(told(record, "mai", "reminded")) == 2


def test_whoever_gets_it_next_may_be_reminded_the_same_day(record: Record):
    plan_id = awaiting_signature(record)
    press(record, "lan", plan_id)
    record.step("mai", plan_id, "reassign", signer_id=record.person("viet"))
    assert press(record, "lan", plan_id) == ["Đoàn Quốc Việt"]


def test_two_presses_of_one_button_are_one_reminder(record: Record):
    plan_id = awaiting_signature(record)
    assert press(record, "lan", plan_id, key="k1") == press(record, "lan", plan_id, key="k1")
    assert len(told(record, "mai", "reminded")) == 1


@pytest.mark.parametrize(
    ("login", "refusal"),
    [
        ("duc", NotYourStep),  # of the office, but no part in it
        ("viet", NotYourStep),  # he sees everything, and did nothing here
        ("son", NotFound),
        ("khoi", NotFound),
        ("huy", NotFound),
        ("minh", NotFound),
    ],
)
def test_who_had_no_part_in_it_reminds_nobody(record: Record, login, refusal):
    plan_id = awaiting_signature(record)
    with pytest.raises(refusal):
        press(record, login, plan_id)
    assert count(record, Notice, Notice.kind == "reminded") == 0


def test_nobody_reminds_himself_or_of_what_waits_for_nobody(record: Record):
    plan_id = record.draft()
    with pytest.raises(StepNotOpen):
        press(record, "lan", plan_id)
    record.step("lan", plan_id, "submit")
    record.step("hung", plan_id, "approve_content")
    for login, step in (("thu", "check_format"), ("mai", "sign"), ("van", "assign_number"), ("van", "seal")):
        record.step(login, plan_id, step, paper_signed=step == "assign_number")
    with pytest.raises(NeedUnmet, match="with_somebody_else"):
        press(record, "van", plan_id)
    assert press(record, "mai", plan_id) == ["Nguyễn Thu Vân"]
    record.step("van", plan_id, "issue")
    with pytest.raises(StepNotOpen):
        press(record, "lan", plan_id)


def test_what_was_returned_may_be_asked_back_for(record: Record):
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    record.step("hung", plan_id, "return", note="Bổ sung thời hạn của mục II.")
    assert press(record, "hung", plan_id) == ["Nguyễn Thị Lan"]


def test_whoever_stands_in_is_reminded_too_and_an_empty_seat_is_said(record: Record):
    plan_id = awaiting_signature(record)
    day = record.clock.now.date()
    with working(record, "mai") as w:
        set_absence(w, person_id=record.person("mai"), first_day=day, last_day=day + timedelta(days=2),
                    substitute_id=record.person("viet"), reason="Đi công tác")  # fmt: skip
    assert press(record, "lan", plan_id) == ["Trần Thị Ngọc Mai", "Đoàn Quốc Việt"]
    other = record.draft("nhung", unit="QLKH")
    record.step("nhung", other, "submit")
    unseat(record, "khoi", last_day=day)
    record.clock.now += timedelta(days=2)
    with pytest.raises(NeedUnmet, match="somebody_there"):
        press(record, "nhung", other)
    seat(record, "tri", "qlkh.truong", since=day + timedelta(days=2))
    assert press(record, "nhung", other) == ["Kiều Minh Trí"]


def test_a_reminder_that_is_broken_off_leaves_nothing(record: Record):
    plan_id = awaiting_signature(record)
    broken_off(record, "lan", lambda w: remind_of(w, document_id=plan_id))
    assert count(record, Notice, Notice.kind == "reminded") == 0
    press(record, "lan", plan_id)
