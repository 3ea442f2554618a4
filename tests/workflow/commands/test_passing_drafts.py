"""Giao người khác soạn: a draft outlives its drafter, and nobody judges what he wrote himself because of it."""

from datetime import date, timedelta

import pytest

from tests.record import Record
from tests.workflow.acts import REASON, history, looking, row, seat, text, unseat, working
from workflow.commands.absences import set_absence
from workflow.commands.drafting import save_revision
from workflow.commands.passing_drafts import pass_draft
from workflow.errors import Invalid, NeedUnmet, NotFound, NotYourStep, Stale, StepNotOpen
from workflow.models import Notice, Waiting
from workflow.queries.drafters import to_pass

WHY = "Chuyên viên Lan chuyển công tác từ hôm nay"


def give(record: Record, document_id: int, to: str | None = "duc", login: str = "hung", **changes) -> int:
    how = {"seen_version": row(record, document_id).version, "reason": WHY} | changes
    with working(record, login) as w:
        return pass_draft(
            w, document_id=document_id, person_id=w.directory.by_login[to].id if to else None, **how
        )


def edit(record: Record, login: str, document_id: int) -> None:
    present = row(record, document_id)
    with working(record, login) as w:
        save_revision(
            w,
            document_id=document_id,
            seen_version=present.version,
            content=text(record, document_id),
            signer_id=record.person("son"),
        )


def waits(record: Record, document_id: int) -> list[int | None]:
    with looking(record) as w:
        open_ = Waiting.__table__.select().where(
            Waiting.document_id == document_id, Waiting.left_at.is_(None)
        )
        return [found.person_id for found in w.db.execute(open_)]


def test_the_draft_of_one_who_left_goes_on_with_another(record: Record):
    plan_id = record.draft()
    unseat(record, "lan", last_day=date(2026, 4, 19))
    with pytest.raises(NotYourStep):
        record.step("duc", plan_id, "submit")
    give(record, plan_id)
    assert row(record, plan_id).drafter_id == record.person("duc")
    assert (row(record, plan_id).state, row(record, plan_id).revision_no) == ("draft", 1)
    assert waits(record, plan_id) == [record.person("duc")]
    said = history(record, plan_id)[-1]
    assert (said["action"], said["label"]) == ("pass_draft", "Giao người khác soạn")
    assert said["facts"]["drafter"] == record.directory.by_login["duc"].name
    assert said["facts"]["drafter_before"] == record.directory.by_login["lan"].name
    edit(record, "duc", plan_id)
    record.step("duc", plan_id, "submit")
    record.step("hung", plan_id, "approve_content")
    assert row(record, plan_id).state == "format_check"


def test_whoever_gets_it_is_told_and_what_was_asked_of_the_other_is_over(record: Record):
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    record.step("hung", plan_id, "return", note=REASON)
    give(record, plan_id)
    with looking(record) as w:
        told = w.db.execute(Notice.__table__.select().order_by(Notice.id)).all()
    of = {login: record.person(login) for login in ("lan", "duc")}
    assert [(one.kind, one.read_at is None) for one in told if one.person_id == of["lan"]] == [
        ("returned", False)
    ]
    assert [(one.kind, one.read_at is None) for one in told if one.person_id == of["duc"]] == [
        ("waits", True)
    ]


def test_who_wrote_it_before_still_judges_nothing_of_it(record: Record):
    plan_id = record.draft()
    give(record, plan_id)
    edit(record, "duc", plan_id)
    record.step("duc", plan_id, "submit")
    seat(record, "lan", "vp.pho", since=date(2026, 4, 20))
    for login in ("lan", "duc"):
        with pytest.raises((NeedUnmet, NotYourStep)):
            record.step(login, plan_id, "approve_content")


@pytest.mark.parametrize("login", ["lan", "duc", "viet", "van", "mai"])
def test_only_the_head_of_the_unit_gives_it(sqlite_record: Record, login):
    plan_id = sqlite_record.draft()
    with pytest.raises((NotYourStep, NotFound)):
        give(sqlite_record, plan_id, login=login)


def test_an_administrator_never_does_and_another_unit_does_not_see_it(sqlite_record: Record):
    plan_id = sqlite_record.draft()
    for login in ("huy", "khoi", "minh"):
        with pytest.raises(NotFound):
            give(sqlite_record, plan_id, login=login)


def test_who_acts_for_the_head_gives_it_in_his_own_name(record: Record):
    plan_id = record.draft("nhung", unit="QLKH")
    seat(record, "lan", "qlkh.cv", since=date(2026, 4, 20))
    with working(record, "khoi") as w:
        set_absence(
            w,
            person_id=w.actor.person_id,
            first_day=w.today,
            last_day=w.today + timedelta(days=3),
            reason="Nghỉ phép năm",
            substitute_id=w.directory.by_login["son"].id,
        )
    record.step("nhung", plan_id, "submit")
    record.step("nhung", plan_id, "withdraw")
    give(record, plan_id, "lan", login="son")
    assert history(record, plan_id)[-1]["facts"]["in_place_of"]["person"] == "Tạ Đình Khôi"


def test_only_a_draft_that_lies_with_its_unit_is_given(record: Record):
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    with pytest.raises(StepNotOpen):
        give(record, plan_id)


def test_what_is_missing_and_who_does_not_fit_are_named(sqlite_record: Record):
    plan_id = sqlite_record.draft()

    def faults(to: str | None, **changes) -> list[tuple[str, str]]:
        with pytest.raises(Invalid) as refused:
            give(sqlite_record, plan_id, to, **changes)
        return [(fault.place, fault.rule) for fault in refused.value.faults]

    assert faults(None) == [("drafter", "missing")]
    for to in ("lan", "nhung", "mai", "van", "huy"):
        assert faults(to) == [("drafter", "not_fit")], to
    assert faults("duc", reason=" ngắn ") == [("reason", "too_short")]
    with pytest.raises(Stale):
        give(sqlite_record, plan_id, seen_version=99)


def test_who_judged_the_text_does_not_take_it_on(record: Record):
    plan_id = record.draft()
    for login, step in (("lan", "submit"), ("thu", "approve_content"), ("hung", "return")):
        record.step(login, plan_id, step, note=REASON if step == "return" else "")
    with pytest.raises(Invalid):
        give(record, plan_id, "thu")
    with looking(record, "hung") as w:
        assert "thu" not in {w.directory.people[one.person_id].login for one in to_pass(w, plan_id).takers}


def test_two_heads_at_once_are_told_apart(record: Record):
    plan_id = record.draft()
    seen = row(record, plan_id).version
    give(record, plan_id, "duc", seen_version=seen)
    with pytest.raises(Stale):
        give(record, plan_id, "thu", login="thu", seen_version=seen)
