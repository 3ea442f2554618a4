"""What people are told, in the transaction of what brings it about, each once."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from tests.record import Record
from tests.workflow.acts import (
    REASON,
    at,
    broken_off,
    count,
    fill_results,
    instances,
    issued_plan,
    looking,
    row,
    unseat,
    working,
)
from workflow.commands.absences import set_absence
from workflow.commands.notices import Telling, tell
from workflow.commands.reading_notices import mark_all_seen, mark_seen
from workflow.commands.reporting import start_unit_report, waive
from workflow.commands.steps import take_step
from workflow.commands.tick import tick
from workflow.models import Instance, Notice, Reminder
from workflow.queries.notices import PAGE, notices_of


def told(record: Record, login: str, *kinds: str) -> list[Any]:
    """This person's notices, oldest first."""
    with looking(record) as w:
        mine = Notice.person_id == w.directory.by_login[login].id
        rows = w.db.execute(select(Notice.__table__).where(mine).order_by(Notice.id)).all()
    return [item for item in rows if not kinds or item.kind in kinds]


def unread(record: Record, login: str) -> list[str]:
    return [item.kind for item in told(record, login) if item.read_at is None]


# Steps.


def test_whoever_must_act_next_is_told_and_nobody_else(record: Record):
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    [notice] = told(record, "hung")
    assert (notice.kind, notice.document_id, notice.read_at) == ("waits", plan_id, None)
    assert notice.facts["label"] == "Chờ trưởng phòng duyệt"
    assert notice.facts["by"] == "Nguyễn Thị Lan"
    assert notice.facts["within"] == 2
    assert [item.kind for item in told(record, "thu")] == ["waits"]  # the deputy of the same office
    for login in ("lan", "mai", "viet", "van", "khoi", "huy"):
        assert told(record, login) == [], login


def test_a_step_that_is_broken_off_tells_nobody(record: Record):
    plan_id = record.draft()
    broken_off(
        record, "lan", lambda w: take_step(w, document_id=plan_id, step_id="submit", seen_version=None)
    )
    assert count(record, Notice) == 0


def test_with_the_next_step_the_news_of_the_last_is_over(record: Record):
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    record.step("hung", plan_id, "approve_content")
    assert unread(record, "hung") == []
    assert "waits" in unread(record, "thu")  # who now checks the format; her earlier notice is over
    assert [item.read_at is None for item in told(record, "thu")] == [False, True]


def test_what_is_returned_is_told_to_the_one_who_gets_it_without_the_words_of_the_reason(record: Record):
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    record.step("hung", plan_id, "return", note=REASON)
    [notice] = told(record, "lan")
    assert notice.kind == "returned"
    assert REASON not in str(notice.facts)  # what can be erased stands in one place only


def test_a_report_sent_back_by_the_office_is_news_of_its_own(record: Record):
    plan_id = issued_plan(record)
    at(record, 2026, 10, 12)
    [owed] = [i for unit, i in instances(record, plan_id, tier=1, year=2026).items() if unit == "QLKH"]
    with working(record, "nhung") as w:
        report_id = start_unit_report(w, instance_id=owed.id)
    fill_results(record, "nhung", report_id)
    record.step("nhung", report_id, "submit")
    record.step("khoi", report_id, "approve_content")
    assert [item.kind for item in told(record, "hung", "waits")][-1] == "waits"
    record.step("hung", report_id, "return", note=REASON)
    assert told(record, "nhung")[-1].kind == "report_returned"


def test_whoever_stands_in_for_somebody_away_is_told_too(record: Record):
    day = record.clock.now.date()
    with working(record, "mai") as w:
        set_absence(
            w,
            person_id=record.person("mai"),
            first_day=day,
            last_day=day + timedelta(days=2),
            substitute_id=record.person("son"),
            reason="Đi công tác",
        )
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    for login in ("mai", "son"):
        [notice] = told(record, login)
        assert notice.kind == "waits"
        assert notice.facts["away"] == [["Trần Thị Ngọc Mai", "Đỗ Thanh Sơn"]]


def test_a_report_sent_back_with_a_new_date_is_reminded_of_by_that_date(record: Record, owing: int):
    at(record, 2026, 10, 26)
    tick(record.engine)
    owed = instances(record, owing, tier=1, year=2026)["QLKH"]
    with working(record, "nhung") as w:
        report_id = start_unit_report(w, instance_id=owed.id)
    fill_results(record, "nhung", report_id)
    record.step("nhung", report_id, "submit")
    record.step("khoi", report_id, "approve_content")
    with working(record) as w:
        w.db.execute(update(Instance).where(Instance.id == owed.id).values(extended_to=date(2026, 11, 20)))
    record.step("hung", report_id, "return", note=REASON)
    assert told(record, "nhung")[-1].facts["new_due"] == "2026-11-20"
    for day in (2, 6, 9, 10, 12, 13, 16, 19, 20, 23):
        at(record, 2026, 11, day)
        tick(record.engine)
    assert [day for _, day in reminders(record, "khoi")] == [
        "2026-10-26", "2026-11-02", "2026-11-06", "2026-11-13", "2026-11-19", "2026-11-23",
    ]  # fmt: skip


def test_at_issue_the_heads_of_the_units_concerned_and_the_drafter_learn_of_it_once(record: Record):
    plan_id = issued_plan(record)
    for login in ("khoi", "dang", "tung", "lan"):
        [notice] = told(record, login, "issued")
        assert notice.document_id == plan_id
        assert notice.facts["reference_no"] == row(record, plan_id).reference_no
    assert told(record, "nhung") == []
    assert told(record, "van", "issued") == []  # she did it


def test_one_key_is_told_once_however_often_it_is_said(record: Record):
    person_id = record.person("lan")
    agency_id = record.directory.people[person_id].agency_id
    for _ in range(2):
        with working(record) as w:
            tell(w, [Telling(person_id, agency_id, "waits", "waits:1:1", facts={"label": "a"})] * 2)
    assert count(record, Notice) == 1


# Reminders.


@pytest.fixture
def owing(record: Record) -> int:
    """A plan issued in April 2026; each unit reports until 9/11, the office until 14/11."""
    return issued_plan(record)


def reminders(record: Record, login: str) -> list[tuple[str, str]]:
    return [(item.kind, item.facts["told_on"]) for item in told(record, login, "due", "late")]


def test_a_unit_is_reminded_on_its_days_and_its_head_on_each_late_working_day(record: Record, owing: int):
    for month, days in ((10, (8, 9, 10, 14, 25, 26, 27)), (11, (2, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16))):
        for day in days:
            at(record, 2026, month, day)
            tick(record.engine)
    before = [("due", f"2026-{day}") for day in ("10-09", "10-26", "11-02", "11-06")]
    assert reminders(record, "nhung") == before
    late = [("late", f"2026-11-{day}") for day in (10, 11, 12, 13, 16)]
    assert reminders(record, "khoi") == before + late
    office = [item for item in told(record, "hung", "due", "late") if item.facts["tier"] == 2]
    assert (office[0].kind, office[0].facts["told_on"]) == ("due", "2026-10-14")
    assert unread(record, "nhung") == ["due"]  # one of these is enough
    assert unread(record, "khoi").count("late") == 1


def test_a_tick_that_runs_again_says_nothing_new(record: Record, owing: int):
    at(record, 2026, 10, 26)
    assert tick(record.engine).reminded > 5
    before = count(record, Notice), count(record, Reminder)
    for _ in range(3):
        assert tick(record.engine).reminded == 0
    assert (count(record, Notice), count(record, Reminder)) == before


def test_days_on_which_nothing_ran_are_not_made_up_for(record: Record, owing: int):
    at(record, 2026, 11, 3)
    tick(record.engine)
    assert reminders(record, "nhung") == [("due", "2026-11-03")]
    at(record, 2026, 11, 4)
    tick(record.engine)
    assert len(reminders(record, "nhung")) == 1


def test_who_has_sent_or_was_freed_is_reminded_no_more(record: Record, owing: int):
    owed = instances(record, owing, tier=1, year=2026)
    at(record, 2026, 10, 26)
    with working(record, "nhung") as w:
        report_id = start_unit_report(w, instance_id=owed["QLKH"].id)
    tick(record.engine)
    assert len(reminders(record, "nhung")) == 1  # a report that is only begun is not sent
    fill_results(record, "nhung", report_id)
    record.step("nhung", report_id, "submit")
    record.step("khoi", report_id, "approve_content")
    with working(record, "hung") as w:
        waive(w, instance_id=owed["QLCN"].id, seen_version=row(record, owing).version, reason=REASON)
    at(record, 2026, 11, 10)
    tick(record.engine)
    assert len(reminders(record, "nhung")) == 1
    assert reminders(record, "dang") == [("due", "2026-10-26")]
    assert reminders(record, "tung")[-1] == ("late", "2026-11-10")


def test_where_no_head_sits_the_next_in_line_is_told(record: Record, owing: int):
    at(record, 2026, 11, 9)
    unseat(record, "khoi", last_day=record.clock.now.date())
    unseat(record, "tung", last_day=record.clock.now.date())
    for login in ("dang", "yen"):
        unseat(record, login, last_day=record.clock.now.date())
    at(record, 2026, 11, 10)
    tick(record.engine)
    assert reminders(record, "nhung") == [("late", "2026-11-10")]  # no deputy there
    assert reminders(record, "hien") == [("late", "2026-11-10")]  # the deputy
    [orphaned] = told(record, "hung", "late")  # nobody at all: Chánh Văn phòng
    assert orphaned.facts["unit"] == "Phòng Công nghệ và Đổi mới sáng tạo"


def test_a_day_begins_at_midnight_in_viet_nam(record: Record, owing: int):
    at(record, 2026, 11, 9, 23, 59)
    tick(record.engine)
    assert told(record, "khoi", "late") == []
    at(record, 2026, 11, 10, 0, 0)
    tick(record.engine)
    assert [item.facts["told_on"] for item in told(record, "khoi", "late")] == ["2026-11-10"]


# Reading them.


def test_one_puts_away_ones_own_and_nobody_elses(record: Record):
    record.step("lan", record.draft(), "submit")
    [his], [hers] = told(record, "hung"), told(record, "thu")
    with working(record, "hung") as w:
        mark_seen(w, notice_id=hers.id)
        mark_seen(w, notice_id=his.id)
    assert unread(record, "hung") == []
    assert unread(record, "thu") == ["waits"]


def test_what_came_after_the_page_was_drawn_stays_unread(record: Record):
    record.step("lan", record.draft(), "submit")
    with looking(record, "hung") as w:
        newest = notices_of(w).items[0].id
    record.step("lan", record.draft(), "submit")
    with working(record, "hung") as w:
        assert mark_all_seen(w, upto=newest) == 1
    assert unread(record, "hung") == ["waits"]


def test_a_long_list_comes_in_pages_newest_first(record: Record):
    person_id = record.person("lan")
    agency_id = record.directory.people[person_id].agency_id
    with working(record) as w:
        rows = [
            {"agency_id": agency_id, "person_id": person_id, "kind": "waits", "key": f"k{n}", "facts": {},
             "document_id": None, "instance_id": None, "created_at": w.now, "read_at": None}
            for n in range(PAGE + 7)
        ]  # fmt: skip
        w.db.execute(insert(Notice), rows)
    with looking(record, "lan") as w:
        first = notices_of(w)
        second = notices_of(w, before=first.next)
    ids = [item.id for item in (*first.items, *second.items)]
    assert ids == sorted(ids, reverse=True)
    assert (len(first.items), len(second.items), second.next) == (PAGE, 7, None)
    assert first.unread == PAGE + 7
