"""Tasks: who leads, by when."""

import pytest
from msgspec.structs import replace

from tests.workflow.lint.texts import codes, good, only, task_node
from workflow.content import Content, Time


def with_tasks(*nodes) -> Content:
    plan = good()
    return replace(
        plan, sections=(plan.sections[0], replace(plan.sections[1], children=nodes), plan.sections[2])
    )


def test_tasks_without_a_lead_are_told_together():
    finding = only(with_tasks(task_node("1", leads=()), task_node("2", leads=())), "task_without_lead")
    assert list(finding.facts["refs"]) == ["II.1", "II.2"]
    assert finding.severity == "warning"


def test_a_task_without_a_time_is_told_with_its_place():
    finding = only(with_tasks(task_node("1"), task_node("2", time=Time())), "task_without_time")
    assert finding.ref == "II.2"


@pytest.mark.parametrize(
    "time", [Time("date_before", ""), Time("quarters", "  "), Time("unspecified", "theo yêu cầu")]
)
def test_a_kind_of_time_of_which_nothing_is_said_is_no_time(time):
    finding = only(with_tasks(task_node("1"), task_node("2", time=time)), "task_without_time")
    assert finding.ref == "II.2"


@pytest.mark.parametrize(
    ("doc_type", "symbol"), [("QĐ", "QĐ-SKHCN"), ("CV", "SKHCN-TĐC"), ("BC", "BC-SKHCN")]
)
def test_only_plans_are_asked_who_leads_and_when(doc_type, symbol):
    content = with_tasks(task_node("1", leads=(), time=Time()), task_node("2"))
    assert codes(content) == ["task_without_lead", "task_without_time"]
    assert codes(replace(content, doc_type=doc_type, symbol=symbol)) == []


def test_whoever_is_named_where_work_is_shared_out_needs_no_time():
    plan = good()
    shared = replace(plan.sections[2].children[0], task=task_node("1", time=Time()).task)
    third = replace(plan.sections[2], children=(shared, plan.sections[2].children[1]))
    assert codes(replace(plan, sections=(*plan.sections[:2], third))) == []


def test_a_task_is_done_by_the_day_its_words_say():
    said = Time("date_before", "Trước ngày 30/6/2026", None, "2026-06-30")
    assert codes(with_tasks(task_node("1", time=said), task_node("2"))) == []
    day_before = Time("date_before", "Trước ngày 30/6/2026", None, "2026-06-29")
    assert codes(with_tasks(task_node("1", time=day_before), task_node("2"))) == []
    other = Time("date_before", "Trước ngày 30/6/2026", None, "2026-07-30")
    assert only(with_tasks(task_node("1", time=other), task_node("2")), "task_date_elsewhere").ref == "II.1"
