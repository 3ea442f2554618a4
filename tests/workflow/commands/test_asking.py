"""Hỏi ý kiến: the one it waits for asks a colleague who sees the document, keeps it, and gets words, not a signature."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from tests.record import Record
from tests.web.statements import statements
from tests.workflow.acts import broken_off, count, history, looking, open_steps, row, sees, working
from tests.workflow.commands.test_notices import told, unread
from tests.workflow.commands.test_remarks import close, reply, say
from workflow.commands.absences import set_absence
from workflow.commands.asking import ask
from workflow.commands.remarks import LONGEST
from workflow.errors import Invalid, KeyReused, NeedUnmet, NotFound, NotYourStep, Stale, StepNotOpen
from workflow.loading import document_columns, document_facts
from workflow.models import Document, Entry, EntryNote, Notice, Remark
from workflow.people import Directory
from workflow.queries.readers import readers_of
from workflow.queries.remarks import Discussed, discussion_of, present_text
from workflow.verification import verify

QUESTION = "Kinh phí của mục II đã có trong dự toán chưa?"
ANSWER = "Đã có, ở nguồn không giao tự chủ."


def question(record: Record, login: str, document_id: int, to: str, text: str = QUESTION, **how: str) -> int:
    with working(record, login) as w:
        return ask(w, document_id=document_id, person_id=w.directory.by_login[to].id, text=text, **how)


def one(record: Record, login: str, document_id: int) -> Discussed:
    with looking(record, login) as w:
        [item] = discussion_of(w, *present_text(w, document_id)).items
    return item


@pytest.fixture
def to_sign(record: Record) -> int:
    """A plan that waits for Mai; Đức of the office sees it and has no part in it."""
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    return plan_id


def test_the_signer_asks_the_colleague_answers_and_the_document_still_waits_for_her(
    record: Record, to_sign: int
):
    before = row(record, to_sign)
    made = question(record, "mai", to_sign, "duc")
    entry = history(record, to_sign)[-1]
    assert (entry["action"], entry["actor"]["name"]) == ("ask", "Trần Thị Ngọc Mai")
    assert entry["facts"]["asked"]["name"] == "Hoàng Văn Đức"
    assert QUESTION not in str(entry)
    [asked] = told(record, "duc", "asked")
    assert (asked.facts["by"], asked.facts["label"], asked.facts["remark"]) == (
        "Trần Thị Ngọc Mai", "Chờ ký", made,
    )  # fmt: skip
    assert QUESTION not in str(asked.facts)  # what can be erased stands in one place only
    reply(record, "duc", made, ANSWER)
    assert history(record, to_sign)[-1]["label"] == "Trả lời câu hỏi"
    assert unread(record, "duc") == []
    [answered] = told(record, "mai", "answered")
    assert answered.facts["by"] == "Hoàng Văn Đức"
    item = one(record, "mai", to_sign)
    assert (item.asked, item.said.text) == ("Hoàng Văn Đức, Chuyên viên", QUESTION)
    assert [(said.name, said.text) for said in item.answers] == [("Hoàng Văn Đức", ANSWER)]
    after = row(record, to_sign)
    assert (after.state, after.state_since, after.signer_id) == (
        before.state,
        before.state_since,
        before.signer_id,
    )


def test_a_question_gives_no_right_but_to_answer_it(record: Record, to_sign: int):
    could = open_steps(record, "duc", to_sign)
    mine = question(record, "mai", to_sign, "duc")
    assert open_steps(record, "duc", to_sign) == could == []
    with pytest.raises(NotYourStep):
        record.step("duc", to_sign, "sign")
    with pytest.raises(NotYourStep):
        say(record, "duc", to_sign)
    with pytest.raises(NotYourStep):
        close(record, "duc", mine)
    other = say(record, "hung", to_sign)
    with pytest.raises(NotYourStep):
        reply(record, "duc", other)
    with pytest.raises(NotYourStep):
        question(record, "duc", to_sign, "lan")


def test_nobody_need_wait_for_the_answer(record: Record, to_sign: int):
    made = question(record, "mai", to_sign, "duc")
    record.step("mai", to_sign, "sign")
    assert unread(record, "duc") == []  # with the signature the question is over
    with pytest.raises(StepNotOpen):
        reply(record, "duc", made, ANSWER)
    with pytest.raises(StepNotOpen):
        question(record, "mai", to_sign, "duc")


def test_an_answer_that_came_after_the_page_was_opened_is_read_before_the_signature(
    record: Record, to_sign: int
):
    made = question(record, "mai", to_sign, "duc")
    seen = row(record, to_sign).version
    reply(record, "duc", made, ANSWER)
    with pytest.raises(Stale):
        record.step("mai", to_sign, "sign", seen_version=seen)


def test_whoever_reviews_checks_or_receives_may_ask_and_nobody_else(record: Record):
    plan_id = record.draft()
    with pytest.raises(StepNotOpen):
        question(record, "lan", plan_id, "duc")  # her own draft waits for nobody else
    record.step("lan", plan_id, "submit")
    for login in ("lan", "duc", "mai", "viet"):
        with pytest.raises(NotYourStep):
            question(record, login, plan_id, "van")
    for login in ("khoi", "minh"):
        with pytest.raises(NotFound):
            question(record, login, plan_id, "duc")
    assert question(record, "hung", plan_id, "mai")
    record.step("hung", plan_id, "approve_content")
    assert question(record, "van", plan_id, "hung")


@pytest.mark.parametrize("to", ["khoi", "son", "huy", "minh", "mai"])
def test_only_a_colleague_who_sees_the_document_is_asked(record: Record, to_sign: int, to: str):
    with pytest.raises(Invalid) as refused:
        question(record, "mai", to_sign, to)
    assert [(item.place, item.rule) for item in refused.value.faults] == [("asked", "no_reader")]
    assert count(record, Notice, Notice.kind == "asked") == 0


def test_a_question_without_words_or_person_is_not_kept(record: Record, to_sign: int):
    for text, rule in ((" ", "missing"), ("a" * (LONGEST + 1), "too_long")):
        with pytest.raises(Invalid) as refused:
            question(record, "mai", to_sign, "duc", text)
        assert [item.rule for item in refused.value.faults] == [rule]
    with pytest.raises(Invalid), working(record, "mai") as w:
        ask(w, document_id=to_sign, person_id=None, text=QUESTION)
    assert count(record, Remark) == 0


def test_one_form_sent_twice_is_one_question_and_one_broken_off_is_none(record: Record, to_sign: int):
    person_id = record.person("duc")
    broken_off(record, "mai", lambda w: ask(w, document_id=to_sign, person_id=person_id, text=QUESTION))
    assert count(record, Notice, Notice.kind == "asked") == 0
    made = question(record, "mai", to_sign, "duc", key="k1")
    assert question(record, "mai", to_sign, "duc", key="k1") == made
    with pytest.raises(KeyReused):
        question(record, "mai", to_sign, "lan", key="k1")
    assert count(record, Remark) == len(told(record, "duc", "asked")) == 1


def test_a_question_that_was_settled_takes_no_more_answers(record: Record, to_sign: int):
    made = question(record, "mai", to_sign, "duc")
    close(record, "mai", made)
    assert not one(record, "duc", to_sign).may_answer
    with pytest.raises(NeedUnmet, match="remark_open"):
        reply(record, "duc", made, ANSWER)


def test_it_stops_nothing_and_waits_for_the_one_who_was_asked(record: Record, to_sign: int):
    made = question(record, "mai", to_sign, "duc")
    item = one(record, "duc", to_sign)
    assert (item.id, item.asks_me, item.may_answer, item.holds) == (made, True, True, False)
    assert not one(record, "lan", to_sign).asks_me
    reply(record, "duc", made, ANSWER)
    assert not one(record, "duc", to_sign).asks_me
    assert "sign" in open_steps(record, "mai", to_sign)


def test_the_words_of_a_question_can_be_erased_and_the_chain_still_verifies(record: Record, to_sign: int):
    question(record, "mai", to_sign, "duc")
    with working(record) as w:
        entry_id = w.db.scalar(select(Entry.id).where(Entry.action == "ask"))
        w.db.execute(update(EntryNote).where(EntryNote.entry_id == entry_id).values(text=None, salt=b""))
    with looking(record) as w:
        report = verify(w)
    assert report.holds
    assert str(report.counts["remarks"]) == "1/1"
    assert one(record, "duc", to_sign).said.erased


@pytest.mark.tampered
def test_another_name_put_under_a_question_is_found(sqlite_record: Record):
    record = sqlite_record
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    question(record, "mai", plan_id, "duc")
    with working(record) as w:
        w.db.exec_driver_sql("DROP TRIGGER remark_no_update")
        w.db.exec_driver_sql("UPDATE remark SET asked_id = asked_id + 1")
    with looking(record) as w:
        assert {item.kind for item in verify(w).broken} == {"remark"}


def everybody_who_sees(record: Record, directory: Directory, document_id: int, but: str) -> set[str]:
    workers = {
        person.login
        for person in directory.people.values()
        if person.agency_id == row(record, document_id).agency_id
        and directory.actor(person.id, record.clock.now.date()).roles - {"auditor", "admin"}
    }
    return {login for login in workers if login != but and sees(record, login, document_id)}


def readers(record: Record, login: str, document_id: int) -> set[str]:
    with looking(record, login) as w:
        found = w.db.execute(document_columns().where(Document.id == document_id)).one()
        return {w.directory.people[item.person_id].login for item in readers_of(w, document_facts(found))}


def test_those_who_may_be_asked_are_exactly_those_who_see_it(record: Record):
    directory = record.directory
    day = record.clock.now.date()
    with working(record, "mai") as w:
        set_absence(w, person_id=record.person("mai"), first_day=day, last_day=day + timedelta(days=3),
                    substitute_id=record.person("son"), reason="Đi công tác")  # fmt: skip
    directory = record.directory
    plan_id, foreign = record.draft(), record.draft("nhung", unit="QLKH", signer="son")
    for login, step in (("lan", "submit"), ("hung", "approve_content"), ("thu", "check_format")):
        record.step(login, plan_id, step)
        assert readers(record, "hung", plan_id) == everybody_who_sees(record, directory, plan_id, "hung"), (
            step
        )
    assert "son" in readers(record, "hung", plan_id)  # who stands in for Mai
    record.step("nhung", foreign, "submit")
    assert readers(record, "khoi", foreign) == everybody_who_sees(record, directory, foreign, "khoi")
    issued = record.draft()
    record.bring_to(issued, "assign_number")
    assert readers(record, "van", issued) == everybody_who_sees(record, directory, issued, "van")


def test_who_may_be_asked_is_one_statement(sqlite_record: Record):
    plan_id = sqlite_record.draft()
    sqlite_record.bring_to(plan_id, "check_format")
    with looking(sqlite_record, "mai") as w:
        document = document_facts(w.db.execute(document_columns().where(Document.id == plan_id)).one())
        with statements(sqlite_record.engine) as asked:
            assert len(readers_of(w, document)) > 3
    assert len(asked) == 1
