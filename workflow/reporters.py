"""Who owes a reporting duty, by the words that state it; it reads names and decides nothing about them."""

from datetime import date
from typing import Literal

from workflow.content import Obligation
from workflow.parties import Known, Party, resolve_parties
from workflow.people import Agency, Unit

Tier = Literal[1, 2]


def tier_of(duty: Obligation, known: Known, *, on: date) -> Tier:
    """Tier 1 is owed to the agency or one of its units, tier 2 to a body outside, or to nobody that is named."""
    receivers = resolve_parties(duty.to, known, on=on) if duty.to else ()
    return 1 if receivers and all(one.kind in ("unit", "agency", "group") for one in receivers) else 2


def reporters(duty: Obligation, known: Known, *, on: date) -> tuple[Party, ...]:
    """The units and groups of units named as those who report; bodies outside and unknown words are none."""
    named = resolve_parties(duty.from_, known, on=on) if duty.from_ else ()
    return tuple(one for one in named if one.kind in ("unit", "group"))


def nobody_reports(duty: Obligation, known: Known, *, on: date) -> bool:
    """
    Whether a duty towards the agency would be opened with no unit that owes it: no reporter is named, or none that
    is a unit of the agency other than the one that collects the reports (decisions.md 23).
    """
    if duty.recurrence == "ad_hoc" or tier_of(duty, known, on=on) == 2:
        return False
    return not any(code != known.aggregator for one in reporters(duty, known, on=on) for code in one.codes)


def may_report(unit: Unit, agency: Agency, on: date) -> bool:
    """Whether the office may name this unit: it stands that day, and is not the one that collects the reports."""
    inside = unit.kind in ("office", "department", "affiliated")
    return inside and unit.exists_on(on) and unit.code != agency.aggregator
