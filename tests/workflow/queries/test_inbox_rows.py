"""What the inbox keeps of its rows, against the same rows made anew."""

from dataclasses import fields
from datetime import date

import pytest
from sqlalchemy import insert, select, update

from tests.record import ROUTE, Record
from tests.workflow.commands.test_absences import away
from workflow import past
from workflow.commands.remarks import remark, settle
from workflow.models import Document, Waiting
from workflow.queries.inbox import Inbox, inbox

PEOPLE = ("lan", "hung", "thu", "mai", "viet", "van", "nhung", "khanh")


def told(box: Inbox) -> list[dict[str, object]]:
    """Every row by its values, what was done included."""
    rows = []
    for row in box.rows:
        values = {item.name: getattr(row, item.name) for item in fields(row)}
        done = values.pop("past")
        rows.append(values | {item.name: getattr(done, item.name) for item in fields(done)})
    return rows


def box(record: Record, login: str) -> Inbox:
    with record.engine.reading(record.who(login)) as w:
        return inbox(w)


def anew(record: Record, login: str) -> Inbox:
    """Without anything that was kept."""
    past._kept.clear()
    with record.engine.reading(record.who(login)) as w:
        w.directory.kept.clear()
        return inbox(w)


def compared(record: Record) -> int:
    """How many rows anybody has, each as it would be made anew."""
    count = 0
    for login in PEOPLE:
        kept = box(record, login)
        fresh = anew(record, login)
        assert told(kept) == told(fresh), login
        assert [kept.case(row).now for row in kept.rows] == [record.clock.now] * len(kept.rows)
        pairs = zip(kept.rows, fresh.rows, strict=True)
        assert all(kept.turn(row).steps == fresh.turn(other).steps for row, other in pairs)
        count += len(kept.rows)
    return count


def test_a_kept_row_is_the_row_made_anew_at_every_step_of_the_way(record: Record):
    first, second = record.draft(), record.draft()
    seen = compared(record)
    record.bring_to(second, "submit")
    record.step("hung", second, "return", note="Bổ sung phần căn cứ.")
    for login, step in ROUTE:
        for each in PEOPLE:
            box(record, each)  # kept from before the step
        record.step(login, first, step, paper_signed=step == "assign_number")
        record.clock.forward(minutes=7)
        seen += compared(record)
    assert seen > 10


def test_what_is_no_step_and_what_is_taken_back_are_seen_in_a_kept_row_too(record: Record):
    document_id, other = record.draft(), record.draft()
    for each in (document_id, other):
        record.bring_to(each, "check_format")
    assert compared(record) == 2
    with record.engine.work(record.who("mai")) as w:
        remark_id = remark(w, document_id=document_id, text="Xem lại thời hạn ở mục hai.", must_settle=True)
    assert compared(record) == 2
    row = next(row for row in box(record, "mai").rows if row.id == document_id)
    assert [one.id for one in row.past.remarks] == [remark_id]
    with record.engine.work(record.who("mai")) as w:
        settle(w, remark_id=remark_id)
    record.step("mai", document_id, "sign")
    assert compared(record) == 2
    record.step("mai", document_id, "unsign", note="Còn sót một điểm.")
    assert compared(record) == 2
    row = next(row for row in box(record, "mai").rows if row.id == document_id)
    assert (row.past.remarks, [one.kind for one in row.past.approvals]) == ((), ["content", "format"])


def test_a_row_is_kept_until_the_next_day_or_another_directory(record: Record):
    document_id = record.draft()
    record.bring_to(document_id, "submit")
    today = box(record, "hung").rows[0]
    assert box(record, "hung").rows[0] is today
    record.clock.forward(days=1)
    tomorrow = box(record, "hung").rows[0]
    assert tomorrow is not today
    away(record, "hung", "thu", first=date(2026, 4, 21))
    assert box(record, "hung").rows[0] is not tomorrow
    assert compared(record) >= 1


def test_a_row_belongs_to_one_person(record: Record):
    document_id = record.draft("nhung", unit="QLKH")
    record.step("nhung", document_id, "submit")
    away(record, "khoi", "son")
    own, instead = box(record, "khoi").rows[0], box(record, "son").rows[0]
    assert own.stand is None
    assert instead.stand is not None
    assert instead.past is own.past
    assert box(record, "khoi").rows[0] is own


def test_what_was_done_is_the_same_object_until_something_is_done(record: Record):
    one, two = record.draft(), record.draft()
    with record.engine.reading(record.who("lan")) as w:
        before = past.pasts(w, [one, two, 999])
        again = past.pasts(w, [two, one])
    assert again[one] is before[one]
    assert before[999] is past.NOTHING
    record.bring_to(one, "submit")
    with record.engine.reading(record.who("lan")) as w:
        after = past.pasts(w, [one, two])
        alone = past.pasts(w, [one])
    assert after[one] is not before[one]
    assert ("submit", record.person("lan")) in after[one].acts
    assert after[two] is before[two]
    assert alone[one] is after[one]


@pytest.mark.tampered
def test_what_waits_for_somebody_who_may_not_see_it_is_in_nobody_s_list(record: Record):
    document_id = record.draft()
    record.step("lan", document_id, "submit")
    with record.engine.reading(record.who("huy")) as w:
        posts = [seat.post.id for seat in w.actor.seats]
    with record.engine.database.write.begin() as db:
        row = db.execute(select(Waiting.__table__).where(Waiting.left_at.is_(None))).mappings().first()
        for number, post_id in enumerate(posts, 1_000):
            db.execute(insert(Waiting).values(**{**row, "id": number, "post_id": post_id, "person_id": None}))
        db.execute(update(Document).values(void_requested=True))  # to be decided by whoever the row names
    assert posts
    assert box(record, "huy").rows == ()
    assert [row.id for row in box(record, "hung").rows] == [document_id]


@pytest.mark.parametrize("most", [0, 1])
def test_rows_are_right_when_hardly_any_may_be_kept(record: Record, monkeypatch, most):
    monkeypatch.setattr("workflow.queries.inbox_rows.KEPT", most)
    monkeypatch.setattr("workflow.past.KEPT", most)
    for document_id in (record.draft(), record.draft()):
        record.bring_to(document_id, "sign")
    assert compared(record) == 2  # both at văn thư's
