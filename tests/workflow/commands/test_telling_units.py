"""Units hear of what the office decided about their work, in the transaction that decides it, each person once."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import select, update

from tests.record import Record
from tests.web.reporting.test_later_days import give
from tests.workflow.acts import (
    REPORTERS,
    at,
    broken_off,
    count,
    instances,
    issued_plan,
    looking,
    row,
    unseat,
    working,
)
from tests.workflow.commands.test_notices import told, unread
from tests.workflow.commands.test_tasks import plan_of, standing
from tests.workflow.commands.test_units import unit_of
from tests.workflow.reporting_year import BY_REFERENCE, undated, with_duty
from workflow.commands.duties import accept_as_ad_hoc, resolve_date
from workflow.commands.tasks import open_task
from workflow.commands.tick import tick
from workflow.errors import Invalid
from workflow.models import Notice, Task
from workflow.models import Obligation as Duty

EVENT = "Nghị định số 59/2026/NĐ-CP ngày 02/6/2026"
LETTER = "Công văn số 9/UBND-NC ngày 02/02/2026"
REASON = "Báo cáo khi Sở Nội vụ có yêu cầu."


def opened(record: Record, plan_id: int, login: str = "hung", **how: Any) -> None:
    waiting = standing(record, plan_id, "Triển khai nghị định")
    with working(record, login) as w:
        open_task(w, task_id=waiting.id, **{"source": EVENT, "last_day": date(2026, 10, 31)} | how)


def resolve(record: Record, plan_id: int, duty_id: int) -> None:
    with working(record, "hung") as w:
        resolve_date(w, obligation_id=duty_id, seen_version=row(record, plan_id).version, due_month=11, due_day=5,
                     inclusive=True, source=LETTER)  # fmt: skip


def test_a_task_whose_event_has_come_is_told_to_the_unit_that_leads_it(record: Record):
    plan_id = plan_of(record)
    opened(record, plan_id)
    mine = standing(record, plan_id, "Triển khai nghị định")
    for login in ("nhung", "khoi"):
        [notice] = told(record, login, "task_opened")
        assert notice.document_id == plan_id
        assert (notice.facts["task"], notice.facts["ref"], notice.facts["due"]) == (
            mine.id,
            "II.3",
            "2026-10-31",
        )
        assert notice.facts["source"] == EVENT
    for login in ("dang", "lan", "mai", "hung"):  # others, and Hùng, who did it and heads the office
        assert told(record, login, "task_opened") == [], login


def test_where_another_unit_took_the_task_over_that_one_is_told(record: Record):
    plan_id = plan_of(record)
    mine = standing(record, plan_id, "Triển khai nghị định")
    with working(record) as w:
        w.db.execute(update(Task).where(Task.id == mine.id).values(handed_over_to=unit_of(record, "QLCN").id))
    with working(record, "hung") as w:
        open_task(w, task_id=mine.id, source=EVENT, last_day=None)
    assert told(record, "khoi", "task_opened") == []
    [notice] = told(record, "dang", "task_opened")
    assert (notice.facts["unit"], notice.facts["due"]) == ("Phòng Công nghệ và Đổi mới sáng tạo", "")


def test_an_event_that_is_refused_or_broken_off_tells_nobody(record: Record):
    plan_id = plan_of(record)
    with pytest.raises(Invalid):
        opened(record, plan_id, source="NĐ 59")
    waiting = standing(record, plan_id, "Triển khai nghị định")
    broken_off(record, "hung", lambda w: open_task(w, task_id=waiting.id, source=EVENT, last_day=None))
    assert count(record, Notice, Notice.kind == "task_opened") == 0


def test_a_new_day_is_told_to_the_unit_and_ends_what_it_was_told_of_the_first(record: Record):
    plan_id = issued_plan(record)
    at(record, 2026, 11, 10)
    tick(record.engine)
    assert "late" in unread(record, "khoi")
    instance_id = instances(record, plan_id, tier=1, year=2026)["QLKH"].id
    give(record, plan_id, instance_id)
    for login in ("nhung", "khoi"):
        [notice] = told(record, login, "new_day")
        assert (notice.facts["due"], notice.facts["new_day"]) == ("2026-11-09", "2026-11-20")
        assert notice.instance_id == instance_id
        assert {"due", "late"}.isdisjoint(unread(record, login))
    assert told(record, "dang", "new_day") == []
    give(record, plan_id, instance_id, new_day=date(2026, 11, 27))
    assert [item.facts["new_day"] for item in told(record, "khoi", "new_day")] == ["2026-11-20", "2026-11-27"]


def test_where_nobody_sits_in_the_unit_the_next_in_line_is_told(record: Record):
    plan_id = issued_plan(record)
    for login in ("tung", "nam"):
        unseat(record, login, last_day=record.clock.now.date())
    at(record, 2026, 11, 3)
    give(record, plan_id, instances(record, plan_id, tier=1, year=2026)["TDC"].id)
    assert len(told(record, "hien", "new_day")) == 1  # the deputy of the unit


def test_a_date_that_was_found_is_told_to_whoever_owes_the_report(record: Record):
    by_all = replace(BY_REFERENCE, from_="Các phòng, đơn vị thuộc Sở", to="Văn phòng Sở")
    plan_id = issued_plan(record, content=with_duty(by_all))
    with looking(record) as w:
        duty_id = w.db.scalar(select(Duty.id).where(Duty.status == "needs_date"))
    resolve(record, plan_id, duty_id)
    with looking(record) as w:
        rows = w.db.execute(select(Notice.__table__).where(Notice.kind == "date_set")).all()
        owing = [w.directory.people[item.person_id].login for item in rows]
    assert sorted(owing) == sorted({login for pair in REPORTERS.values() for login in pair} | {"duong"})
    facts = rows[0].facts
    assert (facts["month"], facts["day"], facts["inclusive"], facts["source"]) == (11, 5, True, LETTER)


def test_who_found_the_date_himself_is_not_told(record: Record):
    plan_id, duty_id = undated(record)  # the office owes it, which Hùng heads
    resolve(record, plan_id, duty_id)
    assert count(record, Notice, Notice.kind == "date_set") == 0


def test_that_there_is_no_date_is_no_news_of_a_day(record: Record):
    plan_id, duty_id = undated(record)
    with working(record, "hung") as w:
        accept_as_ad_hoc(w, obligation_id=duty_id, seen_version=row(record, plan_id).version, note=REASON)
    assert count(record, Notice, Notice.kind == "date_set") == 0
