"""The office leads tasks of the plan itself: they stand in its report's table, as noted or to be filled in."""

import pytest

from tests.record import Record, plan
from tests.workflow.acts import (
    at,
    instances,
    issued_plan,
    replace,
    report_of_unit,
    row,
    text,
    working,
)
from tests.workflow.commands.test_tasks import note, standing
from workflow.commands.attachments import incoming
from workflow.commands.collecting import take_in_reports
from workflow.commands.drafting import save_revision
from workflow.commands.reporting import start_report
from workflow.content import Missing, Node, Obligation, Row, Task
from workflow.errors import NeedUnmet

OFFICE, SCIENCE = "Văn phòng Sở", "Phòng Quản lý khoa học"
OWN = Node(label="1", title="Tuyên truyền nội bộ", paragraphs=("x",), task=Task(leads=(OFFICE,)))
THEIRS = Node(label="2", title="Công khai khoa học", paragraphs=("y",), task=Task(leads=(SCIENCE,)))
SHARED = Node(label="3", title="Rà soát quy chế", paragraphs=("z",), task=Task(leads=(OFFICE, SCIENCE)))


def plan_with(record: Record, *nodes: Node) -> int:
    """Only the science unit owes the office its report."""
    lower, upper = plan().sections[0].obligations
    duties = (replace(lower, from_=SCIENCE), upper)
    tasks = Node(label="I", title="NỘI DUNG", children=nodes)
    end = Node(label="II", title="TỔ CHỨC THỰC HIỆN", paragraphs=("Báo cáo.",), obligations=duties)
    plan_id = issued_plan(record, content=plan(sections=(tasks, end)))
    at(record, 2026, 10, 20)
    return plan_id


def begun(record: Record, plan_id: int) -> int:
    [final] = instances(record, plan_id, tier=2, year=2026).values()
    with working(record, "lan") as w:
        return start_report(w, instance_id=final.id, signer_id=record.person("mai"))


def lines(record: Record, report_id: int) -> list[tuple[str, str, str]]:
    return [(item.task, item.unit, item.status) for item in text(record, report_id).results]


def test_what_the_office_noted_of_its_own_tasks_stands_below_what_the_units_sent(record: Record):
    plan_id = plan_with(record, OWN, THEIRS, SHARED)
    file = incoming("biên bản.pdf", b"%PDF-1.7 bien ban")
    note(
        record, "lan", standing(record, plan_id, OWN.title, "VP").id, "done", "VP đã mở 3 hội nghị", file=file
    )
    report_of_unit(record, "QLKH", instances(record, plan_id, tier=1, year=2026)["QLKH"].id)
    report_id = begun(record, plan_id)
    assert lines(record, report_id) == [
        (THEIRS.title, SCIENCE, "done"),
        (SHARED.title, SCIENCE, "done"),
        (OWN.title, OFFICE, "done"),
        (SHARED.title, OFFICE, ""),
    ]
    report = text(record, report_id)
    assert report.results[2].result == "VP đã mở 3 hội nghị."
    assert [item.name for item in report.results[2].evidence] == ["biên bản.pdf"]
    assert report.missing_units == (), "the office is no unit that did not report"
    assert report.sections[0].paragraphs == (
        "Đã nhận báo cáo của 1/1 đơn vị. Trong 3 kết quả được báo cáo: 3 hoàn thành, 0 đang thực hiện, "
        "0 chưa thực hiện. Chi tiết theo bảng kết quả.",
    )


def test_a_row_that_nobody_noted_anything_of_must_be_filled_in_and_is_then_counted(record: Record):
    plan_id = plan_with(record, OWN, THEIRS)
    report_of_unit(record, "QLKH", instances(record, plan_id, tier=1, year=2026)["QLKH"].id)
    report_id = begun(record, plan_id)
    with pytest.raises(NeedUnmet) as refused:
        record.step("lan", report_id, "submit")
    assert refused.value.need == "content_complete"
    assert refused.value.facts["faults"] == [{"place": "results.I.1", "rule": "status_missing"}]
    report = text(record, report_id)
    own = replace(report.results[1], status="running", result="Đã mở một hội nghị")
    filled = replace(report, results=(report.results[0], own))
    with working(record, "lan") as w:
        save_revision(w, document_id=report_id, seen_version=row(record, report_id).version, content=filled,
                      signer_id=record.person("mai"))  # fmt: skip
    assert "2 kết quả được báo cáo: 1 hoàn thành, 1 đang" in text(record, report_id).sections[0].paragraphs[0]
    assert record.step("lan", report_id, "submit").state == "dept_review"


def test_what_is_noted_later_is_taken_in_where_the_row_is_empty_and_never_over_typed_words(record: Record):
    plan_id = plan_with(record, OWN, SHARED)
    report_id = begun(record, plan_id)
    for node in (OWN, SHARED):
        note(record, "lan", standing(record, plan_id, node.title, "VP").id, "done", "Đã ghi ở Nhiệm vụ")
    report_of_unit(record, "QLKH", instances(record, plan_id, tier=1, year=2026)["QLKH"].id)
    report = text(record, report_id)
    typed = replace(report.results[1], status="running", result="Gõ tay")
    with working(record, "lan") as w:
        take_in_reports(w, document_id=report_id, seen_version=row(record, report_id).version,
                        content=replace(report, results=(report.results[0], typed)), signer_id=None)  # fmt: skip
    after = text(record, report_id).results
    assert [(item.unit, item.task) for item in after] == [
        (SCIENCE, SHARED.title), (OFFICE, OWN.title), (OFFICE, SHARED.title)]  # fmt: skip
    assert [item.result for item in after[1:]] == ["Đã ghi ở Nhiệm vụ.", "Gõ tay"]


def test_an_office_that_owes_a_report_as_a_unit_does_is_asked_once(record: Record):
    lower, upper = plan().sections[0].obligations
    both = Obligation(from_=f"{OFFICE}, {SCIENCE}", to=OFFICE, recurrence="yearly", due_month=11, due_day=10,
                      raw=lower.raw)  # fmt: skip
    tasks = Node(label="I", title="NỘI DUNG", children=(OWN,))
    end = Node(label="II", title="TỔ CHỨC THỰC HIỆN", paragraphs=("Báo cáo.",), obligations=(both, upper))
    plan_id = issued_plan(record, content=plan(sections=(tasks, end)))
    at(record, 2026, 10, 20)
    owing = instances(record, plan_id, tier=1, year=2026)
    report_id = begun(record, plan_id)
    named = {item.unit for item in text(record, report_id).missing_units}
    own = [item for item in text(record, report_id).results if item.unit == OFFICE]
    assert (OFFICE in named, bool(own)) == (("VP" in owing), "VP" not in owing)


def test_a_report_that_hangs_on_no_plan_may_leave_a_row_as_it_was_read(record: Record):
    content = plan(doc_type="BC", sections=(), results=(Row("1", "Việc", "Phòng A"),),
                   missing_units=(Missing("Phòng B", "đang kiện toàn"),))  # fmt: skip
    report_id = record.draft(definition_id="bao_cao", content=content)
    assert record.step("lan", report_id, "submit").state == "dept_review"


def test_where_no_unit_owes_a_report_nothing_is_said_of_units(record: Record):
    upper = plan().sections[0].obligations[1]
    end = Node(label="I", title="TỔ CHỨC THỰC HIỆN", paragraphs=("Báo cáo.",), obligations=(upper,))
    plan_id = issued_plan(record, content=plan(sections=(end,)))
    at(record, 2026, 10, 20)
    report = text(record, begun(record, plan_id))
    assert [(node.title, node.paragraphs) for node in report.sections] == [
        ("KẾT QUẢ THỰC HIỆN", ()), ("KHÓ KHĂN, VƯỚNG MẮC", ())]  # fmt: skip
    assert report.missing_units == ()
    with working(record, "lan") as w:
        take_in_reports(w, document_id=2, seen_version=1, content=report, signer_id=None)
    assert text(record, 2) == report


def test_where_none_has_come_in_yet_no_results_are_counted_until_they_have(record: Record):
    plan_id = plan_with(record, THEIRS)
    report_id = begun(record, plan_id)
    assert text(record, report_id).sections[0].paragraphs == ("Đã nhận báo cáo của 0/1 đơn vị.",)
    assert text(record, report_id).sections[1].paragraphs == ()
    report_of_unit(record, "QLKH", instances(record, plan_id, tier=1, year=2026)["QLKH"].id)
    with working(record, "lan") as w:
        take_in_reports(
            w, document_id=report_id, seen_version=1, content=text(record, report_id), signer_id=None
        )
    assert text(record, report_id).sections[0].paragraphs == (
        "Đã nhận báo cáo của 1/1 đơn vị. Trong 1 kết quả được báo cáo: 1 hoàn thành, 0 đang thực hiện, "
        "0 chưa thực hiện. Chi tiết theo bảng kết quả.",
    )
