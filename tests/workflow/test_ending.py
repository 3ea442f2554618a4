"""A plan ends once nothing of its year is owed and its signer or the director has agreed."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.record import Record
from tests.workflow.acts import (
    REASON,
    UNITS,
    agree,
    at,
    history,
    instances,
    issued_plan,
    looking,
    open_steps,
    row,
    working,
)
from tests.workflow.reporting_year import (
    office_report,
    send,
    waive_all_units,
    waive_final,
    with_duty,
)
from workflow.commands.ending import agree_to_end
from workflow.commands.reporting import accept_as_ad_hoc, start_unit_report, waive
from workflow.commands.tick import tick
from workflow.content import Obligation
from workflow.errors import Invalid, NeedUnmet, NotFound, NotYourStep, Stale, StepNotOpen
from workflow.models import Obligation as Duty


def refused_to_end(record: Record, plan_id: int) -> dict[str, Any]:
    """Why the Chánh Văn phòng may not end the plan now."""
    assert "close" not in open_steps(record, "hung", plan_id)
    with pytest.raises(NeedUnmet) as refused:
        record.step("hung", plan_id, "close", note=REASON)
    assert refused.value.need == "obligations_settled"
    return refused.value.facts


def test_a_plan_is_closed_once_all_of_the_year_that_runs_is_settled(record: Record):
    """What is due this year bars the end before it opens; what opens only next year does not keep a plan for ever."""
    plan_id = issued_plan(record)
    at(record, 2026, 4, 21)
    facts = refused_to_end(record, plan_id)
    assert [(item["receiver"], item["period"], item["count"], item["last_on_time"]) for item in facts["owed"]] == [
        ("Văn phòng Sở", "2026", len(UNITS), "2026-11-09"),
        ("Sở Nội vụ", "2026", 1, "2026-11-14"),
    ]  # fmt: skip
    assert facts["open"] == 0
    at(record, 2026, 10, 20)
    assert refused_to_end(record, plan_id)["open"] == len(UNITS) + 1
    waive_all_units(record, plan_id)
    assert [item["count"] for item in refused_to_end(record, plan_id)["owed"]] == [1]
    send(record, office_report(record, plan_id))
    agree(record, plan_id)
    assert record.step("hung", plan_id, "close", note=REASON).state == "closed"
    at(record, 2027, 1, 1)
    tick(record.engine)
    assert row(record, plan_id).state == "closed"


def test_with_the_new_year_its_duties_bar_the_end_even_before_anything_has_noticed_it(record: Record):
    plan_id = issued_plan(record)
    waive_all_units(record, plan_id)
    waive_final(record, plan_id)
    assert row(record, plan_id).state == "reported"
    agree(record, plan_id)
    assert "close" in open_steps(record, "hung", plan_id)
    at(record, 2027, 1, 1, 0, 1)
    assert {item["year"] for item in refused_to_end(record, plan_id)["owed"]} == {2027}
    tick(record.engine)
    assert {item["year"] for item in refused_to_end(record, plan_id)["owed"]} == {2027}


def test_a_report_that_is_due_once_bars_the_end_in_whatever_year_it_is_due(record: Record):
    at(record, 2026, 7, 1)
    once = Obligation(from_="Văn phòng Sở", to="Sở Nội vụ", recurrence="once", due_month=3, due_day=1)
    plan_id = issued_plan(record, content=with_duty(once))
    waive_all_units(record, plan_id)
    waive_final(record, plan_id)
    assert [(item["period"], item["year"]) for item in refused_to_end(record, plan_id)["owed"]] == [
        ("once", 2027)
    ]


def test_a_duty_that_no_unit_owes_bars_the_end_until_the_office_decides(record: Record):
    nobody = Obligation(
        from_="Các tổ công tác", to="Văn phòng Sở", recurrence="yearly", due_month=12, due_day=1
    )
    plan_id = issued_plan(record, content=with_duty(nobody))
    waive_all_units(record, plan_id)
    waive_final(record, plan_id)
    facts = refused_to_end(record, plan_id)
    assert (facts["owed"], facts["unowed"], facts["needs_date"]) == ([], 1, 0)
    with looking(record) as w:
        duty_id = w.db.scalar(select(Duty.id).where(Duty.reporter == "Các tổ công tác"))
    with working(record, "hung") as w:
        accept_as_ad_hoc(w, obligation_id=duty_id, seen_version=row(record, plan_id).version, note=REASON)
    agree(record, plan_id)
    assert record.step("hung", plan_id, "close", note=REASON).state == "closed"


def test_no_plan_ends_over_a_report_of_the_agency_that_is_on_its_way(record: Record):
    """Even where its period was waived meanwhile: it would be signed and issued on a plan that is over."""
    plan_id = issued_plan(record)
    waive_all_units(record, plan_id)
    report_id = office_report(record, plan_id)
    waive_final(record, plan_id)
    facts = refused_to_end(record, plan_id)
    assert (facts["owed"], facts["under_way"]) == ([], 1)
    record.step("lan", report_id, "submit")
    assert refused_to_end(record, plan_id)["under_way"] == 1
    record.step("hung", report_id, "return", note=REASON)
    record.step("lan", report_id, "cancel", note=REASON)
    agree(record, plan_id)
    assert record.step("hung", plan_id, "close", note=REASON).state == "closed"


def test_a_plan_ends_only_with_the_word_of_its_signer_or_of_the_director(record: Record):
    plan_id = issued_plan(record)
    waive_all_units(record, plan_id)
    waive_final(record, plan_id)
    with pytest.raises(NeedUnmet) as refused:
        record.step("hung", plan_id, "close", note=REASON)
    assert (refused.value.need, refused.value.facts) == (
        "ending_agreed",
        {"could": [record.directory.by_login[login].name for login in ("mai", "viet")]},
    )
    for login in ("hung", "lan", "van", "son", "nhung", "huy"):
        with pytest.raises(NotYourStep):
            agree(record, plan_id, login)
    before = row(record, plan_id)
    agree(record, plan_id, "viet")
    said = history(record, plan_id)[-1]
    assert (said["action"], said["actor"]["name"]) == (
        "agree_to_end",
        record.directory.by_login["viet"].name,
    )
    assert row(record, plan_id).state == before.state
    with pytest.raises(NeedUnmet) as refused:
        agree(record, plan_id, "viet")
    assert refused.value.need == "not_agreed_yet"
    assert record.step("hung", plan_id, "close", note=REASON).state == "closed"
    with pytest.raises(StepNotOpen):
        agree(record, plan_id)


def test_agreeing_wants_a_reason_the_present_page_and_a_plan_that_runs(record: Record):
    draft_id = record.draft()
    with pytest.raises(StepNotOpen):
        agree(record, draft_id)
    plan_id = issued_plan(record)
    version = row(record, plan_id).version
    with pytest.raises(Invalid), working(record, "mai") as w:
        agree_to_end(w, plan_id=plan_id, seen_version=version, reason="xong")
    with pytest.raises(Stale), working(record, "mai") as w:
        agree_to_end(w, plan_id=plan_id, seen_version=version - 1, reason=REASON)
    with pytest.raises(NotFound), working(record, "an") as w:
        agree_to_end(w, plan_id=plan_id, seen_version=version, reason=REASON)


def test_nothing_is_reported_on_a_closed_plan(record: Record):
    plan_id = issued_plan(record)
    waive_all_units(record, plan_id)
    waive_final(record, plan_id)
    agree(record, plan_id)
    record.step("hung", plan_id, "close", note=REASON)
    instance = instances(record, plan_id, tier=1, year=2027)["QLKH"]
    with pytest.raises(StepNotOpen), working(record, "nhung") as w:
        start_unit_report(w, instance_id=instance.id)
    with pytest.raises(StepNotOpen), working(record, "hung") as w:
        waive(w, instance_id=instance.id, seen_version=row(record, plan_id).version, reason=REASON)
