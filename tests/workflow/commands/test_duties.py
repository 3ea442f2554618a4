"""What a person decides about a duty: it is waived, given its day, put right, or answered when asked for."""

from datetime import date

import pytest
from sqlalchemy import select, update

from tests.record import Record, plan
from tests.workflow.acts import (
    REASON,
    fill_results,
    history,
    instances,
    issued_plan,
    looking,
    once_open,
    row,
    working,
)
from tests.workflow.reporting_year import (
    BY_REFERENCE,
    office_report,
    send,
    undated,
    waive_all_units,
    with_duty,
)
from web.messages import fault_sentence
from workflow.commands.correcting_dates import correct_date
from workflow.commands.reporting import accept_as_ad_hoc, resolve_date, start_unit_report, waive
from workflow.content import Node, Obligation
from workflow.errors import Invalid, NeedUnmet, NotFound, NotYourStep, Stale
from workflow.models import Instance
from workflow.models import Obligation as Duty


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
