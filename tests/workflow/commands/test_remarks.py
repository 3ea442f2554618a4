"""Góp ý: who may say what to which paragraph, what waits for it, and that every word of it is on record."""

from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import select, update

from tests.record import Record
from tests.workflow.acts import approvals, count, history, looking, open_steps, row, text, working
from workflow.commands.drafting import save_revision
from workflow.commands.remarks import LONGEST, WHOLE, answer, remark, settle
from workflow.commands.steps import take_step
from workflow.engine import Identity
from workflow.errors import Invalid, KeyReused, NeedUnmet, NotFound, NotYourStep, Stale, StepNotOpen
from workflow.models import Entry, EntryNote, Remark, RemarkSettled
from workflow.verification import verify

PLACE = "sections/0/paragraphs/0"
WORDS = "Nêu rõ đơn vị nào báo cáo trước."


def say(record: Record, login: str, document_id: int, text: str = WORDS, **how: Any) -> int:
    with working(record, login) as w:
        return remark(w, document_id=document_id, text=text, **{"place": PLACE, **how})


def reply(record: Record, login: str, remark_id: int, text: str = "Đã nêu ở mục II.", **how: Any) -> int:
    with working(record, login) as w:
        return answer(w, remark_id=remark_id, text=text, **how)


def close(record: Record, login: str, remark_id: int, note: str = "") -> None:
    with working(record, login) as w:
        settle(w, remark_id=remark_id, note=note)


@pytest.fixture
def reviewed(record: Record) -> int:
    """A plan that waits for Hùng, who heads the office."""
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    return plan_id


@pytest.fixture
def to_sign(record: Record) -> int:
    """A plan that waits for Mai."""
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    return plan_id


def test_a_remark_is_an_entry_of_the_documents_chain_with_its_words_beside_it(record: Record, reviewed: int):
    made = say(record, "hung", reviewed, must_settle=True)
    entry = history(record, reviewed)[-1]
    assert (entry["action"], entry["version"], entry["actor"]["title"]) == ("remark", 3, "Chánh Văn phòng")
    assert (entry["facts"]["quote"], entry["facts"]["must_settle"]) == ("Các đơn vị báo cáo.", True)
    assert WORDS not in str(entry)
    with looking(record) as w:
        stored = w.db.execute(select(Remark.__table__).where(Remark.id == made)).one()
        note = select(EntryNote.text).where(EntryNote.entry_id == stored.entry_id, EntryNote.kind == "note")
        assert w.db.scalar(note) == WORDS
    assert (stored.place, stored.quote, stored.revision_no) == (PLACE, "Các đơn vị báo cáo.", 1)
    assert row(record, reviewed).state == "dept_review"


@pytest.mark.parametrize("login", ["nhung", "son", "binh", "huy", "minh"])
def test_an_outsider_finds_no_document_to_remark_on(record: Record, reviewed: int, login: str):
    made = say(record, "hung", reviewed)
    for act in (say, reply, close):
        with pytest.raises(NotFound):
            act(record, login, made if act is not say else reviewed)
    assert count(record, Remark) == 1


def test_a_colleague_who_has_no_part_in_it_reads_but_does_not_remark(record: Record, reviewed: int):
    made = say(record, "hung", reviewed)
    for act in (say, reply, close):
        with pytest.raises(NotYourStep):
            act(record, "duc", made if act is not say else reviewed)
    with pytest.raises(NotYourStep), record.engine.work(Identity(rule="tick")) as w:
        remark(w, document_id=reviewed, text=WORDS)


@pytest.mark.parametrize("login", ["lan", "hung", "thu", "van", "mai", "viet"])
def test_whoever_has_a_part_in_it_remarks_on_a_paragraph_or_on_the_whole(
    record: Record, reviewed: int, login: str
):
    say(record, login, reviewed)
    say(record, login, reviewed, place=WHOLE)
    assert count(record, Remark, Remark.must_settle == 0) == 2


def test_a_drafter_asks_and_answers_but_obliges_nobody_over_his_own_text(record: Record, reviewed: int):
    with pytest.raises(NotYourStep) as error:
        say(record, "lan", reviewed, must_settle=True)
    assert "Phạm Quốc Hùng" in error.value.who
    assert "Nguyễn Thị Lan" not in error.value.who


@pytest.mark.parametrize(
    ("how", "rule"),
    [
        ({"text": " \n "}, "missing"),
        ({"text": "a" * (LONGEST + 1)}, "too_long"),
        ({"place": "sections/9/paragraphs/0"}, "unknown"),
        ({"revision_no": 2}, "unknown"),
    ],
)
def test_a_remark_without_words_or_paragraph_is_not_kept(record: Record, reviewed: int, how: dict, rule: str):
    with pytest.raises(Invalid) as error:
        say(record, "hung", reviewed, **how)
    assert [fault.rule for fault in error.value.faults] == [rule]
    assert row(record, reviewed).version == 2


@pytest.mark.parametrize("step", ["sign", "issue"])
def test_what_is_signed_is_remarked_on_no_more(record: Record, step: str):
    plan_id = record.draft()
    made = say(record, "lan", plan_id)
    record.bring_to(plan_id, step)
    for act in (lambda: say(record, "mai", plan_id), lambda: reply(record, "lan", made),
                lambda: close(record, "lan", made)):  # fmt: skip
        with pytest.raises(StepNotOpen):
            act()


def test_a_must_settle_remark_stops_the_approval_until_it_is_settled(record: Record, reviewed: int):
    made = say(record, "mai", reviewed, must_settle=True)
    assert "approve_content" not in open_steps(record, "hung", reviewed)
    assert "return" in open_steps(record, "hung", reviewed)
    with pytest.raises(NeedUnmet) as error:
        record.step("hung", reviewed, "approve_content")
    assert error.value.need == "remarks_settled"
    assert error.value.facts["remarks"] == [
        {"who": "Trần Thị Ngọc Mai", "quote": "Các đơn vị báo cáo.", "place": PLACE, "remark": made}
    ]
    close(record, "hung", made, "Đã thống nhất qua điện thoại.")
    record.step("hung", reviewed, "approve_content")
    entry = history(record, reviewed)[-1]
    assert "remarks_settled" in entry["facts"]["needs"]
    assert "remarks_settled" in approvals(record, reviewed)[-1].needs


def test_a_must_settle_remark_stops_the_signature_and_another_does_not(record: Record, to_sign: int):
    say(record, "viet", to_sign)
    assert "sign" in open_steps(record, "mai", to_sign)
    made = say(record, "viet", to_sign, must_settle=True)
    assert "sign" not in open_steps(record, "mai", to_sign)
    with pytest.raises(NeedUnmet):
        record.step("mai", to_sign, "sign")
    close(record, "mai", made)
    record.step("mai", to_sign, "sign")


def test_the_format_check_and_a_heads_own_submission_do_not_wait(record: Record):
    """The remark goes on to the signer, who can settle it; a head who drafted the text could not."""
    plan_id = record.draft("hung")
    say(record, "mai", plan_id, must_settle=True)
    record.step("hung", plan_id, "submit_own")
    record.step("thu", plan_id, "check_format")
    with pytest.raises(NeedUnmet):
        record.step("mai", plan_id, "sign")


def test_a_remark_that_came_after_the_page_was_opened_makes_the_page_stale(record: Record, to_sign: int):
    seen = row(record, to_sign)
    say(record, "viet", to_sign)
    with pytest.raises(Stale) as error, working(record, "mai") as w:
        take_step(w, document_id=to_sign, step_id="sign", seen_version=seen.version, seen_digest=seen.digest)
    assert not error.value.text_changed
    assert row(record, to_sign).state == "awaiting_signature"


def test_what_is_typed_meanwhile_is_not_stale_by_a_remark_but_by_an_edit(record: Record):
    plan_id = record.draft()
    seen = row(record, plan_id)

    def save(subject: str) -> None:
        with working(record, "lan") as w:
            content = replace(text(record, plan_id), subject=subject)
            save_revision(
                w, document_id=plan_id, seen_version=seen.version, content=content, signer_id=seen.signer_id
            )

    close(record, "hung", say(record, "hung", plan_id))
    save("Thực hiện dân chủ năm 2026")
    assert (row(record, plan_id).version, row(record, plan_id).revision_no) == (4, 2)
    with pytest.raises(Stale):
        save("Thực hiện dân chủ năm 2027")


@pytest.mark.parametrize(
    ("author", "who", "may"),
    [
        ("mai", "mai", True), ("mai", "hung", True), ("mai", "lan", False), ("mai", "viet", False),
        ("viet", "thu", True), ("viet", "mai", False), ("lan", "lan", True), ("lan", "hung", True),
    ],
)  # fmt: skip
def test_a_remark_is_settled_by_its_author_the_head_of_the_unit_or_whom_it_stops(
    record: Record, reviewed: int, author: str, who: str, may: bool
):
    """While the head reviews, it would stop him; the chosen signer only settles what he said himself."""
    made = say(record, author, reviewed)
    if may:
        close(record, who, made)
        assert count(record, RemarkSettled) == 1
    else:
        with pytest.raises(NotYourStep):
            close(record, who, made)


def test_the_head_who_drafted_it_does_not_settle_what_others_said_but_the_signer_does(record: Record):
    plan_id = record.draft("hung")
    record.step("hung", plan_id, "submit_own")
    made = say(record, "viet", plan_id, must_settle=True)
    record.step("thu", plan_id, "check_format")
    with pytest.raises(NotYourStep) as error:
        close(record, "hung", made)
    assert "Trần Thị Ngọc Mai" in error.value.who
    assert "Phạm Quốc Hùng" not in error.value.who
    close(record, "mai", made)


def test_a_remark_is_settled_once_and_then_takes_no_more_answers(record: Record, reviewed: int):
    made = say(record, "hung", reviewed)
    close(record, "hung", made)
    for act in (close, reply):
        with pytest.raises(NeedUnmet) as error:
            act(record, "hung", made)
        assert error.value.need == "remark_open"


def test_an_answer_stands_under_its_remark_and_is_itself_nothing_to_settle(record: Record, reviewed: int):
    made = say(record, "hung", reviewed, must_settle=True)
    first = reply(record, "lan", made)
    second = reply(record, "hung", first, "Nêu ở mục I nữa.")
    with looking(record) as w:
        rows = w.db.execute(select(Remark.__table__).where(Remark.id.in_([first, second]))).all()
    assert {(item.answers_id, item.place, item.must_settle) for item in rows} == {(made, PLACE, False)}
    with pytest.raises(NotFound):
        close(record, "hung", first)


def test_one_form_sent_twice_is_one_remark(record: Record, reviewed: int):
    made = say(record, "hung", reviewed, key="k1")
    assert say(record, "hung", reviewed, key="k1") == made
    told = reply(record, "lan", made, key="k2")
    assert reply(record, "lan", made, key="k2") == told
    with pytest.raises(KeyReused):
        say(record, "hung", reviewed, "Khác.", key="k1")
    assert count(record, Remark) == 2


def test_the_words_of_a_remark_can_be_erased_and_the_chain_still_verifies(record: Record, reviewed: int):
    made = say(record, "hung", reviewed)
    with working(record) as w:
        entry_id = w.db.scalar(select(Remark.entry_id).where(Remark.id == made))
        w.db.execute(update(EntryNote).where(EntryNote.entry_id == entry_id).values(text=None, salt=b""))
    with looking(record) as w:
        report = verify(w)
    assert report.holds
    assert str(report.counts["remarks"]) == "1/1"
    assert WORDS not in str(history(record, reviewed))


@pytest.mark.tampered
@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE remark SET must_settle = 0", "remark"),
        ("UPDATE remark SET quote = 'Khác.'", "remark"),
        ("UPDATE remark SET place = ''", "remark"),
        ("UPDATE remark SET answers_id = NULL", "remark"),
        ("DELETE FROM remark_settled", "missing"),
        ("UPDATE remark_settled SET settled_by = settled_by + 1", "remark"),
        ("DELETE FROM remark WHERE answers_id IS NOT NULL", "missing"),
    ],
)
def test_a_remark_changed_behind_the_engines_back_is_found(sqlite_record: Record, statement: str, kind: str):
    record = sqlite_record
    plan_id = record.draft()
    made = say(record, "hung", plan_id, must_settle=True)
    reply(record, "lan", made)
    close(record, "hung", made)
    with working(record) as w:
        for table in ("remark", "remark_settled"):
            for verb in ("update", "delete"):
                w.db.exec_driver_sql(f"DROP TRIGGER {table}_no_{verb}")
        w.db.exec_driver_sql(statement)
    with looking(record) as w:
        assert {item.kind for item in verify(w).broken} == {kind}


def test_two_who_settle_at_once_leave_one_act(record: Record, reviewed: int):
    made = say(record, "hung", reviewed)
    close(record, "hung", made)
    with pytest.raises(NeedUnmet):
        close(record, "thu", made)
    assert count(record, Entry, Entry.action == "settle_remark") == 1
