"""Xác định đơn vị báo cáo: which units owe a duty for which the text of the plan names none of ours."""

from collections.abc import Iterable

from sqlalchemy import insert

from workflow.commands.duties import decidable, nobody_owes
from workflow.commands.instances import add_instances, first_year, horizon
from workflow.commands.moving import act_on
from workflow.commands.telling_units import tell_named
from workflow.engine import Work
from workflow.errors import Fault, Invalid, NeedUnmet
from workflow.models import Owed
from workflow.reporters import may_report


def name_reporters(
    w: Work, *, obligation_id: int, seen_version: int, unit_ids: Iterable[int], named_by: str
) -> None:
    """
    Say which units owe the duty, with the document or the order that says so (by Chánh Văn phòng). Their periods are
    those from the issue of the plan on; a duty without a date gets them once that is resolved.

    Raises NotFound, NotYourStep, Stale, StepNotOpen, NeedUnmet "no_reporter", Invalid.
    """
    duty, plan = decidable(w, obligation_id, seen_version, "name_reporters")
    if not nobody_owes(w, duty):
        raise NeedUnmet("name_reporters", "no_reporter")
    agency = w.directory.agencies[plan.agency_id]
    able = {unit.id: unit for unit in w.directory.units_of(agency.id) if may_report(unit, agency, w.today)}
    chosen = set(unit_ids)
    faults = [] if named_by.strip() else [Fault("named_by", "missing")]
    if not chosen or not chosen <= set(able):
        faults.append(Fault("units", "unknown" if chosen else "missing"))
    if faults:
        raise Invalid(faults)
    units = [unit for unit_id, unit in able.items() if unit_id in chosen]
    w.db.execute(insert(Owed), [{"obligation_id": obligation_id, "unit_id": unit.id} for unit in units])
    if duty.status == "active":
        add_instances(w, obligation_id, dict(duty._mapping), units, agency, until=horizon(w.today))
    columns = {"report_year": first_year(w, plan.id)} if plan.report_year is None else {}
    facts = {
        "obligation": duty.ref,
        "to_units": [unit.name for unit in units],
        "source": named_by.strip(),
    }
    act_on(w, plan, action="name_reporters", label="Xác định đơn vị báo cáo", columns=columns, facts=facts)
    tell_named(w, plan, duty, [unit.id for unit in units], source=named_by.strip())
