"""What is being typed is kept for its author alone: no entry, no revision, gone when he wants it gone."""

from datetime import timedelta

import pytest

from tests.record import Record
from tests.workflow.acts import broken_off, count, looking, row, working
from workflow.commands.beginning import begin_draft
from workflow.commands.working_copies import FORGOTTEN_AFTER, NEW, drop_working_copy, keep_working_copy
from workflow.content import Content
from workflow.errors import Invalid, NotFound, NotYourStep, StepNotOpen
from workflow.models import Entry, Revision, WorkingCopy
from workflow.queries.working_copies import Kept, working_copy

TYPED = (("subject", "Chữ đang gõ"), ("parts-0-text", "Một.\nHai, “ba” – đ"), ("parts-0-text", "lần nữa"))


def keep(record: Record, login: str, document_id: int, fields=TYPED) -> None:
    with working(record, login) as w:
        keep_working_copy(w, document_id=document_id, fields=fields)


def kept(record: Record, login: str, document_id: int) -> Kept | None:
    with looking(record, login) as w:
        return working_copy(w, document_id)


def test_what_was_typed_comes_back_as_it_was_and_newer_words_take_its_place(record: Record):
    document_id = record.draft()
    before = count(record, Entry), count(record, Revision), row(record, document_id).version
    keep(record, "lan", document_id)
    assert kept(record, "lan", document_id) == Kept(TYPED, record.clock.now)
    record.clock.forward(minutes=1)
    keep(record, "lan", document_id, [("subject", "Mới hơn")])
    assert kept(record, "lan", document_id) == Kept((("subject", "Mới hơn"),), record.clock.now)
    assert (count(record, Entry), count(record, Revision), row(record, document_id).version) == before
    assert count(record, WorkingCopy) == 1


def test_each_person_has_his_own_and_one_for_the_plan_that_does_not_exist_yet(record: Record):
    document_id = record.draft()
    keep(record, "lan", document_id)
    keep(record, "lan", NEW, [("subject", "Kế hoạch mới")])
    assert kept(record, "hung", document_id) is None
    assert kept(record, "hung", NEW) is None
    with working(record, "lan") as w:
        drop_working_copy(w, document_id=document_id)
    assert kept(record, "lan", document_id) is None
    assert kept(record, "lan", NEW) is not None


def test_nothing_is_kept_of_a_text_one_may_not_edit(record: Record):
    document_id = record.draft()
    for login, refused in (("duc", NotYourStep), ("yen", NotFound)):
        with pytest.raises(refused):
            keep(record, login, document_id)
    with pytest.raises(NotYourStep):
        keep(record, "mai", NEW)
    record.step("lan", document_id, "submit")
    with pytest.raises(StepNotOpen):
        keep(record, "lan", document_id)
    assert count(record, WorkingCopy) == 0


def test_a_secrecy_mark_is_not_kept_even_so(record: Record):
    document_id = record.draft()
    with pytest.raises(Invalid):
        keep(record, "lan", document_id, [("subject", "A"), ("parts-0-text", "TỐI MẬT\nviệc")])
    assert count(record, WorkingCopy) == 0


def test_what_nobody_came_back_for_is_forgotten_with_the_next_words_kept(record: Record):
    document_id = record.draft()
    keep(record, "lan", NEW)
    record.clock.forward(seconds=(FORGOTTEN_AFTER + timedelta(days=1)).total_seconds())
    assert kept(record, "lan", NEW) is not None
    keep(record, "lan", document_id)
    assert kept(record, "lan", NEW) is None


def test_a_keeping_that_breaks_off_leaves_the_words_kept_before(record: Record):
    document_id = record.draft()
    keep(record, "lan", document_id)
    broken_off(
        record,
        "lan",
        lambda w: keep_working_copy(w, document_id=document_id, fields=[("subject", "Nửa chừng")]),
    )
    assert kept(record, "lan", document_id) == Kept(TYPED, record.clock.now)


def test_words_still_on_their_way_when_the_draft_was_made_are_not_kept(record: Record):
    with working(record, "lan") as w:
        unit = next(unit for unit in w.directory.units.values() if unit.symbol == "VP")
        begin_draft(
            w,
            key="k",
            definition_id="ke_hoach",
            unit_id=unit.id,
            content=Content(doc_type="KH"),
            signer_id=None,
        )
    keep(record, "lan", NEW, [*TYPED, ("key", "k")])
    assert kept(record, "lan", NEW) is None
    keep(record, "lan", NEW, [*TYPED, ("key", "another")])
    assert kept(record, "lan", NEW) is not None
