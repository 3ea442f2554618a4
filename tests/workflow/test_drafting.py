"""Making a draft and changing its text: by whom, in which states, and what a save that changes nothing does."""

import unicodedata
from datetime import date
from typing import Any

import pytest

from tests.record import Record, plan
from tests.workflow.acts import (
    REASON,
    approvals,
    case,
    count,
    history,
    looking,
    replace,
    row,
    seat,
    set_agency,
    text,
    unseat,
    working,
)
from workflow.commands.done import Done
from workflow.commands.drafting import create_document, save_revision
from workflow.content import Content, canonical, digest_of
from workflow.errors import Invalid, NeedUnmet, NotFound, NotYourStep, Stale, StepNotOpen
from workflow.models import Document, Entry, Revision


def save(record: Record, login: str, document_id: int, **changes: Any) -> Done:
    """Save the present text with changes, as one who saw the present page."""
    present = row(record, document_id)
    how = {"seen_version": present.version, "signer_id": present.signer_id}
    how |= {name: changes.pop(name) for name in tuple(changes) if name in how}
    with working(record, login) as w:
        return save_revision(
            w, document_id=document_id, content=replace(text(record, document_id), **changes), **how
        )


def test_a_draft_is_pinned_to_its_rules_and_filed_under_its_agency(record: Record):
    plan_id = record.draft()
    stored, content = row(record, plan_id), text(record, plan_id)
    assert stored.definition_hash == record.engine.flows["ke_hoach", 1].definition.hash
    assert (stored.state, stored.version, stored.round, stored.revision_no) == ("draft", 1, 1, 1)
    assert (content.symbol, content.place, content.archive_line) == ("KH-SKHCN", "Hòa An", "Lưu: VT, VP.")
    assert stored.digest == digest_of(canonical(content))
    assert stored.faults == []


def test_what_the_typist_says_of_symbol_and_place_does_not_count(record: Record):
    plan_id = record.draft(content=plan(symbol="QĐ-UBND", place="Hà Nội", archive_line="Lưu: VT, TH."))
    content = text(record, plan_id)
    assert (content.symbol, content.place, content.archive_line) == ("KH-SKHCN", "Hòa An", "Lưu: VT, TH.")


@pytest.mark.parametrize("login", ["nhung", "khoi", "huy", "minh", "viet", "chau"])
def test_only_those_of_the_unit_draft_for_it(record: Record, login):
    with pytest.raises(NotYourStep):
        record.draft(login)


def test_who_left_the_unit_drafts_no_more_for_it(record: Record):
    unseat(record, "lan", last_day=date(2026, 4, 19))
    with pytest.raises(NotYourStep):
        record.draft("lan")


def test_a_head_may_draft_himself(record: Record):
    assert row(record, record.draft("hung")).drafter_id == record.person("hung")


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"content": plan(opening=("TUYỆT MẬT",))}, "secret_mark"),
        ({"content": plan(opening=(unicodedata.normalize("NFD", "MẬT"),))}, "secret_mark"),
        ({"content": plan(doc_type="BC")}, "other_procedure"),
        ({"signer": "chau"}, "unknown"),
    ],
)
def test_a_draft_that_must_not_be_is_refused_and_leaves_nothing(record: Record, changes, rule):
    before = count(record, Entry)
    with pytest.raises(Invalid) as refused:
        record.draft(**changes)
    assert refused.value.faults[0].rule == rule
    assert (count(record, Document), count(record, Entry)) == (0, before)


def test_an_import_keeps_number_and_signer_apart_and_enters_no_register(record: Record):
    found = {"number": "52", "symbol": "KH-SKHCN", "date": "2023-03-08", "signer": "Một người"}
    plan_id = record.draft(source_reference=found, action="import")
    stored = row(record, plan_id)
    assert stored.source_reference == found
    assert (stored.number, stored.reference_no, stored.issued_on, stored.signed_by) == (
        None,
        None,
        None,
        None,
    )
    assert history(record, plan_id)[0]["action"] == "import"
    assert "lan" in {
        name for name in record.directory.by_login if record.person(name) in case(record, plan_id).authors
    }


def test_saving_what_has_not_changed_makes_nothing(record: Record):
    plan_id = record.draft()
    before = (row(record, plan_id), count(record, Revision), count(record, Entry))
    done = save(record, "lan", plan_id)
    assert done.version == 1
    assert (row(record, plan_id), count(record, Revision), count(record, Entry)) == before


def test_the_same_words_in_another_unicode_form_are_no_change(record: Record):
    plan_id = record.draft()
    before = count(record, Entry)
    save(record, "lan", plan_id, subject=unicodedata.normalize("NFD", text(record, plan_id).subject))
    assert count(record, Entry) == before
    assert row(record, plan_id).revision_no == 1


def test_words_are_stored_as_they_will_be_read(record: Record):
    plan_id = record.draft(content=plan(subject=unicodedata.normalize("NFD", "Thực hiện dân chủ")))
    assert row(record, plan_id).subject == "Thực hiện dân chủ" == text(record, plan_id).subject


def test_a_change_is_a_revision_a_version_and_an_entry(record: Record):
    plan_id = record.draft()
    done = save(record, "lan", plan_id, subject="Tên khác")
    stored = row(record, plan_id)
    assert (done.version, stored.version, stored.revision_no, stored.subject) == (2, 2, 2, "Tên khác")
    assert count(record, Revision, Revision.document_id == plan_id) == 2
    edit = history(record, plan_id)[-1]
    assert (edit["action"], edit["version"], edit["after"]["digest"]) == ("edit", 2, stored.digest)


def test_another_signer_changes_no_word(record: Record):
    plan_id = record.draft()
    save(record, "lan", plan_id, signer_id=record.person("viet"))
    stored = row(record, plan_id)
    assert (stored.revision_no, stored.version, stored.signer_id) == (1, 2, record.person("viet"))


def test_who_saw_an_older_version_overwrites_nothing(record: Record):
    plan_id = record.draft()
    save(record, "lan", plan_id, subject="Tên khác")
    with pytest.raises(Stale):
        save(record, "lan", plan_id, subject="Tên thứ ba", seen_version=1)
    assert row(record, plan_id).subject == "Tên khác"


@pytest.mark.parametrize(
    "last_step", ["submit", "approve_content", "check_format", "sign", "assign_number", "issue"]
)
def test_nobody_edits_once_it_is_submitted(record: Record, last_step):
    plan_id = record.draft()
    record.bring_to(plan_id, last_step)
    for login in ("lan", "hung", "thu", "mai", "van", "viet"):
        with pytest.raises(StepNotOpen):
            save(record, login, plan_id, subject="Tên khác")


def test_a_draft_is_the_drafters_alone(record: Record):
    plan_id = record.draft()
    for login in ("duc", "hung", "thu", "viet", "mai"):
        with pytest.raises(NotYourStep):
            save(record, login, plan_id, subject="Tên khác")
    with pytest.raises(NotFound):
        save(record, "nhung", plan_id, subject="Tên khác")


def test_a_returned_text_is_edited_by_the_one_it_lies_with(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    record.step("mai", plan_id, "return", note=REASON)
    with pytest.raises(NotYourStep) as refused:
        save(record, "lan", plan_id, subject="Tên khác")
    assert "Phạm Quốc Hùng" in refused.value.who
    save(record, "hung", plan_id, subject="Tên khác")
    record.step("hung", plan_id, "forward")
    save(record, "lan", plan_id, subject="Tên thứ ba")
    with pytest.raises(NotYourStep):
        save(record, "hung", plan_id, subject="Tên thứ tư")


def test_a_head_who_edited_is_an_author_and_may_not_approve(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    record.step("mai", plan_id, "return", note=REASON)
    save(record, "hung", plan_id, subject="Tên khác")
    record.step("hung", plan_id, "forward")
    record.step("lan", plan_id, "submit")
    with pytest.raises(NeedUnmet) as refused:
        record.step("hung", plan_id, "approve_content")
    assert refused.value.need == "not_author"
    assert record.step("thu", plan_id, "approve_content").state == "format_check"


def test_who_checked_the_format_of_this_text_does_not_approve_its_content_later(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    record.step("mai", plan_id, "return", note=REASON)
    record.step("hung", plan_id, "forward")
    record.step("lan", plan_id, "submit")
    with pytest.raises(NeedUnmet) as refused:
        record.step("thu", plan_id, "approve_content")
    assert refused.value.need == "not_format_checker"
    assert record.step("hung", plan_id, "approve_content").state == "format_check"


def test_a_head_who_edited_submits_it_himself_and_the_rest_are_others(record: Record):
    """T2b: his submitting is the approval of the content; signer and format checker are third people."""
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    record.step("mai", plan_id, "return", note=REASON)
    save(record, "hung", plan_id, subject="Tên khác")
    record.step("hung", plan_id, "submit_own")
    own = approvals(record, plan_id)[-1]
    assert (own.kind, own.meaning) == ("content", "trưởng đơn vị trực tiếp soạn thảo")
    with pytest.raises(NeedUnmet):
        record.step("hung", plan_id, "check_format")
    record.step("van", plan_id, "check_format")
    assert record.step("mai", plan_id, "sign").state == "signed"


def test_a_head_who_wrote_nothing_does_not_submit_for_the_drafter(record: Record):
    plan_id = record.draft()
    with pytest.raises(NeedUnmet) as refused:
        record.step("hung", plan_id, "submit_own")
    assert refused.value.need == "own_text"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"content": plan(recipients=())}, {"place": "recipients", "rule": "missing"}),
        ({"content": plan(field="")}, {"place": "field", "rule": "missing"}),
        ({"signer": None}, {"place": "signer", "rule": "missing"}),
    ],
)
def test_an_incomplete_draft_is_kept_and_not_submitted(record: Record, changes, fault):
    plan_id = record.draft(**changes)
    with pytest.raises(NeedUnmet) as refused:
        record.step("lan", plan_id, "submit")
    assert refused.value.facts["faults"] == [fault]


def test_the_stale_assignment_of_who_moved_away_counts_no_more(record: Record):
    """The row still names Lan; the gate asks what she holds today."""
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    record.step("hung", plan_id, "return", note=REASON)
    unseat(record, "lan", last_day=date(2026, 4, 19))
    seat(record, "lan", "vp.van_thu", since=date(2026, 4, 20))
    save(record, "lan", plan_id, subject="Vẫn trong đơn vị")
    unseat(record, "lan", last_day=date(2026, 4, 20))
    record.clock.forward(days=1)
    seat(record, "lan", "qlkh.cv", since=date(2026, 4, 21))
    with pytest.raises(NotFound):
        save(record, "lan", plan_id, subject="Tên khác")
    seat(record, "lan", "vp.chanh", since=date(2026, 4, 21))
    assert record.step("lan", plan_id, "submit").state == "dept_review"
    with pytest.raises(NeedUnmet):
        record.step("lan", plan_id, "approve_content")


def test_the_setting_of_the_format_check_is_taken_along_at_the_first_submit(record: Record):
    off = record.draft()
    set_agency(record, format_check=False)
    record.step("lan", off, "submit")
    assert history(record, off)[-1]["facts"]["format_check"] is False
    set_agency(record, format_check=True)
    on = record.draft()
    record.step("lan", on, "submit")
    set_agency(record, format_check=False)
    assert record.step("hung", on, "approve_content").state == "format_check"
    assert record.step("hung", off, "approve_content").state == "awaiting_signature"
    assert record.step("mai", off, "sign").state == "signed"
    said = [item.meaning for item in approvals(record, off)]
    assert said == ["duyệt nội dung (không qua kiểm tra thể thức)", "ký ban hành"]


def test_a_document_keeps_its_setting_through_a_return(record: Record):
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    record.step("hung", plan_id, "return", note=REASON)
    set_agency(record, format_check=False)
    record.step("lan", plan_id, "submit")
    assert record.step("hung", plan_id, "approve_content").state == "format_check"


def test_a_new_draft_may_name_what_it_was_copied_from(record: Record):
    first = record.draft()
    assert row(record, record.draft(parent_id=first)).parent_id == first


def test_a_document_of_an_unknown_unit_is_nobodys(record: Record):
    with pytest.raises(NotYourStep), working(record, "lan") as w:
        create_document(w, definition_id="ke_hoach", unit_id=0, content=Content(doc_type="KH"))
    with looking(record) as w:
        assert w.db.scalar(Document.__table__.select().with_only_columns(Document.id)) is None
