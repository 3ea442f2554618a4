"""Units come and end: on a day, by a decision, and never unseen."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.record import Record
from tests.workflow.acts import looking, working
from workflow.commands.units import add_unit, end_unit
from workflow.errors import Invalid, NotFound, NotYourStep
from workflow.models import Entry

BASIS = "QĐ 45/QĐ-UBND ngày 01/5/2026"


def unit_of(record: Record, code: str):
    with looking(record) as w:
        return w.directory.unit_by_code(w.directory.agency_by_code["so_khcn"].id, code)


def add(record: Record, login: str = "huy", **changes) -> int:
    how = {"code": "DMST", "name": "Phòng Đổi mới sáng tạo", "short_name": "", "symbol": "ĐMST", "kind": "department",
           "valid_from": date(2026, 6, 1), "basis": BASIS} | changes  # fmt: skip
    with working(record, login) as w:
        return add_unit(w, agency_id=w.directory.agency_by_code["so_khcn"].id, **how)


def end(record: Record, login: str = "huy", code: str = "BCVT", heir: str | None = "CDS", **changes) -> None:
    how = {"last_day": date(2026, 6, 30), "basis": BASIS} | changes
    successor = unit_of(record, heir).id if heir else None
    with working(record, login) as w:
        end_unit(w, unit_id=unit_of(record, code).id, successor_id=successor, **how)


def faults(act, *given, **how) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        act(*given, **how)
    return [(fault.place, fault.rule) for fault in refused.value.faults]


def test_a_new_unit_stands_from_its_day_on_and_in_the_log(record: Record):
    add(record, fields=("khcn",) if "khcn" in unit_of(record, "QLKH").fields else ())
    unit = unit_of(record, "DMST")
    assert not unit.exists_on(date(2026, 5, 31))
    assert unit.exists_on(date(2026, 6, 1))
    with looking(record) as w:
        assert w.db.scalar(select(Entry.id).where(Entry.action == "add_unit")) is not None


def test_a_unit_that_ends_names_who_follows_it(record: Record):
    end(record)
    with looking(record) as w:
        agency_id = w.directory.agency_by_code["so_khcn"].id
        assert w.directory.standing_unit(agency_id, "BCVT", date(2026, 6, 30)).code == "BCVT"
        assert w.directory.standing_unit(agency_id, "BCVT", date(2026, 7, 1)).code == "CDS"
        person = w.directory.by_login["phuoc"].id
        assert w.directory.seats_of(person, date(2026, 6, 30))
        assert not w.directory.seats_of(person, date(2026, 7, 1))


@pytest.mark.parametrize("login", ["hung", "viet", "lan", "minh"])
def test_only_the_administrator_changes_units(sqlite_record: Record, login):
    with pytest.raises(NotYourStep):
        add(sqlite_record, login)
    with pytest.raises(NotYourStep):
        end(sqlite_record, login)


def test_what_cannot_be_is_refused_with_every_fault(sqlite_record: Record):
    record = sqlite_record
    assert faults(add, record, code="", symbol=" ", basis="") == [
        ("unit_code", "missing"), ("unit_symbol", "missing"), ("basis", "missing")]  # fmt: skip
    assert faults(add, record, code="BCVT", kind="cloud", fields=("none",)) == [
        ("unit_code", "exists"), ("unit_kind", "unknown"), ("fields", "unknown")]  # fmt: skip
    assert faults(add, record, name=unit_of(record, "BCVT").name.upper()) == [("unit_name", "exists")]
    assert faults(end, record, last_day=date(1990, 1, 1), heir=None) == [("valid_to", "before_start")]
    assert faults(end, record, heir="BCVT") == [("successor", "unknown")]
    assert faults(end, record, code="VP", heir=None) == [("unit", "aggregates")]
    assert faults(end, record, heir=None, basis=" ") == [("basis", "missing")]
    end(record)
    assert faults(end, record, heir=None) == [("unit", "ended")]
    with pytest.raises(NotFound), working(record, "huy") as w:
        end_unit(w, unit_id=999, last_day=date(2026, 6, 30), successor_id=None, basis=BASIS)


def test_the_name_of_a_unit_that_ended_is_free_again(sqlite_record: Record):
    end(sqlite_record)
    name = unit_of(sqlite_record, "BCVT").name
    assert add(sqlite_record, name=name, valid_from=date(2026, 7, 1))
