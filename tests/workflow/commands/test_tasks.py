"""Tasks of an issued plan: whose they are and when, what is noted of them, and what opens those that wait."""

from datetime import date

import pytest
from sqlalchemy import delete, select

from tests.record import Record, plan
from tests.workflow.acts import agree, at, history, issued_plan, looking, row, working
from tests.workflow.commands.test_units import end, unit_of
from workflow.commands.attachments import incoming
from workflow.commands.duties import waive
from workflow.commands.handing_over import hand_over
from workflow.commands.tasks import Said, note_progress, open_task
from workflow.commands.tick import tick
from workflow.content import Content, Node, Task
from workflow.errors import Invalid, KeyReused, NeedUnmet, NotFound, NotYourStep, StepNotOpen
from workflow.models import Instance, Unit
from workflow.models import Task as Row
from workflow.queries.attachments import attached_file
from workflow.queries.tasks import TaskStanding, one_task, plan_tasks, tasks_of_plan, tasks_of_units
from workflow.reading.times import read_time
from workflow.verification import verify

GROUP = "Các phòng, đơn vị thuộc Sở"
WORDS = (
    ("Rà soát quy chế", ("Phòng Quản lý khoa học",), "Quý II, Quý III năm 2026"),
    ("Tuyên truyền", (GROUP,), "Thường xuyên"),
    (
        "Triển khai nghị định",
        ("Phòng Quản lý khoa học", "Văn phòng Sở"),
        "Sau khi Chính phủ ban hành Nghị định",
    ),
    ("Phối hợp", ("Công đoàn ngành",), "Năm 2026"),
)


def content() -> Content:
    nodes = tuple(
        Node(label=str(place), title=title, task=Task(leads=leads, time=read_time(words)))
        for place, (title, leads, words) in enumerate(WORDS, 1)
    )
    duties = plan().sections
    return plan(sections=(Node(label="II", title="NHIỆM VỤ", children=nodes), *duties))


def plan_of(record: Record) -> int:
    return issued_plan(record, content=content())


def standing(record: Record, plan_id: int, title: str, unit: str = "QLKH", period: str = "") -> TaskStanding:
    unit_id = unit_of(record, unit).id
    with looking(record) as w:
        found = [
            item for item in tasks_of_plan(w, plan_id)
            if item.title == title and item.unit_id == unit_id and period in ("", item.period)
        ]  # fmt: skip
    assert len(found) == 1, [(item.title, item.unit_name, item.period) for item in found]
    return found[0]


def note(
    record: Record, login: str, task_id: int, state: str = "running", words: str = "Đã họp một lần", **how
) -> int:
    file, key = how.pop("file", None), how.pop("key", "")
    with working(record, login) as w:
        return note_progress(w, task_id=task_id, said=Said(state, words, **how), file=file, key=key)


def test_at_issue_each_task_becomes_a_row_for_each_unit_and_time(record: Record):
    plan_id = plan_of(record)
    with looking(record) as w:
        rows = w.db.execute(
            select(Row.ref, Unit.code, Row.period, Row.last_day)
            .join(Unit, Unit.id == Row.unit_id)
            .where(Row.document_id == plan_id)
        ).all()
        unled = plan_tasks(w, plan_id).unled
    made = {(item.ref, item.code, item.period): item.last_day for item in rows}
    assert made["II.1", "QLKH", "2026-Q2"] == date(2026, 6, 30)
    assert made["II.1", "QLKH", "2026-Q3"] == date(2026, 9, 30)
    assert made["II.2", "TTKT", "2026"] == date(2026, 12, 31)
    assert {code for ref, code, _ in made if ref == "II.2"} == {
        "QLKH", "QLCN", "TDC", "CDS", "BCVT", "KHTC", "TTNC", "TTCNS", "TTKT"}  # fmt: skip
    assert {(code, period) for ref, code, period in made if ref == "II.3"} == {
        ("QLKH", "event"),
        ("VP", "event"),
    }
    assert [(ref, leads) for ref, _, leads, _ in unled] == [("II.4", "Công đoàn ngành")]
    assert history(record, plan_id)[-1]["facts"]["tasks"] == len(made) == 13


def test_the_state_is_read_off_the_calendar_and_the_last_word(sqlite_record: Record):
    record = sqlite_record
    plan_id = plan_of(record)
    first = standing(record, plan_id, "Rà soát quy chế", period="2026-Q2")
    assert (first.state, first.noted) == ("not_started", None)
    note(record, "nhung", first.id)
    assert standing(record, plan_id, "Rà soát quy chế", period="2026-Q2").state == "running"
    at(record, 2026, 6, 30, 23, 59)
    assert standing(record, plan_id, "Rà soát quy chế", period="2026-Q2").state == "running"
    at(record, 2026, 7, 1, 0, 0)
    late = standing(record, plan_id, "Rà soát quy chế", period="2026-Q2")
    assert (late.state, late.overdue_days) == ("overdue", 1)
    at(record, 2026, 7, 3)
    note(record, "khoi", first.id, "done", "Đã ban hành quy chế", figure="1 quy chế")
    done = standing(record, plan_id, "Rà soát quy chế", period="2026-Q2")
    assert (done.state, done.late_days, done.noted.figure) == ("done", 3, "1 quy chế")
    with looking(record, "nhung") as w:
        _, notes = one_task(w, first.id)
    assert [item.words for item in notes] == ["Đã ban hành quy chế", "Đã họp một lần"]


def test_a_note_is_an_entry_of_the_plan_and_its_file_is_checked_with_it(record: Record):
    plan_id = plan_of(record)
    task = standing(record, plan_id, "Tuyên truyền")
    file = incoming("ket-qua.txt", "Ba lớp".encode())
    note(record, "nhung", task.id, "running", "Mở ba lớp", figure="3 lớp", file=file)
    entry = history(record, plan_id)[-1]
    assert (entry["action"], entry["facts"]["stands"], entry["facts"]["unit"]) == (
        "note_progress", "running", "Phòng Quản lý khoa học")  # fmt: skip
    assert "Mở ba lớp" not in str(entry)
    with looking(record, "yen") as w:
        assert attached_file(w, plan_id, file.sha256).data == "Ba lớp".encode()
    with looking(record) as w:
        report = verify(w)
    assert report.holds
    assert str(report.counts["progress"]) == "1/1"


def test_only_the_people_of_the_unit_that_leads_note_progress(sqlite_record: Record):
    record = sqlite_record
    plan_id = plan_of(record)
    task = standing(record, plan_id, "Rà soát quy chế", period="2026-Q2")
    for login in ("yen", "hung", "viet", "mai", "huy", "minh", "van"):
        with pytest.raises((NotYourStep, NotFound)):
            note(record, login, task.id)
    for login in ("nhung", "khoi"):
        note(record, login, task.id)


def test_a_note_says_what_was_done_or_why_not(sqlite_record: Record):
    record = sqlite_record
    task = standing(record, plan_of(record), "Tuyên truyền")
    for state, words, place in (
        ("", "x", "progress"),
        ("done", " ", "done_so_far"),
        ("not_started", "", "reason"),
    ):
        with pytest.raises(Invalid) as error:
            note(record, "nhung", task.id, state, words)
        assert [fault.place for fault in error.value.faults] == [place]
    with pytest.raises(Invalid):
        note(record, "nhung", task.id, figure="1" * 201)


def test_one_form_sent_twice_is_one_note(sqlite_record: Record):
    record = sqlite_record
    plan_id = plan_of(record)
    task = standing(record, plan_id, "Tuyên truyền")
    assert note(record, "nhung", task.id, key="k1") == note(record, "nhung", task.id, key="k1")
    with pytest.raises(KeyReused):
        note(record, "nhung", task.id, "done", key="k1")
    assert [item["action"] for item in history(record, plan_id)].count("note_progress") == 1


def test_a_task_that_waits_is_opened_by_the_office_for_every_unit_that_leads_it(record: Record):
    plan_id = plan_of(record)
    waiting = standing(record, plan_id, "Triển khai nghị định")
    assert waiting.state == "awaiting"
    with pytest.raises(NeedUnmet, match="event_came"):
        note(record, "nhung", waiting.id)
    source = "Nghị định số 59/2026/NĐ-CP ngày 14/8/2026"
    with pytest.raises(NotYourStep), working(record, "nhung") as w:
        open_task(w, task_id=waiting.id, source=source, last_day=None)
    with pytest.raises(Invalid), working(record, "lan") as w:
        open_task(w, task_id=waiting.id, source="NĐ 59", last_day=date(2026, 1, 1))
    at(record, 2026, 8, 20)
    with working(record, "lan") as w:
        assert open_task(w, task_id=waiting.id, source=source, last_day=date(2026, 10, 31)) == 2
    opened = standing(record, plan_id, "Triển khai nghị định", "VP")
    assert (opened.state, opened.opened_by_document, opened.last_day) == (
        "not_started",
        source,
        date(2026, 10, 31),
    )
    note(record, "nhung", waiting.id)
    with pytest.raises(NeedUnmet, match="event_awaited"), working(record, "lan") as w:
        open_task(w, task_id=waiting.id, source=source, last_day=None)


def test_notes_of_the_units_make_no_page_about_the_plan_out_of_date(sqlite_record: Record):
    record = sqlite_record
    plan_id = plan_of(record)
    seen = row(record, plan_id).version
    note(record, "nhung", standing(record, plan_id, "Tuyên truyền").id)
    with looking(record) as w:
        instance_id = w.db.scalars(
            select(Instance.id).where(Instance.unit_id == unit_of(record, "TDC").id)
        ).first()
    with working(record, "viet") as w:
        waive(w, instance_id=instance_id, seen_version=seen, reason="Lồng ghép trong báo cáo khác")
    assert row(record, plan_id).version == seen + 2


def test_what_comes_again_gets_its_rows_each_year_once(record: Record):
    plan_id = plan_of(record)
    at(record, 2028, 1, 1, 0, 5)
    assert tick(record.engine).tasks == 18
    assert tick(record.engine).tasks == 0
    assert standing(record, plan_id, "Tuyên truyền", "TTKT", "2028").last_day == date(2028, 12, 31)
    assert standing(record, plan_id, "Tuyên truyền", "TTKT", "2026").state == "overdue"


def test_a_plan_issued_before_there_were_rows_gets_them_with_its_units_of_that_day(sqlite_record: Record):
    record = sqlite_record
    plan_id = plan_of(record)
    with working(record) as w:
        w.db.execute(delete(Row).where(Row.document_id == plan_id))
        w.db.exec_driver_sql("DROP TRIGGER tasks_opened_no_delete")
        w.db.exec_driver_sql("DELETE FROM tasks_opened")
    end(record)
    at(record, 2026, 9, 1)
    assert tick(record.engine).tasks == 13
    assert standing(record, plan_id, "Tuyên truyền", "BCVT").state == "not_started"
    assert history(record, plan_id)[-1]["action"] == "open_tasks"
    assert tick(record.engine).tasks == 0


def test_a_successor_answers_for_the_tasks_it_took_over(record: Record):
    plan_id = plan_of(record)
    end(record)
    at(record, 2026, 7, 1)
    with working(record, "hung") as w:
        unit_id, version = unit_of(record, "BCVT").id, row(record, plan_id).version
        hand_over(
            w, plan_id=plan_id, unit_id=unit_id, seen_version=version, basis="QĐ 45/QĐ-UBND về sáp nhập"
        )
    assert history(record, plan_id)[-1]["facts"]["tasks"] == 1
    with looking(record, "quynh") as w:
        mine = tasks_of_units(w, {unit_of(record, "CDS").id})
    taken = next(item for item in mine if item.from_unit)
    assert taken.from_unit == "Phòng Bưu chính, Viễn thông"
    note(record, "quynh", taken.id)
    at(record, 2027, 1, 1, 0, 5)
    assert tick(record.engine).tasks == 8  # nine units were eight from then on
    assert tick(record.engine).tasks == 0


def test_nothing_is_noted_before_issue_or_after_the_close(sqlite_record: Record):
    record = sqlite_record
    plan_id = plan_of(record)
    task = standing(record, plan_id, "Tuyên truyền")
    with looking(record) as w:
        ids = w.db.scalars(select(Instance.id).where(Instance.document_id == plan_id)).all()
    for instance_id in ids:
        with working(record, "viet") as w:
            waive(
                w,
                instance_id=instance_id,
                seen_version=row(record, plan_id).version,
                reason="Kế hoạch dừng lại",
            )
    agree(record, plan_id)
    record.step("hung", plan_id, "close", note="Kế hoạch dừng lại từ hôm nay")
    with pytest.raises(StepNotOpen):
        note(record, "nhung", task.id)
    with looking(record, "nhung") as w:
        assert tasks_of_units(w, {task.unit_id}) == []


def test_another_agency_finds_nothing(sqlite_record: Record):
    record = sqlite_record
    plan_id = plan_of(record)
    task = standing(record, plan_id, "Tuyên truyền")
    stranger = next(
        p.login for p in record.directory.people.values() if p.agency_id != unit_of(record, "VP").agency_id
    )
    with pytest.raises(NotFound):
        note(record, stranger, task.id)
    with looking(record, stranger) as w, pytest.raises(NotFound):
        one_task(w, task.id)
    with looking(record, stranger) as w, pytest.raises(NotFound):
        plan_tasks(w, plan_id)


def test_a_note_that_was_altered_or_made_up_is_named(sqlite_record: Record):
    record = sqlite_record
    plan_id = plan_of(record)
    task = standing(record, plan_id, "Tuyên truyền")
    note(record, "nhung", task.id)
    with working(record) as w:
        w.db.exec_driver_sql("DROP TRIGGER task_progress_no_update")
        w.db.exec_driver_sql("UPDATE task_progress SET stands = 'done'")
    with looking(record) as w:
        found = verify(w)
    assert [(item.kind, item.where, item.recorded, item.computed) for item in found.broken] == [
        ("progress", "stands", "done", "running")
    ]
    with working(record) as w:
        w.db.exec_driver_sql("UPDATE task_progress SET stands = 'running'")
