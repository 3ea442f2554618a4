"""Mending by command, and what the confirmation of the format leaves in the record; on both databases."""

import pytest

from tests.record import Record, plan
from workflow.commands.mending import EVERYWHERE, mend_text
from workflow.content import Node, Recipient
from workflow.errors import NotFound, NotYourStep, Stale, StepNotOpen
from workflow.loading import load_content
from workflow.queries.documents import document_view
from workflow.queries.trail import trail_of

SLIPPED = plan(
    subject="Kế hoạch thực hiện dân chủ",
    opening=("Sở  lập Kế hoạch như sau:",),
    sections=(Node("I", "VIỆC CẦN LÀM", ("Họp  mỗi quý.", "Tạo chuyên biến rõ rệt.")),),
    recipients=(Recipient("Sở Nội vụ;"), Recipient("Ban Giám đốc")),
)


def mended(
    record: Record, document_id: int, code: str, place: str, *, login: str = "lan", version: int = 1
) -> int:
    with record.engine.work(record.who(login)) as w:
        return mend_text(w, document_id=document_id, seen_version=version, code=code, place=place).count


def text(record: Record, document_id: int):
    with record.engine.reading(record.who("lan")) as w:
        view = document_view(w, document_id)
        return load_content(w, view.document), view.document


def test_one_press_mends_one_place_and_stores_a_revision(record: Record):
    document_id = record.draft(content=SLIPPED)
    assert mended(record, document_id, "double_space", "sections/0") == 1
    content, document = text(record, document_id)
    assert content.sections[0].paragraphs[0] == "Họp mỗi quý."
    assert content.opening == ("Sở  lập Kế hoạch như sau:",)
    assert (document.version, document.revision_no, document.signer_id) == (2, 2, record.person("mai"))
    with record.engine.reading(record.who("lan")) as w:
        assert [line.action for line in trail_of(w, document_id)] == ["create", "edit"]


def test_one_press_mends_all_places_of_a_kind(record: Record):
    document_id = record.draft(content=SLIPPED)
    assert mended(record, document_id, "double_space", EVERYWHERE) == 2
    content, document = text(record, document_id)
    assert (content.opening[0], content.sections[0].paragraphs[0]) == (
        "Sở lập Kế hoạch như sau:",
        "Họp mỗi quý.",
    )
    assert document.revision_no == 2


def test_what_is_gone_by_now_changes_nothing(record: Record):
    document_id = record.draft(content=SLIPPED)
    assert mended(record, document_id, "double_space", "closing/4") == 0
    assert mended(record, document_id, "place_missing", "place") == 0
    assert text(record, document_id)[1].version == 1


def test_a_text_that_moved_on_is_not_mended(record: Record):
    document_id = record.draft(content=SLIPPED)
    mended(record, document_id, "recipient_stop", "recipients/0")
    with pytest.raises(Stale):
        mended(record, document_id, "double_space", EVERYWHERE, version=1)


def test_only_whoever_may_edit_may_mend(record: Record):
    document_id = record.draft(content=SLIPPED)
    with pytest.raises(NotYourStep):
        mended(record, document_id, "double_space", EVERYWHERE, login="hung")
    with pytest.raises(NotFound):
        mended(record, document_id, "double_space", EVERYWHERE, login="nhung")
    complete = record.draft()
    record.step("lan", complete, "submit")
    with pytest.raises(StepNotOpen):
        mended(record, complete, "end_missing", EVERYWHERE, version=2)


def test_the_confirmation_of_the_format_keeps_what_was_found(record: Record):
    document_id = record.draft()
    record.bring_to(document_id, "check_format")
    with record.engine.reading(record.who("lan")) as w:
        lines = {line.action: line for line in trail_of(w, document_id)}
    found = lines["check_format"].facts["format_findings"]
    assert found["errors"] == {"due_not_in_text": 2, "end_missing": 1}
    assert "format_findings" not in lines["approve_content"].facts
