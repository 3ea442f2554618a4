"""The tasks of a year per unit that answers for them: counted in the database, listed as `tasks` tells them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select

from workflow.engine import Work
from workflow.models import Document, Task, TaskProgress
from workflow.people import Seat
from workflow.progress import RUNNING
from workflow.queries.overview_scope import Scope, in_scope
from workflow.queries.tasks import ISSUED, State, TaskStanding, tasks_where
from workflow.queries.visibility import one_of


@dataclass(frozen=True)
class Led:
    """How the tasks stand that one unit answers for; a task of several leads counts with each of them."""

    unit_id: int
    unit_name: str
    count: Counter[State]


def led_by_units(w: Work, scope: Scope, year: int) -> list[Led]:
    """In the order of the agency's list of units: no order of merit. One statement, whatever there is."""
    found: dict[int, Counter[State]] = {}
    statement = _counted(w.actor.person_id, w.actor.seats, scope, year, year == w.today.year)
    for unit_id, state, count in w.db.execute(statement, {"today": w.today}):
        found.setdefault(unit_id, Counter())[state] += count
    return [Led(unit_id, w.directory.units[unit_id].name, found[unit_id]) for unit_id in sorted(found)]


def tasks_behind(w: Work, scope: Scope, year: int) -> list[TaskStanding]:
    """The tasks that were counted, in the order of their texts. One statement."""
    return tasks_where(
        w,
        Document.agency_id == scope.agency_id,
        Document.state.in_(ISSUED),
        *_owed(scope, year, year == w.today.year),
    )


@lru_cache(maxsize=256)
def _counted(person_id: int, seats: tuple[Seat, ...], scope: Scope, year: int, present: bool) -> Select[Any]:
    columns: tuple[Any, ...] = (_ANSWERS.label("unit"), _state().label("stands"), func.count())
    return (
        select(*columns)
        .join(Document, Document.id == Task.document_id)
        .where(
            # A unit leads tasks of plans that other units drew up: the plan itself may be of any unit.
            in_scope(person_id, seats, Scope(scope.agency_id)),
            Document.state.in_(ISSUED),
            *_owed(scope, year, present),
        )
        .group_by("unit", "stands")
    )


_ANSWERS = func.coalesce(Task.handed_over_to, Task.unit_id)


def _owed(scope: Scope, year: int, present: bool) -> list[ColumnElement[bool]]:
    """Due in this year; to the present one belongs also what waits for an event nobody knows the day of."""
    of_year: ColumnElement[bool] = Task.year == year
    if present:
        of_year = or_(of_year, and_(Task.year.is_(None), Document.state.in_(sorted(RUNNING))))
    return [of_year] if scope.whole else [of_year, one_of(_ANSWERS, scope.unit_ids)]


def _state() -> ColumnElement[Any]:
    """SQL for what `tasks` says of one row; a test holds the two together."""
    last = (
        select(TaskProgress.stands)
        .where(TaskProgress.task_id == Task.id)
        .order_by(TaskProgress.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    today: ColumnElement[date] = bindparam("today", type_=Task.last_day.type)
    return case(
        (Task.starts_on.is_(None), "awaiting"),
        (last == "done", "done"),
        (Task.last_day < today, "overdue"),
        (last == "running", "running"),
        else_="not_started",
    )
