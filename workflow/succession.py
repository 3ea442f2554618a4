"""Kế thừa: which reports of a unit that ended its successor answers for under the old name, beside its own."""

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, false, or_, select

from workflow.models import HandedOver, Instance
from workflow.people import Directory, Unit


def taken_over() -> ColumnElement[bool]:
    """
    SQL over Instance: the unit handed this duty over, and the period did not go into one of its successor's, which had
    begun its own report: the successor sends another one for it.
    """
    passed_on = exists(
        select(HandedOver.heir_id).where(
            HandedOver.obligation_id == Instance.obligation_id, HandedOver.unit_id == Instance.unit_id
        )
    )
    return and_(Instance.handed_over_to.is_(None), passed_on)


def heir_of(directory: Directory, unit_id: int, day: date) -> Unit | None:
    """Who stands on this day in the place of a unit that ended; None for one that exists."""
    unit = directory.units[unit_id]
    return None if unit.exists_on(day) else directory.standing_unit(unit.agency_id, unit.code, day)


def ended_into(directory: Directory, unit_ids: Collection[int], day: date) -> frozenset[int]:
    """The units that ended and in whose place one of these stands. Asked with every inbox, so found out once a day."""
    heirs: dict[int, int] | None = directory.kept.get(("heirs", day))
    if heirs is None:
        found = {unit.id: heir_of(directory, unit.id, day) for unit in directory.units.values()}
        heirs = directory.kept["heirs", day] = {unit_id: heir.id for unit_id, heir in found.items() if heir}
    return frozenset(unit_id for unit_id, heir_id in heirs.items() if heir_id in unit_ids)


def answered_for(unit_ids: Iterable[int], ended: Iterable[int]) -> ColumnElement[bool]:
    """
    SQL over Instance: one of these units owes it, or it was taken over from one of those that ended into them. Written
    as equalities, so that it can be prepared.
    """
    own = or_(false(), *(Instance.unit_id == unit_id for unit_id in sorted(unit_ids)))
    before = [Instance.unit_id == unit_id for unit_id in sorted(ended)]
    return or_(own, and_(or_(*before), taken_over())) if before else own
