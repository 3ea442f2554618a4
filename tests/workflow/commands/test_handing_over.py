"""Bàn giao: what an ended unit owes goes to its successor by an act that says so, and nothing else moves."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.record import Record, plan
from tests.workflow.acts import (
    at,
    fill_results,
    history,
    instances,
    issued_plan,
    looking,
    report_of_unit,
    row,
    set_agency,
    text,
    working,
)
from tests.workflow.commands.test_units import end, unit_of
from workflow.commands.extending import extend
from workflow.commands.handing_over import hand_over
from workflow.commands.reporting import start_report, start_unit_report
from workflow.commands.tick import tick
from workflow.content import Node
from workflow.content import Obligation as Duty
from workflow.errors import Invalid, NeedUnmet, NotFound, NotYourStep, Stale
from workflow.models import Instance, Notice, Obligation, Unit
from workflow.queries.reporting import may_begin, standings, standings_of_units
from workflow.queries.tallies import reports_awaited

BASIS = "QĐ 45/QĐ-UBND ngày 01/5/2026 về sáp nhập phòng"
AFTER = (2026, 7, 1)


def owing(record: Record, plan_id: int) -> dict[tuple[str, str], str | None]:
    """By unit and period of tier 1: whom it was handed over to."""
    heir = Unit.__table__.alias()
    with looking(record) as w:
        rows = w.db.execute(
            select(Unit.code, Instance.period, heir.c.code.label("heir"))
            .join(Unit, Unit.id == Instance.unit_id)
            .join(Obligation, Obligation.id == Instance.obligation_id)
            .outerjoin(heir, heir.c.id == Instance.handed_over_to)
            .where(Instance.document_id == plan_id, Obligation.tier == 1)
        ).all()
    return {(code, period): after for code, period, after in rows}


def give(record: Record, plan_id: int, login: str = "hung", *, code: str = "BCVT", **changes) -> int:
    how = {"seen_version": row(record, plan_id).version, "basis": BASIS} | changes
    with working(record, login) as w:
        return hand_over(w, plan_id=plan_id, unit_id=unit_of(record, code).id, **how)


def instance_id(record: Record, plan_id: int, code: str, period: str) -> int:
    with looking(record) as w:
        return w.db.scalars(
            select(Instance.id)
            .join(Unit, Unit.id == Instance.unit_id)
            .join(Obligation, Obligation.id == Instance.obligation_id)
            .where(Instance.document_id == plan_id, Unit.code == code, Instance.period == period)
        ).one()


def only_of_bcvt(record: Record) -> int:
    """A plan of which BCVT owes a report and CDS does not."""
    duty = Duty(
        from_="Phòng Bưu chính, Viễn thông", to="Văn phòng Sở", recurrence="yearly", due_month=12, due_day=1
    )
    section = Node(label="I", paragraphs=("Báo cáo.",), obligations=(duty,))
    return issued_plan(record, content=plan(sections=(section,)))


def test_a_later_day_that_was_agreed_goes_over_with_the_period(record: Record):
    plan_id = only_of_bcvt(record)
    at(record, 2026, 6, 1)
    with working(record, "hung") as w:
        extend(
            w,
            instance_id=instance_id(record, plan_id, "BCVT", "2026"),
            seen_version=row(record, plan_id).version,
            new_day=date(2026, 12, 20),
            reason="Chờ số liệu sau sáp nhập",
        )
    end(record)
    at(record, *AFTER)
    give(record, plan_id)
    with looking(record) as w:
        found = standings(w, Instance.id == instance_id(record, plan_id, "CDS", "2026"))
    assert [(item.extended_to, item.extended_reason) for item in found] == [
        (date(2026, 12, 20), "Chờ số liệu sau sáp nhập")
    ]


def test_every_open_period_goes_to_the_successor_with_its_days(record: Record):
    plan_id = issued_plan(record)
    end(record)
    at(record, *AFTER)
    before = owing(record, plan_id)
    periods = [period for code, period in before if code == "BCVT"]
    assert len(periods) == 2
    assert give(record, plan_id) == 2
    after = owing(record, plan_id)
    assert {after["BCVT", period] for period in periods} == {"CDS"}
    assert {after["CDS", period] for period in periods} == {None}
    assert len(after) == len(before)
    with looking(record, "hung") as w:
        assert "BCVT" not in {w.directory.units[item.unit_id].code for item in standings(w)}
    said = history(record, plan_id)[-1]
    assert said["action"] == "hand_over"
    assert said["facts"]["to_unit"] == unit_of(record, "CDS").name


def test_a_successor_that_owed_nothing_gets_rows_and_the_periods_to_come(record: Record):
    plan_id = only_of_bcvt(record)
    assert {code for code, _ in owing(record, plan_id)} == {"BCVT"}
    end(record)
    at(record, *AFTER)
    give(record, plan_id)
    assert {(code, period): heir for (code, period), heir in owing(record, plan_id).items()} == {
        ("BCVT", "2026"): "CDS", ("BCVT", "2027"): "CDS", ("CDS", "2026"): None, ("CDS", "2027"): None}  # fmt: skip
    at(record, 2027, 1, 4)
    tick(record.engine)
    later = owing(record, plan_id)
    assert ("CDS", "2028") in later
    assert ("BCVT", "2028") not in later
    at(record, 2027, 1, 4)
    with working(record, "quynh") as w:
        assert start_unit_report(w, instance_id=instance_id(record, plan_id, "CDS", "2026"))


def test_without_the_act_periods_go_on_for_the_ended_unit_so_that_nothing_is_dropped(sqlite_record: Record):
    plan_id = only_of_bcvt(sqlite_record)
    end(sqlite_record)
    at(sqlite_record, 2027, 1, 4)
    tick(sqlite_record.engine)
    assert owing(sqlite_record, plan_id)["BCVT", "2028"] is None


def test_what_was_sent_stays_with_the_unit_that_sent_it(record: Record):
    set_agency(record, report_opens_days=200)
    plan_id = issued_plan(record)
    at(record, 2026, 6, 1)
    report_id = report_of_unit(record, "BCVT", instance_id(record, plan_id, "BCVT", "2026"))
    assert row(record, report_id).state == "accepted"
    end(record)
    at(record, *AFTER)
    assert give(record, plan_id) == 1
    assert owing(record, plan_id)["BCVT", "2026"] is None
    assert owing(record, plan_id)["BCVT", "2027"] == "CDS"


def test_a_successor_is_not_asked_again_for_what_was_sent_before(sqlite_record: Record):
    record = sqlite_record
    set_agency(record, report_opens_days=200)
    plan_id = only_of_bcvt(record)
    at(record, 2026, 6, 1)
    report_of_unit(record, "BCVT", instance_id(record, plan_id, "BCVT", "2026"))
    end(record)
    at(record, *AFTER)
    assert give(record, plan_id) == 1
    at(record, 2027, 1, 4)
    tick(record.engine)
    assert sorted(owing(record, plan_id)) == [
        ("BCVT", "2026"), ("BCVT", "2027"), ("CDS", "2027"), ("CDS", "2028")]  # fmt: skip


@pytest.mark.parametrize("login", ["thu", "viet", "mai", "huy", "minh", "lan"])
def test_only_the_chanh_van_phong_hands_over(sqlite_record: Record, login):
    plan_id = issued_plan(sqlite_record)
    end(sqlite_record)
    at(sqlite_record, *AFTER)
    with pytest.raises(NotYourStep):
        give(sqlite_record, plan_id, login)


def test_what_is_not_to_be_handed_over_is_refused(sqlite_record: Record):
    record = sqlite_record
    plan_id = issued_plan(record)
    with pytest.raises(NeedUnmet, match="unit_ended"):
        give(record, plan_id)
    end(record, heir=None)
    at(record, *AFTER)
    with pytest.raises(NeedUnmet, match="successor_stands"):
        give(record, plan_id)
    with pytest.raises(Invalid):
        end(record, heir="CDS")


def test_it_is_handed_over_once_with_a_basis_from_the_present_page(sqlite_record: Record):
    record = sqlite_record
    plan_id = issued_plan(record)
    end(record)
    at(record, *AFTER)
    version = row(record, plan_id).version
    with pytest.raises(Invalid):
        give(record, plan_id, basis="vì thế")
    with pytest.raises(Stale):
        give(record, plan_id, seen_version=version - 1)
    with pytest.raises(NotFound), working(record, "hung") as w:
        hand_over(w, plan_id=0, unit_id=unit_of(record, "BCVT").id, seen_version=1, basis=BASIS)
    with pytest.raises(NotFound), working(record, "hung") as w:
        hand_over(w, plan_id=plan_id, unit_id=0, seen_version=version, basis=BASIS)
    give(record, plan_id)
    with pytest.raises(NeedUnmet, match="owes"):
        give(record, plan_id)


@pytest.mark.parametrize("upto", ["accepted", "submitted", "draft"])
def test_a_successor_that_has_begun_its_own_report_owes_another_for_what_it_took_over(record: Record, upto):
    plan_id = issued_plan(record)
    at(record, 2026, 10, 20)
    own = instance_id(record, plan_id, "CDS", "2026")
    if upto == "accepted":
        report_of_unit(record, "CDS", own)
    else:
        with working(record, "quynh") as w:
            report_id = start_unit_report(w, instance_id=own)
        if upto == "submitted":
            fill_results(record, "quynh", report_id)
            record.step("quynh", report_id, "submit")
            record.step("khanh", report_id, "approve_content")
    end(record, last_day=date(2026, 10, 31))
    at(record, 2026, 11, 2)
    assert give(record, plan_id) == 2
    after = owing(record, plan_id)
    assert after["BCVT", "2026"] is None  # still a period of its own
    assert after["BCVT", "2027"] == "CDS"
    assert history(record, plan_id)[-1]["facts"]["periods_apart"] == ["2026"]
    part = instance_id(record, plan_id, "BCVT", "2026")
    with looking(record, "quynh") as w:
        (item,) = [
            one for one in standings_of_units(w, {unit_of(record, "CDS").id}, 2026) if one.instance_id == part
        ]
        assert (item.heir, item.state, item.to_hand_over) == (
            unit_of(record, "CDS").name,
            "not_started",
            False,
        )
        assert may_begin(w.actor, item)
        waiting = {"accepted": 1, "submitted": 1, "draft": 2}[upto]
        assert reports_awaited(w, frozenset({unit_of(record, "CDS").id})).due == waiting
    with pytest.raises(NeedUnmet, match="owes"):
        give(record, plan_id)
    with pytest.raises(NotYourStep), working(record, "nhung") as w:
        start_unit_report(w, instance_id=part)
    report_of_heir(record, part)
    with looking(record, "hung") as w:
        assert [item.state for item in standings(w, Instance.id == part)] == ["accepted"]


def report_of_heir(record: Record, part: int) -> int:
    with working(record, "quynh") as w:
        report_id = start_unit_report(w, instance_id=part)
    assert row(record, report_id).unit_id == unit_of(record, "CDS").id
    written = text(record, report_id)
    assert f"phần nhận bàn giao của {unit_of(record, 'BCVT').name}" in written.subject
    assert {item.unit for item in written.results} == {unit_of(record, "BCVT").name}
    fill_results(record, "quynh", report_id)
    record.step("quynh", report_id, "submit")
    record.step("khanh", report_id, "approve_content")
    record.step("hung", report_id, "accept")
    return report_id


def test_the_office_names_the_unit_that_ended_until_its_successor_has_reported_for_it(record: Record):
    plan_id = issued_plan(record)
    at(record, 2026, 10, 20)
    report_of_unit(record, "CDS", instance_id(record, plan_id, "CDS", "2026"))
    end(record, last_day=date(2026, 10, 31))
    at(record, 2026, 11, 2)
    give(record, plan_id)
    final = instances(record, plan_id, tier=2, year=2026)["VP"].id
    with working(record, "lan") as w:
        first = start_report(w, instance_id=final)
    assert unit_of(record, "BCVT").name in {item.unit for item in text(record, first).missing_units}
    record.step("lan", first, "cancel", note="Lập lại khi đủ báo cáo")
    report_of_heir(record, instance_id(record, plan_id, "BCVT", "2026"))
    with working(record, "lan") as w:
        second = start_report(w, instance_id=final)
    assert unit_of(record, "BCVT").name not in {item.unit for item in text(record, second).missing_units}


def test_what_the_ended_unit_had_sent_and_must_be_mended_is_mended_by_its_successor(record: Record):
    plan_id = issued_plan(record)
    at(record, 2026, 10, 20)
    report_of_unit(record, "CDS", instance_id(record, plan_id, "CDS", "2026"))
    part = instance_id(record, plan_id, "BCVT", "2026")
    with working(record, "diep") as w:
        sent = start_unit_report(w, instance_id=part)
    fill_results(record, "diep", sent)
    record.step("diep", sent, "submit")
    record.step("phuoc", sent, "approve_content")
    end(record, last_day=date(2026, 10, 31))
    at(record, 2026, 11, 2)
    assert give(record, plan_id) == 1  # the year to come
    record.step("hung", sent, "return", note="Cần bổ sung số liệu cụ thể")
    with looking(record, "quynh") as w:
        (item,) = standings(w, Instance.id == part)
        assert may_begin(w.actor, item)
        assert not item.to_hand_over
    report_of_heir(record, part)


def test_the_successor_is_reminded_of_what_it_took_over(sqlite_record: Record):
    record = sqlite_record
    plan_id = issued_plan(record)
    at(record, 2026, 10, 20)
    report_of_unit(record, "CDS", instance_id(record, plan_id, "CDS", "2026"))
    end(record, last_day=date(2026, 10, 31))
    at(record, 2026, 11, 2)
    give(record, plan_id)
    tick(record.engine)
    part = instance_id(record, plan_id, "BCVT", "2026")
    with looking(record) as w:
        told = set(w.db.scalars(select(Notice.person_id).where(Notice.instance_id == part)))
        assert {w.directory.by_login[login].id for login in ("quynh", "khanh")} <= told
