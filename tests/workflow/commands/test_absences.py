"""Absences: who may say that somebody is away, who may be named, and what a substitute then does in his own name."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event

from tests.record import Record, plan
from tests.workflow.acts import REASON, approvals, history, looking, open_steps, row, sees, working
from workflow.commands.absences import end_absence, set_absence
from workflow.commands.people import grant_authority
from workflow.errors import Invalid, NeedUnmet, NotEntitled, NotFound, NotYourStep
from workflow.models import Entry
from workflow.queries.certificate import given_approvals
from workflow.queries.documents import document_view
from workflow.queries.inbox import inbox
from workflow.queries.sessions import counts_of

TODAY = date(2026, 4, 20)
FRIDAY = date(2026, 4, 24)
LEAVE = "Nghỉ phép năm theo Thông báo số 14/TB-SKHCN"


def away(record: Record, login: str, substitute: str | None = None, *, first: date = TODAY, last: date = FRIDAY,
         by: str = "", reason: str = LEAVE) -> int:  # fmt: skip
    directory = record.directory
    with working(record, by or login) as w:
        return set_absence(
            w,
            person_id=directory.by_login[login].id,
            first_day=first,
            last_day=last,
            reason=reason,
            substitute_id=directory.by_login[substitute].id if substitute else None,
        )


def waiting_for(record: Record, login: str) -> list[int]:
    with looking(record, login) as w:
        found = [item.id for item in inbox(w).rows]
        assert counts_of(w, w.actor).waiting == len(found)
        return found


def test_whoever_stands_in_for_a_head_approves_in_his_own_name_and_the_entry_says_for_whom(record: Record):
    plan_id = record.draft("nhung", unit="QLKH")
    record.step("nhung", plan_id, "submit")
    assert not sees(record, "son", plan_id)
    absence_id = away(record, "khoi", "son")
    assert sees(record, "son", plan_id)
    assert waiting_for(record, "son") == [plan_id]
    assert "approve_content" in open_steps(record, "son", plan_id)
    record.step("son", plan_id, "approve_content")
    entry = history(record, plan_id)[-1]
    assert entry["actor"]["name"] == "Đỗ Thanh Sơn"
    assert entry["actor"]["title"] == "Phó Giám đốc"
    assert entry["label"] == "Duyệt nội dung, xử lý thay Tạ Đình Khôi"
    assert entry["facts"]["in_place_of"] == {
        "person": "Tạ Đình Khôi",
        "title": "Trưởng phòng Quản lý khoa học",
        "from": "2026-04-20",
        "to": "2026-04-24",
        "absence": absence_id,
    }
    assert approvals(record, plan_id)[-1].person_id == record.person("son")
    with looking(record, "hung") as w:
        given = given_approvals(w, document_view(w, plan_id))[-1]
    assert (given.label, given.person) == ("Duyệt nội dung, xử lý thay Tạ Đình Khôi", "Đỗ Thanh Sơn")


def test_the_list_of_work_asks_no_statement_more_for_somebody_who_acts_for_another(record: Record):
    def statements() -> int:
        asked: list[str] = []

        def note(conn: object, cursor: object, statement: str, *_: object) -> None:
            asked.append(statement)

        with looking(record, "son") as w:
            event.listen(w.db, "before_cursor_execute", note)
            inbox(w)
            counts_of(w, w.actor)
            event.remove(w.db, "before_cursor_execute", note)
        return len(asked)

    record.bring_to(record.draft(signer="son", content=plan(field="chuyen_doi_so")), "check_format")
    before = statements()
    record.step("nhung", record.draft("nhung", unit="QLKH"), "submit")
    away(record, "khoi", "son")
    assert statements() == before
    assert len(waiting_for(record, "son")) == 2


def test_the_absent_person_may_still_act_and_then_nobody_acted_for_him(record: Record):
    plan_id = record.draft("nhung", unit="QLKH")
    record.step("nhung", plan_id, "submit")
    away(record, "khoi", "son")
    assert waiting_for(record, "khoi") == [plan_id]
    record.step("khoi", plan_id, "approve_content")
    assert "in_place_of" not in history(record, plan_id)[-1]["facts"]


def test_it_begins_and_ends_with_its_days_by_itself(record: Record):
    plan_id = record.draft("nhung", unit="QLKH")
    record.step("nhung", plan_id, "submit")
    away(record, "khoi", "son", first=TODAY + timedelta(days=1))
    assert waiting_for(record, "son") == []
    with pytest.raises(NotFound):
        record.step("son", plan_id, "approve_content")
    record.clock.now = datetime(2026, 4, 24, 16, 59, tzinfo=UTC)  # 23:59 of the last day in Việt Nam
    assert waiting_for(record, "son") == [plan_id]
    record.clock.now = datetime(2026, 4, 24, 17, 0, tzinfo=UTC)
    assert waiting_for(record, "son") == []
    assert not sees(record, "son", plan_id)


def test_an_absence_that_is_ended_ends_at_once_and_only_once(record: Record):
    plan_id = record.draft("nhung", unit="QLKH")
    record.step("nhung", plan_id, "submit")
    absence_id = away(record, "khoi", "son")
    with pytest.raises(NotYourStep), working(record, "son") as w:
        end_absence(w, absence_id=absence_id)
    with working(record, "khoi") as w:
        end_absence(w, absence_id=absence_id)
    assert waiting_for(record, "son") == []
    with pytest.raises(Invalid) as refused, working(record, "khoi") as w:
        end_absence(w, absence_id=absence_id)
    assert refused.value.faults[0].rule == "over"
    away(record, "khoi", "son")
    assert waiting_for(record, "son") == [plan_id]


def test_a_substitute_does_not_pass_it_on(record: Record):
    plan_id = record.draft("nhung", unit="QLKH")
    record.step("nhung", plan_id, "submit")
    away(record, "khoi", "son")
    away(record, "son", "viet", last=TODAY)
    assert waiting_for(record, "viet") == []
    assert "approve_content" not in open_steps(record, "viet", plan_id)
    assert "approve_content" in open_steps(record, "son", plan_id)


def test_nobody_lets_his_substitute_approve_what_he_wrote_himself(record: Record):
    plan_id = record.draft("hung", signer="mai")
    away(record, "hung", "duc")
    with record.engine.work(record.who("hung")) as w:
        assert w.actor.has("dept_head")
    record.step("hung", plan_id, "submit")
    with pytest.raises(NeedUnmet) as refused:
        record.step("duc", plan_id, "approve_content")
    assert refused.value.need == "absent_apart"
    assert refused.value.facts == {"absent": "Phạm Quốc Hùng"}
    assert "approve_content" not in open_steps(record, "duc", plan_id)


def test_a_substitute_keeps_his_own_bars(record: Record):
    plan_id = record.draft("lan")
    record.step("lan", plan_id, "submit")
    away(record, "hung", "lan")
    with pytest.raises(NeedUnmet) as refused:
        record.step("lan", plan_id, "approve_content")
    assert refused.value.need == "not_author"


def test_absence_gives_nobody_a_right_to_sign(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    away(record, "mai", "son")
    assert waiting_for(record, "son") == [plan_id]
    assert not {"sign", "return", "reject", "reassign"} & set(open_steps(record, "son", plan_id))
    with pytest.raises(NotYourStep):
        record.step("son", plan_id, "sign")
    directory = record.directory
    with working(record, "viet") as w:
        grant_authority(w, agency_id=w.actor.agency_id, kind="KT", person_id=directory.by_login["son"].id,
                        base_document="Giấy giao ký số 3/GK-SKHCN", valid_from=TODAY, valid_to=FRIDAY,
                        document_id=plan_id)  # fmt: skip
    record.step("son", plan_id, "sign")
    signed = row(record, plan_id)
    assert signed.signer_id == signed.signed_by == directory.by_login["son"].id
    entry = history(record, plan_id)[-1]
    assert entry["capacity"]["basis"] == "Giấy giao ký số 3/GK-SKHCN"
    assert entry["facts"]["signer_before"] == "Trần Thị Ngọc Mai"
    record.step("son", plan_id, "unsign", note=REASON)


def test_the_head_of_the_agency_signs_for_his_deputy_as_head(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    away(record, "mai", "viet", by="hung")
    record.step("viet", plan_id, "sign")
    entry = history(record, plan_id)[-1]
    assert entry["capacity"]["kind"] == "HEAD"
    assert entry["facts"]["in_place_of"]["person"] == "Trần Thị Ngọc Mai"


def test_number_and_seal_pass_to_nobody(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "sign")
    away(record, "van", "thu")
    assert waiting_for(record, "thu") == []
    with pytest.raises(NotYourStep):
        record.step("thu", plan_id, "assign_number", paper_signed=True)


def test_a_drafter_is_replaced_by_a_drafter_of_his_unit_who_then_is_an_author(record: Record):
    plan_id = record.draft("lan")
    away(record, "lan", "duc")
    assert waiting_for(record, "duc") == [plan_id]
    record.step("duc", plan_id, "submit")
    assert history(record, plan_id)[-1]["facts"]["in_place_of"]["person"] == "Nguyễn Thị Lan"


@pytest.mark.parametrize(
    ("login", "substitute"),
    [("khoi", "lan"), ("khoi", "huy"), ("mai", "hung"), ("lan", "hung"), ("van", "minh"), ("khoi", "khoi")],
)
def test_who_could_take_no_part_of_the_work_is_not_named(record: Record, login: str, substitute: str):
    with pytest.raises(Invalid) as refused:
        away(record, login, substitute)
    assert [(f.place, f.rule) for f in refused.value.faults] == [("substitute", "not_fit")]


def test_days_are_ahead_in_order_bounded_and_told_once(record: Record):
    for first, last, place, rule in (
        (TODAY - timedelta(days=1), FRIDAY, "away_from", "past"),
        (FRIDAY, TODAY, "away_to", "before_first"),
        (TODAY, TODAY + timedelta(days=366), "away_to", "too_far"),
    ):
        with pytest.raises(Invalid) as refused:
            away(record, "khoi", first=first, last=last)
        assert [(f.place, f.rule) for f in refused.value.faults] == [(place, rule)]
    away(record, "khoi")
    with pytest.raises(Invalid) as refused:
        away(record, "khoi", "son", first=FRIDAY, last=FRIDAY + timedelta(days=3))
    assert refused.value.faults[0].rule == "overlaps"
    away(record, "khoi", "son", first=FRIDAY + timedelta(days=1), last=FRIDAY + timedelta(days=3))
    with pytest.raises(Invalid) as refused:
        away(record, "nhung", reason=" nghỉ ")
    assert refused.value.faults[0].rule == "too_short"


def test_one_who_is_away_all_that_time_is_no_substitute(record: Record):
    away(record, "son", last=FRIDAY + timedelta(days=7))
    with pytest.raises(Invalid) as refused:
        away(record, "khoi", "son")
    assert refused.value.faults[0].rule == "away_too"


def test_the_office_says_it_for_leaders_and_nobody_says_it_for_another(record: Record):
    away(record, "viet", "mai", by="hung")
    for login, by in (("khoi", "hung"), ("mai", "viet"), ("mai", "thu"), ("mai", "huy")):
        with pytest.raises(NotYourStep):
            away(record, login, by=by)


def test_the_log_has_the_absence_and_only_a_commitment_to_its_reason(record: Record):
    away(record, "khoi", "son")
    with looking(record) as w:
        body = w.db.execute(Entry.__table__.select().where(Entry.action == "set_absence")).one().body
    assert "Tạ Đình Khôi".encode() in body
    assert "Đỗ Thanh Sơn".encode() in body
    assert LEAVE.encode() not in body


def test_a_return_for_the_absent_goes_the_usual_way(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    away(record, "mai", "viet", by="hung")
    record.step("viet", plan_id, "return", note=REASON)
    assert row(record, plan_id).state == "returned"
    with pytest.raises((NotEntitled, NotYourStep)):
        record.step("viet", plan_id, "forward")
