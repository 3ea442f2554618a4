"""
How many reports stand how, counted by the database: a duty may be owed by twenty thousand units.

The judgement is that of `reporting`, said in SQL; a test holds the two together.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, Text, and_, bindparam, case, exists, func, select, type_coerce

from workflow.engine import Work
from workflow.models import Instance, Unit
from workflow.models.base import Day
from workflow.queries.reporting import REPORT, first_approval, with_report
from workflow.queries.standing import Deadlined, State
from workflow.workdays import workdays_between

Wanted = Literal["missing", "overdue", "submitted", "returned", "late"]
UNSENT = ("not_started", "drafting")
MIDNIGHT = "T17:00:00.000000+00:00"
"""Behind a day: its end in Việt Nam, as instants are stored; their order as text is the order of time."""


@dataclass(frozen=True)
class Tally(Deadlined):
    """So many (`count`) reports of one duty and period that stand alike, as of today."""

    obligation_id: int
    inclusive: bool
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


def tallies(w: Work, duties: Mapping[int, bool], year: int) -> list[Tally]:
    """
    Of these duties (id → whether the day itself still counts), the nearest deadline first. One statement, which
    answers with a row for each way to stand, not for each unit. Whether the actor may see them is the caller's.
    """
    rows = w.db.execute(_counted(), {"ids": list(duties), "year": year})
    return [
        Tally(
            obligation_id=row.obligation_id,
            inclusive=duties[row.obligation_id],
            period=row.period,
            opens_on=row.opens_on,
            last_on_time=row.last_on_time,
            state=row.stands,
            late=bool(row.came_late),
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
    submitted (to be received), returned, late. One statement, which stops at the last of them.
    """
    statement = _units(wanted, among is not None)
    values = {"ids": list(duties), "year": year, "after": after, "most": limit, "today": w.today}
    if among is not None:
        values["among"] = list(among)
    return list(w.db.scalars(statement, values))


def year_awaited(w: Work, obligation_id: int) -> int | None:
    """The first year of this duty in which a report is awaited."""
    awaited = with_report(select(func.min(Instance.year)).select_from(Instance))
    found: int | None = w.db.scalar(
        awaited.where(Instance.obligation_id == obligation_id, _STATE.in_(UNSENT))
    )
    return found


_UNIT_REPORT = REPORT.definition_id == "bao_cao_don_vi"
_APPROVED = first_approval(REPORT)
_STATE = case(
    (Instance.waived_reason.is_not(None), "waived"),
    (Instance.fulfilled_at.is_not(None), "fulfilled"),
    (REPORT.id.is_(None), "not_started"),
    (REPORT.state.in_(("submitted", "accepted")), REPORT.state),
    (and_(_UNIT_REPORT, _APPROVED.is_not(None)), "returned"),
    else_="drafting",
)
_OVER = type_coerce(Instance.last_on_time, Text).concat(MIDNIGHT)
_LATE = case(
    (
        Instance.fulfilled_at.is_not(None),
        case((type_coerce(Instance.fulfilled_at, Text) >= _OVER, 1), else_=0),
    ),
    (
        type_coerce(REPORT.state_since, Text) < _OVER,
        0,
    ),  # approved before that: of most, no approval is asked for
    (and_(_UNIT_REPORT, type_coerce(_APPROVED, Text) >= _OVER), 1),
    else_=0,
)
_TODAY = bindparam("today", type_=Day)
WANTED: dict[Wanted, ColumnElement[bool]] = {
    "missing": and_(_STATE.in_((*UNSENT, "returned")), Instance.opens_on <= _TODAY),
    "overdue": and_(_STATE.in_(UNSENT), Instance.last_on_time < _TODAY),
    "submitted": _STATE == "submitted",
    "returned": _STATE == "returned",
    "late": _LATE == 1,
}
"""SQL over a statement that is made `with_report`, and is given the day as `today`."""


def _owed(statement: Select[Any]) -> Select[Any]:
    """Those of these duties and this year, each with the report that stands for it."""
    chosen = statement.select_from(Instance).where(
        Instance.obligation_id.in_(bindparam("ids", expanding=True)), Instance.year == bindparam("year")
    )
    return with_report(chosen)


@cache
def _counted() -> Select[Any]:
    alike = (Instance.obligation_id, Instance.period, Instance.opens_on, Instance.last_on_time)
    state, late = _STATE.label("stands"), _LATE.label("came_late")
    counted = _owed(select(*alike, state, late, func.count().label("many")))
    return counted.group_by(*alike, "stands", "came_late").order_by(
        Instance.last_on_time, Instance.obligation_id
    )


@cache
def _units(wanted: Wanted | None, among: bool) -> Select[Any]:
    """Unit by unit, so that a page of them is found without looking at all."""
    owing = _owed(select(Instance.id)).where(Instance.unit_id == Unit.id)
    if wanted is not None:
        owing = owing.where(WANTED[wanted])
    found = select(Unit.id).where(Unit.id > bindparam("after"), exists(owing.correlate(Unit)))
    if among:
        found = found.where(Unit.id.in_(bindparam("among", expanding=True)))
    return found.order_by(Unit.id).limit(bindparam("most"))
