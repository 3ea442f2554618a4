"""Coverage: what it says will go through does, by those people on those days; what it says will stop, stops."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, insert, update

from tests.arranged import arranged
from tests.record import Record
from tests.workflow.acts import at, case, fill_results, instances, issued_plan, looking, seat, working
from tests.workflow.commands.test_absences import FRIDAY, TODAY, away
from web.notices.wording import line_of
from workflow.commands.absences import change_substitute
from workflow.commands.people import grant_authority
from workflow.commands.reporting import start_unit_report
from workflow.commands.tick import tick
from workflow.coverage import Outlook, outlook
from workflow.engine import Work
from workflow.errors import NotYourStep, WorkflowError
from workflow.models import Absence, AbsenceEnded, Holding, Notice
from workflow.queries.coverage import coverage
from workflow.queries.documents import document_view
from workflow.queries.notices import Told
from workflow.remedies import remedies
from workflow.workdays import VN, add_workdays

WEEK = timedelta(days=7)


def ahead(record: Record, document_id: int) -> Outlook:
    facts = case(record, document_id)
    with looking(record) as w:
        return outlook(w.flow(facts.document.definition_id, facts.document.definition_version), facts)


def helps(record: Record, document_id: int) -> list[tuple[str, str, str]]:
    facts = case(record, document_id)
    with looking(record) as w:
        flow = w.flow(facts.document.definition_id, facts.document.definition_version)
    return [
        (item.kind, item.person.login if item.person else "", item.absent.login if item.absent else "")
        for item in remedies(flow, facts, outlook(flow, facts))
    ]


def walk(record: Record, document_id: int, plan: Outlook) -> str:
    """Take every planned step with the engine, by that person on that day; the state it ends in."""
    logins = {person.id: person.login for person in record.directory.people.values()}
    state = ""
    for one in plan.way:
        record.clock.now = max(record.clock.now, noon(one.day)) + timedelta(seconds=1)
        state = record.step(
            logins[one.person_id],
            document_id,
            one.step.id,
            signer_id=one.signer_id,
            paper_signed=one.step.id == "assign_number",
        ).state
    return state


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), VN).astimezone(UTC)


def test_a_document_with_everybody_there_is_covered_and_goes_that_way(record: Record):
    plan_id = record.draft()
    found = ahead(record, plan_id)
    assert found.stall is None
    assert [one.step.id for one in found.way] == [
        "submit", "approve_content", "check_format", "sign", "assign_number", "seal", "issue",
    ]  # fmt: skip
    assert walk(record, plan_id, found) == "issued"


def test_the_head_is_away_and_the_deputy_drafted_it(record: Record):
    plan_id = record.draft("nam", unit="TDC")
    away(record, "tung", last=TODAY + 3 * WEEK)
    assert ahead(record, plan_id).stall is None  # the deputy approves
    seat(record, "hien", "tdc.cv", since=TODAY)
    own = record.draft("hien", unit="TDC")
    record.step("hien", own, "submit")
    stall = ahead(record, own).stall
    assert stall is not None
    assert stall.step.id == "approve_content"
    told = {one.person.login: one for one in stall.obstacles if one.person}
    assert told["tung"].reason == "away"
    assert told["tung"].day == TODAY + 3 * WEEK
    assert told["hien"].reason == "refused"
    assert getattr(told["hien"].why, "need", "") == "not_author"
    assert ("substitute", "son", "tung") in helps(record, own)


def test_an_absence_that_is_over_in_time_stops_nothing(record: Record):
    plan_id = record.draft("nhung", unit="QLKH")
    record.step("nhung", plan_id, "submit")
    away(record, "khoi", last=TODAY)
    found = ahead(record, plan_id)
    assert found.stall is None
    assert found.way[0].day > TODAY
    assert walk(record, plan_id, found) == "issued"


def test_a_stall_names_the_step_the_time_and_the_remedy_that_then_helps(record: Record):
    plan_id = record.draft("nhung", unit="QLKH")
    record.step("nhung", plan_id, "submit")
    absence = away(record, "khoi", last=TODAY + 3 * WEEK)
    stall = ahead(record, plan_id).stall
    assert stall is not None
    assert (stall.step.id, stall.since, stall.until) == ("approve_content", TODAY, add_workdays(TODAY, 2))
    assert [(one.reason, one.day, one.absence_id) for one in stall.obstacles] == [
        ("away", TODAY + 3 * WEEK, absence)
    ]
    found = helps(record, plan_id)
    assert {kind for kind, _, _ in found} == {"substitute"}
    assert ("substitute", "son", "khoi") in found
    assert ("substitute", "nhung", "khoi") not in found
    with working(record, "khoi") as w:
        change_substitute(w, absence_id=absence, substitute_id=w.directory.by_login["son"].id)
    again = ahead(record, plan_id)
    assert again.stall is None
    assert again.way[0].person_id == record.person("son")
    assert walk(record, plan_id, again) == "issued"


def test_a_chosen_signer_away_is_replaced_or_another_is_given_the_right(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    away(record, "mai", last=TODAY + 3 * WEEK)
    stall = ahead(record, plan_id).stall
    assert stall is not None
    assert stall.step.id == "sign"
    assert ("reassign", "viet", "") in helps(record, plan_id)
    assert ("grant", "son", "") in helps(record, plan_id)
    assert ("substitute", "viet", "mai") in helps(record, plan_id)
    away(record, "viet", by="hung", last=TODAY + 3 * WEEK)
    assert ("grant", "son", "") in helps(record, plan_id)
    assert not any(kind == "reassign" for kind, _, _ in helps(record, plan_id))
    with working(record, "viet") as w:  # away, yet he may still act
        grant_authority(w, agency_id=w.actor.agency_id, kind="KT", person_id=w.directory.by_login["son"].id,
                        base_document="Giấy giao ký số 5", valid_from=TODAY, valid_to=FRIDAY,
                        document_id=plan_id)  # fmt: skip
    record.step("viet", plan_id, "reassign", signer_id=record.person("son"))
    assert ahead(record, plan_id).stall is None


def test_a_right_to_sign_that_ends_before_is_foreseen(record: Record):
    plan_id = record.draft("nhung", unit="QLKH")
    with working(record) as w:
        ends(w, Holding, w.directory.by_login["mai"].id, TODAY + timedelta(days=2))
        ends(w, Holding, w.directory.by_login["viet"].id, TODAY + timedelta(days=2))
    found = ahead(record, plan_id)
    assert found.stall is not None
    assert found.stall.step.id in ("check_format", "sign")
    assert found.way


def test_a_seat_that_nobody_holds_wants_somebody_seated(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "sign")
    with working(record) as w:
        ends(w, Holding, w.directory.by_login["van"].id, TODAY - timedelta(days=1))
    found = ahead(record, plan_id)
    assert found.stall is not None
    assert [one.reason for one in found.stall.obstacles] == ["nobody"]
    assert helps(record, plan_id) == [("seat", "", "")]
    seat(record, "duc", "vp.van_thu", since=TODAY)
    assert ahead(record, plan_id).stall is None


def ends(w: Work, table: Any, person_id: int, last_day: date) -> None:
    w.db.execute(update(table).where(table.person_id == person_id).values(valid_to=last_day))
    arranged(w)


def test_a_unit_report_is_covered_until_the_office_has_it(record: Record):
    plan_id = issued_plan(record)
    at(record, 2026, 10, 15)
    with working(record, "nhung") as w:
        owed = instances(record, plan_id, tier=1, year=2026)["QLKH"].id
        report_id = start_unit_report(w, instance_id=owed)
    fill_results(record, "nhung", report_id)
    record.step("nhung", report_id, "submit")
    record.step("khoi", report_id, "approve_content")
    assert [one.step.id for one in ahead(record, report_id).way] == ["accept"]
    away(record, "hung", first=date(2026, 10, 15), last=date(2026, 12, 15))
    stall = ahead(record, report_id).stall
    assert stall is not None
    assert stall.step.id == "accept"


PEOPLE = ("lan", "duc", "hung", "thu", "mai", "viet", "son", "van")
AWAY = st.tuples(st.integers(0, 12), st.integers(0, 25), st.sampled_from(("", *PEOPLE)))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    absences=st.dictionaries(st.sampled_from(PEOPLE), AWAY, max_size=6),
    drafter=st.sampled_from(("lan", "hung")),
    seen=st.data(),
)
def test_what_is_covered_can_be_walked_to_issue_and_where_it_stops_nobody_there_can_go_on(
    sqlite_record: Record, absences: dict[str, tuple[int, int, str]], drafter: str, seen: st.DataObject
):
    record = sqlite_record
    with some_away(record, absences):
        plan_id = record.draft(drafter)
        found = ahead(record, plan_id)
        if found.stall is None:
            assert walk(record, plan_id, found) == "issued"
            return
        walk(record, plan_id, found)
        day = seen.draw(st.sampled_from([found.stall.since, found.stall.until]))
        record.clock.now = max(record.clock.now, noon(day))
        directory, today = record.directory, record.clock.now.astimezone(VN).date()
        for login in PEOPLE:
            if directory.absence_of(directory.by_login[login].id, today) is None:
                for signer in (None, "mai", "viet", "son"):
                    with pytest.raises(WorkflowError):
                        record.step(login, plan_id, found.stall.step.id, paper_signed=True,
                                    signer_id=record.person(signer) if signer else None)  # fmt: skip


@contextmanager
def some_away(record: Record, absences: dict[str, tuple[int, int, str]]) -> Iterator[None]:
    """As the table holds them, whoever was named: also a substitute who is fit for nothing."""
    start = record.clock.now.astimezone(VN).date()
    directory = record.directory
    with working(record) as w:
        for login, (wait, days, substitute) in absences.items():
            person, first = directory.by_login[login], start + timedelta(days=wait)
            other = directory.by_login[substitute].id if substitute and substitute != login else None
            values = {"agency_id": person.agency_id, "person_id": person.id, "substitute_id": other,
                      "first_day": first, "last_day": first + timedelta(days=days), "reason": "thử",
                      "set_by": person.id, "set_at": w.now}  # fmt: skip
            w.db.execute(insert(Absence).values(**values))
        arranged(w)
    yield
    with working(record) as w:
        for item in w.directory.absences:
            if item.ended_on is None:
                over = {
                    "absence_id": item.id,
                    "ended_on": start,
                    "ended_by": item.person_id,
                    "ended_at": w.now,
                }
                w.db.execute(insert(AbsenceEnded).values(**over))
        arranged(w)


def test_the_page_asks_the_same_few_statements_for_one_document_and_for_twenty(record: Record):
    def statements() -> int:
        asked = []

        def note(conn, cursor, statement, *_: object) -> None:
            asked.append(statement)

        with looking(record, "hung") as w:
            event.listen(w.db, "before_cursor_execute", note)
            coverage(w)
            event.remove(w.db, "before_cursor_execute", note)
        return len(asked)

    first = record.draft()
    one = statements()
    for _ in range(19):
        record.draft("nhung", unit="QLKH")
    away(record, "khoi", last=TODAY + 6 * WEEK)
    assert one == statements() == 2
    with looking(record, "hung") as w:
        found = coverage(w)
    assert found.looked_at == 20
    assert len(found.threatened) == 19
    assert first not in [item.document.id for item in found.threatened]


def test_of_two_alike_the_one_whose_signature_was_given_goes_on(record: Record):
    first, second = record.draft(), record.draft()
    for plan_id in (first, second):
        record.bring_to(plan_id, "check_format")
    away(record, "mai", "son", last=TODAY + 3 * WEEK)
    away(record, "viet", last=TODAY + 3 * WEEK)
    with looking(record, "hung") as w:
        assert [item.document.id for item in coverage(w).threatened] == [first, second]
    with working(record, "viet") as w:
        grant_authority(w, agency_id=w.actor.agency_id, kind="KT", person_id=w.directory.by_login["son"].id,
                        base_document="Giấy giao ký số 7", valid_from=TODAY, valid_to=FRIDAY,
                        document_id=second)  # fmt: skip
    with looking(record, "hung") as w:
        assert [item.document.id for item in coverage(w).threatened] == [first]
    assert walk(record, second, ahead(record, second)) == "issued"


def test_only_the_office_and_the_head_of_the_agency_look(record: Record):
    for login in ("lan", "mai", "huy", "minh", "van"):
        with pytest.raises(NotYourStep), looking(record, login) as w:
            coverage(w)
    for login in ("hung", "viet"):
        with looking(record, login) as w:
            assert coverage(w).looked_at == 0


def test_the_tick_tells_the_office_once_of_each_stall(record: Record):
    plan_id = record.draft("nhung", unit="QLKH")
    record.step("nhung", plan_id, "submit")
    assert tick(record.engine).foreseen == 0
    away(record, "khoi", last=TODAY + 6 * WEEK)
    assert tick(record.engine).foreseen == 0  # looked at once a day
    for _ in range(2):
        record.clock.forward(days=1)
        assert tick(record.engine).foreseen == 1
        assert tick(record.engine).foreseen == 0
    with looking(record) as w:
        told = w.db.execute(Notice.__table__.select().where(Notice.kind == "stalls")).all()
    assert [(row.person_id, row.document_id) for row in told] == [(record.person("hung"), plan_id)]
    assert told[0].facts["step"] == "Duyệt nội dung"


def test_the_news_of_a_stall_is_over_once_somebody_took_the_step(record: Record):
    plan_id = record.draft("nhung", unit="QLKH")
    record.step("nhung", plan_id, "submit")
    away(record, "khoi", last=TODAY + 6 * WEEK)
    assert tick(record.engine).foreseen == 1
    record.step("khoi", plan_id, "approve_content")  # he is away, and does it all the same
    with looking(record) as w:
        told = w.db.execute(Notice.__table__.select().where(Notice.kind == "stalls")).one()
    assert told.read_at is not None


def notice(row: Any) -> Told:
    return Told(row.id, row.kind, row.document_id, row.instance_id, row.created_at, row.read_at, row.facts)


def stalls_told(record: Record) -> dict[str, Any]:
    """By login, what each was told of a stall."""
    with looking(record) as w:
        rows = w.db.execute(Notice.__table__.select().where(Notice.kind == "stalls")).all()
        return {w.directory.people[row.person_id].login: row for row in rows}


def sent_report(record: Record) -> int:
    """Of QLKH, in October, with the office."""
    plan_id = issued_plan(record)
    at(record, 2026, 10, 20)
    mine = instances(record, plan_id, tier=1, year=2026)["QLKH"].id
    with working(record, "nhung") as w:
        report_id = start_unit_report(w, instance_id=mine)
    fill_results(record, "nhung", report_id)
    record.step("nhung", report_id, "submit")
    record.step("khoi", report_id, "approve_content")
    return report_id


@pytest.mark.parametrize("definition_id", ["ke_hoach", "bao_cao_don_vi"])
def test_the_head_of_the_unit_is_told_of_a_draft_whose_drafter_has_left(record: Record, definition_id):
    if definition_id == "ke_hoach":
        document_id = record.draft("nhung", unit="QLKH")
    else:
        document_id = sent_report(record)
        record.step("hung", document_id, "return", note="Cần bổ sung số liệu cụ thể")
    with working(record) as w:
        ends(w, Holding, w.directory.by_login["nhung"].id, w.today)
    record.clock.forward(days=1)
    with looking(record, "khoi") as w:
        assert document_view(w, document_id).waits_for == ("Tạ Đình Khôi",)
    assert tick(record.engine).foreseen == 1
    told = stalls_told(record)
    assert set(told) == {"khoi", "hung"}
    assert told["khoi"].facts["drafter_gone"] == "Võ Hồng Nhung"
    line = line_of(notice(told["khoi"]), TODAY)
    assert line.path == f"/van-ban/{document_id}/nguoi-soan"
    assert "Giao người khác soạn" in line.text


def test_while_nobody_is_chanh_van_phong_the_director_and_the_administrator_are_told(record: Record):
    report_id = sent_report(record)
    with working(record) as w:
        ends(w, Holding, w.directory.by_login["hung"].id, w.today)
    record.clock.forward(days=1)
    assert tick(record.engine).foreseen == 1
    told = stalls_told(record)
    assert {"viet", "huy"} <= set(told)
    assert told["viet"].document_id == report_id
    assert told["huy"].document_id is None  # who seats people reads no draft
    assert any("Chánh Văn phòng" in post for post in told["huy"].facts["posts"])
    assert "Chức vụ đang khuyết" in line_of(notice(told["huy"]), TODAY).title
