"""The periods of a duty, one row for each unit that owes it: made ahead, made once, made for whoever owes it today."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select

from workflow.engine import Work
from workflow.models import HandedOver, Instance, Obligation, Owed
from workflow.people import Agency, Unit
from workflow.periods import Period, periods


def extend_instances(w: Work, plan_ids: Sequence[int], *, until: date) -> int:
    """Make the instances that are still missing up to `until`; running it again makes none. Returns how many."""
    return sum(
        add_instances(w, row.id, dict(row._mapping), units, agency, until=until, only=keys)
        for row, units, agency, keys in _lacking(w, plan_ids, until)
    )


def plans_lacking(w: Work, plan_ids: Sequence[int], *, until: date) -> set[int]:
    """Which of these plans have a period up to `until` that nobody made yet; three statements for any number."""
    return {row.document_id for row, *_ in _lacking(w, plan_ids, until)}


def _lacking(
    w: Work, plan_ids: Sequence[int], until: date
) -> Iterator[tuple[Any, list[Unit], Agency, frozenset[str]]]:
    """
    Each duty in force with the units that owe it and the keys of the periods that are not whole: fewer
    instances than units. One that a unit sent before it handed the duty over counts for its successor.
    """
    rows = w.db.execute(
        select(Obligation.__table__).where(
            Obligation.document_id.in_(plan_ids), Obligation.status == "active"
        )
    ).all()
    owed: dict[int, list[int]] = {}
    for obligation_id, unit_id in w.db.execute(
        select(Owed.obligation_id, Owed.unit_id).where(
            Owed.obligation_id.in_([row.id for row in rows]), ~handed_over()
        )
    ):
        owed.setdefault(obligation_id, []).append(unit_id)
    made = {
        (obligation_id, period): count
        for obligation_id, period, count in w.db.execute(
            select(Instance.obligation_id, Instance.period, func.count())
            .where(Instance.obligation_id.in_([row.id for row in rows]), Instance.handed_over_to.is_(None))
            .group_by(Instance.obligation_id, Instance.period)
        )
    }
    for row in rows:
        units = [w.directory.units[unit_id] for unit_id in owed.get(row.id, [])]
        keys = {period.key for period in _periods(dict(row._mapping), until)}
        keys = {key for key in keys if made.get((row.id, key), 0) < len(units)}
        if keys:
            yield row, units, w.directory.agencies[row.agency_id], frozenset(keys)


def _periods(values: Mapping[str, Any], until: date) -> list[Period]:
    return periods(
        values["recurrence"],
        due_month=values["due_month"],
        due_day=values["due_day"],
        inclusive=values["inclusive"],
        first_after=values["active_from"],
        until=until,
    )


def add_instances(
    w: Work,
    obligation_id: int,
    values: dict[str, Any],
    units: Iterable[Unit],
    agency: Agency,
    *,
    until: date,
    only: frozenset[str] | None = None,
) -> int:
    """One row a unit and period (of those in `only`, if given); what stands already stays as it is."""
    rows = [
        {
            "agency_id": agency.id,
            "obligation_id": obligation_id,
            "document_id": values["document_id"],
            "unit_id": unit.id,
            "period": period.key,
        }
        | days_of(period, agency)
        for period in _periods(values, until)
        if only is None or period.key in only
        for unit in units
    ]
    if not rows:
        return 0
    statement = (
        w.engine.database.insert(Instance)
        .on_conflict_do_nothing(index_elements=["obligation_id", "unit_id", "period"])
        .returning(Instance.id)  # counted by what came back: a driver's row count is not to be had here
    )
    return len(w.db.execute(statement, rows).all())


def days_of(period: Period, agency: Agency) -> dict[str, Any]:
    """The columns of an instance that follow from when it is due."""
    return {
        "year": period.year,
        "data_from": period.data_from,
        "data_to": period.data_to,
        "opens_on": period.last_on_time - timedelta(days=agency.settings.report_opens_days),
        "last_on_time": period.last_on_time,
    }


def handed_over() -> ColumnElement[bool]:
    """SQL: this unit ended and owes this duty no more."""
    return exists(
        select(HandedOver.heir_id).where(
            HandedOver.obligation_id == Owed.obligation_id, HandedOver.unit_id == Owed.unit_id
        )
    )


def first_year(w: Work, document_id: int) -> int | None:
    """The first year in which this plan's last tier is due; None while nothing has a date."""
    return w.db.scalar(
        select(Instance.year)
        .join(Obligation, Obligation.id == Instance.obligation_id)
        .where(Obligation.document_id == document_id)
        .order_by(Obligation.tier.desc(), Instance.year)
        .limit(1)
    )


def horizon(today: date) -> date:
    """Periods are made to the end of next year, so that what opens in January is there in December."""
    return date(today.year + 1, 12, 31)
