"""Whether a document can get through with the people there are: duties kept apart need distinct people."""

from collections.abc import Sequence
from datetime import date

from workflow.agency import AgencyFile, Unit


def unstaffed(agency: AgencyFile, on: date) -> list[str]:
    """
    "place: reason" for each unit whose drafts would get stuck that day, naming the unit and who is missing.

    Drafter, content approver, format checker and signer are four people, and the clerk who numbers is not the
    signer (decisions.md 12); a unit that reports needs a head and a reporter, and someone else must accept.
    """
    faults: list[str] = []
    for unit in agency.units:
        if not unit.stands(on) or unit.kind in ("leadership", "outside"):
            continue
        if not agency.holders("dept_head", on, unit=unit.code):
            faults.append(f"units {unit.code} ({unit.name}): no dept_head on {on}")
            continue
        if agency.holders("drafter", on, unit=unit.code):
            for field in unit.fields or ("",):
                faults += _route(agency, unit, field, on)
        if unit.kind != "office" and unit.code != agency.aggregator:
            faults += _report(agency, unit, on)
    return faults


def signers(agency: AgencyFile, field: str, on: date) -> tuple[str, ...]:
    """Logins of those who may sign any type of document of the field that day: head, Q. and KT. by field."""
    deputies = [
        authority.person
        for authority in agency.authorities
        if authority.holds(on)
        and not authority.doc_types
        and (authority.kind == "Q" or (authority.kind == "KT" and field in authority.fields))
    ]
    return (*agency.holders("director", on), *dict.fromkeys(deputies))


def _route(agency: AgencyFile, unit: Unit, field: str, on: date) -> list[str]:
    heads = agency.holders("dept_head", on, unit=unit.code) + agency.holders(
        "dept_deputy", on, unit=unit.code
    )
    duties = [("drafter", agency.holders("drafter", on, unit=unit.code)), ("content approver", heads)]
    if agency.settings.format_check:
        duties.append(("format_checker", agency.holders("format_checker", on)))
    duties.append((f"signer of field {field!r}", signers(agency, field, on)))
    duties.append(("clerk who is not the signer", agency.holders("clerk", on)))
    reached = _reach(duties, ())
    if reached == len(duties):
        return []
    return [
        f"units {unit.code} ({unit.name}): no {duties[reached][0]} distinct from those before him on {on}"
    ]


def _reach(duties: Sequence[tuple[str, Sequence[str]]], taken: tuple[str, ...]) -> int:
    """How many duties, in order, distinct people can take; the last need only differ from the one before."""
    at = len(taken)
    if at == len(duties):
        return at
    barred = taken[-1:] if at == len(duties) - 1 else taken
    free = [login for login in duties[at][1] if login not in barred]
    return max((_reach(duties, (*taken, login)) for login in free), default=at)


def _report(agency: AgencyFile, unit: Unit, on: date) -> list[str]:
    reporters = agency.holders("unit_reporter", on, unit=unit.code)
    place = f"units {unit.code} ({unit.name})"
    if not reporters:
        return [f"{place}: no unit_reporter on {on}"]
    heads = agency.holders("dept_head", on, unit=unit.code)
    if not any(head != reporter for head in heads for reporter in reporters):
        return [f"{place}: no unit_reporter distinct from the head on {on}"]
    if not any(login not in reporters for login in agency.holders("chief_of_office", on)):
        return [f"{place}: no chief_of_office to accept what {', '.join(reporters)} submits on {on}"]
    return []
