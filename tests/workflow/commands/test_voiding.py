"""A number once given: asked to be voided by the clerk, answered by the signer or the director (decisions.md 22)."""

import pytest
from sqlalchemy import func, select

from tests.record import Record
from workflow.engine import Identity
from workflow.errors import NeedUnmet, NotYourStep
from workflow.models import RegisterRow, RegisterVoid

WHY = "Sai nơi nhận, phải làm lại văn bản."


def asked(record: Record) -> int:
    plan_id = record.draft()
    record.bring_to(plan_id, "assign_number")
    record.step("van", plan_id, "request_void", note=WHY)
    return plan_id


def test_a_request_that_is_answered_with_no_lets_the_document_go_on(record: Record):
    plan_id = asked(record)
    with pytest.raises(NeedUnmet):
        record.step("van", plan_id, "seal")
    record.step("mai", plan_id, "keep_number", note="Nơi nhận đúng, giữ nguyên số.")
    record.step("van", plan_id, "seal")
    done = record.step("van", plan_id, "issue")
    assert (done.state, done.reference_no) == ("issued", "01/KH-SKHCN")


def test_the_clerk_does_not_answer_the_own_request(record: Record):
    plan_id = asked(record)
    for step in ("void", "keep_number"):
        with pytest.raises(NotYourStep):
            record.step("van", plan_id, step, note=WHY)


def test_there_is_nothing_to_keep_where_nobody_asked(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "assign_number")
    with pytest.raises(NeedUnmet):
        record.step("mai", plan_id, "keep_number", note=WHY)


def test_a_voided_number_stays_in_the_register_and_the_next_counts_on(record: Record):
    record.step("viet", asked(record), "void", note=WHY)
    other = record.draft()
    assert record.bring_to(other, "assign_number").reference_no == "02/KH-SKHCN"
    with record.engine.reading(Identity(rule="test")) as w:
        assert w.db.scalar(select(func.count()).select_from(RegisterRow)) == 2
        assert w.db.scalars(select(RegisterVoid.number)).all() == [1]
