"""
How many reports stand how, counted by the database: a duty may be owed by twenty thousand units.

The judgement is that of `reporting`, as `restanding` keeps it beside each duty; a test holds the two together.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, not_, or_, select

from workflow.engine import Asking, Prepared, Work
from workflow.models import Document, Instance, Obligation
from workflow.models.base import Day
from workflow.people import Seat, StandIn
from workflow.progress import runs, settled
from workflow.queries.standing import AWAITED, SETTLED, Deadlined, State
from workflow.queries.visibility import one_of, visible_to, visible_to_seats
from workflow.succession import answered_for, ended_into
from workflow.workdays import workdays_between

Wanted = Literal["missing", "overdue", "submitted", "returned", "late"]


@dataclass(frozen=True)
class Tally(Deadlined):
    """So many (`count`) reports of one duty and period that stand alike, as of today."""

    obligation_id: int
    inclusive: bool
    year: int
    period: str
    opens_on: date
    last_on_time: date
    state: State
    late: bool
    count: int
    today: date

    @property
    def workdays_left(self) -> int:
        return max(0, workdays_between(self.today, self.last_on_time))

    @property
    def is_overdue(self) -> bool:
        return self.is_awaited and self.last_on_time < self.today

    def is_wanted(self, wanted: Wanted) -> bool:
        """As `units_owing` understands it."""
        if wanted == "missing":
            return (self.is_awaited or self.state == "returned") and self.opens_on <= self.today
        if wanted == "overdue":
            return self.is_overdue
        return self.late if wanted == "late" else self.state == wanted


def tallies(w: Work, duties: Mapping[int, bool], year: int | None = None) -> list[Tally]:
    """
    Of these duties (id → whether the day itself still counts), of one year or of all, the nearest deadline first. One
    statement, which answers with a row for each way to stand, not for each unit. Whether the actor may see them is
    the caller's.
    """
    values: dict[str, Any] = {"ids": list(duties)}
    if year is not None:
        values["year"] = year
    rows = w.db.execute(_counted(year is None), values)
    return [
        Tally(
            obligation_id=row.obligation_id,
            inclusive=duties[row.obligation_id],
            year=row.year,
            period=row.period,
            opens_on=row.opens_on,
            last_on_time=row.last_on_time,
            state=row.stands,
            late=row.came_late,
            count=row.many,
            today=w.today,
        )
        for row in rows
    ]


def units_owing(
    w: Work,
    duties: Collection[int],
    year: int,
    *,
    wanted: Wanted | None = None,
    among: Collection[int] | None = None,
    after: int = 0,
    limit: int,
) -> list[int]:
    """
    The next `limit` units, by id and after the one given, that owe one of these duties in that year; only of `among`
    and only with a report that is `wanted`, where given: missing (open, not sent or to be mended), overdue,
    submitted (to be received), returned, late. One statement.
    """
    statement = _units(wanted, among is not None)
    values = {"ids": list(duties), "year": year, "after": after, "most": limit, "today": w.today}
    if among is not None:
        values["among"] = list(among)
    return list(w.db.scalars(statement, values))


def year_awaited(w: Work, obligation_id: int) -> int | None:
    """The first year of this duty in which a report is awaited."""
    found: int | None = w.db.scalar(
        select(func.min(Instance.year))
        .join(Document, Document.id == Instance.document_id)
        .where(Instance.obligation_id == obligation_id, Instance.handed_over_to.is_(None), _UNSENT, runs())
    )
    return found


def years_left_open(w: Work, agency_id: int, *, before: int) -> list[int]:
    """
    The years before this one of which a plan under way still waits for something, the newest first. One statement,
    answered from the index of standings.
    """
    statement = (
        select(Instance.year)
        .join(Obligation, Obligation.id == Instance.obligation_id)
        .join(Document, Document.id == Obligation.document_id)
        .where(
            Obligation.agency_id == agency_id,
            runs(),
            visible_to(w.actor),
            Instance.year < before,
            Instance.handed_over_to.is_(None),
            Instance.stands.not_in(sorted(SETTLED)),
        )
        .distinct()
    )
    return sorted(w.db.scalars(statement), reverse=True)


_UNSENT = or_(Instance.stands == "not_started", Instance.stands == "drafting")
_TODAY = bindparam("today", type_=Day)
WANTED: dict[Wanted, ColumnElement[bool]] = {
    "missing": and_(or_(_UNSENT, Instance.stands == "returned"), Instance.opens_on <= _TODAY),
    "overdue": and_(_UNSENT, Instance.last_on_time < _TODAY),
    "submitted": Instance.stands == "submitted",
    "returned": Instance.stands == "returned",
    "late": Instance.came_late == 1,
}
"""SQL over Instance, in a statement that is given the day as `today`."""


def _owed() -> ColumnElement[bool]:
    """
    Those of these duties that `still_counts`; whoever took one over has a row of his own. Which plans ended is asked
    once, not for each of twenty thousand reports.
    """
    mine: Any = bindparam("ids", expanding=True)
    ended = (
        select(Obligation.id)
        .join(Document, Document.id == Obligation.document_id)
        .where(Obligation.id.in_(mine), not_(runs()))
    )
    return and_(
        Instance.obligation_id.in_(mine),
        Instance.handed_over_to.is_(None),
        or_(Instance.obligation_id.not_in(ended), settled()),
    )


class Awaited(NamedTuple):
    """Reports whose time has begun and that nobody has sent, and how many of them are late."""

    due: int = 0
    overdue: int = 0


def reports_awaited(w: Work, unit_ids: frozenset[int]) -> Awaited:
    """Of those that these units owe or took over; asked with every inbox."""
    statement, values = awaited_asked(w, unit_ids)
    (counted,) = statement.rows(w.db, values)
    return Awaited(*counted)


def awaited_asked(w: Work, unit_ids: frozenset[int]) -> Asking:
    """What `reports_awaited` asks: counted by what is kept beside each duty, and built once."""
    ended = ended_into(w.directory, unit_ids, w.today)
    return _awaited(w.actor.person_id, w.actor.seats, w.actor.stands_for, unit_ids, ended), {"today": w.today}


@lru_cache(maxsize=1024)
def _awaited(
    person_id: int,
    seats: tuple[Seat, ...],
    stands: tuple[StandIn, ...],
    unit_ids: frozenset[int],
    ended: frozenset[int],
) -> Prepared:
    return Prepared(
        select(func.count(), func.count().filter(Instance.last_on_time < _TODAY))
        .select_from(Instance)
        .join(Document, Document.id == Instance.document_id)
        .where(
            visible_to_seats(person_id, seats, stands),
            runs(),
            answered_for(unit_ids, ended),
            Instance.opens_on <= _TODAY,
            Instance.handed_over_to.is_(None),
            one_of(Instance.stands, AWAITED),
        )
    )


@cache
def _counted(of_all_years: bool) -> Select[Any]:
    alike: tuple[Any, ...] = (
        Instance.obligation_id,
        Instance.year,
        Instance.period,
        Instance.opens_on,
        Instance.last_on_time,
        Instance.stands,
        Instance.came_late,
    )
    counted = select(*alike, func.count().label("many")).where(_owed())
    if not of_all_years:
        counted = counted.where(Instance.year == bindparam("year"))
    return counted.group_by(*alike).order_by(Instance.last_on_time, Instance.obligation_id)


@cache
def _units(wanted: Wanted | None, among: bool) -> Select[Any]:
    of_year = and_(_owed(), Instance.year == bindparam("year"))
    found = select(Instance.unit_id).distinct().where(of_year, Instance.unit_id > bindparam("after"))
    if wanted is not None:
        found = found.where(WANTED[wanted])
    if among:
        found = found.where(Instance.unit_id.in_(bindparam("among", expanding=True)))
    return found.order_by(Instance.unit_id).limit(bindparam("most"))
