"""When a step has waited too long and who above hears of it: working hours, one level at a time, nobody twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace as changed

from tests.record import Record
from tests.workflow.acts import case
from workflow.agency import AgencySettings
from workflow.definition import State
from workflow.escalating import DEPUTY, HEAD, Wait, level_due, told_at_level
from workflow.workdays import VN

TWO_DAYS = State("dept_review", "Chờ duyệt", "review", waits_for=("unit_head",), due_workdays=2)
USUAL = AgencySettings()


def moment(day: int, hour: int, minute: int = 0, month: int = 4) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VN).astimezone(UTC)


BEGUN = moment(20, 9)  # a Monday


@pytest.mark.parametrize(
    ("now", "level"),
    [
        (moment(22, 9), None),  # its two working days are over: no level yet
        (moment(23, 8, 59), None),
        (moment(23, 9), HEAD),  # one working day later
        (moment(30, 9), HEAD),
    ],
)
def test_the_head_hears_of_it_a_working_day_after_the_time_of_the_state(now, level):
    assert level_due(TWO_DAYS, USUAL, Wait(BEGUN), now) == level


def test_days_off_are_no_waiting():
    friday = Wait(moment(24, 16))
    # 25/4 to 27/4/2026 are a weekend and the day off for Giỗ Tổ; 30/4 and 1/5 are holidays with a weekend behind.
    assert level_due(TWO_DAYS, USUAL, friday, moment(29, 16, 59)) is None
    assert level_due(TWO_DAYS, USUAL, friday, moment(4, 15, 59, month=5)) is None
    assert level_due(TWO_DAYS, USUAL, friday, moment(4, 16, month=5)) == HEAD


def test_the_deputy_director_hears_of_it_later_than_the_head_however_long_nothing_ran():
    told = Wait(BEGUN, HEAD, moment(11, 9, month=5))
    assert level_due(TWO_DAYS, USUAL, told, moment(13, 8, 59, month=5)) is None
    assert level_due(TWO_DAYS, USUAL, told, moment(13, 9, month=5)) == DEPUTY
    assert (
        level_due(TWO_DAYS, USUAL, Wait(BEGUN, DEPUTY, moment(13, 9, month=5)), moment(1, 9, month=12))
        is None
    )


def test_the_agency_sets_the_hours_and_a_state_without_a_time_waits_as_long_as_it_likes():
    soon = changed(USUAL, escalate_head_hours=1, escalate_deputy_hours=2)
    assert level_due(TWO_DAYS, soon, Wait(BEGUN), moment(22, 10)) == HEAD
    assert level_due(TWO_DAYS, soon, Wait(BEGUN, HEAD, moment(22, 10)), moment(22, 13, 59)) == DEPUTY
    assert level_due(TWO_DAYS, soon, Wait(BEGUN, HEAD, moment(22, 10)), moment(22, 11, 59)) is None
    draft = replace(TWO_DAYS, id="draft", due_workdays=None)
    assert level_due(draft, soon, Wait(BEGUN), BEGUN + timedelta(days=300)) is None


def told(record: Record, document_id: int) -> list[list[str]]:
    """The logins told at each level, where the document stands now."""
    found = case(record, document_id)
    flow = record.engine.flows[found.document.definition_id, found.document.definition_version]
    state = flow.definition.states[found.document.state]
    return [[person.login for person in told_at_level(level, found, state)] for level in (HEAD, DEPUTY)]


@pytest.mark.parametrize(
    ("step", "above"),
    [
        ("submit", [["hung"], ["mai"]]),  # it waits for the head and his deputy: he answers for both
        ("approve_content", [["hung"], ["mai"]]),
        ("check_format", [["hung"], ["viet"]]),  # it waits for Mai: her superior is the director
        ("sign", [["hung"], ["mai"]]),
        ("assign_number", [["hung"], ["mai"]]),
    ],
)
def test_who_is_above_follows_from_where_it_lies(record: Record, step, above):
    plan_id = record.draft()
    record.bring_to(plan_id, step)
    assert told(record, plan_id) == above


def test_where_it_waits_for_a_head_alone_the_office_follows_it_up(record: Record):
    plan_id = record.draft("nhung", unit="QLKH", signer="mai")
    record.step("nhung", plan_id, "submit")
    assert told(record, plan_id) == [["hung"], ["mai"]]


def test_above_the_director_there_is_nobody(record: Record):
    plan_id = record.draft(signer="viet")
    record.bring_to(plan_id, "check_format")
    assert told(record, plan_id) == [["hung"], []]
