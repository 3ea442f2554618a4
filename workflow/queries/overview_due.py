"""The deadlines of a year, counted by the database: per milestone who has reported, per unit how much came in time."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from workflow.engine import Work
from workflow.models import Document, Instance, Obligation
from workflow.progress import still_counts
from workflow.queries.overview_scope import Scope
from workflow.queries.reporting import standings
from workflow.queries.standing import Standing
from workflow.queries.visibility import one_of, visible_to
from workflow.workdays import workdays_between

Came = Literal["on_time", "late", "overdue", "waiting", "waived"]
CAME: tuple[Came, ...] = ("on_time", "late", "overdue", "waiting", "waived")


@dataclass(frozen=True)
class Milestone:
    """
    All that is owed to one receiver by one day. `key` names it in an address; `overdue_units` are the names of those
    whose reports are overdue, one a report, in the order of the agency's list of units.
    """

    key: str
    last_on_time: date
    inclusive: bool
    tier: int
    receiver: str
    today: date
    count: Counter[Came]
    overdue_units: tuple[str, ...]

    @property
    def due(self) -> date:
        """The date as the text writes it: "trước ngày 10/11" for a last day of 09/11."""
        return self.last_on_time if self.inclusive else self.last_on_time + timedelta(days=1)

    @property
    def days_left(self) -> int:
        return (self.last_on_time - self.today).days

    @property
    def workdays_left(self) -> int:
        return max(0, workdays_between(self.today, self.last_on_time))


@dataclass(frozen=True)
class UnitRecord:
    """How the reports of one unit came. `fallen` counts those whose day is over or that were sent before it."""

    unit_id: int
    unit_name: str
    count: Counter[Came]

    @property
    def fallen(self) -> int:
        return self.count["on_time"] + self.count["late"] + self.count["overdue"]

    @property
    def is_behind(self) -> bool:
        return bool(self.count["late"] or self.count["overdue"])


def came_of(item: Standing) -> Came:
    if item.state == "waived":
        return "waived"
    if item.is_sent:
        return "late" if item.late_days else "on_time"
    return "overdue" if item.overdue_days else "waiting"


def milestones(w: Work, scope: Scope, year: int) -> list[Milestone]:
    """In the order of their days; what units owe within the agency before what it owes others. Two statements."""
    of = (Instance.last_on_time, Obligation.tier, Obligation.receiver, Obligation.inclusive)
    obligation = func.min(Instance.obligation_id).label("obligation")
    came = _came(w).label("came")
    rows: dict[tuple[Any, ...], list[Any]] = {}
    counted = _owed(w, scope, year, select(*of, came, obligation, func.count().label("many")))
    for row in w.db.execute(counted.group_by(*of, "came")):
        rows.setdefault(tuple(row[:4]), []).append(row)
    late: dict[tuple[Any, ...], list[str]] = {}
    if any(row.came == "overdue" for found in rows.values() for row in found):
        missed = _owed(w, scope, year, select(*of, Instance.unit_id)).where(_came(w) == "overdue")
        for row in w.db.execute(missed.order_by(Instance.unit_id, Instance.id)):
            late.setdefault(tuple(row[:4]), []).append(w.directory.units[row.unit_id].name)
    found = [
        Milestone(
            key=f"{last_on_time:%Y%m%d}-{tier}-{min(row.obligation for row in mine)}",
            last_on_time=last_on_time,
            inclusive=inclusive,
            tier=tier,
            receiver=receiver,
            today=w.today,
            count=Counter({row.came: row.many for row in mine}),
            overdue_units=tuple(late.get((last_on_time, tier, receiver, inclusive), ())),
        )
        for (last_on_time, tier, receiver, inclusive), mine in rows.items()
    ]
    return sorted(found, key=lambda one: (one.due, one.tier, one.receiver, one.inclusive))


def unit_records(w: Work, scope: Scope, year: int) -> list[UnitRecord]:
    """
    What units owe within the agency, in the order of the agency's list of units: no order of merit. One statement.
    """
    came = _came(w)
    sums = [func.sum(case((came == each, 1), else_=0)) for each in CAME]
    rows = _owed(w, scope, year, select(Instance.unit_id, *sums)).where(Obligation.tier == 1)
    return [
        UnitRecord(unit_id, w.directory.units[unit_id].name, +Counter(dict(zip(CAME, counts, strict=True))))
        for unit_id, *counts in w.db.execute(rows.group_by(Instance.unit_id).order_by(Instance.unit_id))
    ]


@dataclass(frozen=True)
class Behind:
    """What lies behind a number: the reports of one page, and how many there are."""

    items: tuple[Standing, ...] = ()
    total: int = 0


def behind(
    w: Work,
    scope: Scope,
    year: int,
    came: Collection[Came],
    *,
    milestone: Milestone | None = None,
    unit_id: int | None = None,
    start: int = 0,
    most: int,
) -> Behind:
    """
    The reports that came so, the nearest deadline first; of one milestone, or of a unit what it owes within the agency.
    Four statements.
    """
    wanted = list(_narrowed(milestone, unit_id))
    wanted.append(or_(*(_came(w) == each for each in came)))
    total = w.db.scalar(_owed(w, scope, year, select(func.count())).where(*wanted)) or 0
    page = _owed(w, scope, year, select(Instance.id)).where(*wanted)
    order = (Instance.last_on_time, Instance.unit_id, Instance.id)
    ids = list(w.db.scalars(page.order_by(*order).offset(start).limit(most)))
    return Behind(tuple(standings(w, Instance.id.in_(ids))) if ids else (), total)


def _narrowed(milestone: Milestone | None, unit_id: int | None) -> Iterator[ColumnElement[bool]]:
    if milestone is not None:
        yield and_(
            Instance.last_on_time == milestone.last_on_time,
            Obligation.tier == milestone.tier,
            Obligation.receiver == milestone.receiver,
            Obligation.inclusive == milestone.inclusive,
        )
    if unit_id is not None:
        yield and_(Instance.unit_id == unit_id, Obligation.tier == 1)


def _owed(w: Work, scope: Scope, year: int, statement: Any) -> Select[Any]:
    """Every period of the year that the actor may know of; whoever took one over has a row of his own."""
    found: Select[Any] = (
        statement.select_from(Instance)
        .join(Obligation, Obligation.id == Instance.obligation_id)
        .join(Document, Document.id == Instance.document_id)
        .where(
            visible_to(w.actor),
            Instance.agency_id == scope.agency_id,
            Instance.year == year,
            Instance.handed_over_to.is_(None),
            still_counts(),
        )
    )
    return found if scope.whole else found.where(one_of(Instance.unit_id, scope.unit_ids))


def _came(w: Work) -> ColumnElement[str]:
    """SQL: what `came_of` says of one."""
    unsent = or_(Instance.stands == "not_started", Instance.stands == "drafting")
    return case(
        (Instance.stands == "waived", "waived"),
        (and_(unsent, Instance.last_on_time < w.today), "overdue"),
        (unsent, "waiting"),
        (Instance.came_late == 1, "late"),
        else_="on_time",
    )
