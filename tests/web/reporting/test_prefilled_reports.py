"""A unit's report begins with what the unit noted of its tasks, and shows beside each what it reported last year."""

import msgspec

from tests.person import Door, open_app
from tests.record import Record, plan
from tests.web.conftest import text_of
from tests.workflow.acts import at, fill_results, instances, issued_plan, once_open, text, working
from tests.workflow.commands.test_tasks import note, plan_of, standing
from workflow.commands.beginning import begin_draft
from workflow.commands.reporting import start_unit_report
from workflow.commands.tick import tick
from workflow.content import Content, Node, Task
from workflow.reading.times import read_time


def begin(record: Record, plan_id: int, login: str, unit: str, year: int = 2026) -> int:
    instance_id = once_open(record, instances(record, plan_id, tier=1, year=year)[unit].id)
    with working(record, login) as w:
        return start_unit_report(w, instance_id=instance_id)


def test_each_line_says_what_was_noted_and_stays_empty_where_nothing_was(record: Record):
    plan_id = plan_of(record)
    spring = standing(record, plan_id, "Rà soát quy chế", period="2026-Q2")
    summer = standing(record, plan_id, "Rà soát quy chế", period="2026-Q3")
    note(record, "nhung", spring.id, "running", "Đang lấy ý kiến")
    note(record, "nhung", spring.id, "done", "Đã ban hành quy chế.", figure="1 quy chế")
    at(record, 2026, 9, 1)
    note(record, "khoi", summer.id, "not_started", "Chờ hướng dẫn")
    rows = text(record, begin(record, plan_id, "nhung", "QLKH")).results
    assert [row.ref for row in rows] == ["II.1", "II.2", "II.3"]
    assert (rows[0].status, rows[0].result, rows[0].reason) == (
        "running",
        "Quý II năm 2026: Đã ban hành quy chế. Số liệu: 1 quy chế.",
        "Quý III năm 2026: Chờ hướng dẫn.",
    )
    assert (rows[1].status, rows[1].result) == ("", "")
    assert rows[2].status == ""


def test_a_task_that_is_done_at_every_time_is_done_in_the_report(sqlite_record: Record):
    record = sqlite_record
    plan_id = plan_of(record)
    note(
        record,
        "yen",
        standing(record, plan_id, "Tuyên truyền", "QLCN").id,
        "done",
        "Đăng 12 tin",
        figure="12 tin",
    )
    (row,) = text(record, begin(record, plan_id, "yen", "QLCN")).results
    assert (row.status, row.result) == ("done", "Đăng 12 tin. Số liệu: 12 tin.")


def test_last_year_stands_beside_and_says_which_year_it_was(sign_in, sqlite_record: Record):
    record = sqlite_record
    plan_id = plan_of(record)
    at(record, 2026, 10, 20)
    first = begin(record, plan_id, "yen", "QLCN")
    fill_results(record, "yen", first, result="Đăng 12 tin trong năm.")
    at(record, 2027, 10, 20)
    tick(record.engine)
    note(record, "yen", standing(record, plan_id, "Tuyên truyền", "QLCN", "2027").id, words="Đăng 5 tin")
    yen = sign_in("yen")
    page = yen.get(f"/van-ban/{begin(record, plan_id, 'yen', 'QLCN', 2027)}/sua")
    words = text_of(page)
    assert "Năm 2026 đã báo cáo: Đã hoàn thành Đăng 12 tin trong năm." in words
    assert "Điền sẵn từ tiến độ đơn vị đã ghi." in words
    assert "Đăng 5 tin." in page
    assert msgspec.structs.asdict(text(record, first).results[0])["result"] == "Đăng 12 tin trong năm."


def yearly(year: int) -> Content:
    """Plans as offices write them: one a year, the same but for its years."""
    task = Task(leads=("Phòng Công nghệ và Đổi mới sáng tạo",), time=read_time(f"Trong năm {year}"))
    node = Node(label="1", title=f"Tuyên truyền chuyển đổi số năm {year}", task=task)
    sections = (Node(label="II", title="NHIỆM VỤ", children=(node,)), *plan().sections)
    return plan(subject=f"Chuyển đổi số năm {year}", sections=sections)


def test_last_years_plan_stands_beside_the_report_on_the_one_begun_from_it(record: Record):
    sign_in = Door(open_app(record), record)
    first = issued_plan(record, content=yearly(2026))
    at(record, 2026, 10, 20)
    fill_results(record, "yen", begin(record, first, "yen", "QLCN"), result="Đăng 12 tin trong năm.")
    at(record, 2027, 2, 10)
    with working(record, "lan") as w:
        office = w.directory.unit_by_code(w.actor.agency_id, "VP").id
        second = begin_draft(
            w, key="k" * 22, definition_id="ke_hoach", unit_id=office, content=yearly(2027),
            signer_id=record.person("mai"), begun_from=first,
        )  # fmt: skip
    record.bring_to(second, "issue")
    at(record, 2027, 10, 20)
    words = text_of(sign_in("yen").get(f"/van-ban/{begin(record, second, 'yen', 'QLCN', 2027)}/sua"))
    assert (
        "Năm 2026 đã báo cáo theo kế hoạch trước, số 01/KH-SKHCN: Đã hoàn thành Đăng 12 tin trong năm."
        in words
    )
    words = text_of(sign_in("nhung").get(f"/van-ban/{begin(record, second, 'nhung', 'QLKH', 2027)}/sua"))
    assert "đã báo cáo" not in words, "another unit's words are not shown"
