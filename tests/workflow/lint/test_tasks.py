"""Tasks: who leads, by when."""

import pytest
from msgspec.structs import replace

from tests.workflow.lint.texts import AGENCY, BLOCK, codes, good, only, task_node
from workflow.content import Content, Node, Time
from workflow.lint import judge


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


def bare(label: str, *children: Node, words: str = "Kiểm định cân tại các chợ.") -> Node:
    return Node(label, "", (words,) if words else (), children=children)


def test_each_part_that_sets_work_has_a_card():
    """Its own, one of the part it stands under, or one of the lines under it."""
    finding = only(with_tasks(task_node("1"), bare("2"), bare("3")), "task_without_card")
    assert (finding.severity, list(finding.facts["refs"])) == ("warning", ["II.2", "II.3"])
    assert codes(with_tasks(task_node("1"), bare("2", task_node("-")))) == []
    assert codes(with_tasks(replace(task_node("1"), children=(bare("a"), bare("b"))), task_node("2"))) == []
    finding = only(with_tasks(task_node("1"), bare("2", task_node("a"), bare("b"))), "task_without_card")
    assert list(finding.facts["refs"]) == ["II.2.b"]


def test_of_a_plan_whose_work_has_no_card_it_is_not_said_that_there_is_none():
    outcome = judge(with_tasks(bare("1")), AGENCY, BLOCK)
    assert [one.code for one in outcome.findings] == ["task_without_card"]
    assert "no_tasks" not in [one.why for one in outcome.unjudged]


def test_a_part_without_words_a_bullet_and_a_part_with_other_aims_need_no_card():
    assert "task_without_card" not in codes(with_tasks(task_node("1"), bare("2", words="")))
    assert codes(with_tasks(task_node("1"), bare("2", task_node("a"), bare("-")))) == []
    plan = with_tasks(task_node("1"))
    aims = replace(plan.sections[0], children=(bare("1"), bare("2")))
    assert codes(replace(plan, sections=(aims, *plan.sections[1:]))) == []


def test_reports_and_letters_need_no_cards():
    assert codes(replace(with_tasks(task_node("1"), bare("2")), doc_type="BC", symbol="BC-SKHCN")) == []
