"""Who is named as awaited: those who can take the document on, not those who could only send it back."""

from datetime import date

from tests.record import Record
from tests.workflow.acts import history, looking, unseat, working
from tests.workflow.commands.test_notices import told
from workflow.commands.nudging import remind_of
from workflow.commands.tick import tick
from workflow.queries.documents import document_view
from workflow.queries.lists import Wanted, documents

HEAD, DEPUTY, CLERK = "Phạm Quốc Hùng", "Ngô Thị Thu", "Nguyễn Thu Vân"


def checked_next(record: Record, approver: str = "hung") -> int:
    """A plan of Văn phòng whose content its head approved, so that its format is to be checked; he is a checker too."""
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    record.step(approver, plan_id, "approve_content")
    return plan_id


def named(record: Record, plan_id: int, login: str = "lan") -> tuple[str, ...]:
    with looking(record, login) as w:
        return document_view(w, plan_id).waits_for


def test_who_approved_the_content_is_not_awaited_at_the_format_check(record: Record):
    assert named(record, checked_next(record)) == (DEPUTY, CLERK)
    assert named(record, checked_next(record, "thu")) == (HEAD, CLERK)


def test_the_lists_name_the_same_people(record: Record):
    plan_id = checked_next(record)
    with looking(record, "lan") as w:
        [line] = [line for line in documents(w, Wanted()).lines if line.id == plan_id]
    assert [name for waits in line.waits for name in waits.names] == [DEPUTY, CLERK]


def test_who_approved_may_remind_the_others_and_is_not_reminded_himself(record: Record):
    plan_id = checked_next(record)
    with working(record, "hung") as w:
        assert remind_of(w, document_id=plan_id) == [DEPUTY, CLERK]
    assert told(record, "hung", "reminded") == []
    assert len(told(record, "van", "reminded")) == 1


def test_who_drafted_it_is_not_told_that_its_format_waits_for_her(record: Record):
    plan_id = record.draft("van")
    record.step("van", plan_id, "submit")
    record.step("hung", plan_id, "approve_content")
    assert named(record, plan_id, "hung") == (DEPUTY,)
    assert told(record, "van", "waits") == []
    assert [notice.facts["label"] for notice in told(record, "thu", "waits")][-1] == "Chờ kiểm tra thể thức"


def test_the_one_above_hears_who_can_take_it_on_and_is_the_same_as_before(record: Record):
    plan_id = checked_next(record)
    record.clock.forward(days=4)
    tick(record.engine)
    [entry] = [entry for entry in history(record, plan_id) if entry["action"] == "escalate"]
    assert entry["facts"]["awaited"] == [DEPUTY, CLERK]
    assert [words.partition(",")[0] for words in entry["facts"]["told"]] == [HEAD]


def test_where_each_of_them_is_barred_all_are_named(record: Record):
    """Somebody must see to it that another can check; a page that named nobody would say it waits for nobody."""
    plan_id = record.draft("van")
    record.step("van", plan_id, "submit")
    record.step("hung", plan_id, "approve_content")
    unseat(record, "thu", last_day=date(2026, 4, 19))
    assert set(named(record, plan_id, "hung")) == {HEAD, CLERK}
