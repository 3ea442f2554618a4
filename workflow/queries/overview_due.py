"""The deadlines of a year: per milestone who has reported, per unit how much came in time. Counts of standings only."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from workflow.engine import Work
from workflow.models import Instance
from workflow.queries.overview_scope import Scope
from workflow.queries.reporting import standings
from workflow.queries.standing import Standing
from workflow.queries.visibility import one_of

Came = Literal["on_time", "late", "overdue", "waiting", "waived"]
CAME: tuple[Came, ...] = ("on_time", "late", "overdue", "waiting", "waived")


@dataclass(frozen=True)
class Milestone:
    """All that is owed to one receiver by one day. `key` names it in an address."""

    key: str
    due: date
    last_on_time: date
    inclusive: bool
    tier: int
    receiver: str
    items: tuple[Standing, ...]

    @cached_property
    def count(self) -> Counter[Came]:
        return Counter(map(came_of, self.items))


@dataclass(frozen=True)
class UnitRecord:
    """How the reports of one unit came. `fallen` counts those whose day is over or that were sent before it."""

    unit_id: int
    unit_name: str
    items: tuple[Standing, ...]

    @cached_property
    def count(self) -> Counter[Came]:
        return Counter(map(came_of, self.items))

    @property
    def fallen(self) -> int:
        return self.count["on_time"] + self.count["late"] + self.count["overdue"]


def came_of(item: Standing) -> Came:
    if item.state == "waived":
        return "waived"
    if item.is_sent:
        return "late" if item.late_days else "on_time"
    return "overdue" if item.overdue_days else "waiting"


def owed(w: Work, scope: Scope, year: int) -> list[Standing]:
    """Every period of the year, the nearest deadline first. Two statements."""
    conditions = [Instance.agency_id == scope.agency_id, Instance.year == year]
    if not scope.whole:
        conditions.append(one_of(Instance.unit_id, scope.unit_ids))
    return standings(w, *conditions)


def milestones(items: Iterable[Standing]) -> list[Milestone]:
    """In the order of their days; what units owe within the agency before what it owes others."""
    found: dict[tuple[date, int, str, bool], list[Standing]] = {}
    for item in items:
        found.setdefault((item.due, item.tier, item.receiver, item.inclusive), []).append(item)
    return [
        Milestone(
            key=f"{mine[0].last_on_time:%Y%m%d}-{tier}-{min(item.obligation_id for item in mine)}",
            due=due,
            last_on_time=mine[0].last_on_time,
            inclusive=inclusive,
            tier=tier,
            receiver=receiver,
            items=tuple(mine),
        )
        for (due, tier, receiver, inclusive), mine in sorted(found.items())
    ]


def unit_records(w: Work, items: Sequence[Standing]) -> list[UnitRecord]:
    """What units owe within the agency, in the order of the agency's list of units: no order of merit."""
    found: dict[int, list[Standing]] = {}
    for item in items:
        if item.tier == 1:
            found.setdefault(item.unit_id, []).append(item)
    return [
        UnitRecord(unit_id, w.directory.units[unit_id].name, tuple(found[unit_id]))
        for unit_id in sorted(found)
    ]
