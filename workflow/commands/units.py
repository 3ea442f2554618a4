"""Units come and end, each on a day and by a decision; what they did stays theirs, and no unit is ever deleted."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import insert, update

from workflow import people
from workflow.commands.governing import admin_only, reorder
from workflow.engine import Work
from workflow.errors import Fault, Invalid, NotFound
from workflow.models import Unit
from workflow.parties import party_key

KINDS = ("leadership", "office", "department", "affiliated", "outside")


def add_unit(
    w: Work,
    *,
    agency_id: int,
    code: str,
    name: str,
    short_name: str,
    symbol: str,
    kind: str,
    valid_from: date,
    basis: str,
    tags: Sequence[str] = (),
    fields: Sequence[str] = (),
) -> int:
    """
    A new unit from a day on; returns its id. Groups take it in by its tags, at the next issue.

    Raises NotFound, NotYourStep for all but an administrator, Invalid: a name or code that another unit of
    these days has, an unknown kind or field, no basis.
    """
    agency = w.directory.agencies.get(agency_id)
    if agency is None:
        raise NotFound(f"agency {agency_id}")
    admin_only(w, agency_id, "add_unit")
    code, name, short_name = code.strip(), name.strip(), short_name.strip() or name.strip()
    faults = [
        Fault(place, "missing")
        for place, value in (
            ("unit_code", code),
            ("unit_name", name),
            ("unit_symbol", symbol),
            ("basis", basis),
        )
        if not value.strip()
    ]
    standing = [unit for unit in w.directory.units_of(agency_id) if _still_stands(unit, valid_from)]
    taken = {party_key(word) for unit in standing for word in (unit.name, unit.short_name)}
    if code and w.directory.unit_by_code(agency_id, code):
        faults.append(Fault("unit_code", "exists", {"code": code}))
    if {party_key(name), party_key(short_name)} & taken:
        faults.append(Fault("unit_name", "exists", {"code": name}))
    if kind not in KINDS:
        faults.append(Fault("unit_kind", "unknown", {"value": kind}))
    known = set(agency.fields)
    faults += [Fault("fields", "unknown", {"value": field}) for field in fields if field not in known]
    if faults:
        raise Invalid(faults)
    values = {
        "agency_id": agency_id, "code": code, "name": name, "short_name": short_name, "symbol": symbol.strip(),
        "kind": kind, "tags": sorted(tags), "fields": list(fields), "aliases": [], "valid_from": valid_from,
        "valid_to": None, "successor_id": None,
    }  # fmt: skip
    unit_id: int = w.db.execute(insert(Unit).values(**values)).inserted_primary_key[0]  # type: ignore[index]
    facts = {"unit": name, "code": code, "from": valid_from.isoformat(), "basis": basis.strip()}
    reorder(w, "add_unit", "Thêm đơn vị", agency_id, facts, touched=(("unit", unit_id),))
    return unit_id


def end_unit(w: Work, *, unit_id: int, last_day: date, successor_id: int | None, basis: str) -> None:
    """
    The unit stands for the last time on `last_day`; its seats end with it. What it still owes goes over by an
    act of its own (`handing_over`), so that nothing changes hands unseen.

    Raises NotFound, NotYourStep, Invalid: it has ended already or would before it began, its successor is
    itself or does not stand on the day after, no basis.
    """
    unit = w.directory.units.get(unit_id)
    if unit is None:
        raise NotFound(f"unit {unit_id}")
    admin_only(w, unit.agency_id, "end_unit")
    heir = w.directory.units.get(successor_id) if successor_id else None
    faults = [] if basis.strip() else [Fault("basis", "missing")]
    if unit.valid_to is not None:
        faults.append(Fault("unit", "ended", {"on": unit.valid_to.isoformat()}))
    elif last_day < unit.valid_from:
        faults.append(Fault("valid_to", "before_start"))
    if unit.code == w.directory.agencies[unit.agency_id].aggregator:
        faults.append(Fault("unit", "aggregates"))
    follows = heir is not None and heir.agency_id == unit.agency_id and heir.id != unit.id
    if successor_id and not (follows and heir and heir.exists_on(last_day + timedelta(days=1))):
        faults.append(Fault("successor", "unknown", {"value": heir.name if heir else str(successor_id)}))
    if faults:
        raise Invalid(faults)
    w.db.execute(update(Unit).where(Unit.id == unit_id).values(valid_to=last_day, successor_id=successor_id))
    facts = {"unit": unit.name, "to": last_day.isoformat(), "basis": basis.strip()}
    if heir is not None:
        facts["to_unit"] = heir.name
    reorder(w, "end_unit", "Kết thúc đơn vị", unit.agency_id, facts, touched=(("unit", unit_id),))


def _still_stands(unit: people.Unit, day: date) -> bool:
    return unit.valid_to is None or unit.valid_to >= day
