"""Where a plan's reporting stands, on both databases."""

from datetime import UTC, datetime

import pytest

from tests.record import Record
from tests.workflow.acts import once_open
from workflow.commands.reporting import start_unit_report, waive
from workflow.engine import Identity
from workflow.errors import NotFound
from workflow.models import Instance
from workflow.queries.duties import duty_year, plan_years
from workflow.queries.reporting import standings, years_owed


@pytest.fixture
def plan_id(record: Record) -> int:
    made = record.draft()
    record.bring_to(made, "issue")
    return made


def years(record: Record, login: str = "hung", year: int = 2026):
    with record.engine.reading(record.who(login)) as w:
        return plan_years(w, w.actor.agency_id, year)


def test_a_plan_has_its_duties_with_every_unit_of_the_group(record: Record, plan_id):
    (plan,) = years(record)
    units, agency = plan.duties
    assert (units.tier, units.total, agency.tier, agency.total) == (1, 9, 2, 1)
    assert plan.feeding(agency) == (units,)
    assert plan.badge == "not_due"
    with record.engine.reading(record.who("hung")) as w:
        assert years_owed(w, w.actor.agency_id) == [2027, 2026]
    assert years(record, year=2031) == []


def test_the_badge_follows_the_year(record: Record, plan_id):
    record.clock.now = datetime(2026, 10, 20, 2, 0, tzinfo=UTC)
    assert years(record)[0].badge == "collecting"
    record.clock.now = datetime(2026, 11, 9, 17, 0, tzinfo=UTC)
    (plan,) = years(record)
    assert plan.badge == "overdue"
    assert plan.duties[0].overdue == 9
    (final,) = plan.duties[1].standings
    with record.engine.work(record.who("viet")) as w:
        waive(
            w,
            instance_id=final.instance_id,
            seen_version=plan.version,
            reason="Cấp trên không yêu cầu năm nay",
        )
    assert years(record)[0].badge == "reported"


def test_a_report_of_another_unit_is_known_of_but_not_opened(record: Record, plan_id):
    with record.engine.reading(Identity(rule="test")) as w:
        (item,) = [
            one for one in standings(w, Instance.year == 2026) if one.unit_name == "Phòng Quản lý khoa học"
        ]
    once_open(record, item.instance_id)
    with record.engine.work(record.who("nhung")) as w:
        report_id = start_unit_report(w, instance_id=item.instance_id)
    seen = {}
    for login in ("nhung", "yen", "hung"):
        with record.engine.reading(record.who(login)) as w:
            (found,) = standings(w, Instance.id == item.instance_id)
        seen[login] = (found.state, found.report_id, found.report_open)
    assert seen["nhung"] == ("drafting", report_id, True)
    assert seen["yen"] == ("drafting", report_id, False)
    assert seen["hung"] == ("drafting", report_id, True)


def test_a_duty_of_another_agency_is_not_found(record: Record, plan_id):
    duty = years(record)[0].duties[0]
    with record.engine.reading(record.who("xuan")) as w, pytest.raises(NotFound):
        duty_year(w, duty.id, None)
    with record.engine.reading(record.who("mai")) as w:
        plan, same = duty_year(w, duty.id, None)
    assert (plan.year, same.id) == (2026, duty.id)
