"""The straight line of one step: what it writes, what it refuses, and that a refusal leaves nothing behind."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from tests.record import ROUTE, Record
from workflow.engine import Identity
from workflow.errors import (
    KeyReused,
    NeedUnmet,
    NotEntitled,
    NotFound,
    NotYourStep,
    ProofNeeded,
    Stale,
    StepNotOpen,
)
from workflow.loading import document_columns, document_facts
from workflow.models import Approval, Document, Entry, Leaf, LogHead, Waiting


def document(record: Record, document_id: int):
    with record.engine.reading(Identity(rule="test")) as w:
        return w.db.execute(select(Document.__table__).where(Document.id == document_id)).one()


def count(record: Record, model) -> int:
    with record.engine.reading(Identity(rule="test")) as w:
        return w.db.scalar(select(func.count()).select_from(model))


def test_a_plan_goes_from_draft_to_issued_with_one_entry_a_step(record: Record):
    plan_id = record.draft()
    before = count(record, Entry)
    record.bring_to(plan_id, "issue")
    row = document(record, plan_id)
    assert (row.state, row.reference_no, row.sealed) == ("issued", "01/KH-SKHCN", True)
    assert row.version == 1 + len(ROUTE)
    assert count(record, Entry) == before + len(ROUTE)
    assert count(record, Leaf) == count(record, Entry)
    with record.engine.reading(Identity(rule="test")) as w:
        assert w.db.scalar(select(LogHead.size)) == count(record, Entry)


def test_signing_keeps_the_capacity_the_block_and_the_basis(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "sign")
    with record.engine.reading(Identity(rule="test")) as w:
        signature = w.db.execute(select(Approval.__table__).where(Approval.kind == "signature")).one()
    assert signature.capacity == "KT"
    assert signature.lines == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
    assert signature.person_name == "Trần Thị Ngọc Mai"
    assert "SKHCN" in signature.basis
    assert signature.digest == document(record, plan_id).digest


@pytest.mark.parametrize(
    ("login", "step", "how", "error"),
    [
        ("lan", "issue", {}, StepNotOpen),
        ("hung", "submit", {}, NotYourStep),
        ("nhung", "submit", {}, NotFound),
        ("lan", "submit", {"seen_version": 9}, Stale),
        ("lan", "submit", {"seen_digest": "0" * 64}, Stale),
        ("lan", "cancel", {"note": "ngắn"}, NeedUnmet),
    ],
)
def test_a_refused_step_leaves_no_trace(record: Record, login, step, how, error):
    plan_id = record.draft()
    entries, waiting, row = count(record, Entry), count(record, Waiting), document(record, plan_id)
    with pytest.raises(error):
        record.step(login, plan_id, step, **how)
    assert (count(record, Entry), count(record, Waiting), document(record, plan_id)) == (
        entries,
        waiting,
        row,
    )


def test_the_same_key_has_one_effect_and_one_answer(record: Record):
    plan_id = record.draft()
    first = record.step("lan", plan_id, "submit", seen_version=1, key="k1")
    again = record.step("lan", plan_id, "submit", seen_version=1, key="k1")
    assert again.repeated
    assert (again.version, again.entry_hash) == (first.version, first.entry_hash)
    with pytest.raises(KeyReused):
        record.step("lan", plan_id, "submit", seen_version=2, key="k1")


def test_a_second_click_without_its_key_is_told_it_is_late(record: Record):
    plan_id = record.draft()
    record.step("lan", plan_id, "submit", seen_version=1)
    with pytest.raises(Stale):
        record.step("lan", plan_id, "submit", seen_version=1)


def test_signing_needs_a_proof_of_the_last_quarter_of_an_hour(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    old = record.clock.now
    record.clock.forward(minutes=16)
    with pytest.raises(ProofNeeded):
        record.step("mai", plan_id, "sign", identity={"proof_at": old})
    assert record.step("mai", plan_id, "sign").state == "signed"


def test_a_deputy_of_another_field_is_refused_and_told_who_could(record: Record):
    plan_id = record.draft(signer="son")
    record.step("lan", plan_id, "submit")
    record.step("hung", plan_id, "approve_content")
    with pytest.raises(NotEntitled) as refused:
        record.step("thu", plan_id, "check_format")
    assert any("Trần Thị Ngọc Mai" in name for name in refused.value.could)
    assert refused.value.reason == "other_field"


def test_a_step_says_how_it_left_the_document_as_a_reader_finds_it(record: Record):
    plan_id = record.draft()
    for login, step in (*ROUTE[:3], ("mai", "return"), ("hung", "forward"), ("lan", "submit"), *ROUTE[1:]):
        note = "Sửa hạn báo cáo của các đơn vị." if step == "return" else ""
        done = record.step(login, plan_id, step, note=note, paper_signed=step == "assign_number")
        with record.engine.reading(Identity(rule="test")) as w:
            row = w.db.execute(document_columns().where(Document.id == plan_id)).one()
        found = document_facts(row)
        assert replace(done.left, head_hash=found.head_hash, last_at=found.last_at) == found, step


def test_an_answer_that_was_kept_does_not_say_how_the_document_was_left(record: Record):
    plan_id = record.draft()
    first, again = (record.step("lan", plan_id, "submit", key="k") for _ in range(2))
    assert (first.left is None, again.left) == (False, None)
    assert (again.version, again.repeated) == (first.version, True)
