"""
The scenarios of domain.md §4.10 by their numbers, each from end to end on both databases.

No. 11 (a merger) and 17 (đính chính) wait for their procedures; 12 and 13 are imports, told in tests/workflow/reading.
"""

import threading
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from tests.record import ROUTE, Record, plan
from tests.workflow.acts import (
    REASON,
    approvals,
    at,
    broken_off,
    count,
    history,
    instances,
    issued_plan,
    looking,
    open_steps,
    replace,
    row,
    seat,
    set_agency,
    text,
    unseat,
    working,
)
from workflow.commands.drafting import save_revision
from workflow.commands.people import grant_authority, revoke_authority
from workflow.commands.steps import take_step
from workflow.errors import Invalid, NeedUnmet, NotEntitled, NotFound, NotYourStep, Refused, StepNotOpen
from workflow.models import Approval, Entry, RegisterRow, RegisterVoid
from workflow.verification import verify
from workflow.workdays import is_late


def grant(record: Record, kind: str, receiver: str, *, giver: str = "viet", **how: Any) -> int:
    values = {
        "base_document": "Văn bản giao ký số 3",
        "valid_from": date(2026, 4, 1),
        "valid_to": date(2026, 6, 30),
    }
    with working(record, giver) as w:
        agency_id = w.directory.agency_by_code["so_khcn"].id
        return grant_authority(
            w, agency_id=agency_id, kind=kind, person_id=record.person(receiver), **values | how
        )


def edit(record: Record, login: str, document_id: int, **changes: Any) -> None:
    present = row(record, document_id)
    with working(record, login) as w:
        save_revision(w, document_id=document_id, seen_version=present.version, signer_id=present.signer_id,
                      content=replace(text(record, document_id), **changes))  # fmt: skip


def test_1_a_drafter_does_not_approve_his_own_draft(record: Record):
    seat(record, "lan", "vp.pho", since=date(2026, 4, 1))
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    with pytest.raises(NeedUnmet) as refused:
        record.step("lan", plan_id, "approve_content")
    assert refused.value.need == "not_author"
    assert "approve_content" not in open_steps(record, "lan", plan_id)
    assert record.step("hung", plan_id, "approve_content").state == "format_check"


def test_2_a_deputy_signs_in_anothers_field_only_when_given_that_document(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    son = record.person("son")
    with pytest.raises(NotEntitled) as refused:
        record.step("mai", plan_id, "reassign", signer_id=son)
    assert refused.value.reason == "other_field"
    assert refused.value.could
    grant(record, "KT", "son", document_id=plan_id)
    record.step("mai", plan_id, "reassign", signer_id=son)
    assert record.step("son", plan_id, "sign").state == "signed"
    signature = approvals(record, plan_id)[-1]
    assert (signature.person_name, signature.basis) == ("Đỗ Thanh Sơn", "Văn bản giao ký số 3")
    other = record.draft(signer="son")
    record.step("lan", other, "submit")
    record.step("hung", other, "approve_content")
    with pytest.raises(NotEntitled):
        record.step("thu", other, "check_format")


def test_3_an_edit_after_approval_makes_the_approvals_void(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    record.step("mai", plan_id, "return", note=REASON)
    record.step("hung", plan_id, "forward")
    edit(record, "lan", plan_id, subject="Một chữ khác")
    record.step("lan", plan_id, "submit")
    digests = {item.digest for item in approvals(record, plan_id)}
    assert row(record, plan_id).digest not in digests
    record.step("hung", plan_id, "approve_content")
    record.step("thu", plan_id, "check_format")
    assert record.step("mai", plan_id, "sign").state == "signed"


def test_3b_the_same_words_again_keep_the_approvals_good(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    record.step("hung", plan_id, "withdraw")
    before = text(record, plan_id)
    edit(record, "lan", plan_id, subject="Khác")
    edit(record, "lan", plan_id, subject=before.subject)
    assert row(record, plan_id).digest == approvals(record, plan_id)[0].digest
    assert row(record, plan_id).revision_no == 3


def race(record: Record, attempts: list[tuple[str, int, str, dict[str, Any]]]) -> list[Any]:
    """All at once, each in a thread and a Work of its own; what each came to."""
    answers: list[Any] = [None] * len(attempts)
    gate = threading.Barrier(len(attempts))
    identities = [record.who(login) for login, *_ in attempts]

    def go(place: int) -> None:
        _, document_id, step, how = attempts[place]
        gate.wait()
        try:
            with record.engine.work(identities[place]) as w:
                answers[place] = take_step(
                    w, document_id=document_id, step_id=step, **{"seen_version": None, **how}
                )
        except Exception as error:
            answers[place] = error

    threads = [threading.Thread(target=go, args=(place,)) for place in range(len(attempts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_4_clerks_who_number_at_once_get_numbers_in_a_row(record: Record):
    for login in ("duc", "nhung", "yen"):
        seat(record, login, "vp.van_thu", since=date(2026, 4, 1))
    plans = []
    for _ in range(12):
        plans.append(record.draft())
        record.bring_to(plans[-1], "sign")
    clerks = ["van", "duc", "nhung", "yen"] * 3
    answers = race(record, [(login, plan_id, "assign_number", {"paper_signed": True})
                            for login, plan_id in zip(clerks, plans, strict=True)])  # fmt: skip
    numbers = sorted(answer.reference_no for answer in answers)
    assert numbers == [f"{n:02d}/KH-SKHCN" for n in range(1, 13)]


def test_5_a_rollback_after_the_number_was_taken_leaves_no_gap(record: Record):
    first, second = record.draft(), record.draft()
    for plan_id in (first, second):
        record.bring_to(plan_id, "sign")
    number = {"document_id": first, "step_id": "assign_number", "seen_version": None, "paper_signed": True}
    broken_off(record, "van", lambda w: take_step(w, **number))
    assert count(record, RegisterRow) == 0
    for plan_id in (second, first):
        record.step("van", plan_id, "assign_number", paper_signed=True)
    assert row(record, second).reference_no == "01/KH-SKHCN"
    assert row(record, first).reference_no == "02/KH-SKHCN"


def test_6_the_year_turns_in_viet_nam_while_the_server_is_in_utc(record: Record):
    at(record, 2026, 12, 31, 17, 0)
    plan_id = record.draft()
    record.bring_to(plan_id, "sign")
    at(record, 2027, 1, 2, 6, 30)
    assert record.clock.now.isoformat() == "2027-01-01T23:30:00+00:00"
    record.step("van", plan_id, "assign_number", paper_signed=True)
    after = row(record, plan_id)
    assert (after.reference_no, after.issued_on) == ("01/KH-SKHCN", date(2027, 1, 2))


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ({"valid_to": date(2026, 4, 19)}, "expired"),
        ({"valid_from": date(2026, 4, 21)}, "not_yet"),
    ],
)
def test_7_a_tuq_out_of_its_dates_is_refused(record: Record, how, reason):
    grant(record, "TUQ", "khanh", doc_types=("ke_hoach",), **how)
    plan_id = record.draft(signer="khanh")
    record.step("lan", plan_id, "submit")
    record.step("hung", plan_id, "approve_content")
    with pytest.raises(NotEntitled) as refused:
        record.step("thu", plan_id, "check_format")
    assert refused.value.reason == reason


def test_7b_a_tuq_that_was_revoked_between_choosing_and_signing_is_refused(record: Record):
    authority_id = grant(record, "TUQ", "khanh", doc_types=("ke_hoach",))
    plan_id = record.draft(signer="khanh")
    record.bring_to(plan_id, "check_format")
    with working(record, "viet") as w:
        revoke_authority(w, authority_id=authority_id)
    with pytest.raises(NotEntitled) as refused:
        record.step("khanh", plan_id, "sign")
    assert refused.value.reason == "revoked"


def test_7c_a_tuq_that_holds_signs_in_its_own_block_and_stays_good_afterwards(record: Record):
    authority_id = grant(record, "TUQ", "khanh", doc_types=("ke_hoach",))
    plan_id = record.draft(signer="khanh")
    record.bring_to(plan_id, "check_format")
    record.step("khanh", plan_id, "sign")
    with working(record, "viet") as w:
        revoke_authority(w, authority_id=authority_id)
    assert approvals(record, plan_id)[-1].lines == ["TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG CHUYỂN ĐỔI SỐ"]
    assert record.step("van", plan_id, "assign_number", paper_signed=True).state == "numbered"


def test_7d_a_tuq_is_never_passed_on(record: Record):
    grant(record, "TUQ", "tung", doc_types=("ke_hoach",))
    for kind in ("TUQ", "KT", "TL", "TL_KT"):
        with pytest.raises(NotYourStep):
            grant(record, kind, "hien", giver="tung", doc_types=("ke_hoach",))


def test_8_what_the_signer_returns_lands_at_the_head_who_hands_it_on(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    record.step("mai", plan_id, "return", note="Mục II nêu thiếu kinh phí thực hiện")
    assert row(record, plan_id).returned_to == "dept_head"
    with pytest.raises(NotYourStep):
        record.step("lan", plan_id, "forward")
    with pytest.raises(NeedUnmet):
        record.step("lan", plan_id, "submit")
    record.step("hung", plan_id, "forward")
    assert row(record, plan_id).returned_to == "drafter"
    assert row(record, plan_id).round == 2
    assert record.step("lan", plan_id, "submit").state == "dept_review"


def test_9_a_void_takes_two_acts_and_keeps_its_number(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "assign_number")
    with pytest.raises(NeedUnmet):
        record.step("mai", plan_id, "void", note=REASON)
    record.step("van", plan_id, "request_void", note=REASON)
    for step in ("seal", "issue", "request_void"):
        with pytest.raises(NeedUnmet):
            record.step("van", plan_id, step, note=REASON)
    with pytest.raises(NotYourStep):
        record.step("van", plan_id, "void", note=REASON)
    record.step("viet", plan_id, "void", note="Trùng với văn bản đã ban hành")
    with looking(record) as w:
        void = w.db.execute(select(RegisterVoid.__table__)).one()
    assert (void.number, void.reason) == (1, "Trùng với văn bản đã ban hành")
    assert row(record, plan_id).reference_no == "01/KH-SKHCN"
    for step in ("seal", "issue", "assign_number"):
        with pytest.raises(StepNotOpen):
            record.step("van", plan_id, step)


def test_10_before_15_november_is_late_on_the_15th(record: Record):
    plan_id = issued_plan(record)
    last = instances(record, plan_id, tier=2, year=2026)["VP"].last_on_time
    at(record, 2026, 11, 15, 8)
    assert is_late(record.clock.now, last) == 1
    at(record, 2026, 11, 14, 23, 59)
    assert is_late(record.clock.now, last) == 0


@pytest.mark.tampered
def test_14_a_row_changed_behind_the_engine_is_found_at_that_row(sqlite_record: Record):
    """What every form of tampering looks like is told in tests/faults and the tests of verification."""
    record = sqlite_record
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    with looking(record) as w:
        entry_id, body = w.db.execute(
            select(Entry.id, Entry.body)
            .where(Entry.document_id == plan_id)
            .order_by(Entry.id.desc())
            .limit(1)
        ).one()
    with working(record) as w:
        w.db.exec_driver_sql("DROP TRIGGER entry_no_update")
        changed = body.replace(
            b"Nguy\xe1\xbb\x85n Th\xe1\xbb\x8b Lan", b"Ph\xe1\xba\xa1m Qu\xe1\xbb\x91c H\xc3\xb9ng"
        )
        assert changed != body
        w.db.exec_driver_sql("UPDATE entry SET body = ? WHERE id = ?", (changed, entry_id))
    with looking(record) as w:
        assert entry_id in {item.entry_id for item in verify(w).broken}


def test_15_a_double_click_signs_once(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    seen = row(record, plan_id).version
    answers = race(record, [("mai", plan_id, "sign", {"seen_version": seen, "key": "k"})] * 2)
    assert sorted(answer.repeated for answer in answers) == [False, True]
    assert len({answer.entry_hash for answer in answers}) == 1
    assert count(record, Approval, Approval.kind == "signature") == 1
    assert [entry["action"] for entry in history(record, plan_id)].count("sign") == 1


def test_15b_of_two_who_decide_at_once_one_decides(record: Record):
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    seen = row(record, plan_id).version
    answers = race(record, [
        ("hung", plan_id, "approve_content", {"seen_version": seen}),
        ("thu", plan_id, "return", {"seen_version": seen, "note": REASON}),
        ("lan", plan_id, "withdraw", {"seen_version": seen}),
    ])  # fmt: skip
    assert sum(not isinstance(answer, Exception) for answer in answers) == 1
    assert len(history(record, plan_id)) == 3


def test_16_an_auditor_and_an_administrator_are_refused_everywhere(record: Record):
    """At every stop, every step of the procedure: nothing is written for either of them."""
    plan_id = record.draft()
    flow = record.engine.flows["ke_hoach", 1]
    everything = sorted({step.id for step in flow.definition.steps})
    for stop in (None, "submit", "approve_content", "check_format", "sign", "assign_number", "issue"):
        if stop:
            _bring(record, plan_id, stop)
        before = len(history(record, plan_id))
        for login in ("minh", "huy"):
            for step in everything:
                with pytest.raises((Refused, NotFound)):
                    record.step(login, plan_id, step, note=REASON, paper_signed=True)
            assert open_steps(record, login, plan_id) == []
        assert len(history(record, plan_id)) == before


def _bring(record: Record, plan_id: int, stop: str) -> None:
    done = {entry["action"] for entry in history(record, plan_id)}
    for login, step in ROUTE:
        if step not in done:
            record.step(login, plan_id, step, paper_signed=True)
        if step == stop:
            return


@pytest.mark.parametrize("words", ["MẬT", "Độ mật: TỐI MẬT"])
def test_18_a_secret_is_never_taken_in(record: Record, words):
    with pytest.raises(Invalid):
        record.draft(content=plan(opening=(words,)))
    plan_id = record.draft()
    with pytest.raises(Invalid):
        edit(record, "lan", plan_id, opening=(words,))
    assert row(record, plan_id).revision_no == 1


# Between signing and numbering; capacities; duties kept apart over time.


def test_while_the_hold_lasts_nobody_numbers_and_the_signer_may_still_take_it_back(record: Record):
    set_agency(record, hold_minutes=2)
    plan_id = record.draft()
    record.bring_to(plan_id, "sign")
    record.clock.forward(seconds=119)
    with pytest.raises(NeedUnmet) as refused:
        record.step("van", plan_id, "assign_number", paper_signed=True)
    assert refused.value.need == "hold_over"
    record.step("mai", plan_id, "unsign", note=REASON)
    record.step("mai", plan_id, "sign")
    record.clock.forward(seconds=119)
    with pytest.raises(NeedUnmet):
        record.step("van", plan_id, "assign_number", paper_signed=True)
    record.clock.forward(seconds=1)
    assert record.step("van", plan_id, "assign_number", paper_signed=True).state == "numbered"
    with pytest.raises(StepNotOpen):
        record.step("mai", plan_id, "unsign", note=REASON)


@pytest.mark.parametrize(
    ("kind", "receiver", "giver", "lines"),
    [
        ("TL", "hung", "viet", ["TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"]),
        ("TL_KT", "thu", "hung", ["TL. GIÁM ĐỐC", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"]),
        ("Q", "son", "viet", ["Q. GIÁM ĐỐC"]),
        ("KT", "son", "viet", ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]),
    ],
)
def test_a_plan_of_another_unit_is_signed_in_each_capacity(record: Record, kind, receiver, giver, lines):
    """Drafted in Phòng Quản lý khoa học, so that those of the Văn phòng stand apart from it."""
    if kind == "TL_KT":
        grant(record, "TL", "hung", doc_types=("ke_hoach",))
    grant(record, kind, receiver, giver=giver, doc_types=("ke_hoach",))
    plan_id = record.draft("nhung", unit="QLKH", signer=receiver)
    record.step("nhung", plan_id, "submit")
    record.step("khoi", plan_id, "approve_content")
    record.step("van", plan_id, "check_format")
    record.step(receiver, plan_id, "sign")
    assert approvals(record, plan_id)[-1].lines == lines
    assert history(record, plan_id)[-1]["capacity"]["kind"] == kind


def test_a_signer_with_two_capacities_names_the_one_he_signs_in(record: Record):
    grant(record, "Q", "mai")
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    with pytest.raises(NotEntitled):
        record.step("mai", plan_id, "sign", capacity="TUQ")
    record.step("mai", plan_id, "sign", capacity="KT")
    assert approvals(record, plan_id)[-1].capacity == "KT"


def test_who_checked_the_format_and_then_rose_to_deputy_does_not_sign_it(record: Record):
    plan_id = record.draft(signer="viet")
    record.bring_to(plan_id, "check_format")
    unseat(record, "thu", last_day=date(2026, 4, 20))
    record.clock.forward(days=1)
    seat(record, "thu", "pgd_1", since=date(2026, 4, 21))
    grant(record, "KT", "thu")
    with pytest.raises(NeedUnmet) as refused:
        record.step("viet", plan_id, "reassign", signer_id=record.person("thu"))
    assert refused.value.need == "signer_apart_from_makers"
    assert record.step("viet", plan_id, "sign").state == "signed"


def test_who_approved_and_then_became_van_thu_still_did_not_sign_and_may_number(record: Record):
    """Apart is who signs from who numbers; who approved may number, as decisions.md 12 has it."""
    plan_id = record.draft()
    record.bring_to(plan_id, "sign")
    unseat(record, "hung", last_day=date(2026, 4, 20))
    record.clock.forward(days=1)
    seat(record, "hung", "vp.van_thu", since=date(2026, 4, 21))
    assert record.step("hung", plan_id, "assign_number", paper_signed=True).state == "numbered"


def test_who_signed_and_then_became_van_thu_does_not_number_it(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "sign")
    unseat(record, "mai", last_day=date(2026, 4, 20))
    record.clock.forward(days=1)
    seat(record, "mai", "vp.van_thu", since=date(2026, 4, 21))
    with pytest.raises(NeedUnmet) as refused:
        record.step("mai", plan_id, "assign_number", paper_signed=True)
    assert refused.value.need == "not_signer"


def test_a_signer_who_left_takes_no_step_and_the_director_gives_it_to_another(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    unseat(record, "mai", last_day=date(2026, 4, 20))
    record.clock.forward(days=1)
    for step in ("sign", "return", "reject"):
        with pytest.raises(NotFound):
            record.step("mai", plan_id, step, note=REASON)
    record.step("viet", plan_id, "reassign", signer_id=record.person("viet"))
    assert record.step("viet", plan_id, "sign").state == "signed"


def test_a_mistake_found_after_signing_takes_the_signature_with_it(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "sign")
    record.step("van", plan_id, "return", note="Sai số hiệu của căn cứ thứ hai")
    after = row(record, plan_id)
    assert (after.state, after.returned_to, after.signed_by, after.round) == (
        "returned",
        "dept_head",
        None,
        2,
    )
    with pytest.raises(NeedUnmet) as refused:
        record.step("hung", plan_id, "cancel", note=REASON)
    assert refused.value.need == "never_signed"
    record.step("hung", plan_id, "forward")
    for login, step in (
        ("lan", "submit"),
        ("hung", "approve_content"),
        ("thu", "check_format"),
        ("mai", "sign"),
    ):
        record.step(login, plan_id, step)
    assert record.step("van", plan_id, "assign_number", paper_signed=True).state == "numbered"


def test_on_paper_the_clerks_word_is_part_of_the_entry(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "sign")
    with pytest.raises(NeedUnmet):
        record.step("van", plan_id, "assign_number")
    record.step("van", plan_id, "assign_number", paper_signed=True)
    assert history(record, plan_id)[-1]["facts"]["paper"] == "Bản giấy đã có chữ ký của Trần Thị Ngọc Mai"
