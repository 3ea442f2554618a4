"""Which unit reports go into a report of the agency: period by period in one rhythm, else year by year."""

import msgspec
from sqlalchemy import select

from tests.record import Record, plan
from tests.workflow.acts import once_open
from workflow.commands.drafting import load_content, save_revision
from workflow.commands.reporting import start_report, start_unit_report
from workflow.commands.steps import load_for_step
from workflow.content import Node, Obligation
from workflow.engine import Identity
from workflow.models import Instance
from workflow.models import Obligation as Duty


def issued(record: Record, lower: str, upper: str) -> int:
    """A plan under which a unit owes Văn phòng, and Văn phòng owes Sở Nội vụ, in these rhythms."""
    months = {"quarterly": (3, 6, 9, 12), "yearly": 12}
    duties = (
        Obligation(from_="Phòng Quản lý khoa học", to="Văn phòng Sở", recurrence=lower, due_month=months[lower],
                   due_day=15, raw="Phòng báo cáo Văn phòng Sở."),
        Obligation(from_="Văn phòng Sở", to="Sở Nội vụ", recurrence=upper, due_month=months[upper], due_day=25,
                   raw="Văn phòng Sở báo cáo Sở Nội vụ."),
    )  # fmt: skip
    section = Node(label="I", title="TỔ CHỨC THỰC HIỆN", paragraphs=("Các kỳ báo cáo.",), obligations=duties)
    plan_id = record.draft(content=plan(sections=(section,)))
    record.bring_to(plan_id, "issue")
    return plan_id


def instances(record: Record, plan_id: int, tier: int) -> list[int]:
    with record.engine.reading(Identity(rule="test")) as w:
        statement = select(Instance.id).join(Duty, Duty.id == Instance.obligation_id)
        mine = statement.where(Instance.document_id == plan_id, Duty.tier == tier, Instance.year == 2026)
        return list(w.db.scalars(mine.order_by(Instance.last_on_time)))


def send(record: Record, instance_id: int, words: str) -> None:
    """The unit's report, written, approved and accepted."""
    once_open(record, instance_id)
    with record.engine.work(record.who("nhung")) as w:
        report_id = start_unit_report(w, instance_id=instance_id)
    with record.engine.work(record.who("nhung")) as w:
        document = load_for_step(w, report_id)
        text = load_content(w, document)
        rows = tuple(msgspec.structs.replace(row, status="done", result=words) for row in text.results)
        save_revision(w, document_id=report_id, seen_version=document.version,
                      content=msgspec.structs.replace(text, results=rows))  # fmt: skip
    record.step("nhung", report_id, "submit")
    record.step("khoi", report_id, "approve_content")
    record.step("hung", report_id, "accept")


def report_of(record: Record, instance_id: int):
    once_open(record, instance_id)
    with record.engine.work(record.who("lan")) as w:
        report_id = start_report(w, instance_id=instance_id)
        return load_content(w, load_for_step(w, report_id))


def test_a_quarter_takes_in_its_own_quarter_only(record: Record):
    plan_id = issued(record, "quarterly", "quarterly")
    lower, upper = instances(record, plan_id, 1), instances(record, plan_id, 2)
    record.clock.forward(days=50)
    send(record, lower[0], "Kết quả quý II")
    record.clock.forward(days=95)
    send(record, lower[1], "Kết quả quý III")
    third = report_of(record, upper[1])
    assert [row.result for row in third.results] == ["Kết quả quý III"]
    assert third.subject == "Kết quả thực hiện Kế hoạch số 01/KH-SKHCN quý III năm 2026"
    assert "báo cáo kết quả quý III năm 2026 (số liệu từ ngày 15/06/2026" in third.opening[0]
    assert report_of(record, upper[1 - 1]).missing_units == ()
    assert [item.unit for item in report_of(record, upper[2]).missing_units] == ["Phòng Quản lý khoa học"]


def test_a_year_takes_in_all_its_quarters_and_names_who_left_one_out(record: Record):
    plan_id = issued(record, "quarterly", "yearly")
    lower, (upper,) = instances(record, plan_id, 1), instances(record, plan_id, 2)
    record.clock.forward(days=50)
    send(record, lower[0], "Kết quả quý II")
    record.clock.forward(days=95)
    send(record, lower[1], "Kết quả quý III")
    report = report_of(record, upper)
    assert [row.result for row in report.results] == ["Kết quả quý II", "Kết quả quý III"]
    assert [item.unit for item in report.missing_units] == ["Phòng Quản lý khoa học"]
