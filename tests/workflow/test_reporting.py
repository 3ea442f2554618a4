"""The year of a plan: duties open at issue, units report, the office collects, the plan is reported and reopens."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

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
    open_steps,
    replace,
    report_of_unit,
    row,
    text,
    unseat,
    working,
)
from web.messages import fault_sentence
from workflow.commands.correcting_dates import correct_date
from workflow.commands.drafting import save_revision
from workflow.commands.ending import agree_to_end
from workflow.commands.reporting import accept_as_ad_hoc, resolve_date, start_report, start_unit_report, waive
from workflow.commands.tick import tick
from workflow.content import Missing, Node, Obligation, Task
from workflow.errors import Invalid, NeedUnmet, NotFound, NotYourStep, Stale, StepNotOpen
from workflow.models import Checkpoint, Delivery, Entry, Instance
from workflow.models import Obligation as Duty
from workflow.queries.reporting import may_begin, standing

BY_REFERENCE = Obligation(
    from_="Văn phòng Sở",
    to="Sở Nội vụ",
    recurrence="yearly",
    by_reference=True,
    raw="Theo hạn của Công văn số 9.",
)


def with_duty(*duties: Obligation):
    whole = plan()
    return plan(sections=(replace(whole.sections[0], obligations=(*whole.sections[0].obligations, *duties)),))


def office_report(record: Record, plan_id: int, *, year: int = 2026, login: str = "lan") -> int:
    [final] = instances(record, plan_id, tier=2, year=year).values()
    once_open(record, final.id)
    with working(record, login) as w:
        return start_report(w, instance_id=final.id, signer_id=record.person("mai"))


def name_missing(record: Record, report_id: int, reason: str = "đang kiện toàn tổ chức") -> None:
    content = text(record, report_id)
    missing = tuple(Missing(item.unit, reason) for item in content.missing_units)
    with working(record, "lan") as w:
        save_revision(
            w,
            document_id=report_id,
            seen_version=row(record, report_id).version,
            content=replace(content, missing_units=missing),
            signer_id=record.person("mai"),
        )


def send(record: Record, report_id: int) -> None:
    record.bring_to(report_id, "issue")


def waive_all_units(record: Record, plan_id: int, *, but: tuple[str, ...] = (), year: int = 2026) -> None:
    for unit, instance in instances(record, plan_id, tier=1, year=year).items():
        if unit not in but:
            with working(record, "hung") as w:
                waive(w, instance_id=instance.id, seen_version=row(record, plan_id).version, reason=REASON)


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


def refused_to_end(record: Record, plan_id: int) -> dict[str, Any]:
    """Why the Chánh Văn phòng may not end the plan now."""
    assert "close" not in open_steps(record, "hung", plan_id)
    with pytest.raises(NeedUnmet) as refused:
        record.step("hung", plan_id, "close", note=REASON)
    assert refused.value.need == "obligations_settled"
    return refused.value.facts


def waive_final(record: Record, plan_id: int, *, year: int = 2026) -> None:
    [final] = instances(record, plan_id, tier=2, year=year).values()
    with working(record, "viet") as w:
        waive(w, instance_id=final.id, seen_version=row(record, plan_id).version, reason=REASON)


def test_a_plan_is_closed_once_all_of_the_year_that_runs_is_settled(record: Record):
    """What is due this year bars the end before it opens; what opens only next year does not keep a plan for ever."""
    plan_id = issued_plan(record)
    at(record, 2026, 4, 21)
    facts = refused_to_end(record, plan_id)
    assert [(item["receiver"], item["period"], item["count"], item["last_on_time"]) for item in facts["owed"]] == [
        ("Văn phòng Sở", "2026", len(UNITS), "2026-11-09"),
        ("Sở Nội vụ", "2026", 1, "2026-11-14"),
    ]  # fmt: skip
    assert facts["open"] == 0
    at(record, 2026, 10, 20)
    assert refused_to_end(record, plan_id)["open"] == len(UNITS) + 1
    waive_all_units(record, plan_id)
    assert [item["count"] for item in refused_to_end(record, plan_id)["owed"]] == [1]
    send(record, office_report(record, plan_id))
    agree(record, plan_id)
    assert record.step("hung", plan_id, "close", note=REASON).state == "closed"
    at(record, 2027, 1, 1)
    tick(record.engine)
    assert row(record, plan_id).state == "closed"


def test_with_the_new_year_its_duties_bar_the_end_even_before_anything_has_noticed_it(record: Record):
    plan_id = issued_plan(record)
    waive_all_units(record, plan_id)
    waive_final(record, plan_id)
    assert row(record, plan_id).state == "reported"
    agree(record, plan_id)
    assert "close" in open_steps(record, "hung", plan_id)
    at(record, 2027, 1, 1, 0, 1)
    assert {item["year"] for item in refused_to_end(record, plan_id)["owed"]} == {2027}
    tick(record.engine)
    assert {item["year"] for item in refused_to_end(record, plan_id)["owed"]} == {2027}


def test_a_report_that_is_due_once_bars_the_end_in_whatever_year_it_is_due(record: Record):
    at(record, 2026, 7, 1)
    once = Obligation(from_="Văn phòng Sở", to="Sở Nội vụ", recurrence="once", due_month=3, due_day=1)
    plan_id = issued_plan(record, content=with_duty(once))
    waive_all_units(record, plan_id)
    waive_final(record, plan_id)
    assert [(item["period"], item["year"]) for item in refused_to_end(record, plan_id)["owed"]] == [
        ("once", 2027)
    ]


def test_a_duty_that_no_unit_owes_bars_the_end_until_the_office_decides(record: Record):
    nobody = Obligation(
        from_="Các tổ công tác", to="Văn phòng Sở", recurrence="yearly", due_month=12, due_day=1
    )
    plan_id = issued_plan(record, content=with_duty(nobody))
    waive_all_units(record, plan_id)
    waive_final(record, plan_id)
    facts = refused_to_end(record, plan_id)
    assert (facts["owed"], facts["unowed"], facts["needs_date"]) == ([], 1, 0)
    with looking(record) as w:
        duty_id = w.db.scalar(select(Duty.id).where(Duty.reporter == "Các tổ công tác"))
    with working(record, "hung") as w:
        accept_as_ad_hoc(w, obligation_id=duty_id, seen_version=row(record, plan_id).version, note=REASON)
    agree(record, plan_id)
    assert record.step("hung", plan_id, "close", note=REASON).state == "closed"


def test_no_plan_ends_over_a_report_of_the_agency_that_is_on_its_way(record: Record):
    """Even where its period was waived meanwhile: it would be signed and issued on a plan that is over."""
    plan_id = issued_plan(record)
    waive_all_units(record, plan_id)
    report_id = office_report(record, plan_id)
    waive_final(record, plan_id)
    facts = refused_to_end(record, plan_id)
    assert (facts["owed"], facts["under_way"]) == ([], 1)
    record.step("lan", report_id, "submit")
    assert refused_to_end(record, plan_id)["under_way"] == 1
    record.step("hung", report_id, "return", note=REASON)
    record.step("lan", report_id, "cancel", note=REASON)
    agree(record, plan_id)
    assert record.step("hung", plan_id, "close", note=REASON).state == "closed"


def test_a_plan_ends_only_with_the_word_of_its_signer_or_of_the_director(record: Record):
    plan_id = issued_plan(record)
    waive_all_units(record, plan_id)
    waive_final(record, plan_id)
    with pytest.raises(NeedUnmet) as refused:
        record.step("hung", plan_id, "close", note=REASON)
    assert (refused.value.need, refused.value.facts) == (
        "ending_agreed",
        {"could": [record.directory.by_login[login].name for login in ("mai", "viet")]},
    )
    for login in ("hung", "lan", "van", "son", "nhung", "huy"):
        with pytest.raises(NotYourStep):
            agree(record, plan_id, login)
    before = row(record, plan_id)
    agree(record, plan_id, "viet")
    said = history(record, plan_id)[-1]
    assert (said["action"], said["actor"]["name"]) == (
        "agree_to_end",
        record.directory.by_login["viet"].name,
    )
    assert row(record, plan_id).state == before.state
    with pytest.raises(NeedUnmet) as refused:
        agree(record, plan_id, "viet")
    assert refused.value.need == "not_agreed_yet"
    assert record.step("hung", plan_id, "close", note=REASON).state == "closed"
    with pytest.raises(StepNotOpen):
        agree(record, plan_id)


def test_agreeing_wants_a_reason_the_present_page_and_a_plan_that_runs(record: Record):
    draft_id = record.draft()
    with pytest.raises(StepNotOpen):
        agree(record, draft_id)
    plan_id = issued_plan(record)
    version = row(record, plan_id).version
    with pytest.raises(Invalid), working(record, "mai") as w:
        agree_to_end(w, plan_id=plan_id, seen_version=version, reason="xong")
    with pytest.raises(Stale), working(record, "mai") as w:
        agree_to_end(w, plan_id=plan_id, seen_version=version - 1, reason=REASON)
    with pytest.raises(NotFound), working(record, "an") as w:
        agree_to_end(w, plan_id=plan_id, seen_version=version, reason=REASON)


def test_nothing_is_reported_on_a_closed_plan(record: Record):
    plan_id = issued_plan(record)
    waive_all_units(record, plan_id)
    waive_final(record, plan_id)
    agree(record, plan_id)
    record.step("hung", plan_id, "close", note=REASON)
    instance = instances(record, plan_id, tier=1, year=2027)["QLKH"]
    with pytest.raises(StepNotOpen), working(record, "nhung") as w:
        start_unit_report(w, instance_id=instance.id)
    with pytest.raises(StepNotOpen), working(record, "hung") as w:
        waive(w, instance_id=instance.id, seen_version=row(record, plan_id).version, reason=REASON)


# What a person decides about a duty.


def test_waiving_the_last_duty_reports_the_plan_in_the_same_transaction(record: Record):
    plan_id = issued_plan(record)
    final = instances(record, plan_id, tier=2, year=2026)["VP"]
    with working(record, "viet") as w:
        waive(w, instance_id=final.id, seen_version=row(record, plan_id).version, reason=REASON)
    assert row(record, plan_id).state == "reported"
    waived, reported = history(record, plan_id)[-2:]
    assert (waived["action"], reported["action"]) == ("waive", "mark_reported")
    assert waived["facts"]["period"] == "2026"
    assert "caused_by" in reported


def test_what_is_settled_is_not_waived_and_what_is_waived_is_not_reported(record: Record):
    plan_id = issued_plan(record)
    instance = instances(record, plan_id, tier=1, year=2026)["QLKH"]

    def waive_it() -> None:
        with working(record, "hung") as w:
            waive(w, instance_id=instance.id, seen_version=row(record, plan_id).version, reason=REASON)

    waive_it()
    with pytest.raises(NeedUnmet) as refused:
        waive_it()
    assert refused.value.need == "instance_open"
    with pytest.raises(NeedUnmet), working(record, "nhung") as w:
        start_unit_report(w, instance_id=instance.id)


@pytest.mark.parametrize("login", ["lan", "thu", "khoi", "mai", "van", "huy", "minh"])
def test_only_the_director_or_the_chanh_van_phong_waives(record: Record, login):
    plan_id = issued_plan(record)
    instance = instances(record, plan_id, tier=1, year=2026)["QLKH"]
    with pytest.raises(NotYourStep), working(record, login) as w:
        waive(w, instance_id=instance.id, seen_version=row(record, plan_id).version, reason=REASON)


def test_what_was_sent_is_not_waived_until_the_unit_gives_it_up(record: Record):
    plan_id = issued_plan(record)
    instance = instances(record, plan_id, tier=1, year=2026)["QLKH"]

    def waive_it() -> None:
        with working(record, "hung") as w:
            waive(w, instance_id=instance.id, seen_version=row(record, plan_id).version, reason=REASON)

    once_open(record, instance.id)
    with working(record, "nhung") as w:
        report_id = start_unit_report(w, instance_id=instance.id)
    fill_results(record, "nhung", report_id)
    record.step("nhung", report_id, "submit")
    record.step("khoi", report_id, "approve_content")
    for step in ("return", ""):
        with pytest.raises(NeedUnmet) as refused:
            waive_it()
        assert refused.value.need == "not_sent"
        if step:
            record.step("hung", report_id, step, note=REASON)
    record.step("nhung", report_id, "cancel", note=REASON)
    waive_it()
    assert instances(record, plan_id, tier=1, year=2026)["QLKH"].waived_reason == REASON


def test_a_waiver_wants_a_reason_and_the_present_page(record: Record):
    plan_id = issued_plan(record)
    instance = instances(record, plan_id, tier=1, year=2026)["QLKH"]
    version = row(record, plan_id).version
    with pytest.raises(Invalid), working(record, "hung") as w:
        waive(w, instance_id=instance.id, seen_version=version, reason="vì thế")
    with pytest.raises(Stale), working(record, "hung") as w:
        waive(w, instance_id=instance.id, seen_version=version - 1, reason=REASON)
    with pytest.raises(NotFound), working(record, "hung") as w:
        waive(w, instance_id=0, seen_version=version, reason=REASON)
    with pytest.raises(NotFound), working(record, "an") as w:
        waive(w, instance_id=instance.id, seen_version=version, reason=REASON)


def undated(record: Record) -> tuple[int, int]:
    plan_id = issued_plan(record, content=with_duty(BY_REFERENCE))
    with looking(record) as w:
        duty_id = w.db.scalar(select(Duty.id).where(Duty.status == "needs_date"))
    return plan_id, duty_id


def test_a_date_that_is_only_referred_to_waits_and_blocks_the_year(record: Record):
    plan_id, duty_id = undated(record)
    waive_all_units(record, plan_id)
    send(record, office_report(record, plan_id))
    assert row(record, plan_id).state == "issued"
    with working(record, "hung") as w:
        accept_as_ad_hoc(w, obligation_id=duty_id, seen_version=row(record, plan_id).version, note=REASON)
    assert row(record, plan_id).state == "reported"


def test_a_resolved_date_opens_its_periods_with_the_document_it_stands_in(record: Record):
    plan_id, duty_id = undated(record)
    with working(record, "hung") as w:
        resolve_date(w, obligation_id=duty_id, seen_version=row(record, plan_id).version, due_month=12, due_day=5,
                     inclusive=True, source="Công văn số 9/UBND-NC ngày 02/02/2026")  # fmt: skip
    with looking(record) as w:
        mine = w.db.execute(select(Instance.__table__).where(Instance.obligation_id == duty_id)).all()
        duty = w.db.execute(select(Duty.__table__).where(Duty.id == duty_id)).one()
    assert [item.last_on_time for item in mine] == [date(2026, 12, 5), date(2027, 12, 5)]
    assert (duty.status, duty.resolved_by_document) == ("active", "Công văn số 9/UBND-NC ngày 02/02/2026")
    assert history(record, plan_id)[-1]["facts"]["due"] == "05/12"


def test_a_plan_without_any_date_begins_its_years_when_one_is_resolved(record: Record):
    whole = Node(label="I", paragraphs=("x",), obligations=(BY_REFERENCE,))
    plan_id = issued_plan(record, content=plan(sections=(whole,)))
    assert row(record, plan_id).report_year is None
    with looking(record) as w:
        duty_id = w.db.scalar(select(Duty.id))
    with working(record, "hung") as w:
        resolve_date(w, obligation_id=duty_id, seen_version=row(record, plan_id).version, due_month=3, due_day=5,
                     inclusive=False, source="Công văn số 9")  # fmt: skip
    assert row(record, plan_id).report_year == 2027


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"due_month": 13}, "due_month"),
        ({"due_month": 0}, "due_month"),
        ({"due_month": 2, "due_day": 29}, "due_day"),
        ({"due_month": 6, "due_day": 31}, "due_day"),
        ({"due_day": 0}, "due_day"),
        ({"source": "  "}, "source"),
    ],
)
def test_a_date_that_is_none_is_refused(record: Record, changes, place):
    plan_id, duty_id = undated(record)
    how = {"due_month": 12, "due_day": 5, "inclusive": True, "source": "Công văn số 9"} | changes
    with pytest.raises(Invalid) as refused, working(record, "hung") as w:
        resolve_date(w, obligation_id=duty_id, seen_version=row(record, plan_id).version, **how)
    assert [fault.place for fault in refused.value.faults] == [place]


def test_a_duty_is_dated_once_by_the_chanh_van_phong_on_the_present_page(record: Record):
    plan_id, duty_id = undated(record)
    version = row(record, plan_id).version
    how = {"obligation_id": duty_id, "note": REASON}
    for login, error in (("viet", NotYourStep), ("lan", NotYourStep), ("an", NotFound)):
        with pytest.raises(error), working(record, login) as w:
            accept_as_ad_hoc(w, seen_version=version, **how)
    with pytest.raises(Stale), working(record, "hung") as w:
        accept_as_ad_hoc(w, seen_version=version - 1, **how)
    with pytest.raises(Invalid), working(record, "hung") as w:
        accept_as_ad_hoc(w, obligation_id=duty_id, seen_version=version, note="thôi")
    with working(record, "hung") as w:
        accept_as_ad_hoc(w, seen_version=version, **how)
    with pytest.raises(NeedUnmet), working(record, "hung") as w:
        accept_as_ad_hoc(w, seen_version=row(record, plan_id).version, **how)
    with pytest.raises(NotFound), working(record, "hung") as w:
        accept_as_ad_hoc(w, obligation_id=0, seen_version=version, note=REASON)


def test_an_ad_hoc_duty_has_no_calendar_and_keeps_nothing_open(record: Record):
    duty = Obligation(
        from_="Các phòng, đơn vị thuộc Sở", to="Văn phòng Sở", recurrence="ad_hoc", raw="hoặc đột xuất"
    )
    plan_id = issued_plan(record, content=with_duty(duty))
    with looking(record) as w:
        status = list(w.db.scalars(select(Duty.status).where(Duty.document_id == plan_id).order_by(Duty.id)))
    assert status == ["active", "active", "ad_hoc"]
    final = instances(record, plan_id, tier=2, year=2026)["VP"]
    with working(record, "hung") as w:
        waive(w, instance_id=final.id, seen_version=row(record, plan_id).version, reason=REASON)
    assert row(record, plan_id).state == "reported"


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


@pytest.mark.parametrize(("month", "day", "inclusive"), [(12, 1, False), (11, 15, False), (11, 14, True)])
def test_units_are_due_before_the_report_that_is_made_of_theirs(record: Record, month, day, inclusive):
    lower = Obligation(from_="Các phòng, đơn vị thuộc Sở", to="Văn phòng Sở", recurrence="unspecified",
                       by_reference=True, raw="Theo Công văn 339.")  # fmt: skip
    upper = Obligation(from_="Văn phòng Sở", to="Sở Nội vụ", recurrence="yearly", due_month=11, due_day=15,
                       raw="Trước ngày 15/11 hằng năm.")  # fmt: skip
    section = Node(label="I", paragraphs=("x",), obligations=(lower, upper))
    plan_id = issued_plan(record, content=plan(sections=(section,)))
    with looking(record) as w:
        duty_id = w.db.scalar(select(Duty.id).where(Duty.status == "needs_date"))
    how = {
        "obligation_id": duty_id,
        "seen_version": row(record, plan_id).version,
        "source": "Công văn số 339/UBND-NC",
    }
    with pytest.raises(Invalid) as refused, working(record, "hung") as w:
        resolve_date(w, due_month=month, due_day=day, inclusive=inclusive, **how)
    [fault] = refused.value.faults
    theirs = f"Hạn Các phòng, đơn vị thuộc Sở gửi Văn phòng Sở ({day:02d}/{month:02d})"
    said = f"{theirs} phải trước hạn Văn phòng Sở gửi Sở Nội vụ (15/11)"
    assert (fault.place, fault_sentence(fault)) == ("due_day", said)
    with working(record, "hung") as w:
        resolve_date(w, due_month=11, due_day=10, inclusive=True, **how)


def test_a_day_that_was_found_wrong_is_corrected_with_a_reason_while_nobody_reported_by_it(record: Record):
    plan_id, duty_id = undated(record)
    how = {"obligation_id": duty_id, "inclusive": True, "source": "Công văn số 9"}

    def give(act, login="hung", **more):
        with working(record, login) as w:
            act(w, seen_version=row(record, plan_id).version, **(how | more))

    with pytest.raises(NeedUnmet, match="date_may_change"):
        give(correct_date, due_month=12, due_day=10, reason=REASON)
    give(resolve_date, due_month=12, due_day=5)
    with pytest.raises(Invalid):
        give(correct_date, due_month=12, due_day=10, reason="vội")
    with pytest.raises(Invalid, match="drops_period"):
        give(correct_date, due_month=1, due_day=5, reason=REASON)
    with pytest.raises(NotYourStep):
        give(correct_date, "viet", due_month=12, due_day=10, reason=REASON)
    give(correct_date, due_month=12, due_day=10, reason=REASON)
    mine = (Instance.obligation_id == duty_id,)
    with looking(record) as w:
        days = w.db.scalars(select(Instance.last_on_time).where(*mine).order_by(Instance.year)).all()
        opens = w.db.scalars(select(Instance.opens_on).where(*mine).order_by(Instance.year)).first()
        first = w.db.scalar(select(Instance.id).where(*mine, Instance.year == 2026))
    assert days == [date(2026, 12, 10), date(2027, 12, 10)]
    assert opens == date(2026, 11, 10)
    found, corrected = history(record, plan_id)[-2:]
    assert (found["facts"]["due"], corrected["facts"]["due_before"], corrected["facts"]["due"]) == (
        "05/12", "05/12", "10/12")  # fmt: skip
    with working(record) as w:
        w.db.execute(
            update(Instance).where(Instance.id == first).values(fulfilled_at=w.now, stands="fulfilled")
        )
    with pytest.raises(NeedUnmet, match="date_may_change"):
        give(correct_date, due_month=12, due_day=11, reason=REASON)
