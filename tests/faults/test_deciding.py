"""
What the office decides about a report that is owed, while its unit acts on it: one of them waits for the other, and
neither is broken off (PostgreSQL, where two write at once).
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import text

from tests.record import Record
from tests.web.reporting.conftest import OCTOBER, Year
from tests.workflow.acts import looking, row, working
from workflow.commands import reporting
from workflow.commands.effects import EFFECTS
from workflow.commands.extending import extend
from workflow.commands.reporting import start_report, start_unit_report, waive
from workflow.commands.steps import take_step
from workflow.errors import NeedUnmet, Stale
from workflow.models import Instance
from workflow.queries.reporting import standings

WHY = "Lồng ghép trong báo cáo khác"


@pytest.fixture
def made(postgresql_record: Record) -> Year:
    found = Year(postgresql_record)
    postgresql_record.clock.now = OCTOBER
    return found


def waits(record: Record) -> None:
    """Until somebody waits for a lock."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with record.engine.database.read.connect() as db:
            if db.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
                return
        time.sleep(0.01)
    raise TimeoutError("nobody waits")


def waiving(made: Year, instance_id: int) -> Callable[[], None]:
    seen, who = row(made.record, made.plan_id).version, made.record.who("viet")

    def act() -> None:
        with made.record.engine.work(who) as w:
            waive(w, instance_id=instance_id, seen_version=seen, reason=WHY)

    return act


def stands(made: Year, instance_id: int) -> str:
    with looking(made.record) as w:
        return standings(w, Instance.id == instance_id)[0].state


def test_a_report_is_begun_while_its_period_is_waived(made: Year, monkeypatch):
    """The report hangs on the plan that the decision locks, and the decision changes the period that is begun."""
    record, instance_id = made.record, made.instance("QLKH")
    planned = reporting._plan
    with ThreadPoolExecutor(1) as pool:
        other = []

        def meanwhile(*given):
            other.append(pool.submit(act))
            waits(record)
            return planned(*given)

        act = waiving(made, instance_id)
        monkeypatch.setattr(reporting, "_plan", meanwhile)
        with working(record, "nhung") as w:
            start_unit_report(w, instance_id=instance_id)
        other[0].result()
    assert stands(made, instance_id) == "waived"


def test_the_report_of_the_agency_is_issued_while_its_period_is_waived(made: Year, monkeypatch):
    record, instance_id = made.record, made.instance("VP", tier=2)
    with working(record, "lan") as w:
        report_id = start_report(w, instance_id=instance_id, signer_id=record.person("mai"))
    made.fill("lan", report_id, signer_id=record.person("mai"))
    record.bring_to(report_id, "seal")
    act = waiving(made, instance_id)
    with ThreadPoolExecutor(1) as pool:
        other = []
        real = EFFECTS["fulfil_periods"]

        def meanwhile(*given):
            real(*given)
            other.append(pool.submit(act))
            waits(record)

        monkeypatch.setitem(EFFECTS, "fulfil_periods", meanwhile)
        record.step("van", report_id, "issue")
        with pytest.raises(Stale):  # its plan is reported by then
            other[0].result()
    assert stands(made, instance_id) == "fulfilled"


def test_what_is_accepted_meanwhile_is_neither_waived_nor_given_a_later_day(made: Year):
    record, instance_id = made.record, made.instance("QLKH")
    report_id, seen = made.send("QLKH"), row(made.record, made.plan_id).version
    who = record.who("hung")

    def later() -> None:
        with record.engine.work(who) as w:
            day = date(2026, 12, 1)
            extend(w, instance_id=instance_id, seen_version=seen, new_day=day, reason=WHY)

    with ThreadPoolExecutor(2) as pool:
        with working(record, "hung") as w:
            take_step(w, document_id=report_id, step_id="accept", seen_version=None)
            others = [pool.submit(act) for act in (waiving(made, instance_id), later)]
            waits(record)
        for other in others:
            with pytest.raises(NeedUnmet, match="instance_open"):
                other.result()
    assert stands(made, instance_id) == "accepted"


@pytest.mark.parametrize("first", ["office", "unit"])
@pytest.mark.parametrize(
    ("step", "login"), [("approve_content", "phuoc"), ("accept", "hung"), ("return", "hung")]
)
def test_in_either_order_it_is_kept_where_it_stands(made: Year, first, step, login):
    """The test's end compares what is kept with what looking says."""
    record, instance_id = made.record, made.instance("BCVT")
    if step == "approve_content":
        report_id = made.begin("BCVT")
        made.fill("diep", report_id)
        record.step("diep", report_id, "submit")
    else:
        report_id = made.send("BCVT")
    office, who = waiving(made, instance_id), record.who(login)

    def unit() -> None:
        with record.engine.work(who) as w:
            take_step(w, document_id=report_id, step_id=step, seen_version=None, note="Bổ sung số liệu")

    with ThreadPoolExecutor(1) as pool:
        seen = row(record, made.plan_id).version
        if first == "unit":
            with record.engine.work(who) as w:
                take_step(w, document_id=report_id, step_id=step, seen_version=None, note="Bổ sung số liệu")
                other = pool.submit(office)
                waits(record)
            with pytest.raises(NeedUnmet, match="instance_open" if step == "accept" else "not_sent"):
                other.result()
        elif step == "approve_content":
            with working(record, "viet") as w:
                waive(w, instance_id=instance_id, seen_version=seen, reason=WHY)
                other = pool.submit(unit)
                waits(record)
            other.result()
        else:
            with pytest.raises(NeedUnmet, match="not_sent"):
                office()
            unit()
    after = {"approve_content": "submitted", "accept": "accepted", "return": "returned"}[step]
    freed = first == "office" and step == "approve_content"
    assert stands(made, instance_id) == ("waived" if freed else after)
