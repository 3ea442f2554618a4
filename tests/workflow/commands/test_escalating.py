"""A step that waits too long is told upwards, once a level; nothing moves by it and nobody may do more than before."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from tests.record import Record
from tests.web.statements import statements
from tests.workflow.acts import (
    at,
    broken_off,
    case,
    count,
    fill_results,
    history,
    instances,
    issued_plan,
    looking,
    open_steps,
    row,
    sees,
    set_agency,
    working,
)
from tests.workflow.commands.test_notices import told, unread
from workflow.commands import escalating
from workflow.commands.absences import set_absence
from workflow.commands.reporting import start_unit_report, waive
from workflow.commands.tick import tick
from workflow.engine import Identity
from workflow.errors import NotYourStep
from workflow.models import Notice, Waiting

PEOPLE = ("lan", "hung", "thu", "mai", "son", "viet", "van", "khoi", "huy", "minh")
REASON = "Đơn vị đã báo cáo trong văn bản khác."


def escalations(record: Record, document_id: int) -> list[dict[str, Any]]:
    return [entry for entry in history(record, document_id) if entry["action"] == "escalate"]


def reviewed(record: Record) -> int:
    """Submitted on Monday 20/4/2026 at noon; two working days are its time."""
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    return plan_id


def test_the_head_then_the_deputy_director_each_once_in_the_name_of_the_rule(record: Record):
    plan_id = reviewed(record)
    for day, hour in ((21, 9), (22, 16), (23, 11)):
        at(record, 2026, 4, day, hour)
        tick(record.engine)
    assert escalations(record, plan_id) == []
    for day, hour in ((23, 14), (23, 16), (24, 9), (28, 9), (29, 9), (5, 9)):
        at(record, 2026, 4 if day > 5 else 5, day, hour)
        tick(record.engine)
    head, deputy = escalations(record, plan_id)
    assert head["actor"] == {"name": "hệ thống", "rule": "escalate_head"}
    assert deputy["actor"] == {"name": "hệ thống", "rule": "escalate_deputy"}
    assert head["facts"]["told"] == ["Phạm Quốc Hùng, Chánh Văn phòng"]
    assert deputy["facts"]["told"] == ["Trần Thị Ngọc Mai, Phó Giám đốc"]
    assert head["facts"]["awaited"] == ["Phạm Quốc Hùng", "Ngô Thị Thu"]
    assert (head["facts"]["state_label"], head["facts"]["within"]) == ("Chờ trưởng phòng duyệt", 2)
    [notice] = told(record, "hung", "escalated")
    assert notice.facts["awaited"] == ["Phạm Quốc Hùng", "Ngô Thị Thu"]
    assert len(told(record, "mai", "escalated")) == 1


def test_it_tells_and_leaves_state_rights_and_open_pages_as_they_were(record: Record):
    plan_id = reviewed(record)
    before = row(record, plan_id)
    could = {login: open_steps(record, login, plan_id) for login in PEOPLE}
    saw = {login: sees(record, login, plan_id) for login in PEOPLE}
    for day in (23, 29):
        at(record, 2026, 4, day, 16)
        tick(record.engine)
    after = row(record, plan_id)
    assert len(escalations(record, plan_id)) == 2
    for name in ("state", "state_since", "round", "digest", "signer_id", "content_by", "audience"):
        assert getattr(after, name) == getattr(before, name), name
    assert {login: open_steps(record, login, plan_id) for login in PEOPLE} == could
    assert {login: sees(record, login, plan_id) for login in PEOPLE} == saw
    record.step("hung", plan_id, "approve_content", seen_version=before.version)  # his page is from before


def test_a_leader_who_may_not_read_the_document_yet_is_told_of_the_wait_without_its_words(record: Record):
    owing = issued_plan(record)
    at(record, 2026, 10, 12)
    owed = instances(record, owing, tier=1, year=2026)["QLKH"]
    with working(record, "nhung") as w:
        report_id = start_unit_report(w, instance_id=owed.id)
    fill_results(record, "nhung", report_id)
    record.step("nhung", report_id, "submit")
    for day in (14, 16, 20):
        at(record, 2026, 10, day, 16)
        tick(record.engine)
    assert [item["facts"]["told"] for item in escalations(record, report_id)] == [
        ["Phạm Quốc Hùng, Chánh Văn phòng"],
        ["Trần Thị Ngọc Mai, Phó Giám đốc"],
    ]
    [hers], [his] = told(record, "mai", "escalated"), told(record, "hung", "escalated")
    assert not sees(record, "mai", report_id)
    assert hers.facts["unseen"] is True
    assert row(record, report_id).subject not in json.dumps(hers.facts, ensure_ascii=False)
    assert his.facts["subject"] == row(record, report_id).subject


def test_a_new_wait_begins_anew_and_ends_the_notices_of_the_old_one(record: Record):
    plan_id = reviewed(record)
    at(record, 2026, 4, 23, 16)
    tick(record.engine)
    assert "escalated" in unread(record, "hung")
    record.step("hung", plan_id, "approve_content")
    assert "escalated" not in unread(record, "hung")
    tick(record.engine)
    assert len(escalations(record, plan_id)) == 1
    at(record, 2026, 5, 6, 9)
    tick(record.engine)
    assert [item["facts"]["state_label"] for item in escalations(record, plan_id)] == [
        "Chờ trưởng phòng duyệt", "Chờ kiểm tra thể thức",
    ]  # fmt: skip


def test_who_is_chosen_anew_to_sign_has_the_whole_time(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    at(record, 2026, 4, 23, 16)
    record.step("mai", plan_id, "reassign", signer_id=record.person("viet"))
    at(record, 2026, 4, 24, 16)
    tick(record.engine)
    assert escalations(record, plan_id) == []


def test_seal_and_other_acts_in_between_are_no_new_wait(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "assign_number")
    at(record, 2026, 4, 22, 15)
    tick(record.engine)
    record.step("van", plan_id, "seal")
    at(record, 2026, 4, 23, 9)
    tick(record.engine)
    assert len(escalations(record, plan_id)) == 1


def test_whoever_stands_in_for_the_head_is_told_as_well(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    with working(record, "hung") as w:
        set_absence(
            w,
            person_id=record.person("hung"),
            first_day=date(2026, 4, 20),
            last_day=date(2026, 4, 29),
            substitute_id=record.person("thu"),
            reason="Đi công tác",
        )
    at(record, 2026, 4, 23, 16)
    tick(record.engine)
    assert len(told(record, "hung", "escalated")) == len(told(record, "thu", "escalated")) == 1


def test_the_hours_are_the_agencys(record: Record):
    set_agency(record, escalate_head_hours=2, escalate_deputy_hours=1)
    plan_id = reviewed(record)
    at(record, 2026, 4, 22, 15)
    tick(record.engine)
    at(record, 2026, 4, 22, 16)
    tick(record.engine)
    assert len(escalations(record, plan_id)) == 2


def test_above_the_director_nobody_is_told_and_nothing_is_said_in_the_log(record: Record):
    plan_id = record.draft(signer="viet")
    record.bring_to(plan_id, "check_format")
    for day in (23, 29, 30):
        at(record, 2026, 4, day, 16)
        tick(record.engine)
    assert [item["actor"]["rule"] for item in escalations(record, plan_id)] == ["escalate_head"]


def test_a_run_that_is_broken_off_leaves_neither_mark_nor_notice(record: Record):
    plan_id = reviewed(record)
    at(record, 2026, 4, 23, 16)

    def halfway(w: Any) -> None:
        assert escalating._tell_above(w, plan_id)

    broken_off(record, "", halfway)
    assert count(record, Notice, Notice.kind == "escalated") == 0
    assert count(record, Waiting, Waiting.escalated.is_not(None)) == 0
    assert escalating.escalate(record.engine) == 1
    assert escalating.escalate(record.engine) == 0


def test_a_step_taken_meanwhile_is_told_of_no_more(record: Record):
    plan_id = reviewed(record)
    at(record, 2026, 4, 23, 16)
    record.step("hung", plan_id, "approve_content")
    with record.engine.work(Identity(rule="escalate")) as w:
        assert not escalating._tell_above(w, plan_id)
    assert escalations(record, plan_id) == []


# Reports that units owe.


def test_of_missing_reports_the_deputy_director_hears_once_with_the_units_named(record: Record):
    owing = issued_plan(record)
    at(record, 2026, 10, 26)
    tick(record.engine)
    owed = instances(record, owing, tier=1, year=2026)
    for unit in ("QLCN", "TDC"):
        with working(record, "hung") as w:
            waive(w, instance_id=owed[unit].id, seen_version=row(record, owing).version, reason=REASON)
    for day in (10, 11, 12, 13, 16):
        at(record, 2026, 11, day)
        tick(record.engine)
    [entry] = escalations(record, owing)
    assert entry["actor"]["rule"] == "escalate_deputy"
    assert entry["facts"]["told"] == ["Trần Thị Ngọc Mai, Phó Giám đốc"]
    assert entry["facts"]["due"] == "2026-11-09"
    assert "Phòng Quản lý khoa học" in entry["facts"]["units_late"]
    assert "Phòng Công nghệ và Đổi mới sáng tạo" not in entry["facts"]["units_late"]
    [notice] = told(record, "mai", "overdue")
    assert (notice.facts["count"], len(notice.facts["units"])) == (7, 5)
    assert told(record, "khoi", "overdue") == []
    assert row(record, owing).state == "issued"
    at(record, 2026, 11, 20)
    tick(record.engine)  # the office's own report is late by now: a duty of its own
    assert [item["facts"]["units_late"] for item in escalations(record, owing)][1:] == [["Văn phòng Sở"]]


def test_a_page_about_the_plan_does_not_grow_old_by_it(record: Record):
    owing = issued_plan(record)
    at(record, 2026, 10, 26)
    tick(record.engine)
    seen = row(record, owing).version
    owed = instances(record, owing, tier=1, year=2026)
    for day in (10, 13):
        at(record, 2026, 11, day)
        tick(record.engine)
    assert row(record, owing).version > seen
    with working(record, "hung") as w:
        waive(w, instance_id=owed["QLCN"].id, seen_version=seen, reason=REASON)


def test_one_look_for_what_waits_costs_the_same_for_one_and_for_many(record: Record):
    spent = []
    for more, day, late in ((1, 23, 1), (3, 29, 4)):
        for _ in range(more):
            reviewed(record)
        at(record, 2026, 4, day, 16)
        with looking(record) as w, statements(record.engine) as asked:
            assert len(set(escalating._too_long(w))) == late
        spent.append(len(asked))
        assert tick(record.engine).escalated == late
    assert spent == [1, 1]


def test_what_was_withdrawn_in_time_is_told_to_nobody(record: Record):
    plan_id = reviewed(record)
    at(record, 2026, 4, 22, 16)
    record.step("lan", plan_id, "withdraw")
    record.clock.now += timedelta(days=60)
    tick(record.engine)
    assert escalations(record, plan_id) == []
    assert case(record, plan_id).document.state == "draft"


def test_a_step_refused_before_is_refused_after(record: Record):
    plan_id = reviewed(record)
    at(record, 2026, 4, 29, 16)
    for _ in range(3):
        tick(record.engine)
        record.clock.now += timedelta(days=3)
    assert len(told(record, "mai", "escalated")) == 1
    with pytest.raises(NotYourStep):
        record.step("mai", plan_id, "approve_content")
