"""The inbox and the openings on both databases: the parts that are written in SQL."""

import pytest
from sqlalchemy import select

from tests.record import Record, plan
from workflow.commands.viewing import note_opening
from workflow.models import Entry, Seen
from workflow.queries.documents import document_view
from workflow.queries.inbox import inbox


def box(record: Record, login: str, **how):
    with record.engine.reading(record.who(login)) as w:
        return inbox(w, **how)


def test_a_document_that_waits_for_two_posts_of_one_person_is_one_row(record: Record):
    first = record.draft()
    record.bring_to(first, "submit")
    hung = box(record, "hung")
    assert [(row.id, row.kind) for row in hung.rows] == [(first, "review")]
    assert box(record, "lan").rows == ()
    assert box(record, "nhung").rows == ()


def test_drafts_come_after_everything_that_holds_others_up(record: Record):
    old = record.draft(content=plan(subject="Dự thảo cũ"))
    record.clock.forward(days=1)
    back = record.draft(content=plan(subject="Bị trả"))
    record.bring_to(back, "submit")
    record.step("hung", back, "return", note="Bổ sung phần căn cứ.")
    rows = box(record, "lan").rows
    assert [(row.id, row.kind) for row in rows] == [(back, "returned"), (old, "draft")]
    assert [row.id for row in box(record, "lan", after=(0, rows[0].since, 10**9)).rows] == [old]


def test_signatures_of_today_are_counted_unless_taken_back(record: Record):
    ids = [record.draft(), record.draft()]
    for document_id in ids:
        record.bring_to(document_id, "sign")
    assert box(record, "mai").signed_today == 2
    record.step("mai", ids[0], "unsign", note="Cần đọc lại mục II.")
    assert box(record, "mai").signed_today == 1
    record.clock.forward(hours=13)
    assert box(record, "mai").signed_today == 0


def test_the_same_opening_twice_is_two_entries_and_one_row(record: Record):
    document_id = record.draft()
    for _ in range(2):
        with record.engine.reading(record.who("lan")) as w:
            view = document_view(w, document_id)
        with record.engine.work(record.who("lan")) as w:
            note_opening(w, document=view.document)
    with record.engine.database.read.begin() as db:
        assert db.execute(select(Seen.revision_no, Seen.digest)).all() == [(1, view.document.digest)]
        assert len(db.scalars(select(Entry.id).where(Entry.action == "view")).all()) == 2


@pytest.mark.parametrize(("login", "to", "offered"), [
    ("lan", "create", ["submit", "cancel"]),
    ("hung", "submit", ["approve_content", "return"]),
    ("thu", "approve_content", ["check_format", "return"]),
    ("mai", "check_format", ["sign", "return", "reject", "reassign"]),
    ("viet", "check_format", ["reassign"]),
    ("mai", "sign", ["unsign"]),
    ("van", "sign", ["assign_number", "return"]),
])  # fmt: skip
def test_the_turn_offers_exactly_the_open_steps_the_leading_one_first(record: Record, login, to, offered):
    document_id = record.draft()
    if to != "create":
        record.bring_to(document_id, to)
    with record.engine.reading(record.who(login)) as w:
        turn = document_view(w, document_id).turn
    assert [step.id for step in turn.steps] == offered
    assert [step.id for step in turn.steps if step.primary] == (
        [offered[0]] if offered[0] not in ("reassign", "unsign") else []
    )
