"""What the database counts is what looking at each report says; on both databases."""

from collections import Counter
from datetime import UTC, datetime
from importlib import import_module

import pytest
from sqlalchemy import update

from tests.record import Record, plan
from tests.web.reporting.conftest import OCTOBER, Year
from workflow.commands.reporting import waive
from workflow.commands.tick import tick
from workflow.content import Node
from workflow.content import Obligation as Duty
from workflow.engine import Identity
from workflow.models import Instance
from workflow.queries.duties import plan_years, with_laggards, with_units
from workflow.queries.overview_due import milestones, unit_records
from workflow.queries.overview_scope import scope_of
from workflow.queries.plan_duties import duties_active
from workflow.queries.reporting import standings
from workflow.queries.tallies import Awaited, reports_awaited, tallies, units_owing, year_awaited
from workflow.rules import RULES
from workflow.verification import verify

OVER = datetime(2026, 11, 9, 17, 0, tzinfo=UTC)
"""00:00 in Việt Nam of the first day that is late."""


@pytest.fixture
def year(record: Record) -> Year:
    """By then every way to stand has its unit; another was cancelled and begun again, another cancelled for good."""
    made = Year(record)
    record.clock.now = OCTOBER
    accepted, returned = made.send("QLKH"), made.send("CDS")
    made.send("QLCN")
    record.step("hung", accepted, "accept")
    record.step("hung", returned, "return", note="Bổ sung số liệu quý IV")
    made.begin("TDC")
    for unit, login in (("KHTC", "ha"), ("TTNC", "oanh")):
        record.step(login, made.begin(unit), "cancel", note="Lập nhầm kỳ báo cáo")
    record.step("oanh", made.begin("TTNC"), "cancel", note="Lập nhầm kỳ lần nữa")
    made.begin("TTNC")
    with record.engine.work(record.who("viet")) as w:
        seen = made.state(made.plan_id).version
        waive(w, instance_id=made.instance("BCVT"), seen_version=seen, reason="Lồng ghép trong báo cáo khác")
    record.clock.now = OVER
    made.send("TTCNS")
    return made


def counted_and_told(year: Year) -> tuple[Counter, Counter]:
    """The same of each report: as the database counts it, and as looking at it says."""
    told: Counter = Counter()
    counted: Counter = Counter()
    with year.record.engine.reading(Identity(rule="test")) as w:
        for of_year in (2026, 2027):
            for item in tallies(w, {year.duty(1): False, year.duty(2): False}, of_year):
                key = (item.obligation_id, item.period, item.state, item.late, item.due)
                counted[(*key, item.is_overdue, item.is_open, item.is_settled)] += item.count
        for item in standings(w):
            key = (item.obligation_id, item.period, item.state, item.late_days > 0, item.due)
            told[(*key, item.overdue_days > 0, item.is_open, item.is_settled)] += 1
    return counted, told


@pytest.mark.parametrize("now", [OCTOBER, OVER])
def test_every_way_to_stand_is_counted_as_it_is_told(year: Year, now):
    record = year.record
    record.clock.now = now
    counted, told = counted_and_told(year)
    assert counted == told
    assert {key[2] for key in told} == {
        "accepted", "submitted", "returned", "drafting", "not_started", "waived"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("login", "counts"),
    [("hung", [(5, 0), (5, 4), (0, 0)]), ("oanh", [(5, 0), (5, 4), (0, 0)]), ("binh", [(0, 0)] * 3)],
)
def test_the_reports_that_a_list_says_are_due_are_those_of_the_table(year: Year, login, counts):
    """Of each unit alone and of all together, for who sees the plan and who does not."""
    found = []
    for now in (OCTOBER, OVER, datetime(2025, 1, 2, tzinfo=UTC)):
        year.record.clock.now = now
        with year.record.engine.reading(year.record.who(login)) as w:
            units = set(w.directory.units)
            for unit_ids in (*({unit} for unit in units), units):
                awaited = [item for item in standings(w, Instance.unit_id.in_(unit_ids)) if item.is_open]
                told = Awaited(len(awaited), sum(item.overdue_days > 0 for item in awaited))
                assert reports_awaited(w, frozenset(unit_ids)) == told
            found.append(told)
    assert found == counts


def test_a_plan_that_ended_is_told_by_what_was_settled_before_and_owes_nothing(year: Year, monkeypatch):
    """Also one that ended while reports were on their way, as it could before all of the year had to be settled."""
    record = year.record
    monkeypatch.setitem(RULES, "obligations_settled", lambda case, actor, step: None)
    record.step("hung", year.plan_id, "close", note="Kế hoạch dừng từ hôm nay")
    counted, told = counted_and_told(year)
    assert counted == told
    assert {(key[1], key[2]) for key in told} == {("2026", "accepted"), ("2026", "waived")}
    for now in (OVER, datetime(2027, 12, 1, 2, 0, tzinfo=UTC)):
        record.clock.now = now
        assert (tick(record.engine).reminded, tick(record.engine).periods) == (0, 0)
        with record.engine.reading(record.who("hung")) as w:
            assert reports_awaited(w, frozenset(w.directory.units)) == Awaited()
            assert [plan.badge for plan in plan_years(w, w.actor.agency_id, 2026)] == ["ended"]
            assert plan_years(w, w.actor.agency_id, 2027) == []
            assert year_awaited(w, year.duty(1)) is None
            assert len(units_owing(w, [year.duty(1)], 2026, limit=50)) == 2
            assert units_owing(w, [year.duty(1)], 2027, limit=50) == []
            scope = scope_of(w)
            assert [+item.count for item in milestones(w, scope, 2026)] == [Counter(on_time=1, waived=1)]
            assert milestones(w, scope, 2027) == []
            assert sum((item.count for item in unit_records(w, scope, 2026)), Counter()) == Counter(
                on_time=1, waived=1
            )


def test_a_duty_of_a_plan_that_ended_waits_for_no_date_and_no_unit(record: Record, monkeypatch):
    raw = "Theo hạn của Công văn số 9."
    undated = Duty(from_="Văn phòng Sở", to="Sở Nội vụ", recurrence="yearly", by_reference=True, raw=raw)
    nobody = Duty(from_="Các tổ công tác", to="Văn phòng Sở", recurrence="yearly", due_month=12, due_day=1)
    section = Node(label="I", paragraphs=("Báo cáo.",), obligations=(undated, nobody))
    made = Year(record, content=plan(sections=(section,)))

    def left() -> tuple[int, ...]:
        with record.engine.reading(record.who("hung")) as w:
            plans = plan_years(w, w.actor.agency_id, 2026)
            stated = duties_active(w, made.plan_id)
        page = [len(part) for item in plans for part in (item.undated, item.unowed)]
        return (
            *page,
            sum(item.status == "needs_date" for item in stated),
            sum(item.nobody for item in stated),
        )

    assert left() == (1, 1, 1, 1)
    monkeypatch.setitem(RULES, "obligations_settled", lambda case, actor, step: None)
    record.step("hung", made.plan_id, "close", note="Kế hoạch dừng từ hôm nay")
    assert left() == (0, 0)


def test_a_record_from_before_they_were_kept_is_counted_the_same(year: Year):
    answered = {year.instance("KHTC"): OCTOBER, year.instance("TTKT"): OVER}  # by a document, in time and not
    with year.record.engine.work(Identity(rule="test")) as w:
        for instance_id, when in answered.items():
            one = update(Instance.__table__).where(Instance.id == instance_id)
            w.db.execute(one.values(fulfilled_at=when))
        w.db.execute(update(Instance.__table__).values(stands="not_started", came_late=False))
    counted, told = counted_and_told(year)
    assert counted != told
    with year.record.engine.reading(Identity(rule="test")) as w:
        report = verify(w)
    assert {(item.kind, item.document_id) for item in report.broken} == {("standing", year.plan_id)}
    assert ("accepted, False", "not_started, False") in {(b.computed, b.recorded) for b in report.broken}
    good, total = report.counts["standings"].good, report.counts["standings"].total
    assert total == good + len(report.broken)
    keep = import_module("workflow.migrations.versions.0012_standing_kept").KEEP
    with year.record.engine.work(Identity(rule="test")) as w:
        w.db.exec_driver_sql(keep)
    counted, told = counted_and_told(year)
    assert counted == told


def test_units_are_found_by_what_is_wanted_of_them(year: Year):
    wanted = {
        "missing": lambda item: item.is_open or item.state == "returned",
        "overdue": lambda item: item.overdue_days > 0,
        "submitted": lambda item: item.state == "submitted",
        "returned": lambda item: item.state == "returned",
        "late": lambda item: item.late_days > 0,
        None: lambda item: True,
    }
    duty = year.duty(1)
    with year.record.engine.reading(Identity(rule="test")) as w:
        items = standings(w, Instance.obligation_id == duty, Instance.year == 2026)
        for name, holds in wanted.items():
            expected = sorted(item.unit_id for item in items if holds(item))
            assert expected, name
            counted = [item for item in tallies(w, {duty: False}, 2026) if not name or item.is_wanted(name)]
            assert sum(item.count for item in counted) == len(expected)
            assert units_owing(w, [duty], 2026, wanted=name, limit=50) == expected
            first, *others = expected
            assert units_owing(w, [duty], 2026, wanted=name, after=first, limit=2) == others[:2]
            assert units_owing(w, [duty], 2026, wanted=name, among=[first, 999], limit=50) == [first]
        assert units_owing(w, [duty], 2026, among=[], limit=50) == []
        assert units_owing(w, [duty], 2031, limit=50) == []


def test_a_plan_year_counts_all_and_tells_what_was_asked_for(year: Year):
    with year.record.engine.reading(year.record.who("hung")) as w:
        (plan,) = plan_years(w, w.actor.agency_id, 2026)
        units, agency = plan.duties
        assert (units.total, units.sent, units.late, units.overdue, units.waiting) == (8, 4, 1, 4, 2)
        assert units.waived == 1  # neither sent nor to be sent
        assert (units.standings, len(agency.standings)) == ((), 1)
        assert units.owing("2026") == 5  # the one sent back is with its unit
        chosen = units_owing(w, [units.id], 2026, wanted="late", limit=50)
        (same,) = with_units(w, [plan], chosen)
        assert [item.unit_name for item in same.duties[0].standings] == ["Trung tâm Công nghệ số"]
        (same,) = with_laggards(w, [plan])
        assert len(same.duties[0].standings) == 5
        assert year_awaited(w, units.id) == 2026
