"""The year of a plan: duties open at issue, units report, the office collects, the plan is reported and reopens."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.record import Record, plan
from tests.workflow.acts import (
    REASON,
    REPORTERS,
    UNITS,
    agree,
    at,
    count,
    fill_results,
    history,
    instances,
    issued_plan,
    looking,
    once_open,
    replace,
    report_of_unit,
    row,
    text,
    unseat,
    working,
)
from tests.workflow.reporting_year import (
    name_missing,
    office_report,
    send,
    waive_all_units,
)
from workflow.commands.reporting import start_report, start_unit_report
from workflow.commands.tick import tick
from workflow.content import Node, Obligation, Task
from workflow.errors import NeedUnmet, NotFound, NotYourStep, StepNotOpen
from workflow.models import Checkpoint, Delivery, Entry, Instance
from workflow.models import Obligation as Duty
from workflow.queries.reporting import may_begin, standing

# At issue.


def test_issue_expands_the_group_without_the_unit_that_collects_and_keeps_the_snapshot(record: Record):
    plan_id = issued_plan(record)
    assert set(instances(record, plan_id, tier=1, year=2026)) == set(UNITS)
    assert set(instances(record, plan_id, tier=2, year=2026)) == {"VP"}
    with looking(record) as w:
        sent = w.db.execute(
            select(Delivery.name, Delivery.purpose, Delivery.unit_id).order_by(Delivery.id)
        ).all()
    assert sent[0] == ("Sở Nội vụ", "to_report", None)
    assert len(sent) == 1 + len(UNITS)
    assert history(record, plan_id)[-1]["facts"]["recipients"] == [item.name for item in sent]


def test_truoc_ngay_means_the_day_before_and_the_first_year_is_the_year_of_issue(record: Record):
    plan_id = issued_plan(record)
    lower = instances(record, plan_id, tier=1, year=2026)["QLKH"]
    upper = instances(record, plan_id, tier=2, year=2026)["VP"]
    assert (lower.last_on_time, upper.last_on_time) == (date(2026, 11, 9), date(2026, 11, 14))
    assert lower.opens_on == date(2026, 10, 10)
    assert (lower.data_from, lower.data_to) == (date(2025, 12, 15), date(2026, 12, 14))
    assert row(record, plan_id).report_year == 2026


def test_issued_after_its_deadline_the_first_year_is_the_next(record: Record):
    at(record, 2026, 11, 20)
    plan_id = issued_plan(record)
    assert row(record, plan_id).report_year == 2027
    assert instances(record, plan_id, tier=2, year=2026) == {}


def test_the_units_duty_feeds_the_agencys(record: Record):
    plan_id = issued_plan(record)
    with looking(record) as w:
        lower, upper = w.db.execute(
            select(Duty.tier, Duty.id, Duty.feeds_id).where(Duty.document_id == plan_id).order_by(Duty.id)
        ).all()
    assert (lower.tier, upper.tier, lower.feeds_id) == (1, 2, upper.id)


def test_a_unit_that_was_wound_up_reports_through_its_successor(record: Record):
    duty = Obligation(from_="Thanh tra Sở", to="Văn phòng Sở", recurrence="yearly", due_month=12, due_day=1)
    plan_id = issued_plan(
        record, content=plan(sections=(Node(label="I", paragraphs=("x",), obligations=(duty,)),))
    )
    assert set(instances(record, plan_id, tier=1, year=2026)) == {"KHTC"}


# A unit's report.


def test_a_units_report_has_a_row_for_each_task_it_leads(record: Record):
    tasks = (
        Node(label="1", title="Tập huấn", task=Task(leads=("Phòng Quản lý khoa học",))),
        Node(label="2", title="Hội nghị", task=Task(leads=("Văn phòng Sở",))),
        Node(label="3", paragraphs=("Rà soát quy chế:",), task=Task(leads=("Các phòng, đơn vị thuộc Sở",))),
    )
    whole = plan()
    plan_id = issued_plan(record, content=plan(sections=(*whole.sections, Node(label="II", children=tasks))))
    instance = instances(record, plan_id, tier=1, year=2026)["QLKH"]
    once_open(record, instance.id)
    with working(record, "nhung") as w:
        report_id = start_unit_report(w, instance_id=instance.id)
    content = text(record, report_id)
    assert [(item.ref, item.task, item.unit) for item in content.results] == [
        ("II.1", "Tập huấn", "Phòng Quản lý khoa học"),
        ("II.3", "Rà soát quy chế", "Phòng Quản lý khoa học"),
    ]
    assert content.subject == "Kết quả thực hiện Kế hoạch số 01/KH-SKHCN năm 2026"
    assert (content.parent_reference, content.symbol) == ("01/KH-SKHCN", "")


def test_a_units_report_goes_to_its_head_and_then_to_the_office(record: Record):
    plan_id = issued_plan(record)
    instance = instances(record, plan_id, tier=1, year=2026)["QLKH"]
    once_open(record, instance.id)
    with working(record, "nhung") as w:
        report_id = start_unit_report(w, instance_id=instance.id)
    with pytest.raises(NeedUnmet) as refused:
        record.step("nhung", report_id, "submit")
    assert refused.value.need == "results_complete"
    fill_results(
        record, "nhung", report_id, status="not_started", result="", reason="Chưa được giao kinh phí"
    )
    record.step("nhung", report_id, "submit")
    record.step("khoi", report_id, "approve_content")
    assert record.step("hung", report_id, "return", note=REASON).state == "returned"
    record.step("nhung", report_id, "submit")
    record.step("khoi", report_id, "approve_content")
    assert record.step("hung", report_id, "accept").state == "accepted"
    assert row(record, report_id).reference_no is None


def test_who_made_or_approved_a_units_report_does_not_accept_it(record: Record):
    plan_id = issued_plan(record)
    instance = instances(record, plan_id, tier=1, year=2026)["QLKH"]
    once_open(record, instance.id)
    with working(record, "nhung") as w:
        report_id = start_unit_report(w, instance_id=instance.id)
    fill_results(record, "nhung", report_id)
    record.step("nhung", report_id, "submit")
    for login in ("nhung", "thu", "lan", "viet", "huy"):
        with pytest.raises((NotYourStep, StepNotOpen, NotFound)):
            record.step(login, report_id, "approve_content")
    record.step("khoi", report_id, "approve_content")
    for login in ("nhung", "khoi", "thu", "mai", "huy"):
        with pytest.raises((NotYourStep, NotFound)):
            record.step(login, report_id, "accept")


@pytest.mark.parametrize("login", ["khanh", "linh", "viet", "huy", "minh", "chau"])
def test_only_the_unit_itself_opens_its_report(record: Record, login):
    plan_id = issued_plan(record)
    instance = instances(record, plan_id, tier=1, year=2026)["QLKH"]
    with pytest.raises((NotYourStep, NotFound)), working(record, login) as w:
        start_unit_report(w, instance_id=instance.id)


@pytest.mark.parametrize(("tier", "unit", "login"), [(1, "QLKH", "nhung"), (2, "VP", "lan")])
def test_no_report_is_begun_before_its_period_opens(record: Record, tier, unit, login):
    """The days before it opens belong to what the report is to tell; next year's period is not open either."""
    plan_id = issued_plan(record)
    start = start_unit_report if tier == 1 else start_report
    for year in (2026, 2027):
        instance = instances(record, plan_id, tier=tier, year=year)[unit]
        eve = instance.opens_on - timedelta(days=1)
        at(record, eve.year, eve.month, eve.day, 23, 59)
        with looking(record, login) as w:
            assert not may_begin(w.actor, standing(w, instance.id))
        with pytest.raises(NeedUnmet) as refused, working(record, login) as w:
            start(w, instance_id=instance.id)
        assert refused.value.need == "period_opened"
        assert refused.value.facts == {"opens": instance.opens_on.isoformat()}
        once_open(record, instance.id)
        with looking(record, login) as w:
            assert may_begin(w.actor, standing(w, instance.id))
        with working(record, login) as w:
            assert start(w, instance_id=instance.id)


def test_one_instance_has_one_report_until_that_is_given_up(record: Record):
    plan_id = issued_plan(record)
    instance = instances(record, plan_id, tier=1, year=2026)["QLKH"]
    once_open(record, instance.id)
    with working(record, "nhung") as w:
        first = start_unit_report(w, instance_id=instance.id)
    with pytest.raises(NeedUnmet) as refused, working(record, "khoi") as w:
        start_unit_report(w, instance_id=instance.id)
    assert refused.value.facts == {"report": first}
    record.step("nhung", first, "cancel", note=REASON)
    with working(record, "khoi") as w:
        assert start_unit_report(w, instance_id=instance.id) != first


def test_each_tier_is_reported_in_its_own_way(record: Record):
    plan_id = issued_plan(record)
    lower = instances(record, plan_id, tier=1, year=2026)["QLKH"]
    upper = instances(record, plan_id, tier=2, year=2026)["VP"]
    with pytest.raises(NotFound), working(record, "nhung") as w:
        start_report(w, instance_id=lower.id)
    with pytest.raises(NotFound), working(record, "lan") as w:
        start_unit_report(w, instance_id=upper.id)
    with pytest.raises(NotFound), working(record, "lan") as w:
        start_report(w, instance_id=0)


# The office's report.


def test_the_first_draft_is_written_from_what_came_in_and_names_who_did_not_send(record: Record):
    plan_id = issued_plan(record)
    report_of_unit(record, "QLKH", instances(record, plan_id, tier=1, year=2026)["QLKH"].id)
    waive_all_units(record, plan_id, but=("QLKH", "CDS"))
    at(record, 2026, 11, 3)
    content = text(record, office_report(record, plan_id))
    assert [item.unit for item in content.missing_units] == ["Phòng Chuyển đổi số"]
    assert [item.unit for item in content.results] == ["Phòng Quản lý khoa học"]
    assert content.addressees == ("Sở Nội vụ",)
    assert "1/2 đơn vị" in content.sections[0].paragraphs[0]
    assert "1 hoàn thành" in content.sections[0].paragraphs[0]
    assert "số liệu từ ngày 15/12/2025 đến ngày 03/11/2026" in content.opening[0]
    assert [item.name for item in content.recipients] == ["Sở Nội vụ", "Ban Giám đốc"]


def test_the_leaders_are_called_as_the_agency_calls_them(record: Record):
    duty = Obligation(from_="Văn phòng", to="Sở Nội vụ", recurrence="yearly", due_month=12, due_day=1)
    with looking(record) as w:
        agency = w.directory.agency_by_code["van_phong_ubnd"]
        [office] = [unit for unit in w.directory.units_of(agency.id) if unit.code == agency.aggregator]
        drafter = w.directory.holders(
            w.directory.posts_with(agency.id, "drafter", unit_id=office.id), w.today
        )[0]
    content = plan(
        field="hanh_chinh_to_chuc", sections=(Node(label="I", paragraphs=("x",), obligations=(duty,)),)
    )
    plan_id = record.draft(
        drafter.login, unit=office.code, agency=agency.code, signer="chau", content=content
    )
    with looking(record) as w:
        heads = w.directory.holders(
            w.directory.posts_with(agency.id, "dept_head", unit_id=office.id), w.today
        )
        checkers = w.directory.holders(w.directory.posts_with(agency.id, "format_checker"), w.today)
        clerk = w.directory.holders(w.directory.posts_with(agency.id, "clerk"), w.today)[0]
    record.step(drafter.login, plan_id, "submit")
    record.step(heads[0].login, plan_id, "approve_content")
    checker = next(item for item in checkers if item.login not in (heads[0].login, drafter.login))
    record.step(checker.login, plan_id, "check_format")
    record.step("chau", plan_id, "sign")
    for step in ("assign_number", "seal", "issue"):
        record.step(clerk.login, plan_id, step, paper_signed=True)
    [final] = instances(record, plan_id, tier=2, year=2026).values()
    once_open(record, final.id)
    with working(record, drafter.login) as w:
        report_id = start_report(w, instance_id=final.id)
    assert [item.name for item in text(record, report_id).recipients] == ["Sở Nội vụ", "Lãnh đạo Văn phòng"]


def test_the_report_does_not_go_on_before_every_unit_is_accounted_for(record: Record):
    plan_id = issued_plan(record)
    report_id = office_report(record, plan_id)
    with pytest.raises(NeedUnmet) as refused:
        record.step("lan", report_id, "submit")
    assert refused.value.need == "units_accounted_for"
    assert len(refused.value.facts["units"]) == len(UNITS)
    name_missing(record, report_id, reason=" ")
    with pytest.raises(NeedUnmet):
        record.step("lan", report_id, "submit")
    name_missing(record, report_id)
    assert record.step("lan", report_id, "submit").state == "dept_review"


def test_an_accepted_report_or_a_waiver_accounts_for_a_unit(record: Record):
    plan_id = issued_plan(record)
    report_of_unit(record, "QLKH", instances(record, plan_id, tier=1, year=2026)["QLKH"].id)
    waive_all_units(record, plan_id, but=("QLKH",))
    report_id = office_report(record, plan_id)
    assert text(record, report_id).missing_units == ()
    assert record.step("lan", report_id, "submit").state == "dept_review"


def test_the_year_goes_round(record: Record):
    """Issue, unit reports, acceptance, the office's report, the plan reported with it, and 1 January."""
    plan_id = issued_plan(record)
    at(record, 2026, 11, 3)
    lower = instances(record, plan_id, tier=1, year=2026)
    for unit in ("QLKH", "CDS"):
        report_of_unit(record, unit, lower[unit].id)
    waive_all_units(record, plan_id, but=("QLKH", "CDS"))
    report_id = office_report(record, plan_id)
    send(record, report_id)
    after = row(record, plan_id)
    assert (after.state, after.report_year) == ("reported", 2026)

    cause, effect = history(record, report_id)[-1], history(record, plan_id)[-1]
    assert effect["actor"] == {"name": "hệ thống", "rule": "mark_reported"}
    assert effect["at"] == cause["at"]
    with looking(record) as w:
        issue_hash = w.db.scalar(
            select(Entry.hash).where(Entry.document_id == report_id).order_by(Entry.id.desc())
        )
        final = w.db.execute(
            select(Instance.__table__).where(Instance.unit_id == row(record, plan_id).unit_id)
        ).first()
    assert effect["caused_by"] == issue_hash.hex()
    assert final.fulfilled_reference == "01/BC-SKHCN"
    assert cause["facts"]["fulfils"] == [final.id]

    at(record, 2026, 12, 31, 23, 59)
    assert tick(record.engine).reopened == ()
    at(record, 2027, 1, 1, 0, 0)
    assert record.clock.now.year == 2026
    assert tick(record.engine).reopened == (plan_id,)
    assert (row(record, plan_id).state, row(record, plan_id).report_year) == ("issued", 2027)
    assert set(instances(record, plan_id, tier=1, year=2027)) == set(UNITS)
    assert set(instances(record, plan_id, tier=1, year=2028)) == set(UNITS)
    assert history(record, plan_id)[-1]["actor"] == {"name": "hệ thống", "rule": "open_period"}


def test_two_ticks_in_a_row_do_nothing(record: Record):
    plan_id = issued_plan(record)
    at(record, 2027, 1, 1)
    tick(record.engine)
    before = (count(record, Entry), count(record, Instance), count(record, Checkpoint), row(record, plan_id))
    again = tick(record.engine)
    assert (again.reopened, again.reported, again.periods, again.keys_forgotten) == ((), (), 0, 0)
    assert (
        count(record, Entry),
        count(record, Instance),
        count(record, Checkpoint),
        row(record, plan_id),
    ) == before


def test_keys_are_forgotten_after_thirty_days(record: Record):
    plan_id = record.draft()
    record.step("lan", plan_id, "submit", key="k1")
    record.clock.forward(days=30)
    assert tick(record.engine).keys_forgotten == 0
    record.clock.forward(seconds=1)
    assert tick(record.engine).keys_forgotten == 1


def test_the_system_is_refused_while_the_year_is_open(record: Record):
    plan_id = issued_plan(record)
    assert tick(record.engine).reported == ()
    assert row(record, plan_id).state == "issued"


def test_a_plan_with_nothing_due_next_year_is_not_reopened(record: Record):
    once = Obligation(from_="Văn phòng Sở", to="Sở Nội vụ", recurrence="once", due_month=12, due_day=1)
    plan_id = issued_plan(
        record, content=plan(sections=(Node(label="I", paragraphs=("x",), obligations=(once,)),))
    )
    send(record, office_report(record, plan_id))
    assert row(record, plan_id).state == "reported"
    at(record, 2027, 1, 1)
    assert tick(record.engine).reopened == ()
    assert row(record, plan_id).state == "reported"
    agree(record, plan_id)
    assert record.step("hung", plan_id, "close", note=REASON).state == "closed"


def test_a_reporter_who_left_is_followed_by_whoever_sits_in_the_unit(record: Record):
    plan_id = issued_plan(record)
    instance = instances(record, plan_id, tier=1, year=2026)["QLKH"]
    reporter, head = REPORTERS["QLKH"]
    unseat(record, reporter, last_day=date(2026, 4, 19))
    once_open(record, instance.id)
    with pytest.raises((NotYourStep, NotFound)), working(record, reporter) as w:
        start_unit_report(w, instance_id=instance.id)
    with working(record, head) as w:
        report_id = start_unit_report(w, instance_id=instance.id)
    fill_results(record, head, report_id)
    assert record.step(head, report_id, "submit_own").state == "submitted"
    assert record.step("hung", report_id, "accept").state == "accepted"


def test_quarters_come_one_by_one_and_the_year_waits_for_all(record: Record):
    duty = Obligation(
        from_="Văn phòng Sở", to="Sở Nội vụ", recurrence="quarterly", due_day=20, inclusive=True
    )
    dated = replace(duty, due_month=(3, 6, 9, 12))
    plan_id = issued_plan(
        record, content=plan(sections=(Node(label="I", paragraphs=("x",), obligations=(dated,)),))
    )
    with looking(record) as w:
        found = w.db.execute(
            select(Instance.id, Instance.period, Instance.last_on_time)
            .where(Instance.document_id == plan_id, Instance.year == 2026)
            .order_by(Instance.last_on_time)
        ).all()
    assert [item.last_on_time for item in found] == [date(2026, 6, 20), date(2026, 9, 20), date(2026, 12, 20)]
    for instance in found:
        assert row(record, plan_id).state == "issued"
        once_open(record, instance.id)
        with working(record, "lan") as w:
            report_id = start_report(w, instance_id=instance.id, signer_id=record.person("mai"))
        send(record, report_id)
    assert row(record, plan_id).state == "reported"


def test_the_same_key_begins_one_report_and_another_key_is_told_of_it(record: Record):
    plan_id = issued_plan(record)
    at(record, 2026, 10, 20)
    mine = instances(record, plan_id, tier=1, year=2026)["QLKH"].id
    office = instances(record, plan_id, tier=2, year=2026)["VP"].id
    for login, begin, instance_id in (("nhung", start_unit_report, mine), ("lan", start_report, office)):
        made = set()
        for _ in range(2):
            with working(record, login) as w:
                made.add(begin(w, instance_id=instance_id, key="một lần bấm"))
        assert len(made) == 1
        with pytest.raises(NeedUnmet, match="not_reported_yet"), working(record, login) as w:
            begin(w, instance_id=instance_id, key="lần khác")
