"""
Four years of one plan, 2023 to 2026, on both databases: units on time, late and silent, one that ends and hands
over, a unit that came later and owes nothing, and each year a report that names who is missing.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.record import ROUTE, Clock, Record, fill, open_postgresql, open_sqlite
from tests.workflow.acts import at, fill_results, history, instances, looking, row, text, working
from workflow.commands.drafting import save_revision
from workflow.commands.handing_over import hand_over
from workflow.commands.reporting import start_report, start_unit_report
from workflow.commands.tick import tick
from workflow.content import Missing
from workflow.errors import NeedUnmet
from workflow.queries.reporting import standings
from workflow.queries.standing import Standing
from workflow.verification import rebuild, verify
from workflow.workdays import vn_date

SNAPSHOT = {"QLKH", "QLCN", "TDC", "KHTC", "TTRA", "TTNC", "TTKT", "BCVT", "CDS"}
"""What "các phòng, đơn vị thuộc Sở" may mean on the day of issue; which of them stood is asked of the record."""
LATE, SILENT = "TTNC", "TTKT"


@pytest.fixture(params=["sqlite", "postgresql"])
def record(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Record]:
    """A record that begins in 2023: entries never go back in time, so the usual one would begin too late."""
    clock = Clock(datetime(2023, 4, 3, 2, tzinfo=UTC))
    if request.param == "sqlite":
        engine = open_sqlite(tmp_path, clock)
    else:
        engine = open_postgresql(request.getfixturevalue("postgresql_url"), tmp_path, clock)
    fill(engine)
    found = Record(engine, clock, engine.settings.database_url)
    yield found
    with looking(found) as w:
        assert verify(w).holds
        assert not rebuild(w)
    engine.close()


def issue(record: Record, document_id: int) -> None:
    """Along the usual route, signed by the head: the deputies' fields of these years are not in the file."""
    for login, step in ROUTE:
        who = "viet" if step == "sign" else login
        record.step(who, document_id, step, paper_signed=step == "assign_number")


def holder(record: Record, unit_code: str, role: str) -> str:
    """The login of somebody who holds this role in the unit today."""
    with looking(record) as w:
        agency_id = w.directory.agency_by_code["so_khcn"].id
        unit = w.directory.unit_by_code(agency_id, unit_code)
        posts = w.directory.posts_with(agency_id, role, unit_id=unit.id)
        people = w.directory.holders(posts, w.today)
    assert people, f"{unit_code} has no {role} on {vn_date(record.clock.now)}"
    return people[0].login


def report(record: Record, unit_code: str, instance_id: int) -> None:
    """One unit's report, from its reporter to the office."""
    reporter, head = holder(record, unit_code, "unit_reporter"), holder(record, unit_code, "dept_head")
    with working(record, reporter) as w:
        report_id = start_unit_report(w, instance_id=instance_id)
    fill_results(record, reporter, report_id)
    record.step(reporter, report_id, "submit")
    record.step(head, report_id, "approve_content")
    record.step("hung", report_id, "accept")


def agency_reports(record: Record, plan_id: int, year: int) -> list[str]:
    """The office's report of the year, issued; the names of those it says are missing."""
    [final] = instances(record, plan_id, tier=2, year=year).values()
    with working(record, "lan") as w:
        report_id = start_report(w, instance_id=final.id, signer_id=record.person("viet"))
    missing = [item.unit for item in text(record, report_id).missing_units]
    if missing:
        with pytest.raises(NeedUnmet):
            record.step("lan", report_id, "submit")
    named = tuple(Missing(name, "chưa gửi báo cáo dù đã được nhắc") for name in missing)
    with working(record, "lan") as w:
        save_revision(
            w,
            document_id=report_id,
            seen_version=row(record, report_id).version,
            content=replace(text(record, report_id), missing_units=named),
            signer_id=record.person("viet"),
        )
    issue(record, report_id)
    return missing


def of_year(record: Record, plan_id: int, year: int) -> dict[str, Standing]:
    with looking(record, "hung") as w:
        return {
            w.directory.units[item.unit_id].code: item
            for item in standings(w)
            if item.plan_id == plan_id and item.year == year and item.tier == 1
        }


def live_one_year(record: Record, plan_id: int, year: int) -> None:
    at(record, year, 10, 20)
    tick(record.engine)
    owed = of_year(record, plan_id, year)
    assert {item.last_on_time for item in owed.values()} == {date(year, 11, 9)}
    on_time = set(owed) - {LATE, SILENT}
    at(record, year, 11, 9, hour=23, minute=59)
    for code in sorted(on_time):
        report(record, code, owed[code].instance_id)
    at(record, year, 11, 13)
    report(record, LATE, owed[LATE].instance_id)
    told = of_year(record, plan_id, year)
    assert {code: item.late_days for code, item in told.items()} == {
        code: 4 if code == LATE else 0 for code in owed
    }
    assert [code for code, item in told.items() if item.overdue_days] == [SILENT]
    assert row(record, plan_id).state == "issued"
    at(record, year, 11, 14)
    assert agency_reports(record, plan_id, year) == [told[SILENT].unit_name]
    plan = row(record, plan_id)
    assert (plan.state, plan.report_year) == ("reported", year)
    at(record, year, 12, 31, hour=23, minute=59)
    assert tick(record.engine).reopened == ()
    at(record, year + 1, 1, 1, hour=0)
    assert tick(record.engine).reopened == (plan_id,)
    plan = row(record, plan_id)
    assert (plan.state, plan.report_year) == ("issued", year + 1)


def test_a_plan_is_reported_four_years_running_while_the_agency_changes(record: Record):
    at(record, 2023, 4, 10)
    plan_id = record.draft(signer="viet")
    issue(record, plan_id)
    snapshot = set(of_year(record, plan_id, 2023))
    assert {"TTRA", LATE, SILENT} < snapshot <= SNAPSHOT
    live_one_year(record, plan_id, 2023)
    live_one_year(record, plan_id, 2024)
    # Departmental inspectorates ended with June 2025; who follows is in the agency's file.
    at(record, 2025, 7, 2)
    ended = of_year(record, plan_id, 2025)["TTRA"]
    assert ended.to_hand_over
    assert "TTCNS" not in of_year(record, plan_id, 2025), "a unit that came later owes nothing of this plan"
    with working(record, "hung") as w:
        hand_over(
            w,
            plan_id=plan_id,
            unit_id=ended.unit_id,
            seen_version=row(record, plan_id).version,
            basis="Luật Thanh tra sửa đổi; QĐ 212/QĐ-UBND ngày 30/6/2025",
        )
    assert set(of_year(record, plan_id, 2025)) == snapshot - {"TTRA"}
    live_one_year(record, plan_id, 2025)
    live_one_year(record, plan_id, 2026)
    done = [item["action"] for item in history(record, plan_id)]
    assert [done.count(action) for action in ("mark_reported", "open_period", "hand_over")] == [4, 4, 1]
    assert all(
        item["actor"]["rule"]
        for item in history(record, plan_id)
        if item["action"] in ("mark_reported", "open_period")
    )
